"""Lets the people of October do what happenings.txt says, through the use cases, hour by hour.

It derives nothing: it moves the clock to each moment in order and calls what a screen would call.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from october_people import Clock
from october_steps import Step

from kiosk import features
from kiosk.attendance import service as attendance
from kiosk.attendance.closing import service as closing
from kiosk.attendance.closing.books import day_book
from kiosk.attendance.counters import service as counters
from kiosk.attendance.honest import service as honest
from kiosk.attendance.leave import asking, ending, granting
from kiosk.attendance.leave.halves import Span
from kiosk.attendance.leave.models import EVERY_LEAVE
from kiosk.attendance.leave.rules import Asking
from kiosk.attendance.models import TAPS_OF_BETWEEN, VoidReason
from kiosk.attendance.outing import rules as outing_rules
from kiosk.attendance.outing import service as outings
from kiosk.attendance.remarks import service as remarks
from kiosk.attendance.remarks.models import WRITTEN_ABOUT, About
from kiosk.attendance.remarks.rules import Said
from kiosk.attendance.stand_ins import service as stand_ins
from kiosk.attendance.weather import service as weather
from kiosk.desk import leaving
from kiosk.desk.absence import OPEN_OUTINGS_OF, Half, Leave, LeaveKind, LeaveState
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.stand_in import stand_in_of

CLERK, GUARD = "2119", "2118"
_HALVES = {"am": Half.MORNING, "pm": Half.AFTERNOON}


@dataclass
class October:
    """The month as it runs. ``refused`` says what was refused, ``notes`` what somebody was told."""

    desk: Desk
    clock: Clock
    people: Mapping[str, Person]
    taps: dict[str, str] = field(default_factory=dict)
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def run(self, steps: list[Step]) -> None:
        """Do the steps; one that is to be refused says with which code at its end."""
        for step in steps:
            self.clock.now = self.at(step.day, step.hour)
            words = list(step.words)
            code = words.pop() if len(words) > 1 and words[-2] == "refused" else ""
            if code:
                words.pop()
            said = self._said(step, words)
            assert said == code, (step, said)
            if said:
                self.refused.append(said)

    def _said(self, step: Step, words: list[str]) -> str:
        """Do a step; return the code with which it was refused, "" for none."""
        try:
            getattr(self, step.verb)(*words)
        except Refused as refused:
            return refused.code
        return ""

    def at(self, day: int, hour: time) -> datetime:
        first = date(2026, 10, 1) + timedelta(days=day - 1)
        return datetime.combine(first, hour, self.desk.zone)

    def today(self) -> date:
        return self.desk.work_day(self.clock.now)

    def proof(self, who: str, means: Means = Means.BADGE) -> Proof:
        return Proof(self.people[who], means, self.clock.now)

    # Taps.

    def tap(self, who: str) -> None:
        self._note(who, attendance.tap(self.desk, self.people[who], "door"))

    comes = goes = night = tap

    def number(self, who: str) -> None:
        proof = self.proof(who, Means.NO_BADGE)
        self._note(who, attendance.sign_by_number(self.desk, proof, GUARD))

    def _note(self, who: str, result: attendance.TapResult) -> None:
        assert not result.shown_again, (who, self.clock.now)
        assert result.doubt is None
        self.taps[who] = result.tap_id
        self.acknowledged.append(result.tap_id)

    def turns(self, who: str) -> None:
        attendance.change(self.desk, self.taps[who], who)

    def void(self, by: str, who: str, carrier: str) -> None:
        honest.void(self.desk, by, self.taps[who], VoidReason.NOT_HOLDER, carrier)

    # Remarks.

    def remark(self, who: str, about: str) -> None:
        self.remark_of(self.today(), who, About(about))

    def remark_of(self, day: date, who: str, about: About = About.LATE) -> None:
        said = Said(day, about, "路上堵车")
        remarks.enter(self.desk, GUARD, who, said, self.proof(who))

    def phoned(self, clerk: str, who: str) -> None:
        said = Said(self.today(), About.LATE, "在县里开会", called_by=who, called_at=self.clock.now)
        remarks.enter(self.desk, clerk, who, said, self.proof(clerk))

    def confirm(self, who: str) -> None:
        remarks.confirm(self.desk, GUARD, self._remark(who), self.proof(who))

    def sign(self, signer: str, who: str, why: str = "") -> None:
        remarks.sign(self.desk, GUARD, self._remark(who), self.proof(signer), why)

    def _remark(self, who: str) -> str:
        with self.desk.read() as book:
            found = book.all(WRITTEN_ABOUT, first=date(2026, 10, 1), last=date(2026, 10, 31))
        return [one.id for one, person in found if person.staff_no == who][-1]

    # Leave.

    def leave(self, who: str, kind: str, first: str, last: str, stand_in: str) -> None:
        wanted = Asking(
            LeaveKind(kind), _span(first, last), "家中有事", matters="无", stand_in=stand_in
        )
        asking.ask(self.desk, GUARD, self.proof(who), wanted)

    def imported_leave(self, who: str, kind: str, first: str, last: str) -> None:
        """Write a granted leave as no screen would: two rows for one half day."""
        span, now = _span(first, last), self.clock.now
        with self.desk.write() as tx:
            tx.put(
                Leave(
                    number=f"OLD-{who}", subject=tx.new_subject(),
                    person_id=self.people[who].id, kind=LeaveKind(kind),
                    first_day=span.first_day, first_half=span.first_half, last_day=span.last_day,
                    last_half=span.last_half, halves=2, state=LeaveState.RETURNED, asked_at=now,
                    asked_by=who, approved_at=now, closed_at=now,
                )
            )  # fmt: skip
            tx.record("test.imported", person=who)

    def approves(self, signer: str, who: str) -> None:
        granting.approve(self.desk, GUARD, self._leave(who), self.proof(signer))

    def _leave(self, who: str) -> str:
        with self.desk.read() as book:
            found = book.all(EVERY_LEAVE)
        return [one.id for one in found if one.person_id == self.people[who].id][-1]

    def returns(self, who: str) -> None:
        ending.report_back(self.desk, GUARD, self.people[who], Means.BADGE)

    # Stand-ins.

    def names(self, absent: str, stand_in: str) -> None:
        with self.desk.read() as book:
            what = stand_ins.behind(self.desk, book, self.people[absent])
        stand_ins.ask(self.desk, GUARD, absent, stand_in, what)

    def accepts(self, stand_in: str, absent: str) -> None:
        with self.desk.read() as book:
            found = [
                one.id for one in stand_ins.open_stand_ins(self.desk, book)
                if (one.stand_in.staff_no, one.absent.staff_no) == (stand_in, absent)
            ]  # fmt: skip
        stand_ins.accept(self.desk, self.proof(stand_in), found[-1])

    def stands_in(self, absent: str, expected: str) -> None:
        with self.desk.read() as book:
            found = stand_in_of(book, self.people[absent], self.clock.now)
        assert found is not None
        assert found.staff_no == expected

    # Outings and weather.

    def out(self, who: str, approver: str, back: str) -> None:
        by = None if back == "-" else datetime.combine(
            self.today(), time.fromisoformat(back), self.desk.zone
        )  # fmt: skip
        said = outing_rules.Going("县里", "办事", outing_rules.Back(by, not_today=by is None))
        outings.start(self.desk, GUARD, who, said, outings.Approval.signed(self.proof(approver)))

    def safe(self, who: str) -> None:
        with self.desk.read() as book:
            found = book.all(OPEN_OUTINGS_OF, person=self.people[who].id)
        assert weather.mark_safe(self.desk, GUARD, found[0].id, "县政府").safe

    def weather_on(self, by: str, name: str) -> None:
        weather.switch_on(self.desk, by, name, "气象台", features.inside)

    def weather_off(self, by: str) -> None:
        with self.desk.read() as book:
            found = weather.on_now(book)
        assert weather.switch_off(self.desk, by, found[0].id) == ()

    def cannot_come(self, who: str, approver: str) -> None:
        weather.cannot_come(self.desk, GUARD, who, approver, "路被淹")

    # The office.

    def leaves(self, who: str) -> None:
        leaving.leave(self.desk, self.proof(CLERK), who, lambda *_: [], features.end_for_leaver)

    def jobs(self) -> None:
        """Do what the kiosk does by itself every hour."""
        outings.lapse(self.desk)
        stand_ins.lapse(self.desk)
        ending.note_overdue(self.desk)
        counters.lapse(self.desk)

    def close(self, day: str) -> None:
        """Close a day as the clerk does: told how many become absent by it, he says yes."""
        first = date(2026, 10, int(day))
        with self.desk.read() as book:
            absent = day_book(self.desk, book, first).absent
        closing.close_day(self.desk, self.proof(CLERK), first, absent)

    def raw_taps(self) -> Iterator[str]:
        for person in self.people.values():
            with self.desk.read() as book:
                yield from (
                    one.id for one in book.all(
                        TAPS_OF_BETWEEN, person=person.id, first=date(2026, 10, 1),
                        last=date(2026, 11, 1),
                    ) if not one.corrects
                )  # fmt: skip


def _span(first: str, last: str) -> Span:
    def day(text: str) -> date:
        return date(2026, 10, int(text[:-2]))

    return Span(day(first), _HALVES[first[-2:]], day(last), _HALVES[last[-2:]])
