"""From a queued slip to paper: the spooler between the book and an emulated printer."""

import json
import queue
import threading
import time

import pytest
from patience import PATIENCE_S

from drivers.emulators.escpos_tcp import EscposTcpPrinter
from drivers.events import DeviceDown, PaperOut, PrinterReady
from drivers.slip_printer import SlipPrinter
from kiosk import printing
from kiosk.desk import spool
from kiosk.desk.pen import Pen
from kiosk.desk.print_job import JOB, JobState
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Text
from kiosk.printing import Spooler


class Station:
    """A desk, its pen, an emulated printer and the spooler between them."""

    def __init__(self, desk, folder, *, knows_marks=True, process_id=None) -> None:
        self.desk = desk
        self.events = queue.Queue()
        self.printer = EscposTcpPrinter(
            folder / "slips", knows_marks=knows_marks, knows_paper_question=knows_marks
        ).start()
        self._pen = Pen()
        self._changed = threading.Condition()
        driver = SlipPrinter("slips", self.printer.address, process_id=process_id)
        self.spooler = Spooler(desk, self._pen, driver, 576, self.events.put, self._note)

    def close(self) -> None:
        self.spooler.stop()
        self._pen.close()
        self.printer.stop()

    def queue(self, number: str) -> str:
        with self.desk.write() as tx:
            subject = tx.new_subject()
            job = tx.print(Slip("visit", number, (Text(f"slip {number}"),)), subject)
            tx.record("slip.queued", slip="visit", number=number)
        self.spooler.queued()
        return job.id

    def becomes(self, job_id: str, state: JobState, within_s: float = 5.0) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self.state(job_id) is state, within_s)

    def state(self, job_id: str) -> JobState:
        with self.desk.read() as book:
            return book.one(JOB, id=job_id).state

    def says(self, kind, within_s: float = 3.0):
        event = self.events.get(timeout=within_s)
        assert isinstance(event, kind)
        return event

    def _note(self) -> None:
        with self._changed:
            self._changed.notify_all()


@pytest.fixture
def station(desk, tmp_path):
    made = Station(desk, tmp_path)
    yield made
    made.close()


def test_a_queued_slip_comes_out_and_the_book_knows(station):
    station.spooler.start()
    station.says(PrinterReady)
    job = station.queue("0001")
    assert station.becomes(job, JobState.CONFIRMED)
    assert len(station.printer.pictures) == 1
    assert station.printer.core.jobs == [job[-4:].encode()]


def test_slips_of_a_printer_that_answers_its_status_only_are_not_in_doubt(desk, tmp_path):
    station = Station(desk, tmp_path, knows_marks=False, process_id="status")
    try:
        station.spooler.start()
        station.says(PrinterReady)
        job = station.queue("0001")
        assert station.becomes(job, JobState.CONFIRMED)
        assert len(station.printer.pictures) == 1
        with desk.read() as book:
            facts = book.connection.execute(
                "SELECT facts FROM journal WHERE code LIKE '%printed'"
            ).fetchone()[0]
        assert json.loads(facts)["weak"] is True
    finally:
        station.close()


def test_slips_wait_for_paper_and_come_out_in_order(station):
    station.printer.state(paper_out=True)
    station.spooler.start()
    station.says(PaperOut)
    jobs = [station.queue("0001"), station.queue("0002")]
    assert [station.state(job) for job in jobs] == [JobState.QUEUED] * 2
    station.printer.state(paper_out=False)
    station.says(PrinterReady)
    assert all(station.becomes(job, JobState.CONFIRMED) for job in jobs)
    assert station.printer.core.jobs == [job[-4:].encode() for job in jobs]


def test_a_slip_whose_end_nobody_saw_is_in_doubt_and_not_printed_again(station):
    station.spooler.start()
    station.says(PrinterReady)
    station.printer.core.rows_until_paper_out = 2
    job = station.queue("0001")
    assert station.becomes(job, JobState.UNKNOWN, 8.0)
    station.says(PaperOut)
    station.printer.state(paper_out=False)
    station.says(PrinterReady)
    after = station.queue("0002")
    assert station.becomes(after, JobState.CONFIRMED)
    assert len(station.printer.pictures) == 2
    assert station.state(job) is JobState.UNKNOWN


def test_a_lost_printer_is_seen_within_three_seconds_and_back_within_one(station):
    station.spooler.start()
    station.says(PrinterReady)
    for _ in range(2):
        station.printer.unplug()
        assert station.says(DeviceDown, 3.0).reason == "absent"
        station.printer.replug()
        station.says(PrinterReady, 1.0)


def test_a_slip_that_cannot_be_drawn_is_in_doubt_and_stops_no_other(station, monkeypatch):
    drawn = printing.draw

    def draw(slip, width):
        if slip.number == "0001":
            raise RuntimeError("no such font")
        return drawn(slip, width)

    monkeypatch.setattr(printing, "draw", draw)
    bad, good = station.queue("0001"), station.queue("0002")
    station.spooler.start()
    assert station.becomes(good, JobState.CONFIRMED)
    assert station.state(bad) is JobState.UNKNOWN
    assert len(station.printer.pictures) == 1


def test_a_slip_that_cannot_be_unsealed_is_in_doubt_and_stops_no_other(station):
    bad, good = station.queue("0001"), station.queue("0002")
    with station.desk.write() as tx:
        job = tx.one(JOB, id=bad)
        job.document = job.document[:-8] + "AAAAAAA="
        tx.put(job)
        tx.record("slip.torn", number="0001")
    station.spooler.start()
    assert station.becomes(good, JobState.CONFIRMED)
    assert station.state(bad) is JobState.UNKNOWN


def test_a_run_that_was_cut_off_does_not_spoil_the_next_slip(station):
    job = station.queue("0001")
    spool.start(station.desk, job)
    assert spool.recover(station.desk) == 1
    station.printer.core.receive(b"\x1dv0\x00\x48\x00\xff\x00" + bytes(5000))
    after = station.queue("0002")
    station.spooler.start()
    assert station.becomes(after, JobState.CONFIRMED)
    assert station.printer.core.unknown == []


def test_the_last_byte_is_at_the_printer_soon_after_the_slip_was_queued(station):
    station.spooler.start()
    station.says(PrinterReady)
    station.becomes(station.queue("0001"), JobState.CONFIRMED)
    began = time.monotonic()
    assert station.becomes(station.queue("0002"), JobState.CONFIRMED)
    assert (
        began < station.printer.first_byte_at <= station.printer.last_byte_at < began + PATIENCE_S
    )


def test_stopping_lets_go_of_the_thread_and_the_printer(station):
    station.spooler.start()
    station.says(PrinterReady)
    station.spooler.stop()
    assert not station.spooler.is_alive()
