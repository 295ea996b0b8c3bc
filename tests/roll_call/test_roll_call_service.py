"""Holding a roll call: the list stands as it began, marks are rows, the counts always add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk import journal
from kiosk.desk.inside import Sort
from kiosk.desk.print_job import IN_STATE, JobState
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import SubjectKey
from kiosk.features import inside, inside_of_code, outstanding
from kiosk.roll_call import service
from kiosk.roll_call.models import MARKS_OF, ROLL, Mark, RollKind, RollMark
from kiosk.roll_call.rules import tally
from kiosk.roll_call.standing import Preview, Standing, standing
from shift_handover.from_open_things import records_of
from visitors import departures, slip_code
from visitors.service import visit_of

GUARD = "2001"


@pytest.fixture
def begun(desk, house):
    """A drill: 王小明 with two others, 赵敏 perhaps, 张伟 by his tap."""
    house.visits = {"王小明": house.admit("王小明", people=3), "赵敏": house.admit("赵敏")}
    departures.leave(desk, GUARD, house.visits["赵敏"], signed=False)
    house.tap("1001")
    return service.begin(desk, GUARD, RollKind.DRILL, inside)


def now(desk, roll_id=""):
    found = standing(desk, roll_id, inside)
    assert isinstance(found, Standing)
    return found


def entry(desk, name):
    [found] = [one for one in now(desk).entries if one.said.name == name]
    return found.mark


def codes(desk):
    with desk.read() as book:
        return [one.code for one in journal.entries(book.connection, desk.gate)]


def code_of(desk, visit_id, copy=None):
    with desk.read() as book:
        visit, _ = visit_of(book, visit_id)
        return slip_code.made(desk, visit, copy or visit.copy_no)


def test_before_it_begins_everybody_inside_is_shown(desk, house):
    house.admit("王小明", people=3)
    shown = standing(desk, "", inside)
    assert isinstance(shown, Preview)
    assert (shown.inside.people, shown.inside.visitors) == (3, 3)


def test_it_begins_with_its_list_and_its_paper_in_one_step(desk, begun):
    counts = now(desk).counts
    assert (counts.expected, counts.uncertain, counts.missing, counts.unclear) == (4, 1, 4, 1)
    assert codes(desk)[-2:] == ["rollcall.begun", "sheet.printed"]
    with desk.read() as book:
        queued = book.all(IN_STATE, state=JobState.QUEUED, gate=desk.gate)
    assert "D1" in {job.number for job in queued}
    assert begun


def test_only_one_runs_at_a_time(desk, begun):
    with pytest.raises(Refused) as refused:
        service.begin(desk, GUARD, RollKind.REAL, inside)
    assert (refused.value.code, refused.value.facts) == ("rollcall.runs", {"number": "D1"})
    assert begun


@pytest.mark.usefixtures("begun")
def test_the_list_stands_as_it_began(desk, house):
    departures.leave(desk, GUARD, house.visits["王小明"], signed=True)
    assert entry(desk, "王小明").state is None


@pytest.mark.usefixtures("begun")
def test_no_name_lies_open_in_marks_or_journal(desk):
    with desk.read() as book:
        kept = [
            str(row)
            for table in ("journal", "roll_mark", "print_job")
            for row in book.connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own words
        ]
    assert any("rollcall.begun" in row for row in kept)
    assert not [row for row in kept if "王小明" in row or "张科长" in row]


def test_a_scanned_slip_marks_the_whole_party_and_lets_nobody_go(desk, house, begun):
    code = code_of(desk, house.visits["王小明"])
    done = service.mark_code(desk, GUARD, begun, code, inside_of_code)
    assert (done.name, done.people, done.again) == ("王小明", 3, False)
    assert now(desk).counts.found == 3
    with desk.read() as book:
        assert visit_of(book, house.visits["王小明"])[0].left_at is None
    assert service.mark_code(desk, GUARD, begun, code, inside_of_code).again


def test_who_left_by_the_book_and_stands_here_is_found(desk, house, begun):
    code = code_of(desk, house.visits["赵敏"])
    assert service.mark_code(desk, GUARD, begun, code, inside_of_code).name == "赵敏"
    assert now(desk).counts.unclear == 0


def test_a_badge_marks_and_signs_nobody_in_or_out(desk, people, begun):
    before = codes(desk)
    assert service.mark_badge(desk, GUARD, begun, people["1001"]).name == "张伟"
    added = service.mark_badge(desk, GUARD, begun, people["3001"])
    assert (added.name, added.added) == ("李娜", True)
    assert codes(desk)[len(before) :] == ["rollcall.marked", "rollcall.marked"]
    assert now(desk).counts.added == 1


def test_some_of_a_group_leave_the_rest_missing(desk, begun):
    mark = entry(desk, "王小明")
    service.mark(desk, GUARD, mark.id, Mark.FOUND, 2)
    counts = now(desk).counts
    assert (counts.found, counts.missing) == (2, 2)  # one of the group, and 张伟
    for wrong in (0, 4):
        with pytest.raises(Refused) as refused:
            service.mark(desk, GUARD, mark.id, Mark.FOUND, wrong)
        assert refused.value.code == "rollcall.how_many"
    assert begun


def test_a_mark_is_taken_back_and_who_was_added_leaves_the_list(desk, begun):
    service.mark(desk, GUARD, entry(desk, "张伟").id, Mark.NEEDS_HELP)
    service.add(desk, GUARD, begun, "路人甲")
    assert service.unmark(desk, GUARD, entry(desk, "张伟").id) == "张伟"
    assert service.unmark(desk, GUARD, entry(desk, "路人甲").id) == "路人甲"
    assert len(now(desk).entries) == 3
    with pytest.raises(Refused, match=r"rollcall\.not_marked"):
        service.unmark(desk, GUARD, entry(desk, "张伟").id)


def test_the_end_keeps_its_counts_and_is_compared_with_the_last_of_its_kind(
    desk, desk_clock, begun
):
    desk_clock.advance(minutes=12)
    service.end(desk, GUARD, begun)
    test = service.begin(desk, GUARD, RollKind.TEST, inside)
    service.end(desk, GUARD, test)
    desk_clock.advance(hours=1)
    second = service.begin(desk, GUARD, RollKind.DRILL, inside)
    service.mark(desk, GUARD, entry(desk, "张伟").id, Mark.FOUND)
    service.end(desk, GUARD, second)
    shown = now(desk, second)
    assert (shown.roll.found, shown.roll.missing, shown.last.number) == (1, 3, "D1")
    assert shown.last.missing == 4
    assert now(desk, test).last is None
    ended = [code for code in codes(desk) if code == "rollcall.ended"]
    assert len(ended) == 3


def test_after_the_end_nothing_is_marked(desk, people, begun):
    mark = entry(desk, "张伟")
    service.end(desk, GUARD, begun)
    for late in (
        lambda: service.mark(desk, GUARD, mark.id, Mark.FOUND),
        lambda: service.mark_badge(desk, GUARD, begun, people["1001"]),
        lambda: service.add(desk, GUARD, begun, "路人甲"),
        lambda: service.print_again(desk, GUARD, begun, inside),
        lambda: service.end(desk, GUARD, begun),
    ):
        with pytest.raises(Refused, match=r"rollcall\.over"):
            late()


def test_at_a_locked_desk_it_is_real_and_pressed_twice_prints_once(desk, desk_clock, house):
    house.admit("王小明")
    assert service.print_at_once(desk, GUARD, inside).kind is RollKind.REAL
    assert service.print_at_once(desk, GUARD, inside) is None
    desk_clock.advance(minutes=2)
    again = service.print_at_once(desk, GUARD, inside)
    assert (again.number, again.papers) == ("D1", 2)
    with desk.read() as book:
        numbers = [job.number for job in book.all(IN_STATE, state=JobState.QUEUED, gate=desk.gate)]
    assert [n for n in numbers if n.startswith("D1")] == ["D1", "D1.2"]


def test_what_was_a_false_alarm_is_corrected(desk, house):
    house.admit("王小明")
    roll = service.print_at_once(desk, GUARD, inside)
    service.correct_kind(desk, GUARD, roll.id, RollKind.TEST)
    assert now(desk).roll.kind is RollKind.TEST
    assert codes(desk)[-1] == "rollcall.corrected"


def test_a_visitor_whose_words_were_erased_is_still_looked_for(desk, house):
    visit_id = house.admit("王小明", people=2)
    with desk.write(by=GUARD) as tx:
        visit, _ = visit_of(tx, visit_id)
        tx.forget(SubjectKey(id=visit.subject, wrapped=""))
        tx.record("subject.erased")
    roll = service.begin(desk, GUARD, RollKind.REAL, inside)
    assert now(desk, roll).counts.expected == 2


@given(text=st.text(max_size=90))
def test_any_scanned_text_is_a_slip_or_refused_or_not_for_us(text):
    class Nothing:
        gate = "gate-1"

    if not slip_code.is_slip_code(text):
        assert inside_of_code(Nothing(), None, text) is None


_STATES = st.sampled_from([None, *Mark])


@st.composite
def marks(draw):
    people = draw(st.integers(1, 12))
    state = draw(_STATES)
    here = draw(st.integers(1, people)) if state is Mark.FOUND else 0
    return RollMark(
        roll_id="", sort=Sort.VISITOR, words="", people=people, certain=draw(st.booleans()),
        added=draw(st.booleans()), state=state, here=here,
    )  # fmt: skip


@given(st.lists(marks(), max_size=30))
def test_nobody_is_counted_twice_and_nobody_is_lost(listed):
    counts = tally(listed)
    everybody = sum(mark.people for mark in listed)
    assert counts.expected + counts.uncertain + counts.added == everybody
    assert (
        counts.found + counts.needs_help + counts.not_inside + counts.missing + counts.unclear
        == everybody
    )


@pytest.mark.parametrize("name", ["", "   ", "\t"])
def test_nobody_without_a_name_is_added(desk, begun, name):
    with pytest.raises(Refused, match=r"rollcall\.no_name"):
        service.add(desk, GUARD, begun, name)


def test_the_rows_of_marks_name_what_is_behind_them(desk, people, begun):
    with desk.read() as book:
        refs = {mark.ref for mark in book.all(MARKS_OF, roll=begun)}
        assert book.one(ROLL, id=begun).by == GUARD
    assert people["1001"].id in refs


@pytest.mark.usefixtures("begun")
def test_the_handover_names_a_roll_call_that_runs(desk):
    with desk.read() as book:
        records = records_of(outstanding(desk, book))
    [record] = [one for one in records if one.number == "D1" and "roll" in one.kind]
    assert record.what.template.startswith("Roll call {number} (drill) runs")
    assert dict(record.what.facts) == {"number": "D1", "missing": 4}
    service.end(desk, GUARD, now(desk).roll.id)
    with desk.read() as book:
        assert [thing.kind for thing in outstanding(desk, book) if "roll" in thing.kind] == []
