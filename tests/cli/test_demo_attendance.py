"""What the demo's site has of staff attendance when somebody begins to try it."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from house import Site

from kiosk import features
from kiosk.attendance.closing.books import books, open_workdays
from kiosk.attendance.closing.models import OPEN_OBJECTIONS
from kiosk.attendance.closing.months import month_of, takes_objections
from kiosk.attendance.counters.marking import days_to_count
from kiosk.attendance.counters.reading import open_count
from kiosk.attendance.hours.models import SHIFT_DAYS_BETWEEN
from kiosk.attendance.leave.models import OPEN as OPEN_LEAVE
from kiosk.attendance.leave.reading import is_overdue, waits_for
from kiosk.attendance.outing import rules as outing_rules
from kiosk.attendance.outing.reading import running
from kiosk.attendance.overtime import service as overtime
from kiosk.attendance.remarks.models import EVERY_REMARK
from kiosk.attendance.spares.models import LENT
from kiosk.attendance.stand_ins.service import open_stand_ins
from kiosk.attendance.weather.models import SIGNAL_ON
from kiosk.demo import cast, site
from kiosk.demo.clock import DemoClock
from kiosk.demo.stage import Stage
from kiosk.demo.tray import Tray
from kiosk.desk import database
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.verify import verify

MONDAY = datetime(2026, 11, 23, 15, 32, tzinfo=site.ZONE)
ROOM = 8


@contextmanager
def _site_at(folder: Path, now: datetime) -> Iterator[Desk]:
    with Stage(folder) as stage:
        settings = site.write_settings(folder, stage, "zh_CN")
    site.found(settings, now, play=False)
    desk = Desk.open(settings, DemoClock(now))
    try:
        yield desk
    finally:
        desk.close()


@pytest.fixture(scope="module")
def monday(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The site on a Monday at 15:32; nothing here writes into it."""
    with _site_at(tmp_path_factory.mktemp("monday"), MONDAY) as desk:
        yield desk


def test_every_day_before_today_is_closed_and_counted_and_today_is_open(monday):
    with monday.read() as book:
        assert open_workdays(monday, book, date(2026, 11, 22)) == []
        closed = [one.day for one in books(monday, book) if one.closing is not None]
        assert days_to_count(monday, book) == []
    assert closed[0] == date(2026, 11, 22)  # a Sunday with guards on its roster
    assert len(closed) >= 15


def test_last_month_is_published_with_one_objection(monday):
    with monday.read() as book:
        assert takes_objections(month_of(book, date(2026, 10, 31)), MONDAY.date())
        [(objection, person)] = book.all(OPEN_OBJECTIONS)
    assert (objection.day.month, person.staff_no) == (10, cast.OBJECTS)


def test_leave_runs_waits_and_is_overdue_and_the_principal_leader_is_away(monday):
    with monday.read() as book:
        found = {person.staff_no: (leave, person) for leave, person in book.all(OPEN_LEAVE)}
        signers = waits_for(monday, book, *found[cast.ASKS_FOR_LEAVE])
        stand_ins = {one.absent.staff_no: one for one in open_stand_ins(monday, book)}
    assert [one.staff_no for one in signers.people] == [cast.HEAD]
    assert is_overdue(monday, found[cast.NOT_REPORTED][0], monday.clock())
    for staff_no in (cast.ON_LEAVE, cast.PRINCIPAL):
        assert found[staff_no][0].first_day <= MONDAY.date() <= found[staff_no][0].last_day
        assert stand_ins[staff_no].accepted
        assert stand_ins[staff_no].is_in


def test_one_is_out_in_time_and_one_will_be_late_in_a_while(monday):
    with monday.read() as book:
        urgent = {
            person.staff_no: [
                outing_rules.overdue(outing, monday.clock() + later, monday.rules)
                for later in (timedelta(0), timedelta(minutes=10))
            ]
            for outing, person, _approver in running(book)
        }
    assert urgent == {cast.OUT_NOW: [None, None], cast.OUT_TOO_LONG: [None, Urgency.SOON]}


def test_one_remark_is_signed_by_both_and_one_waits(monday):
    with monday.read() as book:
        signed, waiting = book.all(EVERY_REMARK)
    assert signed.excuses
    assert (waiting.missing, waiting.day) == (2, MONDAY.date())


def test_two_cards_are_open_a_badge_is_lent_and_two_work_late_tonight(monday):
    with monday.read() as book:
        assert open_count(book) == 2
        [(_lending, spare, person)] = book.all(LENT)
        [(spell, _person)] = overtime.listed(monday, book)
        assert overtime.unlisted(monday, book) == []
        rows = book.all(SHIFT_DAYS_BETWEEN, first=MONDAY.date(), last=MONDAY.date())
        assert book.all(SIGNAL_ON) == []
    assert (spare.label, person.staff_no) == ("7", cast.FORGOT_BADGE)
    assert cast.ALONG in spell.staff_nos_along
    assert {one.shift for one in rows} == {"白班", "夜班"}


def test_the_home_list_has_room_for_what_is_open(monday):
    with monday.read() as book:
        loud = [
            one for one in features.outstanding(monday, book) if one.urgency is not Urgency.QUIET
        ]
    assert len(loud) <= ROOM


def test_who_signs_has_a_card_on_the_tray(monday):
    told = " ".join(one.label for one in Tray(Stage(monday.settings.file.parent), str).tricks())
    numbers = set(re.findall(r"\b\d{4}\b", told))
    assert {cast.HEAD, cast.LEADER, cast.OFFICE} <= numbers
    with monday.read() as book:
        assert person_by_staff_no(book, cast.HEAD).department_id == (
            person_by_staff_no(book, cast.ASKS_FOR_LEAVE).department_id
        )


@pytest.mark.parametrize(
    "now",
    [
        "2026-11-28T00:30", "2026-11-28T11:00", "2026-11-24T08:31", "2026-11-25T23:50",
        "2026-12-01T10:00", "2026-10-05T11:00", "2027-02-18T10:00",
    ],
)  # fmt: skip
def test_it_begins_at_any_hour_of_any_day(tmp_path, now):
    moment = datetime.fromisoformat(now).replace(tzinfo=site.ZONE)
    with _site_at(tmp_path, moment) as desk:
        with closing(database.open_reader(desk.settings.desk.database)) as reader:
            assert verify(reader, desk.gate).intact
        with desk.read() as book:
            assert [one for one in running(book) if one[0].started_at > desk.clock()] == []


def test_a_played_day_begins_without_the_weeks(tmp_path):
    with Stage(tmp_path) as stage:
        settings = site.write_settings(tmp_path, stage, "zh_CN")
    site.found(settings, MONDAY, play=True)
    assert "day.closed" not in Site(tmp_path).codes()
