"""A staff file never takes a person's taps away, and never gives them to somebody else."""

import pytest

from kiosk.attendance import service as taps
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.models import TAPS_BETWEEN
from kiosk.desk import people_import
from kiosk.desk.people import BY_STAFF_NO, department_name, person_by_staff_no
from kiosk.desk.people_file import read_people
from kiosk.desk.refusal import Refused

ZHANG, LI_NA = "1001", "3001"


@pytest.fixture
def tapped(desk, people):
    """张伟 has signed in today."""
    taps.tap(desk, people[ZHANG], "door")
    return people[ZHANG]


def plan_of(desk, *lines):
    table = read_people("staff.csv", "\n".join(lines).encode("utf-8-sig"))
    with desk.read() as book:
        return people_import.check(book, table.rows, lambda number: number)


def take(desk, plan) -> None:
    with desk.write() as tx:
        people_import.apply(tx, plan)


def whose_taps(desk) -> set[str]:
    with desk.read() as book:
        return {
            one.person_id for one in book.all(TAPS_BETWEEN, first=desk.today(), last=desk.today())
        }


def test_who_is_missing_from_the_file_stays_with_the_taps(desk, tapped):
    take(desk, plan_of(desk, "姓名,工号", "李娜,3001", "赵敏,4001"))
    with desk.read() as book:
        assert person_by_staff_no(book, ZHANG).active
        assert days_between(desk, book, desk.today(), desk.today()).of(tapped, desk.today()).inside
    assert whose_taps(desk) == {tapped.id}


def test_two_people_swapped_are_refused_by_line_and_name(desk, tapped):
    plan = plan_of(desk, "姓名,工号", "李娜,1001", "张伟,3001")
    assert [(one.line, one.column, one.code, one.other) for one in plan.bad] == [
        (2, "name", "is_another", LI_NA), (3, "name", "is_another", ZHANG),
    ]  # fmt: skip
    with pytest.raises(Refused):
        take(desk, plan)
    with desk.read() as book:
        assert book.one(BY_STAFF_NO, staff_no=ZHANG).name == "张伟"
    assert whose_taps(desk) == {tapped.id}


@pytest.mark.usefixtures("tapped")
def test_a_number_given_to_a_newcomer_while_its_person_has_another_is_refused(desk):
    plan = plan_of(desk, "姓名,工号", "赵敏,1001", "张伟,1101")
    assert ("name", "is_another") in {(one.column, one.code) for one in plan.bad}


def test_a_changed_number_is_refused_and_the_taps_stay(desk, tapped):
    plan = plan_of(desk, "姓名,工号", "张伟,1101")
    assert [(one.column, one.code, one.other) for one in plan.bad] == [
        ("staff_no", "has_number", ZHANG)
    ]
    assert whose_taps(desk) == {tapped.id}


def test_a_namesake_is_taken_when_the_file_keeps_both(desk, tapped):
    plan = plan_of(desk, "姓名,工号", "张伟,1001", "张伟,1101")
    assert plan.bad == ()
    take(desk, plan)
    with desk.read() as book:
        assert person_by_staff_no(book, "1101").id != tapped.id
    assert whose_taps(desk) == {tapped.id}


def test_a_name_that_was_written_wrongly_may_be_mended(desk, tapped):
    take(desk, plan_of(desk, "姓名,工号", "张玮,1001"))
    with desk.read() as book:
        assert person_by_staff_no(book, ZHANG).id == tapped.id


@pytest.mark.parametrize("cell", ["财务科、办公室", "财务科；办公室", "财务科; 办公室"])
@pytest.mark.usefixtures("people")
def test_of_two_sections_the_first_counts_and_the_import_says_so(desk, cell):
    plan = plan_of(desk, "姓名,工号,部门", f"赵敏,4001,{cell}")
    (told,) = plan.doubtful
    assert (told.code, told.other) == ("several_sections", "财务科")
    assert "财务科 counts, the first" in told.text()
    take(desk, plan)
    with desk.read() as book:
        assert department_name(book, person_by_staff_no(book, "4001")) == "财务科"
