"""The whole way of a visit on a real desk: expected or walk-in, asked, answered, admitted, gone."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.desk import posts
from kiosk.desk.journal import entries
from kiosk.desk.presence import Presence, Whereabouts
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.slip import Slip
from kiosk.desk.words import register, sentence
from visitors import appointments, cards, corrections, departures, reception, slip_code
from visitors.corrections import Corrected
from visitors.feature import REFUSALS
from visitors.models import Answer, How, LeftHow, ReturnSlip, State
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.service import Times, visit_of

pytestmark = pytest.mark.usefixtures("people")
register(REFUSALS)
GUARD, HOST = "2001", "1001"
WANG = Details(
    name="王小明", form="Mr", unit="东川供水公司", phone="13800138000", matter="水表检修",
    people=2, goods="工具箱1", area="二楼", id_number="11010519491231002X",
)  # fmt: skip


def codes(desk):
    with desk.read() as book:
        return [
            entry.code
            for entry in entries(book.connection, desk.gate)
            if entry.code.startswith("visit.")
        ]


def facts(desk, code):
    with desk.read() as book:
        found = [entry for entry in entries(book.connection, desk.gate) if entry.code == code]
    return found[-1].by, json.loads(found[-1].facts)


def slips(desk, visit):
    with desk.read() as book:
        jobs = book.all(JOBS_OF, slip="visit", number=visit.readable)
        return [Slip.from_json(book.unseal(job.document)) for job in jobs]


def code_of(desk, visit_id, copy=None):
    with desk.read() as book:
        visit, _ = visit_of(book, visit_id)
        return slip_code.made(desk, visit, copy or visit.copy_no)


def things(desk):
    with desk.read() as book:
        return outstanding(desk, book)


def walked_in(desk, details=WANG):
    return reception.walk_in(desk, GUARD, details, HOST)


def inside(desk, details=WANG):
    visit = walked_in(desk, details)
    reception.ask(desk, GUARD, visit, How.PHONE)
    reception.answer(desk, GUARD, visit, Answer.YES, How.PHONE, read_back=True)
    reception.admit(desk, GUARD, visit)
    return visit


def test_a_confirmed_appointment_is_admitted_in_one_step(desk):
    visit = appointments.expect(desk, GUARD, WANG, HOST, confirmed=How.MESSAGE)
    shown = reception.admit(desk, GUARD, visit)
    assert (shown.number, shown.state) == ("001", State.ADMITTED)
    assert codes(desk) == ["visit.expected", "visit.arrived", "visit.admitted"]
    assert [slip.copy for slip in slips(desk, shown)] == [1]


def test_an_appointment_the_host_has_not_confirmed_stays_outside(desk):
    visit = appointments.expect(desk, GUARD, WANG, HOST)
    with pytest.raises(Refused, match=r"visit\.no_yes"):
        reception.admit(desk, GUARD, visit)
    assert cards.visit_card(desk, visit).state is State.EXPECTED
    assert codes(desk) == ["visit.expected"]


def test_a_walk_in_is_asked_answered_and_admitted(desk):
    visit = inside(desk)
    assert codes(desk) == [
        "visit.arrived", "visit.host_asked", "visit.host_answered", "visit.admitted",
    ]  # fmt: skip
    by, said = facts(desk, "visit.host_asked")
    assert (by, said["extension"], said["presence"]) == (GUARD, "8001", "not_signed")
    assert cards.visit_card(desk, visit).has_yes


@pytest.mark.parametrize("said", [Answer.WAIT, Answer.NO, Answer.NOT_REACHED])
def test_no_other_answer_opens_the_door(desk, said):
    visit = walked_in(desk)
    reception.ask(desk, GUARD, visit, How.PHONE)
    reception.answer(desk, GUARD, visit, said, How.PHONE)
    with pytest.raises(Refused, match=r"visit\.no_yes"):
        reception.admit(desk, GUARD, visit)


def test_a_later_no_takes_the_yes_back(desk):
    visit = appointments.expect(desk, GUARD, WANG, HOST, confirmed=How.PHONE)
    reception.ask(desk, GUARD, visit, How.PHONE)
    reception.answer(desk, GUARD, visit, Answer.NO, How.PHONE)
    with pytest.raises(Refused, match=r"visit\.no_yes"):
        reception.admit(desk, GUARD, visit)


def test_a_yes_by_telephone_must_be_read_back(desk):
    visit = walked_in(desk)
    with pytest.raises(Refused, match=r"visit\.read_back"):
        reception.answer(desk, GUARD, visit, Answer.YES, How.PHONE)


def test_the_hosts_own_badge_is_a_yes_in_his_name(desk):
    visit = walked_in(desk)
    reception.badge_yes(desk, GUARD, visit, HOST)
    by, said = facts(desk, "visit.host_answered")
    assert (by, said["how"], said["desk_by"]) == (HOST, "badge", GUARD)
    reception.admit(desk, GUARD, visit)


def test_another_badge_is_no_answer(desk):
    visit = walked_in(desk)
    with pytest.raises(Refused, match=r"visit\.badge_not_host"):
        reception.badge_yes(desk, GUARD, visit, "3001")


def test_the_hosts_presence_is_shown_and_recorded(desk, people):
    host = people[HOST]
    with desk.write(by=HOST) as tx:
        tx.put(
            Presence(
                id=host.id, person_id=host.id, state=Whereabouts.OUT, since=tx.now,
                day=desk.today(), tapped_at=tx.now,
            )
        )  # fmt: skip
        tx.record("staff.signed_out", person=HOST)
    visit = walked_in(desk)
    assert cards.visit_card(desk, visit).host.presence == "out"


def test_a_refused_visitor_is_recorded_with_the_reason(desk):
    visit = walked_in(desk)
    reception.refuse(desk, GUARD, visit, "host_declines")
    assert facts(desk, "visit.refused")[1]["reason"] == "host_declines"
    with pytest.raises(Refused, match=r"visit\.not_possible"):
        reception.admit(desk, GUARD, visit)


def test_own_words_of_a_refusal_are_sealed(desk):
    visit = walked_in(desk)
    reception.refuse(desk, GUARD, visit, "王小明喝了酒")
    assert facts(desk, "visit.refused")[1]["reason"] == "other"
    assert cards.visit_card(desk, visit).reason == "王小明喝了酒"


def test_the_scanned_slip_closes_the_visit_and_says_what_to_compare(desk):
    visit = inside(desk)
    gone = departures.leave_by_code(desk, GUARD, code_of(desk, visit))
    assert (gone.people, gone.goods, gone.return_slip) == (2, "工具箱1", ReturnSlip.SIGNED)
    assert facts(desk, "visit.left")[1]["how"] == "left_scanned"
    assert things(desk) == []


def test_a_second_scan_says_when_the_visit_was_closed(desk):
    visit = inside(desk)
    code = code_of(desk, visit)
    departures.leave_by_code(desk, GUARD, code)
    with pytest.raises(Refused, match=r"visit\.left_already") as refused:
        departures.leave_by_code(desk, GUARD, code)
    assert refused.value.facts["at"] == "08:20"


def test_a_missing_return_slip_stays_open_until_it_is_settled(desk):
    visit = inside(desk)
    departures.leave_by_number(desk, GUARD, 1, signed=False)
    assert [thing.kind for thing in things(desk)] == ["visit.return_slip_missing"]
    departures.settle_return_slip(desk, GUARD, visit, "被访人电话确认")
    assert things(desk) == []
    with pytest.raises(Refused, match=r"visit\.slip_not_missing"):
        departures.settle_return_slip(desk, GUARD, visit, "again")


def test_a_scan_that_nobody_saw_leaves_the_return_slip_open(desk):
    visit = inside(desk)
    departures.leave_by_code(desk, "system", code_of(desk, visit), seen=False)
    assert [thing.kind for thing in things(desk)] == ["visit.return_slip_missing"]


def test_a_slip_without_signature_can_still_be_said_after_the_scan(desk):
    visit = inside(desk)
    departures.leave_by_code(desk, GUARD, code_of(desk, visit))
    departures.slip_not_signed(desk, GUARD, visit)
    assert cards.visit_card(desk, visit).return_slip is ReturnSlip.MISSING


def test_assumed_left_is_never_called_left_and_a_late_scan_settles_it(desk):
    visit = inside(desk)
    departures.leave(desk, GUARD, visit, signed=False, how=LeftHow.ASSUMED)
    assert cards.visit_card(desk, visit).state is State.ASSUMED_LEFT
    departures.leave_by_code(desk, GUARD, code_of(desk, visit))
    assert cards.visit_card(desk, visit).state is State.LEFT


def test_a_reprint_says_so_and_makes_the_older_copy_invalid(desk):
    visit = inside(desk)
    old = code_of(desk, visit)
    shown = corrections.reprint(desk, GUARD, visit, "纸卡住了")
    assert [slip.copy for slip in slips(desk, shown)] == [2, 1]
    with pytest.raises(Refused, match=r"visit\.code_old_copy"):
        departures.leave_by_code(desk, GUARD, old)
    departures.leave_by_code(desk, GUARD, code_of(desk, visit))


def test_a_reprint_needs_a_reason(desk):
    with pytest.raises(Refused, match=r"visit\.reason_missing"):
        corrections.reprint(desk, GUARD, inside(desk), " \x1b ")


def test_a_correction_keeps_the_id_mark_and_names_the_fields(desk):
    visit = inside(desk)
    before = cards.visit_card(desk, visit)
    details = Details(
        name=before.name, form="Mr", unit=before.unit, phone=before.phone, matter="换水表",
        people=3, goods=before.goods, area=before.area,
    )  # fmt: skip
    corrections.correct(desk, GUARD, visit, Corrected(details, HOST, before.until_at), "听错了")
    shown = cards.visit_card(desk, visit)
    assert (shown.matter, shown.people, shown.id_masked) == ("换水表", 3, "110***********002X")
    assert facts(desk, "visit.corrected")[1]["fields"] == ["matter", "people"]


def test_another_name_does_not_keep_the_id_mark_of_the_person_before(desk):
    visit = inside(desk)
    before = cards.visit_card(desk, visit)
    details = Details(name="李四", matter=before.matter)
    corrections.correct(desk, GUARD, visit, Corrected(details, HOST, before.until_at), "写错人")
    with desk.read() as book:
        row, _ = visit_of(book, visit)
    assert (row.id_masked, row.id_hash) == ("", "")
    own = replace(details, name="赵六", id_number="440524188001010014")
    corrections.correct(desk, GUARD, visit, Corrected(own, HOST, before.until_at), "写错人")
    assert cards.visit_card(desk, visit).id_masked == "440***********0014"


def test_another_host_must_be_asked_himself(desk):
    visit = appointments.expect(desk, GUARD, WANG, HOST, confirmed=How.PHONE)
    before = cards.visit_card(desk, visit)
    corrections.correct(desk, GUARD, visit, Corrected(WANG, "3001", before.until_at), "找李娜")
    with pytest.raises(Refused, match=r"visit\.no_yes"):
        reception.admit(desk, GUARD, visit)


def test_inside_the_host_is_fixed(desk):
    visit = inside(desk)
    before = cards.visit_card(desk, visit)
    with pytest.raises(Refused, match=r"visit\.host_fixed"):
        corrections.correct(desk, GUARD, visit, Corrected(WANG, "3001", before.until_at), "x")


def stated(desk, person, means=Means.BADGE):
    """Return the statement of ``person``, proved with badge and PIN."""
    return Proof(person, means, desk.clock())


@pytest.fixture
def on_post(desk, people):
    """The guard on duty."""
    with desk.write(by=GUARD) as tx:
        posts.take(tx, desk.gate, people[GUARD])
    return people[GUARD]


def test_a_walk_in_written_twice_is_void_with_a_reason_alone(desk):
    visit = walked_in(desk)
    corrections.void(desk, GUARD, visit, "重复登记")
    assert things(desk) == []
    assert "nobody_inside" not in facts(desk, "visit.voided")[1]


@pytest.mark.usefixtures("on_post")
@pytest.mark.parametrize("assumed_left", [False, True])
def test_who_may_be_inside_is_not_voided_with_a_reason_alone(desk, people, assumed_left):
    visit = inside(desk)
    if assumed_left:
        departures.leave(desk, GUARD, visit, signed=False, how=LeftHow.ASSUMED)
    before = cards.visit_card(desk, visit).state
    for proof, code in (
        (None, "visit.void_inside"), (stated(desk, people["2002"]), "visit.void_not_on_duty"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            corrections.void(desk, GUARD, visit, "重复登记", proof)
        assert refused.value.code == code
    assert cards.visit_card(desk, visit).state is before
    assert "visit.voided" not in codes(desk)


def test_nobody_states_it_at_a_post_without_a_guard(desk, people):
    with pytest.raises(Refused, match=r"visit\.void_not_on_duty"):
        corrections.void(desk, GUARD, inside(desk), "重复登记", stated(desk, people[GUARD]))


def test_the_statement_that_nobody_is_inside_stands_in_the_journal(desk, on_post):
    visit = inside(desk)
    corrections.void(desk, "3001", visit, "重复登记", stated(desk, on_post, Means.NO_BADGE))
    assert things(desk) == []
    by, said = facts(desk, "visit.voided")
    assert (by, said["was"], said["nobody_inside"]) == ("3001", "admitted", True)
    assert (said["stated_by"], said["means"]) == (GUARD, "no_badge")


def test_the_slip_of_a_void_visit_keeps_nobody_inside_and_is_noted(desk, desk_clock, on_post):
    visit = inside(desk)
    code = code_of(desk, visit)
    corrections.void(desk, GUARD, visit, "重复登记", stated(desk, on_post))
    desk_clock.advance(minutes=20)
    for _scan in range(2):
        with pytest.raises(Refused, match=r"visit\.code_void") as refused:
            departures.leave_by_code(desk, GUARD, code)
        desk_clock.advance(minutes=5)
    assert "Let the visitor leave" in sentence(refused.value.code, refused.value.facts)
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.left_how) == (State.VOIDED, LeftHow.SCANNED)
    assert f"{desk.local(shown.left_at):%H:%M}" == "08:40"
    assert codes(desk).count("visit.void_slip_shown") == 2


def test_numbers_run_through_the_day_and_start_again_the_next(desk, desk_clock):
    first, second = inside(desk), inside(desk)
    desk_clock.advance(days=1)
    third = inside(desk)
    numbers = [cards.visit_card(desk, visit).readable for visit in (first, second, third)]
    assert numbers == ["20261123-001", "20261123-002", "20261124-001"]


def test_an_appointment_of_another_day_is_not_admitted_today(desk):
    start = desk.clock() + timedelta(days=1)
    times = Times(start, start + timedelta(hours=1))
    visit = appointments.expect(desk, GUARD, WANG, HOST, times, How.PHONE)
    with pytest.raises(Refused, match=r"visit\.other_day"):
        reception.admit(desk, GUARD, visit)


def test_an_appointment_in_the_past_is_refused(desk):
    start = desk.clock() - timedelta(hours=3)
    with pytest.raises(Refused, match=r"visit\.day_over"):
        appointments.expect(desk, GUARD, WANG, HOST, Times(start, start + timedelta(hours=1)))


def test_an_unknown_host_is_refused(desk):
    with pytest.raises(Refused, match=r"visit\.host_unknown"):
        reception.walk_in(desk, GUARD, WANG, "7777")


def test_nothing_personal_stands_in_the_journal(desk):
    visit = inside(desk)
    until = cards.visit_card(desk, visit).until_at
    said = replace(WANG, matter="看望李娜", goods="给李娜的药", area="李娜家")
    corrections.correct(desk, GUARD, visit, Corrected(said, HOST, until), "其实找李娜")
    corrections.reprint(desk, GUARD, visit, "给王小明重打")
    departures.leave_by_code(desk, GUARD, code_of(desk, visit))
    with desk.read() as book:
        written = "".join(
            entry.facts + entry.images
            for entry in entries(book.connection, desk.gate)
            if entry.code.startswith("visit.")
        )
    for personal in (
        "王小明", "13800138000", "东川供水公司", "11010519491231002X", "002X", "水表检修",
        "工具箱1", "二楼", "李娜", "给王小明重打",
    ):  # fmt: skip
        assert personal not in written, personal


def test_who_waits_too_long_turns_red(desk, desk_clock):
    walked_in(desk)
    calm = things(desk)[0].urgency
    desk_clock.advance(minutes=desk.rules.host_wait_remind_min)
    assert things(desk)[0].urgency < calm


def test_a_visitor_who_overstays_is_no_longer_quiet(desk, desk_clock):
    inside(desk)
    calm = things(desk)[0]
    desk_clock.advance(minutes=desk.rules.visit_default_min + desk.rules.visit_overstay_min)
    over = things(desk)[0]
    assert (calm.number, over.number) == ("001", "001")
    assert over.urgency < calm.urgency
    assert "Call the host" in over.next_step.text()
