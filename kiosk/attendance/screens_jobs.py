"""The strip of F7: each job with its digit, in one line where there is room, else in two."""

from itertools import zip_longest

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from kiosk.attendance.jobs import JOBS, Job
from kiosk.desk.safe_text import cells
from kiosk.desk.words import _
from kiosk.ui import palette
from kiosk.ui.words_on_screen import lines, plain, row


class JobsStrip(Widget):
    """The jobs in the language chosen now; in two lines each digit stands under another."""

    def __init__(self) -> None:
        super().__init__(id="jobs")

    def render(self) -> Content:
        """Return the jobs in the room that there is."""
        return _fitted(self.content_size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return one line or two: known while the screen is laid out, so that nothing moves."""
        del container, viewport
        return len(_fitted(width).plain.splitlines())


def _fitted(width: int) -> Content:
    in_one = row(*map(_job, JOBS), gap=2)
    if cells(in_one.plain) <= width:
        return in_one
    half = (len(JOBS) + 1) // 2
    rows = JOBS[:half], JOBS[half:]
    room = [max(cells(_job(job).plain) for job in two if job) for two in zip_longest(*rows)]
    return lines(*(row(*map(_padded, jobs, room), gap=2) for jobs in rows))


def _job(job: Job) -> Content:
    return row(plain(job.digit, f"bold {palette.TEXT}"), plain(_(job.name), palette.MUTED), gap=1)


def _padded(job: Job, room: int) -> Content:
    shown = _job(job)
    return Content.assemble(shown, " " * (room - cells(shown.plain)))
