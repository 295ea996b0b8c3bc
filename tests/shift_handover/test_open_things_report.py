from datetime import date

import pytest

from kiosk.desk.report import Period
from shift_handover.reports import open_things

DAY = Period(date(2026, 11, 23), date(2026, 11, 23))

pytestmark = pytest.mark.usefixtures("people")


@pytest.mark.usefixtures("words_zh")
def test_the_report_has_every_open_thing_once_in_the_groups_of_the_handover(desk, open_list):
    with desk.read() as book:
        table = open_things(open_list)(desk, book, DAY)
    assert table.title == "待办"
    assert [(row[0], row[1]) for row in table.rows] == [
        ("等候的来访人", "017"), ("来访未了事项", "015"), ("借出的钥匙和物品", "L4"),
        ("在访人员", "018"),
    ]  # fmt: skip
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_an_empty_report_says_what_it_is_empty_of(desk):
    with desk.read() as book:
        table = open_things(lambda _desk, _book: [])(desk, book, DAY)
    assert (table.rows, table.empty) == ((), "Nothing is open.")
