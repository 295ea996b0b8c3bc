"""Sends notices beside everything else: after the commit, in the background, never waited for."""

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable

from kiosk.desk.desk import Desk
from kiosk.desk.outbox import Delivery, Letter, Outbox
from kiosk.desk.pen import Pen

log = logging.getLogger("kiosk.notifying")
_STOP_S = 0.8
_OURS = "KIOSK_"


class Notifier:
    """One thread, from the first notice on; each try is a process that can be ended at any moment.

    ``changed`` is called after every notice so that the screens look again.
    """

    def __init__(
        self, desk: Desk, pen: Pen, outboxes: Iterable[Outbox], changed: Callable[[], None]
    ) -> None:
        self._desk, self._pen, self._changed = desk, pen, changed
        self._outboxes = tuple(outboxes)
        self._tables = tuple(box.table for box in self._outboxes)
        self._seen = desk.version_of(*self._tables)
        self._wake, self._lock = threading.Event(), threading.Lock()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._tries: dict[str, int] = {}
        self._again_at: dict[str, float] = {}

    def give_up_old(self) -> int:
        """Note what the last run left as unknown, and return how many: it is too late to send."""
        with self._desk.read() as book:
            left = [
                (box, one.ref) for box in self._outboxes for one in box.waiting(self._desk, book)
            ]
        for box, ref in left:
            box.note(self._desk, ref, Delivery.UNKNOWN, 0)
        self._seen = self._desk.version_of(*self._tables)
        return len(left)

    def queued(self) -> None:
        """Something may be waiting: costs nothing when nothing changed. Called on one thread."""
        version = self._desk.version_of(*self._tables)
        if version == self._seen or self._stopping:
            return
        self._seen = version
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
            self._thread.start()
        self._wake.set()

    def stop(self) -> None:
        """End within a second, whatever is being sent; that one is noted as unknown."""
        with self._lock:
            self._stopping = True
            if self._child is not None:
                self._child.kill()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=_STOP_S)

    def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                wait = self._one_round()
            except Exception:  # whatever it is, the next round starts anew
                log.exception("notices cannot be read or noted")
                wait = float(self._desk.rules.notify_again_s)
            self._wake.wait(wait)

    def _one_round(self) -> float | None:
        """Try everything that is due; return after how many seconds the next is, None for none."""
        open_now: set[str] = set()
        for box in self._outboxes:
            while (letter := self._next_due(box, open_now)) is not None:
                if self._stopping:
                    return None
                self._try(box, letter)
        for ref in self._again_at.keys() - open_now:  # noted by somebody else meanwhile
            del self._again_at[ref]
        soonest = min(self._again_at.values(), default=None)
        return None if soonest is None else max(0.0, soonest - time.monotonic())

    def _next_due(self, box: Outbox, open_now: set[str]) -> Letter | None:
        """Read the letters anew before each try: one can be answered while another is sent."""
        with self._desk.read() as book:
            letters = box.waiting(self._desk, book)
        open_now |= {letter.ref for letter in letters}
        now = time.monotonic()
        return next((one for one in letters if self._again_at.get(one.ref, 0.0) <= now), None)

    def _try(self, box: Outbox, letter: Letter) -> None:
        if letter.moot:
            self._note(box, letter, Delivery.NOT_NEEDED)
            return
        self._tries[letter.ref] = self._tries.get(letter.ref, 0) + 1
        delivery = self._sent(letter)
        if delivery is Delivery.FAILED and self._tries[letter.ref] < self._desk.rules.notify_tries:
            self._again_at[letter.ref] = time.monotonic() + self._desk.rules.notify_again_s
        else:
            self._note(box, letter, delivery)

    def _note(self, box: Outbox, letter: Letter, delivery: Delivery) -> None:
        self._again_at.pop(letter.ref, None)
        tries = self._tries.pop(letter.ref, 0)
        self._pen.queue(box.note, self._desk, letter.ref, delivery, tries).result()
        log.info("notice %s: %s", letter.ref, delivery.value)
        self._changed()

    def _sent(self, letter: Letter) -> Delivery:
        words = json.dumps({"url": letter.url, "title": letter.title, "body": letter.body})
        with self._lock:
            if self._stopping:
                return Delivery.UNKNOWN
            try:
                self._child = self._started()
            except OSError:  # the machine has no room for one more process: as if nobody took it
                log.exception("a notice cannot be started")
                return Delivery.FAILED
        try:
            said, _nothing = self._child.communicate(
                words.encode(), timeout=self._desk.rules.notify_wait_s
            )
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.communicate()
            return Delivery.UNKNOWN
        finally:
            with self._lock:
                ended, self._child = self._child.returncode, None
        if ended != 0:  # it was ended in the middle, or could not even start
            return Delivery.UNKNOWN
        return Delivery.SENT if said == b"sent" else Delivery.FAILED

    @staticmethod
    def _started() -> subprocess.Popen[bytes]:
        # Its own environment has no secret, and what it could say of one goes nowhere.
        env = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "kiosk.send_notice"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env,
        )  # fmt: skip
