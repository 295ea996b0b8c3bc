"""Asking whether the guard is at the post, and what comes of it (clause 156)."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.posts import Duty
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Transaction
from shift_handover.away.models import RUNNING as AWAY
from shift_handover.presence import rules
from shift_handover.presence.models import BY_ID, LAST, RUNNING, UNEXPLAINED, PresencePrompt
from shift_handover.presence.rules import Stage


@dataclass(frozen=True, slots=True)
class Missed:
    """A prompt that was not answered in time. Moments are UTC; ``answered_at`` None: never."""

    id: str
    number: str
    guard: Person
    asked_at: datetime
    answered_at: datetime | None


def running(desk: Desk, book: Book) -> PresencePrompt | None:
    """Return the prompt that stands at this post now, None for none."""
    return book.one(RUNNING, post=desk.gate)


def due(desk: Desk, book: Book) -> tuple[Duty, Person] | None:
    """Return whom to ask now, None while nobody is to be asked.

    Nobody is asked outside the hours, while an absence runs or nobody holds the post, or soon after
    a sign of life: a key, an answer, the taking of the post.
    """
    now = desk.clock()
    began = rules.night_began(desk.local(now), desk.rules)
    if began is None:
        return None
    held = posts.on_duty(book, desk.gate)
    if held is None or book.one(AWAY, post=desk.gate) is not None:
        return None
    last = book.one(LAST, post=desk.gate, now=now)
    signs = (held[0].since, desk.worked_at, *((last.asked_at, last.answered_at) if last else ()))
    after = rules.last_sign(signs, began, now)
    seed = last.id if last else held[0].id
    return held if now >= rules.next_at(after, seed, desk.rules) else None


def to_do(desk: Desk, book: Book) -> bool:
    """Say whether ``keep_up`` has anything to record."""
    prompt = running(desk, book)
    if prompt is None:
        return due(desk, book) is not None
    over = rules.stage(prompt, desk.clock(), desk.rules) > Stage.ASKING and not prompt.missed_at
    return over or _answered_by_key(desk, prompt) or bool(_why_lost(desk, book, prompt))


def keep_up(desk: Desk) -> int:
    """Record what time and keys have done: asked, answered, missed or lost; return how many.

    Done twice it does no more than once. Records ``presence.asked``, ``presence.answered``,
    ``presence.missed`` and ``presence.lost``.
    """
    with desk.read() as book:
        if not to_do(desk, book):
            return 0
    with desk.write() as tx:
        prompt = running(desk, tx)
        if prompt is None:
            return _ask(tx, desk)
        if _answered_by_key(desk, prompt):
            return _answered(tx, prompt, "key")
        why = _why_lost(desk, tx, prompt)
        if why:
            return _lose(tx, prompt, why)
        return _miss(tx, desk, prompt)


def answer(desk: Desk, person: Person) -> bool:
    """Take the guard's own badge as the answer; False when nothing was asked of that person."""
    with desk.read() as book:
        prompt = running(desk, book)
    if prompt is None or prompt.person_id != person.id:
        return False
    with desk.write(by=person.staff_no) as tx:
        prompt = running(desk, tx)
        if prompt is None:
            return False
        return _answered(tx, prompt, "tap") > 0


def explain(desk: Desk, by: str, prompt_id: str, words: str) -> None:
    """Close a missed prompt with the guard's word why; records ``presence.explained``.

    Raises ``Refused``: ``presence.why_missing``, ``presence.closed``, and ``presence.not_yours``
    for anybody but who was asked or a superior. An unknown id raises ``LookupError``.
    """
    spoken = rules.said(words)
    with desk.write(by=by) as tx:
        prompt, guard = _known(tx, prompt_id)
        if prompt.explained_at is not None:
            raise Refused("presence.closed", number=prompt.number)
        person = person_by_staff_no(tx, by)
        if not rules.may_explain(person, prompt):
            raise Refused("presence.not_yours", number=prompt.number, name=guard.name)
        prompt.subject = tx.new_subject()
        prompt.why = tx.seal(prompt.subject, spoken)
        prompt.explained_at, prompt.explained_by_id = tx.now, person.id
        tx.put(prompt)
        tx.record("presence.explained", number=prompt.number, person=person.staff_no)


def missed(desk: Desk, book: Book) -> list[Missed]:
    """Return the missed prompts of this post that nobody has explained, oldest first."""
    return [_shown(*found) for found in book.all(UNEXPLAINED, post=desk.gate)]


def missed_by_id(book: Book, prompt_id: str) -> Missed:
    """Return one prompt; raises ``LookupError`` for an unknown id."""
    return _shown(*_known(book, prompt_id))


def _known(book: Book, prompt_id: str) -> tuple[PresencePrompt, Person]:
    found = book.one(BY_ID, id=prompt_id)
    if found is None:
        raise LookupError(f"no presence prompt {prompt_id}")
    return found


def _shown(prompt: PresencePrompt, guard: Person) -> Missed:
    return Missed(prompt.id, prompt.number, guard, prompt.asked_at, prompt.answered_at)


def _answered_by_key(desk: Desk, prompt: PresencePrompt) -> bool:
    return desk.worked_at is not None and prompt.asked_at <= desk.worked_at <= desk.clock()


def _why_lost(desk: Desk, book: Book, prompt: PresencePrompt) -> str:
    held = posts.on_duty(book, desk.gate)
    if held is None or held[1].id != prompt.person_id:
        return "post"
    if book.one(AWAY, post=desk.gate) is not None:
        return "away"
    return "clock" if rules.stage(prompt, desk.clock(), desk.rules) is Stage.LOST else ""


def _ask(tx: Transaction, desk: Desk) -> int:
    held = due(desk, tx)
    if held is None:
        return 0
    prompt = tx.put(
        PresencePrompt(
            number=f"ZG{next_number(tx, 'presence')}", post=desk.gate, person_id=held[1].id,
            asked_at=tx.now,
        )
    )  # fmt: skip
    tx.record(
        "presence.asked", number=prompt.number, post=desk.gate, person=held[1].staff_no
    )  # fmt: skip
    return 1


def _answered(tx: Transaction, prompt: PresencePrompt, means: str) -> int:
    prompt.answered_at = prompt.ended_at = max(tx.now, prompt.asked_at)
    tx.put(prompt)
    seconds = int((prompt.answered_at - prompt.asked_at).total_seconds())
    late = prompt.missed_at is not None
    tx.record(
        "presence.answered", number=prompt.number, seconds=seconds, means=means, late=late
    )  # fmt: skip
    return 1


def _lose(tx: Transaction, prompt: PresencePrompt, why: str) -> int:
    prompt.ended_at = max(tx.now, prompt.asked_at)
    tx.put(prompt)
    tx.record("presence.lost", number=prompt.number, why=why)
    return 1


def _miss(tx: Transaction, desk: Desk, prompt: PresencePrompt) -> int:
    if prompt.missed_at is not None or rules.stage(prompt, tx.now, desk.rules) is Stage.ASKING:
        return 0
    prompt.missed_at = tx.now
    tx.put(prompt)
    tx.record("presence.missed", number=prompt.number, minutes=desk.rules.presence_answer_min)
    return 1
