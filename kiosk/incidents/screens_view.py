"""What F9 shows: the numbers, the calls that ring, and the keys of this moment."""

import time
from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk.desk.journal import SYSTEM
from kiosk.desk.posts import on_duty
from kiosk.desk.words import _, pgettext
from kiosk.incidents import service
from kiosk.incidents.models import Kind, Outcome
from kiosk.incidents.rules import Countdowns, contacts_of
from kiosk.incidents.screens_rows import columns, head, rows
from kiosk.incidents.standing import Standing, standing
from kiosk.ui.bars import Key
from kiosk.ui.context import Context
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict

KINDS = tuple(Kind)
"""The kinds in the order of their digits."""
_TICK_S = 1.0


class EmergencyView(KioskScreen):
    """The picture of an emergency, read again after every change; its clocks run."""

    AUTO_FOCUS: ClassVar[str | None] = "#calls"
    undisturbed: ClassVar[bool] = True
    DEFAULT_CSS = """
    EmergencyView #incident-head { height: auto; min-height: 3; padding: 1 2; }
    EmergencyView #incident-head { background: $panel-ground; }
    EmergencyView #calls { height: 1fr; margin: 1 0 0 0; padding: 1 1; }
    EmergencyView.-low #incident-head { padding: 0 1; }
    EmergencyView.-low #calls { padding: 0 0; }
    """

    def __init__(self, incident_id: str = "", *, print_sheet: bool = False) -> None:
        super().__init__()
        self.incident_id, self._print_sheet = incident_id, print_sheet
        self.now = Standing()
        self.drill = self._anew = False
        self._pointed = False
        self._countdowns = Countdowns()

    def body(self) -> ComposeResult:
        """Lay what to do, and the numbers under it."""
        yield Static("", markup=False, id="incident-head")
        yield RowList(*columns(self.now), spaced=True, id="calls")

    def on_mount(self) -> None:
        """Show the numbers before anything is written or printed; let the clock run."""
        super().on_mount()
        self.query_one("#calls", RowList).show_cursor_always = True
        self._draw()
        self.set_interval(_TICK_S, self._draw)
        if self._print_sheet:
            self._print_sheet = False
            self.run_worker(self._print_contacts())

    async def on_screen_resume(self) -> None:
        """Show it as it is now."""
        await super().on_screen_resume()
        if self._to_close is None and self.alive:
            await self.refresh_book()

    async def _print_contacts(self) -> None:
        kiosk = self.kiosk
        async with self.answering():
            number = await self.act(service.print_contacts, kiosk.desk, who_is_there(kiosk))
            if number:
                told = kiosk.on_paper(
                    _("The contact sheet is being printed."),
                    _("The contact sheet waits for the printer ({trouble})."),
                )
                kiosk.answer(Verdict(Tone.INFO, told))

    async def read_book(self) -> None:
        """Read how it stands."""
        found = await self.aside(standing, self.kiosk.desk, self.incident_id, anew=self._anew)
        self.now = found
        if found.incident is not None:
            self.incident_id = found.incident.id
        if self.alive:
            self._draw()
            self.show_keys()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    @property
    def is_work(self) -> bool:
        """True while the incident in front runs: numbers left in front prove nobody's presence."""
        return self.now.running is not None

    # Drawing.

    @property
    def _named(self) -> bool:
        return self.kiosk.operator is not None

    def _ringing(self) -> dict[str, int]:
        """Return the seconds left of every call that has no outcome yet."""
        desk = self.kiosk.desk
        return {
            key: self._countdowns.left_s(
                step, desk.clock(), time.monotonic(), desk.rules.incident_call_s
            )
            for key, step in (self.now.last or {}).items()
            if step.outcome is Outcome.CALLED
        }

    def _draw(self) -> None:
        if not self.alive or not self.query("#calls"):
            return
        desk, now, ringing = self.kiosk.desk, self.now, self._ringing()
        contacts = contacts_of(desk.settings.contacts)
        shown, told = self.query_one("#calls", RowList), self.query_one("#incident-head", Static)
        shown.show(rows(now, contacts, ringing, desk.zone, named=self._named), columns(now))
        if now.running and not self._pointed:
            self._point()
        width = max(30, told.content_size.width)
        told.update(
            head(
                now, contacts, ringing, desk.clock(), desk.zone, width, drill=self.drill,
                named=self._named,
            )
        )  # fmt: skip

    def _point(self) -> None:
        """Put the cursor on who is to be called next."""
        self._pointed = True
        late = frozenset(key for key, left in self._ringing().items() if left <= 0)
        following = self.now.next_calls(contacts_of(self.kiosk.desk.settings.contacts), late)
        shown = self.query_one("#calls", RowList)
        places = [i for i, one in enumerate(shown.rows) if one.key in following[:1]]
        if places:
            shown.action_move(places[0] - shown.cursor)

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this moment."""
        if self.now.running is not None:
            yield Key("1", pgettext("incident", "Calling"), pgettext("incident", "Call"))
            yield Key("2", pgettext("incident", "Answered"), pgettext("incident", "Yes"))
            yield Key("3", pgettext("incident", "Not reached"), pgettext("incident", "No"))
            yield Key("R", pgettext("incident", "Report"))
            yield Key("E", pgettext("incident", "End"), alarm=True)
            yield Key("A", pgettext("incident", "Let vehicles in"), pgettext("incident", "Let in"))
            yield Key("K", pgettext("incident", "Kind"))
            yield Key("P", pgettext("incident", "Print"))
            yield Key("N", pgettext("incident", "New"))
        elif self.now.incident is not None:
            yield Key("P", pgettext("incident", "Print"))
            yield Key("N", pgettext("incident", "New"))
        else:
            for number, kind in enumerate(KINDS, start=1):
                yield Key(str(number), _KIND_LABELS[kind](), alarm=True)
            yield Key("D", pgettext("incident", "Drill"))
        yield Key("Esc", _("Back"))


_KIND_LABELS = {
    Kind.FIRE: lambda: pgettext("incident", "Fire"),
    Kind.MEDICAL: lambda: pgettext("incident", "Medical"),
    Kind.INTRUDER: lambda: pgettext("incident", "Intruder"),
    Kind.FLOOD: lambda: pgettext("incident", "Flood"),
    Kind.POWER: lambda: pgettext("incident", "Power"),
    Kind.OTHER: lambda: pgettext("incident", "Other"),
}


def who_is_there(kiosk: Context) -> str:
    """Return in whose name it is written: the operator, else who is on duty, else the kiosk."""
    if kiosk.operator is not None:
        return kiosk.by
    with kiosk.desk.read() as book:
        duty = on_duty(book, kiosk.desk.gate)
    return duty[1].staff_no if duty else SYSTEM
