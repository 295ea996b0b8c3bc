"""What happened before the demo starts: yesterday's handover, and this morning until now."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from kiosk import features
from kiosk.attendance import service as attendance
from kiosk.demo.clock import DemoClock
from kiosk.demo.history_office import Office
from kiosk.demo.history_post import (
    instruct,
    leave_and_come_back,
    look_over_lock_up_list,
    notice_and_tag,
    sign_lock_up_list,
    write_duty_line,
)  # fmt: skip
from kiosk.demo.names import KEYS, PLACE_TAG, Key, workers
from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.loans import THING_BY_TAG, Approved
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.signing import Means, Proof
from kiosk.enquiries import service as enquiries
from kiosk.enquiries.models import FirstMeans
from kiosk.enquiries.rules import Asked
from kiosk.keys import service as keys
from kiosk.keys.service import Given, Terms
from kiosk.messages import service as messages
from kiosk.messages.rules import Said
from kiosk.parcels import service as parcels
from kiosk.parcels.rules import Arrived
from kiosk.passes import approving, asking, gate
from kiosk.passes.rules import Asking, Item
from shift_handover import matters
from shift_handover import service as handover
from shift_handover.matters import Entrusting
from shift_handover.models import Found, GiverKind, Mark
from shift_handover.rules import Finding, Report
from shift_handover.safety import service as safety
from visitors import appointments, reception, watch_list
from visitors.appointments import usual_times
from visitors.models import Answer, How
from visitors.rules import Details
from visitors.series import Repeat, expect_series
from visitors.service import Times
from visitors.watch_list import Listing
from visitors.watch_models import Level

DAY_GUARD, NIGHT_GUARD, MANAGER = "2001", "2002", "4001"
_MORNING_H, _EVENING_H = 8, 18
_GO_EVERY_S = 4


def hand_over_yesterday(
    desk: Desk, clock: DemoClock, midnight: datetime, office: Office | None = None
) -> None:
    """Let the day guard work, check the house, and hand over to the night guard at 18:00.

    With ``office`` everybody else comes and goes too on a workday, and the office writes.
    """
    day = (midnight - timedelta(hours=1)).date()
    lived = office if office is not None and day in office.weeks.workdays else None
    clock.now = midnight - timedelta(hours=24 - _MORNING_H)
    _tap(desk, DAY_GUARD)
    with desk.write(by=DAY_GUARD) as tx:
        posts.open_desk(tx, desk.gate, _person(desk, DAY_GUARD), Means.BADGE)
    notice_and_tag(desk, MANAGER, DAY_GUARD)
    last = list(workers())[-1].staff_no  # who works late
    if lived is not None:
        clock.advance(minutes=1)
        lived.weeks.come(day, but=last)
    clock.now = max(clock.now, midnight - timedelta(hours=15, minutes=35))
    _tap(desk, last)
    if lived is not None:
        lived.weeks.close_books(midnight - timedelta(hours=15))
        lived.acts(day)
    leave_and_come_back(desk, clock, DAY_GUARD)
    clock.now = midnight - timedelta(hours=8)
    matters.entrust(
        desk, DAY_GUARD,
        Entrusting(
            GiverKind.INSIDER, "陈师傅", "当班门卫", "明天下午有车来拉废纸板，请开东侧门",
            due=midnight + timedelta(hours=16),
        ),
    )  # fmt: skip
    _message_and_parcel(desk)
    _goods_on_a_pass(desk)
    clock.now = midnight - timedelta(hours=7, minutes=30)
    _lend(desk, KEYS[5], "5020", DAY_GUARD)  # it does not come back in time
    clock.now = midnight - timedelta(hours=6, minutes=40)
    check_house(desk, clock, DAY_GUARD, fault=True)
    write_duty_line(desk, DAY_GUARD)
    if lived is not None:
        lived.weeks.go(day, but=last, every_s=_GO_EVERY_S)
    clock.now = midnight - timedelta(hours=6, minutes=20)
    sign_lock_up_list(desk, DAY_GUARD, last)
    _tap(desk, last)
    clock.advance(minutes=2)
    look_over_lock_up_list(desk, DAY_GUARD)
    clock.now = midnight - timedelta(hours=24 - _EVENING_H)
    _tap(desk, NIGHT_GUARD)
    hand_over(desk, clock, DAY_GUARD, NIGHT_GUARD)
    clock.advance(minutes=5)
    _tap(desk, DAY_GUARD)


def _message_and_parcel(desk: Desk) -> None:
    """Somebody called for Li Na, and a courier left two pieces for Zhou Haiyan."""
    messages.take(
        desk, DAY_GUARD, "1002",
        Said("王小明（东川供水公司）", "水表检修改到下午三点，请回电", "13900001234", urgent=True),
    )  # fmt: skip
    parcels.arrive(desk, DAY_GUARD, "1003", Arrived("顺丰", "2号架", "SF1390000123456", count=2))


def _goods_on_a_pass(desk: Desk) -> None:
    """Let a projector out to the school on a pass, and take it back in the same hour."""
    asked = Asking(
        (Item("投影仪", 1, "ZC-2031"), Item("折叠椅", 20)), "借给中心小学开家长会",
        "中心小学 刘老师", desk.today(),
    )  # fmt: skip
    pass_id = asking.ask(desk, DAY_GUARD, "1002", asked)
    yes = Proof(_person(desk, MANAGER), Means.BADGE, desk.clock())
    approving.approve(desk, DAY_GUARD, pass_id, yes)
    gate.release(desk, DAY_GUARD, pass_id, {1: 1, 2: 20})
    gate.take_back(desk, DAY_GUARD, pass_id, {1: 1, 2: 20})


def check_house(desk: Desk, clock: DemoClock, by: str, *, fault: bool) -> None:
    """Walk through all items of the safety check, with one window that does not shut."""
    progress = safety.begin(desk, by)
    while (item := progress.next_item) is not None:
        clock.advance(seconds=45)
        if item.tagged and item.place not in progress.tapped:
            progress = safety.tap(desk, by, progress.round_id, PLACE_TAG)
        broken = fault and item.code == "windows_shut"
        finding = (
            Finding(
                Found.FAULT, what="窗户插销坏了", where="二楼东侧走廊", measure="已用绳子系住",
                told="马志强（管理部）",
            ) if broken else Finding(Found.NORMAL)
        )  # fmt: skip
        progress = safety.answer(desk, by, progress.round_id, item.code, finding)
    report = Report("马志强", "电话", "知道了，明早派人看" if fault else "知道了")
    safety.finish(desk, by, progress.round_id, report)


def hand_over(desk: Desk, clock: DemoClock, outgoing: str, incoming: str) -> None:
    """Freeze, read every line, sign twice."""
    frozen = handover.freeze(desk, outgoing, features.outstanding)
    for thing in frozen.document.things:
        clock.advance(seconds=5)
        if thing.urgency is Urgency.NOW:
            step = thing.next_step
            handover.mark(desk, incoming, frozen.id, thing.key, Mark.KNOWN, picked=step)
        else:
            handover.mark_known(desk, incoming, frozen.id, [thing.key])
    first, second = (
        Proof(_person(desk, who), Means.BADGE, desk.clock()) for who in (outgoing, incoming)
    )
    handover.accept(desk, frozen.id, first, second, features.outstanding)


def morning(desk: Desk, clock: DemoClock, now: datetime, office: Office) -> None:
    """Let the day happen until ``now``: handover, rush, the evening's relief, keys and visitors."""
    start = datetime.combine(now.date(), time(_MORNING_H), now.tzinfo)
    if now < start + timedelta(hours=1):
        start = now - timedelta(hours=1)
    clock.now = start - timedelta(minutes=12)
    _tap(desk, DAY_GUARD)
    clock.advance(minutes=10)
    hand_over(desk, clock, NIGHT_GUARD, DAY_GUARD)
    clock.advance(minutes=1)  # home before the rush: no tap is older than the one before it
    _tap(desk, NIGHT_GUARD)
    office.weeks.come_today(start, now)
    office.this_morning(DAY_GUARD, now)
    guard = _evening(desk, clock, now)
    clock.now = now - timedelta(minutes=25)
    _lend(desk, KEYS[2], "5008", guard)
    instruct(desk, guard)
    _enquiry(desk, clock, guard)
    _visits(desk, clock, now, guard)
    clock.now = now


def _evening(desk: Desk, clock: DemoClock, now: datetime) -> str:
    """Relieve the day guard when the day shift was over half an hour ago; return who is on post."""
    relief = datetime.combine(now.date(), time(_EVENING_H), now.tzinfo)
    if now < relief + timedelta(minutes=30):
        return DAY_GUARD
    clock.now = relief - timedelta(minutes=40)
    check_house(desk, clock, DAY_GUARD, fault=False)
    clock.now = relief - timedelta(minutes=4)
    _tap(desk, NIGHT_GUARD)
    hand_over(desk, clock, DAY_GUARD, NIGHT_GUARD)
    clock.advance(minutes=3)
    _tap(desk, DAY_GUARD)
    return NIGHT_GUARD


def _enquiry(desk: Desk, clock: DemoClock, guard: str) -> None:
    """Somebody asked the guard about another section's matter, and was shown the way there."""
    asked = Asked(
        "临时救助怎么申请", own_duty=False, enquirer="徐桂兰", unit="红旗村", phone="13300133000"
    )
    clock.advance(minutes=1)
    opened = enquiries.open_enquiry(desk, guard, guard, FirstMeans.OPERATOR, asked)
    enquiries.lead(desk, guard, opened, "1006")


def _lend(desk: Desk, key: Key, holder: str, guard: str) -> None:
    with desk.read() as book:
        thing = book.one(THING_BY_TAG, tag=key.tag)
    if thing is None:
        raise LookupError(f"no key {key.label}")
    word = Given(Approved.TAP, (_person(desk, MANAGER),))  # the day before may be a day off
    keys.lend(desk, thing.id, _person(desk, holder), guard, Terms(given=word))


def _visits(desk: Desk, clock: DemoClock, now: datetime, guard: str) -> None:
    expect_visitors(desk, now)
    expect_the_days_after(desk, now)
    clock.now = now - timedelta(minutes=22)
    first = appointments.expect(
        desk, "3001",
        Details("王小明", "水表检修", "Mr", "东川供水公司", "13900001234", 2, "工具箱 1"), "1003",
        Times(clock.now, now + timedelta(hours=2)), How.PHONE,
    )  # fmt: skip
    reception.admit(desk, guard, first)
    clock.now = now - timedelta(minutes=9)
    waiting = reception.walk_in(
        desk, guard, Details("周敏", "咨询低保手续", "Ms", "红旗村三组"), "1006"
    )
    reception.ask(desk, guard, waiting, How.PHONE)
    clock.advance(minutes=1)
    reception.answer(desk, guard, waiting, Answer.NOT_REACHED, How.PHONE)


def expect_visitors(desk: Desk, now: datetime) -> None:
    """Today's appointments, as the receptionist entered them."""
    expected: Sequence[tuple[Details, str, int, How | None]] = (
        (Details("赵敏", "查阅档案", "Ms", "市档案馆", "13800138000"), "1004", 15, How.PHONE),
        (
            Details("孙强", "屋面施工", "Mr", "建安公司", "13700137000", 4, "梯子 1"),
            "1003", 40, How.MESSAGE,
        ),
        (Details("欧阳娜娜", "送审材料", "Ms", "审计事务所"), "1007", 75, How.PHONE),
        (Details("何䶮", "采访", "Mr", "县广播站"), "1005", 120, None),
    )  # fmt: skip
    office = Proof(_person(desk, "4001"), Means.BADGE, desk.clock())
    listing = Listing(Level.REFUSE, "曾在大厅吵闹", "章薇", say="今天不便接待，请先打电话预约。")
    watch_list.add(desk, "3001", listing, office)
    for details, host, minutes, confirmed in expected:
        start = now + timedelta(minutes=minutes)
        appointments.expect(
            desk, "3001", details, host, Times(start, start + timedelta(hours=2)), confirmed
        )


def expect_the_days_after(desk: Desk, now: datetime) -> None:
    """Announce a group for tomorrow, a cleaner for every workday: two letters at F2 find both."""
    first = now + timedelta(days=1)
    group = Details(
        "马志强", "节能改造勘察", "Mr", "节能公司", "13600136000", 3, companions="许静",
        note="带图纸，先到值班台登记",
    )  # fmt: skip
    appointments.expect(desk, "3001", group, "1003", usual_times(desk, first), How.PHONE)
    cleaner = Details("黄秀英", "窗户保洁", "Ms", "洁净保洁公司")
    week = Repeat(desk.local(first).date() + timedelta(days=13))
    expect_series(desk, "3001", cleaner, "1006", usual_times(desk, first), week, How.MESSAGE)


def _person(desk: Desk, staff_no: str) -> Person:
    with desk.read() as book:
        return person_by_staff_no(book, staff_no)


def _tap(desk: Desk, staff_no: str) -> None:
    attendance.tap(desk, _person(desk, staff_no), "读卡器")
