"""``kiosk report roll-call`` of this moment, and ``kiosk report drills`` of the year."""

from datetime import date

from kiosk.all_reports import only_now, reports
from kiosk.desk.report import Period
from kiosk.features import inside
from kiosk.roll_call import service
from kiosk.roll_call.models import RollKind
from visitors import departures, reception
from visitors.rules import Details

GUARD, HOST = "2001", "1001"
TODAY = Period(date(2026, 11, 23), date(2026, 11, 23))


def rows(desk, name, period=TODAY):
    with desk.read() as book:
        table = reports()[name](desk, book, period)
    return table, [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_the_roll_call_has_everybody_inside_and_the_uncertain_apart(desk, desk_clock, house):
    house.admit("旧客", people=3, area="甲区")
    desk_clock.advance(hours=10)
    house.admit("乙客", area="乙区")
    house.admit("丙客", area="丙区", host="3001")
    departures.leave(desk, GUARD, house.admit("走客"), signed=True)
    reception.walk_in(desk, GUARD, Details(name="等客", matter="事"), HOST)
    house.tap("1001")
    house.lend("12号柜", "3001")
    table, listed = rows(desk, "roll-call")
    assert [row["Name"] for row in listed] == ["丙客", "乙客", "张伟", "旧客"]
    assert [row["Certain"] for row in listed] == ["certain"] * 3 + ["stayed over the day's end"]
    assert table.title == "Roll call 18:20: 3 people inside"
    assert "roll-call" in only_now()


def test_an_empty_list_says_what_it_is_empty_of(desk):
    assert rows(desk, "roll-call")[0].empty == "Nobody is inside."
    assert rows(desk, "drills")[0].empty == "No roll call was held."


def test_the_drills_of_the_year_stand_side_by_side(desk, desk_clock, house):
    house.admit("王小明", people=2)
    for minutes in (12, 75):
        roll = service.begin(desk, GUARD, RollKind.DRILL, inside)
        desk_clock.advance(minutes=minutes)
        service.end(desk, GUARD, roll)
    service.begin(desk, GUARD, RollKind.REAL, inside)
    _table, listed = rows(desk, "drills")
    assert [(row["No."], row["Kind"], row["Took"], row["Missing"]) for row in listed] == [
        ("D1", "drill", "12:00", "2"), ("D2", "drill", "1:15:00", "2"),
        ("D3", "real danger", "runs", ""),
    ]  # fmt: skip
    assert rows(desk, "drills", Period(date(2027, 1, 4), date(2027, 1, 4)))[1] == []
