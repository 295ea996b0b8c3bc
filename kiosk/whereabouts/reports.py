"""The board of this moment as a list, for the command line, a file or paper."""

from kiosk.desk import where as places
from kiosk.desk.desk import Desk
from kiosk.desk.report import Build, Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.where import Counted
from kiosk.desk.words import _, pgettext
from kiosk.whereabouts.board import Known, Line, board, people_by_section
from kiosk.whereabouts.wording import place_word, section_word, time_word


def whereabouts(known: Known) -> Build:
    """Return the report of where everybody is now; ``known`` is what the features know better."""

    def build(desk: Desk, book: Book, period: Period) -> Table:
        del period
        found = places.everyone(desk, book, known(desk, book))
        made = board(people_by_section(book), found)
        rows = tuple(_row(desk, line) for line in made.lines)
        columns = (
            _("Section"), _("Staff number"), _("Name"), pgettext("whereabouts", "Where"),
            pgettext("whereabouts", "Time"), pgettext("whereabouts", "Place"),
            pgettext("whereabouts", "Stand-in"),
        )  # fmt: skip
        title = _(
            "Whereabouts {time}: {here} in, {out} out, {leave} on leave, {not_signed} not signed"
        )
        now = f"{desk.local(desk.clock()):%m-%d %H:%M}"
        counts = made.counts
        told = title.format(
            time=now, here=counts[Counted.IN], out=counts[Counted.OUT], leave=counts[Counted.LEAVE],
            not_signed=counts[Counted.NOT_SIGNED],
        )  # fmt: skip
        return Table(told, columns, rows, _("There is nobody in the directory."))

    return build


def _row(desk: Desk, line: Line) -> tuple[str, ...]:
    return (
        section_word(line.section), line.person.staff_no, line.person.name,
        place_word(line.where), time_word(desk, line.where), line.where.words,
        line.stand_in.name if line.stand_in else "",
    )  # fmt: skip
