"""A site with its machines, and a person before it."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import house
import pytest
from guards import Gate, Guard, ready
from house import Site
from machines import PrinterMachine, ReaderMachine


@pytest.fixture
def site(tmp_path: Path, compiled_words: None) -> Site:  # noqa: ARG001 - the screens speak Chinese
    """A site of its own: two guards, two staff, an administrator."""
    return house.copy(house.made_once(), tmp_path / "site")


@pytest.fixture
def gate(site: Site) -> Iterator[Gate]:
    """The same with a reader and a printer, each a process of its own."""
    with (
        ReaderMachine(site.folder / "reader") as reader,
        PrinterMachine(site.folder / "slips") as printer,
    ):
        site.plug(reader.address, printer.address)
        yield Gate(site, reader, printer)


@pytest.fixture
def at_the_gate(gate: Gate) -> Iterator[Guard]:
    """The kiosk in Chinese on 80x24, its devices ready."""
    with gate.site.show() as screen:
        yield ready(Guard(gate, screen), "读卡器", "打印机")


@pytest.fixture
def at_the_gate_with(gate: Gate) -> Iterator[Callable[..., Guard]]:
    """Show the kiosk in Chinese on 80x24 when it is asked for, once these devices are ready."""
    with contextlib.ExitStack() as shown:
        yield lambda *devices: ready(Guard(gate, shown.enter_context(gate.site.show())), *devices)


@pytest.fixture
def at_the_large_gate(gate: Gate) -> Iterator[Guard]:
    """The kiosk in English on 120x36, its devices ready."""
    gate.site.set("site", language='"en"')
    with gate.site.show(120, 36, "en_US") as screen:
        yield ready(Guard(gate, screen), "Reader", "Printer")
