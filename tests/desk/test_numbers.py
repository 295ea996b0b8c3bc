"""Running numbers: never given twice, and none is lost to a use case that failed."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from kiosk.desk.numbers import Series, next_number, number_of
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_hub import MOST_DESKS, NumberRange

ROOT = Path(__file__).parents[2]


def test_running_numbers_are_never_given_twice_and_a_failed_use_case_gives_none(desk):
    def numbered():
        with desk.write() as tx:
            number = next_number(tx, "visit")
            tx.record("numbered", number=number)
            return number

    assert numbered() == 1
    with pytest.raises(Refused), desk.write() as tx:
        assert next_number(tx, "visit") == 2
        raise Refused("no.way")
    assert numbered() == 2


def test_a_series_row_is_kept_apart_by_name(desk):
    with desk.write() as tx:
        assert [next_number(tx, "a"), next_number(tx, "b"), next_number(tx, "a")] == [1, 1, 2]
        tx.record("numbered")
    with desk.read() as book:
        found = book.all(select(Series).order_by(col(Series.id)))
    assert [(row.id, row.last) for row in found] == [
        (f"{desk.gate}:a", 2), (f"{desk.gate}:b", 1),
    ]  # fmt: skip


def test_no_two_kinds_of_numbers_begin_with_the_same_letters():
    made = re.compile(r"""f["']([A-Z]+)\{next_number\(\w+, ["'](\w+)["']\)""")
    folders = ("kiosk", "visitors", "shift_handover")
    sources = (file for one in folders for file in (ROOT / one).rglob("*.py"))
    letters = {pair for file in sources for pair in made.findall(file.read_text("utf-8"))}
    taken = {letter for letter, _table in letters}
    assert {"V", "Q", "O", "QJ", "BZ", "OT", "DG", "OB", "KA", "LK", "TQ"} <= taken
    assert len(taken) == len(letters) == len({table for _letter, table in letters})


@given(counted=st.integers(0, 10**7), block=st.integers(1, 10**5))
def test_a_number_tells_which_desk_gave_it_and_as_which_of_its_numbers(counted, block):
    given_out = [number_of(counted, NumberRange(desk, block)) for desk in range(MOST_DESKS)]
    assert len(set(given_out)) == MOST_DESKS
    for desk, number in enumerate(given_out):
        turn, place = divmod(number - 1, block)
        assert turn % MOST_DESKS == desk
        assert turn // MOST_DESKS * block + place == counted


@given(block=st.integers(1, 50), most=st.integers(1, 120))
def test_twenty_desks_never_share_a_number(block, most):
    given_out = [
        number_of(counted, NumberRange(desk, block))
        for desk in range(MOST_DESKS)
        for counted in range(most)
    ]
    assert len(set(given_out)) == len(given_out)


def test_the_first_desk_counts_as_a_desk_alone_does():
    assert [number_of(counted, NumberRange(0, 1000)) for counted in range(1000)] == list(
        range(1, 1001)
    )
    assert number_of(1000, NumberRange(0, 1000)) == 20_001
    assert [number_of(counted, NumberRange(1, 1000)) for counted in (0, 999, 1000)] == [
        1001, 2000, 21_001,
    ]  # fmt: skip
