"""The mark of a reprint (补打第 n 次) before each part of a slip, whatever prints it."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Cut, Line
from kiosk.desk.words import _


@dataclass(frozen=True, slots=True)
class Reprint(Line):
    """Where a part of a reprint begins; never kept, only drawn."""

    text: str


def with_reprint_marks(slip: Slip) -> Iterator[Line]:
    """Yield the slip's lines; before each part of a reprint its mark, in the language of now."""
    mark = Reprint(_("Reprint {n}").format(n=slip.copy - 1))
    if slip.copy > 1:
        yield mark
    for line in slip.lines:
        yield line
        if slip.copy > 1 and isinstance(line, Cut):
            yield mark
