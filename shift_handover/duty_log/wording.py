"""The words of the duty log, made at the edge."""

from kiosk.desk.words import _, pgettext
from shift_handover.duty_log.reading import Log, LogLine


def words_of(line: LogLine) -> str:
    """Return a line as it is read: with its number, and what it corrects or what corrects it."""
    if not line.number:
        return line.words
    facts = {"number": line.number, "other": line.corrects, "words": line.words}
    said = _("{number} {words}").format(**facts)
    if line.corrects:
        said = _("{number} corrects {other}: {words}").format(**facts)
    if line.corrected_by:
        said += _(" [corrected by {number}]").format(number=line.corrected_by)
    return said


def counts_of(log: Log) -> str:
    """Return what is only counted: visits in and out, keys and things out and back."""
    told = pgettext(
        "duty log", "Visits in {visits_in}, out {visits_out} · lent {lent}, back {back}"
    )
    return told.format(
        visits_in=log.visits_in, visits_out=log.visits_out, lent=log.lent, back=log.back
    )
