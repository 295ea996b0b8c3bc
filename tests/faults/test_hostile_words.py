"""K1: nothing in a name reaches the terminal or the printer as a control, or ends the program."""

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import KNOWN, STRINGS
from house import ROOT, clean_environment
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from terminal import Terminal

from drivers.emulators.escpos_tcp import EscposTcpPrinter
from drivers.slip_printer import Outcome, SlipPrinter
from kiosk.desk.slip import Slip
from kiosk.desk.slip_image import draw
from kiosk.desk.slip_lines import Field, Text, Title

STRINGS_IN_ALL = 10_000
_AT_ONCE = 100
_CHILD = Path(__file__).with_name("painting_child.py")
_STYLE = re.compile(rb"\x1b\[(?:(?:[0-4]|7|[34]8;2;\d+;\d+;\d+)(?:;|(?=m)))*m")
_PLACE = re.compile(rb"\x1b\[\d+;\d+H")
_CONTROL = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_BATCHES = settings(
    max_examples=STRINGS_IN_ALL // _AT_ONCE, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck), database=None, derandomize=True,
)  # fmt: skip
_MANY = st.lists(STRINGS, min_size=_AT_ONCE, max_size=_AT_ONCE)


class Wall:
    """A program that paints words on a terminal; ``paint`` returns the bytes it sent for them."""

    def __init__(self, folder: Path) -> None:
        names = [folder / "orders", folder / "answers"]
        for name in names:
            os.mkfifo(name)
        environment = clean_environment("zh_CN") | {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        command = [sys.executable, str(_CHILD), *map(str, names)]
        self.terminal = Terminal(command, 160, _AT_ONCE + 2, environment, ROOT, picture=False)
        self._orders, self._answers = names[0].open("w"), names[1].open()
        self._painted, self._read = 0, 0
        self.usual = set(_rest(self.paint([])))

    def paint(self, texts: list[str]) -> bytes:
        """Have the texts painted and under them a mark; return all that was sent until the mark."""
        self._painted += 1
        mark = f"<painted {self._painted}>"
        self._orders.write(json.dumps([*texts, mark]) + "\n")
        self._orders.flush()
        assert self._answers.readline() == "painted\n", self.terminal.raw[-2000:]
        self.terminal.until(lambda _: mark.encode() in self.terminal.raw, mark)
        begin, self._read = self._read, self.terminal.raw.index(mark.encode()) + len(mark)
        return bytes(self.terminal.raw[begin : self._read])

    def close(self) -> int:
        """Let it end by itself; return its status."""
        self._orders.close()
        status = self.terminal.ends()
        self._answers.close()
        return status


def _rest(sent: bytes) -> Iterator[bytes]:
    """Yield every control sequence that neither colours nor places text."""
    left = _PLACE.sub(b"", _STYLE.sub(b"", sent))
    for found in re.finditer(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[^\[]|$)", left):
        yield found[0]


@pytest.fixture(scope="module")
def wall(tmp_path_factory) -> Iterator[Wall]:
    made = Wall(tmp_path_factory.mktemp("wall"))
    with made.terminal:
        yield made
        assert made.close() == 0


@_BATCHES
@given(texts=_MANY)
def test_no_word_acts_on_the_terminal(wall, texts):
    sent = wall.paint(texts)
    assert set(_rest(sent)) <= wall.usual, texts
    words = re.sub(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[^\[])", b"", sent).decode()
    assert not _CONTROL.search(words), texts


def test_the_known_ones_are_painted_and_a_raw_one_would_be_found(wall):
    sent = wall.paint([*KNOWN])
    assert set(_rest(sent)) <= wall.usual
    assert "䶮".encode() in sent
    assert "𠮷".encode() in sent
    assert b"[/nope]" in sent
    assert not set(_rest(b"\x1b[31;1mx\x1b[2J")) <= wall.usual


# The printer.


@pytest.fixture(scope="module")
def printing(tmp_path_factory) -> Iterator[tuple[EscposTcpPrinter, SlipPrinter]]:
    emulated = EscposTcpPrinter(tmp_path_factory.mktemp("slips"))
    emulated.start()
    driver = SlipPrinter("slips", emulated.address)
    yield emulated, driver
    driver.close()
    emulated.stop()


@_BATCHES
@given(texts=_MANY)
def test_no_word_acts_on_the_printer(printing, texts):
    emulated, driver = printing
    print_them(driver, texts)
    assert emulated.core.dangerous == []
    assert emulated.core.unknown == []


def print_them(driver: SlipPrinter, texts: list[str]) -> None:
    short = [text[:16] for text in texts]
    lines = [Text(" ".join(short[n : n + 10])) for n in range(0, len(short), 10)]
    slip = Slip("visit", texts[0], (Title(texts[0], texts[1]), Field(texts[2], texts[3]), *lines))
    image = draw(Slip.from_json(slip.to_json()), 384)
    assert driver.print_image(image, "AAAA") in {Outcome.CONFIRMED, Outcome.WEAK}


def test_the_known_ones_are_printed_and_a_raw_one_would_be_found(printing):
    emulated, driver = printing
    print_them(driver, [*KNOWN])
    assert emulated.core.dangerous == []
    emulated.core.receive(b"\x1bp\x00\x19\xfa")
    assert emulated.core.dangerous
    emulated.core.dangerous.clear()
