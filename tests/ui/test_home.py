"""What stands on the home screen: lists that say what they are empty of, and the demo's tray."""

import queue
import threading
import time

import pytest
from patience import PATIENCE_S

from drivers.device import connect
from drivers.events import DeviceUp
from kiosk.demo.app import DemoApp
from kiosk.demo.names import ID_NAME
from kiosk.demo.stage import Stage
from kiosk.demo.tray import Tray
from kiosk.desk import settings as desk_settings
from kiosk.desk.safe_text import cells
from kiosk.desk.words import use
from kiosk.devices import Devices
from visitors import id_numbers

SIZES = [(80, 24), (120, 36)]
EMPTY = {
    "zh_CN": ("没有待办事项。", "现在没有在访人员。"),
    "en": ("Nothing is open.", "No visitor is inside."),
}
SIDES = 4


@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_a_locked_home_screen_says_of_what_its_lists_are_empty(kiosk_at, language):
    async with kiosk_at(language) as walk:
        walk.app.kiosk.outstanding = lambda _desk, _book: []
        walk.app.changed()
        await walk.until(lambda: all(words in walk.text() for words in EMPTY[language]), "it")
        assert walk.app.kiosk.operator is None


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.usefixtures("compiled_words")
def test_every_key_of_the_tray_stands_apart_from_its_word_and_nothing_is_cut(
    tmp_path, language, width
):
    use(language)
    tray = Tray(Stage(tmp_path), str)
    shown = tray.lines(width - SIDES)
    assert len(shown) <= 2
    assert all(cells("  ".join(line)) <= width - SIDES for line in shown)
    told = [part for line in shown for part in line]
    assert told[2:] == [f"{one.key} {one.short}" for one in tray.tricks() if one.short]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_the_whole_tray_is_seen_on_the_home_screen(
    site_copy,
    tmp_path,
    monkeypatch,
    language,
    size,
    compiled_words,  # noqa: ARG001 - asked for what it does
):
    monkeypatch.setattr(Devices, "start", lambda _self: None)
    monkeypatch.setattr(Devices, "stop", lambda _self: None)
    settings = desk_settings.load(site_copy / "kiosk.toml", {"KIOSK_DESK__SOUNDS": "false"})
    use(language)
    app = DemoApp(settings, Stage(tmp_path))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        shown = "\n".join(strip.text for strip in strips)
        told = ["  ".join(line) for line in app.tray.lines(size[0] - SIDES)]
        assert [line for line in told if line not in shown] == []


def test_the_tray_lays_an_id_card_on_the_reader_and_lifts_it_again(tmp_path):
    heard = queue.Queue()
    with Stage(tmp_path) as stage:
        device = connect("counter", stage.id_reader.address, heard.put)
        device.start()
        try:
            assert isinstance(heard.get(timeout=PATIENCE_S), DeviceUp)
            assert Tray(stage, str).do("i")
            card = heard.get(timeout=PATIENCE_S)
            assert (card.name, card.sex) == (ID_NAME, "female")
            assert id_numbers.id_number(card.number) == card.number
            end = time.monotonic() + PATIENCE_S
            while stage.id_reader.module.card is not None:
                assert time.monotonic() < end, "the card stays on the reader"
                threading.Event().wait(0.02)
        finally:
            device.close()
