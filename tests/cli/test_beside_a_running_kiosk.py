"""Commands that a running kiosk carries: import, PINs, a badge by a tap, paper, the doctor."""

import json
import os
import pwd
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from house import PIN, ROOT, Site, clean_environment
from machines import PrinterMachine, ReaderMachine
from terminal import Terminal


@dataclass
class Running:
    """A kiosk at work with its machines."""

    site: Site
    screen: Terminal
    reader: ReaderMachine
    printer: PrinterMachine


@pytest.fixture
def running(site) -> Iterator[Running]:
    with (
        ReaderMachine(site.folder / "reader") as reader,
        PrinterMachine(site.folder / "slips") as printer,
    ):
        site.plug(reader.address, printer.address)
        with site.show() as screen:
            screen.shows("职工请刷卡", "读卡器", "打印机")
            screen.hides("断开", "查找中")
            yield Running(site, screen, reader, printer)


def test_commands_are_done_by_the_kiosk_that_runs(running, tmp_path):
    site = running.site
    people_are_taken(running, tmp_path)
    assert site.kiosk("people", "set-pin", "3001", typed=f"{PIN}\n").returncode == 0
    badge_is_enrolled_by_a_tap(running)
    badge_is_blocked_and_refused(running)
    report_is_printed(running)
    watch_list_is_taken_and_written_where_it_was_asked(running, tmp_path)
    doctor_asks_the_kiosk(running)
    reading_works_beside_it(running)
    second_kiosk_is_refused(running)
    assert running.screen.process.poll() is None
    running.screen.signal()
    assert running.screen.ends() == 0
    codes = site.codes()
    assert {"people.imported", "pin.set", "badge.enrolled", "report.printed"} <= set(codes)
    ours = pwd.getpwuid(os.getuid()).pw_name
    carried = [entry for entry in site.journal() if entry["code"] == "report.printed"]
    assert [(one["by"], one["facts"]["account"]) for one in carried] == [("system", ours)]


def people_are_taken(running, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("姓名,工号,角色\n,3001,\n钱多多,3002,robot\n", encoding="utf-8")
    done = running.site.kiosk("people", "import", str(bad))
    assert (done.returncode, done.stdout) == (1, "")
    assert "robot" in done.stderr
    good = tmp_path / "good.csv"
    good.write_text("姓名,工号,部门\n䶮𠮷,3001,档案室\n", encoding="utf-8")
    done = running.site.kiosk("people", "import", str(good))
    assert (done.returncode, done.stderr) == (0, "")


def badge_is_enrolled_by_a_tap(running):
    """The next card is the new badge: the tap does nothing else."""
    command = [
        sys.executable,
        "-m",
        "kiosk",
        "badges",
        "enrol",
        "3001",
        "--config",
        str(running.site.config),
    ]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=clean_environment("zh_CN")
    ) as asking:
        asked = asking.stdout.readline()
        assert "䶮𠮷" in asked
        running.reader.tap("04AABBCCDD3001")
        told = asking.stdout.read()
        assert asking.wait(20) == 0
    assert "04AABBCCDD3001" in told
    running.reader.tap("04A1B2C3D4E501")
    running.screen.shows("✓ 签到", "办公室")
    assert "staff.signed_in" in running.site.codes()


def badge_is_blocked_and_refused(running):
    """The kiosk that runs refuses the card from the next tap on."""
    done = running.site.kiosk("badges", "block", "04A1B2C3D4E501", "--reason", "挂失")
    assert (done.returncode, "张伟" in done.stdout) == (0, True), done.stderr
    listed = running.site.kiosk("badges", "list", "1001")
    assert "挂失" in listed.stdout
    running.screen.hides("✓ 签到")  # by then the card again is no longer the same tap
    running.reader.tap("04A1B2C3D4E501")
    running.screen.shows("这张卡已停用")
    assert running.site.codes()[-1] == "badge.refused"


def report_is_printed(running):
    done = running.site.kiosk("report", "roll-call", "--print")
    assert done.returncode == 0, done.stderr
    assert running.printer.slip(1).exists()


def watch_list_is_taken_and_written_where_it_was_asked(running, tmp_path):
    file, out = tmp_path / "list.csv", tmp_path / "out.csv"
    file.write_text("姓名,处置,原因\n章薇,婉拒,曾大闹\n", encoding="utf-8")
    signed = ("--signed-by", "9001")
    done = running.site.kiosk("watchlist", "import", str(file), *signed, typed=f"{PIN}\n")
    assert done.returncode == 0, done.stderr
    done = running.site.kiosk("watchlist", "export", str(out))
    assert (done.returncode, "章薇" in out.read_text(encoding="utf-8-sig")) == (0, True)


def doctor_asks_the_kiosk(running):
    done = running.site.kiosk("doctor", "--json")
    found = {finding["part"]: finding for finding in json.loads(done.stdout)}
    assert found["reader"]["state"] == found["printer"]["state"] == "up"
    assert done.returncode == (0 if all(one["good"] for one in found.values()) else 1)
    done = running.site.kiosk("doctor")
    assert "读卡器" in done.stdout


def reading_works_beside_it(running):
    assert running.site.kiosk("verify").returncode == 0
    assert running.site.kiosk("journal").returncode == 0


def second_kiosk_is_refused(running):
    with running.site.show() as second:
        assert second.ends() == 1
        second.shows(str(running.screen.process.pid))


def test_two_commands_at_once_are_both_done(running):
    done: list[int] = []

    def set_pin(staff_no: str) -> None:
        done.append(running.site.kiosk("people", "set-pin", staff_no, typed="8024\n").returncode)

    both = [threading.Thread(target=set_pin, args=(staff_no,)) for staff_no in ("1001", "1002")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert done == [0, 0]
