"""The names on a roll call are kept as long as the visitors' own words, then deleted."""

from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.roll_call.models import RollCall

WORDS = KeptWords(
    kind="roll_calls",
    due=due_keys(RollCall, RollCall.subject, RollCall.ended_at),
    days=lambda rules: rules.visitor_words_days,
)
