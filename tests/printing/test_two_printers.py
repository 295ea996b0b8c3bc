"""Two printers: the second takes what waits while the first is in trouble, and nothing twice."""

import json
from dataclasses import replace

from drivers.slip_printer import SlipPrinter
from kiosk.desk import spool
from kiosk.desk.print_job import JobState
from kiosk.desk.settings import Printer
from kiosk.print_turns import StandIn, Turns


def printed(emulator) -> list[str]:
    """Return the marks of the slips that an emulated printer has printed."""
    return [mark.decode() for mark in emulator.core.jobs]


def facts(desk, code):
    with desk.read() as book:
        rows = book.connection.execute(
            "SELECT facts FROM journal WHERE code = ? ORDER BY seq", (code,)
        ).fetchall()
    return [json.loads(row[0]) for row in rows]


def test_while_the_first_is_well_the_second_prints_nothing(two_printers):
    station = two_printers()
    station.start()
    jobs = [station.queue(f"000{n}") for n in range(4)]
    assert all(station.becomes(job, JobState.CONFIRMED) for job in jobs)
    assert printed(station.first) == [job[-4:] for job in jobs]
    assert printed(station.second) == []


def test_with_the_first_off_the_second_prints_what_waits_and_says_so(two_printers):
    station = two_printers(patience_s=0.5)
    station.first.unplug()
    station.start()
    jobs = [station.queue("0001"), station.queue("0002")]
    assert all(station.becomes(job, JobState.CONFIRMED) for job in jobs)
    assert printed(station.second) == [job[-4:] for job in jobs]
    assert station.told == [StandIn("second", "first")]
    assert [one["printer"] for one in facts(station.desk, "slip.sending")] == ["second"] * 2


def test_within_its_patience_nothing_goes_to_the_second(two_printers):
    station = two_printers(patience_s=60)
    station.first.state(paper_out=True)
    station.start()
    job = station.queue("0001")
    station.first_looked(times=2)
    station.second_looked(times=2)
    assert station.state(job) is JobState.QUEUED
    station.first.state(paper_out=False)
    assert station.becomes(job, JobState.CONFIRMED)
    assert (printed(station.first), printed(station.second)) == ([job[-4:]], [])


def test_a_slip_on_which_paper_ran_out_stays_in_doubt_and_the_next_goes_to_the_second(two_printers):
    station = two_printers(patience_s=0.5)
    station.start()
    station.first_looked(times=1)
    station.first.core.rows_until_paper_out = 2
    torn = station.queue("0001")
    assert station.becomes(torn, JobState.UNKNOWN)
    after = station.queue("0002")
    assert station.becomes(after, JobState.CONFIRMED)
    assert printed(station.second) == [after[-4:]]
    assert station.state(torn) is JobState.UNKNOWN

    station.first.state(paper_out=False)
    assert station.hears(StandIn("second", "first", ends=True, back=True))
    last = station.queue("0003")
    assert station.becomes(last, JobState.CONFIRMED)
    assert printed(station.second) == [after[-4:]]
    assert printed(station.first)[-1] == last[-4:]
    assert station.state(torn) is JobState.UNKNOWN


def test_a_second_that_fails_too_stands_in_no_more_and_the_slips_wait(two_printers):
    station = two_printers(patience_s=0.5)
    station.first.unplug()
    station.start()
    assert station.becomes(station.queue("0001"), JobState.CONFIRMED)
    station.second.state(cover_open=True)
    assert station.hears(StandIn("second", "first", ends=True))
    waits = station.queue("0002")
    station.second_looked(times=2)
    assert station.state(waits) is JobState.QUEUED


def test_many_slips_on_two_ready_printers_come_out_once_each(two_printers):
    """Both have their turn at the same moment: the second stands in when the first comes back."""
    station = two_printers(patience_s=0.0)
    station.start()
    jobs = [station.queue(f"{n:04}") for n in range(6)]
    station.first.unplug()
    station.first.replug()
    done = {JobState.CONFIRMED, JobState.UNKNOWN}
    assert station.settles(jobs, done)
    marks = printed(station.first) + printed(station.second)
    assert len(marks) == len(set(marks))


def test_a_lone_printer_always_has_its_turn():
    turns = Turns("only")
    assert turns.may("only", ready=True)
    assert not turns.may("only", ready=False)


def killed_while_the_second_printed(station):
    """Leave a slip as a kiosk leaves it that was killed while the second printer had it."""
    job = station.queue("0001")
    spool.start(station.desk, job, "second")
    spool.recover(station.desk)


def doubt(desk):
    with desk.read() as book:
        return spool.outstanding(desk, book)


def test_a_slip_in_doubt_says_at_which_of_two_printers_to_look(two_printers):
    station = two_printers()
    killed_while_the_second_printed(station)
    desk = station.desk
    [thing] = doubt(desk)
    assert thing.what.text() == "Slip 0001: look whether it was printed"
    pair = (
        Printer("first", "escpos+tcp:127.0.0.1:1"),
        Printer("second", "escpos+tcp:127.0.0.1:2", fallback=True),
    )
    desk.settings = replace(desk.settings, printers=pair)
    [thing] = doubt(desk)
    assert thing.what.text() == "Slip 0001: look at second whether it was printed"


def test_after_a_restart_only_the_printer_that_had_the_slip_is_cleared_of_its_rest(
    two_printers, monkeypatch
):
    cleared = []
    monkeypatch.setattr(
        SlipPrinter, "expect_leftovers", lambda printer: cleared.append(printer.name)
    )
    station = two_printers()
    killed_while_the_second_printed(station)
    station.start()
    station.first_looked(times=1)
    station.second_looked(times=1)
    assert cleared == ["second"]
