"""What the demo's site has of the gatehouse's life when somebody begins to try it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from house import Site

from kiosk import features
from kiosk.demo import site
from kiosk.demo.clock import DemoClock
from kiosk.demo.names import PLACE_TAG
from kiosk.demo.stage import Stage
from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.people import person_by_staff_no
from shift_handover.away import service as away
from shift_handover.duty_log.reading import of_days
from shift_handover.exits.rules import check_leader
from shift_handover.instructions import service as instructions
from shift_handover.instructions.models import Sort
from shift_handover.last_out.models import OPEN_LISTS
from shift_handover.records import RELIEF_LATE
from shift_handover.safety.points import hangs

Open = Callable[[datetime], Desk]


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


@pytest.fixture
def afternoon(tmp_path: Path) -> Iterator[Desk]:
    """The site on a Monday at 15:32."""
    with _site_at(tmp_path, datetime(2026, 11, 23, 15, 32, tzinfo=site.ZONE)) as desk:
        yield desk


def _open_things(desk: Desk) -> list[OpenThing]:
    with desk.read() as book:
        return list(features.outstanding(desk, book))


def test_an_instruction_waits_for_the_other_guards_tap_and_a_notice_is_in_force(afternoon):
    with afternoon.read() as book:
        guard = posts.on_duty(book, afternoon.gate)[1]
        told, notice = instructions.in_force(afternoon, book)
    assert (told.sort, notice.sort) == (Sort.INSTRUCTION, Sort.NOTICE)
    assert [one.staff_no for one in told.known_to] == [guard.staff_no] == ["2001"]
    check_leader(told.giver, [guard.id])


def test_yesterday_left_a_line_an_absence_and_a_lock_up_list_that_is_looked_over(
    afternoon, tmp_path
):
    yesterday = date(2026, 11, 22)
    with afternoon.read() as book:
        log = of_days(afternoon, book, yesterday, yesterday)
        [gone] = away.last_ones(afternoon, book)
        assert book.all(OPEN_LISTS) == []
    [written] = [line for line in log.lines if line.number]
    assert "路灯" in written.words
    assert (gone.person.staff_no, gone.ended_at is not None) == ("2001", True)
    codes = Site(tmp_path).codes()
    assert (codes.count("lastout.signed"), codes.count("lastout.confirmed")) == (1, 7)


def test_a_tag_hangs_in_the_tea_room(afternoon):
    with afternoon.read() as book:
        assert hangs(book, PLACE_TAG)
        assert person_by_staff_no(book, "1008").name == "周志国"


@pytest.mark.parametrize(
    ("now", "on_post"),
    [((15, 32), "2001"), ((18, 20), "2001"), ((18, 30), "2002"), ((23, 50), "2002")],
)
def test_no_relief_is_red_whenever_somebody_tries_it(tmp_path, now, on_post):
    with _site_at(tmp_path, datetime(2026, 11, 23, *now, tzinfo=site.ZONE)) as desk:
        late = [one.urgency.name for one in _open_things(desk) if one.kind == RELIEF_LATE]
        with desk.read() as book:
            assert posts.on_duty(book, desk.gate)[1].staff_no == on_post
    assert late == (["WAITING"] if now == (18, 20) else [])
