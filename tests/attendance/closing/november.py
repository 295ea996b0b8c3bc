"""The book of November 2026 whose sheet november.txt works out by hand."""

from datetime import UTC, date, datetime

from month_of_work import close_all, on_leave, out, remark, tapped, workdays

from kiosk.attendance.models import TapVoid, VoidReason
from kiosk.attendance.remarks.models import About
from kiosk.desk.absence import Half, LeaveKind

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
AFTER = datetime(2026, 12, 1, 0, 20, tzinfo=UTC)
USUAL = ("08:20", "17:40")


def day(n: int) -> date:
    return date(2026, 11, n)


ZHANG = {3: ("09:00", "17:40"), 4: ("08:50", "17:40"), 5: ("08:20", "16:30"), 6: (),
         9: (), 10: (), 11: ("12:55", "17:40")}  # fmt: skip
LI = {12: (), 13: ("08:20",), 14: ("09:00", "12:00"), 17: (), 30: ()}


def written(desk, people, clock) -> None:
    """Write the month, and close its days but the last."""
    clock.now = AFTER
    every = dict.fromkeys(workdays(desk, FIRST, LAST), USUAL)
    for staff_no, other in (("1001", ZHANG), ("3001", LI), ("9001", {})):
        for one, hours in sorted((every | {day(n): hours for n, hours in other.items()}).items()):
            made = tapped(desk, people[staff_no], one, *hours) if hours else []
            if (staff_no, one) == ("3001", day(16)):
                _void(desk, made)
    zhang, li = people["1001"], people["3001"]
    remark(desk, zhang, day(4), About.LATE, signed=True)
    remark(desk, li, day(17), About.NO_TAP, signed=True)
    on_leave(desk, zhang, LeaveKind.PERSONAL, day(9), day(10))
    on_leave(desk, zhang, LeaveKind.SICK, day(11), day(11), (Half.MORNING, Half.MORNING))
    out(desk, li, day(12), "08:30", "17:30")
    close_all(desk, people["9001"], day(27))


def _void(desk, taps) -> None:
    with desk.write(by="2001") as tx:
        for tap in taps:
            tx.put(
                TapVoid(
                    tap_id=tap.id, day=tap.day, at=tx.now, by="2001", reason=VoidReason.NOT_HOLDER
                )
            )
        tx.record("tap.voided", n=len(taps))
