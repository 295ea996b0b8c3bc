"""``kiosk report pairs`` and ``kiosk report doubtful-taps``: what the office looks into."""

from kiosk.attendance.honest.reading import OddTap, odd_taps, pairs_found
from kiosk.attendance.honest.wording import detail_of, odd_word, way_word
from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext


def pairs(desk: Desk, book: Book, period: Period) -> Table:
    """Build the list of pairs whose badges recur within seconds of each other (clause 22).

    A line for each month and pair; the foot says how it is counted, and that it accuses nobody.
    """
    found = pairs_found(desk, book, period.first, period.last)
    rows = tuple(
        (
            f"{one.pair.month:%Y-%m}", one.first.staff_no, one.first.name, one.second.staff_no,
            one.second.name, str(one.pair.days), f"{one.pair.by_chance:.1f}",
            one.pair.last.isoformat(),
        )
        for one in found
    )  # fmt: skip
    columns = (
        pgettext("pair", "Month"), _("Staff number"), _("Name"), _("Staff number"), _("Name"),
        pgettext("pair", "Days"), pgettext("pair", "By chance"), pgettext("pair", "Last on"),
    )  # fmt: skip
    numbers = desk.rules
    foot = _(
        "Badges within {seconds} s at one reader, on {days} days of a month or more: a hint to"
        " look, no proof of anything."
    ).format(seconds=numbers.pair_within_s, days=numbers.pair_days)
    title = _("Badges close to each other {first} to {last}").format(
        first=period.first, last=period.last
    )
    return Table(title, columns, rows, _("No pair of badges recurs in these days."), foot=(foot,))


def doubtful_taps(desk: Desk, book: Book, period: Period) -> Table:
    """Build the list of taps that are unproven, void, of a doubtful clock or of a closed day."""
    found = odd_taps(desk, book, period.first, period.last)
    rows = tuple(_row(desk, one) for one in found)
    columns = (
        _("Day"), pgettext("odd tap", "Time"), _("Staff number"), _("Name"),
        pgettext("odd tap", "Tap"), pgettext("odd tap", "What"), pgettext("odd tap", "More"),
    )  # fmt: skip
    title = _("Taps to look into {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, rows, _("No tap of these days is to be looked into."))


def _row(desk: Desk, one: OddTap) -> tuple[str, ...]:
    at = desk.local(one.tap.at).strftime("%H:%M:%S")
    return (
        one.tap.day.isoformat(), at, one.person.staff_no, one.person.name, way_word(one.tap.kind),
        odd_word(one.odd), detail_of(desk, one),
    )  # fmt: skip
