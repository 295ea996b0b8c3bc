"""One mark, one remark; one word is enough only for who could not come; no cause on a register."""

from datetime import date

import pytest

from kiosk import all_reports, features
from kiosk.attendance.remarks import service
from kiosk.attendance.remarks.models import About
from kiosk.attendance.remarks.rules import Said
from kiosk.attendance.weather import service as weather
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period

TODAY = date(2026, 11, 23)
LATE = Said(TODAY, About.LATE, "送孩子看急诊")


def refused(act, *args):
    with pytest.raises(Refused) as told:
        act(*args)
    return told.value


@pytest.mark.usefixtures("late")
def test_clause_24_one_mark_has_one_remark_until_a_no(desk, proof):
    first = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    again = (desk, "2001", "3001", LATE)
    told = refused(service.enter, *again, proof("1001"))
    assert (told.code, told.facts["number"]) == ("remark.one_already", first.number)
    early = service.enter(desk, "2001", "3001", Said(TODAY, About.EARLY, "x"), proof("3001"))
    turned = (desk, "2001", early.id, LATE)
    assert refused(service.replace, *turned, proof("3001")).code == "remark.one_already"
    service.refuse(desk, "2001", first.id, proof("1001"), "没有说明")
    second = service.enter(*again, proof("3001"))
    third = service.replace(desk, "2001", second.id, LATE, proof("3001"))  # a correction may
    assert third.replaces == second.id


@pytest.mark.usefixtures("late")
def test_clause_130_two_wrong_taps_of_a_day_have_a_remark_each(desk, proof):
    said = Said(TODAY, About.TAP, "刷卡机故障")
    made = [service.enter(desk, "2001", "3001", said, proof("3001")) for _ in range(2)]
    assert [one.number for one in made] == ["BZ1", "BZ2"]


def test_clause_95_one_word_excuses_coming_late_under_a_signal_and_not_going_early(
    desk, house, proof
):
    signal = desk.settings.weather_signals[0].name
    weather.switch_on(desk, "2001", signal, "气象台", features.inside)
    assert house
    late = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    early = service.enter(desk, "2001", "3001", Said(TODAY, About.EARLY, "x"), proof("3001"))
    assert (late.missing, early.missing) == (1, 2)


@pytest.mark.usefixtures("late")
def test_the_register_at_the_command_line_has_no_cause_and_no_reason(desk, house, proof):
    at = desk.local(desk.clock())
    row = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    service.refuse(desk, "2001", row.id, proof("1001"), "不是急诊")
    said = Said(TODAY, About.LATE, "陪护", called_by="家属", called_at=at)
    service.enter(desk, "9001", "7001", said, proof("9001"))
    assert house
    with desk.read() as book:
        table = all_reports.reports()["remarks"](desk, book, Period(TODAY, TODAY))
    words = str(table.rows)
    assert "BZ1" in words
    for typed in ("急诊", "陪护", "家属"):
        assert typed not in words
