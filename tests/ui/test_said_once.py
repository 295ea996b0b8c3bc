"""What a screen says of its own keys, numbers and questions: whole, and once."""

import pytest

from kiosk.demo.app import DemoApp, TrayScreen
from kiosk.demo.stage import Stage
from kiosk.desk import settings as desk_settings
from kiosk.desk.words import use
from kiosk.devices import Devices
from kiosk.ui.bars import KeyBar
from kiosk.ui.row_list import RowList
from visitors.screens_act_keys import keys_of_acts


@pytest.mark.parametrize(
    ("keys", "said"),
    [("123", "1-9"), ("123456789", "1-9"), ("123456789a", "1-9 a"), ("123456789abc", "1-9 a-c"),
     ("12t", "1-9 t"), ("123456789at", "1-9 a t"), ("123456789abct", "1-9 a-c t")],
)  # fmt: skip
def test_the_key_bar_says_the_letters_that_do_something(keys, said):
    assert keys_of_acts(keys) == said


async def test_every_key_of_an_act_of_a_visit_is_covered_by_the_key_bar(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await walk.press("f2")
        await walk.front("VisitorsScreen")
        await walk.press("enter")
        await walk.front("VisitScreen")
        await walk.until(lambda: walk.app.screen.query_one("#acts", RowList).rows, "the acts")
        keys = [row.cells[0] for row in walk.app.screen.query_one("#acts", RowList).rows]
        assert keys_of_acts(keys) in str(walk.app.screen.query_one(KeyBar).render())


async def test_the_number_of_a_visitor_stands_once_in_the_row_of_f6(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await walk.press("f6")
        await walk.front("OpenThingsScreen")
        shown = walk.app.screen.query_one(RowList)
        await walk.until(lambda: shown.rows, "the rows")
        inside = [row.cells for row in shown.rows if "is inside" in row.cells[2]]
        assert inside
        for number, _sign, what, *_rest in inside:
            assert number
            assert number not in what


@pytest.mark.parametrize(
    ("language", "words"), [("en", "A question is open"), ("zh_CN", "有问题待答")]
)
@pytest.mark.usefixtures("compiled_words")
async def test_the_tray_says_that_a_question_is_open_and_only_then(
    site_copy, tmp_path, monkeypatch, language, words
):
    monkeypatch.setattr(Devices, "start", lambda _self: None)
    monkeypatch.setattr(Devices, "stop", lambda _self: None)
    settings = desk_settings.load(site_copy / "kiosk.toml", {"KIOSK_DESK__SOUNDS": "false"})
    use(language)
    app = DemoApp(settings, Stage(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        for asked in (False, True):
            while app.context is None or not app.feature_screens:
                await pilot.pause()
            if asked:
                app.ask_to_open()
                await pilot.pause()
            await pilot.press("f11")
            await pilot.pause()
            assert isinstance(app.screen, TrayScreen)
            strips = app.screen._compositor.render_strips()
            assert (words in "\n".join(strip.text for strip in strips)) is asked
            await pilot.press("escape")
            await pilot.pause()
