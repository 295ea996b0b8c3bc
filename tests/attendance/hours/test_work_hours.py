"""Whose hours count when: seasons, sections, changed rules, half days, make-up days."""

from dataclasses import replace
from datetime import date, time

import pytest

from kiosk.attendance import service
from kiosk.attendance.days.derived import Standing
from kiosk.attendance.days.reading import days_between
from kiosk.desk import settings
from kiosk.desk.calendar import WorkCalendar
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_hours import HoursProfile, hours_on
from kiosk.desk.site_days import DayKind, SiteDay

LEAST = '[site]\ngate = "gate-1"\nname = "双河镇人民政府"\n'
SUMMER = HoursProfile(
    name="夏令", start=time(8), end=time(18), noon_from=time(12), noon_to=time(14, 30),
    from_day=(5, 1), to_day=(9, 30),
)  # fmt: skip
WINTER = HoursProfile(name="冬令", start=time(9), end=time(17), from_day=(12, 1), to_day=(2, 28))
OFFICE = HoursProfile(name="办公室", start=time(7, 30), end=time(16), sections=("办公室",))


def load(tmp_path, more):
    path = tmp_path / "kiosk.toml"
    path.write_text(LEAST + more, "utf-8")
    return settings.load(path, {})


def set_hours(desk, *profiles):
    """Give the open desk other hours, as a new start with another kiosk.toml does."""
    desk.settings = replace(desk.settings, hours_profiles=profiles)
    desk.calendar = WorkCalendar(desk.settings, desk._site_days)


def off(desk, day, kind, section="", name=""):
    with desk.write() as tx:
        tx.put(SiteDay(day=day, section=section, kind=kind, name=name))
        tx.record("calendar.imported", new=1, changed=0, same=0)


def of(desk, person, day):
    with desk.read() as book:
        return days_between(desk, book, day, day).of(person, day)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 30), None), (date(2026, 5, 1), "夏令"), (date(2026, 9, 30), "夏令"),
        (date(2026, 10, 1), None), (date(2026, 11, 30), None), (date(2026, 12, 1), "冬令"),
        (date(2027, 1, 1), "冬令"), (date(2027, 2, 28), "冬令"), (date(2027, 3, 1), None),
    ],
)  # fmt: skip
def test_clause_14_a_season_begins_and_ends_on_its_day_also_over_new_year(settings, day, name):
    found = hours_on(settings.hours, (SUMMER, WINTER), day)
    assert getattr(found, "name", None) == name


def test_clause_14_a_section_has_hours_of_its_own_before_everybodys(settings):
    day = date(2026, 7, 1)
    profiles = (OFFICE, SUMMER)
    assert hours_on(settings.hours, profiles, day, "办公室") is OFFICE
    assert hours_on(settings.hours, profiles, day, "财政所") is SUMMER
    assert hours_on(settings.hours, profiles, day) is SUMMER


def test_clause_14_a_rule_changed_in_mid_month_counts_from_its_day(desk, people, desk_clock):
    desk_clock.advance(minutes=5)  # 08:25 on the 23rd
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=1)
    service.tap(desk, people["1001"], "door")
    early = replace(
        OFFICE, name="新制度", sections=(), start=time(8), valid_from=date(2026, 11, 24)
    )
    set_hours(desk, early)
    assert of(desk, people["1001"], date(2026, 11, 23)).late_min == 0
    assert of(desk, people["1001"], date(2026, 11, 24)).late_min == 25
    assert of(desk, people["1001"], date(2026, 11, 24)).times.basis == "新制度"


def test_clause_23_a_profile_has_a_grace_of_its_own_else_the_usual_one(desk, people, tmp_path):
    spring = HoursProfile(name="春", start=time(8, 30), end=time(17, 30), to_day=(11, 24))
    loaded = load(
        tmp_path,
        '[hours]\ngrace_minutes = 5\n[[hours_profiles]]\nname = "新"\nstart = "08:30"\n'
        'end = "17:30"\nfrom_day = "11-25"\ngrace_minutes = 10\n',
    )
    set_hours(desk, spring, *loaded.hours_profiles)
    desk.settings = replace(desk.settings, hours=loaded.hours)
    with desk.read() as book:
        days = days_between(desk, book, date(2026, 11, 24), date(2026, 11, 25))
        graces = [days.times(people["1001"], day).grace_min for day in days.each_day()]
    assert graces == [5, 10]


def test_the_tap_is_marked_by_the_hours_of_the_sheet(desk, people, desk_clock):
    set_hours(desk, OFFICE)
    result = service.tap(desk, people["1001"], "door")  # 08:20, the office begins at 07:30
    assert (result.marks.late_min, result.marks.out_of_window) == (50, True)
    derived = of(desk, people["1001"], date(2026, 11, 23))
    assert (derived.late_min, derived.out_of_window) == (50, True)
    desk_clock.advance(hours=7)  # 15:20
    result = service.tap(desk, people["1001"], "door")
    assert result.marks.early_min == 40
    assert desk.local(result.ends_at).time() == time(16)


def test_two_seasons_that_meet_are_told_at_the_start_with_file_and_key(tmp_path):
    with pytest.raises(Refused) as refusal:
        load(
            tmp_path,
            '[[hours_profiles]]\nname = "夏"\nstart = "08:00"\nend = "18:00"\n'
            'from_day = "05-01"\nto_day = "09-30"\n'
            '[[hours_profiles]]\nname = "秋"\nstart = "08:30"\nend = "17:30"\nfrom_day = "09-30"\n',
        )
    assert refusal.value.code == "settings.profiles_meet"
    assert refusal.value.facts["key"] == "hours_profiles.2"
    assert refusal.value.facts["day"].endswith("-09-30")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('[hours]\nnoon_from = "07:00"', "settings.noon_outside"),
        ('[hours]\nnoon_from = "14:00"', "settings.noon_outside"),
        ('[[hours_profiles]]\nname="a"\nstart="9:00"\nend="8:00"', "settings.end_before_start"),
        ('[[hours_profiles]]\nname="a"\nstart="8:00"\nend="17:00"\nfrom_day="02-30"',
         "settings.not_a_day_of_year"),
        ('[[hours_profiles]]\nname="a"\nstart="8:00"\nend="17:00"\nvalid_from="x"',
         "settings.not_one_day"),
        ('[[work_shifts]]\nname="a"\nstart="8:00"\nend="17:00"\n' * 2, "settings.same_name"),
    ],
)  # fmt: skip
def test_hours_that_cannot_be_are_refused_by_name(tmp_path, more, code):
    with pytest.raises(Refused) as refusal:
        load(tmp_path, more + "\n")
    assert refusal.value.code == code


def test_the_same_season_may_stand_twice_when_the_rule_is_changed_between(tmp_path):
    one = '[[hours_profiles]]\nname = "{}"\nstart = "08:00"\nend = "18:00"\n{} = 2026-11-{}\n'
    found = load(tmp_path, one.format("旧", "valid_to", 14) + one.format("新", "valid_from", 15))
    assert [
        hours_on(found.hours, found.hours_profiles, date(2026, 11, day)).name for day in (14, 15)
    ] == ["旧", "新"]


def test_clause_14_a_make_up_saturday_is_worked_and_a_bridge_day_is_not(desk, people):
    assert of(desk, people["1001"], date(2026, 2, 14)).due_min == 480  # the State's, a Saturday
    assert of(desk, people["1001"], date(2026, 2, 16)).due_min == 0
    off(desk, date(2026, 11, 28), DayKind.WORKDAY, name="搬家")  # the site's, a Saturday
    off(desk, date(2026, 11, 27), DayKind.HOLIDAY)
    assert of(desk, people["1001"], date(2026, 11, 28)).due_min == 480
    assert of(desk, people["1001"], date(2026, 11, 27)).due_min == 0
    assert desk.calendar.day_name(date(2026, 11, 28)) == "搬家"


def test_a_half_day_off_of_one_section_leaves_the_others_at_work(desk, people):
    day = date(2026, 11, 24)
    off(desk, day, DayKind.OFF_AFTERNOON, "办公室", "半天")
    with desk.write() as tx:
        person = people["3001"]
        person.department_id = None
        tx.put(person)
        tx.record("person.changed", person="3001")
    derived = of(desk, people["1001"], day)
    assert (derived.due_min, derived.afternoon) == (210, Standing.OFF)
    assert (derived.times.end.hour, derived.morning) == (12, Standing.NOT_SIGNED)
    assert of(desk, people["3001"], day).due_min == 480
    assert desk.calendar.end(day).hour == 17  # the house as a whole


def test_a_morning_off_begins_after_noon(desk, people, desk_clock):
    off(desk, date(2026, 11, 23), DayKind.OFF_MORNING)
    desk_clock.advance(hours=4, minutes=50)  # 13:10
    result = service.tap(desk, people["1001"], "door")
    assert result.marks.late_min == 10
    assert of(desk, people["1001"], date(2026, 11, 23)).morning is Standing.OFF
    assert desk.calendar.day_name(date(2026, 11, 23)) == "Morning off"


def test_a_year_without_make_up_days_is_said_and_nothing_breaks(desk):
    assert desk.calendar.is_known(2026)
    assert desk.calendar.unknown_years(date(2026, 12, 28), date(2031, 1, 4))[-1] == 2031
    off(desk, date(2031, 2, 8), DayKind.WORKDAY)
    assert desk.calendar.is_known(2031)


def test_the_calendar_is_read_once_and_again_after_an_import(desk, monkeypatch):
    days = [date(2026, 11, 23), date(2026, 11, 24)]
    assert desk.calendar.is_workday(days[0])
    read, asked = desk.read, []
    monkeypatch.setattr(desk, "read", lambda: asked.append(1) or read())
    assert all(desk.calendar.is_workday(day) for day in days * 5)
    assert asked == []
    off(desk, days[0], DayKind.HOLIDAY)
    assert not desk.calendar.is_workday(days[0])
    assert asked == [1]
