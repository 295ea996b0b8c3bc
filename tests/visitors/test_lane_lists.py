"""The kind of visit in files and lists: imported, in the book, the register, and by the hour."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk import all_reports
from kiosk.desk.report import Period
from kiosk.desk.settings_lanes import LaneSetting
from visitors import appointments_import, cards, reception
from visitors.appointments_file import read_appointments
from visitors.lanes import gate
from visitors.lanes.table import Lane
from visitors.models import Answer, How
from visitors.rules import Details

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
HEAD = "被访人工号,来访人,事由,日期,从,类别,另记,单位\n"


def plan_of(desk, rows):
    with desk.read() as book:
        table = read_appointments("visits.csv", (HEAD + rows).encode())
        return appointments_import.check(desk, book, table.rows)


def take(desk, rows):
    plan = plan_of(desk, rows)
    assert plan.bad == ()
    with desk.write(by="9001") as tx:
        appointments_import.apply(desk, tx, plan)
    return plan


def report(desk, name):
    today = desk.today()
    with desk.read() as book:
        return all_reports.reports()[name](desk, book, Period(today - timedelta(days=1), today))


def courier(desk):
    visit = reception.walk_in(
        desk, GUARD, Details(name="", matter="", unit="顺丰速运", lane="courier"), HOST
    )
    gate.hand_over(desk, GUARD, visit, kept=True)


def official(desk):
    visit = reception.walk_in(desk, GUARD, Details(name="王小明", matter="水表检修"), HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)


@pytest.mark.parametrize("word", ["家属", "family", "FAMILY"])
def test_a_file_says_the_kind_in_chinese_or_english(desk, word):
    take(desk, f"1001,吴芳,,2026-11-23,14:00,{word},妻子,\n")
    [visit] = cards.todays(desk)
    assert (visit.lane, visit.besides, visit.matter, visit.about) == (
        Lane.FAMILY, "妻子", "", "Family",
    )  # fmt: skip


def test_a_file_without_the_column_means_the_usual_kind(desk):
    take(desk, "1001,王小明,水表检修,2026-11-23,14:00,,,\n")
    [visit] = cards.todays(desk)
    assert visit.lane is Lane.OFFICIAL


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("1001,吴芳,,2026-11-23,14:00,亲戚,妻子,", "类别", "is not one of"),
        ("1001,吴芳,,2026-11-23,14:00,家属,,", "另记", "is empty"),
        ("1001,王小明,,2026-11-23,14:00,公务,,", "事由", "is empty"),
        ("1001,周亮,,2026-11-23,14:00,执法,警官证,派出所", "另记", "names no number"),
    ],
)
def test_what_a_kind_needs_is_named_by_line_and_column(desk, row, column, reason):
    [bad] = plan_of(desk, row + "\n").bad
    assert bad.line == 2
    assert bad.called.startswith(column)
    assert reason in bad.text()


def test_a_kind_that_needs_an_identity_number_is_entered_at_the_desk(desk):
    strict = {"interview": LaneSetting(required=("name", "id_number"))}
    desk.settings = replace(desk.settings, lanes=strict)
    [bad] = plan_of(desk, "1001,王小明,面试,2026-11-23,14:00,面试,,\n").bad
    assert (bad.line, bad.column, bad.value, bad.code) == (2, "lane", "面试", "id_at_desk")
    assert "at the desk" in bad.text()


def test_a_kind_that_the_site_has_switched_off_is_in_no_file(desk):
    off = {"family": LaneSetting(enabled=False)}
    desk.settings = replace(desk.settings, lanes=off)
    [bad] = plan_of(desk, "1001,吴芳,,2026-11-23,14:00,家属,妻子,\n").bad
    assert "家属" not in bad.other
    assert "快递" in bad.other


def test_the_book_and_the_register_say_the_kind(desk):
    official(desk)
    courier(desk)
    for name in ("visits", "register"):
        table = report(desk, name)
        at = table.columns.index("Kind of visit")
        assert [row[at] for row in table.rows] == ["Official", "Courier"]
    assert report(desk, "register").rows[1][-1] == "handed over at the gate"


def test_the_busy_hours_count_each_kind_couriers_too(desk, desk_clock):
    official(desk)
    assert report(desk, "hourly").columns[-1] == "On"
    courier(desk)
    desk_clock.advance(hours=2)
    courier(desk)
    table = report(desk, "hourly")
    assert table.columns[-2:] == ("Official", "Courier")
    hours = {row[0][:2]: row for row in table.rows}
    assert hours["08"][-2:] == ("1", "1")
    assert hours["08"][1] == "1"  # a courier never came in
    assert hours["10"][-2:] == ("0", "1")
