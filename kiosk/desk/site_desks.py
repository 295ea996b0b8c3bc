"""The desks of the site by name: each writes its own name and telephone, and reads the others'."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.row import Merge, Row
from kiosk.desk.safe_text import cells
from kiosk.desk.transaction import Book

SHORT_CELLS = 8
"""The cells that a desk's name has in the rows of a list."""
_GATEHOUSE = re.compile("(传达室|门卫室|值班室|保安室|门岗| gatehouse| gate| desk)$")


class SiteDesk(Row, table=True):
    """One desk of the site; its id is its gate. That desk writes its name and telephone.

    ``gone`` says that the site has given the desk up; whichever desk hears of it writes it down.
    """

    __tablename__ = "site_desk"
    merged: ClassVar[Merge] = Merge.NEWEST

    name: str
    telephone: str = ""
    gone: bool = False


SITE_DESKS = select(SiteDesk).order_by(col(SiteDesk.id))
SITE_DESK = select(SiteDesk).where(col(SiteDesk.id) == bindparam("gate"))


@dataclass(frozen=True, slots=True)
class SiteDesks:
    """The desks as one of them, ``own``, knows them; all of them by gate, its own too."""

    own: str
    by_gate: Mapping[str, SiteDesk]

    @property
    def others(self) -> tuple[SiteDesk, ...]:
        """The other desks that are at work, in the order of their gates."""
        return tuple(one for gate, one in self.by_gate.items() if gate != self.own and not one.gone)

    @property
    def gone(self) -> frozenset[str]:
        """The gates of the desks that the site has given up: only their past work is here."""
        return frozenset(gate for gate, one in self.by_gate.items() if one.gone)

    def name(self, gate: str) -> str:
        """Return what people call a desk; one that never said its name is known by its gate."""
        known = self.by_gate.get(gate)
        return known.name if known is not None and known.name else gate

    def short(self, gate: str) -> str:
        """Return the name as a row of a list has it, "" for this desk's own and for none."""
        return "" if gate in {"", self.own} else shortened(self.name(gate))

    def telephone(self, gate: str) -> str:
        """Return the desk's telephone, "" where it has none."""
        known = self.by_gate.get(gate)
        return known.telephone if known is not None else ""


def shortened(name: str) -> str:
    """Return a name cut to the cells of a row: 东门传达室 is 东门 there."""
    if cells(name) > SHORT_CELLS:
        name = _GATEHOUSE.sub("", name) or name
    while cells(name) > SHORT_CELLS:
        name = name[:-1]
    return name


def site_desks(desk: Desk, book: Book) -> SiteDesks:
    """Return the desks of this site. One that stands alone asks the book nothing."""
    own = SiteDesk(id=desk.gate, name=desk.settings.site.gate_name)
    if desk.settings.hub.alone:
        return SiteDesks(desk.gate, {desk.gate: own})
    return SiteDesks(desk.gate, {desk.gate: own} | {one.id: one for one in book.all(SITE_DESKS)})


def gate_name(desk: Desk, book: Book, gate: str) -> str:
    """Return what people call a desk of the site; its gate where it never said its name."""
    if gate == desk.gate:
        return desk.settings.site.gate_name or gate
    return gate if desk.settings.hub.alone else name_told(book, gate)


def name_told(book: Book, gate: str) -> str:
    """Return the name that a desk told the others; its gate where it never told one."""
    known = book.one(SITE_DESK, gate=gate)
    return known.name if known is not None and known.name else gate


def introduce(desk: Desk) -> bool:
    """Write this desk's name and telephone for the others; say whether they were others before.

    A desk that stands alone writes nothing.
    """
    if desk.settings.hub.alone:
        return False
    name, telephone = desk.settings.site.gate_name, desk.settings.hub.telephone
    with desk.read() as book:
        known = book.one(SITE_DESK, gate=desk.gate)
    if known is not None and (known.name, known.telephone) == (name, telephone):
        return False
    with desk.write() as tx:
        row = tx.one(SITE_DESK, gate=desk.gate) or SiteDesk(id=desk.gate, name=name)
        row.name, row.telephone = name, telephone
        tx.put(row)
        tx.record("site_desk.introduced", gate=desk.gate)
    return True


def news_of_gone(desk: Desk, told: Mapping[str, bool]) -> Mapping[str, bool]:
    """Return what is new here of which desks, by gate, the hub calls given up.

    A desk of which nothing is known yet is left out. One that is invited again is back.
    """
    with desk.read() as book:
        known = site_desks(desk, book).by_gate
    return {gate: gone for gate, gone in told.items() if gate in known and known[gate].gone != gone}


def note_gone(desk: Desk, news: Mapping[str, bool]) -> None:
    """Write down which desks the site has given up, or has again."""
    with desk.write() as tx:
        for gate, gone in news.items():
            row = tx.one(SITE_DESK, gate=gate)
            if row is not None:
                row.gone = gone
                tx.put(row)
                tx.record("site_desk.gone" if gone else "site_desk.back", gate=gate)
