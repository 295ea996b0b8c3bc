"""The handover itself: frozen from the open things, read, signed by two people, then fixed.

``outstanding`` is the kiosk's one list of open things; it is read inside the same transaction, so
no tap can fall between looking and freezing.
"""

from collections.abc import Callable, Collection
from dataclasses import replace

from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.outstanding import OpenThing, Urgency
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Proof, check_two_people
from kiosk.desk.transaction import Book, Transaction
from shift_handover.away.service import end_at_relief
from shift_handover.duty_log.reading import lines_in_shift
from shift_handover.exits import counts, relief
from shift_handover.exits.readers import check_has_read, read_by
from shift_handover.exits.rules import check_read_back
from shift_handover.from_open_things import records_of
from shift_handover.frozen import (
    FrozenHandover,
    Key,
    Since,
    document_of,
    is_damaged,
    opened,
    row_of,
    since_freeze,
)  # fmt: skip
from shift_handover.instructions.service import know_at_relief
from shift_handover.models import MARKS, OPEN_HANDOVER, Handover, HandoverMark, HandoverState, Mark
from shift_handover.papers.signed import signed_of
from shift_handover.record_json import to_json
from shift_handover.records import HandoverDocument, Saying
from shift_handover.rules import check_incoming, check_is_recent, step
from shift_handover.safety.results import changed_since, last_report, last_results
from shift_handover.slips import handover_slip
from shift_handover.stock import stock_of

Outstanding = Callable[[Desk, Book], list[OpenThing]]
_LONG = 120


def draft(book: Book, desk: Desk, by: Person, things: list[OpenThing]) -> HandoverDocument:
    """Return what a handover would say now; nothing is written."""
    return HandoverDocument(
        number="", gate=desk.gate, outgoing=by.staff_no, outgoing_name=by.name,
        frozen_at=desk.clock(), safety=last_results(book, desk.gate), things=records_of(things),
        stock=stock_of(book, desk.gate), log_lines=lines_in_shift(book, desk.gate),
        safety_report=last_report(book, desk.gate), safety_since=changed_since(book, desk.gate),
    )  # fmt: skip


def freeze(desk: Desk, by: str, outstanding: Outstanding, note: str = "") -> FrozenHandover:
    """Freeze everything open at this moment; a handover still open here is replaced by it.

    Marks on things that did not change are kept, so nobody reads the same line twice. Records
    ``handover.frozen``. Raises ``Refused``: ``handover.not_on_duty``, ``handover.no_check``.
    """
    with desk.write(by=by) as tx:
        outgoing = holder(tx, desk, by)
        check_is_recent(last_results(tx, desk.gate)[0].checked_at, tx.now, desk.rules)
        return opened(tx, frozen_now(tx, desk, outgoing, outstanding, note))


def frozen_now(
    tx: Transaction, desk: Desk, outgoing: Person, outstanding: Outstanding, note: str = ""
) -> Handover:
    """Freeze what is open inside a running transaction; an open handover is replaced.

    Records ``handover.frozen``.
    """
    earlier = tx.one(OPEN_HANDOVER, post=desk.gate)
    document = replace(
        draft(tx, desk, outgoing, outstanding(desk, tx)),
        number=f"H{next_number(tx, 'handover')}", frozen_at=tx.now, note=clean(note, _LONG),
    )  # fmt: skip
    subject = tx.new_subject()
    row = tx.put(
        Handover(
            number=document.number, post=desk.gate, state=HandoverState.FROZEN,
            outgoing_id=outgoing.id, frozen_at=tx.now, open_count=len(document.things),
            subject=subject, document=tx.seal(subject, to_json(document)),
        )
    )  # fmt: skip
    if earlier is not None:
        _replace(tx, earlier, row, document)
    tx.record(
        "handover.frozen", number=row.number, outgoing=outgoing.staff_no,
        things=[[thing.kind, thing.number] for thing in document.things],
    )  # fmt: skip
    return row


def holder(tx: Transaction, desk: Desk, by: str) -> Person:
    """Return who holds the post; raise ``Refused("handover.not_on_duty")`` unless it is ``by``."""
    held = posts.on_duty(tx, desk.gate)
    person = person_by_staff_no(tx, by)
    if held is None or held[1].id != person.id:
        raise Refused("handover.not_on_duty", name=held[1].name if held else "-")
    return person


def _replace(tx: Transaction, earlier: Handover, row: Handover, document: HandoverDocument) -> None:
    """End the earlier freeze; carry over the marks on things that are still exactly the same."""
    same_outgoing = earlier.outgoing_id == row.outgoing_id
    read = document_of(tx, earlier).things if same_outgoing and not is_damaged(tx, earlier) else ()
    same = set(read) & set(document.things)
    keys = {thing.key for thing in same}
    for old in tx.all(MARKS, handover=earlier.id):
        if (old.kind, old.ref) in keys:
            note = tx.seal(row.subject, tx.read_sealed(old.note))
            tx.put(
                HandoverMark(
                    handover_id=row.id, kind=old.kind, ref=old.ref, mark=old.mark, at=old.at,
                    note=note, answer=tx.seal(row.subject, tx.read_sealed(old.answer)),
                )
            )  # fmt: skip
            row.state, row.incoming_id = HandoverState.BRIEFING, earlier.incoming_id
    tx.put(row)
    if same_outgoing:
        counts.carry(tx, earlier.id, row.id)
    end(tx, earlier, HandoverState.FROZEN_AGAIN)
    tx.put(earlier)


def end(tx: Transaction, row: Handover, state: HandoverState, reason: str = "") -> None:
    """End a handover that can still be signed, for its caller to put; ``handover.over`` if not."""
    row.state = step(row.state, state, row.number)
    row.ended_at, row.reason = tx.now, tx.seal(row.subject, reason)


def mark(
    desk: Desk, by: str, handover_id: str, key: Key, said: Mark, note: str = "",
    picked: Saying | None = None,
) -> FrozenHandover:  # fmt: skip
    """Write down what the incoming says of one thing; he may change his mind until he signs.

    Of a red thing he also picks the next step, which is his reading back. Records
    ``handover.read``, or ``handover.questioned``. Raises ``Refused``:
    ``handover.over``, ``handover.question_missing`` for a question without words,
    ``handover.read_back`` for a red one known with another next step than its own.
    """
    with desk.write(by=by) as tx:
        row = _in_briefing(tx, handover_id)
        thing = document_of(tx, row).thing(*key)
        words = clean(note, _LONG)
        if said is Mark.QUESTION and not words:
            raise Refused("handover.question_missing")
        if said is Mark.KNOWN and thing.urgency is Urgency.NOW:
            check_read_back(thing, picked)
        _mark(tx, row, key, said, words)
        code = "handover.questioned" if said is Mark.QUESTION else "handover.read"
        tx.record(code, number=row.number, thing=[thing.kind, thing.number])
        return opened(tx, row)


def mark_known(desk: Desk, by: str, handover_id: str, keys: Collection[Key]) -> FrozenHandover:
    """Mark several things as known in one go, after they were shown; what is marked stays so.

    Raises ``Refused``: ``handover.over``, ``handover.red_one_by_one`` when a red one is among them.
    """
    with desk.write(by=by) as tx:
        row = _in_briefing(tx, handover_id)
        marked = {(one.kind, one.ref) for one in tx.all(MARKS, handover=row.id)}
        document = document_of(tx, row)
        things = [document.thing(*key) for key in keys if key not in marked]
        for thing in things:
            if thing.urgency is Urgency.NOW:
                raise Refused("handover.red_one_by_one", number=thing.number)
            _first_mark(tx, row, thing.key, Mark.KNOWN, tx.seal(row.subject, ""))
        named = [[thing.kind, thing.number] for thing in things]
        tx.record("handover.read", number=row.number, things=named, mark=Mark.KNOWN)
        return opened(tx, row)


def _mark(tx: Transaction, row: Handover, key: Key, said: Mark, note: str) -> None:
    sealed = tx.seal(row.subject, note)
    for old in tx.all(MARKS, handover=row.id):
        if (old.kind, old.ref) == key:
            old.mark, old.at, old.note, old.answer = said, tx.now, sealed, ""
            tx.put(old)
            return
    _first_mark(tx, row, key, said, sealed)


def _first_mark(tx: Transaction, row: Handover, key: Key, said: Mark, note: str) -> None:
    tx.put(
        HandoverMark(handover_id=row.id, kind=key[0], ref=key[1], mark=said, at=tx.now, note=note)
    )


def _in_briefing(tx: Transaction, handover_id: str) -> Handover:
    row = row_of(tx, handover_id)
    state = step(row.state, HandoverState.BRIEFING, row.number)
    read_by(tx, row)
    if row.state is not state:
        row.state = state
        tx.put(row)
    return row


def withdraw(desk: Desk, by: str, handover_id: str) -> None:
    """Take a handover back before the second signature; the outgoing stays responsible.

    Raises ``Refused("handover.over")`` when it is signed, refused or withdrawn already.
    """
    with desk.write(by=by) as tx:
        row = row_of(tx, handover_id)
        holder(tx, desk, by)
        end(tx, row, HandoverState.WITHDRAWN)
        tx.put(row)
        tx.record("handover.withdrawn", number=row.number)


def refuse(desk: Desk, handover_id: str, incoming: Proof, reason: str) -> None:
    """Record that the incoming does not take over, and why; the outgoing stays responsible.

    Raises ``Refused``: ``handover.reason_missing``, ``handover.over``, and those of
    ``rules.check_incoming``.
    """
    words = clean(reason, _LONG)
    if not words:
        raise Refused("handover.reason_missing")
    with desk.write(by=incoming.person.staff_no) as tx:
        row = row_of(tx, handover_id)
        check_incoming(incoming.person, row.outgoing_id)
        end(tx, row, HandoverState.REFUSED, words)
        row.incoming_id = incoming.person.id
        tx.put(row)
        tx.record(
            "handover.refused", number=row.number, incoming=incoming.person.staff_no,
            means=incoming.means,
        )  # fmt: skip


def accept(
    desk: Desk, handover_id: str, outgoing: Proof, incoming: Proof, outstanding: Outstanding
) -> FrozenHandover:
    """Move the post at the second signature, and print the sheet; all of it or nothing.

    Records ``post.left``, ``post.taken``, ``handover.accepted``, then ``slip.queued``: the sheet
    carries the fingerprint of the entry that holds the signatures. Raises ``Refused``:
    ``sign.same_person``, ``sign.too_late``, ``handover.over``, ``.not_outgoing``, ``.new_red``,
    ``.unread``, ``.unanswered`` (``left``), ``.read_by_other``, and those of ``posts.relieve``.
    """
    check_two_people(desk, outgoing, incoming)
    with desk.write(by=incoming.person.staff_no) as tx:
        row = row_of(tx, handover_id)
        frozen = opened(tx, row)
        end_at_relief(tx, desk, outgoing.means)
        _check_complete(frozen, outgoing, since_freeze(frozen.document, outstanding(desk, tx)))
        check_has_read(frozen, incoming.person)
        relief.takes_post(tx, desk, incoming.person)
        posts.relieve(tx, row.post, outgoing.person, incoming.person)
        know_at_relief(tx, frozen.marks, incoming)
        questions = sum(said is Mark.QUESTION for said in frozen.marks.values())
        state = HandoverState.ACCEPTED_WITH_EXCEPTIONS if questions else HandoverState.ACCEPTED
        end(tx, row, state)
        row.incoming_id, row.signed_seq = incoming.person.id, tx.head.seq + 1
        tx.put(row)
        tx.record(
            "handover.accepted", number=row.number, outgoing=outgoing.person.staff_no,
            incoming=incoming.person.staff_no, questions=questions,
            outgoing_means=outgoing.means, incoming_means=incoming.means,
        )  # fmt: skip
        accepted = opened(tx, row)
        sheet = handover_slip(accepted.document, signed_of(tx, row, accepted, desk), desk)
        job = tx.print(sheet, row.subject)
        tx.record("slip.queued", slip=job.slip, number=job.number, copy=job.copy_no)
        return accepted


def _check_complete(frozen: FrozenHandover, outgoing: Proof, since: Since) -> None:
    if frozen.ended_at is not None:
        raise Refused("handover.over", number=frozen.number)
    if frozen.outgoing.id != outgoing.person.id:
        raise Refused("handover.not_outgoing", name=frozen.outgoing.name)
    if since.needs_new_freeze:
        raise Refused("handover.new_red")
    if frozen.unread:
        raise Refused("handover.unread", left=len(frozen.unread))
    if frozen.unanswered:
        raise Refused("handover.unanswered", left=len(frozen.unanswered))
