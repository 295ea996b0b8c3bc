"""The rules of a visit alone: identity numbers, names from outside, which step may follow which."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from visitors import id_numbers, rules
from visitors.appointments import moment_on
from visitors.models import State
from visitors.rules import Details, Step

REAL = "11010519491231002X"  # the example of GB 11643-1999


def number_with(check_of: str) -> str:
    """Return the seventeen digits with their check digit, by the standard's own formula."""
    total = sum(int(digit) * (2 ** (17 - at) % 11) for at, digit in enumerate(check_of))
    return check_of + "10X98765432"[total % 11]


def test_the_standards_own_example_is_right():
    assert id_numbers.id_number(REAL) == REAL
    assert id_numbers.id_number(" 110105 19491231 002x ") == REAL
    assert id_numbers.id_number("１１０１０５１９４９１２３１００２Ｘ") == REAL


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place, step):
    digits = list(REAL.replace("X", "0") if place == 17 else REAL)
    if place == 17:
        digits[17] = str(step % 10)  # the right one is X
    else:
        digits[place] = str((int(digits[place]) + step) % 10)
    with pytest.raises(Refused, match=r"visit\.id_(check|birthday)"):
        id_numbers.id_number("".join(digits))


@given(st.dates().map(lambda day: f"{day.year:04}{day.month:02}{day.day:02}"), st.integers(0, 999))
def test_every_number_with_its_check_digit_is_taken(birthday, serial):
    number = number_with(f"330106{birthday}{serial:03}")
    assert id_numbers.id_number(number.lower()) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1234", "visit.id_shape"),
        ("110105491231002", "visit.id_shape"),
        ("X" * 18, "visit.id_shape"),
        ("110105194913310021", "visit.id_birthday"),
        ("110105194912310021", "visit.id_check"),
        ("1" * 10_000, "visit.id_shape"),
        ("\x1b[2J", "visit.id_shape"),
    ],
)
def test_a_wrong_identity_number_says_what_is_wrong(text, code):
    with pytest.raises(Refused) as refused:
        id_numbers.id_number(text)
    assert refused.value.code == code


def test_a_masked_number_hides_birthday_and_serial():
    assert id_numbers.masked(REAL) == "110***********002X"
    assert id_numbers.masked("") == ""


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "visit.field_missing"),
        (" \u200b ", "visit.field_missing"),
        ("王" * 10_000, "visit.field_too_long"),
        ("王\x1b[2J小明", "visit.name_unreadable"),
        ("12345", "visit.name_unreadable"),
        ("!!!", "visit.name_unreadable"),
    ],
)
def test_a_name_nobody_could_say_is_refused(name, code):
    with pytest.raises(Refused) as refused:
        rules.checked(Details(name=name, matter="x"))
    assert (refused.value.code, refused.value.facts["field"]) == (code, "name")


@pytest.mark.parametrize("name", ["[/nope]", "𠮷田䶮", "买买提·艾山", "O'Neill"])
def test_an_unusual_name_is_kept_as_it_is(name):
    assert rules.checked(Details(name=name, matter="x")).name == name


@given(st.text(max_size=60), st.text(max_size=120), st.text(max_size=120))
@example("A", "0\r\x1b\r0", "")
def test_whatever_is_accepted_is_clean_and_keeps_its_limits(name, matter, goods):
    try:
        said = rules.checked(Details(name=name, matter=matter, goods=goods))
    except Refused as refused:
        said = None
        complaint = refused.facts["field"]
    if said is None:
        assert complaint in {"name", "matter", "goods"}
        return
    for field in ("name", "matter", "goods"):
        value = getattr(said, field)
        assert clean(value) == value
        assert "\x1b" not in value
        assert len(value) <= rules.LIMITS[field]


@pytest.mark.parametrize(
    ("typed", "kept"), [("先生", "Mr"), ("女士", "Ms"), ("Mr", "Mr"), ("", "")]
)
def test_the_form_of_address_is_kept_in_one_way(typed, kept):
    assert rules.checked(Details(name="王", matter="x", form=typed)).form == kept


def test_an_unknown_form_of_address_is_refused():
    with pytest.raises(Refused, match=r"visit\.form_unknown"):
        rules.checked(Details(name="王", matter="x", form="Dr"))


@pytest.mark.parametrize("people", [0, -1, 100])
def test_a_count_of_people_out_of_bounds_is_refused(people):
    with pytest.raises(Refused, match=r"visit\.people_count"):
        rules.checked(Details(name="王", matter="x", people=people))


def test_a_phone_number_loses_its_dashes_and_refuses_words():
    assert rules.phone_number("138 0013-8000") == "13800138000"
    assert rules.phone_number("（０５７１）８８８８") == "05718888"
    with pytest.raises(Refused, match=r"visit\.phone_unlikely"):
        rules.phone_number("call me")


def test_only_admitting_leads_inside():
    into = {(state, step) for state in State for step, to in rules.STEPS[state].items()
            if to is State.ADMITTED and state is not State.ADMITTED}  # fmt: skip
    back_inside = {
        (State.ASSUMED_LEFT, Step.STILL_INSIDE), (State.UNKNOWN, Step.STILL_INSIDE),
        (State.LEFT, Step.PART_STAYED),
    }  # fmt: skip
    # An emergency is a way of its own, for visits that began as one (test_emergency.py).
    assert into - back_inside == {
        (State.WAITING, Step.ADMIT), (State.HOST_ASKED, Step.ADMIT),
        (State.EXPECTED, Step.ENTER_IN_EMERGENCY),
    }  # fmt: skip
    assert back_inside <= into  # only from where somebody goes who was admitted before


def test_a_void_visit_stays_void():
    assert not any(rules.may(State.VOIDED, step) for step in Step)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("14", "14:00"), ("1430", "14:30"), ("14:30", "14:30"), ("9：05", "09:05"), ("905", "09:05")],
)
def test_an_hour_is_read_as_people_type_it(desk, typed, hour):
    assert f"{moment_on(desk, desk.today(), typed, 'from'):%H:%M}" == hour


@pytest.mark.parametrize("typed", ["", "25", "14:61", "noon", "1:2:3x", "²", "99999"])
def test_an_hour_that_is_none_is_refused(desk, typed):
    with pytest.raises(Refused, match=r"visit\.hour_unclear"):
        moment_on(desk, desk.today(), typed, "from")
