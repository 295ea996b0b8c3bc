"""Who enquired about what is kept for some days after the enquiry was closed, then deleted."""

from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.enquiries.models import Enquiry

WORDS = KeptWords(
    kind="enquiries",
    due=due_keys(Enquiry, Enquiry.subject, Enquiry.closed_at),
    days=lambda rules: rules.caller_words_days,
)
