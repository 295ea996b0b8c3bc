"""Appointments before arrival: series, groups, changes, cancellations, another day or gate."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from kiosk.desk.desk import Desk
from kiosk.desk.journal import entries
from kiosk.desk.presence import Presence, Whereabouts
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from visitors import appointments, appointments_today, cards, no_shows, reception, series
from visitors.appointments_change import Changed, Wish, cancel, change, name_companions
from visitors.appointments_conflicts import Against, conflicts
from visitors.models import Answer, How, ReturnSlip, State
from visitors.reports import visits
from visitors.rules import Details, companion_names
from visitors.series import Repeat
from visitors.service import Times

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST, OTHER_HOST = "2001", "1001", "3001"
WANG = Details(name="王小明", form="Mr", unit="供水公司", matter="水表检修", phone="13800001234")
GROUP = replace(WANG, people=4, companions="赵六, 孙七")


def at(desk, day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=desk.zone)


def times(desk, day=23, hour=10, hours=1):
    start = at(desk, day, hour)
    return Times(start, start + timedelta(hours=hours))


def happened(desk, code):
    with desk.read() as book:
        return [
            json.loads(entry.facts) for entry in entries(book.connection, desk.gate)
            if entry.code == code
        ]  # fmt: skip


def expected(desk, day=23, hour=10, details=WANG, host=HOST, confirmed=How.PHONE):
    return appointments.expect(desk, GUARD, details, host, times(desk, day, hour), confirmed)


def shown(desk, visit_id):
    return cards.visit_card(desk, visit_id)


# What is typed for a day.


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", date(2026, 11, 23)), ("+1", date(2026, 11, 24)), ("明天", date(2026, 11, 24)),
        ("后天", date(2026, 11, 25)), ("11-25", date(2026, 11, 25)), ("11/25", date(2026, 11, 25)),
        ("11月25日", date(2026, 11, 25)), ("2026-12-01", date(2026, 12, 1)),
        ("1-5", date(2027, 1, 5)),
    ],
)  # fmt: skip
def test_a_day_is_understood_as_people_write_it(typed, day):
    assert appointments.day_of(typed, date(2026, 11, 23), "day") == day


@pytest.mark.parametrize("typed", ["31", "2-30", "soon", "13-1", "+", "+9999", "2-29"])
def test_what_is_no_day_is_refused_under_its_field(typed):
    with pytest.raises(Refused) as refused:
        appointments.day_of(typed, date(2026, 11, 23), "day")
    assert (refused.value.code, refused.value.facts["field"]) == ("visit.day_unclear", "day")


def test_a_day_that_is_over_is_refused():
    with pytest.raises(Refused, match="day_over"):
        appointments.day_of("2026-11-20", date(2026, 11, 23), "day")


# Series.


def test_a_series_on_workdays_leaves_out_weekend_and_holiday(desk):
    first = at(desk, 30, 9).replace(year=2026, month=12)  # Wednesday before New Year's Day
    hours = Times(first, first + timedelta(hours=2))
    made = series.expect_series(
        desk, GUARD, WANG, HOST, hours, Repeat(date(2027, 1, 5)), How.MESSAGE
    )
    days = [f"{desk.local(shown(desk, one).from_at):%m-%d %H:%M}" for one in made]
    assert days[:2] == ["12-30 09:00", "12-31 09:00"]
    assert "01-01 09:00" not in days
    assert {shown(desk, one).answer_how for one in made} == {How.MESSAGE}
    assert len({shown(desk, one).series for one in made}) == 1
    assert len(happened(desk, "visit.expected")) == len(made)


def test_a_weekly_series_has_the_days_that_are_asked_for_a_weekend_too(desk):
    repeat = Repeat(date(2026, 12, 6), frozenset({0, 2, 6}))
    made = series.expect_series(desk, GUARD, WANG, HOST, times(desk), repeat)
    days = [f"{desk.local(shown(desk, one).from_at):%m-%d}" for one in made]
    assert days == ["11-23", "11-25", "11-29", "11-30", "12-02", "12-06"]


def test_a_series_goes_no_further_than_the_rule_says(desk):
    furthest = series.furthest(desk, date(2026, 11, 23))
    assert furthest == date(2027, 1, 18)
    with pytest.raises(Refused) as refused:
        repeat = Repeat(furthest + timedelta(days=1))
        series.expect_series(desk, GUARD, WANG, HOST, times(desk), repeat)
    assert refused.value.facts["last"] == "2027-01-18"
    assert happened(desk, "visit.expected") == []


def test_a_series_without_a_day_is_refused(desk):
    with pytest.raises(Refused, match="series_empty"):
        saturday = times(desk, 28)
        series.expect_series(desk, GUARD, WANG, HOST, saturday, Repeat(date(2026, 11, 29)))


def test_one_of_a_series_is_cancelled_or_it_and_all_that_follow(desk):
    repeat = Repeat(date(2026, 11, 27))
    made = series.expect_series(desk, GUARD, WANG, HOST, times(desk), repeat)
    assert cancel(desk, GUARD, made[1], "他出差") == 1
    assert cancel(desk, GUARD, made[2], "项目结束", following=True) == 3
    states = [shown(desk, one).state for one in made]
    assert states == [State.EXPECTED, *[State.VOIDED] * 4]
    assert shown(desk, made[4]).reason == "项目结束"
    assert len(happened(desk, "visit.cancelled")) == 4


def test_cancelling_what_follows_touches_nobody_elses_appointment(desk):
    alone = expected(desk, 25)
    made = series.expect_series(desk, GUARD, WANG, HOST, times(desk), Repeat(date(2026, 11, 25)))
    cancel(desk, GUARD, made[0], "x", following=True)
    assert shown(desk, alone).state is State.EXPECTED
    assert cancel(desk, GUARD, alone, "x", following=True) == 1


# Groups and the desk's note.


def test_a_group_has_its_leader_names_and_places_to_be_named(desk):
    visit = expected(desk, details=GROUP)
    assert shown(desk, visit).companions == "赵六、孙七"
    assert name_companions(desk, GUARD, visit, "赵六 孙七 周八") == 0
    assert shown(desk, visit).companions == "赵六、孙七、周八"
    assert happened(desk, "visit.companions_named")[0]["named"] == 3


def test_more_names_than_people_are_refused(desk):
    with pytest.raises(Refused) as refused:
        expected(desk, details=replace(GROUP, people=2))
    assert (refused.value.code, refused.value.facts["field"]) == (
        "visit.companions_many", "companions",
    )  # fmt: skip
    visit = expected(desk, details=GROUP)
    with pytest.raises(Refused, match="companions_many"):
        name_companions(desk, GUARD, visit, "甲、乙、丙、丁")


def test_a_foreign_name_keeps_its_spaces():
    assert companion_names("John Smith; Mary Ann Lee", 3) == ("John Smith", "Mary Ann Lee")


def test_names_and_note_lie_sealed_and_the_note_is_on_no_paper(desk):
    visit = expected(desk, details=replace(GROUP, note="走侧门避开记者"))
    reception.admit(desk, GUARD, visit)
    stored = b"".join(
        path.read_bytes() for path in desk.settings.desk.database.parent.glob("kiosk.db*")
    )
    assert "侧门".encode() not in stored
    assert "孙七".encode() not in stored
    with desk.read() as book:
        [job] = book.all(JOBS_OF, slip="visit", number="20261123-001")
        assert "侧门" not in book.unseal(job.document)
    assert shown(desk, visit).note == "走侧门避开记者"


# Changed and cancelled before arrival.


def changed(desk, visit, details=WANG, host=HOST, to=None, wish=Wish.HOST, confirmed=None):
    wanted = Changed(details, host, to or times(desk), confirmed)
    return change(desk, GUARD, visit, wanted, wish)


@pytest.mark.parametrize(
    ("new", "fields"),
    [
        ({"host": OTHER_HOST}, ["host"]),
        ({"day": 24}, ["day", "times"]),
        ({"details": replace(WANG, matter="收费")}, ["matter"]),
        ({"details": replace(WANG, name="王大明")}, ["name"]),
        ({"details": replace(WANG, people=3)}, ["people"]),
    ],
)
def test_the_hosts_yes_falls_with_what_it_was_for(desk, new, fields):
    visit = expected(desk)
    to = times(desk, new.pop("day", 23))
    assert not changed(desk, visit, to=to, **new)
    assert shown(desk, visit).answer is None
    assert list(shown(desk, visit).changed) == fields
    [fact] = happened(desk, "visit.changed")
    assert (fact["fields"], fact["wish"], fact["yes_stands"]) == (fields, "host", False)
    with pytest.raises(Refused):
        reception.admit(desk, GUARD, visit)


def test_the_hosts_yes_outlives_another_hour_a_phone_and_fewer_people(desk):
    visit = expected(desk, details=replace(WANG, people=3))
    said = replace(WANG, people=2, phone="13900001111", note="晚到")
    assert changed(desk, visit, said, to=times(desk, 23, 15), wish=Wish.VISITOR)
    card = shown(desk, visit)
    assert (card.answer, f"{desk.local(card.from_at):%H:%M}") == (Answer.YES, "15:00")
    assert set(card.changed) == {"people", "phone", "note", "times"}


def test_a_change_may_bring_the_new_yes_along(desk):
    visit = expected(desk)
    assert changed(desk, visit, to=times(desk, 24), confirmed=How.PHONE)
    assert shown(desk, visit).has_yes


def test_a_change_of_nothing_is_refused_and_so_is_one_after_arrival(desk):
    visit = expected(desk)
    with pytest.raises(Refused, match="no_change"):
        changed(desk, visit)
    reception.arrive(desk, GUARD, visit)
    with pytest.raises(Refused, match="not_possible"):
        changed(desk, visit, to=times(desk, 24))
    with pytest.raises(Refused, match="not_possible"):
        cancel(desk, GUARD, visit, "x")


def test_a_changed_day_is_in_the_lists_of_its_new_day(desk, desk_clock):
    visit = expected(desk)
    changed(desk, visit, to=times(desk, 24))
    assert cards.todays(desk) == []
    desk_clock.advance(days=1)
    assert [one.id for one in cards.todays(desk)] == [visit]


def test_a_cancelled_appointment_needs_a_reason_and_is_no_no_show(desk, desk_clock):
    visit = expected(desk)
    with pytest.raises(Refused, match="reason_missing"):
        cancel(desk, GUARD, visit, "  ")
    cancel(desk, GUARD, visit, "开会改期")
    desk_clock.advance(days=1)
    assert no_shows.close_no_shows(desk) == 0
    with desk.read() as book:
        table = visits(desk, book, Period(date(2026, 11, 23), date(2026, 11, 23)))
    assert "cancelled" in table.rows[0]


# Another day, another gate.


def test_who_comes_a_day_early_is_found_and_the_host_decides(desk):
    visit = expected(desk, 24)
    assert [one.id for one in cards.coming(desk, "wxm")] == [visit]
    assert cards.coming(desk, "1234")[0].off_day
    assert cards.coming(desk, "李") == []
    with pytest.raises(Refused, match="other_day"):
        reception.admit(desk, GUARD, visit)
    today = appointments_today.come_today(desk, GUARD, visit)
    assert (shown(desk, today).state, shown(desk, today).answer) == (State.WAITING, None)
    with pytest.raises(Refused, match="not_possible"):
        appointments_today.come_today(desk, GUARD, visit)
    reception.answer(desk, GUARD, today, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, today)
    assert shown(desk, visit).state is State.VOIDED
    assert happened(desk, "visit.cancelled")[0]["why"] == "came_other_day"


def test_who_is_declined_today_is_still_expected_on_the_day(desk):
    visit = expected(desk, 24)
    today = appointments_today.come_today(desk, GUARD, visit)
    reception.answer(desk, GUARD, today, Answer.NO, How.IN_PERSON)
    reception.refuse(desk, GUARD, today, "host_declines")
    assert (shown(desk, visit).state, shown(desk, visit).has_yes) == (State.EXPECTED, True)


def test_an_appointment_of_today_cannot_be_called_to_today(desk):
    with pytest.raises(Refused, match="not_possible"):
        appointments_today.come_today(desk, GUARD, expected(desk))


def test_who_is_expected_too_far_ahead_is_not_in_the_way(desk):
    expected(desk, 30)
    far = Times(at(desk, 23, 9) + timedelta(days=8), at(desk, 23, 10) + timedelta(days=8))
    appointments.expect(desk, GUARD, replace(WANG, name="王远"), HOST, far)
    assert [one.name for one in cards.coming(desk, "王")] == ["王小明"]


def test_an_appointment_of_another_gate_is_taken_over_and_recorded(desk, settings, desk_clock):
    visit = expected(desk)
    desk.close()
    north = replace(settings, site=replace(settings.site, gate="gate-2"))
    other = Desk.open(north, desk_clock)
    assert cards.visit_card(other, visit).other_gate == "gate-1"
    reception.admit(other, GUARD, visit)
    with other.read() as book:
        [fact] = [
            json.loads(entry.facts) for entry in entries(book.connection, "gate-2")
            if entry.code == "visit.arrived"
        ]  # fmt: skip
    assert fact["expected_at"] == "gate-1"
    card = cards.visit_card(other, visit)
    assert (card.state, card.other_gate, card.return_slip) == (
        State.ADMITTED, "", ReturnSlip.DUE,
    )  # fmt: skip
    other.close()


# What speaks against it.


def against(desk, to, host=HOST, name="李四", besides=""):
    return [one.against for one in conflicts(desk, name, host, to, besides)]


def test_a_host_with_somebody_else_at_that_time_is_told(desk):
    visit = expected(desk)
    assert against(desk, times(desk)) == [Against.HOST_BUSY]
    [found] = conflicts(desk, "李四", HOST, times(desk))
    assert found.who == "王先生"
    assert against(desk, times(desk), besides=visit) == []
    assert against(desk, times(desk, 23, 11)) == []  # one ends as the other begins
    cancel(desk, GUARD, visit, "x")
    assert against(desk, times(desk)) == []


def test_a_room_of_the_site_that_is_taken_then_is_told_whoever_has_it(desk):
    site = replace(desk.settings.site, rooms=("一号会议室",))
    desk.settings = replace(desk.settings, site=site)
    there = expected(desk, details=replace(WANG, area="一号 会议室"), host=OTHER_HOST)
    [found] = conflicts(desk, "李四", HOST, times(desk), room="一号会议室")
    assert (found.against, found.room, found.who) == (Against.ROOM, "一号会议室", "王先生")
    assert conflicts(desk, "李四", HOST, times(desk), there, room="一号会议室") == []
    assert conflicts(desk, "李四", HOST, times(desk, 23, 11), room="一号会议室") == []
    assert conflicts(desk, "李四", HOST, times(desk), room="二楼") == []  # no room of one party


def test_the_same_visitor_expected_with_somebody_else_is_told(desk):
    expected(desk, 23, 15, host=OTHER_HOST)
    assert against(desk, times(desk), name="王小明") == [Against.SAME_VISITOR]
    assert against(desk, times(desk, 24), name="王小明") == []


def test_a_host_who_has_gone_out_is_told_for_today_only(desk, people):
    with desk.write() as tx:
        person = people[HOST]
        tx.put(Presence(
            id=person.id, state=Whereabouts.OUT, since=tx.now, day=date(2026, 11, 23),
            tapped_at=tx.now, person_id=person.id,
        ))  # fmt: skip
        tx.record("staff.signed_out", person=HOST)
    assert against(desk, times(desk)) == [Against.HOST_OUT]
    assert against(desk, times(desk, 24)) == []


def test_a_day_off_and_an_hour_outside_the_house_are_told(desk):
    assert against(desk, times(desk, 28)) == [Against.DAY_OFF]
    assert against(desk, times(desk, 24, 7)) == [Against.HOURS]
    assert against(desk, times(desk, 24, 18)) == [Against.HOURS]
    assert against(desk, times(desk, 24, 9)) == []


def test_what_was_saved_over_stands_in_the_entry(desk):
    appointments.expect(
        desk, GUARD, WANG, HOST, times(desk, 28), despite=(Against.DAY_OFF.value,)
    )  # fmt: skip
    assert happened(desk, "visit.expected")[0]["despite"] == ["day_off"]


def test_an_appointment_for_another_person_does_not_keep_the_number_of_the_one_before(desk):
    visit = expected(desk, details=replace(WANG, id_number="11010519491231002X"))
    change(desk, GUARD, visit, Changed(replace(WANG, unit="新单位"), HOST, times(desk)), Wish.HOST)
    assert shown(desk, visit).id_masked == "110***********002X"
    change(desk, GUARD, visit, Changed(replace(WANG, name="李四"), HOST, times(desk)), Wish.HOST)
    assert shown(desk, visit).id_masked == ""


def test_finding_who_comes_and_what_speaks_against_reads_by_index(desk):
    plans = {
        "coming": "SELECT w.id FROM visit_words w JOIN visit v ON v.id = w.id WHERE "
        "v.state = 'expected' AND v.day > '2026-11-23' AND v.day <= '2026-11-30'",
        "host": "SELECT id FROM visit WHERE host_id = 'x' AND day = '2026-11-23'",
        "series": "SELECT id FROM visit WHERE series = 'x' AND from_at >= '2026'",
        "file": "SELECT id FROM visit WHERE file_ref = 'x' ORDER BY id DESC",
    }
    with desk.read() as book:
        for name, query in plans.items():
            steps = [row[3] for row in book.connection.execute(f"EXPLAIN QUERY PLAN {query}")]
            assert not [step for step in steps if step.startswith("SCAN")], (name, steps)
