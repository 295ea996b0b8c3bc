"""N5: 20 desks and 15 things, 8 000 questions at a real hub: 0 double or overlapping loans.

Every desk has its own connection, answers for the things it keeps and asks for others at random.
``--quick`` asks 800 times.
"""

import shutil
import sys
from pathlib import Path

from figures import Line, both, p50, p99

sys.path.append(str(Path(__file__).parents[1] / "hub"))

from hub_site import TestHub
from key_race import race
from postgres import temporary_server

_DESKS, _THINGS, _ATTEMPTS, _PATIENCE_S = 20, 15, 8_000, 30.0


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return how many loans overlapped, and how long a question took with its answer."""
    attempts = _ATTEMPTS // 10 if quick else _ATTEMPTS
    server = temporary_server()
    try:
        hub = TestHub(server, server.new_database("kiosk_n5"), "kiosk_n5", folder)
        gates = [f"gate-{number}" for number in range(1, _DESKS + 1)]
        done = race([hub.wire(gate, wait_s=_PATIENCE_S) for gate in gates], _THINGS, attempts)
        hub.close()
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
    return [
        Line(
            "N5", f"{_DESKS} desks, {_THINGS} things, {done.attempts} questions",
            f"{done.wrong} wrong of {len(done.loans)} loans",
            f"given {done.given}, an answer {both(done.waits)}", "0 wrong",
            done.wrong == 0 and done.given > 0,
            {
                "wrong": done.wrong, "loans": len(done.loans), "given": done.given,
                "answer_p50": p50(done.waits), "answer_p99": p99(done.waits),
            },
        )
    ]  # fmt: skip
