"""Two desks of one site, each with its own book, and a cable that carries and can be cut."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kiosk import refusals  # noqa: F401 - registers every sentence
from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.hub_state import HubState, Standing
from kiosk.desk.people import EVERYONE
from kiosk.desk.site_desks import introduce

sys.path.insert(0, str(Path(__file__).parent.parent / "hub"))
from site_books import carry, desks_of

GUARD, OTHER_GUARD = "2001", "2002"


@dataclass
class Site:
    """The south gate and the east gate; once ``cut`` they hear nothing of each other."""

    south: Desk
    east: Desk
    cut: bool = False

    def carry(self) -> None:
        """Take what each desk wrote to the other one, and note up to when it is known."""
        if self.cut:
            return
        for source, target in ((self.south, self.east), (self.east, self.south)):
            carry(source, target)
            target.hub_state = _state(Standing.UP, {source.gate: source.clock()})

    def sever(self) -> None:
        """Cut the cable: each desk goes on knowing what it knew."""
        self.cut = True
        for desk in (self.south, self.east):
            desk.hub_state = _state(Standing.CUT, dict(desk.hub_state().fresh))

    def heal(self) -> None:
        """Bring the cable back."""
        self.cut = False
        self.carry()


def _state(standing, fresh):
    return lambda: HubState(standing, None, fresh)


@pytest.fixture
def site(settings, desk_clock, built):
    """Both desks know each other; at each a guard keeps the post."""
    south, east = desks_of(settings, desk_clock, 2, built)
    east.settings = replace(
        east.settings,
        site=replace(east.settings.site, gate_name="东门"),
        hub=replace(east.settings.hub, telephone="8302"),
    )  # fmt: skip
    both = Site(south, east)
    for desk, guard in ((south, GUARD), (east, OTHER_GUARD)):
        introduce(desk)
        with desk.read() as book:
            person = next(one for one in book.all(EVERYONE) if one.staff_no == guard)
        with desk.write() as tx:
            posts.take(tx, desk.gate, person)
    both.carry()
    yield both
    south.close()
    east.close()


@pytest.fixture
def house_people(site):
    """Staff number to person, as both books have them."""
    with site.south.read() as book:
        return {person.staff_no: person for person in book.all(EVERYONE)}
