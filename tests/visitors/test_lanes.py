"""Each kind of visit has its own fields, words and rules: on a real desk, up to the slip."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.journal import entries
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_lanes import ASKABLE, LANE_NAMES, LaneSetting, Window
from kiosk.desk.slip import Slip
from kiosk.desk.words import register, sentence
from visitors import appointments, cards, corrections, departures, reception
from visitors.corrections import Corrected
from visitors.exit import parting
from visitors.feature import REFUSALS
from visitors.lanes import gate, helmets
from visitors.lanes.rules import checked, rules_of, switched_on
from visitors.lanes.table import LANES, Lane, lane_of
from visitors.models import Answer, How, LeftHow, ReturnSlip, State
from visitors.outstanding import outstanding
from visitors.rules import LIMITS, Details
from visitors.subject import told

pytestmark = pytest.mark.usefixtures("people")
register(REFUSALS)
GUARD, HOST = "2001", "1001"
PUBLIC = Details(name="赵敏", matter="办证", lane="public")
COURIER = Details(name="", matter="", unit="顺丰速运", lane="courier")
PETITION = Details(name="孙强", matter="反映问题", besides="信访接待室", lane="petition")
POLICE = Details(name="周亮", matter="", unit="派出所", besides="警官证 012345", lane="law")
FAMILY = Details(name="吴芳", matter="", besides="妻子", lane="family")


def visit_of(desk, details, host=HOST):
    return reception.walk_in(desk, GUARD, details, host)


def say_yes(desk, visit):
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)


def code_of(call, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    assert "{" not in sentence(refusal.value.code, refusal.value.facts)
    return refusal.value.code


def slips(desk, visit):
    with desk.read() as book:
        jobs = book.all(JOBS_OF, slip="visit", number=cards.visit_card(desk, visit).readable)
        return [Slip.from_json(book.unseal(job.document)) for job in jobs]


def on_paper(desk, visit):
    return "\n".join(str(line) for line in max(slips(desk, visit), key=lambda one: one.copy).lines)


def facts(desk, code):
    with desk.read() as book:
        found = [one for one in entries(book.connection, desk.gate) if one.code == code]
    return [one.facts_made() for one in found]


def kinds(desk):
    with desk.read() as book:
        return {one.kind for one in outstanding(desk, book)}


@pytest.fixture
def with_window(desk):
    window = Window("办公室", time(8, 0), time(11, 30))
    desk.settings = replace(desk.settings, windows=(window,))
    return desk


def test_the_settings_name_the_kinds_and_fields_that_there_are():
    assert tuple(Lane) == LANE_NAMES
    assert set(ASKABLE) <= set(LIMITS) | {"people", "id_number"}
    assert all(lane_of(name) is Lane(name) for name in LANE_NAMES)
    assert lane_of("") is lane_of("nobody knows") is Lane.OFFICIAL


@pytest.mark.parametrize("lane", list(Lane))
def test_every_field_that_a_kind_needs_is_asked_for_under_its_own_name(desk, lane):
    whole = Details(
        name="王小明", matter="水表检修", unit="东川供水公司", besides="证 7", lane=lane.value
    )
    assert checked(desk, whole).lane == lane.value
    for field in LANES[lane].required:
        with pytest.raises(Refused) as refusal:
            checked(desk, replace(whole, **{field: ""}))
        assert refusal.value.code == "visit.field_missing"
        assert refusal.value.facts["field"] == field


def test_a_window_in_its_hours_says_yes_by_itself_and_the_slip_shows_it(with_window):
    desk = with_window
    visit = visit_of(desk, PUBLIC)
    reception.admit(desk, GUARD, visit)
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.answer_how, shown.area) == (
        State.ADMITTED, How.STANDING, "Service hall",
    )  # fmt: skip
    assert facts(desk, "visit.host_answered")[-1]["how"] == "standing"
    assert "standing yes of the window" in on_paper(desk, visit)


def test_outside_its_hours_a_window_says_nothing(with_window, desk_clock):
    desk = with_window
    desk_clock.advance(hours=2)
    early = visit_of(desk, PUBLIC)
    desk_clock.advance(hours=1, minutes=10)  # 11:30: closed
    assert code_of(reception.admit, desk, GUARD, early) == "visit.window_closed"
    late = visit_of(desk, replace(PUBLIC, name="钱七"))
    assert cards.visit_card(desk, late).answer is None
    assert code_of(reception.admit, desk, GUARD, late) == "visit.no_yes"
    desk_clock.advance(days=5)  # a Saturday morning
    desk_clock.advance(hours=-3)
    saturday = visit_of(desk, replace(PUBLIC, name="冯八"))
    assert cards.visit_card(desk, saturday).answer is None


def test_a_window_is_open_to_the_public_only(with_window):
    visit = visit_of(with_window, Details(name="王小明", matter="水表检修"))
    assert cards.visit_card(with_window, visit).answer is None
    assert code_of(reception.admit, with_window, GUARD, visit) == "visit.no_yes"


def test_who_waits_when_the_window_opens_is_admitted_without_asking(with_window, desk_clock):
    desk_clock.advance(hours=-1)  # 07:20
    visit = visit_of(with_window, PUBLIC)
    assert not cards.visit_card(with_window, visit).window_open
    desk_clock.advance(hours=1)
    assert cards.visit_card(with_window, visit).window_open
    reception.admit(with_window, GUARD, visit)
    assert cards.visit_card(with_window, visit).answer_how is How.STANDING


def test_a_visit_corrected_to_public_gets_the_windows_yes(with_window):
    desk = with_window
    visit = visit_of(desk, Details(name="赵敏", matter="办证"))
    until = cards.visit_card(desk, visit).until_at
    corrections.correct(desk, GUARD, visit, Corrected(PUBLIC, HOST, until), "办事群众")
    assert cards.visit_card(desk, visit).answer_how is How.STANDING


@pytest.mark.parametrize("kept", [True, False])
def test_a_courier_hands_over_at_the_gate_and_was_never_inside(desk, kept):
    visit = visit_of(desk, COURIER)
    say_yes(desk, visit)
    assert code_of(reception.admit, desk, GUARD, visit) == "visit.not_past_gate"
    gate.hand_over(desk, GUARD, visit, kept=kept)
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.left_how, shown.admitted_at) == (State.LEFT, LeftHow.AT_GATE, None)
    assert (shown.return_slip, shown.name, shown.about) == (ReturnSlip.NONE, "顺丰速运", "Courier")
    assert facts(desk, "visit.handed_over")[-1]["to"] == ("gate" if kept else "host")
    assert kinds(desk) == set()
    assert code_of(gate.hand_over, desk, GUARD, visit, kept=kept) == "visit.not_possible"


def test_nobody_served_at_the_gate_is_put_inside_by_a_count(desk):
    inside = visit_of(desk, Details(name="王小明", matter="检修"))
    say_yes(desk, inside)
    reception.admit(desk, GUARD, inside)
    departures.leave(desk, GUARD, inside, signed=True)
    party = visit_of(desk, replace(COURIER, people=3))
    gate.hand_over(desk, GUARD, party, kept=True)
    assert parting.left_last(desk).id == inside  # one key puts right who left, not who brought
    assert code_of(parting.part_leaves, desk, GUARD, party, 1) == "visit.not_possible"
    assert cards.visit_card(desk, party).state is State.LEFT


def test_only_couriers_hand_over(desk):
    visit = visit_of(desk, FAMILY)
    assert code_of(gate.hand_over, desk, GUARD, visit, kept=True) == "visit.past_gate"


def test_nobody_inside_becomes_a_courier(desk):
    visit = visit_of(desk, FAMILY)
    say_yes(desk, visit)
    reception.admit(desk, GUARD, visit)
    until = cards.visit_card(desk, visit).until_at
    wanted = Corrected(replace(COURIER, name="吴芳"), HOST, until)
    assert code_of(corrections.correct, desk, GUARD, visit, wanted, "错了") == "visit.not_past_gate"


def test_the_gate_alone_sends_no_petition_away(desk):
    visit = visit_of(desk, PETITION)
    assert code_of(reception.refuse, desk, GUARD, visit, "no_purpose") == "visit.petition_alone"
    reception.answer(desk, GUARD, visit, Answer.NOT_REACHED, How.PHONE)
    assert code_of(reception.refuse, desk, GUARD, visit, "不让进") == "visit.petition_alone"
    reception.answer(desk, GUARD, visit, Answer.NO, How.PHONE)
    reception.refuse(desk, GUARD, visit, "host_declines")
    assert cards.visit_card(desk, visit).state is State.REFUSED


def test_who_has_a_petition_may_give_up_by_himself_and_goes_in_with_an_escort(desk):
    tired = visit_of(desk, PETITION)
    reception.refuse(desk, GUARD, tired, "gave_up")
    assert cards.visit_card(desk, tired).state is State.REFUSED
    led = visit_of(desk, PETITION)
    say_yes(desk, led)
    reception.admit(desk, GUARD, led)
    paper = on_paper(desk, led)
    assert "With an escort only" in paper
    assert "信访接待室" in paper


def test_of_officers_a_leader_is_told_at_once_and_they_carry_no_slip(desk):
    assert code_of(visit_of, desk, replace(POLICE, besides="警官证")) == "visit.papers_number"
    visit = visit_of(desk, POLICE)
    assert "visit.leader_not_told" in kinds(desk)
    say_yes(desk, visit)
    shown = reception.admit(desk, GUARD, visit)
    assert (shown.copy_no, shown.return_slip, slips(desk, visit)) == (0, ReturnSlip.NONE, [])
    assert code_of(corrections.reprint, desk, GUARD, visit, "再来") == "visit.lane_no_slip"
    assert code_of(gate.leader_told, desk, GUARD, visit, "2002") == "visit.not_a_leader"
    gate.leader_told(desk, GUARD, visit, "1001")
    assert code_of(gate.leader_told, desk, GUARD, visit, "1001") == "visit.leader_not_asked"
    assert "visit.leader_not_told" not in kinds(desk)
    departures.leave(desk, GUARD, visit, signed=False)
    assert cards.visit_card(desk, visit).return_slip is ReturnSlip.NONE
    assert kinds(desk) == set()


def test_officers_who_have_left_untold_stay_open(desk):
    visit = visit_of(desk, POLICE)
    reception.refuse(desk, GUARD, visit, "gave_up")
    assert kinds(desk) == {"visit.leader_not_told"}
    gate.leader_told(desk, GUARD, visit, "1001")
    assert kinds(desk) == set()


def test_what_a_kind_asks_besides_lies_sealed_and_is_shown_to_the_visitor(desk):
    visit = visit_of(desk, FAMILY)
    with desk.read() as book:
        row, host = cards.visit_of(book, visit)
        held = dict(told(desk, book, row, host, []).groups)
    assert ("Besides", "妻子") in held["About you"]
    assert "妻子" not in row.besides
    assert "妻子" not in str([one.facts for one in _all_entries(desk)])


def _all_entries(desk):
    with desk.read() as book:
        return list(entries(book.connection, desk.gate))


def test_a_site_switches_kinds_off_and_asks_other_things(desk):
    desk.settings = replace(
        desk.settings,
        lanes={
            "food": LaneSetting(enabled=False),
            "courier": LaneSetting(required=("name", "phone"), area="北门", script="放这儿"),
        },
    )
    assert Lane.FOOD not in switched_on(desk)
    assert len(switched_on(desk)) == len(Lane) - 1
    assert code_of(checked, desk, COURIER) == "visit.field_missing"
    whole = checked(desk, replace(COURIER, name="小刘", phone="13800138000"))
    assert (whole.name, whole.area) == ("小刘", "北门")
    assert rules_of(desk, Lane.COURIER).script == "放这儿"
    assert "unit" in rules_of(desk, Lane.COURIER).fields


@given(st.text(max_size=20), st.integers(min_value=1, max_value=4))
def test_whatever_is_typed_as_a_helmet_is_read_or_refused(typed, people):
    try:
        found = helmets.read(typed, people)
    except Refused as refused:
        assert refused.code in REFUSALS  # noqa: PT017 - what is refused is one of ours
    else:
        alone = found in {helmets.OWN, helmets.STAYS_OUT}
        assert alone or len(found.split()) == people
        again = found.replace(helmets.OWN, "O") if found != helmets.STAYS_OUT else "N"
        assert helmets.read(again, people) == found


def test_an_appointment_keeps_its_kind_until_it_is_changed(desk):
    visit = appointments.expect(desk, GUARD, FAMILY, HOST, confirmed=How.PHONE)
    shown = cards.visit_card(desk, visit)
    assert (shown.lane, shown.kind, shown.besides) == (Lane.FAMILY, "Family", "妻子")
    reception.admit(desk, GUARD, visit)
    assert "Family" in on_paper(desk, visit)
