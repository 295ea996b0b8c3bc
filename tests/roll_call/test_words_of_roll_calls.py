"""A roll call's names go in their time, its sheet when printed or when who is on it is erased."""

from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from kiosk import features
from kiosk.desk import database, leftovers, spool
from kiosk.desk.print_job import JobState, PrintJob
from kiosk.desk.transaction import Erased
from kiosk.desk.verify import verify
from kiosk.features import inside
from kiosk.roll_call import service, slips
from kiosk.roll_call.models import MARKS_OF, ROLL, RollKind
from kiosk.roll_call.words import opened
from visitors import departures, erasing

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
GUARD, NAME = "2001", "龘靐齉"


@pytest.fixture
def ended(desk, house):
    """A drill with one visitor, who has left since, and 张伟; both stand on its sheet."""
    visit = house.admit(NAME)
    house.tap("1001")
    roll = service.begin(desk, GUARD, RollKind.DRILL, inside)
    service.end(desk, GUARD, roll)
    departures.leave(desk, GUARD, visit, signed=True)
    return visit, roll


def test_a_visitor_is_shown_the_roll_calls_that_list_him(desk, ended):
    visit, roll = ended
    with desk.read() as book:
        [(kind, said)] = features.mentions(desk, book, {visit}, MONDAY, desk.clock())
        number = book.one(ROLL, id=roll).number
        assert features.mentions(desk, book, {"another"}, MONDAY, desk.clock()) == []
    assert (kind, said.partition(":")[0]) == ("Roll call", number)


def sheet(desk):
    with desk.read() as book:
        [job] = [job for job in book.all(select(PrintJob)) if job.slip == slips.SHEET]
    return job


def names(desk, roll):
    with desk.read() as book:
        return {opened(book, mark.words).name for mark in book.all(MARKS_OF, roll=roll)}


def test_the_sheet_is_forgotten_at_the_full_hour_after_printing(desk, ended):
    job = sheet(desk)
    spool.start(desk, job.id)
    spool.confirm(desk, job.id, weak=False)
    features.lapse(desk)
    with desk.read() as book, pytest.raises(Erased):
        book.unseal(job.document)
    assert NAME in names(desk, ended[1])


def test_who_is_erased_stands_on_no_waiting_sheet(desk, ended):
    visit, roll = ended
    with desk.read() as book:
        assert NAME in book.unseal(sheet(desk).document)
    with desk.write() as tx:
        erasing.erase(tx, desk, visit, "本人要求")
    job = sheet(desk)
    assert job.state is JobState.SETTLED
    with desk.read() as book, pytest.raises(Erased):
        book.unseal(job.document)
    assert NAME not in names(desk, roll)
    assert desk.empty_log()
    assert leftovers.holding(desk.settings.desk.database.parent, {NAME}) == []


def test_the_other_names_go_in_their_time_and_the_counts_stay(desk, desk_clock, ended):
    _visit, roll = ended
    desk_clock.advance(days=179)
    features.purge(desk)
    assert "张伟" in names(desk, roll)
    desk_clock.advance(days=2)
    with desk.read() as book:
        assert features.overdue(desk, book)["roll_calls"] == 1
    assert features.purge(desk).counts["roll_calls"] == 1
    assert features.purge(desk).count == 0
    assert names(desk, roll) == {"-"}
    with closing(database.open_reader(desk.settings.desk.database)) as reader:
        assert verify(reader, desk.gate, desk.site_key).intact


def test_a_roll_call_that_runs_keeps_its_names(desk, desk_clock, house):
    house.tap("1001")
    roll = service.begin(desk, GUARD, RollKind.DRILL, inside)
    desk_clock.advance(days=400)
    features.purge(desk)
    assert names(desk, roll) == {"张伟"}
