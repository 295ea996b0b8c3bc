"""N and X at the home screen, through the real application: right after somebody left."""

import pytest

from visitors import cards, departures
from visitors.models import State
from visitors.screens_exit_ask import AskHowMany

PARTY_OF_TWO = "王小明"


def party(desk):
    return next(one for one in cards.todays(desk) if one.name == PARTY_OF_TWO)


async def let_out(walk):
    kiosk = walk.app.kiosk
    visit = party(kiosk.desk)
    await kiosk.pen.write(departures.leave, kiosk.desk, "2001", visit.id, signed=True)
    return visit.id


@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_n_says_that_only_one_of_two_left(kiosk_at, language):
    async with kiosk_at(language) as walk:
        await walk.open_desk()
        await walk.home()
        visit = await let_out(walk)
        await walk.press("n")
        await walk.front(AskHowMany.__name__)
        await walk.press("1", "enter")
        await walk.front("HomeScreen")
        shown = cards.visit_card(walk.app.kiosk.desk, visit)
        assert (shown.state, shown.remaining) == (State.ADMITTED, 1)


async def test_x_opens_what_came_in_and_a_locked_desk_shows_nothing(kiosk_at):
    async with kiosk_at("en") as walk:
        await let_out(walk)
        await walk.press("x")
        assert type(walk.app.screen).__name__ == "HomeScreen"
        await walk.open_desk()
        await walk.home()
        await walk.press("x")
        await walk.front("ExitScreen")
        assert PARTY_OF_TWO in walk.text()


async def test_when_nobody_has_just_left_it_says_where_to_look(kiosk_at):
    async with kiosk_at("en") as walk:
        await walk.open_desk()
        await walk.home()
        await walk.press("x")
        await walk.until(lambda: "Nobody left in the last" in walk.text(), "the refusal")
