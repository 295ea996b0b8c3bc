"""Outings as they happen at the gate: approved, out, back, late, assumed, cancelled (clause 26)."""

from datetime import date, timedelta

import pytest

from kiosk.attendance import service as taps
from kiosk.attendance.days.derived import Standing
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.outing import service
from kiosk.attendance.outing.at_tap import end_outing
from kiosk.attendance.outing.outstanding import outstanding
from kiosk.attendance.outing.purging import WORDS, naming
from kiosk.attendance.outing.reading import last_places, open_outings, why
from kiosk.attendance.outing.reports import outings
from kiosk.attendance.outing.rules import Back, Going
from kiosk.attendance.outing.service import Approval
from kiosk.attendance.verdicts import verdict_of
from kiosk.desk import journal, posts
from kiosk.desk.absence import OPEN_OUTINGS_OF
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import Rank
from kiosk.desk.presence import Whereabouts, whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.signing import Means, Proof

GUARD, ZHANG, LI_NA, CHEN = "2001", "1001", "3001", "9001"
TO_TOWN = Going("双河村村委会", "调解纠纷", companions="王磊", phone="13800000000")


def proof(desk, people, staff_no):
    return Proof(people[staff_no], Means.BADGE, desk.clock())


def start(desk, people, said=TO_TOWN, who=LI_NA, approver=ZHANG, *, phone=False):
    means = None if phone else Means.BADGE
    return service.start(desk, GUARD, who, said, Approval(people[approver], means))


def at(desk, hour, minute=0):
    local = desk.local(desk.clock())
    return local.replace(hour=hour, minute=minute, second=0, microsecond=0)


def codes(desk):
    with desk.read() as book:
        return [one.code for one in journal.entries(book.connection, desk.gate)]


def person_day(desk, person, day=None):
    day = day or desk.work_day(desk.clock())
    with desk.read() as book:
        return days_between(desk, book, day, day, person).of(person, day)


def test_clause_26_the_heads_tap_lets_somebody_out_and_the_tap_on_return_closes_it(
    desk, people, desk_clock
):
    taps.tap(desk, people[LI_NA], "door")
    desk_clock.advance(hours=2)
    shown = start(desk, people, Going("镇政府", "开会", Back(at(desk, 15))))
    with desk.read() as book:
        here = whereabouts(book, people[LI_NA], desk.today())
    assert (shown.number, here.state) == ("OT1", Whereabouts.OUT)
    desk_clock.advance(hours=4)
    back = taps.tap(desk, people[LI_NA], "door")
    assert verdict_of(desk, back).headline == "Back from outing"
    assert codes(desk)[-4:] == [
        "outing.started", "staff.signed_out", "outing.ended", "staff.signed_in",
    ]  # fmt: skip
    with desk.read() as book:
        assert open_outings(desk, book) == []


def test_clause_26_nobody_goes_on_his_own_word_or_on_a_colleagues(desk, people):
    for approver, code in ((LI_NA, "outing.own_word"), (CHEN, "outing.not_approver")):
        with pytest.raises(Refused) as refused:
            start(desk, people, approver=approver)
        assert refused.value.code == code
    assert "outing.started" not in codes(desk)


def test_clause_26_not_back_in_time_is_seen_and_then_amber(desk, people, desk_clock):
    start(desk, people, Going("镇政府", "开会", Back(at(desk, 10))))

    def seen():
        with desk.read() as book:
            return [(one.kind, one.urgency) for one in outstanding(desk, book)]

    assert seen() == []
    desk_clock.now = at(desk, 10)
    assert seen() == [("outing.overdue", Urgency.SOON)]
    desk_clock.advance(minutes=desk.rules.outing_late_min)
    assert seen() == [("outing.overdue", Urgency.WAITING)]


@pytest.mark.parametrize("back", [Back(), Back(not_today=True)])
def test_clause_26_not_sure_and_not_back_today_are_never_overdue(desk, people, desk_clock, back):
    start(desk, people, Going("县里", "培训", back))
    desk_clock.advance(hours=9)
    with desk.read() as book:
        assert outstanding(desk, book) == []


def test_a_tap_out_on_a_planned_outing_is_not_leaving_early(desk, people, desk_clock):
    taps.tap(desk, people[LI_NA], "door")
    start(desk, people, Going("镇政府", "开会", Back(at(desk, 15)), leaves=at(desk, 14)))
    desk_clock.now = at(desk, 13, 50)
    result = taps.tap(desk, people[LI_NA], "door")
    verdict = verdict_of(desk, result)
    assert (verdict.headline, result.marks.early_min) == ("Out (back by 15:00)", 0)
    assert not any("early" in line for line in verdict.lines)
    desk_clock.advance(days=1)
    service.lapse(desk)
    assert person_day(desk, people[LI_NA], date(2026, 11, 23)).early_min == 0


def test_a_tap_out_long_before_the_planned_outing_belongs_to_no_outing(desk, people, desk_clock):
    taps.tap(desk, people[LI_NA], "door")
    start(desk, people, Going("镇政府", "开会", leaves=at(desk, 14)))
    desk_clock.now = at(desk, 11)
    assert taps.tap(desk, people[LI_NA], "door").outing is None


def test_who_goes_from_home_tomorrow_is_not_late_in_the_morning(desk, people, desk_clock):
    tomorrow = at(desk, 8) + timedelta(days=1)
    start(desk, people, Going("县政府", "送文件", leaves=tomorrow), phone=True)
    desk_clock.now = at(desk, 11) + timedelta(days=1)
    result = taps.tap(desk, people[LI_NA], "door")
    day = person_day(desk, people[LI_NA])
    assert result.marks.late_min == 0
    assert not day.late_counts
    assert (day.late_min, day.morning) == (0, Standing.PRESENT)


def test_without_a_return_the_day_ends_it_and_says_it_is_assumed(desk, people, desk_clock):
    start(desk, people, Going("县里", "培训", Back(not_today=True)))
    assert service.lapse(desk) == 0
    desk_clock.advance(days=1)
    assert service.lapse(desk) == 1
    assert service.lapse(desk) == 0
    with desk.read() as book:
        table = outings(desk, book, Period(date(2026, 11, 23), date(2026, 11, 23)))
    assert "assumed not returned that day" in table.rows[0]
    assert codes(desk)[-1] == "outing.lapsed"


def test_a_planned_outing_of_who_stayed_in_all_day_was_not_taken(desk, people, desk_clock):
    taps.tap(desk, people[LI_NA], "door")
    start(desk, people, Going("镇政府", "开会", leaves=at(desk, 10)))
    desk_clock.advance(days=1)
    service.lapse(desk)
    assert codes(desk)[-1] == "outing.cancelled"
    assert person_day(desk, people[LI_NA], date(2026, 11, 23)).came is not None
    with desk.read() as book:
        days = days_between(desk, book, date(2026, 11, 23), date(2026, 11, 23), people[LI_NA])
    assert days.outings == {}


def test_a_word_by_telephone_owes_a_tap_that_only_its_giver_pays(desk, people):
    shown = start(desk, people, phone=True)

    def owed():
        with desk.read() as book:
            return [one.kind for one in outstanding(desk, book)]

    assert owed() == ["outing.word_owed"]
    with pytest.raises(Refused) as refused:
        service.give_word(desk, proof(desk, people, CHEN), shown.id)
    assert refused.value.code == "outing.not_your_word"
    assert service.give_word(desk, proof(desk, people, ZHANG), shown.id) == shown.number
    assert owed() == []
    with pytest.raises(Refused) as refused:
        service.give_word(desk, proof(desk, people, ZHANG), shown.id)
    assert refused.value.code == "outing.word_not_owed"


def test_a_leader_goes_on_his_own_word_and_it_is_noted(desk, people):
    with desk.write() as tx:
        people[CHEN].rank = Rank.PRINCIPAL_LEADER
        tx.put(people[CHEN])
        tx.record("person.changed", person=CHEN)
    start(desk, people, who=CHEN, approver=CHEN)
    with desk.read() as book:
        entry = [
            e for e in journal.entries(book.connection, desk.gate) if e.code == "outing.started"
        ][-1]
    assert '"approver":"9001"' in entry.facts


def test_a_planned_outing_can_be_taken_back_by_its_person_before_leaving(desk, people, desk_clock):
    shown = start(desk, people, Going("镇政府", "开会", leaves=at(desk, 14)))
    with pytest.raises(Refused) as refused:
        service.cancel(desk, proof(desk, people, CHEN), shown.id)
    assert refused.value.code == "outing.not_yours"
    service.cancel(desk, proof(desk, people, LI_NA), shown.id)
    desk_clock.now = at(desk, 14)
    taps.tap(desk, people[LI_NA], "door")
    assert "outing.ended" not in codes(desk)
    running = start(desk, people, Going("镇政府", "开会"))
    with pytest.raises(Refused) as refused:
        service.cancel(desk, proof(desk, people, LI_NA), running.id)
    assert refused.value.code == "outing.gone"


def test_a_return_turned_round_to_out_lets_the_outing_run_on(desk, people, desk_clock):
    start(desk, people)
    desk_clock.advance(hours=1)
    back = taps.tap(desk, people[LI_NA], "door")
    taps.change(desk, back.tap_id, GUARD)
    with desk.read() as book:
        assert [one.ended_at for one in open_outings(desk, book)] == [None]
    assert codes(desk)[-2:] == ["outing.runs_on", "staff.tap_changed"]


def test_nobody_is_out_twice_at_one_time(desk, people):
    start(desk, people)
    with pytest.raises(Refused) as refused:
        start(desk, people)
    assert refused.value.code == "outing.runs"


def test_who_keeps_the_post_does_not_leave_it_by_an_outing(desk, people):
    taps.tap(desk, people[GUARD], "door")
    with desk.write(by=GUARD) as tx:
        posts.take(tx, desk.gate, people[GUARD])
    with pytest.raises(Refused) as refused:
        start(desk, people, who=GUARD)
    assert refused.value.code == "attendance.on_post"
    with desk.read() as book:
        assert open_outings(desk, book) == []


def test_the_gate_sees_where_and_until_when_and_never_why(desk, people):
    shown = start(desk, people)
    with desk.read() as book:
        table = outings(desk, book, Period(desk.today(), desk.today()))
        told = [one.what.text() for one in outstanding(desk, book)]
        facts = " ".join(e.facts for e in journal.entries(book.connection, desk.gate))
    assert shown.place == "双河村村委会"
    for word in ("调解纠纷", "13800000000"):
        assert word not in str(table.rows) + str(told) + repr(shown)
    assert "双河村村委会" not in facts
    with pytest.raises(Refused) as refused:
        why(desk, proof(desk, people, GUARD), shown.id)
    assert refused.value.code == "outing.not_for_you"
    for reader in (LI_NA, ZHANG):
        assert why(desk, proof(desk, people, reader), shown.id).why == "调解纠纷"


def test_the_last_places_are_offered_again_newest_first_and_once(desk, people, desk_clock):
    for place in ("镇政府", "县里", "镇政府", "双河村", "学校"):
        start(desk, people, Going(place, "办事"))
        desk_clock.advance(minutes=10)
        taps.tap(desk, people[LI_NA], "door")
        desk_clock.advance(minutes=10)
    with desk.read() as book:
        assert last_places(book, people[LI_NA]) == ["学校", "双河村", "镇政府"]


def test_words_are_deleted_when_they_were_kept_long_enough(desk, people, desk_clock):
    start(desk, people)
    with desk.read() as book:
        assert naming(book, "王磊") == ["OT1"]
    desk_clock.advance(hours=1)
    taps.tap(desk, people[LI_NA], "door")
    desk_clock.advance(days=desk.rules.outing_words_days + 1)
    assert WORDS.purge(desk).count == 1
    with desk.read() as book:
        assert naming(book, "王磊") == []


def test_a_clock_set_back_does_not_end_an_outing_before_it_began(desk, people, desk_clock):
    start(desk, people)
    desk_clock.advance(minutes=-30)
    with desk.write() as tx:
        one = tx.one(OPEN_OUTINGS_OF, person=people[LI_NA].id)
        end_outing(tx, one, people[LI_NA])
    assert one.ended_at == one.started_at
