"""The passes' screens as the kiosk knows them: W and X at F6, open passes, and a scanned one.

They are loaded at their first use.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from textual.screen import Screen

from kiosk.desk.outstanding import OpenThing
from kiosk.desk.refusal import Refused
from kiosk.desk.words import N_
from kiosk.passes.models import State
from kiosk.passes.outstanding import KINDS
from kiosk.passes.pass_code import is_pass_code, pass_of_code
from kiosk.passes.reading import spent_facts, why_spent
from kiosk.ui.context import Context
from kiosk.ui.feature_screens import Begins, FeatureScreens
from kiosk.ui.verdict import refusal


async def take_code(kiosk: Context, text: str) -> bool:
    """Open the pass that was scanned, whatever screen is in front; False for other codes.

    One that lets nothing out any more is answered with why, and opens nothing.
    """
    if not is_pass_code(text):
        return False
    try:
        kiosk.show(_opened(await asyncio.to_thread(_look_up, kiosk, text)))
    except Refused as refused:
        kiosk.answer(refusal(refused))
    return True


def _look_up(kiosk: Context, text: str) -> str:
    """Return the id of the pass that was scanned, if it still lets something out or in.

    Raises ``Refused``: ``pass.desk_locked``, those of ``pass_code.pass_of_code``, and why a spent
    pass does nothing.
    """
    if kiosk.operator is None:
        raise Refused("pass.desk_locked")
    kiosk.worked()
    with kiosk.desk.read() as book:
        one = pass_of_code(kiosk.desk, book, text)
        spent = why_spent(kiosk.desk, one)
        if spent is not None and one.state is not State.WAITING:
            raise Refused(spent, **spent_facts(kiosk.desk, book, one))
        return one.id


def _opened(pass_id: str) -> Screen[None]:
    from kiosk.passes.screens_pass import PassScreen  # noqa: PLC0415 - at its first use

    return PassScreen(pass_id)


def _pass(thing: OpenThing) -> Screen[None]:
    return _opened(thing.ref)


def _start() -> Screen[Any]:
    from kiosk.passes.screens_start import StartPass  # noqa: PLC0415 - at its first use

    return StartPass()


def _keep() -> Screen[None]:
    from kiosk.passes.screens_keep import KeepGoods  # noqa: PLC0415 - at its first use

    return KeepGoods()


_GOES_TO: Mapping[str, Callable[[OpenThing], Screen[None]]] = dict.fromkeys(KINDS.values(), _pass)

SCREENS = FeatureScreens(
    key="",
    label="",
    short="",
    home=None,
    goes_to=_GOES_TO,
    begins=(
        Begins("w", N_("Goods out: pass"), N_("Pass"), _start),
        Begins("x", N_("Goods stay"), N_("Stay"), _keep),
    ),
    takes_code=take_code,
)
