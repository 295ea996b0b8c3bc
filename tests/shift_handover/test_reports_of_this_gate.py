"""A register is about the gate that is asked: what was written at another stands in that one's."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from kiosk import all_reports
from kiosk.desk.report import Period
from kiosk.desk.signing import Means
from kiosk.incidents import service as incidents
from kiosk.incidents.models import Kind
from shift_handover.away import errands
from shift_handover.instructions import service as instructions
from shift_handover.instructions.models import Sort
from shift_handover.instructions.rules import Said
from shift_handover.last_out import service as last_out
from shift_handover.last_out.rules import Answer


@pytest.fixture
def written(desk, people, on_post, check_all, desk_clock):  # noqa: ARG001 - somebody is on the post
    """One row of each register."""
    errands.refuse(desk, "2001")
    incidents.open_incident(desk, "2001", Kind.FIRE)
    until = desk.clock() + timedelta(days=1)
    instructions.give(desk, "2001", "1001", Said(Sort.INSTRUCTION, "今晚停电", until))
    done = [Answer(item, done=True) for item in last_out.items(desk)]
    last_out.sign(desk, "2001", done, [(people["1001"], Means.BADGE)])
    check_all(desk, desk_clock)
    return desk


def rows(desk, name):
    with desk.read() as book:
        return all_reports.reports()[name](desk, book, Period(desk.today(), desk.today())).rows


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("safety", "safety_round"),
        ("errands", "refused_errand"),
        ("last-out", "last_out_list"),
        ("incidents", "incident"),
        ("instructions", "instruction"),
    ],
)
def test_what_another_gate_wrote_is_not_in_this_ones_register(written, name, table):
    assert rows(written, name)
    with closing(sqlite3.connect(written.settings.desk.database)) as book, book:
        book.execute(f"UPDATE {table} SET post = 'gate-2'")  # noqa: S608 - a table of ours
    assert rows(written, name) == ()
