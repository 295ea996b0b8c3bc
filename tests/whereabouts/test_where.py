"""Where somebody is: from posts, outings, taps and leave, the same for one and for all."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kiosk import features
from kiosk.attendance import service
from kiosk.desk import posts, where
from kiosk.desk.absence import Half, LeaveState
from kiosk.desk.desk import Desk
from kiosk.desk.where import NOT_SIGNED, Place, Where
from kiosk.whereabouts.board import Reader, Show, shown
from shift_handover.away import rules as away_rules
from shift_handover.away import service as away
from shift_handover.away.models import Cover, Kind

TODAY = date(2026, 11, 23)
ONE = timedelta(days=1)


def of(desk: Desk, person) -> Where:
    """Return where one person is, asked for alone and among all."""
    with desk.read() as book:
        known = features.whereabouts(desk, book)
        alone = where.where(desk, book, person, known)
        assert alone == where.everyone(desk, book, known).get(person.id, NOT_SIGNED)
    return alone


def test_clause_14_taps_alone_say_in_out_and_not_signed(desk, people, desk_clock):
    zhang = people["1001"]
    assert of(desk, zhang).place is Place.NOT_SIGNED
    service.tap(desk, zhang, "door")
    came = desk_clock.now
    assert of(desk, zhang) == Where(Place.IN, came)
    desk_clock.advance(hours=9)
    service.tap(desk, zhang, "door")
    assert of(desk, zhang).place is Place.OUT
    desk_clock.advance(days=1)
    assert of(desk, zhang) == NOT_SIGNED


def test_clause_26_an_outing_says_where_and_back_by_and_turns_late(
    desk, people, absences, desk_clock
):
    zhang = people["1001"]
    service.tap(desk, zhang, "door")
    desk_clock.advance(minutes=30)
    back_by = desk_clock.now + timedelta(hours=1)
    absences.outing(zhang, back_by=back_by)
    there = of(desk, zhang)
    assert (there.place, there.words, there.until, there.late) == (
        Place.OUTING, "县财政局", back_by, False,
    )  # fmt: skip
    desk_clock.advance(minutes=61)
    assert of(desk, zhang).late
    service.tap(desk, zhang, "door")  # out: he passed the door without coming in
    assert of(desk, zhang).place is Place.OUTING
    desk_clock.advance(minutes=10)
    service.tap(desk, zhang, "door")
    assert of(desk, zhang).place is Place.IN


def test_clause_26_not_sure_and_not_back_today_are_never_late(desk, people, absences, desk_clock):
    absences.outing(people["1001"])
    absences.outing(people["3001"], not_back_today=True, back_by=desk_clock.now)
    desk_clock.advance(hours=5)
    assert (of(desk, people["1001"]).not_sure, of(desk, people["1001"]).late) == (True, False)
    assert (of(desk, people["3001"]).not_back_today, of(desk, people["3001"]).late) == (True, False)
    desk_clock.advance(days=1)
    assert of(desk, people["1001"]) == NOT_SIGNED


def test_leave_counts_by_halves_and_one_not_reported_back_from_is_late(
    desk, people, absences, desk_clock
):
    li = people["3001"]
    absences.leave(li, TODAY, TODAY, half=Half.AFTERNOON, begins=Half.AFTERNOON)
    assert of(desk, li) == NOT_SIGNED
    desk_clock.advance(hours=6)
    there = of(desk, li)
    assert (there.place, there.until_day, there.late) == (Place.LEAVE, TODAY, False)
    desk_clock.advance(days=1)
    assert of(desk, li).late
    service.tap(desk, li, "door")
    assert of(desk, li).place is Place.IN


def test_leave_that_is_not_granted_or_ahead_says_nothing(desk, people, absences):
    absences.leave(people["3001"], TODAY, TODAY + ONE, state=LeaveState.ASKED)
    absences.leave(people["1001"], TODAY + ONE, TODAY + ONE)
    assert of(desk, people["3001"]) == of(desk, people["1001"]) == NOT_SIGNED


def test_a_stand_in_is_named_once_accepted_and_only_for_who_is_away(desk, people, absences):
    zhang, li = people["1001"], people["3001"]
    absences.leave(zhang, TODAY, TODAY)
    absences.stand_in(zhang, li, accepted=False)
    assert of(desk, zhang).stand_in == ""
    absences.stand_in(zhang, li)
    assert of(desk, zhang).stand_in == li.id
    service.tap(desk, zhang, "door")
    assert (of(desk, zhang).place, of(desk, zhang).stand_in) == (Place.IN, "")


def test_who_keeps_a_post_is_on_duty_and_who_rests_or_steps_away_is_said(desk, people, desk_clock):
    guard = people["2001"]
    with desk.write(by="2001") as tx:
        posts.take(tx, desk.gate, guard)
    assert of(desk, guard) == Where(Place.DUTY, desk_clock.now, words="南门")
    asked = away_rules.Asked(Kind.REST, 30)
    keeping = away_rules.Keeping(Cover.COMPANION, people["2002"])
    away.start(desk, "2001", asked, keeping)
    assert (of(desk, guard).place, of(desk, guard).late) == (Place.RESTING, False)
    desk_clock.advance(minutes=45)
    assert of(desk, guard).late


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["1001", "2001", "2002", "3001", "9001"]), ("zw", ["1001"]), ("李", ["2001", "3001"]),
        ("lina", ["3001"]), ("200", ["2001", "2002"]), ("8900", []),
        ("001", ["1001", "2001", "3001", "9001"]),
    ],
)  # fmt: skip
def test_the_board_is_sought_by_name_pinyin_number_and_the_end_of_an_extension(
    desk, people, typed, found
):
    del people
    made = Reader(desk, features.whereabouts).read()
    assert [line.person.staff_no for line in shown(made, Show.ALL, typed)] == found


def test_the_filters_part_the_house_and_the_counts_agree(desk, people, absences):
    service.tap(desk, people["1001"], "door")
    absences.outing(people["3001"])
    absences.leave(people["9001"], TODAY, TODAY)
    made = Reader(desk, features.whereabouts).read()
    parts = [
        [line.person.staff_no for line in shown(made, show, "")]
        for show in (Show.IN, Show.AWAY, Show.NOT_SIGNED)
    ]
    assert parts == [["1001"], ["3001", "9001"], ["2001", "2002"]]
    assert dict(made.counts) == {"in": 1, "out": 1, "leave": 1, "not_signed": 2}
    assert made.of_section == {"办公室": made.counts}


def test_a_new_colleague_is_on_the_board_at_the_next_look(desk, people):
    reader = Reader(desk, features.whereabouts)
    before = len(reader.read().lines)
    with desk.write() as tx:
        kept = {**people["3001"].model_dump(), "id": "new", "stamp": "", "staff_no": "3009"}
        tx.put(type(people["3001"])(**kept))
        tx.record("person.added", person="3009")
    assert len(reader.read().lines) == before + 1


_ACTS = st.lists(st.sampled_from(["tap", "outing", "leave", "hour"]), max_size=8)


@examples(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=_ACTS)
def test_whatever_happens_everybody_is_in_one_place_and_counted_once(
    desk, people, absences, desk_clock, acts
):
    zhang = people["1001"]
    for act in acts:
        if act == "tap":
            service.tap(desk, zhang, "door")
        elif act == "outing":
            absences.outing(zhang, back_by=desk_clock.now + timedelta(hours=1))
        elif act == "leave":
            absences.leave(zhang, desk.today(), desk.today())
        desk_clock.advance(hours=1)
        assert isinstance(of(desk, zhang).place, Place)
    made = Reader(desk, features.whereabouts).read()
    assert made.counts.total() == len(people)


def test_a_guard_of_another_post_is_named_with_that_post(desk, people):
    with desk.write(by="2002") as tx:
        posts.take(tx, "gate-9", people["2002"])
    assert of(desk, people["2002"]).words == "gate-9"
