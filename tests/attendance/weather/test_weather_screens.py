"""Weather signals with the keyboard alone: given, asked after, telephoned, lifted."""

import pytest
from on_screen import press, rows
from textual.widgets import Static

from kiosk import features
from kiosk.attendance.screens import AttendanceScreen
from kiosk.attendance.weather.screens_home import WeatherHome
from kiosk.attendance.weather.screens_telephoned import WhyAbsent

pytestmark = pytest.mark.usefixtures("people")


async def home(app, pilot) -> None:
    """Go there as a guard does: F7, 6."""
    app.context.inside = features.inside
    await app.push_screen(AttendanceScreen())
    await press(pilot, "6")
    assert isinstance(app.screen, WeatherHome)


def title(app) -> str:
    return str(app.screen.query_one("#weather-title", Static).content)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_signal_is_given_by_digit_and_source_and_who_is_out_is_ticked(
    app, weather, at, size
):
    at(10, 0)
    weather.out()
    async with app.run_test(size=size) as pilot:
        await home(app, pilot)
        assert rows(app) == []
        await press(pilot, "n", "1", *"TV", "enter")
        assert app.said[-1].headline == "黑色暴雨 is on."
        assert app.said[-1].lines == ("1 out: the list is being printed. Call each of them.",)
        assert [(one[1], one[3], one[-1]) for one in rows(app)] == [("张伟", "河堤", "safe?")]
        assert "1 not heard of" in title(app)
        await press(pilot, "enter", *"school", "enter")
        assert app.said[-1].headline == "Noted: safe."
        assert [(one[1], one[3], one[-1]) for one in rows(app)] == [
            ("张伟", "school", "safe 10:00")
        ]
        await press(pilot, "l", "1")
        assert app.said[-1].headline == "The signal is lifted."
    assert weather.signals() == []


async def test_who_telephones_is_noted_with_who_agreed(app, weather, at):
    at(8, 0)
    weather.on()
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        await press(pilot, "t", *"3001", "enter", *"2002", "enter")
        wrong = str(app.screen.query_one("#dialog-wrong", Static).content)
        assert wrong.startswith("王磊 cannot excuse 李娜")
        await press(pilot, *(["backspace"] * 4), *"1001", "enter")
        assert isinstance(app.screen, WhyAbsent)
        await press(pilot, "enter")
        assert "Why can they not come?" in str(
            app.screen.query_one("#dialog-wrong", Static).content
        )
        await press(pilot, *"flood", "enter")
        assert app.said[-1].headline == "Noted as BZ1: excused by one word."
        assert [(one[1], one[3]) for one in rows(app)] == [("李娜", "cannot come, 张伟 agreed")]
        assert all("flood" not in cell for one in rows(app) for cell in one)


async def test_lifting_with_somebody_unheard_of_names_who(app, weather, at):
    at(10, 0)
    weather.out()
    weather.on()
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        await press(pilot, "l", "1")
    assert app.said[-1].lines == ("Never reached: 张伟. Tell the leader.",)


async def test_esc_at_every_question_writes_nothing(app, desk, weather, at):
    at(10, 0)
    weather.out()
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        head = desk.head
        for keys in (("n", "escape"), ("n", "2", "escape"), ("t", "escape"), ("l",)):
            await press(pilot, *keys)
            assert isinstance(app.screen, WeatherHome)
    assert desk.head == head


@pytest.mark.usefixtures("words_zh")
async def test_the_screen_speaks_chinese(app, weather, at):
    at(10, 0)
    weather.out()
    weather.on()
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        assert "黑色暴雨，10:00 起" in title(app)
        assert "1 人未联系上" in title(app)
        await press(pilot, "v")
        assert app.said[-1].headline == "已登记：来客已知可以留下。"
