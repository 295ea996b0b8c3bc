"""Machines that type, told apart from people by their speed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card_numbers import BadCardNumber
from drivers.events import CardNumberTyped, CodeScanned
from drivers.wedge import ENTER, LONGEST, Wedge

GAP_S = 0.035
MACHINE_S = 0.005
PERSON_S = 0.090
CARD = "0040856634"
ASCII = st.characters(min_codepoint=0x20, max_codepoint=0x7E)


@pytest.fixture
def wedge():
    return Wedge("8h10d", 35, 8)


class Typing:
    """Plays the application: presses keys, and keeps its timer as a verdict tells."""

    def __init__(self, wedge: Wedge) -> None:
        self.wedge = wedge
        self.now = 100.0
        self.field = ""
        self.events = []
        self.longest_wait = 0.0
        self._wait_until = None

    def press(self, keys: str, every_s: float) -> "Typing":
        for key in keys:
            self.wait(every_s)
            self._do(self.wedge.key(key, self.now))
        return self

    def escape(self) -> "Typing":
        self._do(self.wedge.other(self.now))
        return self

    def wait(self, seconds: float) -> "Typing":
        end = self.now + seconds
        if self._wait_until is not None and self._wait_until <= end:
            self.now = self._wait_until
            self._do(self.wedge.waited(self.now))
        self.now = end
        return self

    def _do(self, verdict) -> None:
        self.field += verdict.released
        if verdict.event is not None:
            self.events.append(verdict.event)
        self._wait_until = verdict.wait_until
        if verdict.wait_until is not None:
            self.longest_wait = max(self.longest_wait, verdict.wait_until - self.now)

    def said(self) -> list[tuple[type, str]]:
        return [(type(event), event.text) for event in self.events]


@pytest.fixture
def typing(wedge):
    return Typing(wedge)


def test_a_card_number_is_said_and_leaves_nothing_in_the_field(typing):
    typing.press(CARD + ENTER, MACHINE_S).wait(1)
    assert typing.said() == [(CardNumberTyped, CARD)]
    assert typing.field == ""
    assert typing.events[0].device == "wedge"
    assert typing.events[0].at == pytest.approx(100.0 + 11 * MACHINE_S)


@pytest.mark.parametrize("code", ["V1:0012:abcDEF", "12345678", "https://a.example/?q=1 2"])
def test_what_is_no_card_is_a_code(typing, code):
    typing.press(code + ENTER, MACHINE_S).wait(1)
    assert typing.said() == [(CodeScanned, code)]
    assert typing.field == ""


def test_a_person_types_as_if_nothing_were_there(typing):
    typing.press("0040856634 wang" + ENTER, PERSON_S).wait(1)
    assert typing.said() == []
    assert typing.field == "0040856634 wang" + ENTER


def test_a_persons_key_waits_no_longer_than_the_gap(typing):
    typing.press("wang", PERSON_S).wait(1)
    assert typing.longest_wait == pytest.approx(GAP_S)


def test_two_keys_rolled_by_a_fast_person_stay_a_persons(typing):
    typing.press("zh", 0.01).press("ang", PERSON_S).press("58" + ENTER, 0.02).wait(1)
    assert (typing.said(), typing.field) == ([], "zhang58" + ENTER)


def test_a_pin_typed_at_any_speed_is_too_short_for_a_machine(typing):
    typing.press("2580" + ENTER, MACHINE_S).wait(1)
    assert (typing.said(), typing.field) == ([], "2580" + ENTER)


@pytest.mark.parametrize("word", ["张伟今天下午来访请稍候", "wangweilai", "京A12345学"])
def test_what_an_input_method_commits_at_once_is_a_persons(typing, word):
    typing.press(word, 0.0).wait(1)
    assert (typing.said(), typing.field) == ([], word)


def test_a_card_between_a_persons_keys_is_taken_out(typing):
    typing.press("li", PERSON_S).wait(PERSON_S).press(CARD + ENTER, MACHINE_S)
    typing.press("na", PERSON_S).wait(1)
    assert (typing.said(), typing.field) == ([(CardNumberTyped, CARD)], "lina")


def test_a_card_without_enter_is_said_when_its_gap_is_over(typing):
    typing.press(CARD, MACHINE_S).wait(1)
    assert (typing.said(), typing.field) == ([(CardNumberTyped, CARD)], "")
    typing.press(ENTER, PERSON_S)
    assert typing.field == ENTER


@pytest.mark.parametrize("late_s", [GAP_S * 2, GAP_S * 3.5])
def test_the_late_enter_of_a_card_presses_no_button(typing, late_s):
    typing.press(CARD, MACHINE_S).press(ENTER, late_s).wait(1)
    assert (typing.said(), typing.field) == ([(CardNumberTyped, CARD)], "")


def test_the_line_feed_after_a_carriage_return_presses_no_button(typing):
    typing.press(CARD + ENTER + ENTER, MACHINE_S).wait(1)
    assert (typing.said(), typing.field) == ([(CardNumberTyped, CARD)], "")


def test_one_late_enter_is_taken_and_no_second(typing):
    typing.press(CARD + ENTER + ENTER + ENTER, MACHINE_S).wait(1)
    assert typing.field == ENTER


def test_two_cards_one_after_the_other_are_two(typing):
    typing.press(CARD + ENTER + "0040856635" + ENTER, MACHINE_S).wait(1)
    assert typing.said() == [(CardNumberTyped, CARD), (CardNumberTyped, "0040856635")]


def test_a_key_held_down_is_a_persons(typing):
    typing.press("0" * 10, 0.033).wait(1)
    assert (typing.said(), typing.field) == ([], "0" * 10)


def test_another_key_ends_what_is_held(typing):
    typing.press("abc", MACHINE_S).escape()
    assert typing.field == "abc"


def test_far_too_much_at_a_machines_speed_is_dropped(typing):
    typing.press("x1" * LONGEST, MACHINE_S).press(ENTER, MACHINE_S).wait(1)
    assert (typing.said(), typing.field) == ([], "")
    typing.press("x1" * LONGEST, MACHINE_S).wait(1)
    assert (typing.said(), typing.field) == ([], "")
    typing.wait(1).press(CARD + ENTER, MACHINE_S).wait(1)
    assert typing.said() == [(CardNumberTyped, CARD)]


def test_a_wait_that_ends_too_early_is_told_how_long_it_still_is(wedge):
    verdict = wedge.key("1", 5.0)
    assert verdict.wait_until == pytest.approx(5.0 + GAP_S)
    assert wedge.waited(5.01).wait_until == pytest.approx(5.0 + GAP_S)
    assert wedge.waited(5.0 + GAP_S).released == "1"
    assert wedge.waited(9.0).released == ""


def test_a_format_nobody_knows_is_refused():
    with pytest.raises(BadCardNumber):
        Wedge("auto", 35, 8)


@given(st.text(st.one_of(ASCII, st.just(ENTER)), max_size=60))
def test_slow_keys_all_arrive_in_order_whatever_they_are(keys):
    typing = Typing(Wedge("8h10d", 35, 8)).press(keys, 0.04).wait(1)
    assert (typing.field, typing.events) == (keys, [])


@given(st.text(ASCII, min_size=8, max_size=80))
def test_whatever_a_machine_types_is_said_once_and_reaches_no_field(text):
    typing = Typing(Wedge("8h10d", 35, 8)).press(text + ENTER, 0.01).wait(1)
    assert [event.text for event in typing.events] == [text]
    assert typing.field == ""


@given(st.lists(st.tuples(st.text(max_size=12), st.sampled_from([0.0, 0.02, 0.036, 0.2]))))
def test_no_key_is_lost_or_doubled_except_an_enter_that_belongs_to_a_machine(bursts):
    typing = Typing(Wedge("8h10d", 35, 8))
    for keys, pause in bursts:
        typing.press(keys, 0.01).wait(pause)
    typing.wait(1)
    pressed = "".join(keys for keys, _ in bursts).replace(ENTER, "")
    arrived = typing.field.replace(ENTER, "") + "".join(event.text for event in typing.events)
    assert sorted(arrived) == sorted(pressed)
