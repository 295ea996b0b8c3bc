"""The weeks before the demo starts: who came and went, and the books closed day by day."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import product

from kiosk.attendance import service as attendance
from kiosk.attendance.closing import months
from kiosk.attendance.closing import service as closing
from kiosk.attendance.counters import service as counters
from kiosk.attendance.hours import roster_import
from kiosk.demo import cast
from kiosk.demo.clock import DemoClock
from kiosk.demo.names import KNOWN, workers
from kiosk.desk.calendar import WorkCalendar
from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.table_file import FileRow

_ONE_DAY = timedelta(days=1)
_BACK_DAYS, _OF_LAST_MONTH_DAYS, _PUBLISHED_DAYS_AGO = 21, 3, 5
_COME, _GO = time(8, 1), time(17, 31)
_EVERY_S = 11
_ROSTER_DAYS = 14
_FEWEST = 12
_NEXT_FIRST = 29  # so many further down begins the next day's queue
_MISSED_DAYS = 4  # of last week, in a row
_WORDS = "上午在县里送材料"


def begins(calendar: WorkCalendar, today: date) -> date:
    """Return the first day that the demo's books know: some days of last month are among them.

    Long holidays push it back: the story of the office needs ``_FEWEST`` workdays.
    """
    last_month = today.replace(day=1) - timedelta(days=_OF_LAST_MONTH_DAYS)
    first = min(today - timedelta(days=_BACK_DAYS), last_month)
    while sum(calendar.is_workday(day) for day in _days(first, today)) < _FEWEST:
        first -= _ONE_DAY
    return first


class Weeks:
    """The workdays from the first one until yesterday, as the house lived them.

    ``away`` says who does not come on a day, ``came_today`` who came this morning, both by staff
    number; ``late_today`` that one was late.
    """

    def __init__(self, desk: Desk, clock: DemoClock, today: date) -> None:
        self.desk, self._clock, self._today = desk, clock, today
        with desk.read() as book:
            self.people = {one.staff_no: one for one in book.all(EVERYONE)}
        self._staff = [one.staff_no for one in workers() if one.staff_no not in cast.GUARDS]
        self.workdays = [
            day
            for day in _days(begins(desk.calendar, today), today)
            if desk.calendar.is_workday(day)
        ]
        monday = today - timedelta(days=today.weekday())
        self.last_week = [
            day for day in self.workdays if monday - timedelta(days=7) <= day < monday
        ]
        self.away: dict[date, set[str]] = {day: set() for day in self.workdays}
        for day in self.last_week[:_MISSED_DAYS]:
            self.away[day].add(cast.STAYED_AWAY)
        self.came_today: list[str] = []
        self.late_today = False
        yesterday = today - _ONE_DAY  # the guards are on its roster also when it is a day off
        self._open = sorted({*self.workdays, yesterday})
        self._published = False

    def live(self, acts: Callable[[date], None]) -> None:
        """Let every workday before yesterday happen; ``acts`` are what is written on a day."""
        for day in self.workdays:
            if day == self._today - _ONE_DAY:
                return
            self._clock.now = _at(self.desk, day, _COME)
            self.come(day)
            self.close_books(_at(self.desk, day, time(9)))
            self._clock.now = _at(self.desk, day, time(10))
            acts(day)
            self.go(day)

    def come(self, day: date, *, but: str = "") -> None:
        """Let everybody come who comes on ``day``: most in time, from now on, some late."""
        late = self.late_on(day)
        for staff_no in self._present(day, but):
            if staff_no not in late:
                self._tap(staff_no)
                self._clock.advance(seconds=_EVERY_S)
        for n, staff_no in enumerate(late):
            self._clock.now = _at(self.desk, day, time(8, 33)) + n * timedelta(minutes=4)
            self._tap(staff_no)

    def go(self, day: date, *, but: str = "", every_s: float = _EVERY_S) -> None:
        """Let everybody go home; one goes early now and then, and one forgets to tap."""
        present = self._present(day, but)
        n = self.workdays.index(day)
        early, forgets = present[(13 * n + 40) % len(present)], present[(17 * n + 7) % len(present)]
        if n % 3:
            early = ""
        else:
            self._clock.now = _at(self.desk, day, time(17, 9))
            self._tap(early)
        self._clock.now = _at(self.desk, day, _GO)
        if day == self.workdays[-1]:
            forgets = cast.LATE_TODAY
        elif n % 2:
            forgets = ""
        for staff_no in present:
            if staff_no not in {forgets, early}:
                self._tap(staff_no)
                self._clock.advance(seconds=every_s)

    def come_today(self, start: datetime, now: datetime) -> None:
        """Let come who comes today, from ``start`` on (aware); the demo begins at ``now``.

        The cards of the tray come later, by hand. On a day off few are here, by name on the
        overtime list, and not the leader who signs it; one is late on a workday unless the demo
        begins before that.
        """
        late = start + timedelta(minutes=33)
        works = self.desk.calendar.is_workday(self._today)
        self.late_today = works and late + timedelta(minutes=30) <= now
        away = {cast.ON_LEAVE, cast.NOT_REPORTED, *([cast.LATE_TODAY] if self.late_today else [])}
        if not works:
            away.add(cast.LEADER)
        own = [one.staff_no for one in list(workers())[KNOWN:]] if works else cast.ON_A_DAY_OFF
        self.came_today = [one for one in (*cast.FIRST_TO_COME, *own) if one not in away]
        for n, staff_no in enumerate(self.came_today):
            self._clock.now = start + timedelta(seconds=_EVERY_S * n)
            self._tap(staff_no)
        self._clock.now = start + timedelta(minutes=24)
        if self.late_today:
            self._clock.now = late
            self._tap(cast.LATE_TODAY)

    def late_on(self, day: date) -> list[str]:
        """Return who is late on ``day``: somebody else each day, and one all through last week."""
        n = self.workdays.index(day)
        late = [self._staff[(7 * n + 30) % len(self._staff)]] if n % 2 else []
        late += [cast.OFTEN_LATE] if day in self.last_week else []
        late += [cast.STANDS_IN] if day == self.workdays[-1] else []
        late += [cast.OBJECTS] if not n else []
        return [one for one in dict.fromkeys(late) if one not in self.away[day]]

    def close_books(self, at: datetime) -> None:
        """Close every due day that is over, count it, and publish last month when it is its time.

        ``at`` is aware.
        """
        self._clock.now = at
        today = self.desk.work_day(at)
        while self._open and self._open[0] < today:
            day = self._open.pop(0)
            self._close(day)
            self._clock.advance(seconds=20)
            with self.desk.write() as tx:
                counters.count(self.desk, tx, day)
            self._clock.advance(seconds=20)
        if not self._published and self._today - today <= timedelta(days=_PUBLISHED_DAYS_AGO):
            self._publish(today)

    def _close(self, day: date) -> None:
        """Close a day; when somebody becomes absent by it the clerk confirms how many."""
        clerk = self.proof(cast.OFFICE)
        try:
            closing.close_day(self.desk, clerk, day)
        except Refused as asked:
            if asked.code != "closing.ask_again":
                raise
            closing.close_day(self.desk, clerk, day, sure_of=asked.facts["absent"])

    def _publish(self, today: date) -> None:
        this_month = self._today.replace(day=1)
        known = self.workdays[0] < this_month
        if today < this_month or not known or (self._open and self._open[0] < this_month):
            return
        last_month = (this_month - _ONE_DAY).replace(day=1)
        months.publish(self.desk, self.proof(cast.OFFICE), last_month)
        self._published = True
        self._clock.advance(minutes=1)
        months.enter_objection(self.desk, self.proof(cast.OBJECTS), self.workdays[0], _WORDS)
        self._clock.advance(seconds=30)

    def proof(self, staff_no: str) -> Proof:
        """Return that somebody proved himself now, by badge and PIN."""
        return Proof(self.people[staff_no], Means.BADGE, self._clock())

    def person(self, staff_no: str) -> Person:
        """Return one of the house."""
        return self.people[staff_no]

    def _present(self, day: date, but: str) -> list[str]:
        """Return who comes on ``day``, in the order of that day: nobody is always the first."""
        first = _NEXT_FIRST * self.workdays.index(day) % len(self._staff)
        order = [*self._staff[first:], *self._staff[:first]]
        return [one for one in order if one not in self.away[day] and one != but]

    def _tap(self, staff_no: str) -> None:
        attendance.tap(self.desk, self.people[staff_no], "读卡器")


def roster_of_the_guards(desk: Desk, today: date) -> None:
    """Put the guards on the roster from yesterday on: who keeps the gate has no office hours."""
    days = _days(today - _ONE_DAY, today + timedelta(days=_ROSTER_DAYS))
    shifts = tuple(one.name for one in desk.settings.work_shifts)
    rows = [
        FileRow(line, {"staff_no": guard, "day": day.isoformat(), "shift": shift})
        for line, (day, (guard, shift)) in enumerate(
            product(days, zip(cast.GUARDS, shifts, strict=True)), 1
        )
    ]
    with desk.write(by=cast.OFFICE) as tx:
        roster_import.apply(tx, roster_import.check(tx, rows, shifts))


def _days(first: date, before: date) -> Iterator[date]:
    day = first
    while day < before:
        yield day
        day += _ONE_DAY


def _at(desk: Desk, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, desk.zone)
