"""The calls of an emergency as one desk of the site sees them: its own, and those of the others.

Each desk has contacts of its own in its settings. What another desk called counts for a contact
here only where the number is the same; whoever else was called there stands below, as called.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.desk.desk import Desk
from kiosk.desk.site_desks import site_desks
from kiosk.desk.transaction import Book
from kiosk.desk.versions import gate_of
from kiosk.incidents.models import STEPS_OF, IncidentStep, Outcome
from kiosk.incidents.rules import Contact, contacts_of, latest
from kiosk.incidents.wording import whom_of

_NUMBER_AT_THE_END = re.compile(r" [+\d(][\d\s()*#转+-]*$")
_BEFORE_NAME = re.compile("^[^:：]*[:：] ?")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Which ``desk`` (its short name) made the last call, and how many it made ``in_vain``."""

    desk: str
    in_vain: int


@dataclass(frozen=True, slots=True)
class Calls:
    """The last step of each contact by its key; ``elsewhere`` says which are other desks'.

    ``strangers`` were called at another desk and stand on no list of this one.
    """

    last: Mapping[str, IncidentStep]
    elsewhere: Mapping[str, Elsewhere]
    strangers: tuple[Contact, ...] = ()


def calls_of(desk: Desk, book: Book, incident_id: str) -> Calls:
    """Return every call of an incident; a desk that stands alone has its own and no others."""
    steps = book.all(STEPS_OF, incident=incident_id)
    if desk.settings.hub.alone:
        return Calls(latest(steps), {})
    own = {one.key: one for one in contacts_of(desk.settings.contacts)}
    by_key: dict[str, list[IncidentStep]] = {}
    strangers: dict[str, Contact] = {}
    for step in sorted(steps, key=lambda one: (one.at, one.id)):
        called = _called(own, step, whom_of(book, step))
        by_key.setdefault(called.key, []).append(step)
        if called.key not in own:
            strangers[called.key] = called
    return Calls(
        {key: of_one[-1] for key, of_one in by_key.items()},
        _elsewhere(desk, book, by_key), tuple(strangers.values()),
    )  # fmt: skip


def plain_key(contact: Contact) -> str:
    """Return the key under which a call is written, whoever's list the contact stands on."""
    return contact.key.partition(" ")[0]


def _called(own: Mapping[str, Contact], step: IncidentStep, words: str) -> Contact:
    """Return the contact of this desk that was called, else who it was as the caller wrote it."""
    role = step.contact.partition(".")[0]
    known = own.get(step.contact)
    if known is not None and " " not in words:  # a word by itself: there is no number to go by
        return known
    of_role = (one for one in own.values() if one.key.partition(".")[0] == role)
    same = [one for one in of_role if words.endswith(f" {one.phone}")]
    if same:
        return known if known in same else same[0]
    before, phone = _parted(words)
    return Contact(f"{step.contact} {phone}", role, _BEFORE_NAME.sub("", before), phone)


def _parted(words: str) -> tuple[str, str]:
    """Return who was called and the number, which may have spaces in it."""
    number = _NUMBER_AT_THE_END.search(words)
    if number is None:
        before, _space, phone = words.rpartition(" ")
        return before, phone
    return words[: number.start()], number[0].strip()


def _elsewhere(
    desk: Desk, book: Book, by_key: Mapping[str, Sequence[IncidentStep]]
) -> dict[str, Elsewhere]:
    desks = site_desks(desk, book)
    last = {key: gate_of(steps[-1].stamp) for key, steps in by_key.items()}
    return {
        key: Elsewhere(desks.short(gate), _in_vain(by_key[key], gate))
        for key, gate in last.items()
        if gate != desk.gate
    }


def _in_vain(steps: Sequence[IncidentStep], gate: str) -> int:
    return sum(
        step.outcome is Outcome.NOT_REACHED and gate_of(step.stamp) == gate for step in steps
    )
