"""Taking appointments from a file: all of them or none, and every bad row by its cell."""

import io
from datetime import datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kiosk.desk.journal import entries
from kiosk.desk.refusal import Refused
from kiosk.desk.table_file import FileRow
from kiosk.desk.words import use
from visitors import appointments_import, cards, departures, erasing, reception
from visitors.appointments_change import cancel
from visitors.appointments_file import COLUMNS, read_appointments
from visitors.models import ALL_VISITS, Answer, How, State
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")

GUARD = "2001"
HEADER = "编号,被访人工号,来访人,称呼,单位,电话,人数,事由,携带,区域,日期,从,至,备注"
WANG = (
    "A1,1001,王小明,先生,供水公司,13800001234,2,水表检修,工具箱,机房,2026-11-24,9:30,11:00,走侧门"
)
LI = "A2,3001,李四,女士,,,,开会,,,2026/11/25,1430,,"


def sheet(*lines):
    return "\r\n".join(lines).encode()


def plan_of(desk, content, name="visits.csv"):
    with desk.read() as book:
        return appointments_import.check(desk, book, read_appointments(name, content).rows)


def take(desk, content, name="visits.csv"):
    plan = plan_of(desk, content, name)
    with desk.write(by="9001") as tx:
        appointments_import.apply(desk, tx, plan)
    return plan


def everyone(desk):
    with desk.read() as book:
        found = sorted(book.all(ALL_VISITS), key=lambda visit: (visit.day, visit.from_at))
        return [cards.card(desk, book, *visit_of(book, visit.id)) for visit in found]


def hours(desk, visit):
    return f"{desk.local(visit.from_at):%m-%d %H:%M}-{desk.local(visit.until_at):%H:%M}"


def test_a_row_comes_in_with_everything_it_says(desk):
    plan = take(desk, sheet(HEADER, WANG, LI))
    assert (len(plan.new), len(plan.changed), plan.same) == (2, 0, 0)
    wang, li = everyone(desk)
    assert (wang.name, wang.form, wang.unit, wang.phone, wang.people) == (
        "王小明", "Mr", "供水公司", "13800001234", 2,
    )  # fmt: skip
    assert (wang.matter, wang.goods, wang.area, wang.note) == (
        "水表检修", "工具箱", "机房", "走侧门",
    )  # fmt: skip
    assert (wang.host.staff_no, hours(desk, wang), wang.has_yes) == (
        "1001", "11-24 09:30-11:00", False,
    )  # fmt: skip
    assert (li.form, hours(desk, li)) == ("Ms", "11-25 14:30-16:30")


def test_english_headers_say_the_same(desk):
    take(desk, sheet("host_no,visitor,form,matter,day,from,companions",
                     "1001,John Smith,Mr,audit,2026-11-24,09:30,Ann Lee; Bo Li"))  # fmt: skip
    [visit] = everyone(desk)
    assert (visit.name, visit.people, visit.companions) == ("John Smith", 3, "Ann Lee、Bo Li")


def test_a_spreadsheet_with_real_dates_and_times_is_read(desk):
    book = Workbook()
    book.active.append(["被访人工号", "来访人", "事由", "日期", "从", "至", "电话"])
    book.active.append(
        [1001, "王小明", "检修", datetime(2026, 11, 24), time(9, 30), time(11), 13800001234]  # noqa: DTZ001 - a cell has no time zone
    )
    file = io.BytesIO()
    book.save(file)
    take(desk, file.getvalue(), "visits.xlsx")
    [visit] = everyone(desk)
    assert (hours(desk, visit), visit.phone) == ("11-24 09:30-11:00", "13800001234")


BAD = [
    ("被访人工号", "7777", "unknown_person"), ("被访人工号", "", "missing"),
    ("来访人", "", "missing"), ("来访人", "123", "bad_name"), ("称呼", "小姐", "unknown_word"),
    ("电话", "abc", "bad_number"), ("人数", "0", "bad_people"), ("人数", "百", "bad_people"),
    ("事由", "", "missing"), ("事由", "长" * 81, "too_long"), ("日期", "明天", "bad_day"),
    ("日期", "2026-02-30", "bad_day"), ("日期", "2026-11-20", "time_over"), ("从", "", "missing"),
    ("从", "25:00", "bad_time"), ("至", "9:00", "backwards"), ("至", "?", "bad_time"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "cell", "reason"), BAD)
def test_a_bad_cell_is_named_and_nothing_is_taken(desk, column, cell, reason):
    cells = dict(zip(HEADER.split(","), WANG.split(","), strict=True)) | {column: cell}
    plan = plan_of(desk, sheet(HEADER, LI, ",".join(cells.values())))
    [bad] = plan.bad
    assert (bad.line, bad.code) == (3, reason)
    assert bad.called.startswith(column)
    assert bad.text()
    with desk.write(by="9001") as tx, pytest.raises(Refused, match="bad_rows"):
        appointments_import.apply(desk, tx, plan)
    assert everyone(desk) == []


@pytest.mark.usefixtures("compiled_words")
def test_every_bad_row_is_told_in_chinese(desk):
    use("zh_CN")
    plan = plan_of(desk, sheet(HEADER, WANG.replace("1001", "9"), WANG.replace("9:30", "9点")))
    assert [one.text() for one in plan.bad] == [
        "第 2 行，被访人工号/host_no：“9”不是本单位在职人员的工号。",
        "第 3 行，从/from：“9点”不是时间，应如14:30。",
    ]


def test_the_same_appointment_twice_in_a_file_is_named(desk):
    [bad] = plan_of(desk, sheet(HEADER, WANG, LI, WANG)).bad
    assert (bad.line, bad.code, bad.other) == (4, "twice", "2")


def test_the_same_file_again_changes_nothing_whatever_has_happened_since(desk, desk_clock):
    content = sheet(HEADER, WANG, LI)
    take(desk, content)
    wang, li = everyone(desk)
    cancel(desk, GUARD, li.id, "改期")
    desk_clock.advance(days=1, hours=1)
    reception.ask(desk, GUARD, wang.id, How.PHONE)
    head = desk.head
    plan = take(desk, content)
    assert (plan.new, plan.changed, plan.same) == ((), (), 2)
    assert desk.head == head
    desk_clock.advance(days=5)
    assert plan_of(desk, content).bad == ()


def erase(desk, visit):
    with desk.write() as tx:
        erasing.erase(tx, desk, visit, "本人要求")


@pytest.mark.parametrize("cut", [0, 1])
def test_the_same_file_brings_no_erased_appointment_back(desk, cut):
    own = [",".join(line.split(",")[cut:]) for line in (HEADER, WANG)]
    take(desk, sheet(*own))
    [wang] = everyone(desk)
    cancel(desk, GUARD, wang.id, "改期")
    erase(desk, wang.id)
    plan = take(desk, sheet(*own))
    assert (plan.new, plan.changed, plan.same) == ((), (), 1)
    assert [one.state for one in everyone(desk)] == [State.VOIDED]


def test_a_visitor_erased_after_his_visit_does_not_spoil_the_file(desk, desk_clock):
    take(desk, sheet(HEADER, WANG))
    [wang] = everyone(desk)
    desk_clock.advance(days=1)
    reception.answer(desk, GUARD, wang.id, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, wang.id)
    departures.leave(desk, GUARD, wang.id, signed=True)
    erase(desk, wang.id)
    desk_clock.advance(days=1)
    plan = take(desk, sheet(HEADER, WANG, LI.replace("11/25", "11/27")))
    assert (plan.bad, len(plan.new), plan.same) == ((), 1, 1)


def test_without_an_own_reference_host_name_and_beginning_tell_the_row(desk):
    header, row = HEADER.partition(",")[2], WANG.partition(",")[2]
    take(desk, sheet(header, row))
    plan = take(desk, sheet(header, row.replace("水表检修", "换水表")))
    assert (plan.new, len(plan.changed)) == ((), 1)
    [visit] = everyone(desk)
    assert visit.matter == "换水表"


def test_a_row_changed_in_a_newer_file_is_changed_and_the_yes_asked_again(desk):
    take(desk, sheet(HEADER, WANG, LI))
    wang, _li = everyone(desk)
    reception.answer(desk, GUARD, wang.id, reception.Answer.YES, How.MESSAGE)
    plan = take(desk, sheet(HEADER, WANG.replace("2026-11-24", "2026-11-26"), LI))
    assert ([one.line for one in plan.changed], plan.same) == ([2], 1)
    [changed] = [one for one in everyone(desk) if one.id == wang.id]
    assert (hours(desk, changed), changed.has_yes) == ("11-26 09:30-11:00", False)
    assert changed.changed == ("day", "times")


def test_what_the_desk_changed_stays_until_the_file_says_something_new(desk):
    take(desk, sheet(HEADER, WANG))
    [wang] = everyone(desk)
    cancel(desk, GUARD, wang.id, "改期")
    assert take(desk, sheet(HEADER, WANG)).same == 1
    take(desk, sheet(HEADER, WANG.replace("9:30", "10:00")))
    states = sorted((one.state.value, hours(desk, one)) for one in everyone(desk))
    assert states == [("expected", "11-24 10:00-11:00"), ("voided", "11-24 09:30-11:00")]


def test_a_row_cancelled_in_a_newer_file_is_cancelled_once(desk):
    take(desk, sheet(HEADER + ",状态", WANG + ",", LI + ",有效"))
    content = sheet(HEADER + ",状态", WANG + ",取消", LI + ",有效")
    plan = take(desk, content)
    assert [one.cancelled for one in plan.changed] == [True]
    states = {one.name: one.state for one in everyone(desk)}
    assert states == {"王小明": State.VOIDED, "李四": State.EXPECTED}
    again = take(desk, content)
    assert (again.new, again.changed, again.same) == ((), (), 2)


def test_a_row_that_is_gone_cancels_nothing(desk):
    take(desk, sheet(HEADER, WANG, LI))
    take(desk, sheet(HEADER, LI))
    assert {one.state for one in everyone(desk)} == {State.EXPECTED}


def test_who_has_come_is_not_changed_by_a_file(desk, desk_clock):
    take(desk, sheet(HEADER, WANG))
    [wang] = everyone(desk)
    desk_clock.advance(days=1)
    reception.arrive(desk, GUARD, wang.id)
    [bad] = plan_of(desk, sheet(HEADER, WANG.replace("11:00", "12:00"))).bad
    assert (bad.code, bad.other) == ("come_already", "11-24")


def test_a_row_outside_working_hours_is_taken_and_named(desk):
    plan = take(desk, sheet(HEADER, WANG.replace("9:30", "7:00"), LI))
    assert [(one.line, one.code) for one in plan.doubtful] == [(2, "closed_then")]
    assert len(everyone(desk)) == 2


def test_a_row_may_name_the_gate_that_expects_the_visitor(desk):
    take(desk, sheet(HEADER + ",门岗", WANG + ",gate-2"))
    [visit] = everyone(desk)
    assert visit.other_gate == "gate-2"
    [bad] = plan_of(desk, sheet(HEADER + ",门岗", LI + ",北门")).bad
    assert bad.code == "bad_gate"


def test_the_book_has_reference_and_row_only_as_keyed_hashes(desk):
    take(desk, sheet(HEADER, WANG))
    with desk.read() as book:
        visit, _host = visit_of(book, everyone(desk)[0].id)
        codes = [entry.code for entry in entries(book.connection, desk.gate)]
    assert len(visit.file_ref) == len(visit.file_row) == 64
    assert codes[-2:] == ["visit.expected", "visits.imported"]


CELLS = st.text(max_size=30) | st.sampled_from(
    ["1001", "王小明", "2026-11-24", "9:30", "11:00", "取消", "先生", "3", "0", "gate-2", "\ufffd"]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS.titles, CELLS)), max_size=4))
def test_whatever_stands_in_the_cells_every_row_is_good_or_named(desk, rows):
    lines = [FileRow(line, cells) for line, cells in enumerate(rows, start=2)]
    with desk.read() as book:
        plan = appointments_import.check(desk, book, lines)
    taken = len(plan.new) + len(plan.changed) + plan.same
    assert taken == (0 if plan.bad else len(rows))
    assert all(bad.text() and bad.line in range(2, len(rows) + 2) for bad in plan.bad)


def test_the_plate_of_a_row_is_read_in_its_one_form(desk):
    take(
        desk,
        sheet("被访人工号,来访人,事由,日期,从,车牌", "1001,王小明,送货,2026-11-24,9:30,苏e·1o234"),
    )
    [visit] = everyone(desk)
    assert visit.plate == "苏E10234"
