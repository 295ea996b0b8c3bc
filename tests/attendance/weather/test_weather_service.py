"""Weather signals on a real book: who is not late, who is excused, who must be heard of."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk import all_reports, features
from kiosk.attendance import service as taps
from kiosk.attendance.days.derived import Standing
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.weather import service
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import Rank
from kiosk.desk.print_job import IN_STATE, JobState
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.settings_weather import SignalSetting

GUARD, ZHANG, LI_NA, OFFICE = "2001", "1001", "3001", "9001"
BLACK_RAIN, RED_TYPHOON = "黑色暴雨", "红色台风"
pytestmark = pytest.mark.usefixtures("people")


def refused(use_case, *args) -> str:
    with pytest.raises(Refused) as caught:
        use_case(*args)
    return caught.value.code


def day_of(desk, person, day):
    with desk.read() as book:
        return days_between(desk, book, day, day).of(person, day)


def report(desk):
    with desk.read() as book:
        return all_reports.reports()["weather"](desk, book, Period(desk.today(), desk.today()))


def test_clause_95_under_a_signal_at_the_start_of_work_nobody_is_late(desk, people, weather, at):
    at(8, 0)
    weather.on()
    at(9, 10)
    taps.tap(desk, people[ZHANG], "door")
    at(9, 20)
    weather.off()
    day = day_of(desk, people[ZHANG], desk.today())
    assert (day.late_min, day.weather, day.late_counts) == (40, True, False)


def test_clause_95_a_signal_lifted_before_work_excuses_nobody(desk, people, weather, at):
    at(7, 0)
    weather.on()
    at(8, 0)
    weather.off()
    at(9, 10)
    taps.tap(desk, people[ZHANG], "door")
    day = day_of(desk, people[ZHANG], desk.today())
    assert (day.late_min, day.late_counts) == (40, True)


def test_clause_95_a_signal_that_the_house_says_excuses_nobody_does_not(desk, people, weather, at):
    desk.settings = replace(
        desk.settings, weather_signals=(SignalSetting(BLACK_RAIN, "black", before_work=False),)
    )
    at(8, 0)
    weather.on()
    at(9, 10)
    taps.tap(desk, people[ZHANG], "door")
    assert day_of(desk, people[ZHANG], desk.today()).late_counts
    asked = (desk, GUARD, LI_NA, OFFICE, "积水")
    assert refused(service.cannot_come, *asked) == "weather.none_today"


def test_clause_95_a_call_and_one_approval_excuse_the_whole_day(desk, people, weather, at):
    at(8, 0)
    weather.on()
    made = service.cannot_come(desk, GUARD, LI_NA, ZHANG, "家门口积水")
    assert (made.number, made.by_phone, made.excuses) == ("BZ1", True, True)
    assert weather.facts("weather.absent") == [
        {"number": "BZ1", "signal": "TQ1", "person": LI_NA, "approver": ZHANG}
    ]
    today = desk.today()
    at(9, 0, day=1)
    day = day_of(desk, people[LI_NA], today)
    assert (day.morning, day.afternoon) == (Standing.EXCUSED, Standing.EXCUSED)
    with desk.read() as book:
        assert "积水" not in made.cause
        assert book.unseal(made.cause) == "家门口积水"


def test_clause_95_the_word_is_the_heads_a_leaders_or_the_offices(desk, people, weather, at):
    at(8, 0)
    weather.on()
    assert refused(service.cannot_come, desk, GUARD, LI_NA, LI_NA, "雨") == "weather.excuses_self"
    assert refused(service.cannot_come, desk, GUARD, LI_NA, "2002", "雨") == "weather.not_approver"
    assert refused(service.cannot_come, desk, GUARD, LI_NA, OFFICE, " ") == "weather.cause_missing"
    with desk.write() as tx:
        other = people["2002"]
        other.rank, other.department_id = Rank.DUTY_LEADER, None
        tx.put(other)
        tx.record("person.changed", person="2002")
    assert service.cannot_come(desk, GUARD, LI_NA, "2002", "雨").excuses
    assert refused(service.cannot_come, desk, GUARD, LI_NA, OFFICE, "雨") == "weather.noted_already"
    taps.tap(desk, people[ZHANG], "door")
    assert refused(service.cannot_come, desk, GUARD, ZHANG, OFFICE, "雨") == "weather.came_already"


def test_without_a_signal_nobody_is_excused_by_a_call(desk):
    assert refused(service.cannot_come, desk, GUARD, LI_NA, OFFICE, "雨") == "weather.none_today"


def test_clause_96_a_signal_during_work_prints_everybody_out_with_phone_and_place(
    desk, weather, at
):
    at(10, 0)
    weather.out()
    came_back = weather.out(LI_NA, "邮局", "")
    weather.back(came_back)
    done = weather.on()
    assert (done.out, done.visitors, done.printed) == (1, 0, True)
    with desk.read() as book:
        (job,) = book.all(IN_STATE, state=JobState.QUEUED, gate=desk.gate)
        paper = book.unseal(job.document)
    assert all(word in paper for word in ("张伟", "河堤", "13800000000", "王工", BLACK_RAIN))
    assert "李娜" not in paper


def test_clause_96_everybody_out_is_ticked_safe_or_red(desk, weather, at, desk_clock):
    at(10, 0)
    first, second = weather.out(), weather.out(LI_NA, "邮局", "")
    weather.on()
    assert [one.urgency for one in weather.things()["weather.unsafe"]] == [Urgency.WAITING] * 2
    done = service.mark_safe(desk, GUARD, first, "镇小学")
    assert (done.safe, done.safe_place) == (True, "镇小学")
    assert weather.facts("outing.safe") == [{"number": "WC1", "person": ZHANG}]
    desk_clock.advance(minutes=desk.rules.weather_safe_min)
    (left,) = weather.things()["weather.unsafe"]
    assert (left.ref, left.urgency) == (second, Urgency.NOW)
    assert left.what.text() == "李娜 is out and was not reached: tell the leader"
    assert refused(service.mark_safe, desk, GUARD, first, "又") == "weather.safe_already"
    weather.back(second)
    assert "weather.unsafe" not in weather.things()
    assert refused(service.mark_safe, desk, GUARD, second, "门口") == "weather.back_already"


def test_clause_96_a_safe_word_before_the_next_signal_does_not_count_for_it(
    desk, weather, at, desk_clock
):
    at(10, 0)
    out = weather.out()
    weather.on()
    service.mark_safe(desk, GUARD, out, "镇小学")
    assert weather.off() == ()
    desk_clock.advance(hours=1)
    weather.on(RED_TYPHOON)
    assert [one.ref for one in weather.things()["weather.unsafe"]] == [out]


def test_clause_96_a_second_signal_asks_nobody_twice(desk, weather, at, desk_clock):
    at(10, 0)
    out = weather.out()
    weather.on()
    service.mark_safe(desk, GUARD, out, "镇小学")
    desk_clock.advance(minutes=5)
    weather.on(RED_TYPHOON)
    assert "weather.unsafe" not in weather.things()
    assert len(weather.things()["weather.on"]) == 2


def test_clause_96_visitors_inside_are_told_once(desk, weather, at):
    at(10, 0)
    assert refused(service.tell_visitors, desk, GUARD) == "weather.none_on"
    weather.on()
    assert service.tell_visitors(desk, GUARD) == 1
    assert weather.facts("weather.visitors_told") == [{"numbers": ["TQ1"]}]
    assert refused(service.tell_visitors, desk, GUARD) == "weather.told_already"


def test_lifted_with_somebody_unheard_of_says_who_was_never_reached(desk, weather, at):
    at(10, 0)
    weather.out()
    weather.on()
    assert [one.person.name for one in weather.off()] == ["张伟"]
    assert weather.things() == {}
    assert weather.facts("weather.off") == [
        {"number": "TQ1", "signal": BLACK_RAIN, "unreached": ["WC1"]}
    ]
    (row,) = report(desk).rows
    assert (row[0], row[1], row[-1]) == ("TQ1", BLACK_RAIN, "张伟")


def test_while_another_signal_is_on_the_asking_goes_on(weather, at):
    at(10, 0)
    weather.out()
    weather.on()
    weather.on(RED_TYPHOON)
    assert weather.off() == ()
    assert [one.facts["signal"] for one in weather.things()["weather.unsafe"]] == [RED_TYPHOON]


def test_a_signal_given_or_lifted_twice_is_refused(desk, weather):
    weather.on()
    first = weather.signals()[0]
    assert refused(weather.on) == "weather.on_already"
    weather.off()
    assert refused(service.switch_off, desk, GUARD, first.id) == "weather.off_already"
    assert len(weather.facts("weather.on")) == len(weather.facts("weather.off")) == 1


def test_a_signal_of_no_name_or_source_is_refused(weather):
    assert refused(weather.on, "小雨") == "weather.unknown"
    assert refused(weather.on, BLACK_RAIN, "  ") == "weather.source_missing"
    assert weather.signals() == []


def test_while_the_clock_is_behind_the_last_signal_none_is_written(weather, desk_clock):
    weather.on()
    desk_clock.now -= timedelta(hours=2)
    assert refused(weather.off) == "weather.clock"
    assert refused(weather.on, RED_TYPHOON) == "weather.clock"
    desk_clock.now += timedelta(hours=3)
    weather.off()
    desk_clock.now -= timedelta(hours=1, minutes=30)
    assert refused(weather.on) == "weather.clock"
    assert len(weather.facts("weather.on")) == 1


def test_the_status_bar_names_the_signal_and_nobody(desk, weather, at):
    at(10, 0)
    weather.out()
    with desk.read() as book:
        assert features.watch(desk, book) is None
    weather.on()
    with desk.read() as book:
        shown = features.watch(desk, book)
    assert (shown.word, shown.left) == ("Signal", BLACK_RAIN)
    assert shown.hint == "Please stay indoors. Nobody is counted late."


def test_the_list_is_printed_again_only_with_somebody_out(desk, weather, at):
    at(10, 0)
    weather.on()
    assert refused(service.print_out, desk, GUARD, features.inside) == "weather.nobody_out"
    weather.out()
    assert service.print_out(desk, GUARD, features.inside) == 1


def test_a_line_deleted_from_the_settings_makes_nobody_late_afterwards(desk, people, weather, at):
    at(8, 0)
    weather.on()
    at(9, 0)
    taps.tap(desk, people[ZHANG], "door")
    desk.settings = replace(desk.settings, weather_signals=(SignalSetting("红色暴雨"),))
    assert not day_of(desk, people[ZHANG], desk.today()).late_counts
