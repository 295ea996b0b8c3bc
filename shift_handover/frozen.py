"""A handover as it stands: the frozen document, the marks on it, and what happened since."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.desk import journal, posts
from kiosk.desk.outstanding import OpenThing, Urgency
from kiosk.desk.people import Person, person_by_id
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Erased
from kiosk.desk.words import _
from shift_handover.from_open_things import records_of
from shift_handover.models import (
    HANDOVER,
    MARKS,
    OPEN_HANDOVER,
    Group,
    Handover,
    HandoverState,
    Mark,
)
from shift_handover.record_json import from_json
from shift_handover.records import HandoverDocument, Record, SafetyResult

Key = tuple[str, str]
"""Kind and ref of an open thing: what makes it this one and no other."""


@dataclass(frozen=True, slots=True)
class FrozenHandover:
    """A handover as it stands: its frozen document, the marks so far, and its fingerprint.

    ``fingerprint`` is the 校验码 of the journal's entry with both signatures, "" until then.
    """

    id: str
    number: str
    state: HandoverState
    outgoing: Person
    incoming: Person | None
    document: HandoverDocument
    marks: dict[Key, Mark]
    notes: dict[Key, str]
    answers: dict[Key, str]
    fingerprint: str
    ended_at: datetime | None
    reason: str

    @property
    def unread(self) -> list[Record]:
        """The things the incoming has not marked yet."""
        return [thing for thing in self.document.things if thing.key not in self.marks]

    @property
    def unanswered(self) -> list[Record]:
        """The things the incoming asked about, to which the outgoing has said nothing yet."""
        asked = {key for key, mark in self.marks.items() if mark is Mark.QUESTION}
        return [
            thing
            for thing in self.document.things
            if thing.key in asked and thing.key not in self.answers
        ]


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the freeze: things that are new, and keys of things closed meanwhile."""

    added: tuple[Record, ...]
    closed: frozenset[Key]

    @property
    def needs_new_freeze(self) -> bool:
        """True when something red is new: it must be in the document itself."""
        return any(record.urgency is Urgency.NOW for record in self.added)


def since_freeze(document: HandoverDocument, things: list[OpenThing]) -> Since:
    """Return what is new and what is closed since the document was frozen (冻结后新增)."""
    now = records_of(things)
    frozen_keys = {thing.key for thing in document.things}
    added = tuple(record for record in now if record.key not in frozen_keys)
    return Since(added, frozenset(frozen_keys - {record.key for record in now}))


def open_handover(book: Book, post: str) -> FrozenHandover | None:
    """Return the handover of ``post`` that waits to be read and signed.

    One whose document is damaged is none: nobody can read it, so it is frozen anew. Nor is one of
    somebody who does not hold the post any more: he cannot sign it.
    """
    row, held = book.one(OPEN_HANDOVER, post=post), posts.on_duty(book, post)
    if row is None or held is None or held[1].id != row.outgoing_id or is_damaged(book, row):
        return None
    return opened(book, row)


def is_damaged(book: Book, row: Handover) -> bool:
    """Say whether what was frozen cannot be read any more."""
    try:
        document_of(book, row)
    except Refused as refused:
        return refused.code == "sealed.damaged"
    except Erased:
        return True
    return False


def handover_by_id(book: Book, handover_id: str) -> FrozenHandover:
    """Return one handover with its document; a missing one is a bug (``LookupError``)."""
    return opened(book, row_of(book, handover_id))


def opened(book: Book, row: Handover) -> FrozenHandover:
    """Return a handover's row with its document and marks opened.

    Of one whose words were deleted after their time the document is empty and says so.
    """
    marks = book.all(MARKS, handover=row.id)
    outgoing, incoming = person_by_id(book, row.outgoing_id), _maybe(book, row.incoming_id)
    return FrozenHandover(
        row.id, row.number, row.state, outgoing, incoming,
        _document(book, row, outgoing), {(one.kind, one.ref): one.mark for one in marks},
        {(one.kind, one.ref): book.read_sealed(one.note) for one in marks if one.note},
        {(one.kind, one.ref): book.read_sealed(one.answer) for one in marks if one.answer},
        _fingerprint(book, row), row.ended_at, book.read_sealed(row.reason),
    )  # fmt: skip


def _document(book: Book, row: Handover, outgoing: Person) -> HandoverDocument:
    try:
        return document_of(book, row)
    except Erased:
        unknown = (
            SafetyResult(group=group, checked_at=None, by="", too_fast=False, items=())
            for group in Group
        )
        return HandoverDocument(
            number=row.number, gate=row.post, outgoing=outgoing.staff_no,
            outgoing_name=outgoing.name, frozen_at=row.frozen_at, safety=tuple(unknown), things=(),
            note=_("The words of this handover were deleted after their time."),
        )  # fmt: skip


def _fingerprint(book: Book, row: Handover) -> str:
    if row.signed_seq is None:
        return ""
    entry = next(journal.entries(book.connection, row.post, row.signed_seq - 1))
    return journal.Head(entry.seq, entry.hash).fingerprint


def document_of(book: Book, row: Handover) -> HandoverDocument:
    """Return what was frozen; raise ``Erased`` when its words were deleted after their time."""
    return from_json(book.unseal(row.document))


def row_of(book: Book, handover_id: str) -> Handover:
    """Return a handover's row; a missing one is a bug (``LookupError``)."""
    row = book.one(HANDOVER, id=handover_id)
    if row is None:
        raise LookupError(f"no handover {handover_id}")
    return row


def _maybe(book: Book, person_id: str | None) -> Person | None:
    return None if person_id is None else person_by_id(book, person_id)
