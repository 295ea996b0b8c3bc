"""The day of the demo, played by itself without a terminal, and what it leaves behind."""

import json

from house import Site, kiosk

CODES = {
    "staff.signed_in", "staff.signed_out", "visit.expected", "visit.arrived", "visit.host_asked",
    "visit.host_answered", "visit.admitted", "visit.refused", "visit.left", "post.taken",
    "post.left", "matter.entrusted", "safety.checked", "handover.frozen", "handover.accepted",
    "loan.out", "loan.returned", "loan.passed_on", "thing.blocked",
}  # fmt: skip


def test_a_whole_day_plays_by_itself(tmp_path, compiled_words):  # noqa: ARG001 - it speaks Chinese
    folder = tmp_path / "demo"
    done = kiosk("demo", "--play", "--headless", "--dir", str(folder), seconds=180)
    assert done.returncode == 0, done.stdout + done.stderr
    left = Site(folder)
    assert set(left.codes()) >= CODES
    verified = left.kiosk("verify", "--json")
    assert (verified.returncode, json.loads(verified.stdout)["intact"]) == (0, True)
    assert len(list((folder / "printed").glob("slip-*.png"))) >= len(("two visitors", "handover"))
    assert left.kiosk("report", "visits").returncode == 0
