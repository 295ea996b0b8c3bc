"""Signing in and out on a real book: what is recorded and refused, and that it stays intact."""

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kiosk.attendance import service
from kiosk.attendance.models import TAPS_BETWEEN
from kiosk.desk import badges, journal, posts
from kiosk.desk.bearer import ClosedCard, StaffCard, UnknownCard, whose
from kiosk.desk.desk import Desk
from kiosk.desk.people import BADGE
from kiosk.desk.presence import PRESENCE, Whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, prove_by_staff_no
from kiosk.desk.verify import verify

pytestmark = pytest.mark.usefixtures("people")

IN, OUT = Whereabouts.IN, Whereabouts.OUT


def entries(desk: Desk, since: int = 0) -> list[tuple[str, str, dict]]:
    with desk.read() as book:
        found = list(journal.entries(book.connection, desk.gate, since))
    return [(entry.code, entry.by, json.loads(entry.facts)) for entry in found]


def taps(desk: Desk) -> list:
    with desk.read() as book:
        return book.all(TAPS_BETWEEN, first=desk.today() - timedelta(days=40), last=desk.today())


def is_intact(desk: Desk) -> bool:
    with desk.read() as book:
        connection = book.connection
        connection.execute("ROLLBACK")
        verdict = verify(connection, desk.gate)
        connection.execute("BEGIN")
    return verdict.problem is None


def test_the_first_tap_is_in_the_next_out_and_then_in_again(desk, people, desk_clock):
    kinds = []
    for _ in range(3):
        kinds.append(service.tap(desk, people["1001"], "door").kind)
        desk_clock.advance(minutes=6)
    assert kinds == [IN, OUT, IN]
    desk_clock.advance(days=1)
    assert service.tap(desk, people["1001"], "door").kind is IN
    assert is_intact(desk)


def test_a_tap_is_one_entry_in_the_persons_own_name(desk, people, desk_clock):
    since = desk.head.seq
    desk_clock.advance(minutes=15)
    result = service.tap(desk, people["1001"], "door")
    assert (result.section, result.marks.late_min) == ("办公室", 5)
    assert entries(desk, since) == [
        (
            "staff.signed_in", "1001",
            {
                "person": "1001", "device": "door", "means": "badge", "late_min": 5,
                "early_min": 0, "out_of_window": False,
            },
        )
    ]  # fmt: skip
    with desk.read() as book:
        here = book.one(PRESENCE, person=people["1001"].id)
    assert (here.state, here.since, here.day) == (IN, desk_clock.now, desk.today())
    assert [(tap.kind, tap.at, tap.means) for tap in taps(desk)] == [
        (IN, desk_clock.now, Means.BADGE)
    ]


def test_soon_after_it_is_shown_again_and_nothing_is_recorded(desk, people, desk_clock):
    first = service.tap(desk, people["1001"], "door")
    head = desk.head
    desk_clock.advance(minutes=4, seconds=59)
    again = service.tap(desk, people["1001"], "door")
    assert (again.shown_again, again.kind, again.at) == (True, IN, first.at)
    assert desk.head == head
    desk_clock.advance(seconds=1)
    assert service.tap(desk, people["1001"], "door").kind is OUT


def test_going_before_the_end_is_early_and_after_it_is_not(desk, people, desk_clock):
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(hours=9)  # 17:20, work ends at 17:30
    assert service.tap(desk, people["1001"], "door").marks.early_min == 10
    desk_clock.advance(minutes=6)
    assert service.tap(desk, people["1001"], "door").marks.late_min == 0  # came back: not late
    desk_clock.advance(minutes=10)
    assert service.tap(desk, people["1001"], "door").marks.early_min == 0


def test_a_day_off_and_a_guard_are_not_measured(desk, people, desk_clock):
    desk_clock.advance(hours=5)
    assert service.tap(desk, people["2001"], "door").marks.late_min == 0
    desk_clock.advance(days=5)  # Saturday
    assert service.tap(desk, people["1001"], "door").marks.late_min == 0


def test_a_changed_tap_keeps_the_raw_one(desk, people, desk_clock):
    made = service.tap(desk, people["1001"], "door")
    since = desk.head.seq
    desk_clock.advance(seconds=4)
    changed = service.change(desk, made.tap_id, by="2001")
    assert (changed.kind, changed.changed) == (OUT, True)
    assert [(tap.kind, tap.corrects) for tap in taps(desk)] == [(IN, ""), (OUT, made.tap_id)]
    assert entries(desk, since) == [
        ("staff.tap_changed", "2001", {"person": "1001", "tap": made.tap_id, "kind": "out"})
    ]
    desk_clock.advance(minutes=6)
    assert service.tap(desk, people["1001"], "door").kind is IN
    assert is_intact(desk)


def test_the_key_pressed_twice_changes_a_tap_once(desk, people):
    made = service.tap(desk, people["1001"], "door")
    service.change(desk, made.tap_id, by="2001")
    head = desk.head
    assert service.change(desk, made.tap_id, by="2001").kind is OUT
    assert desk.head == head


def test_a_tap_cannot_be_changed_later(desk, people, desk_clock):
    made = service.tap(desk, people["1001"], "door")
    desk_clock.advance(seconds=6)
    with pytest.raises(Refused) as refused:
        service.change(desk, made.tap_id, by="2001")
    assert refused.value.code == "attendance.too_late_to_change"


def test_a_guard_on_duty_stays_until_the_post_is_handed_over(desk, people, desk_clock):
    service.tap(desk, people["2001"], "door")
    with desk.write() as tx:
        posts.take(tx, desk.gate, people["2001"])
    head = desk.head
    desk_clock.advance(minutes=6)
    with pytest.raises(Refused) as refused:
        service.tap(desk, people["2001"], "door")
    assert refused.value.code == "attendance.on_post"
    assert desk.head == head
    with desk.write() as tx:
        posts.relieve(tx, desk.gate, people["2001"], people["2002"])
    assert service.tap(desk, people["2001"], "door").kind is OUT


def test_a_night_guard_relieved_in_the_morning_goes_out(desk, people, desk_clock):
    desk_clock.advance(hours=10)
    service.tap(desk, people["2001"], "door")
    with desk.write() as tx:
        posts.take(tx, desk.gate, people["2001"])
    desk_clock.advance(hours=14)
    with desk.write() as tx:
        posts.relieve(tx, desk.gate, people["2001"], people["2002"])
    assert service.tap(desk, people["2001"], "door").kind is OUT
    desk_clock.advance(hours=12)
    assert service.tap(desk, people["2001"], "door").kind is IN


def test_a_guard_who_forgot_to_sign_out_yesterday_comes_in_today(desk, people, desk_clock):
    service.tap(desk, people["2002"], "door")
    desk_clock.advance(days=1)
    assert service.tap(desk, people["2002"], "door").kind is IN


def test_without_a_badge_the_pin_signs_and_the_desk_confirms(desk):
    proof = prove_by_staff_no(desk, "1001", "2580")
    since = desk.head.seq
    result = service.sign_by_number(desk, proof, confirmed_by="2001")
    assert (result.kind, result.means) == (IN, Means.NO_BADGE)
    [(code, by, facts)] = entries(desk, since)
    assert (code, by, facts["means"], facts["confirmed_by"]) == (
        "staff.signed_in", "1001", "no_badge", "2001",
    )  # fmt: skip
    assert [(tap.means, tap.confirmed_by) for tap in taps(desk)] == [(Means.NO_BADGE, "2001")]


def test_two_cards_at_once_name_both_people(desk):
    since = desk.head.seq
    service.flag_together(desk, ["04A1B2C3D4E502", "04A1B2C3D4E501", "04DEADBEEF"], "door")
    facts = {"persons": ["1001", "2001"], "unknown": 1, "device": "door"}
    assert entries(desk, since) == [("staff.cards_together", "system", facts)]
    assert taps(desk) == []


def test_a_blocked_card_is_in_the_journal_and_opens_nothing(desk, people):
    with desk.write() as tx:
        badges.block(tx, tx.one(BADGE, uid="04A1B2C3D4E501"), people["1001"], "lost")
    with desk.read() as book:
        card = whose(book, "04A1B2C3D4E501")
    assert isinstance(card, ClosedCard)
    since = desk.head.seq
    service.refuse_closed(desk, card)
    assert entries(desk, since) == [
        ("badge.refused", "system", {"person": "1001", "uid": "04A1B2C3D4E501"})
    ]


def test_an_unknown_card_becomes_a_badge_that_signs(desk):
    uid = "04AABBCCDDEE01"
    with desk.read() as book:
        assert isinstance(whose(book, uid), UnknownCard)
    service.enrol(desk, "2001", uid, "1001")
    with desk.read() as book:
        card = whose(book, uid)
    assert isinstance(card, StaffCard)
    assert service.tap(desk, card.person, "door").kind is IN


@pytest.mark.parametrize(
    ("uid", "staff_no", "code"),
    [
        ("04A1B2C3D4E502", "1001", "badge.taken"),
        ("08A1B2C3", "1001", "badge.random_number"),
        ("04AABBCCDDEE01", "7777", "person.unknown"),
    ],
)
def test_a_card_that_cannot_be_given_is_refused(desk, uid, staff_no, code):
    head = desk.head
    with pytest.raises(Refused) as refused:
        service.enrol(desk, "2001", uid, staff_no)
    assert (refused.value.code, desk.head) == (code, head)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["1001", "2001", "2002", "3001"]),
        st.sampled_from([3, 200, 301, 3600, 40_000, 86_400]),
        st.sampled_from(["tap", "change", "take", "relieve"]),
    ),
    max_size=12,
)


@examples(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_in_any_order_the_book_stays_intact_and_raw_taps_stay(desk, people, desk_clock, steps):
    before = taps(desk)
    last = ""
    for staff_no, seconds, act in steps:
        desk_clock.advance(seconds=seconds)
        with suppress(Refused):
            if act == "take":
                with desk.write() as tx:
                    posts.take(tx, desk.gate, people[staff_no])
            elif act == "relieve":
                with desk.write() as tx:
                    held = posts.on_duty(tx, desk.gate)
                    if held is not None:
                        posts.relieve(tx, desk.gate, held[1], people[staff_no])
            elif act == "change" and last:
                service.change(desk, last, by="9001")
            else:
                last = service.tap(desk, people[staff_no], "door").tap_id or last
    by_id = {tap.id: tap for tap in taps(desk)}
    assert all(by_id.get(tap.id, tap) == tap for tap in before)
    assert is_intact(desk)
    with desk.read() as book:
        held = posts.on_duty(book, desk.gate)
        here = book.one(PRESENCE, person=held[1].id) if held else None
    assert here is None or here.state is IN or here.since < held[0].since


def test_who_works_past_midnight_signs_out_and_comes_in_anew_in_the_morning(
    desk, desk_clock, people
):
    kinds = []
    for hours in (0, 16, 8):  # 08:20, then 00:20 the next day, then 08:20
        desk_clock.advance(hours=hours)
        kinds.append(service.tap(desk, people["1001"], "door").kind)
    assert kinds == [Whereabouts.IN, Whereabouts.OUT, Whereabouts.IN]
