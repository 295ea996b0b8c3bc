"""The roll call as the kiosk knows it: F8 from anywhere, and what F8 does at a locked desk.

Its screen is loaded at its first use.
"""

from textual.screen import Screen

from kiosk.desk.journal import SYSTEM
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.posts import on_duty
from kiosk.desk.words import N_, _
from kiosk.roll_call import service
from kiosk.roll_call.outstanding import RUNS
from kiosk.ui.context import Context
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict


async def print_at_once(kiosk: Context) -> None:
    """Print the list at a locked desk: in a fire nobody types a PIN. No name is on the screen.

    It is done in the name of who is on duty, of the kiosk itself when nobody is.
    """
    done = await kiosk.pen.write(service.print_at_once, kiosk.desk, _by(kiosk), kiosk.inside)
    kiosk.changed()
    if done is None:
        words = _("The list was printed a moment ago; open the desk to see it here.")
        kiosk.answer(Verdict(Tone.INFO, words))
        return
    told = kiosk.on_paper(
        _("Roll call {number}: the list is being printed."),
        _("Roll call {number}: the list waits for the printer ({trouble})."),
        number=done.number,
    )
    kiosk.answer(Verdict(Tone.RED, told))


def _by(kiosk: Context) -> str:
    with kiosk.desk.read() as book:
        duty = on_duty(book, kiosk.desk.gate)
    return duty[1].staff_no if duty else SYSTEM


def _roll(roll_id: str = "") -> KioskScreen:
    from kiosk.roll_call.screens_roll import RollCallScreen  # noqa: PLC0415 - at its first use

    return RollCallScreen(roll_id)


def _roll_call(thing: OpenThing) -> Screen[None]:
    """Two may run: each leads to itself."""
    return _roll(thing.ref)


SCREENS = FeatureScreens(
    key="f8",
    label=N_("Roll call"),
    short=N_("Roll"),
    home=_roll,
    goes_to={RUNS: _roll_call},
    urgent=print_at_once,
)
