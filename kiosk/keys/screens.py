"""The keys' screens as the kiosk knows them: F4, open things, and the tag of a thing.

They are loaded at their first use: a day of taps at the door needs none of them.
"""

from typing import Any

from textual.screen import Screen

from kiosk.desk.bearer import ThingTag
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.refusal import Refused
from kiosk.desk.words import N_
from kiosk.keys import fetching, rules
from kiosk.ui.context import Context
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.screen import KioskScreen


async def takes_tag(kiosk: Context, tag: ThingTag) -> bool:
    """Answer a key's tag: what is out is back at once, what hangs asks for the borrower's badge.

    A key comes back at a locked desk too, in the name of who is on duty; it goes out at an open
    desk only. Every tag of the ledger is answered here. Raises ``Refused``: ``keys.desk_locked``,
    ``keys.lost_locked``, those of ``rules.check_lendable`` and ``fetching.elsewhere``.
    """
    from kiosk.keys.screens_lend import LendKey  # noqa: PLC0415 - at its first use
    from kiosk.keys.screens_return import takes_tag_back  # noqa: PLC0415 - the same

    if await takes_tag_back(kiosk, tag.thing):
        return True
    fetching.elsewhere(kiosk.desk, [tag.thing.id])
    rules.check_lendable(tag.thing)
    if kiosk.operator is None:
        raise Refused("keys.desk_locked", thing=tag.thing.label)
    kiosk.show(LendKey(tag.thing))
    return True


def _board() -> KioskScreen:
    from kiosk.keys.screens_board import KeyBoard  # noqa: PLC0415 - at its first use

    return KeyBoard()


def _card(thing: OpenThing) -> Screen[None]:
    from kiosk.keys.screens_card import ThingScreen  # noqa: PLC0415 - at its first use

    return ThingScreen(loan_id=thing.ref)


def _count(thing: OpenThing) -> Screen[None]:
    from kiosk.keys.screens_stock import StockTakeScreen  # noqa: PLC0415 - at its first use

    del thing
    return StockTakeScreen()


def _word(thing: OpenThing) -> Screen[Any]:
    from kiosk.keys.screens_signed import GiveWord  # noqa: PLC0415 - at its first use

    return GiveWord(thing.ref, thing.what.text)


def _loss(thing: OpenThing) -> Screen[Any]:
    from kiosk.keys.screens_lose import DecideLoss  # noqa: PLC0415 - at its first use

    return DecideLoss(thing.ref)


def _held(thing: OpenThing) -> Screen[None]:
    from kiosk.keys.screens_holdings import HoldingsScreen  # noqa: PLC0415 - at its first use

    return HoldingsScreen(thing.ref)


def _received(thing: OpenThing) -> Screen[None]:
    from kiosk.keys.screens_card import ThingScreen  # noqa: PLC0415 - at its first use

    return ThingScreen(thing.ref)


def _disputed(thing: OpenThing) -> Screen[Any]:
    from kiosk.keys.screens_elsewhere import HangsHere  # noqa: PLC0415 - at its first use

    return HangsHere(thing.ref, str(thing.facts["thing"]))


SCREENS = FeatureScreens(
    key="f4",
    label=N_("Keys"),
    short="",
    home=_board,
    goes_to={
        "loan.out": _card,
        "loan.word_owed": _word,
        "thing.lost": _loss,
        "stock.due": _count,
        "stock.differs": _count,
        "loan.unconfirmed": _held,
        "thing.received": _received,
        "thing.disputed": _disputed,
    },
    takes_tag=takes_tag,
)
