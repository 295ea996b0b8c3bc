"""A desk with two emulated printers on TCP, each with its spooler, and what they say."""

import threading
from collections.abc import Callable

import pytest

from drivers.emulators.escpos_tcp import EscposTcpPrinter
from kiosk.desk import spool
from kiosk.desk.pen import Pen
from kiosk.desk.print_job import JOB, JobState
from kiosk.desk.settings import Printer
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Text
from kiosk.print_turns import Turns
from kiosk.printing import Spooler, driver_of, sheet_of


class _Turns(Turns):
    """The real ones, which also count how often each printer asked."""

    def __init__(self, *parts, asked: Callable[[str], None]) -> None:
        super().__init__(*parts)
        self._asked = asked

    def may(self, printer: str, *, ready: bool) -> bool:
        has_turn = super().may(printer, ready=ready)
        self._asked(printer)
        return has_turn


class TwoPrinters:
    """``first`` and ``second`` are the emulators; ``told`` is what the screen would hear."""

    def __init__(self, desk, folder, patience_s: float, first: str) -> None:
        self.desk, self.told = desk, []
        self._looks = {"first": 0, "second": 0}
        self._changed = threading.Condition()
        self._pen = Pen()
        self._turns = _Turns("first", "second", patience_s, self._tell, asked=self._looked)
        self.first = EscposTcpPrinter(folder / "first").start()
        self.second = EscposTcpPrinter(folder / "second").start()
        modes = {"first": first, "second": "raster"}
        emulators = {"first": self.first, "second": self.second}
        self._spoolers = [
            self._spooler(Printer(name, emulators[name].address, mode=modes[name]))
            for name in modes
        ]

    def _spooler(self, printer: Printer) -> Spooler:
        return Spooler(
            self.desk, self._pen, driver_of(printer), printer.width_dots, self._heard, self._note,
            sheet=sheet_of(printer), turns=self._turns,
        )  # fmt: skip

    def start(self) -> None:
        for spooler in self._spoolers:
            spooler.start()

    def close(self) -> None:
        for spooler in self._spoolers:
            spooler.stop()
        self._pen.close()
        for emulator in (self.first, self.second):
            emulator.stop()

    def queue(self, number: str) -> str:
        with self.desk.write() as tx:
            job = tx.print(Slip("visit", number, (Text(f"slip {number}"),)), tx.new_subject())
            tx.record("slip.queued", slip="visit", number=number)
        for spooler in self._spoolers:
            spooler.queued()
        return job.id

    def state(self, job_id: str) -> JobState:
        with self.desk.read() as book:
            return book.one(JOB, id=job_id).state

    def becomes(self, job_id: str, state: JobState, within_s: float = 10.0) -> bool:
        return self._waits(lambda: self.state(job_id) is state, within_s)

    def settles(self, jobs, states) -> bool:
        return self._waits(lambda: {self.state(job) for job in jobs} <= states, 20.0)

    def hears(self, change) -> bool:
        return self._waits(lambda: change in self.told, 10.0)

    def first_looked(self, times: int) -> None:
        self._looks_of("first", times)

    def second_looked(self, times: int) -> None:
        self._looks_of("second", times)

    def _looks_of(self, name: str, times: int) -> None:
        most = self._looks[name] + times
        assert self._waits(lambda: self._looks[name] >= most, 10.0)

    def _waits(self, done, within_s: float) -> bool:
        with self._changed:
            return self._changed.wait_for(done, within_s)

    def _looked(self, name: str) -> None:
        with self._changed:
            self._looks[name] += 1
            self._changed.notify_all()

    def _tell(self, change) -> None:
        self.told.append(change)
        self._pen.queue(
            spool.stand_in, self.desk, change.device, change.instead_of, ends=change.ends
        )
        self._note()

    def _heard(self, _event) -> None:
        self._note()

    def _note(self) -> None:
        with self._changed:
            self._changed.notify_all()


@pytest.fixture
def two_printers(desk, tmp_path):
    made = []

    def make(*, patience_s: float = 60.0, first: str = "raster") -> TwoPrinters:
        made.append(TwoPrinters(desk, tmp_path, patience_s, first))
        return made[-1]

    yield make
    for one in made:
        one.close()
