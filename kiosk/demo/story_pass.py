"""The scene of the demo's day in which house property goes out on a pass."""

from kiosk.demo.hand import Hand
from kiosk.demo.names import PIN
from kiosk.passes import pass_code
from kiosk.passes.models import OPEN
from kiosk.ui.row_list import RowList

_PRINTER = ("激光打印机", "ZC-2031", "", "硒鼓", "", "2", "", "送修", "", "顺达维修 刘师傅")


async def goods_out(hand: Hand) -> None:
    """12:10. Li Na asks for a pass, Ma Zhiqiang approves; at the gate it is scanned and ticked."""
    hand.at(12, 10)
    await hand.press("f6")
    await hand.front("OpenThingsScreen")
    await hand.press("w")
    await hand.front("StartPass")
    await hand.press("1")
    await hand.front("NewPass")
    for line in _PRINTER:
        await hand.type(line)
    await hand.front("AskPerson")
    await hand.type("1002")
    await hand.front("SignedAct")
    await hand.sign("4001", PIN)
    await hand.paper()
    await hand.home()
    hand.stage.scanner.scan(_newest_code(hand))
    await hand.front("PassScreen")
    await hand.until(lambda: hand.app.screen.query_one("#pass-items", RowList).rows, "its lines")
    await hand.press("1", "2", "enter")
    await hand.home()


def _newest_code(hand: Hand) -> str:
    desk = hand.app.kiosk.desk
    with desk.read() as book:
        one, _asker = book.all(OPEN)[-1]
    return pass_code.made(desk, one.number)
