"""Registers and figures of visits: by host, by unit, who came, by the hour, how long, the page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from kiosk import all_reports
from kiosk.desk.file_out import as_csv, as_text, write_table
from kiosk.desk.report import Period
from kiosk.desk.report_slip import slip_of
from kiosk.desk.slip_image import draw
from kiosk.desk.slip_lines import Item, SignatureLine
from kiosk.desk.transaction import SUBJECT_KEY
from visitors import corrections, departures, reception
from visitors.emergency import service
from visitors.emergency.models import Kind
from visitors.exit import parting
from visitors.lanes import gate
from visitors.models import Answer, How, LeftHow
from visitors.rules import Details
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")
GUARD, ZHANG, LI = "2001", "1001", "3001"
WANG = Details(name="王小明", form="Mr", unit="东川供水公司", matter="水表检修", people=2)
ZHAO = Details(name="赵敏", unit="四海物流", matter="送货", goods="纸箱3")


def come_in(desk, clock, details=WANG, host=ZHANG, *, waits=(4, 2)):
    """Let a visitor arrive now, the host agree, and the guard admit, so many minutes after."""
    visit = reception.walk_in(desk, GUARD, details, host)
    clock.advance(minutes=waits[0])
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    clock.advance(minutes=waits[1])
    reception.admit(desk, GUARD, visit)
    return visit


def report(desk, name, days=0, **about):
    today = desk.today()
    with desk.read() as book:
        period = Period(today - timedelta(days=days), today, **about)
        return all_reports.reports()[name](desk, book, period)


def named(table):
    return {row[table.columns.index("Visitor")] for row in table.rows}


@pytest.fixture
def day(desk, desk_clock):
    """Let 王小明 and one more stay an hour, 赵敏 be inside still, and one be turned away."""
    first = come_in(desk, desk_clock)
    desk_clock.advance(hours=1)
    departures.leave(desk, GUARD, first, signed=True)
    second = come_in(desk, desk_clock, ZHAO, LI, waits=(10, 0))
    third = reception.walk_in(desk, GUARD, Details(name="钱进", matter="推销"), ZHANG)
    reception.refuse(desk, GUARD, third, "host_declines")
    desk_clock.advance(minutes=30)
    return first, second, third


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize("name", ["visits", "visitors", "register"])
def test_a_report_may_be_about_one_host_or_one_unit(desk, name):
    assert named(report(desk, name)) == {"王小明 Mr", "赵敏", "钱进"}
    assert named(report(desk, name, who=LI)) == {"赵敏"}
    assert named(report(desk, name, unit=" 四海 ")) == {"赵敏"}
    assert named(report(desk, name, who=ZHANG, unit="四海")) == set()


def test_who_came_has_one_line_for_a_visitor_however_often(desk, desk_clock, day):
    departures.leave(desk, GUARD, day[1], signed=True)
    desk_clock.advance(days=1)
    again = come_in(desk, desk_clock, ZHAO, ZHANG)
    departures.leave(desk, GUARD, again, signed=True)
    void = come_in(desk, desk_clock, ZHAO, ZHANG)
    departures.leave(desk, GUARD, void, signed=True)
    corrections.void(desk, GUARD, void, "写错")
    table = report(desk, "visitors", days=1)
    assert table.rows[0] == (
        "赵敏", "四海物流", "2", "0", "2", "2026-11-23", "2026-11-24", "李娜 张科长",
    )  # fmt: skip
    [turned_away] = [row for row in table.rows if row[0] == "钱进"]
    assert turned_away[2:5] == ("0", "1", "0")


def test_the_same_id_number_is_the_same_visitor_under_two_units(desk, desk_clock):
    for unit in ("东川供水", "东川供水公司"):
        details = Details(name="王小明", unit=unit, matter="事", id_number="11010519491231002X")
        departures.leave(desk, GUARD, come_in(desk, desk_clock, details), signed=True)
    [row] = report(desk, "visitors").rows
    assert row[1:3] == ("东川供水公司", "2")


@pytest.mark.usefixtures("day")
def test_the_hours_count_people_coming_and_going_and_the_most_at_once(desk):
    table = report(desk, "hourly")
    assert table.rows == (
        ("08:00-08:59", "2", "0", "2", "11-23"),
        ("09:00-09:59", "1", "2", "2", "11-23"),
        ("10:00-10:59", "0", "0", "1", "11-23"),
    )
    assert "3" in table.foot[0]


def test_who_stays_over_midnight_is_inside_in_every_hour_of_the_next_day(desk, desk_clock, day):
    desk_clock.advance(days=1, hours=-8)
    assert len(day) == 3
    rows = report(desk, "hourly").rows
    assert [row[3] for row in rows] == ["1"] * len(rows)
    assert rows[0][:3] == ("00:00-00:59", "0", "0")


def test_the_times_are_medians_of_what_somebody_saw(desk, desk_clock, day):
    departures.leave(desk, GUARD, day[1], signed=False, how=LeftHow.ASSUMED)
    table = report(desk, "times")
    assert [row[1:3] for row in table.rows] == [
        ("2", "0:07:00"), ("2", "0:01:00"), ("2", "0:08:00"), ("1", "1:00:00"),
    ]  # fmt: skip
    assert desk_clock()


def test_the_page_for_the_file_is_numbered_has_totals_and_two_signatures(desk, day, tmp_path):
    table = report(desk, "register")
    assert len(day) == 3
    assert [row[0] for row in table.rows] == ["1", "2", "3"]
    assert table.rows[0][2:8] == ("001", table.rows[0][3], "东川供水公司", "2", "张伟", "办公室")
    assert [row[12:14] for row in table.rows] == [("08:26", "09:26"), ("09:36", ""), ("", "")]
    assert [row[14] for row in table.rows] == ["left (guard saw)", "inside", "not admitted"]
    assert "3 entries; admitted 2 with 3 people; not admitted 1" in table.foot[0]
    assert len(table.signatures) == 2
    file = tmp_path / "register.xlsx"
    write_table(table, file)
    cells = [row[0].value for row in load_workbook(file).active.iter_rows()]
    assert cells[-2:] == list(table.signatures)
    assert table.signatures[1] in as_csv(table).decode("utf-8-sig")
    assert as_text(table).count("____") >= 4


def test_the_printed_page_has_every_entry_in_full_and_room_to_sign(desk, day):
    slip = slip_of("register", report(desk, "register"), desk.clock(), "1")
    entries = [line for line in slip.lines if isinstance(line, Item)]
    assert len(day) == len(entries)
    assert "水表检修" in entries[0].detail
    assert "四海物流" in entries[1].detail
    assert sum(isinstance(line, SignatureLine) for line in slip.lines) == 2
    assert draw(slip, 576).height > 400
    assert draw(slip, 384).height > 400


@pytest.mark.parametrize("name", ["visits", "visitors", "register", "hourly", "times"])
def test_a_report_of_a_quiet_day_says_so(desk, name):
    table = report(desk, name)
    assert (table.rows, table.foot) == ((), ())
    assert table.empty
    assert table.empty in as_text(table)


@pytest.mark.parametrize("name", ["visits", "visitors", "register", "hourly", "times"])
def test_a_report_asks_the_book_no_more_often_for_more_visits(desk, desk_clock, name):
    def asked():
        said = []
        with desk.read() as book:
            book.connection.set_trace_callback(said.append)
            all_reports.reports()[name](desk, book, Period(desk.today(), desk.today()))
            book.connection.set_trace_callback(None)
        return len(said)

    come_in(desk, desk_clock)
    few = asked()
    for _turn in range(5):
        come_in(desk, desk_clock, ZHAO)
    assert asked() == few


def test_an_erased_visitor_stays_in_every_report_without_words(desk, desk_clock):
    visit = come_in(desk, desk_clock)
    with desk.write() as tx:
        tx.forget(tx.one(SUBJECT_KEY, id=visit_of(tx, visit)[0].subject))
        tx.record("test.erased")
    for name in ("visits", "register", "visitors"):
        [row] = report(desk, name).rows
        assert "erased" in row
        assert not any("王" in cell or "供水" in cell for cell in row)
    assert report(desk, "hourly").rows[0][1] == "2"


@pytest.mark.usefixtures("words_zh")
def test_the_reports_speak_chinese(desk, desk_clock):
    come_in(desk, desk_clock)
    for name, title in (
        ("register", "来访登记单"), ("visitors", "来访人"), ("hourly", "每小时"), ("times", "用时"),
    ):  # fmt: skip
        made = report(desk, name)
        assert title in made.title
        words = (*made.columns, *made.foot, *made.signatures)
        assert not any(ch.isascii() and ch.isalpha() for word in words for ch in word)


def test_a_part_of_a_group_went_out_in_its_own_hour(desk, desk_clock):
    visit = come_in(desk, desk_clock, replace(WANG, people=5), waits=(0, 0))
    desk_clock.advance(hours=1)
    parting.part_leaves(desk, GUARD, visit, 3)
    desk_clock.advance(hours=1)
    by_hour = [row[1:4] for row in report(desk, "hourly").rows]
    assert by_hour == [("5", "0", "5"), ("0", "3", "5"), ("0", "0", "2")]
    departures.leave(desk, GUARD, visit, signed=True)
    table = report(desk, "hourly")
    assert table.rows[-1][1:4] == ("0", "2", "2")
    assert "5 people came in and 5 went out" in table.foot[0]


def test_the_register_says_emergencies_and_the_totals_count_who_stayed_at_the_gate(desk):
    service.admit_at_once(desk, GUARD, Kind.AMBULANCE)
    parcel = reception.walk_in(
        desk, GUARD, Details(name="", matter="", unit="顺丰", lane="courier"), ZHANG
    )
    gate.hand_over(desk, GUARD, parcel, kept=True)
    for name in ("register", "visits"):
        table = report(desk, name)
        kinds = [row[table.columns.index("Kind of visit")] for row in table.rows]
        assert kinds == ["Emergency admission", "Courier"]
    [total] = report(desk, "register").foot
    assert "2 entries; admitted 1 with 1 people" in total
    assert "handed over at the gate 1" in total
