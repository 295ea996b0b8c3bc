"""Whoever helps is let in at once; what is missing is owed, and nobody else gains a way round."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import features
from kiosk.desk import journal, verify
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.roll_call.reports import roll_call
from shift_handover.from_open_things import records_of
from shift_handover.wording import text_of
from visitors import cards, corrections, departures, erasing, reception, rules, subject
from visitors.emergency import debt, service
from visitors.emergency.debt import Payment
from visitors.emergency.models import OWED, Kind
from visitors.exit import assumed, parting
from visitors.exit.assumed import Was
from visitors.models import Answer, How, LeftHow, Origin, ReturnSlip, State
from visitors.rules import Details, Step
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")
GUARD, HEAD = "2001", "1001"
ALL = Payment("刘医生", "县医院", "3", "接诊病人", "张科长，李建国电话告知", HEAD, "云A12345")


def let_in(desk, kind=Kind.AMBULANCE, **typed):
    return service.admit_at_once(desk, GUARD, kind, **typed).visit


def debts(desk):
    with desk.read() as book:
        return [one for one in features.outstanding(desk, book) if one.kind == "visit.debt"]


def entries(desk, code):
    with desk.read() as book:
        return [one for one in journal.entries(book.connection, desk.gate) if one.code == code]


@pytest.mark.parametrize("kind", Kind)
def test_one_act_lets_in_with_number_and_hour_and_without_yes_or_slip(desk, kind):
    visit = cards.visit_card(desk, let_in(desk, kind))
    assert (visit.number, visit.state, visit.origin) == ("001", State.ADMITTED, Origin.EMERGENCY)
    assert (visit.admitted_at, visit.answer, visit.copy_no) == (desk.clock(), None, 0)
    assert visit.owed == OWED
    with desk.read() as book:
        assert book.connection.execute("SELECT count(*) FROM print_job").fetchone() == (0,)
    [entry] = entries(desk, "visit.emergency_admitted")
    assert f'"kind":"{kind.value}"' in entry.facts


_BACK_INSIDE = {Step.STILL_INSIDE, Step.PART_STAYED}
"""From where only somebody goes who was admitted before."""


def test_nobody_else_enters_without_a_yes(desk):
    visit_id = reception.walk_in(desk, GUARD, Details("王小明", "水表检修"), HEAD)
    with desk.read() as book:
        visit, _host = visit_of(book, visit_id)
    for state in State:
        visit.state = state
        with pytest.raises(Refused, match=r"visit\.(no_yes|not_possible)"):
            rules.after(visit, Step.ENTER_IN_EMERGENCY)
    with pytest.raises(Refused, match=r"visit\.no_yes"):
        reception.admit(desk, GUARD, visit_id)
    been_inside = {State.ADMITTED, State.LEFT, State.ASSUMED_LEFT, State.UNKNOWN}
    ways_in = [
        (state, step) for state, steps in rules.STEPS.items() if state not in been_inside
        for step, then in steps.items() if then is State.ADMITTED
    ]  # fmt: skip
    assert ways_in == [
        (State.EXPECTED, Step.ENTER_IN_EMERGENCY),
        (State.WAITING, Step.ADMIT), (State.HOST_ASKED, Step.ADMIT),
    ]  # fmt: skip


def test_the_debt_is_open_until_paid_and_red_when_it_is_late(desk, desk_clock):
    visit = let_in(desk)
    [thing] = debts(desk)
    assert (thing.number, thing.urgency, thing.ref) == ("001", Urgency.WAITING, visit)
    desk_clock.advance(hours=desk.rules.emergency_debt_h, seconds=-1)
    assert debts(desk)[0].urgency is Urgency.WAITING
    desk_clock.advance(seconds=1)
    assert debts(desk)[0].urgency is Urgency.NOW
    [record] = records_of(debts(desk))
    assert record.kind == "visit.debt"
    assert debt.pay(desk, GUARD, visit, ALL) == ()
    assert debts(desk) == []


def test_it_is_paid_bit_by_bit_and_who_is_responsible_takes_it_over(desk):
    visit = let_in(desk, plate="云A1")
    assert debt.pay(desk, GUARD, visit, Payment(unit="县医院", people="2")) == (
        "name", "matter", "told", "host",
    )  # fmt: skip
    owes = debt.owes(desk, visit)
    assert owes.known == {"unit": "县医院", "people": "2", "plate": "云A1"}
    assert owes.host is None
    with pytest.raises(Refused, match=r"visit\.nothing_given"):
        debt.pay(desk, GUARD, visit, Payment(unit="县医院", people="2", plate="云A1"))
    assert debt.pay(desk, GUARD, visit, ALL) == ()
    shown = cards.visit_card(desk, visit)
    assert (shown.name, shown.people, shown.host.staff_no) == ("刘医生", 3, HEAD)
    with pytest.raises(Refused, match=r"visit\.no_debt"):
        debt.pay(desk, GUARD, visit, ALL)
    assert len(entries(desk, "visit.debt_paid")) == 2


def test_whoever_helps_is_never_kept_and_the_debt_remains(desk):
    visit = let_in(desk)
    gone = departures.leave_by_number(desk, GUARD, 1, signed=False)
    assert (gone.return_slip, cards.visit_card(desk, visit).state) == (ReturnSlip.NONE, State.LEFT)
    with desk.read() as book:
        assert features.inside(desk, book) == []
    assert len(debts(desk)) == 1
    assert debt.pay(desk, GUARD, visit, ALL) == ()


def test_they_are_in_the_roll_call_as_at_least_one(desk):
    visit = let_in(desk, Kind.FIRE)
    with desk.read() as book:
        [inside] = features.inside(desk, book)
        table = roll_call(features.inside)(desk, book, Period(desk.today(), desk.today()))
    assert inside.name == "Fire brigade, number unknown: at least 1"
    assert (inside.certain, inside.people) == (True, 1)
    assert "at least 1" in str(table.rows)
    debt.pay(desk, GUARD, visit, Payment(people="6"))
    with desk.read() as book:
        [inside] = features.inside(desk, book)
    assert (inside.name, inside.people) == ("Fire brigade", 6)


@pytest.mark.parametrize("people", ["0", "100", "三百", "-1", "1.5", "9" * 200])
def test_a_number_that_is_none_lets_nobody_in_half(desk, people):
    with pytest.raises(Refused) as refused:
        let_in(desk, people=people)
    assert (refused.value.code, refused.value.facts["field"]) == ("visit.people_count", "people")
    assert cards.todays(desk) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Payment(), "visit.nothing_given"),
        (Payment(name="***"), "visit.name_unreadable"),
        (Payment(unit="县" * 61), "visit.field_too_long"),
        (Payment(told="县" * 81), "visit.field_too_long"),
        (Payment(host="9999"), "visit.host_unknown"),
        (Payment(people="many"), "visit.people_count"),
    ],
)
def test_what_cannot_be_paid_leaves_the_debt_as_it_was(desk, given, code):
    visit = let_in(desk)
    with pytest.raises(Refused) as refused:
        debt.pay(desk, GUARD, visit, given)
    assert refused.value.code == code
    assert cards.visit_card(desk, visit).owed == OWED


def test_other_visits_owe_nothing_and_a_void_one_no_more(desk):
    walk_in = reception.walk_in(desk, GUARD, Details("王小明", "水表检修"), HEAD)
    with pytest.raises(Refused, match=r"visit\.no_debt"):
        debt.pay(desk, GUARD, walk_in, ALL)
    visit = let_in(desk)
    departures.leave(desk, GUARD, visit, signed=False)
    corrections.void(desk, GUARD, visit, "记错了")
    assert debts(desk) == []
    with pytest.raises(Refused, match=r"visit\.not_possible"):
        debt.pay(desk, GUARD, visit, ALL)


def test_no_slip_is_printed_again_where_none_was(desk):
    visit = let_in(desk)
    with pytest.raises(Refused, match=r"visit\.not_possible"):
        corrections.reprint(desk, GUARD, visit, "撕坏了")


def test_what_is_known_is_sealed_told_to_the_visitor_and_erased(desk):
    visit = let_in(desk, plate="云A12345")
    departures.leave(desk, GUARD, visit, signed=False)
    with desk.write(by=GUARD) as tx, pytest.raises(Refused, match=r"subject\.still_open"):
        erasing.erase(tx, desk, visit, "本人要求")
    debt.pay(desk, GUARD, visit, ALL)
    with desk.read() as book:
        rows = book.connection.execute("SELECT facts, images FROM journal").fetchall()
        said = subject.as_lines(subject.told(desk, book, *visit_of(book, visit), []))
    journalled = str(rows)
    for word in ("刘医生", "县医院", "接诊病人", "张科长", "云A12345"):
        assert word not in journalled
        assert said.count(word) == 1, word
    with desk.write(by=GUARD) as tx:
        erasing.erase(tx, desk, visit, "本人要求")
    assert debt.owes(desk, visit).known["told"] == ""


def test_an_open_debt_keeps_its_words_and_a_paid_one_loses_them_in_its_time(desk, desk_clock):
    owing, paid = let_in(desk, plate="云A1"), let_in(desk, plate="云A2")
    for visit in (owing, paid):
        departures.leave(desk, GUARD, visit, signed=False)
    debt.pay(desk, GUARD, paid, ALL)
    desk_clock.advance(days=desk.rules.visitor_words_days + 2)
    features.purge(desk)
    assert debt.owes(desk, owing).known["plate"] == "云A1"
    assert debt.owes(desk, paid).known["plate"] == ""


@given(steps=st.lists(st.sampled_from(["name", "people", "host", "leave", "told", "unit"])))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_any_order_the_debt_stands_exactly_while_something_is_missing(desk, steps):
    visit = let_in(desk)
    given_so_far = set()
    for step in steps:
        try:
            if step == "leave":
                departures.leave(desk, GUARD, visit, signed=False)
            else:
                debt.pay(desk, GUARD, visit, Payment(**{step: getattr(ALL, step)}))
                given_so_far.add(step)
        except Refused:
            if step not in given_so_far and step != "leave":
                raise
        open_now = {thing.ref: thing for thing in debts(desk)}
        assert set(cards.visit_card(desk, visit).owed) == set(OWED) - given_so_far
        assert visit in open_now  # the matter is never given here


def test_a_debt_is_paid_when_nobody_knows_where_they_went(desk):
    visit = let_in(desk)
    departures.leave(desk, GUARD, visit, signed=False, how=LeftHow.ASSUMED)
    assumed.settle_assumed(desk, GUARD, visit, Was.UNKNOWN, "没人知道")
    assert [one.ref for one in debts(desk)] == [visit]
    assert debt.pay(desk, GUARD, visit, ALL) == ()
    assert debts(desk) == []


def test_no_fewer_are_written_down_than_have_left_and_are_inside(desk):
    visit = let_in(desk, people="5")
    parting.part_leaves(desk, GUARD, visit, 3)
    with pytest.raises(Refused, match=r"visit\.people_gone"):
        debt.pay(desk, GUARD, visit, Payment(people="3"))
    debt.pay(desk, GUARD, visit, Payment(people="4"))
    assert cards.visit_card(desk, visit).remaining == 1


def test_the_book_replays_to_the_same_debts(desk):
    visit = let_in(desk)
    debt.pay(desk, GUARD, visit, Payment(unit="县医院"))
    debt.pay(desk, GUARD, visit, ALL)
    with closing(sqlite3.connect(desk.settings.desk.database)) as connection:
        assert verify.verify(connection, desk.gate).intact


def test_nobodys_answer_is_pretended(desk):
    visit = let_in(desk)
    with pytest.raises(Refused, match=r"visit\.not_possible"):
        reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)


def test_until_somebody_is_named_nobody_is_said_to_be_visited(desk):
    visit = let_in(desk)
    with desk.read() as book:
        [inside] = features.inside(desk, book)
        [thing] = [one for one in features.outstanding(desk, book) if one.kind == "visit.inside"]
    assert (inside.area, inside.host) == ("", "")
    assert thing.what.text() == "001 Ambulance is inside, let in as an emergency"
    [record] = records_of([thing])
    assert text_of(record) == "Ambulance is inside"
    debt.pay(desk, GUARD, visit, Payment(host=HEAD))
    with desk.read() as book:
        [inside] = features.inside(desk, book)
    assert (inside.area, inside.host) == ("办公室", "张科长")
