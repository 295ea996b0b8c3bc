"""While the printer does not print, nothing is said to be on its way to paper."""

import pytest

from drivers.events import CoverOpen, DeviceDown, PaperLow, PaperOut, PrinterReady
from kiosk.ui.row_list import RowList
from visitors import reception
from visitors.models import Answer, How
from visitors.rules import Details
from visitors.screens_visit import VisitScreen

PRINTER = "会客单打印机"
AWAY = [(DeviceDown(PRINTER, "absent"), "断开"), (PaperOut(PRINTER), "缺纸")]


async def admit(walk):
    """Let in a visitor whose host said yes, and return what is said."""
    kiosk = walk.app.kiosk
    guest = Details("吴桂英", "办理盖章", "Ms", "红旗村")
    visit = await kiosk.pen.write(reception.walk_in, kiosk.desk, kiosk.by, guest, "1003")
    yes = (visit, Answer.YES, How.IN_PERSON)
    await kiosk.pen.write(reception.answer, kiosk.desk, kiosk.by, *yes)
    kiosk.show(VisitScreen(visit))
    await walk.front("VisitScreen")
    acts = walk.app.screen.query_one(RowList)
    await walk.until(lambda: acts.current is not None, "what can be done")
    await walk.press("enter")
    await walk.front("HomeScreen")
    await walk.until(lambda: "已放行，" in walk.text(), "the answer")
    return walk.text()


@pytest.mark.parametrize(("said", "word"), AWAY)
async def test_an_admitted_visitors_slip_prints_once_the_printer_is_back(kiosk_at, said, word):
    async with kiosk_at("zh_CN", (120, 36)) as walk:
        await walk.open_desk()
        walk.say(said)
        await walk.until(lambda: f"打印机 {word}" in walk.text(), "the light")
        shown = await admit(walk)
    assert f"打印机{word}，恢复后自动打印" in shown
    assert "正在打印" not in shown


async def test_a_low_roll_prints(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        walk.say(PaperLow(PRINTER))
        await walk.until(lambda: walk.app.devices.states()[PRINTER] == "near_end", "the event")
        assert "正在打印会客单" in await admit(walk)


async def test_the_printers_trouble_is_told_until_it_is_ready_again(kiosk_at):
    async with kiosk_at("en") as walk:
        devices, told = walk.app.devices, []
        for event in (DeviceDown(PRINTER, "absent"), CoverOpen(PRINTER), PrinterReady(PRINTER)):
            assert devices.heard(event)
            told.append(walk.app.kiosk.printer_trouble())
        devices.parts = [part for part in devices.parts if part.kind != "printer"]
        assert [*told, walk.app.kiosk.printer_trouble()] == ["lost", "cover open", "", "not set up"]


async def test_a_sheet_about_what_somebody_holds_waits_too(kiosk_at):
    async with kiosk_at("en", (120, 36)) as walk:
        await walk.open_desk("4001")
        walk.say(DeviceDown(PRINTER, "absent"))
        await walk.press("f4")
        await walk.front("KeyBoard")
        await walk.press("p")
        await walk.front("AskPerson")
        await walk.badge("5020")
        await walk.front("HoldingsScreen")
        await walk.press("p")
        await walk.until(
            lambda: "Printer lost: the sheet prints once ready." in walk.text(), "the answer"
        )
