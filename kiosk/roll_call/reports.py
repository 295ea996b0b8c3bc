"""The roll call of this moment as a list, and the roll calls of a year side by side."""

from datetime import date, datetime, time
from itertools import chain

from kiosk.desk.desk import Desk
from kiosk.desk.inside import AllInside, Inside
from kiosk.desk.report import Build, Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.roll_call.models import ROLLS_BETWEEN, RollCall
from kiosk.roll_call.rules import census, clock_text
from kiosk.roll_call.words import kind_word


def roll_call(inside: AllInside) -> Build:
    """Return the report of everybody in the house now, of every feature that ``inside`` asks."""

    def build(desk: Desk, book: Book, period: Period) -> Table:
        del period
        found = census(inside(desk, book))
        rows = tuple(_row(desk, one) for one in chain(found.certain, found.uncertain))
        columns = (
            _("Found"), _("Area"), _("Host"), _("No."), _("Name"), _("Unit"), _("People"),
            _("Certain"), _("Since"),
        )  # fmt: skip
        title = ngettext(
            "Roll call {time}: {n} person inside", "Roll call {time}: {n} people inside",
            found.people,
        ).format(time=f"{desk.local(desk.clock()):%H:%M}", n=found.people)  # fmt: skip
        return Table(title, columns, rows, empty=_("Nobody is inside."))

    return build


def _row(desk: Desk, one: Inside) -> tuple[str, ...]:
    return (
        "[ ]", one.area, one.host, one.number, one.name, one.unit, str(one.people),
        _(one.doubt) if one.doubt else pgettext("roll", "certain"), _at(desk, one.since),
    )  # fmt: skip


def _at(desk: Desk, moment: datetime | None) -> str:
    return "" if moment is None else desk.day_and_hour(moment)


def drills(desk: Desk, book: Book, period: Period) -> Table:
    """Return the roll calls of the years that the period touches, one a line, the oldest first.

    A drill is compared with the last one, and they are months apart: a day's list would be empty.
    """
    first, end = date(period.first.year, 1, 1), date(period.last.year + 1, 1, 1)
    rolls = book.all(ROLLS_BETWEEN, first=_midnight(desk, first), end=_midnight(desk, end))
    columns = (
        _("No."), _("Kind"), _("Began"), _("Took"), _("Inside"), _("Uncertain"), _("Found"),
        _("Needs help"), _("Not in the building"), _("Missing"), _("Begun by"),
    )  # fmt: skip
    title = _("Roll calls of {first} to {last}").format(
        first=period.first.year, last=period.last.year
    )
    rows = tuple(_drill(desk, roll) for roll in rolls)
    return Table(title, columns, rows, empty=_("No roll call was held."))


def _midnight(desk: Desk, day: date) -> datetime:
    return datetime.combine(day, time(), desk.zone)


def _drill(desk: Desk, roll: RollCall) -> tuple[str, ...]:
    began = f"{desk.local(roll.began_at):%Y-%m-%d %H:%M}"
    head = roll.number, kind_word(roll.kind), began
    listed = str(roll.expected), str(roll.uncertain)
    if roll.ended_at is None:
        return (*head, _("runs"), *listed, "", "", "", "", roll.by)
    counts = roll.found, roll.needs_help, roll.not_inside, roll.missing
    return (
        *head, clock_text(roll.ended_at - roll.began_at), *listed, *map(str, counts), roll.by,
    )  # fmt: skip
