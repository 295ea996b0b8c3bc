"""What was printed stands on a screen, and a second printer that stands in is told of."""

import pytest

from drivers.events import DeviceDown, PrinterReady
from kiosk.print_turns import StandIn
from kiosk.ui.row_list import RowList

PRINTER, SECOND = "会客单打印机", "备用打印机"
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def two_printers(site_copy):
    """Put a second printer into the site's settings."""
    file = site_copy / "kiosk.toml"
    second = f'\n[[printers]]\nname = "{SECOND}"\naddress = "escpos+tcp:127.0.0.1:9"\n'
    file.write_text(file.read_text("utf-8") + second + "fallback = true\n", "utf-8")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_f6_and_s_list_what_was_printed_and_enter_shows_it(kiosk_at, language, size):
    async with kiosk_at(language, size) as walk:
        await walk.open_desk()
        await walk.press("f6")
        await walk.front("OpenThingsScreen")
        await walk.press("s")
        await walk.front("PrintsScreen")
        rows = walk.app.screen.query_one(RowList)
        await walk.until(lambda: rows.rows, "the slips")
        shown = walk.text()
        assert ("打印机：正常" if language == "zh_CN" else "Printer: ready") in shown
        assert ("已打印" if language == "zh_CN" else "printed") in shown
        assert "20261123-001" in shown
        number = rows.current.cells[0]
        await walk.press("enter")
        await walk.front("SlipView")
        await walk.until(lambda: number in walk.text(), "the slip")
        await walk.press("escape")
        await walk.front("PrintsScreen")


async def test_a_printer_in_trouble_says_so_above_the_list(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        walk.say(DeviceDown(PRINTER, "absent"))
        await walk.press("f6", "s")
        await walk.front("PrintsScreen")
        await walk.until(lambda: "打印机：断开" in walk.text(), "the trouble")


@pytest.mark.usefixtures("two_printers")
async def test_a_second_printer_that_stands_in_is_in_the_bar_and_said_once(kiosk_at):
    async with kiosk_at("zh_CN", (120, 36)) as walk:
        await walk.open_desk()
        walk.say(PrinterReady(SECOND))
        walk.say(DeviceDown(PRINTER, "absent"))
        await walk.until(lambda: f"{PRINTER} 断开" in walk.text(), "the lost one")
        assert walk.app.kiosk.printer_trouble() == "断开"
        walk.say(StandIn(SECOND, PRINTER))
        await walk.until(lambda: f"{SECOND} 代打" in walk.text(), "the light")
        assert f"{PRINTER}打不出来，会客单改由{SECOND}打印" in walk.text()
        assert walk.app.kiosk.printer_trouble() == ""

        walk.say(PrinterReady(PRINTER))
        walk.say(StandIn(SECOND, PRINTER, ends=True, back=True))
        await walk.until(lambda: "已恢复打印" in walk.text(), "the word")
        assert "代打" not in walk.text()


@pytest.mark.usefixtures("two_printers")
async def test_a_second_printer_that_fails_too_is_said(kiosk_at):
    async with kiosk_at("en", (120, 36)) as walk:
        await walk.open_desk()
        walk.say(DeviceDown(PRINTER, "absent"))
        walk.say(StandIn(SECOND, PRINTER))
        walk.say(DeviceDown(SECOND, "absent"))
        walk.say(StandIn(SECOND, PRINTER, ends=True))
        await walk.until(lambda: f"{SECOND} does not print either" in walk.text(), "the word")
        assert walk.app.kiosk.printer_trouble() == "lost"
