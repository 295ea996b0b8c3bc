"""Who called and what was said is kept for some days after the message was closed, then deleted."""

from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.messages.models import Message

WORDS = KeptWords(
    kind="messages",
    due=due_keys(Message, Message.subject, Message.closed_at),
    days=lambda rules: rules.caller_words_days,
)
