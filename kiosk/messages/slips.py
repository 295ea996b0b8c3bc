"""The slip of one message, printed for its addressee and for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Emphasis, Field, Line, Notice, Rule, Space, Spread, Text, Title
from kiosk.desk.words import _, pgettext

if TYPE_CHECKING:
    from kiosk.messages.service import MessageShown

KIND = "message"


def _for_stand_in(addressee: Person, receiver: Person) -> list[Line]:
    if receiver.id == addressee.id:
        return []
    return [Field(pgettext("message", "Stand-in"), receiver.name)]


def message_slip(
    desk: Desk, message: MessageShown, addressee: Person, receiver: Person
) -> Slip:  # fmt: skip
    """Return the slip in the language spoken now; its hour is the site's.

    ``receiver`` is who takes it, the addressee or his stand-in.
    """
    at = desk.local(message.taken_at)
    lines: list[Line] = [
        Title(pgettext("message", "Telephone message"), desk.settings.site.name),
        Spread(message.number, "", f"{at:%Y-%m-%d %H:%M}"),
    ]
    if message.urgent:
        lines.append(Notice(pgettext("message", "urgent")))
    lines += [
        Rule(),
        Field(pgettext("message", "For"), addressee.name, Emphasis.STRONG),
        *_for_stand_in(addressee, receiver),
        Field(pgettext("message", "Caller"), message.caller),
    ]
    if message.phone:
        lines.append(Field(pgettext("message", "Call back"), message.phone))
    lines += [
        Rule(),
        Text(message.words),
        Rule(),
        Field(pgettext("message", "Taken by"), message.taken_by),
        Text(_("Read back to the caller.")),
        Space(),
    ]
    return Slip(KIND, message.number, tuple(lines))
