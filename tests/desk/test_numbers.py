"""Running numbers: never given twice, and none is lost to a use case that failed."""

import pytest
from sqlmodel import col, select

from kiosk.desk.numbers import Series, next_number
from kiosk.desk.refusal import Refused


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
