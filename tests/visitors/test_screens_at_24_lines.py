"""What a guard reads and presses on a low screen: nothing out of sight, no key with two meanings."""

import pytest
from guard_keys import GUARD, HOST, SIZES, WANG, keys, settled

from kiosk.desk.words import use
from kiosk.ui.dialogs import AskText
from visitors import cards, reception
from visitors.models import State
from visitors.screens_list import VisitorsScreen

pytestmark = pytest.mark.usefixtures("people")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("compiled_words")
async def test_the_tenth_reason_is_seen_and_has_its_digit(desk, desktop, size, language):
    use(language)
    reception.walk_in(desk, GUARD, WANG, HOST)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter", "3")
        shown = desktop.shown()
        assert ("0   其他" if language == "zh_CN" else "0   Other") in shown
        await keys(desktop, pilot, "0")
        assert isinstance(desktop.screen, AskText)
        await keys(desktop, pilot, *"no", "enter")
        assert isinstance(desktop.screen, VisitorsScreen)
    [visit] = cards.todays(desk)
    assert (visit.state, visit.reason) == (State.REFUSED, "no")
