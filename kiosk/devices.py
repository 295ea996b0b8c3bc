"""The devices of this desk: started from the settings, and what the status bar says of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.device import connect
from drivers.events import (
    CoverOpen,
    DeviceDown,
    DeviceUp,
    Event,
    PaperLow,
    PaperOut,
    PrinterReady,
)  # fmt: skip
from drivers.supervisor import Supervisor
from kiosk.desk import spool
from kiosk.desk.desk import Desk
from kiosk.desk.device_troubles import Troubles
from kiosk.desk.pen import Pen
from kiosk.desk.settings import Printer, Settings
from kiosk.desk.words import _
from kiosk.print_turns import StandIn, Turns
from kiosk.ui.bars import Light
from kiosk.ui.palette import Tone

if TYPE_CHECKING:
    from kiosk.printing import Spooler

DOOR = "door"


@dataclass(frozen=True, slots=True)
class Part:
    """One device: ``kind`` is reader, printer, scanner or id_reader, ``role`` a reader's."""

    name: str
    kind: str
    role: str = ""


class Devices:
    """Readers, scanners, ID-card readers and the printer, each on its own thread."""

    def __init__(
        self,
        settings: Settings,
        desk: Desk,
        pen: Pen,
        listener: Callable[[object], None],
        changed: Callable[[], None],
    ) -> None:
        self.parts = [*_parts(settings)]
        self._said: dict[str, Event] = {}
        reads = settings.attendance.crypto_badges
        self._supervisors: list[Supervisor] = [
            *[
                connect(one.name, one.address, listener, reads_messages=reads)
                for one in settings.readers
            ],
            *[connect(it.name, it.address, listener, baud=it.baud) for it in settings.on_a_line],
        ]
        self._settings, self._desk, self._pen = settings, desk, pen
        self._listener, self._changed = listener, changed
        self._spoolers: list[Spooler] = []
        self._turns = _turns_of(settings, self._stands_in)
        self._standing_in = ""
        self._troubles = Troubles()

    def start(self) -> None:
        """Start every device, readers first; an absent one is looked for until it is there."""
        for supervisor in self._supervisors:
            supervisor.start()
        for printer in self._settings.printers:
            spooler = self._spooler(printer)
            spooler.start()
            self._spoolers.append(spooler)

    def _spooler(self, printer: Printer) -> Spooler:
        from kiosk.printing import Spooler, driver_of, sheet_of  # noqa: PLC0415 - no reader waits 30 ms for it

        return Spooler(
            self._desk, self._pen, driver_of(printer), printer.width_dots,
            self._listener, self._changed, sheet=sheet_of(printer), turns=self._turns,
        )  # fmt: skip

    def _stands_in(self, change: StandIn) -> None:
        """Record, and tell the screen, that the second printer begins or ends to stand in."""
        device, other, ends = change.device, change.instead_of, change.ends
        self._pen.queue(spool.stand_in, self._desk, device, other, ends=ends)
        self._listener(change)

    def stop(self) -> None:
        """Stop every device and wait for its thread."""
        for supervisor in self._supervisors:
            supervisor.close()
        for spooler in self._spoolers:
            spooler.stop()

    def queued(self) -> None:
        """Something may be waiting for the printer."""
        for spooler in self._spoolers:
            spooler.queued()

    def role_of(self, device: str) -> str:
        """Return ``door`` or ``desk``; a lone reader, a wedge or an unknown one is the desk's."""
        readers = [part for part in self.parts if part.kind == "reader"]
        if len(readers) == 1:
            return "desk"
        return next((part.role for part in readers if part.name == device), "desk")

    @property
    def has_door_reader(self) -> bool:
        """Whether staff have a reader of their own, so that the desk's is not theirs."""
        return any(self.role_of(part.name) == DOOR for part in self.parts)

    def reader_lost(self) -> bool:
        """Say whether the desk has readers and every one of them has gone."""
        readers = [one for one in self.parts if one.kind == "reader"]
        at_desk = [one for one in readers if self.role_of(one.name) != DOOR]
        lost = [isinstance(self._said.get(one.name), DeviceDown) for one in at_desk]
        return bool(lost) and all(lost)

    def heard(self, event: object) -> bool:
        """Remember what a device said of itself; False when the event is not of that sort."""
        if isinstance(event, StandIn):
            self._standing_in = "" if event.ends else event.device
            return True
        if not isinstance(
            event, (DeviceUp, DeviceDown, PaperLow, PaperOut, CoverOpen, PrinterReady)
        ):
            return False
        self._said[event.device] = event
        self._write_down(event)
        return True

    def _write_down(self, event: Event) -> None:
        """Have the journal say that a device fails, or works again after that."""
        if isinstance(event, DeviceUp | PrinterReady | PaperLow):
            self._pen.queue(self._troubles.works, self._desk, event.device)
        elif isinstance(event, DeviceDown | PaperOut | CoverOpen):
            self._pen.queue(self._troubles.failed, self._desk, event.device, _code(event))

    def news(self, event: object) -> str:
        """Return in a sentence what the guard is to know of a device's event, "" for most."""
        if not isinstance(event, StandIn):
            return ""
        words = _("{first} does not print. Slips now come out of {second}.")
        if event.ends:
            words = (
                _("{first} prints again. {second} is the spare once more.")
                if event.back
                else _("{second} does not print either. Slips wait.")
            )
        return words.format(first=event.instead_of, second=event.device)

    def states(self) -> dict[str, str]:
        """Return ``up`` or the code of its trouble for each device that has spoken."""
        return {name: _code(said) for name, said in self._said.items()}

    def printer_trouble(self) -> str:
        """Return in a word or two why nothing is printed now, "" when it is."""
        name = next((part.name for part in self.parts if part.kind == "printer"), None)
        if name is None:
            return _("not set up")
        if self._standing_in:
            return ""
        said = self._said.get(name)
        return "" if isinstance(said, (DeviceUp, PrinterReady, PaperLow)) else _state(said)[1]

    def lights(self) -> tuple[Light, ...]:
        """Return one light for each device, in the order of the settings."""
        return tuple(self._light(part) for part in self.parts)

    def _light(self, part: Part) -> Light:
        alone = sum(other.kind == part.kind for other in self.parts) == 1
        tone, word = _state(self._said.get(part.name))
        if part.name == self._standing_in:
            tone, word = Tone.AMBER, _("standing in")
        return Light(_kind_word(part.kind) if alone else part.name, tone, word)


def _parts(settings: Settings) -> list[Part]:
    readers = [Part(reader.name, "reader", reader.role) for reader in settings.readers]
    in_order = sorted(settings.printers, key=lambda printer: printer.fallback)
    printers = [Part(printer.name, "printer") for printer in in_order]
    scanners = [Part(scanner.name, "scanner") for scanner in settings.scanners]
    return [
        *readers,
        *printers,
        *scanners,
        *[Part(one.name, "id_reader") for one in settings.id_readers],
    ]


def _turns_of(settings: Settings, told: Callable[[StandIn], None]) -> Turns:
    names = {printer.fallback: printer.name for printer in settings.printers}
    patience = settings.rules.printer_fallback_s
    return Turns(names.get(False, ""), names.get(True, ""), patience, told)


def _kind_word(kind: str) -> str:
    return {
        "reader": _("Reader"), "printer": _("Printer"), "scanner": _("Scanner"),
        "id_reader": _("ID reader"),
    }[kind]  # fmt: skip


def _code(said: Event) -> str:
    match said:
        case DeviceDown():
            return said.reason
        case PaperOut():
            return "paper_out"
        case CoverOpen():
            return "cover_open"
        case PaperLow():
            return "near_end"
    return "up"


def _state(said: Event | None) -> tuple[Tone, str]:
    match said:
        case DeviceUp() | PrinterReady():
            return Tone.GOOD, ""
        case PaperLow():
            return Tone.AMBER, _("paper low")
        case PaperOut():
            return Tone.RED, _("no paper")
        case CoverOpen():
            return Tone.RED, _("cover open")
        case DeviceDown():
            return Tone.RED, _("lost")
    return Tone.AMBER, _("looking")
