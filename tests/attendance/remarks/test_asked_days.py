"""Which days ask for a remark, and that any order of signatures ends in the same rule."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kiosk.attendance import service as taps
from kiosk.attendance.remarks import service
from kiosk.attendance.remarks.asking import AskedDays, waiting
from kiosk.attendance.remarks.models import About
from kiosk.attendance.remarks.rules import Said
from kiosk.attendance.reports import attendance
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period

TODAY = date(2026, 11, 23)
LATE = Said(TODAY, About.LATE, "堵车")


def asked(desk, staff_no):
    return [
        (one.day, one.about, one.minutes)
        for one in AskedDays(desk).read()
        if one.person.staff_no == staff_no
    ]


def test_a_late_day_asks_until_a_remark_stands_and_again_when_it_is_refused(desk, late, proof):
    assert asked(desk, late.staff_no) == [(TODAY, About.LATE, 25)]
    row = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    assert asked(desk, "3001") == []
    assert [one.remark.number for one in waiting(desk)] == [row.number]
    service.refuse(desk, "2001", row.id, proof("1001"), "不属实")
    assert asked(desk, "3001") == [(TODAY, About.LATE, 25)]


def test_what_a_day_lacks_is_asked_only_once_it_is_over(desk, late, house, desk_clock):
    assert asked(desk, "3002") == []
    desk_clock.advance(days=1)
    assert asked(desk, "3002") == [(TODAY, About.NO_TAP, 0)]
    assert asked(desk, late.staff_no) == [
        (TODAY, About.LATE, 25), (TODAY, About.NO_SIGN_OUT, 0),
    ]  # fmt: skip
    assert house["2001"].staff_no not in {one.person.staff_no for one in AskedDays(desk).read()}


def test_who_leaves_before_the_end_is_asked_about_that(desk, late, desk_clock):
    desk_clock.advance(hours=7)  # 15:55
    taps.tap(desk, late, "door")
    desk_clock.advance(days=1)
    assert asked(desk, "3001")[1] == (TODAY, About.EARLY, 95)


@pytest.mark.usefixtures("late")
def test_the_list_of_the_month_follows_every_later_change(desk, house, proof, desk_clock):
    reader = AskedDays(desk)
    desk_clock.advance(days=1)
    before = len(reader.read())
    service.enter(desk, "2001", "3001", LATE, proof("3001"))
    assert len(reader.read()) == before - 1
    taps.tap(desk, house["3002"], "door")  # late today
    assert len(reader.read()) == before
    desk_clock.advance(days=7)  # December: the month before is the month sheet's
    assert reader.read() == []


def test_clause_132_a_leaders_day_asks_and_stands_on_the_sheet_like_everybodys(
    desk, house, late, proof
):
    taps.tap(desk, house["8002"], "door")
    assert asked(desk, "8002") == [(TODAY, About.LATE, 25)]
    service.enter(desk, "2001", "8002", LATE, proof("8002"))
    with desk.read() as book:
        lines = {row[1]: row for row in attendance(desk, book, Period(TODAY, TODAY)).rows}
    assert lines["8002"][6] == lines[late.staff_no][6] == "25"
    assert lines["8002"][8] == "BZ1 Came late to be signed"


_SIGNERS = st.lists(
    st.sampled_from(["1001", "8001", "8002", "7001", "3001", "3002", "2001"]), max_size=8
)


@examples(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(signers=_SIGNERS)
def test_clause_24_whoever_tries_in_whatever_order_it_takes_the_head_and_a_leader(
    desk, house, late, proof, signers
):
    wrong = Said(TODAY, About.TAP, "刷卡机故障")  # of those a day may have several
    row = service.enter(desk, "2001", late.staff_no, wrong, proof("3001"))
    for staff_no in signers:
        with suppress(Refused):
            row = service.sign(desk, "2001", row.id, proof(staff_no))
    by_head, by_leader = "1001" in signers, bool({"8001", "8002"} & set(signers))
    assert row.missing == 2 - by_head - by_leader
    assert row.excuses == (by_head and by_leader)
    assert row.head_id in {None, house["1001"].id}
