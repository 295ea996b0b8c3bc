"""Outings, leave and stand-ins as rows: what makes them is another feature."""

from datetime import date, timedelta

import pytest

from kiosk.desk.absence import Half, Leave, LeaveKind, LeaveState, Outing, OutingKind, StandIn
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person


class Absences:
    """Puts outings, leave and stand-ins of the people into the book of ``desk``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made = 0

    def outing(self, person: Person, place: str = "县财政局", **fields: object) -> Outing:
        """Send somebody out now; ``fields`` are the row's."""
        with self._desk.write() as tx:
            self._made += 1
            subject = tx.new_subject()
            day = self._desk.work_day(tx.now)
            row = Outing(
                number=f"T{self._made}", subject=subject, person_id=person.id,
                kind=OutingKind.BUSINESS, place=tx.seal(subject, place),
                why=tx.seal(subject, "私事秘密"), written_by="2001",
                **({"day": day, "written_at": tx.now, "started_at": tx.now} | fields),
            )  # fmt: skip
            tx.put(row)
            tx.record("outing.started", number=row.number)
        return row

    def leave(
        self, person: Person, first: date, last: date, half: Half = Half.AFTERNOON,
        begins: Half = Half.MORNING, state: LeaveState = LeaveState.APPROVED,
    ) -> Leave:  # fmt: skip
        """Grant somebody sick leave."""
        with self._desk.write() as tx:
            self._made += 1
            subject = tx.new_subject()
            row = Leave(
                number=f"T{self._made}", subject=subject, person_id=person.id, kind=LeaveKind.SICK,
                first_day=first, first_half=begins, last_day=last, last_half=half, halves=1,
                reason=tx.seal(subject, "住院手术"), state=state, asked_at=tx.now, asked_by="2001",
                approved_at=tx.now,
            )  # fmt: skip
            tx.put(row)
            tx.record("leave.approved", number=row.number)
        return row

    def stand_in(self, absent: Person, by: Person, *, accepted: bool = True) -> StandIn:
        """Have somebody stand in from an hour ago on."""
        with self._desk.write() as tx:
            self._made += 1
            row = StandIn(
                number=f"T{self._made}", absent_id=absent.id, stand_in_id=by.id,
                from_at=tx.now - timedelta(hours=1), asked_at=tx.now, asked_by="2001",
                accepted_at=tx.now if accepted else None,
            )  # fmt: skip
            tx.put(row)
            tx.record("standin.accepted", number=row.number)
        return row


@pytest.fixture
def absences(desk, people) -> Absences:  # noqa: ARG001 - the people must be there
    """What writes absences into the desk's book."""
    return Absences(desk)
