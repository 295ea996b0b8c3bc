"""What is typed about a series is never passed over in silence."""

import pytest
from guard_keys import keys, settled, wrong_words

from kiosk.ui.form import LabelledInput
from visitors import cards
from visitors.screens_appointment import AppointmentScreen

pytestmark = pytest.mark.usefixtures("people")


@pytest.mark.parametrize("besides", [{"weekdays": "135"}, {"last_day": "12-31"}])
async def test_a_series_is_not_saved_once_in_silence(desk, desktop, besides):
    typed = {"name": "李四", "matter": "抄表", "day": "11-24", "from": "9", **besides}
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f7")
        desktop.screen.query_one("#host", LabelledInput).focus()
        await keys(desktop, pilot, "z", "k", "enter")
        for name, text in typed.items():
            desktop.screen.query_one(f"#{name}", LabelledInput).input.value = text
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5")
        assert isinstance(desktop.screen, AppointmentScreen)
        assert "Every workday or every week" in wrong_words(desktop, "repeat")
    assert cards.coming(desk, "李四") == []
