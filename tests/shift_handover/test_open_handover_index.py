"""F3 asks for the handover that waits: the signed ones of many years cost it nothing."""

import sqlite3
from contextlib import closing

import pytest

from kiosk.desk.queries import compiled
from shift_handover import service
from shift_handover.frozen import open_handover
from shift_handover.models import OPEN_HANDOVER


def test_the_open_handover_is_found_by_the_index_of_open_ones(desk):
    query = compiled(OPEN_HANDOVER)
    with desk.read() as book:
        plan = book.connection.execute(
            f"EXPLAIN QUERY PLAN {query.sql}", {**query.constants, "post": desk.gate}
        ).fetchall()
    assert [step[3] for step in plan] == ["SEARCH handover USING INDEX ix_handover_open (post=?)"]


@pytest.mark.usefixtures("checked", "on_post")
@pytest.mark.parametrize("state", ["frozen", "briefing"])
def test_what_can_still_be_signed_is_open_and_nothing_else(desk, open_list, state):
    made = service.freeze(desk, "2001", open_list)
    with closing(sqlite3.connect(desk.settings.desk.database)) as book, book:
        book.execute("UPDATE handover SET state = ?", (state,))
    with desk.read() as book:
        found = book.one(OPEN_HANDOVER, post=desk.gate)
    assert found is not None
    assert found.id == made.id
    with closing(sqlite3.connect(desk.settings.desk.database)) as book, book:
        book.execute("UPDATE handover SET state = 'accepted'")
    with desk.read() as book:
        assert open_handover(book, desk.gate) is None
