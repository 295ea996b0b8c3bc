"""What the tests of the window share: cards, scans, and what the book then says."""

from textual.widgets import Input

from drivers.events import CardPresented, CodeScanned
from kiosk.demo.tray import badge_of
from kiosk.desk import journal
from kiosk.desk.people import person_by_staff_no
from kiosk.messages import service as messages
from kiosk.parcels import service as parcels
from kiosk.ui.row_list import RowList
from kiosk.ui.tap_area import TapArea

READER, SCANNER, PRINTER = "读卡器", "扫码枪", "会客单打印机"


LI_NA, ZHOU, ZHANG = "1002", "1003", "1001"


WORDS = "水表检修改到下午三点，请回电"  # what was said in the demo's message N1


def said(walk):
    """Return what the tap area in front says."""
    return walk.app.screen.query_one("#tap", TapArea).verdict


def tap(walk, staff_no):
    """Tap a badge that the question in front takes without a verdict."""
    uid = bytes.fromhex(badge_of(staff_no))
    walk.say(CardPresented(READER, uid, "type2", "name", walk.tick()))


def scan(walk, code):
    walk.say(CodeScanned(SCANNER, code, walk.tick()))


def facts(walk, code):
    """Return the facts of the newest entry with this code."""
    with walk.app.kiosk.desk.read() as book:
        found = [
            one for one in journal.entries(book.connection, walk.app.kiosk.desk.gate)
            if one.code == code
        ]  # fmt: skip
    return found[-1].facts


def waiting(walk, staff_no):
    """Return the messages that wait for somebody, and what lies here for them."""
    with walk.app.kiosk.desk.read() as book:
        person = person_by_staff_no(book, staff_no).id
        return messages.waiting_for(book, person), parcels.lying_for(book, person)


def field(walk, name):
    return walk.app.screen.query_one(f"#{name} Input", Input)


async def write(walk, use_case, *args):
    kiosk = walk.app.kiosk
    done = await kiosk.pen.write(use_case, kiosk.desk, kiosk.by, *args)
    kiosk.changed()
    return done


async def open_things(walk):
    await walk.press("f6")
    await walk.front("OpenThingsScreen")


async def go_to(walk, number, screen):
    """From F6 to the open thing with this number."""
    await open_things(walk)
    shown = walk.app.screen.query_one(RowList)
    await walk.until(
        lambda: any(row.cells[0] == number for row in shown.rows), f"{number} in the list"
    )
    while shown.current.cells[0] != number:
        await walk.press("down")
    await walk.press("enter")
    await walk.front(screen)
    await walk.until(lambda: number in walk.text(), "what it is about")


async def begin_message(walk, who="zhw"):
    await walk.open_desk()
    await open_things(walk)
    await walk.press("n")
    await walk.front("AskPerson")
    await walk.line(who)
    await walk.front("NewMessage")


async def begin_parcel(walk):
    await walk.open_desk()
    await open_things(walk)
    await walk.press("p")
    await walk.front("NewParcel")
