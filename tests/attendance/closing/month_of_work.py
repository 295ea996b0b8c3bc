"""A small month written into the book as the desk writes it: taps, leave, outings, remarks."""

from datetime import date, datetime, time, timedelta

from kiosk.attendance.closing import service
from kiosk.attendance.closing.books import day_book, open_workdays
from kiosk.attendance.models import Tap
from kiosk.attendance.remarks.models import About, Remark
from kiosk.desk.absence import Half, Leave, LeaveKind, LeaveState, Outing, OutingKind
from kiosk.desk.presence import Whereabouts
from kiosk.desk.signing import Means, Proof


def at(desk, day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), desk.zone)


def proof(desk, person) -> Proof:
    return Proof(person, Means.BADGE, desk.clock())


def tapped(desk, person, day: date, *hours: str) -> list[Tap]:
    """Write taps of a day, in and out in turn."""
    kinds = [Whereabouts.IN, Whereabouts.OUT] * len(hours)
    with desk.write(by=person.staff_no) as tx:
        made = [
            tx.put(
                Tap(
                    person_id=person.id, day=day, at=at(desk, day, hour), kind=kind,
                    means=Means.BADGE, device="reader",
                )
            )
            for hour, kind in zip(hours, kinds, strict=False)
        ]  # fmt: skip
        tx.record("staff.signed_in", person=person.staff_no)
    return made


def on_leave(desk, person, kind, first, last, halves=(Half.MORNING, Half.AFTERNOON), **more):
    with desk.write(by=person.staff_no) as tx:
        subject = tx.new_subject()
        made = tx.put(
            Leave(
                number=f"L-{person.staff_no}-{first}", subject=subject, person_id=person.id,
                kind=kind, first_day=first, first_half=halves[0], last_day=last,
                last_half=halves[1], halves=2, reason=tx.seal(subject, "家中有事"),
                state=more.get("state", LeaveState.RETURNED), asked_at=tx.now, asked_by="2001",
                closed_at=more.get("closed_at", tx.now),
            )
        )  # fmt: skip
        tx.record("leave.requested", person=person.staff_no)
    return made


def out(desk, person, day: date, since: str, until: str) -> None:
    with desk.write(by=person.staff_no) as tx:
        subject = tx.new_subject()
        tx.put(
            Outing(
                number=f"O-{person.staff_no}-{day}", subject=subject, person_id=person.id,
                kind=OutingKind.BUSINESS, day=day, place=tx.seal(subject, "县里"),
                written_at=at(desk, day, since), started_at=at(desk, day, since),
                ended_at=at(desk, day, until), written_by="2001",
            )
        )  # fmt: skip
        tx.record("outing.started", person=person.staff_no)


def remark(desk, person, day: date, about: About, *, signed: bool) -> Remark:
    with desk.write(by=person.staff_no) as tx:
        subject = tx.new_subject()
        made = tx.put(
            Remark(
                number=f"R-{person.staff_no}-{day}-{about}", subject=subject, person_id=person.id,
                day=day, about=about, cause=tx.seal(subject, "送孩子"), written_at=tx.now,
                written_by=person.staff_no, head_at=tx.now if signed else None,
                leader_at=tx.now if signed else None,
            )
        )  # fmt: skip
        tx.record("remark.entered", person=person.staff_no)
    return made


def close_all(desk, clerk, until: date) -> None:
    """Close every open workday up to ``until``, with whoever becomes absent by it."""
    with desk.read() as book:
        waiting = open_workdays(desk, book, until)
    for day in waiting:
        with desk.read() as book:
            absent = day_book(desk, book, day).absent
        service.close_day(desk, proof(desk, clerk), day, absent)


def workdays(desk, first: date, last: date) -> list[date]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if desk.calendar.is_workday(day)]


PERSONAL = LeaveKind.PERSONAL
