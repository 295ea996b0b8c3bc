"""The registers of absences, of who was on duty, and of errands refused."""

from datetime import datetime, time, timedelta

from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.people import BY_ID
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from shift_handover.away import rules
from shift_handover.away.models import AWAY_BETWEEN, ERRANDS_BETWEEN, Cover, StepAway
from shift_handover.away.rules import Span
from shift_handover.away.service import keeper_of
from shift_handover.away.wording import cover_word, door_word, kind_word, place_word


def absences(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of absences, with the minutes in working hours that nobody covered."""
    first, after = _days_of(desk, period)
    found = book.all(AWAY_BETWEEN, post=desk.gate, first=first, after=after)
    rows = tuple(
        (
            row.number, person.staff_no, person.name, kind_word(row.kind),
            _moment(desk, row.started_at), _moment(desk, row.due_at), _moment(desk, row.ended_at),
            _late(desk, row), cover_word(row.cover), keeper_of(book, row), door_word(row.door),
            place_word(row.kind, book.read_sealed(row.place)), book.read_sealed(row.why),
        )
        for row, person in found
        if period.who in {"", person.staff_no}
    )  # fmt: skip
    columns = (
        _("No."), _("Staff number"), pgettext("away", "Who"), pgettext("away", "Kind"),
        pgettext("away", "Left"), pgettext("away", "Until"), pgettext("away", "Back"),
        pgettext("away", "Late (min)"), pgettext("away", "Cover"), pgettext("away", "By"),
        pgettext("away", "Door"), pgettext("away", "Where"), pgettext("away", "Why"),
    )  # fmt: skip
    title = _("Absences from the post {first} to {last}").format(
        first=period.first, last=period.last
    )
    return Table(
        title, columns, rows, _("Nobody was away in these days."),
        foot=(_uncovered_line(desk, book, first, after),),
    )  # fmt: skip


def duty(desk: Desk, book: Book, period: Period) -> Table:
    """Build the list of who was on duty on the days, or at the one moment ``period.at``."""
    first, after = _days_of(desk, period)
    last = after
    if period.at is not None:
        first = last = datetime.combine(period.first, period.at, desk.zone)
    found = posts.on_duty_at(book, desk.gate, first, last)
    rows = tuple(
        (
            desk.gate, person.staff_no, person.name, _moment(desk, held.since),
            _moment(desk, held.until) or _("still on duty"),
        )
        for held, person in found
        if period.who in {"", person.staff_no} and held.since < after
    )  # fmt: skip
    columns = (
        pgettext("away", "Post"), _("Staff number"), pgettext("away", "Who"),
        pgettext("away", "From"), pgettext("away", "Until"),
    )  # fmt: skip
    if period.at is not None:
        title = _("On duty on {day} at {time}").format(day=period.first, time=f"{period.at:%H:%M}")
        return Table(title, columns, rows, _("Nobody was on duty then."))
    title = _("On duty {first} to {last}").format(first=period.first, last=period.last)
    return Table(
        title, columns, rows, _("Nobody was on duty then."),
        foot=(_uncovered_line(desk, book, first, after),),
    )  # fmt: skip


def errands(desk: Desk, book: Book, period: Period) -> Table:
    """Build the superior's list of private errands that were refused at this gate."""
    first, after = _days_of(desk, period)
    rows = tuple(
        (
            row.number, _moment(desk, row.at), guard.staff_no, guard.name,
            book.read_sealed(row.who), book.read_sealed(row.what), _moment(desk, row.seen_at),
            _name(book, row.seen_by_id),
        )
        for row, guard in book.all(ERRANDS_BETWEEN, post=desk.gate, first=first, after=after)
    )  # fmt: skip
    columns = (
        _("No."), pgettext("errand", "When"), _("Staff number"), pgettext("errand", "Guard"),
        pgettext("errand", "Who asked"), pgettext("errand", "For what"),
        pgettext("errand", "Seen at"), pgettext("errand", "Seen by"),
    )  # fmt: skip
    title = _("Private errands refused {first} to {last}").format(
        first=period.first, last=period.last
    )
    return Table(title, columns, rows, _("No private errand was refused in these days."))


def uncovered(desk: Desk, book: Book, first: datetime, after: datetime) -> timedelta:
    """Return how long nobody kept the post in working hours between two moments.

    Both are aware, in the site's zone; nothing after this moment counts. Counted are the times when
    nobody held the post, and absences without a companion; what overlaps counts once.
    """
    now = min(after, desk.local(desk.clock()))
    held = [(one.since, one.until) for one, _p in posts.on_duty_at(book, desk.gate, _EVER, now)]
    spans: list[Span] = rules.gaps(held, now)
    for row, _person in book.all(AWAY_BETWEEN, post=desk.gate, first=first, after=after):
        if row.cover is not Cover.COMPANION:
            spans.append((row.started_at, row.ended_at or now))
    return rules.within_hours(spans, desk.calendar, (first, now)) if first < now else timedelta()


_EVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _uncovered_line(desk: Desk, book: Book, first: datetime, after: datetime) -> str:
    minutes = int(uncovered(desk, book, first, after).total_seconds() // 60)
    return _("Minutes in working hours that nobody covered: {n}").format(n=minutes)


def _late(desk: Desk, row: StepAway) -> str:
    minutes = rules.lasted(row.due_at, row.ended_at or desk.clock())
    return str(minutes) if minutes else ""


def _name(book: Book, person_id: str | None) -> str:
    person = book.one(BY_ID, id=person_id) if person_id else None
    return person.name if person else ""


def _days_of(desk: Desk, period: Period) -> tuple[datetime, datetime]:
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    return first, datetime.combine(period.last + timedelta(days=1), midnight)


def _moment(desk: Desk, at: datetime | None) -> str:
    return desk.local(at).strftime("%Y-%m-%d %H:%M") if at else ""
