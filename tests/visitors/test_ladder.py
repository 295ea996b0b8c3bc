"""Whose word lets a visitor in: the rungs, who may answer once asked, and what the book keeps."""

from datetime import date, timedelta

import pytest

from kiosk.desk import presence
from kiosk.desk.people import EVERYONE, Rank, person_by_staff_no, sealed_for
from kiosk.desk.presence import Whereabouts
from kiosk.desk.print_job import IN_STATE, JobState
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.words import use
from visitors import appointments, cards, corrections, reception
from visitors.corrections import Corrected
from visitors.erasing import erase
from visitors.ladder import mobile
from visitors.ladder.note import note
from visitors.ladder.rungs import Rung
from visitors.models import Answer, How, State
from visitors.reports import visits
from visitors.rules import Details
from visitors.series import Repeat, expect_series
from visitors.service import Times, visit_of

pytestmark = pytest.mark.usefixtures("people")
GUARD, HEAD, HOST, STAND_IN, OTHER = "2001", "1001", "3001", "9001", "2002"
WANG = Details(name="王小明", form="Mr", unit="东川供水公司", matter="水表检修")
MOBILE = "13900001234"


@pytest.fixture(autouse=True)
def _ladder(desk):
    with desk.write() as tx:
        host = person_by_staff_no(tx, HOST)
        host.deputy_no = STAND_IN
        host.mobile = sealed_for(tx, host, MOBILE)
        tx.put(host)
        leader = person_by_staff_no(tx, OTHER)
        leader.rank = Rank.DUTY_LEADER
        tx.put(leader)
        tx.record("people.imported", people=2)


def waiting(desk):
    return reception.walk_in(desk, GUARD, WANG, HOST)


def row_of(desk, visit_id):
    with desk.read() as book:
        return visit_of(book, visit_id)[0]


def test_the_ladder_is_host_stand_in_head_of_section_and_leader_on_duty(desk):
    ladder = cards.visit_card(desk, waiting(desk)).ladder
    assert [(one.rung, one.staff_no) for one in ladder.steps] == [
        (Rung.HOST, HOST), (Rung.STAND_IN, STAND_IN), (Rung.HEAD, HEAD), (Rung.DUTY_LEADER, OTHER),
    ]  # fmt: skip
    assert ladder.next.rung is Rung.HOST


def test_nobody_stands_twice_on_it_and_who_left_the_house_not_at_all(desk):
    with desk.write() as tx:
        host = person_by_staff_no(tx, HOST)
        host.deputy_no = HEAD
        gone = person_by_staff_no(tx, OTHER)
        gone.active = False
        tx.put(host)
        tx.put(gone)
        tx.record("people.imported", people=2)
    ladder = cards.visit_card(desk, waiting(desk)).ladder
    assert [(one.rung, one.staff_no) for one in ladder.steps] == [
        (Rung.HOST, HOST),
        (Rung.STAND_IN, HEAD),
    ]
    with pytest.raises(Refused, match=r"visit\.rung_empty"):
        reception.ask(desk, GUARD, waiting(desk), How.PHONE, Rung.DUTY_LEADER)


def test_the_leader_who_is_in_comes_before_one_who_is_not(desk):
    with desk.write() as tx:
        second = person_by_staff_no(tx, HEAD)
        second.rank, second.department_id = Rank.DUTY_LEADER, None
        tx.put(second)
        tx.put(
            presence.Presence(
                id=person_by_staff_no(tx, OTHER).id, state=Whereabouts.IN, since=tx.now,
                day=desk.today(), tapped_at=tx.now, person_id=person_by_staff_no(tx, OTHER).id,
            )
        )  # fmt: skip
        tx.record("people.imported", people=1)
    ladder = cards.visit_card(desk, waiting(desk)).ladder
    assert ladder.steps[-1].staff_no == OTHER


def test_a_stand_ins_badge_is_a_yes_only_once_he_was_asked(desk):
    visit = waiting(desk)
    with pytest.raises(Refused) as refused:
        reception.badge_yes(desk, GUARD, visit, STAND_IN)
    assert refused.value.code == "visit.badge_not_asked"
    with pytest.raises(Refused) as refused:
        reception.badge_yes(desk, GUARD, visit, "2001")
    assert refused.value.code == "visit.badge_not_host"
    reception.ask(desk, GUARD, visit, How.PHONE, Rung.STAND_IN)
    reception.badge_yes(desk, GUARD, visit, STAND_IN)
    row = row_of(desk, visit)
    assert (row.answer, row.answer_by, row.answer_rung) == (Answer.YES, STAND_IN, Rung.STAND_IN)


def test_the_answer_is_that_of_who_was_asked_last(desk, desk_clock):
    visit = waiting(desk)
    reception.ask(desk, GUARD, visit, How.PHONE)
    desk_clock.advance(seconds=50)
    reception.ask(desk, GUARD, visit, How.PHONE, Rung.HEAD)
    reception.answer(desk, GUARD, visit, Answer.YES, How.PHONE, read_back=True)
    row = row_of(desk, visit)
    assert (row.answer_by, row.answer_rung, row.asked_extension) == (HEAD, Rung.HEAD, "8001")
    shown = cards.visit_card(desk, visit).ladder
    assert [one.rung for one in shown.steps if one.asked_at] == [Rung.HOST, Rung.HEAD]


def test_no_answer_from_anybody_is_never_a_yes(desk, desk_clock):
    visit = waiting(desk)
    for rung in Rung:
        reception.ask(desk, GUARD, visit, How.PHONE, rung)
        desk_clock.advance(seconds=60)
    with pytest.raises(Refused, match=r"visit\.no_yes"):
        reception.admit(desk, GUARD, visit)
    assert cards.visit_card(desk, visit).ladder.next is None
    reception.refuse(desk, GUARD, visit, "nobody_reached")
    row = row_of(desk, visit)
    assert (row.state, row.reason_code) == (State.REFUSED, "nobody_reached")


def test_nobody_overrules_a_host_who_declines(desk):
    visit = waiting(desk)
    reception.ask(desk, GUARD, visit, How.PHONE)
    reception.answer(desk, GUARD, visit, Answer.NO, How.PHONE)
    for _time in range(2):
        with pytest.raises(Refused, match=r"visit\.host_said_no"):
            reception.ask(desk, GUARD, visit, How.PHONE, Rung.STAND_IN)
        reception.ask(desk, GUARD, visit, How.PHONE)
    assert row_of(desk, visit).answer is Answer.NO


def test_a_corrected_matter_takes_every_asking_back(desk):
    visit = waiting(desk)
    reception.ask(desk, GUARD, visit, How.PHONE, Rung.STAND_IN)
    row = row_of(desk, visit)
    other = Details(name="王小明", form="Mr", unit="东川供水公司", matter="收水费")
    corrections.correct(desk, GUARD, visit, Corrected(other, HOST, row.until_at), "typed wrongly")
    ladder = cards.visit_card(desk, visit).ladder
    assert [one.asked_at for one in ladder.steps] == [None] * 4
    with pytest.raises(Refused, match=r"visit\.badge_not_asked"):
        reception.badge_yes(desk, GUARD, visit, STAND_IN)


@pytest.mark.parametrize(
    ("how", "rung", "word"),
    [
        (How.BADGE, Rung.HOST, "刷卡"), (How.PHONE, Rung.HOST, "电话复述"),
        (How.MESSAGE, Rung.HOST, "消息"), (How.IN_PERSON, Rung.HOST, "当面"),
        (How.BADGE, Rung.STAND_IN, "顶岗人代答"), (How.PHONE, Rung.HEAD, "负责人代答"),
        (How.PHONE, Rung.DUTY_LEADER, "带班领导代答"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("words_zh")
def test_the_slip_says_in_a_word_how_the_yes_came(desk, how, rung, word):
    visit = waiting(desk)
    reception.ask(desk, GUARD, visit, How.PHONE, rung)
    asked = cards.visit_card(desk, visit).ladder.asked
    who = asked.staff_no if how is How.BADGE else ""
    reception.answer(desk, GUARD, visit, Answer.YES, how, read_back=True, who=who)
    reception.admit(desk, GUARD, visit)
    with desk.read() as book:
        (job,) = book.all(IN_STATE, state=JobState.QUEUED, gate=desk.gate)
        assert f"同意 {word}" in book.unseal(job.document)


def test_a_host_who_taps_is_told_that_a_number_waits_and_no_name(desk):
    with desk.read() as book:
        people = {one.staff_no: one for one in book.all(EVERYONE)}
        assert note(desk, book, people[HOST]) == ""
    visit = waiting(desk)
    reception.ask(desk, GUARD, visit, How.PHONE)
    with desk.read() as book:
        told = note(desk, book, people[HOST])
        assert "001" in told
        assert "王" not in told
        assert note(desk, book, people[STAND_IN]) == ""
    reception.refuse(desk, GUARD, visit, "gave_up")
    with desk.read() as book:
        assert note(desk, book, people[HOST]) == ""


@pytest.mark.parametrize(("state", "told"), [(Whereabouts.OUT, True), (Whereabouts.IN, False)])
def test_clause_11_a_host_who_signs_out_is_told_who_is_still_inside(desk, state, told):
    with desk.read() as book:
        people = {one.staff_no: one for one in book.all(EVERYONE)}
    visit = waiting(desk)
    reception.ask(desk, GUARD, visit, How.PHONE)
    reception.answer(desk, GUARD, visit, Answer.YES, How.PHONE, read_back=True)
    reception.admit(desk, GUARD, visit)
    with desk.write() as tx:
        host = people[HOST]
        tx.put(presence.Presence(
            id=host.id, person_id=host.id, state=state, since=tx.now, tapped_at=tx.now,
            day=desk.work_day(tx.now),
        ))  # fmt: skip
        tx.record("test.tap")
    with desk.read() as book:
        said = note(desk, book, host)
        assert note(desk, book, people[STAND_IN]) == ""
    assert ("001 is still inside" in said) is told
    assert "王" not in said


def not_reached(desk):
    visit = waiting(desk)
    reception.ask(desk, GUARD, visit, How.PHONE)
    reception.answer(desk, GUARD, visit, Answer.NOT_REACHED, How.PHONE)
    return visit


def test_a_mobile_number_is_shown_for_a_reason_only_and_each_time_is_logged(desk):
    visit = not_reached(desk)
    for asked_by, reason, field in (("", "急事", "asked_by"), ("王小明", "  ", "reason")):
        with pytest.raises(Refused) as refused:
            mobile.reveal(desk, GUARD, visit, HOST, asked_by, reason)
        assert refused.value.facts["field"] == field
    assert mobile.reveal(desk, GUARD, visit, HOST, "王小明", "水表漏水") == MOBILE
    with desk.read() as book:
        today = desk.today()
        (row,) = mobile.mobiles(desk, book, Period(today, today)).rows
        assert row[1:] == (HOST, "李娜", GUARD, "王小明", "水表漏水", "001")
        assert mobile.mobiles(desk, book, Period(date(2026, 1, 1), date(2026, 1, 2))).rows == ()
        assert mobile.mobiles(desk, book, Period(today, today, who=HEAD)).rows == ()
        written = [tuple(one) for one in book.connection.execute("SELECT * FROM journal")]
    assert "mobile.revealed" in str(written)
    assert not any(word in str(written) for word in (MOBILE, "水表漏水", "王小明"))


def test_no_mobile_number_while_an_answer_may_still_come_or_where_there_is_none(desk):
    visit = waiting(desk)
    with pytest.raises(Refused, match=r"mobile\.not_now"):
        mobile.reveal(desk, GUARD, visit, HOST, "王小明", "急事")
    reception.ask(desk, GUARD, visit, How.PHONE)
    with pytest.raises(Refused, match=r"mobile\.not_now"):
        mobile.reveal(desk, GUARD, visit, HOST, "王小明", "急事")
    with pytest.raises(Refused, match=r"mobile\.none"):
        mobile.reveal(desk, GUARD, not_reached(desk), STAND_IN, "王小明", "急事")


def test_why_a_number_was_shown_vanishes_with_the_visitor(desk):
    visit = not_reached(desk)
    mobile.reveal(desk, GUARD, visit, HOST, "王小明", "水表漏水")
    reception.refuse(desk, GUARD, visit, "nobody_reached")
    with desk.write(by=GUARD) as tx:
        erase(tx, desk, visit, "on request")
    with desk.read() as book:
        (row,) = mobile.mobiles(desk, book, Period(desk.today(), desk.today())).rows
    assert row[4:6] == ("erased", "erased")


def test_in_english_the_register_says_who_answered_for_the_host(desk):
    use("en")
    visit = waiting(desk)
    reception.ask(desk, GUARD, visit, How.PHONE, Rung.STAND_IN)
    reception.answer(desk, GUARD, visit, Answer.YES, How.PHONE, read_back=True)
    with desk.read() as book:
        (row,) = visits(desk, book, Period(desk.today(), desk.today())).rows
    assert "yes (stand-in, telephone)" in row


def stub_of(desk, visit):
    """Admit who is expected now, and return what the slip says."""
    reception.admit(desk, GUARD, visit)
    with desk.read() as book:
        return book.unseal(book.all(IN_STATE, state=JobState.QUEUED, gate=desk.gate)[-1].document)


@pytest.mark.usefixtures("words_zh")
def test_the_slip_of_an_appointment_says_how_it_was_confirmed_and_claims_no_read_back(
    desk, desk_clock
):
    start = desk_clock.now + timedelta(minutes=1)
    hours = Times(start, start + timedelta(hours=2))
    once = appointments.expect(desk, GUARD, WANG, HOST, hours, confirmed=How.PHONE)
    every_day = Repeat(desk.today() + timedelta(days=3))
    standing = expect_series(desk, GUARD, WANG, HOST, hours, every_day, How.PHONE)
    desk_clock.advance(minutes=2)
    assert "同意 电话" in (said := stub_of(desk, once))
    assert "电话复述" not in said
    assert "同意 长期预约" in stub_of(desk, standing[0])
