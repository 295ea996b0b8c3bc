"""What the office wrote about attendance before the demo starts: leave, remarks, outings."""

from datetime import date, datetime, time, timedelta

from kiosk.attendance.counters import service as counters
from kiosk.attendance.leave import asking, ending, granting, reading
from kiosk.attendance.leave.halves import Span
from kiosk.attendance.leave.models import STAND_INS
from kiosk.attendance.leave.rules import Asking
from kiosk.attendance.outing import service as outings
from kiosk.attendance.outing.rules import Back, Going
from kiosk.attendance.outing.service import Approval
from kiosk.attendance.overtime import service as overtime
from kiosk.attendance.overtime.rules import Asked
from kiosk.attendance.remarks import service as remarks
from kiosk.attendance.remarks.models import About
from kiosk.attendance.remarks.rules import Said
from kiosk.attendance.spares import service as spares
from kiosk.attendance.stand_ins import service as stand_ins
from kiosk.demo import cast
from kiosk.demo.clock import DemoClock
from kiosk.demo.history_weeks import Weeks
from kiosk.desk.absence import Half, LeaveKind
from kiosk.desk.desk import Desk
from kiosk.desk.signing import Means
from kiosk.desk.transaction import Book

_ONE_DAY = timedelta(days=1)
_HANDOVER = "预算执行表已报到一半，下一步周五前汇总"
_LEADERS_HANDOVER = "防汛值班表待签发，下一步请孙副镇长代签"


class Office:
    """The papers of the ``weeks``, each on its day. ``today`` is the day the demo starts on."""

    def __init__(self, desk: Desk, clock: DemoClock, weeks: Weeks, today: date) -> None:
        self._desk, self._clock, self.weeks, self._today = desk, clock, weeks, today
        self._ends = _workday_after(desk, today)
        days = weeks.workdays
        self._acts = {
            days[-10]: self._sick, days[-8]: self._well_again, days[-6]: self._overdue_leave,
            days[-3]: self._leave_of_today, days[-1]: self._signed_remark,
        }  # fmt: skip
        weeks.away[days[-9]].add(cast.WAS_ILL)
        for day in days[-5:]:
            weeks.away[day].add(cast.NOT_REPORTED)
        weeks.away[days[-1]] |= {cast.ON_LEAVE, cast.PRINCIPAL}

    def acts(self, day: date) -> None:
        """Write what was written on ``day``; the clock stands at 10:00 or a little later."""
        write = self._acts.get(day)
        if write is not None:
            write()
            self._clock.advance(minutes=1)

    def _sick(self) -> None:
        day = self.weeks.workdays[-9]
        wanted = Asking(
            LeaveKind.SICK, _whole(day, day), "到县医院复查", "13900005051", _HANDOVER,
            cast.STANDS_IN_THEN,
        )  # fmt: skip
        self._granted(cast.WAS_ILL, wanted)

    def _well_again(self) -> None:
        who = self.weeks.person(cast.WAS_ILL)
        ending.report_back(self._desk, cast.OFFICE, who, Means.BADGE)

    def _overdue_leave(self) -> None:
        days = self.weeks.workdays
        wanted = Asking(
            LeaveKind.ANNUAL, _whole(days[-5], days[-3]), "回老家", "13900005071", _HANDOVER,
            cast.STANDS_IN_THEN,
        )  # fmt: skip
        self._granted(cast.NOT_REPORTED, wanted)

    def _leave_of_today(self) -> None:
        span = _whole(self.weeks.workdays[-1], self._ends)
        wanted = Asking(
            LeaveKind.ANNUAL, span, "陪老人看病", "13900005061", _HANDOVER, cast.STANDS_IN
        )
        self._granted(cast.ON_LEAVE, wanted)
        self._clock.advance(minutes=3)
        official = Asking(
            LeaveKind.OFFICIAL, span, "市里培训", "13900008001", _LEADERS_HANDOVER, cast.LEADER
        )
        self._granted(cast.PRINCIPAL, official)

    def _granted(self, staff_no: str, wanted: Asking) -> None:
        """Let somebody ask, the stand-in accept, and everybody sign who must."""
        leave_id = self._asked(staff_no, wanted)
        while True:
            with self._desk.read() as book:
                leave = reading.leave_by_id(book, leave_id)
                waiting = reading.waits_for(self._desk, book, leave, self.weeks.person(staff_no))
            if waiting is None:
                return
            self._clock.advance(seconds=40)
            signer = waiting.people[0].staff_no
            granting.approve(self._desk, cast.OFFICE, leave_id, self.weeks.proof(signer))

    def _asked(self, staff_no: str, wanted: Asking) -> str:
        leave_id = asking.ask(self._desk, cast.OFFICE, self.weeks.proof(staff_no), wanted)
        self._clock.advance(seconds=40)
        with self._desk.read() as book:
            entry = _stand_in_for(book, leave_id)
        stand_ins.accept(self._desk, self.weeks.proof(wanted.stand_in), entry)
        return leave_id

    def _signed_remark(self) -> None:
        """Let who was late say why, and let head and leader sign it on the same day."""
        said = Said(self._desk.work_day(self._clock()), About.LATE, "送孩子去医院，晚到四分钟")
        proof = self.weeks.proof(cast.STANDS_IN)
        remark = remarks.enter(self._desk, cast.OFFICE, cast.STANDS_IN, said, proof)
        for signer in (cast.HEAD, cast.LEADER):
            self._clock.advance(minutes=1)
            remarks.sign(self._desk, cast.OFFICE, remark.id, self.weeks.proof(signer))

    def this_morning(self, guard: str, now: datetime) -> None:
        """Write what the office wrote today; the demo begins at ``now`` (aware), a while later."""
        self.weeks.close_books(self._clock.now)
        for write in (self._leave_to_sign, self._remark_to_sign):
            self._clock.advance(seconds=30)
            write()
        self._clock.advance(seconds=30)
        self._badge_lent(guard)
        self._late_work(now)
        self._clock.advance(seconds=30)
        self._out(now)
        ending.note_overdue(self._desk)
        counters.lapse(self._desk)

    def _leave_to_sign(self) -> None:
        wanted = Asking(
            LeaveKind.PERSONAL, _whole(self._ends, self._ends), "搬家", "13900005001", _HANDOVER,
            cast.STANDS_IN_THEN,
        )  # fmt: skip
        self._asked(cast.ASKS_FOR_LEAVE, wanted)

    def _remark_to_sign(self) -> None:
        said = Said(self.weeks.workdays[-1], About.NO_SIGN_OUT, "下班直接去了县里，没有刷卡")
        if self.weeks.late_today:
            said = Said(self._desk.work_day(self._clock()), About.LATE, "路上修车")
        proof = self.weeks.proof(cast.LATE_TODAY)
        remarks.enter(self._desk, cast.OFFICE, cast.LATE_TODAY, said, proof)

    def _badge_lent(self, guard: str) -> None:
        pool = [spares.add(self._desk, guard, uid, no) for no, uid in cast.SPARE_UIDS.items()]
        spares.lend(self._desk, guard, pool[0].id, self.weeks.proof(cast.FORGOT_BADGE))

    def _late_work(self, now: datetime) -> None:
        """Let two work late tonight; on a day off all who came are on the list."""
        evening = datetime.combine(now.date(), time(18, 30), now.tzinfo)
        works = self._desk.calendar.is_workday(self._today)
        along = (cast.ALONG,) if works else tuple(self.weeks.came_today)
        wanted = Asked(
            evening if works else self._clock.now, evening + timedelta(hours=3), along,
            "三楼办公室", "3号备用钥匙", "汇总年报",
        )  # fmt: skip
        made = overtime.ask(self._desk, cast.OFFICE, cast.WORKS_LATE, wanted)
        overtime.approve(self._desk, cast.OFFICE, made.id, self.weeks.proof(cast.LEADER))

    def _out(self, now: datetime) -> None:
        head, leader = (Approval.signed(self.weeks.proof(who)) for who in (cast.HEAD, cast.LEADER))
        back = (now + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
        soon = Going(
            "县财政局", "送决算报表", Back(back + timedelta(minutes=30)), phone="13900005011"
        )
        outings.start(self._desk, cast.OFFICE, cast.OUT_NOW, soon, head)
        self._clock.advance(seconds=30)
        late = Going("红旗村", "走访低保户", Back(now + timedelta(minutes=5)), phone="13900005022")
        outings.start(self._desk, cast.OFFICE, cast.OUT_TOO_LONG, late, leader)


def _stand_in_for(book: Book, leave_id: str) -> str:
    [(entry, _person)] = book.all(STAND_INS, leave=leave_id)
    return entry.id


def _whole(first: date, last: date) -> Span:
    return Span(first, Half.MORNING, last, Half.AFTERNOON)


def _workday_after(desk: Desk, day: date) -> date:
    after = day + _ONE_DAY
    while not desk.calendar.is_workday(after):
        after += _ONE_DAY
    return after
