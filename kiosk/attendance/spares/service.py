"""A temporary badge joins the pool, is lent for the day, opens nothing after it, and comes back."""

import re

from kiosk.attendance.spares.models import (
    LENT,
    LENT_OF_SPARE,
    LENT_TO,
    SPARE,
    SPARE_BY_LABEL,
    SPARE_BY_UID,
    SpareBadge,
    SpareLending,
)
from kiosk.desk import badges
from kiosk.desk.desk import Desk
from kiosk.desk.forks import rows_aside
from kiosk.desk.loans import THING_BY_TAG
from kiosk.desk.numbers import next_number
from kiosk.desk.people import BADGE, BEARER, Badge, BadgeState, Person, person_by_id
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.tags import refuse_hanging
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import _

_LABEL = re.compile(r"[0-9A-Za-z]{1,6}")


def add(desk: Desk, by: str, uid: str, label: str) -> SpareBadge:
    """Take the card ``uid`` into the pool under the number on it. Records ``badge.spare_added``.

    Raises ``Refused``: ``spare.label`` and ``spare.label_taken``, and for a card that is something
    already ``badge.taken``, ``badge.is_a_tag``, ``badge.hangs``, or the codes of
    ``badges.check_number``.
    """
    if not _LABEL.fullmatch(label.strip()):
        raise Refused("spare.label", field="label")
    badges.check_number(uid)
    with desk.write(by=by) as tx:
        if tx.one(SPARE_BY_LABEL, label=label.strip()) is not None:
            raise Refused("spare.label_taken", field="label", label=label.strip())
        known = tx.one(BEARER, uid=uid)
        if known is not None:
            raise Refused("badge.taken", staff_no=known[1].staff_no, name=known[1].name)
        thing = tx.one(THING_BY_TAG, tag=uid)
        if thing is not None:
            raise Refused("badge.is_a_tag", label=thing.label)
        refuse_hanging(tx, uid)
        made = tx.put(SpareBadge(label=label.strip(), uid=uid))
        tx.record("badge.spare_added", label=made.label, uid=uid)
    return made


def lend(desk: Desk, by: str, spare_id: str, proof: Proof) -> SpareLending:
    """Make a card of the pool the badge of who proved to be there, until the site's day ends.

    Records ``badge.lent``. Raises ``Refused``: ``spare.lent_already`` (a card is one person's),
    ``spare.has_one`` (nobody has two).
    """
    person = proof.person
    with desk.write(by=by) as tx:
        spare = _spare(tx, spare_id)
        known = tx.one(LENT_OF_SPARE, spare=spare.id) or _aside(tx, spare)
        if known is not None:
            raise Refused("spare.lent_already", label=spare.label, name=known[1].name)
        other = tx.one(LENT_TO, person=person.id)
        if other is not None:
            raise Refused("spare.has_one", name=person.name, label=other[1].label)
        made = tx.put(
            SpareLending(
                number=f"LK{next_number(tx, 'spare')}", spare_id=spare.id, person_id=person.id,
                day=desk.work_day(tx.now), lent_at=tx.now, lent_by=by, means=proof.means,
            )
        )  # fmt: skip
        _forget_badge(tx, spare, blocked=True)  # of a lending that a decision ended: it is back
        tx.put(
            Badge(uid=spare.uid, person_id=person.id, state=BadgeState.ACTIVE, enrolled_at=tx.now)
        )
        tx.record(
            "badge.lent", number=made.number, label=spare.label, person=person.staff_no,
            means=proof.means.value,
        )  # fmt: skip
    return made


def take_back(desk: Desk, by: str, spare_id: str) -> str:
    """Note that a temporary badge is back; it opens nothing from now on. Return whose it was.

    Records ``badge.lent_back``. Raises ``Refused("spare.not_lent")``.
    """
    with desk.write(by=by) as tx:
        spare = _spare(tx, spare_id)
        shown = tx.one(LENT_OF_SPARE, spare=spare.id)
        found = shown or _aside(tx, spare)
        if found is None:
            raise Refused("spare.not_lent", label=spare.label)
        lending, person = found
        _forget_badge(tx, spare, blocked=True)
        lending.ended_at = lending.ended_at or tx.now
        lending.returned_at, lending.returned_by = tx.now, by
        tx.put(lending) if shown else tx.decide(lending)
        tx.record(
            "badge.lent_back", number=lending.number, label=spare.label, person=person.staff_no
        )
    return person.name


def lapse(desk: Desk) -> int:
    """End the temporary badges of a day that is over; return how many.

    Twice does no more than once. Records ``badge.lent_over``; the card stays an open thing until
    it is back.
    """
    with desk.read() as book:
        if not _over(desk, book):
            return 0
    with desk.write() as tx:
        over = _over(desk, tx)
        for lending, spare in over:
            _forget_badge(tx, spare, blocked=False)
            lending.ended_at = tx.now
            tx.put(lending)
            holder = person_by_id(tx, lending.person_id).staff_no
            tx.record("badge.lent_over", number=lending.number, label=spare.label, person=holder)
    return len(over)


def _over(desk: Desk, book: Book) -> list[tuple[SpareLending, SpareBadge]]:
    today = desk.work_day(desk.clock())
    return [
        (lending, spare)
        for lending, spare, _person in book.all(LENT)
        if lending.ended_at is None and lending.day < today and desk.wrote(lending)
    ]


def _forget_badge(tx: Transaction, spare: SpareBadge, *, blocked: bool) -> None:
    """Let the card be no badge any more; one that was blocked stays so until it is back."""
    badge = tx.one(BADGE, uid=spare.uid)
    if badge is not None and (blocked or badge.state is BadgeState.ACTIVE):
        tx.drop(badge)


def _aside(book: Book, spare: SpareBadge) -> tuple[SpareLending, Person] | None:
    """Return the lending of the card that stands aside: who has it took another elsewhere too."""
    for row in rows_aside(book, SpareLending):
        if row.spare_id == spare.id and row.returned_at is None:
            return row, person_by_id(book, row.person_id)
    return None


def _spare(book: Book, spare_id: str) -> SpareBadge:
    spare = book.one(SPARE, id=spare_id)
    if spare is None:
        raise LookupError(f"no temporary badge {spare_id}")
    return spare


def hangs(book: Book, uid: str) -> str:
    """Return the temporary badge that a card is, "" for none: it never becomes anybody's own."""
    spare = book.one(SPARE_BY_UID, uid=uid)
    return "" if spare is None else _("Temporary badge {label}").format(label=spare.label)
