"""The words of one party on a roll call's list: sealed with the mark, opened for the screen."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from kiosk.desk.inside import Inside
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _
from kiosk.roll_call.models import Mark, RollKind

KIND_NAMES: Mapping[RollKind, str] = {
    RollKind.DRILL: N_("drill"),
    RollKind.TEST: N_("test"),
    RollKind.REAL: N_("real danger"),
}
MARK_NAMES: Mapping[Mark, str] = {
    Mark.FOUND: N_("found"),
    Mark.NEEDS_HELP: N_("needs help"),
    Mark.NOT_INSIDE: N_("not in the building"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What the list says of one party. ``doubt`` is an English sentence, translated when shown.

    ``gate`` is the name of the gate a visitor came in at, where that is another desk's.
    """

    name: str
    area: str = ""
    host: str = ""
    number: str = ""
    unit: str = ""
    doubt: str = ""
    gate: str = ""

    def to_json(self) -> str:
        """Return it as text to be sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)


def said_of(one: Inside) -> Said:
    """Return the words of somebody inside."""
    return Said(one.name, one.area, one.host, one.number, one.unit, one.doubt, one.gate)


def opened(book: Book, sealed: str) -> Said:
    """Open the words of a mark; where they were erased or are damaged, a name says so."""
    text = book.read_sealed(sealed)
    try:
        return Said(**json.loads(text))
    except (ValueError, TypeError):
        return Said(text)


def kind_word(kind: RollKind) -> str:
    """Return what kind of roll call it is, in the language of this moment."""
    return _(KIND_NAMES[kind])
