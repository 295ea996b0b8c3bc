"""The keys' screens as the kiosk knows them: F4, open things, and the tag of a thing."""

from textual.screen import Screen

from kiosk.desk.bearer import ThingTag
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.refusal import Refused
from kiosk.desk.words import N_
from kiosk.keys import rules
from kiosk.keys.screens_add import AddKey
from kiosk.keys.screens_board import KeyBoard
from kiosk.keys.screens_card import ThingScreen
from kiosk.keys.screens_holdings import HoldingsScreen
from kiosk.keys.screens_lend import LendKey
from kiosk.keys.screens_lose import DecideLoss
from kiosk.keys.screens_return import TakeBack, say_damaged, takes_tag_back
from kiosk.keys.screens_signed import GiveWord
from kiosk.keys.screens_stock import StockTakeScreen
from kiosk.ui.context import Context
from kiosk.ui.feature_screens import FeatureScreens


async def takes_tag(kiosk: Context, tag: ThingTag) -> bool:
    """Answer a key's tag: what is out is back at once, what hangs asks for the borrower's badge.

    A key comes back at a locked desk too, in the name of who is on duty; it goes out at an open
    desk only. Every tag of the ledger is answered here. Raises ``Refused``: ``keys.desk_locked``,
    ``keys.lost_locked``, those of ``rules.check_lendable``.
    """
    if await takes_tag_back(kiosk, tag.thing):
        return True
    rules.check_lendable(tag.thing)
    if kiosk.operator is None:
        raise Refused("keys.desk_locked", thing=tag.thing.label)
    kiosk.show(LendKey(tag.thing))
    return True


def _card(thing: OpenThing) -> Screen[None]:
    return ThingScreen(loan_id=thing.ref)


def _count(thing: OpenThing) -> Screen[None]:
    del thing
    return StockTakeScreen()


SCREENS = FeatureScreens(
    key="f4",
    label=N_("Keys"),
    short="",
    home=KeyBoard,
    goes_to={
        "loan.out": _card,
        "loan.word_owed": lambda thing: GiveWord(thing.ref, thing.what.text),
        "thing.lost": lambda thing: DecideLoss(thing.ref),
        "stock.due": _count,
        "stock.differs": _count,
        "loan.unconfirmed": lambda thing: HoldingsScreen(thing.ref),
    },
    takes_tag=takes_tag,
)

__all__ = ["SCREENS", "AddKey", "KeyBoard", "LendKey", "TakeBack", "say_damaged", "takes_tag"]
