"""K1: two taps to a key that is out: from the badge's last byte to the verdict, durable by then."""

import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bench_site import GUARD, found, settings_in, uid_of
from bench_terminal import Terminal
from card_reader import TimedReader
from figures import Line, both, ms, p50, p99, spread

from kiosk.desk import signing
from kiosk.desk.clock import system_clock
from kiosk.desk.loans import ThingKind
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.settings import Settings
from kiosk.keys.enrolling import Described, enrol

_LOANS, _QUICK, _WARM_UP, _AWAY_LOOKS = 60, 20, 5, 2
_PATIENCE_S = 10.0
_AFTER_DIALOG_S = 0.8  # in this time after a question the kiosk asks for the tap once more
_PIN = "2580"


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the line K1: so many keys go out, each to somebody else."""
    loans = _QUICK if quick else _LOANS
    with TimedReader(folder / "reader") as reader:
        settings = settings_in(folder, reader=reader.address, role="desk")
        _found(settings, loans)
        kiosk = [sys.executable, "-m", "kiosk", "run", "--config", str(folder / "kiosk.toml")]
        with Terminal(kiosk) as screen:
            assert reader.wait_looks(10, _PATIENCE_S)
            counter = Counter(screen, reader, settings.desk.database)
            counter.open_desk()
            times = [counter.lend(number) for number in range(1, loans + 1)]
    return [_line(times)]


def _found(settings: Settings, loans: int) -> None:
    desk = found(settings, loans, system_clock)
    with desk.write() as tx:
        signing.set_pin(tx, desk.site_key, person_by_staff_no(tx, GUARD), _PIN)
        for number in range(1, loans + 1):
            enrol(tx, Described(label=_label(number), kind=ThingKind.OTHER), _tag(number))
    desk.close()


def _label(number: int) -> str:
    return f"Q{number:04}"


def _tag(number: int) -> str:
    return f"05{number:010d}80"


class Counter:
    """The open desk of a running kiosk, with cards put on its reader."""

    def __init__(self, screen: Terminal, reader: TimedReader, book: Path) -> None:
        self._screen, self._reader, self._book = screen, reader, book

    def open_desk(self) -> None:
        """Open the desk with the guard's badge and PIN."""
        self._tap(uid_of(0), "密码")
        behind = self._screen.mark()
        self._screen.send(f"{_PIN}\r")
        self._screen.wait_for("已开台", behind)

    def lend(self, number: int) -> tuple[float, float, bool]:
        """Return the seconds of both taps' machine time, and whether the loan was durable then.

        The first is from the tag's last byte to the question, the second from the badge's last
        byte to the verdict.
        """
        time.sleep(_AFTER_DIALOG_S)
        asked = self._tap(_tag(number), _label(number))
        told = self._tap(
            uid_of(number), f"{_label(number)} 借出", lambda: self._recorded() == number
        )
        return asked[0], told[0], told[1]

    def _tap(
        self, uid: str, shown: str, durable: Callable[[], bool] = lambda: True
    ) -> tuple[float, bool]:
        self._reader.put(uid)
        assert self._reader.wait_read(_PATIENCE_S)
        # What was painted before the reader answered is not about this card.
        answered = self._screen.mark_at(self._reader.first_answer_at)
        seen_at = self._screen.wait_for(shown, answered)
        is_durable = durable()
        taken = seen_at - self._reader.last_byte_at()
        self._reader.remove()
        assert self._reader.wait_looks(_AWAY_LOOKS, _PATIENCE_S)
        return taken, is_durable

    def _recorded(self) -> int:
        with closing(sqlite3.connect(f"file:{self._book}?mode=ro", uri=True)) as book:
            return int(book.execute("SELECT count(*) FROM loan").fetchone()[0])


def _line(times: list[tuple[float, float, bool]]) -> Line:
    asked = [one[0] for one in times][_WARM_UP:]
    told = [one[1] for one in times][_WARM_UP:]
    late = sum(not one[2] for one in times)
    durable = f"{len(times) - late}/{len(times)} on disk by then"
    return Line(
        "K1", "badge's last byte to \"is out\"", f"{both(told)}, {durable}",
        f"the tag's, to the question: p50 {ms(p50(asked))}", "p50 <= 10 ms, p99 <= 25 ms",
        p50(told) <= 0.010 and p99(told) <= 0.025 and not late,
        spread("told", told) | spread("asked", asked) | {"not_on_disk": late},
    )  # fmt: skip
