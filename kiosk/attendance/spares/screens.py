"""Temporary badges as the kiosk knows them: one that is tapped at the open desk asks who takes it.

The screens are loaded at their first use.
"""

from textual.screen import Screen

from kiosk.attendance.spares.bringing import bring_back
from kiosk.attendance.spares.models import LENT_OF_SPARE, SPARE_BY_UID
from kiosk.attendance.spares.outstanding import LENT_OUT
from kiosk.desk.bearer import UnknownCard
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.words import _
from kiosk.ui.context import Context
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict


def _home(thing: OpenThing) -> Screen[None]:
    from kiosk.attendance.spares.screens_home import SparesHome  # noqa: PLC0415 - at its first use

    return SparesHome(thing.ref)


async def _tapped(kiosk: Context, card: UnknownCard) -> bool:
    """Take a card of the pool that is nobody's badge now: back from yesterday, or to be lent."""
    with kiosk.desk.read() as book:
        spare = book.one(SPARE_BY_UID, uid=card.uid)
        lent = spare is not None and book.one(LENT_OF_SPARE, spare=spare.id) is not None
    if spare is None:
        return False
    if kiosk.operator is None or card.at_door:
        told = _("A temporary badge that is lent to nobody. Please come to the desk.")
        kiosk.answer(Verdict(Tone.AMBER, told))
    elif lent:
        await bring_back(kiosk, spare)
    else:
        from kiosk.attendance.spares.screens_lend import lend_signed  # noqa: PLC0415 - the same

        kiosk.show(lend_signed(kiosk, spare))
    return True


SCREENS = FeatureScreens(
    key="", label="", short="", home=None, goes_to={LENT_OUT: _home}, takes_unknown=_tapped
)
