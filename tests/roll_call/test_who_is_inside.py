"""Who a roll call looks for: visitors certain and doubtful, staff by taps and posts, things out."""

import time

import pytest

from kiosk.desk.inside import Sort
from kiosk.desk.people import Person, Rank, Role
from kiosk.desk.presence import Presence, Whereabouts
from kiosk.features import inside
from kiosk.roll_call import service
from kiosk.roll_call.models import RollKind
from kiosk.roll_call.standing import standing
from visitors import departures
from visitors.models import LeftHow

GUARD = "2001"


def found(desk):
    with desk.read() as book:
        return {one.name: one for one in inside(desk, book)}


def test_an_admitted_visitor_is_inside_by_area_host_and_people(desk, house):
    house.admit("王小明", people=3, area="二号楼")
    house.admit("赵敏")
    inside_now = found(desk)
    wang = inside_now["王小明"]
    assert (wang.area, wang.host, wang.people, wang.unit) == ("二号楼", "张科长", 3, "东川供水")
    assert wang.certain
    assert inside_now["赵敏"].area == "办公室"  # no area of its own: where the host works


def test_who_was_seen_to_leave_with_the_slip_is_not_looked_for(desk, house):
    departures.leave(desk, GUARD, house.admit("王小明"), signed=True)
    assert found(desk) == {}


@pytest.mark.parametrize(
    ("how", "doubt"),
    [
        (LeftHow.ASSUMED, "assumed to have left"),
        (LeftHow.GUARD_SAW, "left without the return slip"),
    ],
)
def test_who_nobody_proved_to_have_left_is_uncertain_for_a_day(desk, desk_clock, house, how, doubt):
    departures.leave(desk, GUARD, house.admit("王小明"), signed=False, how=how)
    assert found(desk)["王小明"].doubt == doubt
    desk_clock.advance(hours=24)
    assert found(desk) == {}


def test_a_missing_slip_that_was_settled_raises_no_doubt(desk, house):
    visit = house.admit("王小明")
    departures.leave(desk, GUARD, visit, signed=False)
    departures.settle_return_slip(desk, GUARD, visit, "被访人已确认离开")
    assert found(desk) == {}


def test_who_stays_over_the_days_end_is_uncertain(desk, desk_clock, house):
    house.admit("王小明")
    desk_clock.advance(hours=9)  # 17:20: his time is over, the house is still open
    assert found(desk)["王小明"].certain
    desk_clock.advance(hours=1)
    assert found(desk)["王小明"].doubt == "stayed over the day's end"


def test_staff_are_inside_by_their_last_tap(desk, desk_clock, house):
    house.tap("1001")
    house.tap("3001")
    desk_clock.advance(minutes=30)
    house.tap("3001")
    inside_now = found(desk)
    assert list(inside_now) == ["张伟"]
    assert (inside_now["张伟"].sort, inside_now["张伟"].area) == (Sort.STAFF, "办公室")


def test_who_never_signed_out_is_uncertain_the_next_morning(desk, desk_clock, house):
    desk_clock.advance(hours=10)
    house.tap("1001")
    desk_clock.advance(hours=12)
    assert found(desk)["张伟"].doubt == "not signed out yesterday"
    desk_clock.advance(hours=13)
    assert found(desk) == {}


def test_the_guard_on_the_post_is_inside_without_a_tap_and_over_midnight(desk, desk_clock, house):
    house.take_post()
    assert found(desk)["李建国"].certain
    house.tap("2001")
    desk_clock.advance(hours=22)
    assert found(desk)["李建国"].certain


def test_a_key_that_is_out_is_named_with_its_holder(desk, house):
    house.lend("12号柜", "3001")
    [out] = found(desk).values()
    assert (out.sort, out.name, out.host) == (Sort.THING, "12号柜", "李娜")


def test_two_hundred_people_are_read_and_listed_within_a_second_each(desk, house):
    for number in range(40):
        house.admit(f"来客{chr(0x4E10 + number)}")
    with desk.write() as tx:
        for number in range(160):
            person = tx.put(
                Person(
                    staff_no=f"7{number:03}", name=f"职工{number}", rank=Rank.ORDINARY,
                    role=Role.STAFF, department_id=house.people["1001"].department_id,
                )
            )  # fmt: skip
            tx.put(
                Presence(
                    id=person.id, person_id=person.id, state=Whereabouts.IN, since=tx.now,
                    tapped_at=tx.now, day=desk.work_day(tx.now),
                )
            )  # fmt: skip
        tx.record("people.imported")
    began = time.monotonic()
    shown = standing(desk, "", inside)
    read = time.monotonic()
    roll = service.begin(desk, GUARD, RollKind.DRILL, inside)
    listed = time.monotonic()
    assert len(standing(desk, roll, inside).entries) == 200
    seen = time.monotonic()
    assert shown.inside.people == 200
    assert max(read - began, listed - read, seen - listed) < 1
