"""Signing in and out. Each function is one act of one person, written whole or not at all."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from kiosk.attendance import rules
from kiosk.attendance.models import HERE, TAP, Tap
from kiosk.attendance.rules import UNMARKED, Marks
from kiosk.desk import badges, posts
from kiosk.desk.bearer import ClosedCard, StaffCard, ThingTag, UnknownCard, whose
from kiosk.desk.desk import Desk
from kiosk.desk.loans import Loan, Thing
from kiosk.desk.people import DESK_ROLES, Badge, BlockReason, Person, person_by_staff_no
from kiosk.desk.posts import Duty
from kiosk.desk.presence import PRESENCE, Presence, Whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.transaction import Transaction

_CODES = {Whereabouts.IN: "staff.signed_in", Whereabouts.OUT: "staff.signed_out"}

_HELD = (
    select(Thing.label, Loan.due_at, Loan.recalled_at)
    .join(Loan, col(Loan.thing_id) == col(Thing.id))
    .where(
        col(Loan.holder_id) == bindparam("person"),
        col(Loan.returned_at).is_(None),
        # A permanent holding goes home with its holder, unless it is called back.
        or_(col(Loan.due_at).is_not(None), col(Loan.recalled_at).is_not(None)),
    )
    .order_by(col(Loan.due_at))
)
_DUTY_OVER = (
    select(Duty)
    .where(
        col(Duty.person_id) == bindparam("person"),
        col(Duty.since) < bindparam("midnight"),
        or_(col(Duty.until).is_(None), col(Duty.until) >= bindparam("midnight")),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class TapResult:
    """What a tap did. ``at`` (UTC) is the moment of the tap that counts.

    ``shown_again`` means nothing was recorded: the last tap was too short ago. ``holds`` are the
    labels of what the person still has, ``called_back`` of what is wanted before it is due;
    ``overdue`` says that one is so late that the tap stops at it; ``tap_id`` is the tap that may
    be changed, "" for none.
    """

    person: Person
    kind: Whereabouts
    at: datetime
    section: str
    marks: Marks = UNMARKED
    shown_again: bool = False
    changed: bool = False
    means: Means = Means.BADGE
    holds: tuple[str, ...] = ()
    called_back: tuple[str, ...] = ()
    overdue: bool = False
    tap_id: str = ""


def tap(
    desk: Desk, person: Person, device: str, means: Means = Means.BADGE, confirmed_by: str = ""
) -> TapResult:
    """Sign ``person`` in or out; ``device`` is the reader's name, "" for the keyboard.

    A tap within ``rules.tap_again_min`` of the last records nothing and shows it again, and again
    says what is held. Raises
    ``Refused("attendance.on_post")`` for who would leave a post that is not handed over.
    """
    with desk.write(by=person.staff_no) as tx:
        here, section, borrows = tx.one(HERE, person=person.id) or (None, None, False)
        today = desk.work_day(tx.now)
        if here is not None and rules.is_repeat(here, tx.now, today, desk.rules):
            held = _held(desk, tx, person, here.state) if borrows else _NOTHING
            return TapResult(
                person, here.state, here.tapped_at, section or "", shown_again=True,
                holds=held.labels, called_back=held.called_back, overdue=held.overdue,
            )  # fmt: skip
        kind = _next_kind(desk, tx, person, here, today)
        first = here is None or here.day != today
        marks = _marks(desk, person, kind, tx.now, first=first)
        held = _held(desk, tx, person, kind) if borrows else _NOTHING
        _move(tx, person, here, kind, today)
        made = tx.put(
            Tap(
                person_id=person.id,
                day=today,
                at=tx.now,
                kind=kind,
                means=means,
                device=device,
                confirmed_by=confirmed_by,
            )
        )
        tx.record(_CODES[kind], **_facts(made, person, marks))
    return TapResult(
        person, kind, made.at, section or "", marks, means=means, holds=held.labels,
        called_back=held.called_back, overdue=held.overdue, tap_id=made.id,
    )  # fmt: skip


def _next_kind(
    desk: Desk, tx: Transaction, person: Person, here: Presence | None, today: date
) -> Whereabouts:
    if person.role not in DESK_ROLES:  # only who keeps a post can be on one: no query for the rest
        return rules.next_kind(here, today)
    overnight = here is not None and here.day < today and _kept_post(desk, tx, person, today)
    kind = rules.next_kind(here, today, overnight=overnight)
    if kind is Whereabouts.OUT:
        _refuse_on_post(desk, tx, person)
    return kind


def _kept_post(desk: Desk, tx: Transaction, person: Person, today: date) -> bool:
    midnight = datetime.combine(today, time(desk.rules.day_begins_hour), desk.zone)
    return tx.one(_DUTY_OVER, person=person.id, midnight=midnight) is not None


def _refuse_on_post(desk: Desk, tx: Transaction, person: Person) -> None:
    held = posts.on_duty(tx, desk.gate)
    if held is not None and held[1].id == person.id:
        raise Refused("attendance.on_post", name=person.name)


def _marks(desk: Desk, person: Person, kind: Whereabouts, now: datetime, *, first: bool) -> Marks:
    if not rules.keeps_office_hours(person):
        return UNMARKED
    day = desk.work_day(now)
    if kind is Whereabouts.OUT:
        return rules.marks_out(now, desk.calendar.end(day))
    if not first:
        return UNMARKED
    grace = desk.settings.hours.grace_minutes
    return rules.marks_in(now, desk.calendar.start(day), grace, desk.rules)


class _Held(NamedTuple):
    labels: tuple[str, ...] = ()
    called_back: tuple[str, ...] = ()
    overdue: bool = False


_NOTHING = _Held()


def _held(desk: Desk, tx: Transaction, person: Person, kind: Whereabouts) -> _Held:
    """Return what who leaves still holds and who comes holds overdue, and what is called back."""
    found = tx.all(_HELD, person=person.id)
    leaves, stops = kind is Whereabouts.OUT, tx.now - timedelta(minutes=desk.rules.loan_late_min)
    due = [(label, due_at) for label, due_at, _ in found if due_at is not None]
    called = tuple(
        label for label, due_at, recalled_at in found
        if recalled_at is not None and (due_at is None or due_at > tx.now)
    )  # fmt: skip
    shown = (label for label, due_at in due if leaves or due_at <= tx.now)
    late = any(due_at <= stops for _, due_at in due)
    return _Held(tuple(label for label in shown if label not in called), called, late)


def _move(
    tx: Transaction, person: Person, here: Presence | None, kind: Whereabouts, today: date
) -> None:
    if here is None:
        here = Presence(
            id=person.id, person_id=person.id, state=kind, since=tx.now, day=today, tapped_at=tx.now
        )
    here.state, here.since, here.day, here.tapped_at = kind, tx.now, today, tx.now
    tx.put(here)


def _facts(made: Tap, person: Person, marks: Marks) -> dict[str, Any]:
    facts = {
        "person": person.staff_no, "device": made.device, "means": made.means.value,
        "late_min": marks.late_min, "early_min": marks.early_min,
        "out_of_window": marks.out_of_window,
    }  # fmt: skip
    return facts | ({"confirmed_by": made.confirmed_by} if made.confirmed_by else {})


def sign_by_number(desk: Desk, proof: Proof, confirmed_by: str) -> TapResult:
    """Sign in or out who proved themselves by staff number and PIN (无卡, clause 22).

    ``confirmed_by`` is the staff number of who stood at the desk and saw the person. Raises like
    :func:`tap`.
    """
    return tap(desk, proof.person, "", proof.means, confirmed_by)


def change(desk: Desk, tap_id: str, by: str) -> TapResult:
    """Turn a tap of the last seconds from in to out or back; the raw tap stays as it is.

    The correction is an entry and a row of its own. Raises ``Refused``:
    ``attendance.too_late_to_change``, ``attendance.on_post``.
    """
    with desk.write(by=by) as tx:
        found = tx.one(TAP, id=tap_id)
        if found is None:
            raise LookupError(f"no tap {tap_id}")
        made, person = found
        if not rules.may_still_change(made.at, tx.now, desk.rules):
            raise Refused("attendance.too_late_to_change", seconds=desk.rules.change_tap_s)
        kind = rules.other(made.kind)
        if kind is Whereabouts.OUT:
            _refuse_on_post(desk, tx, person)
        _correct(tx, made, kind, by)
        tx.record("staff.tap_changed", person=person.staff_no, tap=made.id, kind=kind.value)
    return TapResult(person, kind, made.at, "", changed=True, means=made.means)


def _correct(tx: Transaction, made: Tap, kind: Whereabouts, by: str) -> None:
    here = tx.one(PRESENCE, person=made.person_id)
    if here is None or here.tapped_at != made.at:
        raise Refused("attendance.not_the_last_tap")
    here.state = kind
    tx.put(here)
    tx.put(
        Tap(
            person_id=made.person_id,
            day=made.day,
            at=made.at,
            kind=kind,
            means=made.means,
            device=made.device,
            confirmed_by=by,
            corrects=made.id,
        )
    )


def refuse_closed(desk: Desk, card: ClosedCard) -> Badge:
    """Record that a blocked badge, or the badge of who has left, was shown; return it."""
    with desk.write() as tx:
        badge, person = badges.of_card(tx, card.uid)
        tx.record("badge.refused", person=person.staff_no, uid=badge.uid)
    return badge


def flag_together(desk: Desk, uids: list[str], device: str) -> None:
    """Record that several cards lay on the reader at once (clause 22: nobody signs for another).

    A key's tag among them is a thing and no unknown card: two rings in one hand are no proxy.
    """
    with desk.write() as tx:
        found = [whose(tx, uid) for uid in uids]
        persons = sorted(
            one.person.staff_no for one in found if isinstance(one, StaffCard | ClosedCard)
        )
        things = sorted(one.thing.label for one in found if isinstance(one, ThingTag))
        unknown = sum(isinstance(one, UnknownCard) for one in found)
        facts: dict[str, Any] = {"persons": persons, "unknown": unknown, "device": device}
        if things:
            facts["things"] = things
        tx.record("staff.cards_together", **facts)


def enrol(desk: Desk, by: str, uid: str, staff_no: str) -> Person:
    """Give the unknown card ``uid`` to a person; ``by`` is who works at the open desk.

    Raises ``Refused``: ``person.unknown`` and those of ``badges.enrol``.
    """
    with desk.write(by=by) as tx:
        person = person_by_staff_no(tx, staff_no)
        badges.enrol(tx, uid, person)
    return person


def block_badge(desk: Desk, by: str, uid: str, reason: BlockReason, note: str = "") -> Person:
    """Block a badge at the open desk, at once and whoever asks; return whose it was.

    Raises ``Refused`` like ``badges.block``.
    """
    with desk.write(by=by) as tx:
        badge, person = badges.of_card(tx, uid)
        badges.block(tx, badge, person, reason, note)
    return person


def unblock_badge(desk: Desk, by: Person, uid: str, note: str) -> Person:
    """Let a blocked badge work again, in the name of clerk or administrator.

    Raises ``Refused``: ``badge.unblock_not_yours`` and those of ``badges.unblock``.
    """
    if by.role not in badges.MAY_UNBLOCK:
        raise Refused("badge.unblock_not_yours", name=by.name)
    with desk.write(by=by.staff_no) as tx:
        badge, person = badges.of_card(tx, uid)
        badges.unblock(tx, badge, person, note)
    return person
