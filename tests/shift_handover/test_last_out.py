"""The last person out: who it is, the list, the guard's round, and nobody forgotten (clause 92)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import all_reports, features
from kiosk.attendance import service as taps
from kiosk.desk import journal
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import Department, person_by_staff_no
from kiosk.desk.presence import Whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.signing import Means
from shift_handover.from_open_things import records_of
from shift_handover.last_out import outstanding, presence, reports, service
from shift_handover.last_out.models import Verdict
from shift_handover.last_out.rules import Answer, Stay, items_of, last_of

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
GUARD, OTHER_GUARD, ZHANG, LI_NA, CHEN = "2001", "2002", "1001", "3001", "9001"


def tap(desk, clock, people, *staff_nos, apart=10):
    for one in staff_nos:
        clock.advance(minutes=apart)
        taps.tap(desk, people[one], "door")


def answers(desk, **odd):
    return [Answer(one, one not in odd, odd.get(one, "")) for one in service.items(desk)]


def sign(desk, people, *staff_nos, **odd):
    signers = [(people[one], Means.BADGE) for one in staff_nos]
    return service.sign(desk, GUARD, answers(desk, **odd), signers)


def open_of(desk, kind):
    with desk.read() as book:
        return [one for one in features.outstanding(desk, book) if one.kind == kind]


def codes(desk):
    with desk.read() as book:
        return [one.code for one in journal.entries(book.connection, desk.gate)]


def the_list(desk):
    with desk.read() as book:
        return service.unchecked_lists(book)[0]


@pytest.fixture
def evening(desk, desk_clock, people):
    """Zhang and Li Na came; Zhang went home, Li Na is the last out."""
    tap(desk, desk_clock, people, ZHANG, LI_NA)
    tap(desk, desk_clock, people, ZHANG, LI_NA, apart=60)


def test_clause_92_the_tap_of_the_last_out_says_so_and_what_to_do(desk, desk_clock, people):
    tap(desk, desk_clock, people, GUARD, ZHANG, LI_NA)
    assert features.notes(desk, people[LI_NA]) == ()
    tap(desk, desk_clock, people, ZHANG, apart=60)
    assert features.notes(desk, people[ZHANG]) == ()  # Li Na is in, and of the same section
    tap(desk, desk_clock, people, LI_NA)
    assert features.notes(desk, people[LI_NA]) == (
        "You are the last out. Please sign the lock-up list at the desk (F3, 8).",
    )
    sign(desk, people, LI_NA)
    assert features.notes(desk, people[LI_NA]) == ()


def test_the_last_of_a_section_is_told_while_another_still_works(desk, desk_clock, people):
    with desk.write(by="system") as tx:
        hall = tx.put(Department(name="便民大厅"))
        li_na = person_by_staff_no(tx, LI_NA)
        li_na.department_id = hall.id
        tx.put(li_na)
        tx.record("person.changed", person=LI_NA)
    tap(desk, desk_clock, people, ZHANG, LI_NA)
    tap(desk, desk_clock, people, LI_NA)
    assert features.notes(desk, li_na) == (
        "You are the last of 便民大厅: lights, windows, doors, please.",
    )


@pytest.mark.usefixtures("evening")
def test_a_signed_list_waits_for_the_round_and_is_closed_by_it(desk, people):
    assert sign(desk, people, LI_NA, windows="合页坏了关不上") == "U1"
    (waiting,) = open_of(desk, outstanding.UNCHECKED)
    assert waiting.number == "U1"
    assert waiting.urgency is Urgency.WAITING
    made = the_list(desk)
    assert [one.reason for one in made.lines if not one.done] == ["合页坏了关不上"]
    for line in made.lines:
        service.check_line(desk, GUARD, line.id)
    assert open_of(desk, outstanding.UNCHECKED) == []
    assert codes(desk).count("lastout.confirmed") == len(made.lines)
    with pytest.raises(Refused, match=r"lastout\.checked"):
        service.check_line(desk, GUARD, made.lines[0].id)


@pytest.mark.usefixtures("evening")
def test_a_round_that_is_late_is_red(desk, desk_clock, people):
    sign(desk, people, LI_NA)
    desk_clock.advance(hours=desk.rules.last_out_check_h)
    assert open_of(desk, outstanding.UNCHECKED)[0].urgency is Urgency.NOW


@pytest.mark.usefixtures("evening")
def test_a_disputed_line_stands_in_the_handover_until_it_is_settled(desk, people):
    sign(desk, people, LI_NA)
    made = the_list(desk)
    with pytest.raises(Refused, match=r"lastout\.found_missing"):
        service.check_line(desk, GUARD, made.lines[0].id, " ")
    service.check_line(desk, GUARD, made.lines[0].id, "二楼走廊灯亮着")
    for line in made.lines[1:]:
        service.check_line(desk, GUARD, line.id)
    (dispute,) = open_of(desk, outstanding.DISPUTED)
    assert dispute.number == "U1.1"
    assert "二楼走廊灯亮着" in dispute.what.text()
    (record,) = records_of([dispute])
    assert (record.number, record.kind) == ("U1.1", outstanding.DISPUTED)
    assert service.settle_line(desk, OTHER_GUARD, dispute.ref, "已关灯，已告知李娜") == "U1.1"
    assert open_of(desk, outstanding.DISPUTED) == []
    with pytest.raises(Refused, match=r"lastout\.settled"):
        service.settle_line(desk, GUARD, dispute.ref, "again")


@pytest.mark.usefixtures("evening")
def test_nobody_looks_over_the_list_he_signed(desk, people):
    sign(desk, people, LI_NA)
    with pytest.raises(Refused, match=r"lastout\.own_list"):
        service.check_line(desk, LI_NA, the_list(desk).lines[0].id)


@pytest.mark.usefixtures("evening")
def test_a_list_needs_every_answer_every_reason_and_somebody(desk, people):
    with pytest.raises(Refused, match=r"lastout\.not_all") as refused:
        service.sign(desk, GUARD, answers(desk)[1:], [(people[LI_NA], Means.BADGE)])
    assert refused.value.facts["left"] == 1
    with pytest.raises(Refused, match=r"lastout\.reason_missing"):
        sign(desk, people, LI_NA, windows=" ")
    with pytest.raises(Refused, match=r"lastout\.nobody"):
        sign(desk, people)


@pytest.mark.usefixtures("evening")
def test_who_left_without_the_list_is_an_open_thing_with_one_number(desk, desk_clock, people):
    assert open_of(desk, outstanding.MISSING) == []  # within the grace
    desk_clock.advance(minutes=desk.rules.last_out_grace_min)
    (before,) = open_of(desk, outstanding.MISSING)
    assert "李娜" in before.what.text()
    assert features.lapse(desk) == 1
    assert features.lapse(desk) == 0
    (after,) = open_of(desk, outstanding.MISSING)
    assert (after.ref, after.number) == (before.ref, before.number)
    desk_clock.advance(days=1)
    tap(desk, desk_clock, people, ZHANG)
    assert [one.ref for one in open_of(desk, outstanding.MISSING)] == [before.ref]
    service.settle_missing(desk, GUARD, before.ref, "全楼已查，窗已关")
    assert open_of(desk, outstanding.MISSING) == []
    assert codes(desk).count("lastout.missed") == 1


@pytest.mark.usefixtures("evening")
def test_after_a_weekend_with_the_kiosk_off_it_is_still_known_who_left_without_the_list(
    desk, desk_clock, people
):
    desk_clock.advance(days=3)
    assert service.note_missed(desk) == 1
    (thing,) = open_of(desk, outstanding.MISSING)
    assert thing.what.facts == {"names": "李娜"}
    tap(desk, desk_clock, people, GUARD, ZHANG)
    assert [one.ref for one in open_of(desk, outstanding.MISSING)] == [thing.ref]
    assert service.note_missed(desk) == 0


@pytest.mark.usefixtures("evening")
def test_it_may_be_settled_before_time_has_recorded_it(desk, desk_clock):
    desk_clock.advance(minutes=desk.rules.last_out_grace_min)
    (thing,) = open_of(desk, outstanding.MISSING)
    assert service.settle_missing(desk, GUARD, thing.ref, "已查") == thing.number
    assert features.lapse(desk) == 0
    assert open_of(desk, outstanding.MISSING) == []


def test_two_who_leave_together_both_sign(desk, desk_clock, people):
    tap(desk, desk_clock, people, ZHANG, LI_NA)
    desk_clock.advance(hours=8)
    taps.tap(desk, people[ZHANG], "door")
    desk_clock.advance(seconds=20)
    taps.tap(desk, people[LI_NA], "door")
    sign(desk, people, LI_NA)
    desk_clock.advance(minutes=desk.rules.last_out_grace_min)
    assert "张伟" in open_of(desk, outstanding.MISSING)[0].what.text()
    sign(desk, people, LI_NA, ZHANG)
    assert open_of(desk, outstanding.MISSING) == []


def test_a_list_signed_before_the_tap_counts_and_an_old_one_does_not(desk, desk_clock, people):
    tap(desk, desk_clock, people, ZHANG, apart=60)
    sign(desk, people, ZHANG)
    tap(desk, desk_clock, people, ZHANG)
    desk_clock.advance(minutes=desk.rules.last_out_grace_min)
    assert open_of(desk, outstanding.MISSING) == []
    tap(desk, desk_clock, people, ZHANG, apart=60)
    tap(desk, desk_clock, people, ZHANG, apart=60)
    desk_clock.advance(minutes=desk.rules.last_out_grace_min)
    assert len(open_of(desk, outstanding.MISSING)) == 1


@pytest.mark.usefixtures("evening")
def test_the_report_has_every_line_and_who_signed_none(desk, people):
    sign(desk, people, LI_NA, windows="坏了")
    service.check_line(desk, GUARD, the_list(desk).lines[0].id, "灯亮着")
    day = desk.today()
    with desk.read() as book:
        table = reports.last_out(desk, book, Period(day, day))
    assert len(table.rows) == len(service.items(desk))
    assert "Not as signed 灯亮着" in table.rows[0]
    assert any("坏了" in row for row in table.rows)
    assert "last-out" in all_reports.reports()


@pytest.mark.usefixtures("evening")
def test_the_words_are_sealed_and_go_when_their_time_is_over(desk, desk_clock, people):
    sign(desk, people, LI_NA, windows="合页坏了")
    made = the_list(desk)
    for line in made.lines:
        service.check_line(desk, GUARD, line.id)
    with desk.read() as book:
        stored = "".join(
            one.facts + one.images for one in journal.entries(book.connection, "gate-1")
        )
    assert "合页坏了" not in stored
    desk_clock.advance(days=desk.rules.handover_words_days + 1)
    features.purge(desk)
    with desk.read() as book:
        shown = service.list_by_id(book, made.id)
    assert {one.reason for one in shown.lines} == {"", "-"}
    assert {one.verdict for one in shown.lines} == {Verdict.CONFIRMED}


def test_the_list_is_the_sites_own_where_it_has_one():
    assert items_of((), ()) == (
        "lights", "air", "machines", "power", "windows", "office_doors", "house_door",
    )  # fmt: skip
    assert items_of(("灯", "灯"), ("大门",)) == ("灯", "大门")


ORDER = st.lists(
    st.tuples(st.sampled_from([ZHANG, LI_NA, CHEN, GUARD]), st.integers(6, 40)), max_size=14
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=ORDER)
def test_whatever_the_order_of_taps_the_computed_last_is_the_last(desk, desk_clock, people, order):
    """Each example is a day of its own; the guard comes and goes and closes no house."""
    desk_clock.now = desk_clock.now.replace(hour=0, minute=20) + timedelta(days=1)
    inside, left = set(), []
    for staff_no, minutes in order:
        desk_clock.advance(minutes=minutes)
        kind = taps.tap(desk, people[staff_no], "door").kind
        if staff_no != GUARD and kind is Whereabouts.IN:
            inside.add(staff_no)
        elif staff_no != GUARD:
            inside.discard(staff_no)
            left.append(staff_no)
        with desk.read() as book:
            gone = presence.gone_last(desk, book, desk.work_day(desk.clock()))
            still = {one.person.staff_no for one in presence.still_in(desk, book)}
        assert still == inside
        expected = () if inside or not left else (left[-1],)
        assert tuple(one.staff_no for one in (gone.people if gone else ())) == expected


@given(
    st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(0, 300)), max_size=8),
    st.integers(0, 100),
)
def test_who_left_with_the_last_is_within_the_span_and_nobody_is_while_one_is_in(raw, span):
    stays = [
        Stay(str(one), inside, MONDAY + timedelta(seconds=second)) for one, inside, second in raw
    ]
    last = last_of(stays, timedelta(seconds=span))
    if not stays or any(stay.inside for stay in stays):
        assert last == ()
        return
    newest = max(stay.at for stay in stays)
    assert last[0].at == newest
    assert len(last) == sum((newest - stay.at).total_seconds() <= span for stay in stays)
