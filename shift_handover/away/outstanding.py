"""What is open about the post: an absence that runs, and a post that nobody holds."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.posts import Duty
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from shift_handover.away import service
from shift_handover.away.models import Cover, Kind
from shift_handover.away.rules import Rung
from shift_handover.away.service import AwayShown
from shift_handover.away.wording import place_word

AWAY, UNCOVERED = "away", "post.uncovered"

_LAST_DUTY = (
    select(Duty)
    .where(col(Duty.post) == bindparam("post"), col(Duty.until).is_not(None))
    .order_by(col(Duty.until).desc())
    .limit(1)
)
_WHAT = {
    Kind.AWAY: N_("{name} is away: {place}, {why}"),
    Kind.REST: N_("{name} rests in the {place}"),
    Kind.EMERGENCY: N_("{name} ran to an emergency: {why}"),
}
_NEXT = {
    Rung.RUNNING: N_("{name} taps when back"),
    Rung.OVERDUE: N_("Call {name}: the time is over"),
    Rung.COMPANION: N_("{keeper} confirms how much longer (F3, 5)"),
    Rung.SUPERIOR: N_("Tell the superior now (F3, 5)"),
    Rung.TOLD: N_("The superior knows: look for {name}"),
}
_BARE = frozenset({Cover.SHORT, Cover.NOBODY})


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the absence that runs, and the post when nobody holds it in working hours."""
    away = service.running(desk, book)
    things = [_absence(away)] if away is not None else []
    since = uncovered_since(desk, book)
    if since is not None:
        things.append(_uncovered(desk, since))
    return things


def uncovered_since(desk: Desk, book: Book) -> datetime | None:
    """Return since when nobody holds the post; None when it is held, never was, or work is over."""
    if posts.on_duty(book, desk.gate) is not None:
        return None
    last = book.one(_LAST_DUTY, post=desk.gate)
    now = desk.local(desk.clock())
    opens, closes = desk.calendar.start(now.date()), desk.calendar.end(now.date())
    if last is None or opens is None or closes is None or not opens <= now < closes:
        return None
    return last.until


def _absence(away: AwayShown) -> OpenThing:
    words = {
        "name": away.person.name, "place": place_word(away.kind, away.place), "why": away.why,
        "keeper": away.keeper,
    }  # fmt: skip
    return OpenThing(
        kind=AWAY, ref=away.id, number=away.number, urgency=_urgency(away),
        what=Wording(_WHAT[away.kind], words), since=away.started_at, due=away.due_at,
        owner=away.person.staff_no, next_step=Wording(_NEXT[away.rung], words),
        facts={"number": away.number},
    )  # fmt: skip


def _urgency(away: AwayShown) -> Urgency:
    """Return red once it is over, amber while nobody at all keeps the post, else to be seen."""
    if away.rung > Rung.RUNNING:
        return Urgency.NOW
    return Urgency.WAITING if away.cover in _BARE else Urgency.SOON


def _uncovered(desk: Desk, since: datetime) -> OpenThing:
    return OpenThing(
        kind=UNCOVERED, ref=desk.gate, number=desk.gate, urgency=Urgency.NOW,
        what=Wording(N_("Nobody is on this post")), since=since,
        next_step=Wording(N_("The next guard opens the desk with F10")),
    )  # fmt: skip
