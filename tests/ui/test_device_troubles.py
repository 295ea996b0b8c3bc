"""A device that fails is written into the journal, so that the duty log can say so."""

from drivers.events import CoverOpen, DeviceDown, DeviceUp, PaperLow, PaperOut
from kiosk.desk import journal

READER, PRINTER = "读卡器", "会客单打印机"


def troubles(desk):
    """Return what the journal says of devices, in order."""
    with desk.read() as book:
        return [
            (one.code, one.facts_made()["device"], one.facts_made().get("reason"))
            for one in journal.entries(book.connection, desk.gate)
            if one.code.startswith("device.")
        ]


async def test_a_lost_reader_and_an_empty_printer_are_written_down_with_their_return(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        desk, before = walk.app.kiosk.desk, troubles(walk.app.kiosk.desk)
        for event in (
            DeviceUp(READER), DeviceDown(READER, "gone"), PaperOut(PRINTER), CoverOpen(PRINTER),
            DeviceUp(READER), PaperLow(PRINTER),
        ):  # fmt: skip
            walk.say(event)
        await walk.until(lambda: len(troubles(desk)) == len(before) + 4, "the entries")
        assert troubles(desk)[len(before) :] == [
            ("device.down", READER, "gone"),
            ("device.down", PRINTER, "paper_out"),
            ("device.up", READER, None),
            ("device.up", PRINTER, None),
        ]
