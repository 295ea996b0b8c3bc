"""D4, D5, D6: reader and printer come late, go and come back; wrong files and settings."""

import signal
import sqlite3
import threading
import time
from collections.abc import Iterator

import pytest
from house import BADGES, PIN
from machines import PrinterMachine, ReaderMachine
from patience import PATIENCE_S
from PIL import Image

from drivers.emulators.escpos_tcp import EscposTcpPrinter

_SEEN_WITHIN_S = 3.0
_SLACK_S = 2.0  # for a machine that does other work too; the benchmark holds the figure itself
IN_DOUBT = "请看是否已"
WAITS = "号单据等待打印机"
TROUBLES = {"paper_out": "缺纸", "cover_open": "盖子未合"}


@pytest.fixture
def printer(site) -> Iterator[PrinterMachine]:
    with PrinterMachine(site.folder / "slips") as made:
        yield made


@pytest.fixture
def reader(site) -> Iterator[ReaderMachine]:
    with ReaderMachine(site.folder / "reader") as made:
        yield made


def test_machines_that_come_late_and_go_and_come_back(site):
    with PrinterMachine(site.folder / "slips") as first:
        port = first.port  # a port nobody has, once it is switched off
    site.plug(f"nfc+pn532:{site.folder}/reader", f"escpos+tcp:127.0.0.1:{port}")
    with site.show() as screen:
        screen.shows("读卡器 断开", "打印机 断开")
        with (
            ReaderMachine(site.folder / "reader") as reader,
            PrinterMachine(site.folder / "slips", port) as printer,
        ):
            screen.hides("断开")
            reader.tap(BADGES["1001"])
            screen.shows("✓ 签到")
            seen_lost(screen, reader, "读卡器 断开")
            seen_lost(screen, printer, "打印机 断开")
            reader.tap(BADGES["1002"])
            screen.shows("财务科")
        screen.signal()
        assert screen.ends() == 0
    came = [entry["by"] for entry in site.journal() if entry["code"] == "staff.signed_in"]
    assert came[-2:] == ["1001", "1002"]


def seen_lost(screen, machine, words):
    machine.order("unplug")
    pulled = time.monotonic()
    screen.shows(words)
    assert time.monotonic() - pulled < _SEEN_WITHIN_S + _SLACK_S
    machine.order("replug")
    screen.hides(words)


def test_paper_and_cover_show_in_the_status_bar(site, printer):
    site.plug("", printer.address)
    with site.show() as screen:
        screen.shows("打印机")
        screen.hides("断开", "查找中")
        for trouble, words in TROUBLES.items():
            printer.order(trouble)
            screen.shows(words)
            printer.order(trouble)
            screen.hides(words)


# A slip of which nobody knows whether it is on paper (D5).


@pytest.fixture
def near_printer(site) -> Iterator[EscposTcpPrinter]:
    """A printer whose paper the test holds in its hand."""
    made = EscposTcpPrinter(site.folder / "slips")
    made.start()
    yield made
    made.stop()


def test_a_slip_in_doubt_is_asked_about_and_its_reprint_says_so(site, reader, near_printer):
    site.plug(reader.address, near_printer.address)
    with site.show() as screen:
        open_desk(screen, reader)
        near_printer.core.rows_until_paper_out = 60
        print_report(site)
        screen.shows("缺纸")
        near_printer.unplug()
        screen.shows("打印机 断开", IN_DOUBT)
        near_printer.replug()
        near_printer.state(paper_out=False)
        screen.hides("断开", "缺纸")
        assert near_printer.pictures == []  # nothing is printed again in silence
        screen.press("f6")
        screen.shows("Esc 返回", IN_DOUBT)
        screen.press("enter")
        screen.shows("打印出来了吗")
        screen.press("2")
        wait_for(lambda: len(near_printer.pictures) == 1, "the reprint")
        print_report(site)
        wait_for(lambda: len(near_printer.pictures) == 2, "a new slip")
        screen.signal()
        assert screen.ends() == 0
    printed = [(e["code"], e["facts"].get("copy")) for e in site.journal() if "slip." in e["code"]]
    assert ("slip.unknown", 1) in printed
    assert printed.count(("slip.printed", 1)) == 1
    assert ("slip.reprinted", 2) in printed
    assert ("slip.printed", 2) in printed
    # The mark 补打 makes the copy's head higher than that of a first print of the same report.
    heights = [height_of(picture) for picture in near_printer.pictures]
    assert heights[0] > heights[1]


def test_a_slip_waits_for_paper_and_prints_once_by_itself(site, reader, near_printer):
    site.plug(reader.address, near_printer.address)
    near_printer.state(paper_out=True)
    with site.show() as screen:
        open_desk(screen, reader, "缺纸")
        print_report(site)
        screen.shows(WAITS)
        near_printer.state(paper_out=False)
        screen.hides(WAITS, "缺纸")
        near_printer.state(cover_open=True)
        screen.shows("盖子未合")
        screen.signal()
        assert screen.ends() == 0
    assert len(near_printer.pictures) == 1
    assert site.codes().count("slip.printed") == 1


def test_a_kiosk_killed_while_it_prints_asks_after_its_start(site, reader, near_printer):
    site.plug(reader.address, near_printer.address)
    with site.show() as screen:
        open_desk(screen, reader)
        near_printer.core.rows_until_paper_out = 60
        print_report(site)
        screen.shows("缺纸")
        screen.signal(signal.SIGKILL)
        screen.ends()
    near_printer.unplug()
    near_printer.replug()
    near_printer.state(paper_out=False)
    with site.show() as screen:
        open_desk(screen, reader)
        screen.shows(IN_DOUBT)
        screen.signal()
        assert screen.ends() == 0
    assert near_printer.pictures == []
    assert site.codes().count("slip.unknown") == 1


def open_desk(screen, reader, *words):
    screen.shows("职工请刷卡", "读卡器", "打印机", *words)
    screen.hides("断开", "查找中")
    reader.tap(BADGES["2001"])
    screen.shows("开台", "密码")
    screen.type(PIN)
    screen.press("enter")
    screen.shows("值班 李建国")


def print_report(site):
    done = site.kiosk("report", "roll-call", "--print")
    assert done.returncode == 0, done.stderr


def wait_for(seen, told):
    end = time.monotonic() + PATIENCE_S
    while not seen():
        assert time.monotonic() < end, told
        threading.Event().wait(0.02)


def height_of(picture):
    with Image.open(picture) as slip:
        return slip.height


# Files and settings that are not right: refused in words before the screen is drawn.


def test_a_second_kiosk_is_refused_and_the_first_goes_on(site):
    with site.show() as first:
        first.shows("职工请刷卡")
        with site.show() as second:
            assert second.ends() == 1
            assert str(first.process.pid) in second.text
            assert not second.picture.other_page
        assert first.process.poll() is None


def test_a_newer_book_is_left_alone(site):
    with sqlite3.connect(site.database) as book:
        book.execute("UPDATE alembic_version SET version_num = '9999'")
    book.close()
    before = site.database.read_bytes()
    for command in (["verify"], ["journal"], ["people", "set-pin", "1001"]):
        done = site.kiosk(*command, typed="8024\n")
        assert done.returncode == 1, command
        assert "9999" in done.stderr
    with site.show() as screen:
        assert screen.ends() == 1
        assert "9999" in screen.text
    assert site.database.read_bytes() == before


@pytest.mark.parametrize(
    ("section", "line", "told"),
    [
        ("desk", "idle_lok_s = 60", ("idle_lok_s",)),
        ("desk", "idle_lock_s = 5", ("desk.idle_lock_s", "15", "3600")),
        ("site", 'language = "tlh"', ("site.language", "zh_CN", "en")),
        ("hours", 'start = "half past"', ("hours.start",)),
    ],
)
def test_a_wrong_setting_is_named_with_file_and_what_is_allowed(site, section, line, told):
    text = site.config.read_text(encoding="utf-8")
    key = line.split(" = ")[0]
    kept = [old for old in text.splitlines() if not old.startswith(f"{key} = ")]
    kept.insert(kept.index(f"[{section}]") + 1, line)
    site.config.write_text("\n".join(kept), encoding="utf-8")
    done = site.kiosk("verify")
    assert (done.returncode, done.stdout) == (1, "")
    for words in (str(site.config), *told):
        assert words in done.stderr


def test_an_address_that_would_probe_every_port_is_refused_with_the_reason(site):
    site.plug("nfc+pn532:/dev/tty*")
    with site.show() as screen:
        assert screen.ends() == 1
        assert "/dev/tty*" in screen.text.replace("\n", "")
        assert not screen.picture.other_page
