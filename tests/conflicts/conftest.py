"""Two desks of one site with the same people, cut off from each other until a test joins them."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlmodel import select

from kiosk import features
from kiosk.conflicts.reading import fork_of, shown
from kiosk.conflicts.service import Asked, decide
from kiosk.desk import database
from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE, Badge, Person
from kiosk.desk.settings_hub import Hub
from kiosk.desk.signing import Means, Proof
from kiosk.desk.verify import verify

sys.path.insert(0, str(Path(__file__).parent.parent / "hub"))
from site_books import carry


@dataclass
class Two:
    """Gate ``gate-1`` (南门) and the reception ``gate-2`` (前台)."""

    gate: Desk
    reception: Desk
    clock: object
    people: Mapping[str, Person]

    def join(self) -> None:
        """Carry everything over, both ways, until neither has anything new."""
        for _round in range(3):
            carry(self.gate, self.reception)
            carry(self.reception, self.gate)

    def proof(self, staff_no: str) -> Proof:
        return Proof(self.people[staff_no], Means.BADGE, self.gate.clock())

    def badge(self, desk: Desk, uid: str) -> Badge:
        with desk.read() as book:
            return next(one for one in book.all(select(Badge)) if one.uid == uid)

    def decide(self, desk: Desk, table: str, row_id: str, kept: int, who: str = "9001") -> str:
        with desk.read() as book:
            one = shown(desk, book, fork_of(book, table, row_id))
        asked = Asked(table, row_id, one.seen, kept)
        return decide(desk, "2001", asked, "电话核实", self.proof(who))

    def check_same(self, *tables: str) -> None:
        """Both books are intact and say the same."""
        for desk in (self.gate, self.reception):
            reader = database.open_reader(desk.settings.desk.database)
            found = verify(reader, desk.gate, desk.site_key)
            reader.close()
            assert found.intact, found
        for table in (*tables, "fork_head", "set_aside", "conflict_decision"):
            first, second = (_rows(desk, table) for desk in (self.gate, self.reception))
            assert first == second, table


def _rows(desk: Desk, table: str) -> list[tuple]:
    with desk.read() as book:
        return book.connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()  # noqa: S608 - a test's own


@pytest.fixture
def two(tmp_path: Path, settings_in: Callable, desk_clock, built) -> Iterator[Two]:
    """Both desks begin with the same people, whom a third one wrote down."""
    opened = []
    for name, gate, number in (("南门", "gate-a", 0), ("前台", "gate-b", 1)):
        folder = tmp_path / gate
        folder.mkdir()
        made = settings_in(folder)
        made = replace(
            made, site=replace(made.site, gate=gate, gate_name=name),
            hub=Hub(address="127.0.0.1:9", desk_number=number, keeper=number == 0),
        )  # fmt: skip
        built.copy("people", made)
        opened.append(Desk.open(made, desk_clock))
    with opened[0].read() as book:
        people = {one.staff_no: one for one in book.all(EVERYONE)}
    assert any(feature.id == "conflicts" for feature in features.FEATURES)
    yield Two(*opened, desk_clock, people)
    for desk in opened:
        desk.close()
