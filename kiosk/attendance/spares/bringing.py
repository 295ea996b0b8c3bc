"""A temporary badge comes back, at the pool's list or tapped anywhere at the desk."""

from kiosk.attendance.spares.models import SpareBadge
from kiosk.attendance.spares.service import take_back
from kiosk.desk.words import _
from kiosk.ui.context import Context
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict


async def bring_back(kiosk: Context, spare: SpareBadge) -> None:
    """Note that a temporary badge is back, and say whose it was."""
    name = await kiosk.pen.write(take_back, kiosk.desk, kiosk.by, spare.id)
    kiosk.changed()
    told = _("Temporary badge {label} is back.").format(label=spare.label)
    kiosk.answer(Verdict(Tone.GOOD, told, name=name))
