"""The screens of stepping away as the kiosk knows them: F3 5, F3 9, and a badge that ends it.

They are loaded at their first use.
"""

from typing import Any

from textual.screen import Screen

from kiosk.desk.bearer import StaffCard
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.signing import Means
from kiosk.desk.words import _
from kiosk.ui.context import Context
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from shift_handover.away import rules, service
from shift_handover.away.models import RUNNING
from shift_handover.away.outstanding import AWAY, UNCOVERED
from shift_handover.away.service import AwayShown


def away_home() -> KioskScreen:
    """Return the page of F3 5."""
    from shift_handover.away.screens_away import AwayScreen  # noqa: PLC0415 - at its first use

    return AwayScreen()


def refuse_errand() -> KioskScreen:
    """Return the page of F3 9: opening it writes the refusal down."""
    from shift_handover.away.screens_errand import ErrandScreen  # noqa: PLC0415 - at its first use

    return ErrandScreen()


def _away(thing: OpenThing) -> Screen[None]:
    del thing
    return away_home()


def _nobody_on_post(thing: OpenThing) -> Screen[Any]:
    del thing
    from shift_handover.away.screens_uncovered import NobodyOnPost  # noqa: PLC0415 - as above

    return NobodyOnPost()


def back_verdict(away: AwayShown) -> Verdict:
    """Return what somebody is told who is back: for how long, and how late."""
    ended = away.ended_at or away.started_at
    minutes, late = rules.lasted(away.started_at, ended), rules.lasted(away.due_at, ended)
    told = _("Back at the post: {number}, {n} min").format(number=away.number, n=minutes)
    if not late:
        return Verdict(Tone.GOOD, told, name=away.person.name)
    more = _("{n} min late; it is written down.").format(n=late)
    return Verdict(Tone.AMBER, told, name=away.person.name, lines=(more,))


async def _come_back(kiosk: Context, card: StaffCard) -> bool:
    """End the absence of whose badge it is; False when they are not away from here."""
    with kiosk.desk.read() as book:
        away = book.one(RUNNING, post=kiosk.desk.gate)
    if away is None or away[1].id != card.person.id:
        return False
    ended = await kiosk.pen.write(service.come_back, kiosk.desk, card.person, Means.BADGE)
    kiosk.answer(back_verdict(ended))
    kiosk.changed()
    return True


SCREENS = FeatureScreens(
    key="", label="", short="", home=None,
    goes_to={AWAY: _away, UNCOVERED: _nobody_on_post}, takes_badge=_come_back,
)  # fmt: skip
