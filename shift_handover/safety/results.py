"""The last round as a handover says it: the four groups, the report, and what changed since."""

from datetime import datetime

from kiosk.desk.transaction import Book
from shift_handover.models import (
    ANSWERS,
    FAULTS_SINCE,
    LAST_ROUND,
    Found,
    Group,
    SafetyAnswer,
    SafetyFault,
    SafetyRound,
)
from shift_handover.records import SafetyChange, SafetyItem, SafetyReport, SafetyResult
from shift_handover.safety import faults
from shift_handover.safety.points import House, house


def last_results(book: Book, post: str) -> tuple[SafetyResult, ...]:
    """Return the four groups as the last finished round of ``post`` left them."""
    last = book.one(LAST_ROUND, post=post)
    if last is None:
        return tuple(_never(group) for group in Group)
    done, person = last
    answers = book.all(ANSWERS, round=done.id)
    asked = house(book)
    return tuple(_result(book, asked, done, person.name, group, answers) for group in Group)


def _never(group: Group) -> SafetyResult:
    return SafetyResult(group=group, checked_at=None, by="", too_fast=False, items=())


def _result(
    book: Book, asked: House, done: SafetyRound, by: str, group: Group, answers: list[SafetyAnswer]
) -> SafetyResult:
    order = {point.code: place for place, point in enumerate(asked.points)}
    mine = [one for one in answers if asked.group_of(one.item) is group]
    mine.sort(key=lambda one: order[one.item])
    return SafetyResult(
        group=group, checked_at=done.done_at, by=by, too_fast=done.too_fast,
        items=tuple(item_of(book, asked, one) for one in mine),
    )  # fmt: skip


def item_of(book: Book, asked: House, one: SafetyAnswer) -> SafetyItem:
    """Return an answer with its words opened, and the site's own names of item and place."""
    place = asked.place_of.get(one.place)
    name = place.name if place else ""
    if one.fault_id is None:
        return SafetyItem(
            item=one.item, found=one.found, reason=book.read_sealed(one.reason), name=one.named,
            place=one.place, place_name=name, unproven=one.unproven, fast=one.fast,
        )  # fmt: skip
    fault = faults.fault_by_id(book, one.fault_id)
    return SafetyItem(
        item=one.item, found=one.found, fault=fault.number, what=fault.what, where=fault.place,
        measure=fault.measure, told=fault.told, name=one.named, place=one.place, place_name=name,
        unproven=one.unproven, fast=one.fast,
    )  # fmt: skip


def last_report(book: Book, post: str) -> SafetyReport | None:
    """Return to whom the last finished round of ``post`` was reported, None when to nobody yet."""
    last = book.one(LAST_ROUND, post=post)
    return report_of(book, last[0]) if last else None


def report_of(book: Book, done: SafetyRound) -> SafetyReport | None:
    """Return a round's report with its words opened; None while nobody was told."""
    if done.reported_at is None:
        return None
    return SafetyReport(
        number=done.number, whom=book.read_sealed(done.reported_to),
        how=book.read_sealed(done.reported_how), at=done.reported_at,
        answer=book.read_sealed(done.answer), answered_at=done.answered_at,
    )  # fmt: skip


def changed_since(book: Book, post: str) -> tuple[SafetyChange, ...]:
    """Return the faults that were found or put right since the last finished round of ``post``."""
    last = book.one(LAST_ROUND, post=post)
    if last is None or last[0].done_at is None:
        return ()
    since = last[0].done_at
    changes = [
        change
        for fault in book.all(FAULTS_SINCE, since=since)
        for change in _changes(book, fault, since)
    ]
    return tuple(sorted(changes, key=lambda one: one.at))


def _changes(book: Book, fault: SafetyFault, since: datetime) -> list[SafetyChange]:
    read = book.read_sealed
    place, what = read(fault.place), read(fault.what)
    changes = []
    if fault.found_at > since:
        found = SafetyChange(
            fault=fault.number, place=place, what=what, at=fault.found_at, found=Found.FAULT
        )  # fmt: skip
        changes.append(found)
    if fault.closed_at is not None and fault.closed_at > since:
        closed = SafetyChange(
            fault=fault.number, place=place, what=what, at=fault.closed_at, found=Found.NORMAL,
            done=read(fault.closing), told=read(fault.closed_told),
        )  # fmt: skip
        changes.append(closed)
    return changes
