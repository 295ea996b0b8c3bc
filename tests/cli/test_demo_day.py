"""The day of the demo, played by itself without a terminal, and what it leaves behind."""

import json
import subprocess
import sys
from datetime import date, datetime

import pytest
from house import Site, clean_environment, kiosk

from kiosk.demo.names import KEYS, PEOPLE
from kiosk.demo.site import ZONE, last_workday

CODES = {
    "staff.signed_in", "staff.signed_out", "visit.expected", "visit.arrived", "visit.host_asked",
    "visit.host_answered", "visit.admitted", "visit.refused", "visit.left", "post.taken",
    "post.left", "matter.entrusted", "safety.checked", "handover.frozen", "handover.accepted",
    "loan.out", "loan.returned", "loan.passed_on", "thing.blocked", "message.taken",
    "message.received", "parcel.arrived", "parcel.handed_out", "pass.asked", "pass.approved",
    "pass.used", "pass.returned", "instruction.given", "instruction.known", "errand.refused",
    "errand.described", "away.started", "away.ended", "incident.opened", "incident.step",
    "incident.closed", "sheet.printed", "duty_log.written", "safety.place_tapped",
    "lastout.signed", "lastout.confirmed", "handover.read", "handover.relief_came",
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
    doctor = {one["part"]: one for one in json.loads(left.kiosk("doctor", "--json").stdout)}
    assert (doctor["clock"]["state"], doctor["database"]["state"]) == ("ok", "intact")
    day = str(left.journal()[-1]["at"])[:10]
    assert day in done.stdout
    hints = [line.split() for line in done.stdout.splitlines() if line.startswith("  kiosk ")]
    told = {words[2]: kiosk(*words[1:]) for words in hints}
    assert {one.returncode for one in told.values()} == {0}
    assert "吴桂英" in told["visits"].stdout
    assert KEYS[0].label in told["loans"].stdout
    came, went = (left.codes().count(code) for code in ("staff.signed_in", "staff.signed_out"))
    assert (came >= PEOPLE, went >= 0.9 * PEOPLE) == (True, True)
    again = kiosk("demo", "--play", "--headless", "--dir", str(folder))
    assert (again.returncode, str(folder) in again.stderr) == (1, True)
    assert left.journal()[-1]["at"].startswith(day)


_BREAKS = """
import sys
from kiosk.cli import main
from kiosk.demo import play
async def the_screen_breaks(hand):
    hand.app.call_later(lambda: 1 / 0)
    while True:
        await hand.press("f3")
play.SCENES = (the_screen_breaks,)
sys.exit(main(sys.argv[1:]))
"""


def test_a_play_ends_when_the_kiosk_breaks_under_its_hands(tmp_path):
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", _BREAKS, "demo", "--play", "--headless", "--dir", str(tmp_path)],
        capture_output=True, text=True, timeout=60, check=False, env=clean_environment("en_US"),
    )  # fmt: skip
    assert done.returncode == 1
    assert "the_screen_breaks" in done.stdout
    assert "the kiosk ended" in done.stderr


@pytest.mark.parametrize(
    ("now", "played"),
    [
        (datetime(2026, 11, 24, 0, 1, tzinfo=ZONE), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 59, tzinfo=ZONE), date(2026, 11, 20)),  # Monday plays Friday
        (datetime(2026, 10, 5, 9, 0, tzinfo=ZONE), date(2026, 9, 30)),  # National Day's week
    ],
)
def test_the_day_that_is_played_was_a_working_day_and_is_over(settings, now, played):
    day = last_workday(settings, now)
    assert (day.date(), day.tzinfo) == (played, ZONE)
