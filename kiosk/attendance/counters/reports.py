"""The register of case cards, who is close to a limit, and one person's cards as a sheet."""

from collections.abc import Iterable, Iterator
from datetime import date

from kiosk.attendance.counters import wording
from kiosk.attendance.counters.models import CASES_BETWEEN, OPEN_CASES, AttendanceCase
from kiosk.attendance.counters.reading import card_of, is_late, warnings
from kiosk.attendance.counters.slips import counted, who
from kiosk.attendance.counters.slips import period as days_of
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext


def cases(desk: Desk, book: Book, period: Period) -> Table:
    """List the cards of the days and all that are still open; beneath them who is near a limit."""
    found = _cases(book, period)
    rows = tuple(_row(desk, case, person) for case, person in found)
    late = sum(is_late(desk, case) for case, _person in found)
    foot = tuple(_near(desk, book, period.who))
    if late:
        told = _("For the principal leader, open for more than {days} days: {n}")
        foot = (told.format(days=desk.rules.case_late_days, n=late), *foot)
    columns = (
        _("No."), pgettext("case", "Person"), _("Staff number"), pgettext("case", "Counted"),
        pgettext("case", "Period"), pgettext("case", "When opened"),
        pgettext("case", "Counted now"), pgettext("case", "State"), pgettext("case", "Opened"),
    )  # fmt: skip
    title = _("Case cards {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, rows, _("No case card in these days."), foot)


def _cases(book: Book, period: Period) -> list[tuple[AttendanceCase, Person]]:
    found = {case.id: (case, person) for case, person in book.all(OPEN_CASES)}
    for case, person in book.all(CASES_BETWEEN, first=period.first, last=period.last):
        found[case.id] = (case, person)
    shown = [one for one in found.values() if period.who in {"", one[1].staff_no}]
    return sorted(shown, key=lambda one: (one[0].opened_at, one[0].id))


def _row(desk: Desk, case: AttendanceCase, person: Person) -> tuple[str, ...]:
    state = wording.state_word(case)
    if is_late(desk, case):
        state = f"{state} !!"
    return (
        case.number, person.name, person.staff_no, wording.counter_name(case.counter),
        _days(case.first_day, case.last_day), wording.most_words(case),
        wording.amount(case.counter, case.units_now, days_off=case.days_off), state,
        f"{desk.local(case.opened_at):%Y-%m-%d}",
    )  # fmt: skip


def _days(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} / {last:%m-%d}"


def _near(desk: Desk, book: Book, staff_no: str) -> Iterator[str]:
    for person, one in warnings(desk, book):
        if staff_no in {"", person.staff_no}:
            counter = one.counter
            yield _("Near the limit: {name}, {counter}: {found}, allowed {most}").format(
                name=person.name, counter=wording.counter_name(counter.id),
                found=wording.amount(counter.id, one.units, days_off=counter.days_off),
                most=wording.amount(counter.id, counter.most, days_off=counter.days_off),
            )  # fmt: skip


def case_sheet(desk: Desk, book: Book, period: Period) -> Table:
    """Lay out the cards with every day of their evidence, with lines to sign: for a whole page."""
    found = _cases(book, period)
    rows: list[tuple[str, ...]] = []
    foot: list[str] = []
    for case, person in found:
        card = card_of(desk, book, case, person)
        rows += [
            (
                case.number, person.name, one.day.isoformat(), wording.what_word(one),
                wording.taps_words(one), wording.remark_words(one), wording.line_state(one),
            )
            for one in card.lines
        ]  # fmt: skip
        foot += _told(case, who(card), days_of(card), counted(card))
    columns = (
        _("No."), pgettext("case", "Person"), _("Day"), pgettext("case", "Counted"),
        pgettext("case", "Taps"), pgettext("case", "Remark"), pgettext("case", "State"),
    )  # fmt: skip
    signers = (
        (pgettext("case", "Leader in charge"), pgettext("case", "Person concerned"))
        if found
        else ()
    )
    return Table(
        _("Attendance case cards with their evidence"), columns, tuple(rows),
        _("No case card in these days."), tuple(foot),
        signers if found else (),
    )  # fmt: skip


def _told(
    case: AttendanceCase, whom: str, days: str, told: Iterable[tuple[str, str]]
) -> Iterator[str]:
    yield f"{case.number} {whom}, {wording.counter_name(case.counter)}, {days}"
    for label, words in told:
        yield _("{label}: {words}").format(label=label, words=words) if label else words
    yield f"{wording.clause_words(case.counter)} {wording.source_of(case.clause)}".strip()
