"""The exit on a real desk: parts of a group, differences, bad slips, assumed departures."""

import json
from datetime import timedelta

import pytest

from kiosk.desk.journal import entries
from kiosk.desk.loans import Thing, ThingKind
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.words import register, sentence
from kiosk.features import inside as inside_all
from visitors import cards, corrections, departures, reception, slip_code
from visitors.exit import assumed, differing, lending, parting
from visitors.exit import reports as exit_reports
from visitors.exit.assumed import Was
from visitors.exit.models import Differs, Settled
from visitors.feature import REFUSALS
from visitors.models import Answer, How, LeftHow, ReturnSlip, State
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")
register(REFUSALS)
GUARD, HOST = "2001", "1001"
WANG = Details(name="王小明", form="Mr", matter="水表检修", people=3, goods="工具箱1")


@pytest.fixture
def thing(desk):
    """Put a thing into the ledger; return its row."""

    def made(label, kind=ThingKind.VISITOR_CARD, **more):
        with desk.write(by=GUARD) as tx:
            row = tx.put(Thing(label=label, kind=kind, **more))
            tx.record("thing.added", thing=label)
        return row

    return made


def inside(desk, details=WANG):
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return visit


def code_of(desk, visit_id, copy=None):
    with desk.read() as book:
        visit, _ = visit_of(book, visit_id)
        return slip_code.made(desk, visit, copy or visit.copy_no)


def things(desk):
    with desk.read() as book:
        return {thing.kind: thing for thing in outstanding(desk, book)}


def facts(desk, code):
    with desk.read() as book:
        found = [entry for entry in entries(book.connection, desk.gate) if entry.code == code]
    return json.loads(found[-1].facts)


def refused(code, use_case, *args, **kwargs):
    with pytest.raises(Refused) as said:
        use_case(*args, **kwargs)
    assert said.value.code == code
    return sentence(code, said.value.facts)


# A part of the group.


def test_a_part_leaves_and_the_rest_stay_inside_with_the_same_slip(desk):
    visit = inside(desk)
    parted = parting.part_leaves(desk, GUARD, visit, 1)
    assert (parted.left, parted.stay) == (1, 2)
    assert things(desk)["visit.inside"].facts["people"] == 2
    with desk.read() as book:
        assert [one.people for one in inside_all(desk, book)] == [2]
    gone = departures.leave_by_code(desk, GUARD, code_of(desk, visit))
    assert (gone.people, facts(desk, "visit.left")["people"]) == (2, 2)
    with desk.read() as book:
        assert inside_all(desk, book) == []


def test_a_scan_that_counted_all_is_put_right_and_the_others_are_inside_again(desk):
    visit = inside(desk)
    departures.leave_by_code(desk, GUARD, code_of(desk, visit))
    assert parting.left_last(desk).id == visit
    parting.part_leaves(desk, GUARD, visit, 2)
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.remaining, shown.return_slip) == (State.ADMITTED, 1, ReturnSlip.DUE)
    assert facts(desk, "visit.part_left")["after_closing"] is True
    departures.leave_by_code(desk, GUARD, code_of(desk, visit))
    assert cards.visit_card(desk, visit).state is State.LEFT


def test_more_than_came_is_refused_politely_and_says_what_to_do(desk):
    visit = inside(desk)
    words = refused("visit.part_more", parting.part_leaves, desk, GUARD, visit, 4)
    assert "correct the number of people" in words
    refused("visit.part_all", parting.part_leaves, desk, GUARD, visit, 3)
    refused("visit.part_none", parting.part_leaves, desk, GUARD, visit, 0)
    assert cards.visit_card(desk, visit).remaining == 3


def test_people_are_not_corrected_below_those_who_left(desk):
    visit = inside(desk)
    parting.part_leaves(desk, GUARD, visit, 2)
    before = cards.visit_card(desk, visit)
    fewer = corrections.Corrected(
        Details(name="王小明", form="Mr", matter="水表检修", people=2, goods="工具箱1"),
        HOST, before.until_at,
    )  # fmt: skip
    refused("visit.people_gone", corrections.correct, desk, GUARD, visit, fewer, "数错")


def test_one_key_puts_right_only_within_its_seconds(desk, desk_clock):
    departures.leave(desk, GUARD, inside(desk), signed=True)
    desk_clock.advance(seconds=desk.rules.exit_differs_s + 1)
    refused("visit.nothing_just_left", parting.left_last, desk)


# Bad slips and a bad clock.


def test_an_hour_of_leaving_is_never_before_the_entry_when_the_clock_was_put_back(desk, desk_clock):
    visit = inside(desk)
    entered = cards.visit_card(desk, visit).admitted_at
    desk_clock.now -= timedelta(hours=2)
    gone = departures.leave_by_code(desk, GUARD, code_of(desk, visit))
    assert gone.clock_back
    assert cards.visit_card(desk, visit).left_at == entered
    assert facts(desk, "visit.left")["clock_back_s"] == 7200


def test_a_slip_of_another_day_closes_who_stayed_and_says_so_of_who_has_gone(desk, desk_clock):
    stays, went = inside(desk), inside(desk)
    codes = code_of(desk, stays), code_of(desk, went)
    departures.leave_by_code(desk, GUARD, codes[1])
    desk_clock.advance(days=1)
    assert departures.leave_by_code(desk, GUARD, codes[0]).visit.listed == "11-23/001"
    words = refused("visit.left_already", departures.leave_by_code, desk, GUARD, codes[1])
    assert "11-23" in words
    assert "let them go" in words


def test_the_old_copy_of_a_reprinted_slip_names_the_copy_to_ask_for(desk):
    visit = inside(desk)
    corrections.reprint(desk, GUARD, visit, "撕破")
    words = refused("visit.code_old_copy", departures.leave_by_code, desk, GUARD,
                    code_of(desk, visit, 1))  # fmt: skip
    assert "copy no. 2" in words


# Differences.


def test_what_differs_is_open_with_a_number_until_it_is_settled_with_how(desk):
    visit = inside(desk)
    departures.leave_by_code(desk, GUARD, code_of(desk, visit))
    number = differing.differs(desk, GUARD, visit, Differs.GOODS, "少一把扳手")
    shown = things(desk)["visit.differs"]
    assert (shown.number, number) == ("E1", "E1")
    assert "少一把扳手" in shown.what.text()
    refused("visit.differs_already", differing.differs, desk, GUARD, visit, Differs.GOODS, "又")
    differing.settle(desk, GUARD, shown.ref, Settled.BROUGHT)
    assert things(desk) == {}
    assert facts(desk, "visit.difference_settled")["how"] == "brought"
    refused("visit.differs_settled", differing.settle, desk, GUARD, shown.ref, Settled.LOST)


def test_nothing_is_compared_while_nobody_has_left(desk):
    refused("visit.differs_not_gone", differing.differs, desk, GUARD, inside(desk), Differs.HELMET)


@pytest.mark.parametrize(("helmet", "compared"), [("12", "12"), ("own", ""), ("", "")])
def test_an_own_helmet_is_not_compared(desk, helmet, compared):
    visit = inside(desk)
    with desk.write(by=GUARD) as tx:
        row, _ = visit_of(tx, visit)
        row.helmet, row.plate = helmet, tx.seal(row.subject, "川A12345")
        tx.put(row)
        tx.record("visit.corrected", visit=visit, fields=["helmet"])
    gone = departures.leave_by_code(desk, GUARD, code_of(desk, visit))
    assert (gone.helmet, gone.plate) == (compared, "川A12345")
    shown = differing.compared(desk, visit)
    assert (shown.helmet, shown.plate) == (compared, "川A12345")


# Assumed to have left.


def assumed_one(desk):
    visit = inside(desk)
    departures.leave(desk, GUARD, visit, signed=False, how=LeftHow.ASSUMED)
    return visit


def test_an_assumed_leaving_has_its_own_code_and_is_open_until_settled(desk, desk_clock):
    visit = assumed_one(desk)
    assert facts(desk, "visit.assumed_left")["how"] == "assumed_left"
    desk_clock.advance(days=1)
    assert list(things(desk)) == ["visit.assumed"]
    assert [one.id for one in cards.todays(desk)] == [visit]


@pytest.mark.parametrize(
    ("was", "state", "how", "open_after"),
    [
        (Was.OTHER_GATE, State.LEFT, LeftHow.OTHER_GATE, "visit.return_slip_missing"),
        (Was.HOST_SAYS, State.LEFT, LeftHow.HOST_SAYS, "visit.return_slip_missing"),
        (Was.STILL_INSIDE, State.ADMITTED, None, "visit.inside"),
        (Was.UNKNOWN, State.UNKNOWN, LeftHow.ASSUMED, "visit.return_slip_missing"),
    ],
)
def test_an_assumed_leaving_is_settled_with_who_says_so(desk, was, state, how, open_after):
    visit = assumed_one(desk)
    refused("visit.reason_missing", assumed.settle_assumed, desk, GUARD, visit, was, " ")
    assumed.settle_assumed(desk, GUARD, visit, was, "被访人电话")
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.left_how, shown.reason) == (state, how, "被访人电话")
    assert list(things(desk)) == [open_after]


def test_whom_nobody_knows_of_is_uncertain_at_the_roll_call_and_leaves_by_his_slip(desk):
    visit = assumed_one(desk)
    assumed.settle_assumed(desk, GUARD, visit, Was.UNKNOWN, "都不知道")
    with desk.read() as book:
        assert [one.doubt for one in inside_all(desk, book)] == ["nobody knows where"]
    departures.leave_by_code(desk, GUARD, code_of(desk, visit))
    assert cards.visit_card(desk, visit).state is State.LEFT


def test_the_morning_list_and_the_exit_list_say_how_it_stands(desk, thing):
    visit = assumed_one(desk)
    other = inside(desk, Details(name="李四", matter="抄表"))
    lending.lend(desk, GUARD, other, thing("访客卡7").id)
    departures.leave_by_code(desk, GUARD, code_of(desk, other))
    differing.differs(desk, GUARD, other, Differs.GOODS, "多一个箱子")
    period = Period(desk.today(), desk.today())
    with desk.read() as book:
        morning = exit_reports.assumed(desk, book, period)
        at_exit = exit_reports.exits(desk, book, period)
    assert [row[7] for row in morning.rows] == ["assumed left"]
    assert [(row[3], row[5]) for row in at_exit.rows] == [
        ("访客卡7", "still out"), ("Carries 多一个箱子", "open"),
    ]  # fmt: skip
    assumed.settle_assumed(desk, GUARD, visit, Was.OTHER_GATE, "北门")
    with desk.read() as book:
        rows = exit_reports.assumed(desk, book, period).rows
    assert [row[7] for row in rows] == ["left (by another gate)"]


def test_who_comes_out_the_next_day_after_all_is_found_by_the_number_said(desk, desk_clock):
    visit = inside(desk)
    departures.leave(desk, GUARD, visit, signed=False, how=LeftHow.ASSUMED)
    desk_clock.advance(days=1)
    gone = departures.leave_by_number(desk, GUARD, 1, signed=True)
    assert (gone.visit.id, gone.visit.state) == (visit, State.LEFT)
    inside(desk)  # from now on 001 is today's
    assert departures.leave_by_number(desk, GUARD, 1, signed=True).visit.id != visit
