"""Leaving the post for a while and coming back: each function is one act, written whole or not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import BY_ID, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means
from kiosk.desk.transaction import Book, Transaction
from shift_handover.away import rules
from shift_handover.away.models import LAST_AWAY, RUNNING, Cover, Door, Kind, StepAway
from shift_handover.away.rules import Asked, Keeping, Rung
from shift_handover.exits.relief import all_leave


@dataclass(frozen=True, slots=True)
class AwayShown:
    """An absence with its words opened. Moments are UTC; ``left`` is what is left of the time."""

    id: str
    number: str
    person: Person
    kind: Kind
    cover: Cover
    door: Door | None
    place: str
    why: str
    keeper: str
    minutes: int
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    rung: Rung
    left: timedelta


def start(desk: Desk, by: str, asked: Asked, keeping: Keeping) -> str:
    """Write down that who holds the post leaves it for a while; return the number, such as ``A3``.

    Records ``away.started``, and ``post.uncovered`` when nobody keeps the post. Raises ``Refused``:
    ``away.nobody_on_duty``, ``away.running``, those of ``rules.checked`` and
    ``rules.checked_keeping``.
    """
    fine = rules.checked(asked, desk.rules)
    with desk.write(by=by) as tx:
        absent = _free_to_go(tx, desk.gate)
        kept = rules.checked_keeping(fine, keeping, absent.id, desk.rules)
        subject = tx.new_subject()
        row = tx.put(
            StepAway(
                number=f"A{next_number(tx, 'away')}", post=desk.gate, person_id=absent.id,
                kind=fine.kind, cover=kept.cover, subject=subject,
                place=tx.seal(subject, fine.place), why=tx.seal(subject, fine.why),
                minutes=fine.minutes, started_at=tx.now, since_at=tx.now,
                due_at=tx.now + timedelta(minutes=fine.minutes),
                companion_id=kept.companion.id if kept.companion else None,
                companion_means=kept.means, leader_id=kept.leader.id if kept.leader else None,
                leader_words=tx.seal(subject, kept.words), door=kept.door, extended=0,
            )
        )  # fmt: skip
        facts = {"companion": kept.companion.staff_no} if kept.companion else {}
        facts |= {"leader": kept.leader.staff_no} if kept.leader else {}
        tx.record(
            "away.started", number=row.number, person=absent.staff_no, kind=row.kind.value,
            cover=row.cover.value, minutes=row.minutes, **facts,
        )  # fmt: skip
        if kept.cover is not Cover.COMPANION:
            tx.record("post.uncovered", post=desk.gate, number=row.number, why=row.cover.value)
    return row.number


def _free_to_go(tx: Transaction, post: str) -> Person:
    held = posts.on_duty(tx, post)
    if held is None:
        raise Refused("away.nobody_on_duty")
    running = tx.one(RUNNING, post=post)
    if running is not None:
        raise Refused("away.running", name=running[1].name, number=running[0].number)
    return held[1]


def come_back(desk: Desk, person: Person, means: Means) -> AwayShown:
    """End the absence: the absent person taps, or gives number and PIN; return it.

    Records ``away.ended`` with the minutes it lasted, those it was late, and those of working hours
    in which nobody kept the post. Raises ``Refused``: ``away.none_running``, ``away.not_yours``.
    """
    with desk.write(by=person.staff_no) as tx:
        row, absent = _running(tx, desk.gate)
        if absent.id != person.id:
            raise Refused("away.not_yours", name=absent.name)
        _end(tx, desk, row, absent, means)
        return _shown(tx, desk, row, absent)


def end_at_relief(tx: Transaction, desk: Desk, means: Means | None = None) -> None:
    """End the absence from a post that moves or is locked up: it is nobody's absence any more.

    ``means`` is how the absent one signed, which is done at the post itself; None where the post
    was taken over without him, which tells nothing of where he is.
    """
    found = tx.one(RUNNING, post=desk.gate)
    if found is not None:
        _end(tx, desk, *found, means)


def _end(tx: Transaction, desk: Desk, row: StepAway, absent: Person, means: Means | None) -> None:
    # A clock set back must not end it before it began: every list sorts and measures by these.
    row.ended_at, row.ended_means = max(tx.now, row.started_at), means
    tx.put(row)
    span = (desk.local(row.started_at), desk.local(row.ended_at))
    bare = [] if row.cover is Cover.COMPANION else [span]
    tx.record(
        "away.ended" if means else "away.taken_over", by=absent.staff_no if means else tx.by,
        number=row.number, person=absent.staff_no, means=means.value if means else "",
        minutes=rules.lasted(row.started_at, row.ended_at),
        late=rules.lasted(row.due_at, row.ended_at),
        uncovered=rules.lasted(*bare[0]) if bare else 0,
        in_hours=int(rules.within_hours(bare, desk.calendar, span).total_seconds() // 60),
        clock_set_back=tx.now < row.since_at,
    )  # fmt: skip


def note_overdue(desk: Desk) -> int:
    """Record that the time of the running absence is over, once; return how many were recorded.

    The kiosk itself calls it; a clock set back before the absence began counts as over too.
    """
    with desk.read() as book:
        if _overdue_and_unnoted(book, desk) is None:
            return 0
    with desk.write() as tx:
        row = _overdue_and_unnoted(tx, desk)
        if row is None:
            return 0
        row.overdue_at = tx.now
        tx.put(row)
        tx.record(
            "away.overdue", number=row.number, late=rules.lasted(row.due_at, tx.now),
            clock_set_back=tx.now < row.since_at,
        )  # fmt: skip
        return 1


def _overdue_and_unnoted(book: Book, desk: Desk) -> StepAway | None:
    found = book.one(RUNNING, post=desk.gate)
    if found is None or found[0].overdue_at is not None:
        return None
    return found[0] if rules.is_over(found[0], desk.clock()) else None


def confirm(desk: Desk, by: str, companion: Person, means: Means, minutes: int) -> None:
    """Have a companion say that the absence goes on, for ``minutes`` more; only once in a row.

    After that only a superior's word lengthens it. Raises ``Refused``: ``away.none_running``,
    ``away.superior_next``, those of ``rules.check_companion``, ``away.minutes_unclear``,
    ``away.too_long``.
    """
    with desk.write(by=by) as tx:
        row, absent = _running(tx, desk.gate)
        rules.check_companion(companion, absent.id)
        if row.extended:
            raise Refused("away.superior_next", name=absent.name)
        _lengthen(tx, desk, row, minutes)
        row.companion_id, row.companion_means = companion.id, means
        tx.put(row)
        tx.record(
            "away.confirmed", number=row.number, companion=companion.staff_no, means=means.value,
            minutes=minutes,
        )  # fmt: skip


def tell_superior(desk: Desk, by: str, superior: Person, words: str, minutes: int) -> None:
    """Write down what the superior said: so many ``minutes`` more, or none and it stays open.

    Raises ``Refused``: ``away.none_running``, ``away.not_a_superior``, ``away.words_missing``,
    ``away.too_long``.
    """
    spoken = rules.said(words)
    with desk.write(by=by) as tx:
        row, absent = _running(tx, desk.gate)
        rules.check_superior(superior, absent.id)
        row.superior_id, row.superior_at = superior.id, tx.now
        row.superior_words = tx.seal(row.subject, spoken)
        if minutes:
            _lengthen(tx, desk, row, minutes)
        else:
            row.overdue_at = min(row.overdue_at or tx.now, tx.now)
        tx.put(row)
        tx.record(
            "away.superior_told", number=row.number, superior=superior.staff_no, minutes=minutes
        )


def _lengthen(tx: Transaction, desk: Desk, row: StepAway, minutes: int) -> None:
    most = rules.longest(row.kind, desk.rules)
    if minutes < 1:
        raise Refused("away.minutes_unclear", field="minutes")
    if minutes > most:
        raise Refused("away.too_long", field="minutes", most=most)
    row.since_at, row.due_at = tx.now, tx.now + timedelta(minutes=minutes)
    row.overdue_at = None
    row.extended += 1


def leave_post(desk: Desk, by: str, leader: Person, words: str, door: Door | None) -> None:
    """Take the holder off the post with nobody after, on a leader's recorded word (clause 98).

    Records ``post.left`` and ``post.uncovered``; from then on uncovered minutes count until the
    next tap on. Raises ``Refused``: ``away.nobody_on_duty``, ``away.running``,
    ``away.not_a_superior``, ``away.words_missing``, ``away.door_missing``.
    """
    spoken = rules.said(words)
    if door is None:
        raise Refused("away.door_missing")
    with desk.write(by=by) as tx:
        holder = _free_to_go(tx, desk.gate)
        rules.check_superior(leader, holder.id)
        all_leave(tx, desk.gate)
        posts.leave(tx, desk.gate, holder)
        subject = tx.new_subject()
        # The word stands beside the absence it allows: one that ended as it began, and left a gap.
        row = tx.put(
            StepAway(
                number=f"A{next_number(tx, 'away')}", post=desk.gate, person_id=holder.id,
                kind=Kind.AWAY, cover=Cover.LEADER, subject=subject, minutes=0, started_at=tx.now,
                since_at=tx.now, due_at=tx.now, leader_id=leader.id,
                leader_words=tx.seal(subject, spoken), door=door, extended=0, ended_at=tx.now,
            )
        )  # fmt: skip
        tx.record(
            "post.left", by=holder.staff_no, post=desk.gate, person=holder.staff_no,
            number=row.number, leader=leader.staff_no, door=door.value,
        )  # fmt: skip
        tx.record("post.uncovered", post=desk.gate, number=row.number, why=Cover.LEADER.value)


def _running(book: Book, post: str) -> tuple[StepAway, Person]:
    found = book.one(RUNNING, post=post)
    if found is None:
        raise Refused("away.none_running")
    return found


def running(desk: Desk, book: Book) -> AwayShown | None:
    """Return the absence that runs at this post now, None for none."""
    found = book.one(RUNNING, post=desk.gate)
    return None if found is None else _shown(book, desk, *found)


def last_ones(desk: Desk, book: Book) -> list[AwayShown]:
    """Return the last absences of this post, newest first."""
    return [_shown(book, desk, row, person) for row, person in book.all(LAST_AWAY, post=desk.gate)]


def stands_in(desk: Desk, book: Book, person: Person) -> bool:
    """Say whether ``person`` may work at the desk because they keep the post of who is away."""
    found = book.one(RUNNING, post=desk.gate)
    return found is not None and found[0].companion_id == person.id


def _shown(book: Book, desk: Desk, row: StepAway, person: Person) -> AwayShown:
    now = desk.clock()
    return AwayShown(
        row.id, row.number, person, row.kind, row.cover, row.door, book.read_sealed(row.place),
        book.read_sealed(row.why), keeper_of(book, row), row.minutes, row.started_at, row.due_at,
        row.ended_at, rules.rung(row, now, desk.rules), rules.left(row, now),
    )  # fmt: skip


def keeper_of(book: Book, row: StepAway) -> str:
    """Return the name of the companion who keeps the post, or of the leader who allowed it."""
    person_id = row.companion_id or row.leader_id
    person = book.one(BY_ID, id=person_id) if person_id else None
    return person.name if person else ""
