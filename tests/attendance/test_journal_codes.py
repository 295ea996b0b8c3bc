"""The codes that attendance writes into the journal, each by the act of its own (clause 130)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from kiosk import features
from kiosk.attendance import service as taps
from kiosk.attendance.closing import service as books
from kiosk.attendance.closing.books import day_book, open_workdays
from kiosk.attendance.counters import acting
from kiosk.attendance.counters.models import AttendanceCase
from kiosk.attendance.honest import service as honest
from kiosk.attendance.leave import asking, ending, granting
from kiosk.attendance.leave.halves import Span
from kiosk.attendance.leave.rules import Asking
from kiosk.attendance.models import VoidReason
from kiosk.attendance.outing import service as outings
from kiosk.attendance.outing.rules import Back, Going
from kiosk.attendance.outing.service import Approval
from kiosk.attendance.remarks import service as remarks
from kiosk.attendance.remarks.models import About
from kiosk.attendance.remarks.rules import Said
from kiosk.attendance.stand_ins import service as stand_ins
from kiosk.attendance.weather import service as weather
from kiosk.desk import journal
from kiosk.desk.absence import Half, LeaveKind
from kiosk.desk.happenings import happenings, told
from kiosk.desk.people import Person, Rank, Role
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import use

GUARD = "2001"
CODES = (
    "staff.signed_in", "staff.signed_out", "tap.voided", "remark.entered", "remark.countersigned",
    "leave.requested", "leave.approved", "leave.returned", "outing.started", "outing.ended",
    "standin.accepted", "case.opened", "case.closed", "day.closed", "weather.on", "weather.off",
)  # fmt: skip


@pytest.fixture
def leader(desk, people) -> Person:
    assert people
    with desk.write() as tx:
        one = Person(
            staff_no="1101", name="钱芳", rank=Rank.LEADER_IN_CHARGE, role=Role.STAFF,
            department_id=people["1001"].department_id,
        )  # fmt: skip
        tx.put(one)
        tx.record("person.added", person="1101")
    return one


def entries(desk):
    with desk.read() as book:
        return list(journal.entries(book.connection, desk.gate))


def test_the_journal_codes_of_attendance_are_written_by_its_acts_and_have_words(
    desk, people, leader, desk_clock
):
    def proof(person: Person) -> Proof:
        return Proof(person, Means.BADGE, desk.clock())

    zhang, li_na, clerk = people["1001"], people["3001"], people["9001"]
    monday = desk.today()
    for one in people.values():
        taps.tap(desk, one, "door")
    made = taps.tap(desk, leader, "door")
    honest.void(desk, GUARD, made.tap_id, VoidReason.NOT_HOLDER, "3001")
    weather.switch_on(desk, GUARD, "黑色暴雨", "气象台", features.inside)
    with desk.read() as book:
        (signal,) = weather.on_now(book)
    weather.switch_off(desk, GUARD, signal.id)
    desk_clock.advance(hours=1)
    entry = stand_ins.ask(desk, GUARD, "3001", "9001", stand_ins.until_end_of(desk, monday))
    stand_ins.accept(desk, proof(clerk), entry)
    back = Back(desk.local(desk.clock()) + timedelta(hours=2))
    going = Going("县里", "开会", back)
    outings.start(desk, GUARD, "3001", going, Approval(zhang, Means.BADGE))
    taps.tap(desk, li_na, "door")
    desk_clock.advance(hours=1)
    taps.tap(desk, li_na, "door")
    desk_clock.advance(days=1)
    said = Said(monday, About.NO_SIGN_OUT, "忘了签退")
    remark = remarks.enter(desk, GUARD, "3001", said, proof(li_na))
    remarks.sign(desk, GUARD, remark.id, proof(zhang))
    tuesday = monday + timedelta(days=1)
    span = Span(tuesday, Half.MORNING, tuesday, Half.MORNING)
    wish = Asking(LeaveKind.ANNUAL, span, "回老家", "13800000000", "无", "2002")
    asked = asking.ask(desk, GUARD, proof(li_na), wish)
    with desk.read() as book:
        (entry,) = [one.id for one, *_ in stand_ins.open_entries(book) if one.accepted_at is None]
    taps.tap(desk, people["2002"], "door")
    stand_ins.accept(desk, proof(people["2002"]), entry)
    granting.approve(desk, GUARD, asked, proof(zhang))
    desk_clock.advance(days=1)
    ending.report_back(desk, GUARD, li_na, Means.BADGE)
    with desk.read() as book:
        waiting = open_workdays(desk, book, monday)
        absent = day_book(desk, book, monday).absent
    assert waiting == [monday]
    books.close_day(desk, proof(clerk), monday, absent)
    with desk.read() as book:
        cards = book.all(select(AttendanceCase))
    card = next(one for one in cards if one.person_id == li_na.id)
    acting.close_case(desk, GUARD, card.id, proof(leader), "谈过话")
    written = {one.code: one for one in entries(desk)}
    assert [code for code in CODES if code not in written] == []
    assert [code for code in CODES if code not in happenings()] == []
    for language in ("en", "zh_CN"):
        use(language)
        for code in CODES:
            words = told(code, written[code].facts_made())
            assert words
            assert "{" not in words
