"""One roll call at two desks: begun at one, marked at both, cut or not; how fresh each part is."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import features
from kiosk.desk.freshness import Age
from kiosk.desk.inside import Sort
from kiosk.desk.print_job import IN_STATE, JobState
from kiosk.desk.slip import Slip
from kiosk.features import inside
from kiosk.incidents import service as incidents
from kiosk.incidents.models import Kind
from kiosk.roll_call import service
from kiosk.roll_call.models import MARKS_OF, Mark, RollKind
from kiosk.roll_call.rules import together
from kiosk.roll_call.standing import Standing, standing
from visitors import reception
from visitors.models import Answer, How
from visitors.rules import Details

SOUTH, EAST, HOST = "2001", "2002", "1001"


def admit(desk, by, name, people=1):
    details = Details(name=name, form="Mr", unit="东川供水", matter="抄表", people=people)
    visit = reception.walk_in(desk, by, details, HOST)
    reception.answer(desk, by, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, by, visit)
    return visit


def now(desk, roll_id=""):
    found = standing(desk, roll_id, inside)
    assert isinstance(found, Standing)
    return found


def mark_of(desk, name):
    [found] = [one for one in now(desk).entries if one.said.name == name]
    return found.mark


def state_of(desk):
    """Return how each visitor stands; the guards of both posts are on the list too."""
    return sorted(
        (one.said.name, one.mark.state, one.mark.here)
        for one in now(desk).entries
        if one.mark.sort is Sort.VISITOR
    )


def watch_of(desk):
    with desk.read() as book:
        return features.watch(desk, book)


@pytest.fixture
def begun(site):
    """王小明 came in at the south gate, 赵敏 with one more at the east; the south calls."""
    admit(site.south, SOUTH, "王小明")
    admit(site.east, EAST, "赵敏", people=2)
    site.carry()
    roll = service.begin(site.south, SOUTH, RollKind.REAL, inside)
    site.carry()
    return roll


def test_the_list_is_of_the_whole_site_and_says_where_they_came_in(site, begun):
    assert {one.said.name: one.said.gate for one in now(site.south).entries} == {
        "王小明": "", "赵敏": "东门", "李建国": "", "王磊": "",
    }  # fmt: skip
    assert now(site.south).counts.expected == 5
    assert begun


def test_a_roll_call_begun_at_one_desk_runs_and_rings_at_the_other(site, begun, desk_clock):
    assert now(site.east).roll.id == begun
    watch = watch_of(site.east)
    assert watch is not None
    assert watch.rings
    assert watch.late
    assert "南门" in watch.hint
    assert watch_of(site.south) is None
    desk_clock.advance(minutes=site.east.rules.roll_ring_min)
    assert not watch_of(site.east).rings


def test_both_desks_mark_on_one_roll_call(site, begun):
    service.mark(site.south, SOUTH, mark_of(site.south, "王小明").id, Mark.FOUND)
    service.mark(site.east, EAST, mark_of(site.east, "赵敏").id, Mark.FOUND, 1)
    site.carry()
    assert state_of(site.south) == state_of(site.east)
    assert state_of(site.east) == [("王小明", Mark.FOUND, 1), ("赵敏", Mark.FOUND, 1)]
    assert now(site.south, begun).counts.missing == 3


def test_marks_made_while_cut_merge_and_the_later_word_counts(site, begun, desk_clock):
    site.sever()
    service.mark(site.south, SOUTH, mark_of(site.south, "王小明").id, Mark.FOUND)
    service.add(site.south, SOUTH, begun, "路人甲")
    desk_clock.advance(seconds=30)
    service.mark(site.east, EAST, mark_of(site.east, "王小明").id, Mark.NEEDS_HELP)
    service.mark(site.east, EAST, mark_of(site.east, "赵敏").id, Mark.FOUND)
    site.heal()
    assert state_of(site.south) == state_of(site.east)
    assert state_of(site.south) == [
        ("王小明", Mark.NEEDS_HELP, 0), ("赵敏", Mark.FOUND, 2), ("路人甲", Mark.FOUND, 1),
    ]  # fmt: skip
    for desk in (site.south, site.east):
        with desk.read() as book:
            forks = book.connection.execute("SELECT count(*) FROM fork_head").fetchone()
        assert forks == (0,)


def test_one_badge_tapped_at_both_desks_while_cut_is_one_person(site, begun, house_people):
    site.sever()
    service.mark_badge(site.south, SOUTH, begun, house_people["3001"])
    service.mark_badge(site.east, EAST, begun, house_people["3001"])
    site.heal()
    assert now(site.south).counts.added == 1
    assert state_of(site.south) == state_of(site.east)


def test_a_mark_of_the_other_desk_is_taken_back_here(site, begun):
    service.mark(site.south, SOUTH, mark_of(site.south, "王小明").id, Mark.FOUND)
    added = service.add(site.south, SOUTH, begun, "路人甲")
    site.carry()
    service.unmark(site.east, EAST, mark_of(site.east, "王小明").id)
    service.unmark(site.east, EAST, mark_of(site.east, "路人甲").id)
    site.carry()
    assert added.added
    assert state_of(site.south) == [("王小明", None, 0), ("赵敏", None, 0)]
    assert state_of(site.south) == state_of(site.east)


def test_a_roll_call_ended_at_one_desk_is_over_at_both_though_the_other_printed_meanwhile(
    site, begun, desk_clock
):
    site.sever()
    service.end(site.south, SOUTH, begun)
    desk_clock.advance(minutes=1)
    service.print_again(site.east, EAST, begun, inside)
    site.heal()
    assert now(site.south, begun).ended
    assert now(site.east, begun).ended


def test_two_roll_calls_begun_while_cut_are_both_open_until_each_is_ended(site):
    site.sever()
    service.begin(site.south, SOUTH, RollKind.REAL, inside)
    service.begin(site.east, EAST, RollKind.DRILL, inside)
    site.heal()
    with site.east.read() as book:
        things = features.outstanding(site.east, book)
    assert sorted(one.gate for one in things if one.kind == "rollcall.runs") == ["gate-1", "gate-2"]


def test_who_was_found_by_either_of_two_roll_calls_begun_while_cut_is_found(site, desk_clock):
    admit(site.south, SOUTH, "王小明")
    admit(site.east, EAST, "赵敏", people=2)
    site.carry()
    site.sever()
    first = service.begin(site.south, SOUTH, RollKind.REAL, inside)
    desk_clock.advance(seconds=20)
    admit(site.east, EAST, "刘后来")
    second = service.begin(site.east, EAST, RollKind.REAL, inside)
    service.mark(site.south, SOUTH, mark_of(site.south, "王小明").id, Mark.FOUND)
    service.mark(site.east, EAST, mark_of(site.east, "赵敏").id, Mark.FOUND)
    site.heal()
    for roll in (first, second):
        for desk in (site.south, site.east):
            counts = now(desk, roll).counts
            assert (counts.expected, counts.found, counts.missing) == (6, 3, 3)
    desk_clock.advance(seconds=20)
    service.unmark(site.south, SOUTH, mark_of(site.south, "赵敏").id)
    site.carry()
    desk_clock.advance(seconds=20)
    assert service.end(site.south, SOUTH, first).missing == 5
    site.carry()
    service.mark(site.east, EAST, mark_of(site.east, "刘后来").id, Mark.FOUND)
    assert service.end(site.east, EAST, second).missing == 4


def test_a_drill_of_ones_own_does_not_hide_the_other_desks_danger(site):
    site.sever()
    service.begin(site.south, SOUTH, RollKind.DRILL, inside)
    danger = service.begin(site.east, EAST, RollKind.REAL, inside)
    site.heal()
    watch = watch_of(site.south)
    assert watch is not None
    assert watch.rings
    assert now(site.south).roll.id == danger


def test_an_emergency_opened_at_one_desk_rings_at_the_other_for_its_first_minutes(site, desk_clock):
    incidents.open_incident(site.south, SOUTH, Kind.FIRE)
    assert watch_of(site.south) is None
    site.carry()
    watch = watch_of(site.east)
    assert watch is not None
    assert watch.rings
    assert watch.late
    assert watch.hint == "DANGER, fire at 南门: F9 shows who is called."
    desk_clock.advance(minutes=site.east.rules.roll_ring_min)
    assert not watch_of(site.east).rings


def test_a_drill_of_an_emergency_is_shown_at_the_other_desk_and_does_not_ring(site):
    drill = incidents.open_incident(site.south, SOUTH, Kind.FIRE, drill=True)
    site.carry()
    watch = watch_of(site.east)
    assert watch is not None
    assert not watch.rings
    assert not watch.late
    incidents.end_drill(site.south, SOUTH, drill)
    site.carry()
    assert watch_of(site.east) is None


def paper_of(desk):
    with desk.read() as book:
        job = book.all(IN_STATE, state=JobState.QUEUED, gate=desk.gate)[-1]
        return Slip.from_json(book.unseal(job.document))


def test_the_paper_says_up_to_when_the_other_desk_is_known_and_warns_of_a_stale_part(
    site, begun, desk_clock
):
    site.sever()
    service.print_again(site.south, SOUTH, begun, inside)
    assert "东门: up to 08:20" in str(paper_of(site.south).lines)
    desk_clock.advance(hours=site.south.rules.hub_stale_h, minutes=1)
    service.print_again(site.south, SOUTH, begun, inside)
    assert "Ask there: 东门: up to 11-23 08:20" in str(paper_of(site.south).lines)
    [part] = now(site.south).parts
    assert part.age is Age.STALE


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["south", "east"]),
        st.sampled_from(["found", "needs_help", "not_inside", "unmark", "cut", "heal", "badge"]),
        st.sampled_from(["王小明", "赵敏"]),
    ),
    max_size=12,
)


@given(ACTS)
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_whatever_is_marked_where_and_when_both_desks_agree_afterwards(
    site, house_people, desk_clock, acts
):
    site.heal()
    for desk, by in ((site.south, SOUTH), (site.east, EAST)):
        site.carry()
        open_now = standing(desk, "", inside)
        if isinstance(open_now, Standing):
            service.end(desk, by, open_now.roll.id)
    site.carry()
    if not visitors_of(site.south):
        admit(site.south, SOUTH, "王小明")
        admit(site.east, EAST, "赵敏", people=2)
        site.carry()
    roll = service.begin(site.south, SOUTH, RollKind.DRILL, inside)
    site.carry()
    for where, act, name in acts:
        desk, by = (site.south, SOUTH) if where == "south" else (site.east, EAST)
        desk_clock.advance(seconds=1)
        if act == "cut":
            site.sever()
        elif act == "heal":
            site.heal()
        elif act == "badge":
            service.mark_badge(desk, by, roll, house_people["3001"])
        elif act != "unmark":
            service.mark(desk, by, mark_of(desk, name).id, Mark(act))
        elif mark_of(desk, name).state is not None:
            service.unmark(desk, by, mark_of(desk, name).id)
        site.carry()
    site.heal()
    site.heal()
    assert state_of(site.south) == state_of(site.east)
    with site.south.read() as book:
        marks = book.all(MARKS_OF, roll=roll)
    assert len({one.party for one in together(marks)}) == len(together(marks))


def visitors_of(desk):
    with desk.read() as book:
        return [one for one in inside(desk, book) if one.sort is Sort.VISITOR]
