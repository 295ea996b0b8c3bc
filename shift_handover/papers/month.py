"""The page of a month's handovers: from freeze to signature, how each ended, what was asked.

It names who handed over to whom and counts; what was said in a handover stays in its sheet.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, bindparam, func
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import Urgency
from kiosk.desk.report import Period, Table
from kiosk.desk.slip_lines import Item, Line
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, ngettext, pgettext
from shift_handover.exits.models import Alongside
from shift_handover.exits.wording import late_words
from shift_handover.models import Handover, HandoverMark, HandoverState, Mark
from shift_handover.papers import history
from shift_handover.papers.history import Listed
from shift_handover.papers.sought import Sought
from shift_handover.papers.wording import minutes_between
from shift_handover.wording import joined, labelled, state_word

_QUESTIONS = (
    select(col(Handover.id), func.count())
    .join(HandoverMark, col(HandoverMark.handover_id) == col(Handover.id))
    .where(
        col(Handover.post) == bindparam("post"),
        col(Handover.frozen_at) >= bindparam("first"),
        col(Handover.frozen_at) < bindparam("after"),
        col(HandoverMark.mark) == Mark.QUESTION,
    )
    .group_by(col(Handover.id))
)
_LATE = (
    select(col(Handover.id), col(Alongside.late_min))
    .join(
        Alongside,
        and_(
            col(Alongside.post) == col(Handover.post),
            col(Alongside.person_id) == col(Handover.incoming_id),
            col(Alongside.left_at) == col(Handover.ended_at),
        ),
    )
    .where(
        col(Handover.post) == bindparam("post"),
        col(Handover.frozen_at) >= bindparam("first"),
        col(Handover.frozen_at) < bindparam("after"),
        col(Alongside.due_at).is_not(None),
    )
)
SIGNED = frozenset({HandoverState.ACCEPTED, HandoverState.ACCEPTED_WITH_EXCEPTIONS})


def handovers(desk: Desk, book: Book, period: Period) -> Table:
    """Build the page of the handovers frozen in the period, the oldest first (clause 150)."""
    days = _days_of(desk, period.first, period.last)
    listed = history.page(book, desk.gate, days, 0, -1)[::-1]
    late = {str(row[0]): int(row[1]) for row in book.all(_LATE, post=desk.gate, **days.days)}
    asked = {str(row[0]): int(row[1]) for row in book.all(_QUESTIONS, post=desk.gate, **days.days)}
    title = _("Shift handovers {first} to {last}").format(first=period.first, last=period.last)
    return Table(
        title, _columns(),
        tuple(_row(desk, one, asked.get(one.id, 0), late.get(one.id)) for one in listed),
        _("Nothing was handed over in these days."), tuple(_foot(listed, asked, late)),
        paper=lambda: _on_paper(desk, listed, asked, late),
    )  # fmt: skip


def _days_of(desk: Desk, first: date, last: date) -> Sought:
    start, end = (
        datetime.combine(day, time(tzinfo=desk.zone)) for day in (first, last + timedelta(days=1))
    )
    return Sought(start, end)


def _columns() -> tuple[str, ...]:
    return (
        _("No."),
        _("Outgoing"),
        _("Incoming"),
        _("Frozen at"),
        pgettext("handover", "Ended at"),
        pgettext("handover", "Minutes"),
        _("How it ended"),
        _("To do"),
        pgettext("handover", "Questions"),
        pgettext("relief", "Late min"),
    )


def _row(desk: Desk, one: Listed, asked: int, late: int | None) -> tuple[str, ...]:
    minutes = minutes_between(one.frozen_at, one.ended_at)
    return (
        one.number, one.outgoing.name, one.incoming.name if one.incoming else "",
        _moment(desk, one.frozen_at), _moment(desk, one.ended_at),
        "" if minutes is None else str(minutes), state_word(one.state), str(one.open_count),
        str(asked or ""), "" if late is None else str(late),
    )  # fmt: skip


def _moment(desk: Desk, at: datetime | None) -> str:
    return f"{desk.local(at):%Y-%m-%d %H:%M}" if at else ""


def _foot(listed: list[Listed], asked: dict[str, int], late: dict[str, int]) -> Iterator[str]:
    """Yield how many ended how, how long a signed one took, and how much was asked."""
    if not listed:
        return
    counts = Counter(one.state for one in listed)
    parts = (
        labelled(state_word(state), str(counts[state])) for state in HandoverState if counts[state]
    )
    yield joined(*parts)
    took = sorted(
        minutes_between(one.frozen_at, one.ended_at) or 0 for one in listed if one.state in SIGNED
    )
    if took:
        yield _("From freeze to signature: {middle} min in the middle, {most} min at most").format(
            middle=took[len(took) // 2], most=took[-1]
        )
    n = sum(asked.values())
    if late:
        told = _("Reliefs in time: {n} of {all}; late: {minutes} min together")
        in_time = sum(not minutes for minutes in late.values())
        yield told.format(n=in_time, all=len(late), minutes=sum(late.values()))
    yield ngettext("{n} question of the incoming", "{n} questions of the incoming", n).format(n=n)


def _on_paper(
    desk: Desk, listed: list[Listed], asked: dict[str, int], late: dict[str, int]
) -> Iterable[Line]:
    """Yield each handover as a point of a narrow paper, most urgent what was not taken over."""
    for one in listed:
        minutes = minutes_between(one.frozen_at, one.ended_at)
        names = " → ".join(guard.name for guard in (one.outgoing, one.incoming) if guard)
        n = asked.get(one.id, 0)
        detail = joined(
            state_word(one.state),
            "" if minutes is None else _("{n} min").format(n=minutes),
            ngettext("{n} thing open", "{n} things open", one.open_count).format(n=one.open_count),
            ngettext("{n} question", "{n} questions", n).format(n=n) if n else "",
            late_words(late[one.id]) if late.get(one.id) else "",
        )
        urgency = Urgency.WAITING if one.state is HandoverState.REFUSED else Urgency.QUIET
        at = desk.local(one.ended_at or one.frozen_at)
        yield Item(one.number, names, detail, urgency, f"{at:%m-%d %H:%M}")
