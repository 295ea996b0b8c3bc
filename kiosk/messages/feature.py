"""What telephone messages tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_
from kiosk.messages.outstanding import held_for_leaver, note, outstanding
from kiosk.messages.purging import WORDS, naming

REFUSALS: Mapping[str, str] = {
    "message.incomplete": N_("Who called and what was said: both are needed."),
    "message.phone_unlikely": N_(
        "This is no telephone number. Please ask again, or leave it empty."
    ),
    "message.not_yours": N_(
        "Message {number} is not for {name}. Its addressee or the stand-in receives it."
    ),
    "message.closed": N_("Message {number} is closed already."),
    "message.reason_missing": N_("Please say why the message is void."),
}

HAPPENINGS: Mapping[str, str] = {
    "message.taken": N_("message {number} taken for {receiver}"),
    "message.received": N_("messages received by {receiver}"),
    "message.voided": N_("message {number} for {receiver} voided"),
}

MESSAGES = Feature(
    id="messages",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={"messages": made_by("kiosk.messages.reports", "messages")},
    of_one_person=frozenset({"messages"}),
    naming=naming,
    holdings=held_for_leaver,
    note=note,
    note_for_stand_in=True,
    purge=WORDS.purge,
    overdue=WORDS.overdue,
)
