"""One site, two gates: booked here, let in there, out by either; and cut from one another."""

import json
from contextlib import closing
from datetime import timedelta

import pytest
from site_of_two import Site, at_the_hub, hears

from kiosk.conflicts.outstanding import CONFLICT
from kiosk.conflicts.outstanding import outstanding as conflicts_of
from kiosk.desk import database
from kiosk.desk.desk import Desk
from kiosk.desk.forks import open_forks
from kiosk.desk.hub_state import HubState, Standing
from kiosk.desk.journal import entries
from kiosk.desk.outstanding import Urgency
from kiosk.desk.pen import Pen
from kiosk.desk.people import EVERYONE
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.signing import Means, Proof
from kiosk.desk.verify import verify
from kiosk.desk.words import register
from kiosk.following import Following
from visitors import (
    appointments,
    cards,
    corrections,
    departures,
    inside,
    reception,
    registers,
    slip_code,
    watch_list,
)
from visitors.exit import parting
from visitors.exit.elsewhere import KIND as LEFT_HERE
from visitors.feature import REFUSALS
from visitors.gates import twice
from visitors.gates.settling import follow_up
from visitors.gates.stale import OtherDesks
from visitors.gates.twice import Right
from visitors.ladder.note import note
from visitors.models import Answer, How, LeftHow, ReturnSlip, State
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.service import Times, visit_of
from visitors.watch_list import Listing
from visitors.watch_models import Level

register(REFUSALS)
GUARD, HOST, OFFICE = "2001", "1001", "9001"
WANG = Details(name="王小明", form="Mr", matter="水表检修", phone="13800138000")
A, B = "gate-1", "gate-2"


@pytest.fixture
def site(settings, other_settings, desk_clock, built):
    built.copy("people", settings)
    a = Desk.open(at_the_hub(settings, A, 0), desk_clock)
    b = Desk.open(at_the_hub(other_settings, B, 1), desk_clock)
    hears(b, a)
    yield Site(a, b)
    a.close()
    b.close()


def booked(desk, details=WANG):
    start = desk.clock()
    times = Times(start, start + timedelta(hours=2))
    visit = appointments.expect(desk, GUARD, details, HOST, times)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    return visit


def let_in(desk, details=WANG):
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return visit


def slip_of(desk, visit_id):
    with desk.read() as book:
        visit, _ = visit_of(book, visit_id)
        return slip_code.made(desk, visit, visit.copy_no)


def row(desk, visit_id):
    with desk.read() as book:
        return visit_of(book, visit_id)[0]


def things(desk, kind):
    with desk.read() as book:
        return [thing for thing in outstanding(desk, book) if thing.kind == kind]


def conflicts(desk):
    with desk.read() as book:
        return [one for one in conflicts_of(desk, book) if one.kind == CONFLICT]


def forks(desk):
    with desk.read() as book:
        return [fork for fork in open_forks(book) if fork.table == "visit"]


def told(desk, code):
    with desk.read() as book:
        found = [one for one in entries(book.connection, desk.gate) if one.code == code]
    return [json.loads(one.facts) for one in found]


def refused(code, use_case, *args, **kwargs):
    with pytest.raises(Refused) as said:
        use_case(*args, **kwargs)
    assert said.value.code == code
    return said.value.facts


def proof(desk, staff_no):
    with desk.read() as book:
        [person] = [one for one in book.all(EVERYONE) if one.staff_no == staff_no]
    return Proof(person, Means.BADGE, desk.clock())


def same_at_both(site, visit_id):
    assert row(site.a, visit_id) == row(site.b, visit_id)


def test_what_reception_books_the_gate_lets_in_and_reception_sees_it(site):
    visit = booked(site.a)
    hears(site.b, site.a)
    [shown] = cards.todays(site.b)
    assert (shown.state, shown.other_gate, shown.at_gate) == (State.EXPECTED, "", A)
    reception.admit(site.b, GUARD, visit)
    hears(site.a, site.b)
    [shown] = cards.todays(site.a)
    assert (shown.state, shown.at_gate) == (State.ADMITTED, B)
    assert forks(site.a) == []


def test_who_came_in_at_one_gate_leaves_at_the_other_in_one_step(site):
    visit = let_in(site.a)
    hears(site.b, site.a)
    gone = departures.leave_by_code(site.b, GUARD, slip_of(site.a, visit))
    assert (gone.visit.at_gate, gone.return_slip) == (A, ReturnSlip.SIGNED)
    assert told(site.b, "visit.left")[0]["came_in_at"] == A
    hears(site.a, site.b)
    left = row(site.a, visit)
    assert (left.state, left.left_how, left.left_gate) == (State.LEFT, LeftHow.SCANNED, B)
    same_at_both(site, visit)


def test_the_bars_of_the_other_gate_close_its_visit(site):
    visit = let_in(site.a)
    bars = slip_code.made_short(site.a, row(site.a, visit), 1)
    refused("visit.code_not_here", departures.leave_by_code, site.b, GUARD, bars)
    hears(site.b, site.a)
    assert departures.leave_by_code(site.b, GUARD, bars).visit.state is State.LEFT


def test_a_scanner_in_capitals_reads_the_other_gates_slip(site):
    visit = let_in(site.a)
    hears(site.b, site.a)
    code = slip_of(site.a, visit).upper()
    assert departures.leave_by_code(site.b, GUARD, code).visit.state is State.LEFT


def test_the_number_said_aloud_finds_a_visitor_of_the_other_gate(site):
    visit = let_in(site.a)
    hears(site.b, site.a)
    number = row(site.a, visit).number
    assert departures.leave_by_number(site.b, GUARD, number, signed=True).visit.id == visit


def test_while_cut_nobody_is_kept_and_the_slip_settles_by_itself(site, desk_clock):
    visit = let_in(site.a)
    desk_clock.advance(minutes=5)
    facts = refused(
        "visit.left_with_other_slip",
        departures.leave_by_code, site.b, GUARD, slip_of(site.a, visit),
    )  # fmt: skip
    assert facts["gate"] == A
    assert things(site.b, LEFT_HERE) == []
    desk_clock.advance(hours=1)
    assert hears(site.b, site.a) == 1
    left = row(site.b, visit)
    assert (left.state, left.left_gate) == (State.LEFT, B)
    assert site.b.clock() - left.left_at == timedelta(hours=1)
    assert told(site.b, "slip.settled")[0]["outcome"] == "closed"
    assert follow_up(site.b, {"visit"}) == 0
    site.heal()
    same_at_both(site, visit)
    assert things(site.a, LEFT_HERE) == things(site.b, LEFT_HERE) == []


def test_a_slip_whose_gate_has_voided_the_visit_stays_an_open_thing(site, desk_clock):
    visit = let_in(site.a)
    code = slip_of(site.a, visit)
    hears(site.b, site.a)
    with site.a.write() as tx:  # the gate prints once more, which the other has not heard of
        reception.print_slip(tx, site.a, *visit_of(tx, visit))
        tx.put(visit_of(tx, visit)[0])
        tx.record("visit.reprinted", visit=visit)
    code = slip_of(site.a, visit)
    refused("visit.left_with_other_slip", departures.leave_by_code, site.b, GUARD, code)
    desk_clock.advance(minutes=1)
    with site.a.write() as tx:
        row_of, _ = visit_of(tx, visit)
        row_of.state = State.VOIDED
        tx.put(row_of)
        tx.record("visit.voided", visit=visit)
    assert hears(site.b, site.a) == 0
    [thing] = things(site.b, LEFT_HERE)
    assert "nobody inside" in thing.what.text()
    assert things(site.a, LEFT_HERE) == []


def test_checked_out_at_both_gates_is_no_conflict_and_both_facts_stay(site, desk_clock):
    visit = let_in(site.a)
    hears(site.b, site.a)
    code = slip_of(site.a, visit)
    departures.leave_by_code(site.a, GUARD, code)
    desk_clock.advance(minutes=3)
    departures.leave_by_code(site.b, GUARD, code)
    site.heal()
    assert forks(site.a) == forks(site.b) == []
    same_at_both(site, visit)
    assert len(told(site.a, "visit.left")) == len(told(site.b, "visit.left")) == 1


def test_a_slip_scanned_again_at_the_other_gate_is_written_down_and_refused_to_nobody(site):
    visit = let_in(site.a)
    code = slip_of(site.a, visit)
    departures.leave_by_code(site.a, GUARD, code)
    hears(site.b, site.a)
    assert departures.leave_by_code(site.b, GUARD, code).visit.id == visit
    assert told(site.b, "visit.left_again")[0]["closed_at"] == A
    refused("visit.left_already", departures.leave_by_code, site.a, GUARD, code)


def test_seen_to_leave_at_one_gate_beats_assumed_at_the_other(site, desk_clock):
    visit = let_in(site.a)
    hears(site.b, site.a)
    code = slip_of(site.a, visit)
    departures.leave_by_code(site.b, GUARD, code)
    desk_clock.advance(hours=9)
    departures.leave(site.a, GUARD, visit, signed=False, how=LeftHow.ASSUMED)
    site.heal()
    same_at_both(site, visit)
    left = row(site.a, visit)
    assert (left.state, left.left_how, left.left_gate) == (State.LEFT, LeftHow.SCANNED, B)
    assert forks(site.a) == []
    assert things(site.a, "visit.assumed") == []


def test_a_part_leaving_at_each_gate_is_asked_about(site):
    visit = let_in(site.a, Details(name="王小明", matter="水表检修", people=4))
    hears(site.b, site.a)
    parting.part_leaves(site.a, GUARD, visit, 1)
    parting.part_leaves(site.b, GUARD, visit, 2)
    site.heal()
    assert len(forks(site.a)) == len(forks(site.b)) == 1


def test_let_in_at_both_gates_on_one_appointment_is_one_conflict_at_both(site):
    visit = booked(site.a)
    hears(site.b, site.a)
    reception.admit(site.a, GUARD, visit)
    slips = [slip_of(site.a, visit)]
    reception.admit(site.b, GUARD, visit)
    slips.append(slip_of(site.b, visit))
    site.heal()
    same_at_both(site, visit)
    assert len(forks(site.a)) == len(forks(site.b)) == 1
    for desk in (site.a, site.b):
        for code in slips:
            with desk.read() as book:
                assert slip_code.visit_of_code(desk, book, code)[0].id == visit


def test_one_person_let_in_as_two_visits_is_one_loud_thing_until_it_is_signed(site):
    first = let_in(site.a)
    second = let_in(site.b)
    site.heal()
    for desk in (site.a, site.b):
        [thing] = things(desk, twice.KIND)
        assert thing.urgency is Urgency.NOW
        assert {"001", "1001"} <= set(thing.facts.values())
    ref = things(site.a, twice.KIND)[0].ref
    right = Right.FIRST if ref.startswith(first) else Right.SECOND
    staff = proof(site.a, HOST)
    assert twice.may_decide(staff.person)
    twice.decide(site.a, GUARD, ref, right, staff)
    refused("visit.twice_decided", twice.decide, site.a, GUARD, ref, right, staff)
    site.heal()
    assert things(site.a, twice.KIND) == things(site.b, twice.KIND) == []
    assert row(site.b, first).state is State.ADMITTED
    assert row(site.b, second).state is State.VOIDED


def test_two_people_with_one_telephone_stay_inside_once_somebody_signed(site):
    visits = [let_in(site.a), let_in(site.b)]
    site.heal()
    ref = things(site.b, twice.KIND)[0].ref
    twice.decide(site.b, GUARD, ref, Right.BOTH, proof(site.b, OFFICE))
    twice.decide(site.a, GUARD, ref, Right.BOTH, proof(site.a, GUARD))
    site.heal()
    assert things(site.a, twice.KIND) == things(site.b, twice.KIND) == []
    assert [row(site.a, one).state for one in visits] == [State.ADMITTED, State.ADMITTED]
    with site.a.read() as book:
        assert open_forks(book) == []


@pytest.mark.parametrize("denial", ["refused", "voided"])
def test_a_denial_beats_an_admission_whatever_the_time_and_is_loud_at_both(
    site, desk_clock, denial
):
    visit = booked(site.a)
    hears(site.b, site.a)
    if denial == "refused":
        reception.refuse(site.b, GUARD, visit, "instruction")
    else:
        corrections.void(site.b, GUARD, visit, "取消")
    desk_clock.advance(minutes=30)
    reception.admit(site.a, GUARD, visit)
    code = slip_of(site.a, visit)
    site.heal()
    for desk in (site.a, site.b):
        assert row(desk, visit).state is State(denial)
        assert len(forks(desk)) == 1
        [thing] = conflicts(desk)
        assert thing.urgency is Urgency.NOW
        assert "is inside by" in thing.what.text()
        assert "ask" in thing.next_step.text()
        with desk.read() as book:
            [found] = [one for one in inside.inside(desk, book) if one.ref == visit]
        assert found.doubt
    gone = "visit.code_void" if denial == "voided" else "visit.code_denied"
    refused(gone, departures.leave_by_code, site.b, GUARD, code)
    site.heal()
    for desk in (site.a, site.b):
        [thing] = conflicts(desk)
        assert "inside" not in thing.what.text()


def test_who_is_listed_at_one_gate_is_found_inside_by_the_other(site):
    let_in(site.a, Details(name="章薇", matter="办事"))
    listing = Listing(level=Level.REFUSE, name="章薇", reason="曾大闹前台", whom=HOST)
    watch_list.add(site.b, GUARD, listing, proof(site.b, OFFICE))
    assert hears(site.a, site.b) == 1
    [thing] = things(site.a, "visit.watched")
    hears(site.b, site.a)
    assert [one.ref for one in things(site.b, "visit.watched")] == [thing.ref]


def test_on_old_data_a_supervisor_answers_for_an_admission(site):
    visit = booked(site.a)
    day = timedelta(hours=site.a.rules.hub_stale_h)
    fresh = HubState(Standing.CUT, fresh={B: site.a.clock() - day})
    old = HubState(Standing.CUT, fresh={B: site.a.clock() - day - timedelta(seconds=1)})
    facts = refused("visit.hub_stale", reception.admit, site.a, GUARD, visit, "", OtherDesks(old))
    assert facts["gate"] == B
    guard = OtherDesks(old, proof(site.a, GUARD))
    refused("visit.hub_stale_not_yours", reception.admit, site.a, GUARD, visit, "", guard)
    assert row(site.a, visit).state is State.EXPECTED
    reception.admit(site.a, GUARD, visit, "", OtherDesks(old, proof(site.a, OFFICE)))
    [fact] = told(site.a, "admission.stale_confirmed")
    assert (fact["visit"], fact["gate"], fact["signed_by"]) == (visit, B, OFFICE)
    reception.admit(site.a, GUARD, booked(site.a), "", OtherDesks(fresh))
    assert len(told(site.a, "admission.stale_confirmed")) == 1


def test_the_register_counts_a_visitor_of_two_gates_once_and_says_it_is_the_site(site):
    visit = let_in(site.a)
    hears(site.b, site.a)
    departures.leave_by_code(site.b, GUARD, slip_of(site.a, visit))
    site.heal()
    today = site.a.today()
    for desk in (site.a, site.b):
        with desk.read() as book:
            table = registers.register(desk, book, Period(today, today))
        assert len(table.rows) == 1
        assert "all gates" in table.title


def test_a_host_who_taps_here_hears_of_a_visitor_at_the_other_gate(site):
    reception.walk_in(site.b, GUARD, WANG, HOST)
    hears(site.a, site.b)
    for desk, words in ((site.a, f"waits for you at {B}"), (site.b, "at the gate")):
        with desk.read() as book:
            assert words in note(desk, book, proof(desk, HOST).person)


def test_the_line_has_the_features_follow_up_once_and_then_rests(site):
    pen = Pen()
    following = Following(site.b, pen)
    assert following() == 0
    visit = let_in(site.a)
    code = slip_of(site.a, visit)
    refused("visit.left_with_other_slip", departures.leave_by_code, site.b, GUARD, code)
    hears(site.b, site.a, follows=False)
    assert [following(), following(), following()] == [1, 0, 0]
    pen.close()
    assert row(site.b, visit).state is State.LEFT


def test_both_books_are_whole_after_all_that(site):
    visit = booked(site.a)
    hears(site.b, site.a)
    reception.admit(site.a, GUARD, visit)
    reception.refuse(site.b, GUARD, visit, "instruction")
    site.heal()
    for desk in (site.a, site.b):
        with closing(database.open_reader(desk.settings.desk.database)) as connection:
            assert verify(connection, desk.gate, desk.site_key).intact
