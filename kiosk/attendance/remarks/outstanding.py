"""Remarks that wait too long for a signature, and what who taps is told about remarks."""

from datetime import timedelta

from kiosk.attendance.remarks import rules
from kiosk.attendance.remarks.models import OPEN, Remark
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person, Rank
from kiosk.desk.people_before import Before
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, ngettext

UNSIGNED = "remark.unsigned"
_WHAT = N_("Remark about {day} of {name}: not signed yet")
_NEXT = N_("Head and leader sign at F7, 1")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the remarks that have waited longer than ``rules.remark_open_days``, for the office.

    Nothing says what a remark is about: the list is read by everybody at the desk.
    """
    before = desk.clock() - timedelta(days=desk.rules.remark_open_days)
    return [
        OpenThing(
            kind=UNSIGNED, ref=row.id, number=row.number, urgency=Urgency.QUIET,
            what=Wording(_WHAT, {"day": f"{row.day:%m-%d}", "name": person.name}),
            since=row.written_at, owner=person.staff_no, next_step=Wording(_NEXT),
            facts={"number": row.number, "name": person.name},
        )
        for row, person in book.all(OPEN)
        if row.written_at <= before
    ]  # fmt: skip


def note(desk: Desk, book: Book, person: Person) -> str:
    """Return what head or leader who taps is told: what the office wrote for him, what he signs.

    It stands where everybody sees it, so it names nobody.
    """
    if person.rank is Rank.ORDINARY:  # no query for the many
        return ""
    waiting = book.all(OPEN)
    confirms = sum(row.unconfirmed and row.person_id == person.id for row, _about in waiting)
    if confirms:
        told = ngettext(
            "{n} remark in your name to confirm: F7, 1",
            "{n} remarks in your name to confirm: F7, 1",
            confirms,
        )  # fmt: skip
        return told.format(n=confirms)
    before = Before.of(desk, book)
    signs = sum(_is_his(row, before.on(about, row.day), person) for row, about in waiting)
    if not signs:
        return ""
    told = ngettext("{n} remark to sign: F7, 1", "{n} remarks to sign: F7, 1", signs)
    return told.format(n=signs)


def _is_his(row: Remark, about: Person, person: Person) -> bool:
    """Say whether a signature of ``person`` is missing, as far as his own rank tells."""
    if person.id in {about.id, row.head_id, row.leader_id} or not row.missing:
        return False
    if person.rank in rules.LEADERS:
        return row.leader_id is None or about.rank is not Rank.ORDINARY
    mine = about.rank is Rank.ORDINARY and about.department_id == person.department_id
    return person.rank in rules.HEADS and mine and row.head_id is None
