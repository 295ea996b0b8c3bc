"""What is typed is a count, a day, a line of a pass or a refusal; what is scanned is ours or not.

No order of acts lets more out than the pass says, or more in than went out.
"""

import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.desk.clauses import Rules
from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.passes import gate, pass_code, rules
from kiosk.passes.models import State
from kiosk.passes.rules import Asking, Item

MONDAY = date(2026, 11, 23)
RULES = Rules()
GUARD, OTHER_GUARD, LI_NA = "2001", "2002", "3001"
ONE = Asking((Item("椅子", 2),), "修")


@pytest.mark.parametrize(
    ("item", "code", "field"),
    [
        (Item(""), "pass.no_what", "what"),
        (Item("\u200b \t"), "pass.no_what", "what"),
        (Item("椅子", 0), "pass.count_unclear", "count"),
        (Item("椅子", -1), "pass.count_unclear", "count"),
        (Item("椅子", 10_000), "pass.count_unclear", "count"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_at_its_field(item, code, field):
    with pytest.raises(Refused) as refused:
        rules.checked_item(item, RULES)
    assert (refused.value.code, refused.value.facts["field"]) == (code, field)


@pytest.mark.parametrize(
    ("asking", "code"),
    [
        (replace(ONE, items=()), "pass.no_items"),
        (replace(ONE, items=ONE.items * 10), "pass.too_many_lines"),
        (replace(ONE, items=ONE.items * 10_000), "pass.too_many_lines"),
        (replace(ONE, purpose=" "), "pass.no_purpose"),
        (replace(ONE, back_on=MONDAY - timedelta(days=1)), "pass.day_over"),
        (replace(ONE, back_on=MONDAY + timedelta(days=366)), "pass.day_too_far"),
    ],
)
def test_what_is_wrong_with_the_whole_is_said(asking, code):
    with pytest.raises(Refused) as refused:
        rules.checked(asking, MONDAY, RULES)
    assert refused.value.code == code
    assert rules.checked(replace(ONE, back_on=MONDAY), MONDAY, RULES).back_on == MONDAY


def test_nobody_carries_it_is_refused_and_a_stranger_to_the_house_too(passes):
    with pytest.raises(Refused) as refused:
        passes.ask(ONE)
    assert (refused.value.code, refused.value.facts["field"]) == ("pass.no_carrier", "carrier")
    with pytest.raises(Refused, match=r"person\.unknown"):
        passes.ask(ONE, carrier="7777")
    assert passes.open_things() == []


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None), (" ", None), ("+7", date(2026, 11, 30)), ("+0", MONDAY),
        ("＋１", date(2026, 11, 24)),
        ("11-30", date(2026, 11, 30)), ("1-5", date(2027, 1, 5)), ("11-23", MONDAY),
        ("2026-11-22", date(2026, 11, 22)),
    ],
)  # fmt: skip
def test_a_day_is_typed_short(typed, day):
    assert rules.typed_day(typed, MONDAY) == day


@pytest.mark.parametrize("typed", ["morgen", "13-1", "2-30", "+", "11/30", "-1", "0-0", "٣-٣"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(Refused, match=r"pass\.day_unclear"):
        rules.typed_day(typed, MONDAY)


@given(st.text(max_size=12) | st.from_regex(r"[+0-9-]{1,10}"))
def test_whatever_is_typed_is_a_day_a_count_or_a_refusal(typed):
    with refused_only_as("pass.day_unclear"):
        day = rules.typed_day(typed, MONDAY)
        assert day is None or isinstance(day, date)
    with refused_only_as("pass.count_unclear"):
        assert 1 <= rules.typed_count(typed, RULES) <= RULES.pass_most_pieces


@contextmanager
def refused_only_as(*codes: str):
    """Let a refusal with one of these codes pass; every other error fails the test."""
    try:
        yield
    except Refused as refused:
        if refused.code not in codes:
            raise


# The code.


def test_a_code_is_ours_whatever_caps_lock_makes_of_it(passes):
    passes.valid(ONE, carrier=OTHER_GUARD)
    code = pass_code.made(passes.desk, "W1")
    for typed in (code, code.upper(), code.lower(), f" {code}\n"):
        assert pass_code.is_pass_code(typed)
        assert pass_code.read(passes.desk, typed) == (passes.desk.gate, "W1")


@given(place=st.integers(3, 60), other=st.characters(codec="ascii", categories=["Lu", "Nd"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_changed_character_is_no_code_of_ours(desk, place, other):
    code = pass_code.made(desk, "W12")
    changed = code[: place % len(code)] + other + code[place % len(code) + 1 :]
    if changed.upper() == code.upper():
        return
    with refused_only_as("pass.code_unreadable", "pass.code_forged"):
        pytest.fail(f"{changed} was read as {pass_code.read(desk, changed)}")


def test_the_code_of_another_gate_and_of_no_pass_let_nothing_out(desk, other_settings, passes):
    passes.valid(ONE, carrier=OTHER_GUARD)
    other = Desk(other_settings, desk.clock, desk.site_key)
    for code, refusal in [
        (pass_code.made(other, "W1"), "pass.code_other_gate"),
        (pass_code.made(desk, "W9"), "pass.number_unknown"),
        ("P1:gate-1:W1", "pass.code_unreadable"),
        ("P1:gate-1:W1:00000000", "pass.code_forged"),
        ("P1:" + "W" * 5000, "pass.code_unreadable"),
    ]:
        with desk.read() as book, pytest.raises(Refused) as refused:
            pass_code.pass_of_code(desk, book, code)
        assert refused.value.code == refusal
    assert not pass_code.is_pass_code("V1:GATE:20261123-001:1:00000000")


# The order of things.


def test_two_screens_that_let_out_at_once_let_out_once(passes):
    pass_id = passes.valid(ONE, carrier=OTHER_GUARD)
    both, done = threading.Barrier(2), []

    def scanned(by):
        both.wait(timeout=10)
        try:
            done.append(gate.release(passes.desk, by, pass_id, {1: 2}).pieces)
        except Refused as refused:
            done.append(refused.code)

    at_gates = [threading.Thread(target=scanned, args=(by,)) for by in (GUARD, OTHER_GUARD)]
    for one in at_gates:
        one.start()
    for one in at_gates:
        one.join(timeout=10)
    assert sorted(map(str, done)) == ["2", "pass.used_already"]
    assert len(passes.entries("pass.used")) == 1


_MOVE = st.tuples(
    st.sampled_from(["release", "take_back"]),
    st.dictionaries(st.integers(1, 2), st.integers(0, 4), max_size=2),
)


@given(st.lists(_MOVE, max_size=8))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_order_lets_out_more_than_the_pass_or_in_more_than_went(passes, moves):
    lines = (Item("桌", 1), Item("椅", 3))
    asking = Asking(lines, "借展", back_on=passes.desk.today() + timedelta(days=3))
    pass_id = passes.valid(asking, carrier=OTHER_GUARD)
    uses = 0
    for act, counts in moves:
        try:
            getattr(gate, act)(passes.desk, GUARD, pass_id, counts)
        except Refused:
            continue
        uses += act == "release"
    one = passes.shown(pass_id)
    assert uses <= 1
    for item, line in zip(one.items, lines, strict=True):
        assert 0 <= item.back <= item.went <= line.quantity
    all_back = all(item.back == item.went for item in one.items)
    states = {State.VALID} if not uses else {State.RETURNED} if all_back else {State.OUT}
    assert one.state in states
