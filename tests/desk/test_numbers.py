"""Running numbers: never given twice, and none is lost to a use case that failed."""

import re
from pathlib import Path

import pytest
from sqlmodel import col, select

from kiosk.desk.numbers import Series, next_number
from kiosk.desk.refusal import Refused

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
    assert [(row.id, row.last) for row in found] == [("a", 2), ("b", 1)]


def test_no_two_kinds_of_numbers_begin_with_the_same_letter():
    made = re.compile(r"""f"([A-Z])\{next_number\(tx, '(\w+)'\)""")
    folders = ("kiosk", "visitors", "shift_handover")
    sources = (file for one in folders for file in (ROOT / one).rglob("*.py"))
    letters = {pair for file in sources for pair in made.findall(file.read_text("utf-8"))}
    assert len(letters) > 10
    assert len({letter for letter, _table in letters}) == len(letters)
