"""What every screen says while the desk's only reader is unplugged, and that nothing is cut."""

import pytest
from window_desk import PRINTER, READER, SCANNER, tap

from drivers.events import DeviceDown, DeviceUp, PaperOut
from kiosk.desk.safe_text import cells
from kiosk.ui.bars import StatusBar

HERE_TOO = {"zh_CN": "此处也可刷卡", "en": "Cards are read here too."}
NOT_HERE = {"zh_CN": "读卡器断开，刷不了卡", "en": "The reader is lost: no card is read."}
languages = pytest.mark.parametrize("language", ["zh_CN", "en"])


@languages
async def test_hour_and_troubles_fit_at_80_columns_while_the_guard_is_away(kiosk_at, language):
    async with kiosk_at(language, size=(80, 24)) as walk:
        await walk.open_desk()
        await walk.press("f3", "5", "1")
        for line in ("meter room", "meters", "5"):
            await walk.line(line)
        await walk.front("WhoKeeps")
        tap(walk, "2002")
        await walk.front("HomeScreen")
        for trouble in (DeviceDown(READER, "gone"), PaperOut(PRINTER), DeviceDown(SCANNER, "gone")):
            walk.say(trouble)
        walk.app.tell_status()
        await walk.pilot.pause()
        bar = walk.app.screen.query_one(StatusBar)
        shown = str(bar.render())
        assert cells(shown) <= bar.content_size.width
        assert shown.rstrip().endswith("15:32")
        assert "05:00" in shown
        lost = "断开" if language == "zh_CN" else "lost"
        assert shown.count(lost) == 2


@languages
async def test_no_screen_and_no_question_asks_for_a_card_that_cannot_be_read(kiosk_at, language):
    async with kiosk_at(language, size=(80, 24)) as walk:
        walk.say(DeviceDown(READER, "gone"))
        await walk.until(lambda: NOT_HERE[language] in walk.text(), "the home screen's hint")
        walk.say(DeviceUp(READER))
        await walk.open_desk()
        await walk.press("f3")
        await walk.front("HandoverHome")
        await walk.until(lambda: HERE_TOO[language] in walk.text(), "the strip")
        walk.say(DeviceDown(READER, "gone"))
        await walk.until(lambda: NOT_HERE[language] in walk.text(), "the loss")
        await walk.press("3", "x")
        await walk.front("Ways")
        assert NOT_HERE[language] in walk.text()
        assert HERE_TOO[language] not in walk.text()
        walk.say(DeviceUp(READER))
        await walk.until(lambda: HERE_TOO[language] in walk.text(), "the reader")
