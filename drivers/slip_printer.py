"""A slip printer: what it says about itself, and what became of a slip sent to it.

Paper cannot be taken back and a printer can lose power between two bytes, so a slip ends in one of
four ways, and "perhaps printed" is one of them. Device trouble is never raised, it is the outcome.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from drivers import addresses, escpos_bytes
from drivers.print_proof import Outcome, PrintProof, ProcessId
from drivers.printer_link import LinkLostError, PrinterLink
from drivers.printer_status import ABSENT, SILENT, PrinterStatus
from drivers.printer_talk import PrinterTalk
from drivers.printer_wires import DEFAULT_BAUD, open_wire

if TYPE_CHECKING:
    from PIL.Image import Image

    from drivers.escpos_text import TextSheet

WIDTH_80_MM: Final = 576
WIDTH_58_MM: Final = 384
_PROFILES: Final = {WIDTH_80_MM: "TM-T20II", WIDTH_58_MM: "NT-5890K"}
_PROOF_S: Final = 4.0
_SLOWEST_ROWS_PER_S: Final = 300

__all__ = ["WIDTH_58_MM", "WIDTH_80_MM", "Outcome", "PrinterStatus", "SlipPrinter"]


class SlipPrinter:
    """A printer at an address, used from one thread; opens when needed, heals by itself.

    `width` is the paper's in dots (576 for 80 mm, 384 for 58 mm). `profile` is python-escpos' name
    of the model, for the cut. `process_id` tells whether the printer sends a job's mark back
    (GS ( H); None finds it out at the first slip, "status" is for one that answers nothing but its
    status. `baud` counts for serial lines.

    Raises:
        BadAddress: `address` cannot be understood, or is of no printer.

    """

    def __init__(
        self,
        name: str,
        address: str,
        *,
        width: int = WIDTH_80_MM,
        profile: str | None = None,
        process_id: ProcessId = None,
        baud: int = DEFAULT_BAUD,
    ) -> None:
        self.name = name
        self.width = width
        self.last_status = ABSENT
        self._address = addresses.parse(address, addresses.PRINTERS)
        self._profile = profile or _PROFILES.get(width, _PROFILES[WIDTH_80_MM])
        self._baud = baud
        self._link: PrinterLink | None = None
        self._talk = PrinterTalk()
        self._proof = PrintProof(self._talk, process_id=process_id)
        self._torn = False
        self._rest = escpos_bytes.finish_torn_raster(width)

    def status(self) -> PrinterStatus:
        """Ask the printer how it is, within 3 s; what cannot be known is not ready."""
        had_wire = self._link is not None
        status = self._status_once()
        if status is ABSENT and had_wire:
            # A printer that was switched off and on again has dropped the wire we kept open.
            status = self._status_once()
        self.last_status = status
        return status

    def print_image(self, image: Image, job_mark: str) -> Outcome:
        """Print `image` (mode "1", at most `width` dots wide), cut, and wait for the proof.

        The last four letters or digits of `job_mark` name the attempt to the printer; attempts of
        which one may still lie in the printer need different ones.

        Raises:
            ValueError: the image is too wide, has no dots, or is not of mode "1".

        """
        if image.width > self.width:
            msg = f"{image.width} dots do not fit on paper of {self.width}"
            raise ValueError(msg)
        self._rest = escpos_bytes.finish_torn_raster(self.width)
        return self._print(escpos_bytes.raster(image), image.height, job_mark)

    def print_text(self, sheet: TextSheet, job_mark: str) -> Outcome:
        """Print `sheet` with the printer's own characters, cut, and wait for the proof.

        `job_mark` is as in `print_image`.

        Raises:
            ValueError: the sheet is made for wider paper.

        """
        if sheet.width > self.width:
            msg = f"{sheet.width} dots do not fit on paper of {self.width}"
            raise ValueError(msg)
        self._rest = escpos_bytes.FINISH_TORN_CODE
        return self._print(sheet.content, sheet.rows, job_mark)

    def _print(self, content: bytes, rows: int, job_mark: str) -> Outcome:
        if not self.status().ready:
            return Outcome.NOT_READY
        try:
            return self._send_and_prove(content, rows, job_mark)
        except LinkLostError:
            self._drop()
            self.status()
            return Outcome.UNKNOWN

    @property
    def process_id(self) -> ProcessId:
        """Whether the printer sends marks back; None as long as no slip has shown it."""
        return self._proof.process_id

    def expect_leftovers(self) -> None:
        """Say that a former run was cut off in the middle of a slip.

        The printer may still wait for the rest of it, and would swallow the head of the next one.
        """
        self._torn = True

    def close(self) -> None:
        """Let go of the printer; a later call opens it again."""
        self._drop()

    def _status_once(self) -> PrinterStatus:
        if self._talk.in_quarantine():
            return SILENT
        try:
            self._open()
            status = self._talk.status()
        except LinkLostError:
            self._drop()
            return ABSENT
        if status is SILENT:
            self._drop()
        return status

    def _open(self) -> PrinterLink:
        if self._link is None:
            self._link = open_wire(self._address, self._profile, self._baud)
            self._talk.use(self._link)
        return self._link

    def _drop(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.close()

    def _send_and_prove(self, content: bytes, rows: int, job_mark: str) -> Outcome:
        link = self._open()
        mark = escpos_bytes.process_mark(job_mark)
        slip = self._leftovers_out(link) + escpos_bytes.INITIALISE + content + _end_of_slip(link)
        self._torn = True
        link.write(slip)
        self._torn = False
        self._proof.ask(mark)
        outcome = self._proof.wait(mark, rows / _SLOWEST_ROWS_PER_S, _PROOF_S)
        if outcome is Outcome.UNKNOWN:
            self.status()
        return outcome

    def _leftovers_out(self, link: PrinterLink) -> bytes:
        if not self._torn:
            return b""
        return self._rest + escpos_bytes.INITIALISE + _end_of_slip(link)


def _end_of_slip(link: PrinterLink) -> bytes:
    part, full = link.cuts()
    if part:
        return escpos_bytes.FEED_AND_PART_CUT
    return escpos_bytes.FEED_AND_FULL_CUT if full else escpos_bytes.FEED_TO_TEAR
