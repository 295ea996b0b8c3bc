"""Empties the print spool: a slip becomes an image, an image bytes, and the book knows how far."""

import logging
import threading
from collections.abc import Callable

from PIL.Image import Image

from drivers.escpos_text import TextSheet
from drivers.events import Listener
from drivers.printer_status import PrinterStatus, event_for
from drivers.slip_printer import Outcome, SlipPrinter
from kiosk.desk import fonts, spool
from kiosk.desk.desk import Desk
from kiosk.desk.pen import Pen
from kiosk.desk.print_job import IN_STATE, NEXT_JOB, JobState, PrintJob
from kiosk.desk.settings import Printer
from kiosk.desk.slip import Slip
from kiosk.desk.slip_image import draw, warm_up
from kiosk.desk.slip_lines import Align
from kiosk.desk.slip_sheet import BarCode, Piece, Row, Sheet, Square
from kiosk.desk.slip_text import typeset
from kiosk.memory import give_back
from kiosk.print_turns import Turns

log = logging.getLogger("kiosk.printing")
_LOOK_S = 1.5
_LOOK_FOR_A_LOST_ONE_S = 0.5
_MARK_LENGTH = 4
_DOTS_A_COLUMN = 12
_ALIGN = {Align.LEFT: 0, Align.MIDDLE: 1, Align.RIGHT: 2}


def driver_of(printer: Printer) -> SlipPrinter:
    """Return the driver of a printer as the settings have it; it opens when it is needed.

    Raises ``BadAddress``.
    """
    return SlipPrinter(
        printer.name, printer.address,
        width=printer.width_dots, process_id=printer.process_id, baud=printer.baud,
    )  # fmt: skip


def sheet_of(printer: Printer) -> Sheet | None:
    """Return what a printer in text mode writes on; None for one that prints pictures."""
    if printer.mode != "text":
        return None
    columns = printer.width_dots // _DOTS_A_COLUMN
    return Sheet(columns, squares=printer.codes == "qr", bars=printer.codes != "none")


def written(pieces: tuple[Piece, ...], width: int) -> TextSheet:
    """Return a slip in rows as the driver takes it, for paper of ``width`` dots."""
    sheet = TextSheet(width)
    for piece in pieces:
        match piece:
            case Square():
                sheet.square(piece.code)
            case BarCode():
                sheet.bars(piece.code)
            case Row():
                _write_row(sheet, piece)
    return sheet


def _write_row(sheet: TextSheet, row: Row) -> None:
    sheet.align(_ALIGN[row.align])
    for text, style in row.spans:
        sheet.write(text, bold=style.bold, tall=style.tall, wide=style.wide)
    sheet.end_row(tall=any(span.style.tall for span in row.spans))


def _put_away() -> None:
    """Close the fonts that drew a slip, and give back what drawing it took: 3 MB."""
    fonts.close_fonts()
    give_back()


class Spooler(threading.Thread):
    """One thread a printer: looks at it all the time, and prints what is queued.

    ``changed`` is called after every slip so that the screens look again; ``listener`` hears when
    the printer is lost, out of paper, or back. ``sheet`` is given for a printer in text mode;
    ``turns`` tells two printers apart, a lone one always has its turn.
    """

    def __init__(
        self, desk: Desk, pen: Pen, printer: SlipPrinter, width: int,
        listener: Listener, changed: Callable[[], None],
        *, sheet: Sheet | None = None, turns: Turns | None = None,
    ) -> None:  # fmt: skip
        super().__init__(name=f"printer {printer.name}", daemon=True)
        self._desk, self._pen, self._printer, self._width = desk, pen, printer, width
        self._listener, self._changed = listener, changed
        self._sheet, self._turns = sheet, turns or Turns(printer.name)
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._said: PrinterStatus | None = None

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
        if self._sheet is None:
            warm_up(self._width)  # the first slip of a day must not wait for the fonts
            _put_away()
        self._mind_leftovers()
        while not self._stopping.is_set():
            try:
                if self._has_its_turn() and self._print_next():
                    continue
            except Exception:  # whatever it is, the next look starts anew
                log.exception("printing failed")
            self._rest()

    def _mind_leftovers(self) -> None:
        # A slip that the last run did not finish may still hang in its printer, half a raster.
        with self._desk.read() as book:
            unknown = book.all(IN_STATE, state=JobState.UNKNOWN, gate=self._desk.gate)
        if any(job.printer in {"", self._printer.name} for job in unknown):
            self._printer.expect_leftovers()

    def _rest(self) -> None:
        ready = self._said is not None and self._said.ready
        self._wake.wait(_LOOK_S if ready else _LOOK_FOR_A_LOST_ONE_S)
        self._wake.clear()

    def _look(self) -> PrinterStatus:
        status = self._printer.status()
        if status != self._said:
            self._said = status
            self._listener(event_for(self._printer.name, status))
        return status

    def _has_its_turn(self) -> bool:
        return self._turns.may(self._printer.name, ready=self._look().ready)

    def _print_next(self) -> bool:
        """Print the oldest job; False when there is none or the printer took nothing."""
        with self._turns.claim:  # no other printer may take it meanwhile
            with self._desk.read() as book:
                job = book.one(NEXT_JOB, gate=self._desk.gate)
            if job is None:
                return False
            content = self._made_up(job)
            self._pen.queue(spool.start, self._desk, job.id, self._printer.name).result()
        outcome = self._printed(job, content)
        self._note(job.id, outcome)
        self._changed()
        _put_away()
        return outcome is not Outcome.NOT_READY

    def _made_up(self, job: PrintJob) -> Image | TextSheet | None:
        try:
            with self._desk.read() as book:
                slip = Slip.from_json(book.unseal(job.document))
            if self._sheet is not None:
                return written(typeset(slip, self._sheet), self._width)
            return draw(slip, self._width)
        except Exception:  # one that cannot be unsealed or drawn must not stop the others for ever
            log.exception("slip %s cannot be drawn", job.number)
            return None

    def _printed(self, job: PrintJob, content: Image | TextSheet | None) -> Outcome:
        if content is None:
            return Outcome.UNKNOWN
        # The end of a job's id is random, and no two copies of a slip have the same id.
        mark = job.id[-_MARK_LENGTH:]
        try:
            if isinstance(content, TextSheet):
                return self._printer.print_text(content, mark)
            return self._printer.print_image(content, mark)
        except Exception:  # a bug of ours: whether bytes went out is not known
            log.exception("slip %s cannot be sent", job.number)
            return Outcome.UNKNOWN

    def _note(self, job_id: str, outcome: Outcome) -> None:
        desk = self._desk
        if outcome is Outcome.NOT_READY:
            cause = self._printer.last_status.cause or "not_ready"
            self._pen.queue(spool.put_back, desk, job_id, cause).result()
        elif outcome is Outcome.UNKNOWN:
            self._pen.queue(spool.lose, desk, job_id).result()
        else:
            weak = outcome is Outcome.WEAK
            self._pen.queue(spool.confirm, desk, job_id, weak=weak).result()
