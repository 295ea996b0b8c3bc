"""``kiosk handover show``: the sheet of a signed handover on the screen, as .pdf or as .txt."""

from pathlib import Path

from kiosk.commands.work import DONE, Work
from kiosk.desk.file_out import write_whole
from kiosk.desk.refusal import Refused
from kiosk.desk.slip import Slip
from kiosk.desk.words import _
from shift_handover.papers.sheet import sheet_of
from shift_handover.papers.text_file import as_text

_SUFFIXES = (".pdf", ".txt")


def show(work: Work) -> int:
    """Say the sheet, or write it to ``--out``; a file that is there is replaced only when asked.

    Raises ``Refused``: ``handover.unknown``, ``handover.no_sheet``, ``handover.damaged``,
    ``report.bad_suffix``, ``handover.file_there``, ``report.not_written``.
    """
    out: Path | None = work.args.out
    replaced = out is not None and _replaces(out, allowed=work.args.replace)
    with work.desk.read() as book:
        slip = sheet_of(work.desk, book, work.args.number)
    if out is None:
        work.say(as_text(slip).rstrip("\n"))
        return DONE
    write_whole(out, _content(work, slip, out.suffix.lower()))
    told = _("{number} replaced {file}.") if replaced else _("{number} written to {file}.")
    work.say(told.format(number=slip.number, file=out))
    return DONE


def _replaces(out: Path, *, allowed: bool) -> bool:
    if out.suffix.lower() not in _SUFFIXES:
        raise Refused("report.bad_suffix", file=str(out), allowed=list(_SUFFIXES))
    there = out.exists()
    if there and not allowed:
        raise Refused("handover.file_there", file=str(out))
    return there


def _content(work: Work, slip: Slip, suffix: str) -> bytes:
    if suffix == ".txt":
        return as_text(slip).encode()
    from shift_handover.papers.pdf_file import Form, as_pdf  # noqa: PLC0415 - Pillow, for a picture

    return as_pdf(slip, Form(work.args.paper), work.desk.clock())
