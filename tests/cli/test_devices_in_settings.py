"""Every command sees what the settings say of devices: their addresses, their speeds."""

import json
import os
import termios
from contextlib import contextmanager

import pytest

from drivers import id_card_frames as frames
from drivers.emulators.escpos_pty import EscposPtyPrinter
from drivers.emulators.id_card_reader import EmulatedIdCardReader
from drivers.emulators.scanner import EmulatedScanner
from kiosk.desk import words
from kiosk.desk.settings import Printer
from kiosk.printing import driver_of


def listed(site, section, address, **more):
    """Append a device to the settings."""
    lines = [f"[[{section}]]", f'name = "{section}"', f'address = "{address}"']
    lines += [f"{key} = {value}" for key, value in more.items()]
    with site.config.open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("section", "address", "allowed"),
    [
        ("readers", "escpos+tcp:127.0.0.1:9", "nfc+usb:"),
        ("readers", "scanner+serial:/dev/x", "nfc+pn532:"),
        ("readers", "nfc+pn533:/dev/x", "nfc+pn532:"),
        ("readers", "nfc+pn532:tty:USB", "nfc+pn532:/dev/"),
        ("readers", "nfc+usb:072f", "nfc+usb:072f:2200"),
        ("printers", "nfc+pn532:/dev/x", "escpos+usb:"),
        ("printers", "escpos+tcp:printer", "escpos+tcp:192.168.1.50:9100"),
        ("printers", "escpos+serial:ttyS0", "escpos+serial:/dev/"),
        ("scanners", "nfc+usb:072f:2200", "scanner+serial:"),
        ("id_readers", "scanner+serial:/dev/x", "idcard+serial:"),
        ("id_readers", "idcard+serial:ttyUSB0", "idcard+serial:/dev/"),
    ],
)
@pytest.mark.parametrize("command", [("doctor",), ("run",), ("verify",)])
def test_an_address_that_does_not_fit_its_list_is_refused_by_every_command(
    run, site, section, address, allowed, command
):
    listed(site, section, address)
    status, out, err = run(*command)
    assert (status, out) == (1, "")
    for told in (str(site.config), f"{section}.1.address", address, allowed):
        assert told in err
    assert "?" not in err


def test_a_wrong_address_is_refused_in_chinese_without_an_english_word(run, site, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for address in ("escpos+tcp:127.0.0.1:9", "nfc+pn532:tty", "nfc+pn532:x", "nfc+usb:1"):
        listed(site, "readers", address)
        status, _, err = run("verify")
        site.config.write_text(
            site.config.read_text("utf-8").partition("\n[[readers]]")[0], "utf-8"
        )
        assert status == 1
        assert "写的是" in err
        assert " such " not in err
        assert " digits" not in err
    words.use("en")


@contextmanager
def plugged(machine):
    machine.start()
    try:
        yield machine
    finally:
        machine.stop()


def speed(link):
    """Return the speed that whoever opened the line last has set."""
    line = os.open(link, os.O_RDWR | os.O_NOCTTY)
    try:
        return termios.tcgetattr(line)[5]
    finally:
        os.close(line)


def test_the_doctor_opens_a_line_at_the_speed_of_the_settings(run, site, tmp_path):
    printer = EscposPtyPrinter(tmp_path / "slips", tmp_path / "printer")
    with plugged(printer), plugged(EmulatedScanner(tmp_path / "scanner")) as scanner:
        listed(site, "printers", printer.address, baud=19200)
        listed(site, "scanners", scanner.address, baud=38400)
        _, out, _ = run("doctor", "--json")
        states = {one["part"]: one["state"] for one in json.loads(out)}
        assert (states["printer"], states["scanner"]) == ("up", "up")
        assert speed(tmp_path / "printer") == termios.B19200
        assert speed(tmp_path / "scanner") == termios.B38400


def test_the_doctor_names_an_id_reader_and_what_is_wrong_with_it(run, site, tmp_path):
    reader = EmulatedIdCardReader(tmp_path / "idcard")
    listed(site, "id_readers", reader.address)
    _, out, _ = run("doctor")
    assert "ID reader id_readers: is not there" in out
    with plugged(reader):
        _, out, _ = run("doctor")
        assert "ID reader id_readers: works" in out
        reader.module.refuses[frames.STATE] = 0x66
        _, out, _ = run("doctor")
        assert "has no licence" in out


def test_a_printers_driver_knows_what_the_settings_say():
    driver = driver_of(Printer("slips", "escpos+tcp:127.0.0.1:9", width_dots=384, process_id=False))
    assert (driver.name, driver.width, driver.process_id) == ("slips", 384, False)
