"""What was written on a lock-up list is kept for some days after it was closed, then deleted."""

from kiosk.desk.kept_words import KeptWords, due_keys
from shift_handover.last_out.models import LastOutList

WORDS = KeptWords(
    kind="lock_up_lists",
    due=due_keys(LastOutList, LastOutList.subject, LastOutList.closed_at),
    days=lambda rules: rules.handover_words_days,
)
