"""Presence prompts on the screen: the guard's badge answers, and the word why closes a missed one.

The dialog is loaded at its first use.
"""

from textual.screen import Screen

from kiosk.desk.bearer import StaffCard
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.words import _
from kiosk.ui.context import Context
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from shift_handover.presence import service
from shift_handover.presence.outstanding import MISSED


def _explain(thing: OpenThing) -> Screen[str | None]:
    from shift_handover.presence.screens_explain import ExplainMissed  # noqa: PLC0415 - at its first use

    return ExplainMissed(thing.ref)


async def _present(kiosk: Context, card: StaffCard) -> bool:
    """Take the badge of the guard who is asked as the answer, and as nothing else."""
    with kiosk.desk.read() as book:
        prompt = service.running(kiosk.desk, book)
    if prompt is None or prompt.person_id != card.person.id:
        return False
    if not await kiosk.pen.write(service.answer, kiosk.desk, card.person):
        return False
    kiosk.answer(Verdict(Tone.GOOD, _("Thank you: you are at the post."), name=card.person.name))
    kiosk.changed()
    return True


SCREENS = FeatureScreens(
    key="", label="", short="", home=None, goes_to={MISSED: _explain}, takes_badge=_present
)
