"""The emulated printers on their wires, spoken to by programs that are not ours."""

import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
import serial
from patience import PATIENCE_S
from PIL import Image, ImageChops, ImageDraw

from drivers.emulators.escpos_pty import EscposPtyPrinter
from drivers.emulators.escpos_tcp import EscposTcpPrinter
from drivers.printer_link import connectors

ROOT = Path(__file__).parent.parent.parent
MARK = b"\x1d(H\x06\x0000wxyz"
PRINTED_MARK = b"\x37\x22wxyz\x00"


@pytest.fixture
def tcp(tmp_path):
    printer = EscposTcpPrinter(tmp_path / "slips").start()
    yield printer
    printer.stop()


@pytest.fixture
def host(tcp):
    with socket.create_connection(("127.0.0.1", port_of(tcp)), timeout=PATIENCE_S) as connection:
        yield connection


def port_of(printer: EscposTcpPrinter) -> int:
    return int(printer.address.rsplit(":", 1)[1])


def heard(connection: socket.socket, count: int) -> bytes:
    received = b""
    while len(received) < count:
        piece = connection.recv(count - len(received))
        if not piece:
            break
        received += piece
    return received


def test_the_library_of_others_finds_it_in_order_and_prints(tcp):
    theirs = connectors().Network("127.0.0.1", port_of(tcp), timeout=PATIENCE_S, profile="TM-T20II")
    theirs.open()
    assert theirs.is_online()
    assert theirs.paper_status() == 2
    tcp.state(near_end=True)
    assert theirs.paper_status() == 1
    tcp.state(paper_out=True)
    assert not theirs.is_online()
    assert theirs.paper_status() == 0
    tcp.state(paper_out=False)
    picture = Image.new("1", (576, 300), 1)
    ImageDraw.Draw(picture).ellipse((10, 10, 500, 280), fill=0)
    theirs.image(picture, fragment_height=256)
    theirs.cut()
    assert tcp.wait_until(lambda: len(tcp.core.paper.printed) == 1, PATIENCE_S)
    with Image.open(tcp.pictures[0]) as printed:
        printed_part = printed.crop((0, 0, 576, 300)).convert("L")
    assert ImageChops.difference(printed_part, picture.convert("L")).getbbox() is None
    assert tcp.core.dangerous == tcp.core.unknown == []
    theirs.cashdraw(2)
    assert tcp.wait_until(
        lambda: [order[:2] for order in tcp.core.dangerous] == [b"\x1bp"], PATIENCE_S
    )
    theirs.close()


def test_the_next_host_waits_until_the_first_has_gone(tcp, host):
    host.sendall(b"\x10\x04\x01")
    assert heard(host, 1) == b"\x12"
    with socket.create_connection(("127.0.0.1", port_of(tcp)), timeout=0.2) as second:
        second.sendall(b"\x10\x04\x01")
        with pytest.raises(TimeoutError):
            second.recv(1)
        host.close()
        second.settimeout(PATIENCE_S)
        assert heard(second, 1) == b"\x12"


def test_status_can_be_late_and_the_proof_overtakes_it(tcp, host):
    tcp.hindrance.late_s = 0.3
    began = time.monotonic()
    host.sendall(b"\x10\x04\x01" + MARK)
    assert heard(host, 8) == PRINTED_MARK + b"\x12"
    assert time.monotonic() - began >= 0.3


def test_it_can_be_slow(tcp, host):
    tcp.hindrance.bytes_per_s = 2000
    began = time.monotonic()
    host.sendall(bytes(600) + MARK)
    assert heard(host, 7) == PRINTED_MARK
    assert time.monotonic() - began > 0.2


def test_it_can_be_silent(tcp, host):
    tcp.state(silent=True)
    host.settimeout(0.2)
    host.sendall(b"\x10\x04\x01" + MARK)
    with pytest.raises(TimeoutError):
        host.recv(1)


def test_it_can_lose_power_after_any_byte(tcp, host):
    tcp.hindrance.power_off_after = 20
    host.sendall(b"\x1dv0\x00\x48\x00\x01\x00" + bytes(72) + MARK)
    with pytest.raises(ConnectionResetError):
        heard(host, 7)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port_of(tcp)), timeout=PATIENCE_S)
    tcp.replug()
    with socket.create_connection(("127.0.0.1", port_of(tcp)), timeout=PATIENCE_S) as again:
        again.sendall(MARK)
        assert heard(again, 7) == PRINTED_MARK


def test_what_hung_out_when_the_power_went_is_torn_off_and_no_slip(tcp, host):
    host.sendall(b"\x1dv0\x00\x48\x00\x05\x00" + b"\xff" * 72 * 3)
    assert tcp.wait_until(lambda: tcp.core.paper.rows_hanging_out() == 3, PATIENCE_S)
    tcp.unplug()
    assert tcp.pictures == []
    assert len(tcp.core.paper.torn) == 1


def test_a_full_buffer_is_not_read_any_further(tmp_path):
    printer = EscposTcpPrinter(tmp_path, buffer_bytes=100).start()
    printer.state(paper_out=True)
    with socket.create_connection(("127.0.0.1", port_of(printer)), timeout=0.2) as host:
        host.sendall(b"x" * 100)
        assert printer.wait_until(lambda: printer.core.room() == 0, PATIENCE_S)
        host.sendall(b"\x10\x04\x01")
        with pytest.raises(TimeoutError):
            host.recv(1)
        printer.state(paper_out=False)
        host.settimeout(PATIENCE_S)
        assert heard(host, 1) == b"\x12"
    printer.stop()


def test_the_serial_one_is_a_line_that_any_program_can_open(tmp_path):
    printer = EscposPtyPrinter(tmp_path, tmp_path / "line").start()
    with serial.Serial(str(tmp_path / "line"), 115200, timeout=PATIENCE_S) as line:
        line.write(b"\x10\x04\x04" + b"hello\n" + b"\x1dVB\x00" + MARK)
        assert line.read(8) == b"\x12" + PRINTED_MARK
    assert len(printer.pictures) == 1
    printer.stop()
    assert not (tmp_path / "line").exists()


def test_no_thread_and_no_descriptor_stays_behind(tmp_path):
    before = threading.active_count(), psutil.Process().num_fds()
    for cycle in range(3):
        printer = EscposTcpPrinter(tmp_path / str(cycle)).start()
        printer.unplug()
        printer.replug()
        printer.stop()
        printer.stop()
    assert (threading.active_count(), psutil.Process().num_fds()) == before


@pytest.mark.parametrize(
    ("module", "address"), [("escpos_tcp", "escpos+tcp:"), ("escpos_pty", "escpos+serial:")]
)
def test_it_runs_as_a_program_that_takes_troubles_by_hand(tmp_path, module, address):
    program = [sys.executable, "-m", f"drivers.emulators.{module}", "--folder", str(tmp_path)]
    with subprocess.Popen(  # noqa: S603 - our own module
        program, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        said = running.stdout.readline().strip()
        assert said.startswith(address)
        wire = connectors()
        place = said.removeprefix(address)
        host = (
            wire.Network("127.0.0.1", int(place.rsplit(":", 1)[1]), timeout=PATIENCE_S)
            if module == "escpos_tcp"
            else wire.Serial(place, 115200, timeout=PATIENCE_S)
        )
        host.open()
        host._raw(b"hello\n\x1dVB\x00")
        assert running.stdout.readline().strip().endswith("slip-0001.png")
        host.close()
        running.stdin.write("paper_out\non_fire\nunplug\nreplug\npaper_out\nquit\n")
        running.stdin.flush()
        assert running.wait(10) == 0
