"""The night ends without a successor: the post is locked up on a record, read by the first to come.

The outgoing's duty ends with his signature and the leader's word; nobody is on the post then, and
its minutes are counted when it is taken again.
"""

from dataclasses import replace

from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Transaction
from shift_handover.away.service import end_at_relief
from shift_handover.exits import relief
from shift_handover.exits.rules import check_is_other
from shift_handover.frozen import FrozenHandover, opened, row_of
from shift_handover.lockup.models import OF_HANDOVER, LockUp
from shift_handover.lockup.rules import NOTE, Told, checked_told, whole_minutes
from shift_handover.models import OPEN_HANDOVER, Handover, HandoverState
from shift_handover.papers.signed import signed_of
from shift_handover.record_json import to_json
from shift_handover.records import HandoverDocument
from shift_handover.rules import check_is_recent, step
from shift_handover.service import Outstanding, draft, holder
from shift_handover.slips import handover_slip


def lock_up(
    desk: Desk, proof: Proof, told: Told, outstanding: Outstanding, note: str = ""
) -> FrozenHandover:
    """End the duty of the outgoing without a successor, print the record, leave the post empty.

    ``note`` is what the first to come should expect. Everything open is frozen under its number in
    the same document as a handover's. One that waits to be signed is replaced. An absence and the
    time of who was beside end. Records ``post.left``, ``handover.locked_up``, ``slip.queued``.
    Raises ``Refused``: ``handover.not_on_duty``, ``handover.no_check``,
    ``handover.leader_is_party``, and those of ``rules.checked_told``.
    """
    with desk.write(by=proof.person.staff_no) as tx:
        holder(tx, desk, proof.person.staff_no)
        said = checked_told(told, desk.local(tx.now))
        check_is_other(said.leader, [proof.person])
        document = replace(
            draft(tx, desk, proof.person, outstanding(desk, tx)),
            number=f"H{next_number(tx, 'handover')}", frozen_at=tx.now, lock_up=said,
            note=clean(note, NOTE),
        )  # fmt: skip
        check_is_recent(document.safety[0].checked_at, tx.now, desk.rules)
        _replace_waiting(tx, desk)
        end_at_relief(tx, desk, proof.means)
        relief.all_leave(tx, desk.gate)
        posts.leave(tx, desk.gate, proof.person)
        by = proof.person.staff_no
        tx.record("post.left", by=by, post=desk.gate, person=by, empty=True)
        row = _put(tx, desk, proof.person, document)
        tx.record(
            "handover.locked_up", number=row.number, outgoing=proof.person.staff_no,
            means=proof.means, things=[[one.kind, one.number] for one in document.things],
        )  # fmt: skip
        done = opened(tx, row)
        job = tx.print(handover_slip(document, signed_of(tx, row, done, desk), desk), row.subject)
        tx.record("slip.queued", slip=job.slip, number=job.number, copy=job.copy_no)
        return done


def _replace_waiting(tx: Transaction, desk: Desk) -> None:
    waiting = tx.one(OPEN_HANDOVER, post=desk.gate)
    if waiting is not None:
        waiting.state = step(waiting.state, HandoverState.FROZEN_AGAIN, waiting.number)
        waiting.ended_at = tx.now
        tx.put(waiting)


def _put(tx: Transaction, desk: Desk, outgoing: Person, document: HandoverDocument) -> Handover:
    subject = tx.new_subject()
    row = tx.put(
        Handover(
            number=document.number, post=desk.gate, state=HandoverState.ENDED_WITHOUT_SUCCESSOR,
            outgoing_id=outgoing.id, frozen_at=tx.now, ended_at=tx.now,
            signed_seq=tx.head.seq + 1, open_count=len(document.things), subject=subject,
            document=tx.seal(subject, to_json(document)),
        )
    )  # fmt: skip
    tx.put(LockUp(handover_id=row.id, post=desk.gate, locked_at=tx.now))
    return row


def sign_read(desk: Desk, proof: Proof, handover_id: str) -> int:
    """Sign, as the first on the post again, that the record was read; return the minutes empty.

    Raises ``Refused``: ``lockup.take_post_first`` for anybody who does not keep the post now,
    ``lockup.read_already``.
    """
    with desk.write(by=proof.person.staff_no) as tx:
        row = row_of(tx, handover_id)
        held = posts.on_duty(tx, row.post)
        if held is None or held[1].id != proof.person.id:
            raise Refused("lockup.take_post_first", name=proof.person.name)
        lock = tx.one(OF_HANDOVER, handover=handover_id)
        if lock is None or lock.read_at is not None:
            raise Refused("lockup.read_already", number=row.number)
        taken_again = posts.taken_after(tx, row.post, lock.locked_at) or tx.now
        lock.empty_min = whole_minutes(taken_again - lock.locked_at)
        lock.read_at, lock.read_by_id = tx.now, proof.person.id
        row.incoming_id = proof.person.id
        tx.put(lock)
        tx.put(row)
        tx.record(
            "lockup.read", number=row.number, incoming=proof.person.staff_no,
            means=proof.means, empty_min=lock.empty_min,
        )  # fmt: skip
        return lock.empty_min
