"""V on a visit: its slip as it will print, or as it was printed."""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from kiosk.desk.desk import Desk
from kiosk.desk.print_job import JobState, PrintJob
from kiosk.desk.words import N_, _
from kiosk.ui.screen import KioskScreen
from kiosk.ui.slip_screen import SlipView
from visitors.slip_shown import slip_to_show

_STATES: Mapping[JobState, str] = {
    JobState.QUEUED: N_("Copy no. {copy} of {at}: waits for the printer."),
    JobState.SENDING: N_("Copy no. {copy} of {at}: is being printed."),
    JobState.CONFIRMED: N_("Copy no. {copy} of {at}: printed."),
    JobState.UNKNOWN: N_("Copy no. {copy} of {at}: perhaps printed. Please look at the printer."),
    JobState.SETTLED: N_("Copy no. {copy} of {at}: settled by hand."),
}
_USUAL_WIDTH = 576


class ShowsSlip(KioskScreen):
    """A screen of one visit that shows its slip by one key."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("v,V", "show_slip", show=False)]
    _visit_id: str

    async def action_show_slip(self) -> None:
        """Open the slip; nothing is printed or changed by it."""
        async with self.answering():
            kiosk = self.kiosk
            look = partial(slip_to_show, kiosk.desk, kiosk.by, self._visit_id)
            found = await self.aside(look)
            if self.is_current:
                said = partial(_words_of, kiosk.desk, found.job)
                anew = None if found.job else lambda: look().slip
                self.app.push_screen(SlipView(found.slip, said, _width(kiosk.desk), anew))


def _words_of(desk: Desk, job: PrintJob | None) -> str:
    """Return what stands over the slip: that it will print so, or what became of it."""
    if job is None:
        return _("So it will print. The codes are made when the visitor is admitted.")
    at = desk.local(job.queued_at)
    return _(_STATES[job.state]).format(copy=job.copy_no, at=f"{at:%H:%M}")


def _width(desk: Desk) -> int:
    return next((it.width_dots for it in desk.settings.printers if not it.fallback), _USUAL_WIDTH)
