"""``kiosk demo --play``: one day at the gate, with real taps and keys on emulated devices."""

from __future__ import annotations

import sqlite3
import time
from typing import IO, TYPE_CHECKING

from kiosk.demo.app import DemoApp
from kiosk.demo.hand import Hand, Stuck
from kiosk.demo.story import SCENES
from kiosk.desk import database
from kiosk.desk.verify import Verdict, verify
from kiosk.desk.words import _

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from kiosk.demo.clock import DemoClock
    from kiosk.demo.stage import Stage
    from kiosk.desk.settings import Settings

_SEEN_S = 0.8


class Play:
    """One performance. ``told`` are the lines to say when it is over."""

    def __init__(
        self, settings: Settings, stage: Stage, clock: DemoClock, lock: IO[str], *, fast: bool
    ) -> None:
        self._settings, self._stage, self._clock, self._lock = settings, stage, clock, lock
        self._pause_s = 0.0 if fast else _SEEN_S
        self._stuck = _("it did not begin")
        self.told: list[str] = []

    def run(self, size: tuple[int, int] | None) -> int:
        """Play the day, without a terminal when ``size`` is given; return the exit status."""
        started = time.monotonic()
        app = DemoApp(self._settings, self._stage, clock=self._clock, lock=self._lock)
        app.run(headless=size is not None, size=size, auto_pilot=self._play)
        if self._stuck:
            self.told.append(_("The play stopped: {why}").format(why=self._stuck))
            return 1
        found = self._check()
        self._tell(found, time.monotonic() - started)
        return 0 if found.intact and not app.return_code else 1

    async def _play(self, pilot: Pilot[object]) -> None:
        hand = Hand(pilot, self._stage, self._clock, self._pause_s)
        try:
            await hand.until(lambda: hand.app.context is not None, "the book")
            await hand.until(lambda: self._stage.reader.looks > 0, "the reader")
            for scene in SCENES:
                self._stuck = scene.__name__
                await scene(hand)
            self._stuck = ""
        except Stuck as stuck:
            self._stuck += f": {stuck}"
        finally:
            pilot.app.exit(0)

    def _check(self) -> Verdict:
        reader = database.open_reader(self._settings.desk.database)
        try:
            return verify(reader, self._settings.site.gate)
        finally:
            reader.close()

    def _tell(self, found: Verdict, seconds: float) -> None:
        reader = database.open_reader(self._settings.desk.database)
        try:
            counts = dict(_counts(reader))
        finally:
            reader.close()
        self.told += [
            _(
                "{day} is over: {taps} taps, {visits} visitors admitted, {loans} keys lent,"
                " {slips} slips printed."
            ).format(
                day=self._clock.now.date(),
                taps=counts.get("staff.signed_in", 0) + counts.get("staff.signed_out", 0),
                visits=counts.get("visit.admitted", 0), loans=counts.get("loan.out", 0),
                slips=len(self._stage.printer.pictures),
            ),
            _("Intact: {n} entries. Fingerprint {code}").format(
                n=found.entries, code=found.head.fingerprint
            )
            if found.intact else _("The book is broken at entry {seq}.").format(seq=found.seq),
            _("Played in {n} seconds.").format(n=round(seconds)),
        ]  # fmt: skip


def _counts(reader: sqlite3.Connection) -> list[tuple[str, int]]:
    return list(reader.execute("SELECT code, count(*) FROM journal GROUP BY code"))
