"""F9: whom to call, each call's outcome with one digit, then the reports until it is over.

Keystrokes of a guard:

- ``F9`` shows the numbers and prints the contact sheet; ``1`` fire, ``2`` medical, ``3`` intruder,
  ``4`` flooding, ``5`` power, ``6`` other opens the incident, after ``D`` a drill of it;
- the call under the cursor: ``1`` is being called, ``2`` answered, ``3`` was not reached; the
  cursor goes on to who is next;
- ``R`` first and follow-up report, ``E`` the final one (or the end of a drill), ``K`` another kind,
  ``A`` lets emergency vehicles in, ``P`` prints all calls and reports, ``N`` opens another one.
"""

import time
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from kiosk.desk.journal import SYSTEM
from kiosk.desk.posts import on_duty
from kiosk.desk.refusal import Refused
from kiosk.desk.words import Words, _, pgettext
from kiosk.incidents import service
from kiosk.incidents.models import Incident, Kind, Outcome
from kiosk.incidents.rules import Countdowns, contacts_of
from kiosk.incidents.screens_report import ReportForm
from kiosk.incidents.screens_rows import columns, head, rows
from kiosk.incidents.standing import Standing, standing
from kiosk.incidents.wording import OUTCOMES, kind_word
from kiosk.ui.bars import Key
from kiosk.ui.context import Context
from kiosk.ui.dialogs import Choose
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict, refusal

_KINDS, _OUTCOMES = tuple(Kind), tuple(Outcome)
_TICK_S = 1.0
_REAL, _END, _GO_ON = "real", "end", "go_on"


class EmergencyScreen(KioskScreen):
    """The incident with this id, else the one of the last hour, else the numbers and the kinds."""

    AUTO_FOCUS: ClassVar[str | None] = "#calls"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        *[Binding(f"{n}", f"digit({n})", show=False) for n in range(1, len(_KINDS) + 1)],
        Binding("d,D", "drill", show=False),
        Binding("r,R", "report", show=False),
        Binding("e,E", "end", show=False),
        Binding("k,K", "correct", show=False),
        Binding("a,A", "let_in", show=False),
        Binding("p,P", "print", show=False),
        Binding("n,N", "anew", show=False),
    ]
    DEFAULT_CSS = """
    EmergencyScreen #incident-head { height: auto; min-height: 3; padding: 1 2; }
    EmergencyScreen #incident-head { background: $panel-ground; }
    EmergencyScreen #calls { height: 1fr; margin: 1 0 0 0; padding: 1 1; }
    EmergencyScreen.-low #incident-head { padding: 0 1; }
    EmergencyScreen.-low #calls { padding: 0 0; }
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
        yield RowList(*columns(), spaced=True, id="calls")

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

    def at_lock(self) -> "EmergencyScreen":
        """Stay in front of the locked desk: an emergency outlasts every idle lock."""
        return EmergencyScreen(self.incident_id)

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

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
        shown.show(rows(now, contacts, ringing, desk.zone, named=self._named), columns())
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
            for number, kind in enumerate(_KINDS, start=1):
                yield Key(str(number), _KIND_LABELS[kind](), alarm=True)
            yield Key("D", pgettext("incident", "Drill"))
        yield Key("Esc", _("Back"))

    # Opening and calling.

    async def action_digit(self, number: int) -> None:
        """Open an incident of this kind, or say what became of the call under the cursor."""
        running = self.now.running
        if self.now.incident is None:
            await self._open(_KINDS[number - 1])
        elif running is not None and number <= len(_OUTCOMES):
            await self._log(running, _OUTCOMES[number - 1])

    async def _open(self, kind: Kind) -> None:
        kiosk = self.kiosk
        async with self.answering():
            self.incident_id = await self.act(
                service.open_incident, kiosk.desk, who_is_there(kiosk), kind, drill=self.drill
            )
            self._anew = self._pointed = False
            await self.refresh_book()

    async def _log(self, incident: Incident, outcome: Outcome) -> None:
        kiosk, current = self.kiosk, self.query_one("#calls", RowList).current
        contact = next(
            (
                one
                for one in contacts_of(kiosk.desk.settings.contacts)
                if current is not None and one.key == current.key
            ),
            None,
        )
        if contact is None:
            return
        async with self.answering():
            await self.act(
                service.log_call, kiosk.desk, who_is_there(kiosk), incident.id, contact, outcome
            )
            word = _(OUTCOMES[outcome])
            told = f"{contact.phone} {word}"
            tone = Tone.AMBER if outcome is Outcome.NOT_REACHED else Tone.INFO
            kiosk.answer(Verdict(tone, told))
            self._pointed = outcome is Outcome.CALLED
            await self.refresh_book()

    def action_drill(self) -> None:
        """While nothing runs: what is opened next is a drill, or not after all."""
        if self.now.incident is None:
            self.drill = not self.drill
            self._draw()

    async def action_anew(self) -> None:
        """Show the kinds again, to open another one beside this."""
        if self.now.incident is not None:
            self.incident_id, self._anew, self.drill = "", True, False
            await self.refresh_book()

    # What it is after all.

    def action_correct(self) -> None:
        """Ask what it is after all; a drill may turn out real."""
        running = self.now.running
        if running is not None:
            choices: list[tuple[str, Words]] = [
                (kind.value, partial(kind_word, kind)) for kind in _KINDS
            ]
            if running.drill:
                choices.append((_REAL, lambda: _("This is no drill: it is real")))
            question = Choose(lambda: _("What kind of incident is it?"), choices)
            self.app.push_screen(question, partial(self._corrected, running))

    async def _corrected(self, running: Incident, key: str | None) -> None:
        if key is None:
            return
        kiosk, real = self.kiosk, key == _REAL
        kind = running.kind if real else Kind(key)
        async with self.answering():
            await self.act(
                service.correct, kiosk.desk, who_is_there(kiosk), running.id, kind,
                drill=running.drill and not real,
            )  # fmt: skip
            self._pointed = False
            await self.refresh_book()

    # Reports and the end. What is typed needs the open desk.

    def action_report(self) -> None:
        """Type the first or a follow-up report."""
        running = self.now.running
        if running is not None and self._open_desk():
            self.app.push_screen(ReportForm(running, first=not self.now.reports))

    def action_end(self) -> None:
        """Type the final report; a drill is ended with one more key."""
        running = self.now.running
        if running is None:
            return
        if running.drill:
            choices = [
                (_END, lambda: _("End the drill")),
                (_GO_ON, lambda: _("Go on with it")),
            ]
            question = Choose(lambda: _("Is the drill over?"), choices)
            self.app.push_screen(question, partial(self._drill_ended, running))
        elif not self.now.reports:
            self.kiosk.answer(refusal(Refused("incident.no_first", number=running.number)))
        elif self._open_desk():
            self.app.push_screen(ReportForm(running, final=True))

    async def _drill_ended(self, running: Incident, key: str | None) -> None:
        if key == _END:
            kiosk = self.kiosk
            async with self.answering():
                await self.act(service.end_drill, kiosk.desk, who_is_there(kiosk), running.id)
                kiosk.answer(Verdict(Tone.GOOD, _("The drill has ended.")))
                await self.refresh_book()

    async def action_print(self) -> None:
        """Print every call and report."""
        incident, kiosk = self.now.incident, self.kiosk
        if incident is not None and self._open_desk():
            async with self.answering():
                number = await self.act(service.print_record, kiosk.desk, kiosk.by, incident.id)
                told = kiosk.on_paper(
                    _("Sheet {number} is being printed."),
                    _("Sheet {number} waits for the printer ({trouble})."),
                    number=number,
                )
                kiosk.answer(Verdict(Tone.INFO, told))

    def action_let_in(self) -> None:
        """Open the emergency admission of vehicles, whichever feature has it."""
        if self.now.running is not None and self._open_desk():
            self.kiosk.begin(_EMERGENCY_ADMISSION)

    def _open_desk(self) -> bool:
        """Say whether the desk is open; ask for it where it is not, and come back here."""
        if self.kiosk.operator is not None:
            return True
        self.app.ask_to_open()
        return False

    def action_leave(self) -> None:
        """Go back; an incident goes on running."""
        self.dismiss(None)


_EMERGENCY_ADMISSION = "e"  # what this letter begins at F6

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
