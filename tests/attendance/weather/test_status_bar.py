"""A weather signal in the status bar hides no device that is in trouble."""

import pytest
from textual.app import App, ComposeResult

from kiosk.desk.safe_text import cells
from kiosk.ui.bars import Light, Status, StatusBar
from kiosk.ui.palette import Tone

SIGNAL = Light("气象信号", Tone.AMBER, "黑色暴雨、红色台风")
DEVICES = ("Reader", "Printer", "Scanner", "ID reader")


class Bar(App[None]):
    """The status bar alone."""

    def compose(self) -> ComposeResult:
        yield StatusBar()


async def drawn(lights: tuple[Light, ...]) -> str:
    async with Bar().run_test(size=(80, 24)) as pilot:
        bar = pilot.app.query_one(StatusBar)
        bar.tell(Status("东门传达室", "On duty 李建国", "李建国", lights, "Sat", "Sat", "08:17"))
        await pilot.pause()
        shown = str(bar.render())
        assert cells(shown) <= bar.content_size.width
    return shown


@pytest.mark.parametrize("broken", range(1, 5))
async def test_every_device_in_trouble_is_named_beside_signal_and_hour(broken):
    lights = tuple(
        Light(name, Tone.RED if i < broken else Tone.GOOD, "not connected" if i < broken else "")
        for i, name in enumerate(DEVICES)
    )
    shown = await drawn((SIGNAL, *lights))
    assert [name for name in DEVICES[:broken] if name not in shown] == []
    assert "气象信号" in shown
    assert shown.rstrip().endswith("08:17")


async def test_one_lost_device_is_said_in_full_beside_the_signal():
    shown = await drawn((SIGNAL, Light("Reader", Tone.RED, "lost")))
    assert "气象信号 黑色暴雨、红色台风" in shown
    assert "Reader lost" in shown
