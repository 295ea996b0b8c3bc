"""A guard who is asked "have you called him?" reads on the visit what the other desk has called."""

import pytest
from guard_keys import keys, settled
from test_gates_by_name import GUARD, HOST, WANG, site

from visitors import cards, reception
from visitors.models import Answer, How

__all__ = ["site"]


@pytest.fixture
def waits(site, desk_clock):
    """Somebody who waits at the east gate, which has called the host twice in vain."""
    visit = reception.walk_in(site.b, GUARD, WANG, HOST)
    for _call in range(2):
        reception.ask(site.b, GUARD, visit, How.PHONE)
        desk_clock.advance(minutes=1)
        reception.answer(site.b, GUARD, visit, Answer.NOT_REACHED, How.PHONE)
    site.heal()
    return visit


async def read(desktop, pilot):
    await settled(desktop, pilot)
    await keys(desktop, pilot, "enter")
    return desktop.shown()


@pytest.mark.usefixtures("waits")
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_visit_says_which_desk_called_the_host_how_often_in_vain_and_when(desktop, size):
    async with desktop.run_test(size=size) as pilot:
        shown = (await read(desktop, pilot)).splitlines()
        assert [one for one in shown if "not reached 东门 2× 08:22" in one], "\n".join(shown)


async def test_while_the_other_desk_calls_the_visit_says_so(site, desktop):
    visit = reception.walk_in(site.b, GUARD, WANG, HOST)
    reception.ask(site.b, GUARD, visit, How.PHONE)
    site.heal()
    async with desktop.run_test(size=(80, 24)) as pilot:
        [said] = [one for one in (await read(desktop, pilot)).splitlines() if "Asked" in one]
        assert "东门 at 08:20" in said


def test_what_a_desk_called_itself_names_no_desk(site, waits):
    reception.ask(site.a, GUARD, waits, How.PHONE)
    asked = cards.visit_card(site.a, waits).ladder.asked
    assert (asked.desk, asked.times) == ("", 1)
    site.heal()
    asked = cards.visit_card(site.b, waits).ladder.asked
    assert (asked.desk, asked.times) == ("南门", 1)
