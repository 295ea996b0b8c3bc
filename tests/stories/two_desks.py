"""Reception and gatehouse of one site: two PCs, each with its devices, and a hub between them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import house
from guards import Gate, Guard, ready
from house import Site
from machines import PrinterMachine, ReaderMachine
from postgres import Cable, Postgres

RECEPTION, GATEHOUSE = "south", "east"


@dataclass
class TwoDesks:
    """Both guards at their kiosks; ``cable`` is the gatehouse's line to the hub."""

    reception: Guard
    gatehouse: Guard
    cable: Cable
    owner: str

    @property
    def desks(self) -> tuple[Guard, Guard]:
        """Both, the reception first."""
        return self.reception, self.gatehouse


@contextmanager
def two_desks(folder: Path, postgres: Postgres) -> Iterator[TwoDesks]:
    """Set the hub up by the commands of the handbook, join both desks, and show their kiosks."""
    owner = postgres.new_database("kiosk")
    with ExitStack() as stack:
        cable = Cable(postgres.port)
        stack.callback(cable.close)
        reception = house.copy(house.made_once(), folder / RECEPTION)
        _joins(reception, _said(reception, "hub", "init", owner, "--at", postgres.address))
        gatehouse = Site(folder / GATEHOUSE)
        gatehouse.folder.mkdir()
        code = _said(reception, "hub", "invite", owner, GATEHOUSE, "--name", "东门传达室")
        _joins(gatehouse, code, address=cable.address)
        _same_days(reception, gatehouse)
        guards = [_shown(stack, site) for site in (reception, gatehouse)]
        yield TwoDesks(*guards, cable, owner)


def _said(site: Site, *words: str) -> str:
    done = site.kiosk(*words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _joins(site: Site, told: str, address: str = "") -> None:
    """Type the code that was read aloud."""
    code = told.partition("加入码：")[2].split()[0]
    words = told.partition("kiosk hub join ")[2].split()
    done = site.kiosk("hub", "join", address or words[0], "--gate", words[2], typed=f"{code}\n")
    assert done.returncode == 0, done.stderr


def _same_days(one: Site, other: Site) -> None:
    text = one.config.read_text(encoding="utf-8")
    days = next(line for line in text.splitlines() if line.startswith("extra_workdays"))
    other.set("calendar", extra_workdays=days.partition("= ")[2])


def _shown(stack: ExitStack, site: Site) -> Guard:
    reader = stack.enter_context(ReaderMachine(site.folder / "reader"))
    printer = stack.enter_context(PrinterMachine(site.folder / "slips"))
    site.plug(reader.address, printer.address)
    gate = Gate(site, reader, printer)
    return ready(Guard(gate, stack.enter_context(site.show())), "读卡器", "打印机")
