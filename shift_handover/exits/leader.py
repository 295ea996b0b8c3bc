"""What needs the duty leader's word: nobody relieves, or somebody takes over without a handover.

The word is the leader's badge and PIN at this desk, or what he said on the telephone (clause 150).
"""

from dataclasses import dataclass

from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person, person_by_id
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Proof, check_two_people
from kiosk.desk.transaction import Transaction
from shift_handover import service
from shift_handover.away.service import end_at_relief
from shift_handover.exits import relief
from shift_handover.exits.models import LeaderWord, WordFor
from shift_handover.exits.rules import check_is_other, check_leader
from shift_handover.frozen import FrozenHandover, opened
from shift_handover.models import OPEN_HANDOVER, Handover, HandoverState
from shift_handover.papers.signed import signed_of
from shift_handover.rules import check_incoming
from shift_handover.slips import handover_slip

_NAME, _LONG = 40, 120


@dataclass(frozen=True, slots=True)
class Word:
    """A duty leader's word: ``proof`` when he is here, else his name; and what he said."""

    name: str = ""
    said: str = ""
    proof: Proof | None = None


def unrelieved(desk: Desk, by: str, word: Word) -> str:
    """Record that no relief comes and what the duty leader said; return the entry's number.

    The holder stays responsible. A handover that waits ends as unrelieved: a relief that comes
    after all is handed over what is open then. Records ``handover.unrelieved``. Raises ``Refused``:
    ``handover.not_on_duty``, ``handover.leader_missing``, and those of ``rules.check_leader``.
    """
    with desk.write(by=by) as tx:
        holder = service.holder(tx, desk, by)
        row = tx.one(OPEN_HANDOVER, post=desk.gate)
        made = _noted(tx, WordFor.UNRELIEVED, holder, word, (holder,), row)
        if row is not None:
            service.end(tx, row, HandoverState.UNRELIEVED)
            tx.put(row)
        tx.record("handover.unrelieved", number=made.number, person=holder.staff_no, **_by(word))
        return made.number


def take_over(
    desk: Desk, incoming: Proof, word: Word, reason: str, outstanding: service.Outstanding
) -> FrozenHandover:
    """Move the post to ``incoming`` though the outgoing cannot hand it over; print the sheet.

    Everything open at this moment is frozen in the same transaction; no line has to be read first.
    It needs no recent safety check: an emergency does not wait for a round. Records
    ``handover.frozen``, ``away.taken_over`` when the outgoing was away, ``post.left``,
    ``post.taken``, ``handover.taken_over``, ``slip.queued``.
    Raises ``Refused``: ``handover.why_missing``, ``handover.nobody_on_post``,
    ``handover.leader_missing``, those of ``rules.check_leader`` and of ``posts.relieve``, and
    ``sign.too_late`` when a leader's badge came too long before or after the guard's.
    """
    why = clean(reason, _LONG)
    if not why:
        raise Refused("handover.why_missing")
    if word.proof is not None:
        check_two_people(desk, incoming, word.proof)
    with desk.write(by=incoming.person.staff_no) as tx:
        held = posts.on_duty(tx, desk.gate)
        if held is None:
            raise Refused("handover.nobody_on_post")
        outgoing = held[1]
        check_incoming(incoming.person, outgoing.id)
        row, parties = (
            service.frozen_now(tx, desk, outgoing, outstanding),
            (incoming.person, outgoing),
        )
        made = _noted(tx, WordFor.TAKEOVER, incoming.person, word, parties, row)
        made.reason = tx.seal(made.subject, why)
        tx.put(made)
        end_at_relief(tx, desk)
        relief.takes_post(tx, desk, incoming.person)
        posts.relieve(tx, desk.gate, outgoing, incoming.person)
        return _sealed(tx, desk, row, incoming, word, made)


def _sealed(
    tx: Transaction, desk: Desk, row: Handover, incoming: Proof, word: Word, made: LeaderWord
) -> FrozenHandover:
    service.end(tx, row, HandoverState.TAKEN_OVER_ALONE, tx.read_sealed(made.reason))
    row.incoming_id, row.signed_seq = incoming.person.id, tx.head.seq + 1
    tx.put(row)
    outgoing = person_by_id(tx, row.outgoing_id).staff_no
    tx.record(
        "handover.taken_over", number=row.number, outgoing=outgoing,
        incoming=incoming.person.staff_no, incoming_means=incoming.means, **_by(word),
    )  # fmt: skip
    frozen = opened(tx, row)
    sheet = handover_slip(frozen.document, signed_of(tx, row, frozen, desk), desk)
    job = tx.print(sheet, row.subject)
    tx.record("slip.queued", slip=job.slip, number=job.number, copy=job.copy_no)
    return frozen


def _noted(
    tx: Transaction, word_for: WordFor, person: Person, word: Word, parties: tuple[Person, ...],
    row: Handover | None,
) -> LeaderWord:  # fmt: skip
    name = _name(word, parties)
    subject = tx.new_subject()
    return tx.put(
        LeaderWord(
            number=f"V{next_number(tx, 'leader_word')}", post=tx.gate, word_for=word_for,
            person_id=person.id, at=tx.now, handover_id=row.id if row else None,
            leader_id=word.proof.person.id if word.proof else None,
            means=word.proof.means.value if word.proof else "", subject=subject,
            leader=tx.seal(subject, name), words=tx.seal(subject, clean(word.said, _LONG)),
        )
    )  # fmt: skip


def _name(word: Word, parties: tuple[Person, ...]) -> str:
    """Return who spoke, none of the ``parties``; on the telephone the words are needed too."""
    if word.proof is not None:
        check_leader(word.proof.person, [one.id for one in parties])
        return word.proof.person.name
    name = clean(word.name, _NAME)
    if not (name and clean(word.said, _LONG)):
        raise Refused("handover.leader_missing", field="said" if name else "leader")
    check_is_other(name, parties)
    return name


def _by(word: Word) -> dict[str, str]:
    if word.proof is None:
        return {}
    return {"leader": word.proof.person.staff_no, "leader_means": word.proof.means.value}
