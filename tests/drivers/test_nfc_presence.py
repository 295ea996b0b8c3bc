import itertools

from hypothesis import given
from hypothesis import strategies as st

from drivers.card_presence import GONE_AFTER_LOOKS, UNREADABLE_AFTER_LOOKS, Look, Presence, Seen
from drivers.events import CardPresented, CardsTogether, CardUnreadable

A, B = (
    Seen(bytes.fromhex("04A1B2C3D4E501"), "type2"),
    Seen(bytes.fromhex("04A1B2C3D4E502"), "type2"),
)
PHONES = [Seen(bytes((8, 1, 2, at)), "type4") for at in range(50)]
NOTHING, HEARD = Look(), Look(heard=True)
LOOK_S = 0.05
FREE = [NOTHING] * (GONE_AFTER_LOOKS + 1)


def _on(*cards):
    return Look(cards)


def _told(looks, presence=None):
    presence = presence or Presence("door")
    times = itertools.count(100.0, LOOK_S)
    return [event for look in looks if (event := presence.see(look, next(times)))]


def _kinds(looks):
    return [type(event) for event in _told(looks)]


def test_a_card_that_lies_there_is_told_once():
    (told,) = _told([_on(A)] * 50)
    assert told == CardPresented("door", A.uid, "type2", "name", 100.0)


def test_a_card_missed_now_and_then_has_not_gone():
    assert len(_told([_on(A), NOTHING, NOTHING] * 20)) == 1


def test_the_same_card_counts_again_when_it_was_away():
    assert len(_told([_on(A), *FREE, _on(A)])) == 2


def test_another_card_counts_at_once():
    assert [event.uid for event in _told([_on(A), _on(B), _on(B)])] == [A.uid, B.uid]


def test_two_cards_are_nobodys_tap_until_the_field_is_free():
    told = _told([_on(A, B), _on(A, B), _on(A), _on(B), *FREE, _on(B)])
    assert [type(event) for event in told] == [CardsTogether, CardPresented]
    assert told[0].uids == (A.uid, B.uid)


def test_a_second_card_beside_one_that_lies_there():
    assert _kinds([_on(A), _on(A), _on(A, B), _on(A)]) == [CardPresented, CardsTogether]


def test_two_cards_found_in_turns_are_together():
    told = _told([_on(A), _on(B), _on(A), _on(B), _on(A)])
    assert [type(event) for event in told] == [CardPresented, CardPresented, CardsTogether]
    assert set(told[-1].uids) == {A.uid, B.uid}


def test_what_answers_without_a_number_is_told_once_and_not_too_early():
    assert _kinds([HEARD] * (UNREADABLE_AFTER_LOOKS - 1)) == []
    assert _kinds([HEARD] * 20) == [CardUnreadable]
    assert _kinds([HEARD, HEARD, _on(A), HEARD, HEARD, HEARD, HEARD]) == [CardPresented]


def test_a_card_that_is_read_after_all_counts():
    assert _kinds([HEARD] * 10 + [_on(A)]) == [CardUnreadable, CardPresented]


def test_a_phone_is_one_unreadable_card_however_many_numbers_it_has():
    (told,) = _told([_on(phone) for phone in PHONES])
    assert (type(told), told.reason) == (CardUnreadable, "random_number")
    assert _kinds([_on(PHONES[0], PHONES[1])]) == [CardUnreadable]
    assert _kinds([_on(PHONES[0], A)]) == [CardsTogether]


def test_what_still_lies_there_after_the_reader_came_back_is_not_new():
    presence = Presence("door")
    assert len(_told([_on(A)], presence)) == 1
    presence.resume(_on(A))
    assert _told([_on(A), _on(A)], presence) == []
    presence.resume(NOTHING)
    assert presence.empty
    assert len(_told([_on(A)], presence)) == 1


looks = st.lists(
    st.sampled_from([NOTHING, HEARD, _on(A), _on(B), _on(A, B), _on(PHONES[0]), _on(PHONES[1])]),
    max_size=60,
)


@given(looks)
def test_whatever_was_there_before_a_tap_on_a_free_field_counts_once(before):
    told = _told([*before, *FREE, _on(A), _on(A)])
    assert told[-1] == CardPresented("door", A.uid, "type2", "name", told[-1].at)
    assert (
        told[-1].at == 100.0 + LOOK_S * (len(before) + len(FREE))
        or abs(told[-1].at - (100.0 + LOOK_S * (len(before) + len(FREE)))) < LOOK_S / 2
    )


@given(looks)
def test_a_card_is_never_told_twice_in_a_row_without_a_free_field(before):
    told = _told(before)
    for first, second in itertools.pairwise(told):
        if isinstance(first, CardPresented) and first == second:
            gap = before[round((first.at - 100) / LOOK_S) : round((second.at - 100) / LOOK_S)]
            assert NOTHING in gap
