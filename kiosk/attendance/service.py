"""Signing in and out. Each function is one act of one person, written whole or not at all."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from kiosk.attendance import kept, rules
from kiosk.attendance.days.at_tap import marked
from kiosk.attendance.held import NOTHING_HELD, held_by
from kiosk.attendance.here import CLOSED_DAY, HERE
from kiosk.attendance.honest import beside, clock
from kiosk.attendance.honest.beside import Beside
from kiosk.attendance.hours.at_tap import day_of_tap
from kiosk.attendance.models import TAP, Tap
from kiosk.attendance.outing.at_tap import outing_at_change, outing_at_tap
from kiosk.attendance.rules import UNMARKED
from kiosk.attendance.tap_result import TapResult
from kiosk.desk import badges, card_proof, posts
from kiosk.desk.bearer import ClosedCard, StaffCard, ThingTag, UnknownCard, whose
from kiosk.desk.card_proof import PLAIN
from kiosk.desk.desk import Desk
from kiosk.desk.people import DESK_ROLES, Badge, BlockReason, Person, person_by_staff_no
from kiosk.desk.posts import Duty
from kiosk.desk.presence import PRESENCE, Presence, Whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.transaction import Transaction

_CODES = {Whereabouts.IN: "staff.signed_in", Whereabouts.OUT: "staff.signed_out"}

_DUTY_OVER = (
    select(Duty)
    .where(
        col(Duty.person_id) == bindparam("person"),
        col(Duty.since) < bindparam("midnight"),
        or_(col(Duty.until).is_(None), col(Duty.until) >= bindparam("midnight")),
    )
    .limit(1)
)


def tap(
    desk: Desk, person: Person, device: str, means: Means = Means.BADGE, confirmed_by: str = "",
    *, ask_pin: bool = False, card: StaffCard | None = None,
) -> TapResult:  # fmt: skip
    """Sign ``person`` in or out; ``device`` is the reader's name, "" for the keyboard.

    A tap within ``rules.tap_again_min`` of the last records nothing and shows it again, and again
    says what is held. ``ask_pin`` keeps the tap as unproven until the PIN is given (clause 22); a
    ``card`` that proves itself needs none, and as long as it does not, the tap is unproven. A tap
    while the clock is in doubt, or of a closed day, is kept and marked. Raises
    ``Refused("attendance.on_post")`` for who would leave a post that is not handed over.
    """
    with desk.write(by=person.staff_no) as tx:
        here, section, borrows, closed = tx.one(
            HERE, person=person.id, today=desk.work_day(tx.now)
        ) or (None, None, False, False)
        judged = PLAIN if card is None else card_proof.judge(tx, card)
        on = day_of_tap(desk, tx, person, here, section or "")
        today = on.day
        if here is not None and rules.is_repeat(here, tx.now, today, on.times.start, desk.rules):
            held = held_by(desk, tx, person, here.state) if borrows else NOTHING_HELD
            beside.shown_again(tx, person, here, judged)
            return TapResult(
                person, here.state, here.tapped_at, section or "", shown_again=True,
                holds=held.labels, called_back=held.called_back, overdue=held.overdue,
                word=judged.word,
            )  # fmt: skip
        kind = _next_kind(desk, tx, person, here, today)
        first = here is None or here.day != today
        outing = outing_at_tap(desk, tx, person, kind)
        marks, ends_at = (
            (UNMARKED, on.times.end) if outing else marked(desk, tx, person, on, kind, first=first)
        )
        held = held_by(desk, tx, person, kind) if borrows else NOTHING_HELD
        doubt = clock.doubt_now(desk, tx)
        if today != desk.work_day(tx.now):
            closed = tx.one(CLOSED_DAY, day=today) is not None
        kept.move(tx, person, here, kind, today)
        made = tx.put(Tap(
            person_id=person.id, day=today, at=tx.now, kind=kind, means=means, device=device,
            confirmed_by=confirmed_by,
        ))  # fmt: skip
        odd = Beside(doubt, judged, ask_pin and judged.asks_pin, closed)
        odd.put(tx, made)
        tx.record(_CODES[kind], **kept.facts_of(made, person, marks), **odd.facts())
    clock.moved(desk, made.at, doubt)
    return TapResult(
        person, kind, made.at, section or "", marks, means=means, holds=held.labels,
        called_back=held.called_back, overdue=held.overdue, tap_id=made.id, outing=outing,
        ends_at=ends_at, pin_asked=odd.ask_pin, doubt=doubt, after_closing=closed,
        word=judged.word,
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


def sign_by_number(desk: Desk, proof: Proof, confirmed_by: str) -> TapResult:
    """Sign in or out who proved themselves by staff number and PIN (无卡, clause 22).

    ``confirmed_by`` is the staff number of who stood at the desk and saw the person. Raises like
    :func:`tap`.
    """
    return tap(desk, proof.person, "", proof.means, confirmed_by)


def change(desk: Desk, tap_id: str, by: str) -> TapResult:
    """Turn a tap of the last seconds from in to out or back; the raw tap stays as it is.

    The correction is an entry and a row of its own; the key pressed twice writes no second one.
    Raises ``Refused``: ``attendance.too_late_to_change``, ``attendance.on_post``,
    ``attendance.not_the_last_tap``.
    """
    with desk.write(by=by) as tx:
        found = tx.one(TAP, id=tap_id)
        if found is None:
            raise LookupError(f"no tap {tap_id}")
        made, person = found
        if not rules.may_still_change(made.at, tx.now, desk.rules):
            raise Refused("attendance.too_late_to_change", seconds=desk.rules.change_tap_s)
        here = tx.one(PRESENCE, person=made.person_id)
        if here is None or here.tapped_at != made.at:
            raise Refused("attendance.not_the_last_tap")
        kind = rules.other(made.kind)
        if here.state is not kind:
            if kind is Whereabouts.OUT:
                _refuse_on_post(desk, tx, person)
            outing_at_change(desk, tx, person, made.at, kind)
            _correct(tx, made, here, kind)
            tx.record("staff.tap_changed", person=person.staff_no, tap=made.id, kind=kind.value)
    return TapResult(person, kind, made.at, "", changed=True, means=made.means)


def _correct(tx: Transaction, made: Tap, here: Presence, kind: Whereabouts) -> None:
    here.state = kind
    tx.put(here)
    tx.put(
        Tap(
            person_id=made.person_id, day=made.day, at=made.at, kind=kind, means=made.means,
            device=made.device, confirmed_by=tx.by, corrects=made.id,
        )
    )  # fmt: skip


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


def enrol(desk: Desk, by: str, uid: str, staff_no: str, message: str | None = None) -> Person:
    """Give the unknown card ``uid`` to a person; ``by`` is who works at the open desk.

    ``message`` is the address that the card showed, by which it may prove itself. Raises
    ``Refused``: ``person.unknown`` and those of ``badges.enrol``.
    """
    with desk.write(by=by) as tx:
        person = person_by_staff_no(tx, staff_no)
        badges.enrol(tx, uid, person, message)
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
