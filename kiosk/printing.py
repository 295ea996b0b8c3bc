"""Empties the print spool: a slip becomes an image, an image becomes bytes, and the book knows how far."""

import logging
import threading
from collections.abc import Callable

from drivers.events import CoverOpen, DeviceDown, DeviceUp, Event, Listener, PaperLow, PaperOut
from drivers.slip_printer import Outcome, PrinterStatus, SlipPrinter
from kiosk.desk import spool
from kiosk.desk.desk import Desk
from kiosk.desk.pen import Pen
from kiosk.desk.slip_image import draw

log = logging.getLogger("kiosk.printing")
_LOOK_S = 2.0


class Spooler(threading.Thread):
    """One thread a printer: looks at it every two seconds, and prints what is queued.

    ``changed`` is called after every step so that the screens look again; ``listener`` hears when the
    printer is lost, out of paper, or back.
    """

    def __init__(
        self, desk: Desk, pen: Pen, printer: SlipPrinter, width: int,
        listener: Listener, changed: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(name=f"printer {printer.name}", daemon=True)
        self._desk, self._pen, self._printer, self._width = desk, pen, printer, width
        self._listener, self._changed = listener, changed
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._cause: str | None = "absent"

    def queued(self) -> None:
        """Something was queued: look now."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the job in hand and end."""
        self._stopping.set()
        self._wake.set()
        if self.is_alive():
            self.join(timeout=10)
        self._printer.close()

    def run(self) -> None:
        """Look, print, wait; an error of ours is logged and never ends the thread."""
        self._tell_first()
        while not self._stopping.is_set():
            try:
                while not self._stopping.is_set() and self._print_next():
                    pass
            except Exception:  # a bug in one slip must not stop the printing of the others
                log.exception("printing failed")
            self._wake.wait(_LOOK_S)
            self._wake.clear()
            self._tell(self._printer.status())

    def _tell_first(self) -> None:
        status = self._printer.status()
        if status.ready:
            self._tell(status)
        else:
            self._cause = status.cause
            self._listener(_event(self._printer.name, status))

    def _tell(self, status: PrinterStatus) -> None:
        cause = status.cause or None
        if cause == self._cause:
            return
        self._cause = cause
        self._listener(_event(self._printer.name, status))

    def _print_next(self) -> bool:
        """Print the oldest job; False when there is none or the printer is not ready."""
        waiting = spool.next_job(self._desk)
        if waiting is None:
            return False
        job, slip = waiting
        image = draw(slip, self._width)
        status = self._printer.status()
        if not status.ready:
            self._tell(status)
            return False
        self._pen.queue(spool.start, self._desk, job.id).result()
        outcome = self._printer.print_image(image, f"{job.number[-2:]:0>2}{job.copy_no % 100:02}")
        self._note(job.id, outcome)
        self._changed()
        return outcome is not Outcome.NOT_READY

    def _note(self, job_id: str, outcome: Outcome) -> None:
        desk = self._desk
        if outcome is Outcome.NOT_READY:
            self._pen.queue(spool.put_back, desk, job_id, self._cause or "not_ready").result()
        elif outcome is Outcome.UNKNOWN:
            self._pen.queue(spool.lose, desk, job_id).result()
        else:
            self._pen.queue(spool.confirm, desk, job_id, weak=outcome is Outcome.WEAK).result()


def _event(name: str, status: PrinterStatus) -> Event:
    if status.ready:
        return PaperLow(name) if status.cause == "near_end" else DeviceUp(name, "")
    if status.cause == "paper_out":
        return PaperOut(name)
    if status.cause == "cover_open":
        return CoverOpen(name)
    return DeviceDown(name, status.cause)
