"""F9: whom to call, each call's outcome with one digit, then the reports until it is over.

Keystrokes of a guard:

- ``F9`` shows the numbers and prints the contact sheet; ``1`` fire, ``2`` medical, ``3`` intruder,
  ``4`` flooding, ``5`` power, ``6`` other opens the incident, after ``D`` a drill of it;
- the call under the cursor: ``1`` is being called, ``2`` answered, ``3`` was not reached; the
  cursor goes on to who is next;
- ``R`` first and follow-up report, ``E`` the final one (or the end of a drill), ``K`` another kind,
  ``A`` lets emergency vehicles in, ``P`` prints all calls and reports, ``N`` opens another one.
"""

from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from kiosk.desk.refusal import Refused
from kiosk.desk.words import Words, _
from kiosk.incidents import service
from kiosk.incidents.models import Incident, Kind, Outcome
from kiosk.incidents.rules import contacts_of
from kiosk.incidents.screens_report import ReportForm
from kiosk.incidents.screens_view import KINDS, EmergencyView, who_is_there
from kiosk.incidents.wording import OUTCOMES, kind_word
from kiosk.ui.dialogs import Choose
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from kiosk.ui.verdict import Verdict, refusal

_OUTCOMES = tuple(Outcome)
_REAL, _END, _GO_ON = "real", "end", "go_on"
_EMERGENCY_ADMISSION = "e"  # what this letter begins at F6


class EmergencyScreen(EmergencyView):
    """The incident with this id, else the one of the last hour, else the numbers and the kinds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        *[Binding(f"{n}", f"digit({n})", show=False) for n in range(1, len(KINDS) + 1)],
        Binding("d,D", "drill", show=False),
        Binding("r,R", "report", show=False),
        Binding("e,E", "end", show=False),
        Binding("k,K", "correct", show=False),
        Binding("a,A", "let_in", show=False),
        Binding("p,P", "print", show=False),
        Binding("n,N", "anew", show=False),
    ]

    def at_lock(self) -> "EmergencyScreen":
        """Stay in front of the locked desk: an emergency outlasts every idle lock."""
        return EmergencyScreen(self.incident_id)

    # Opening and calling.

    async def action_digit(self, number: int) -> None:
        """Open an incident of this kind, or say what became of the call under the cursor."""
        running = self.now.running
        if self.now.incident is None:
            await self._open(KINDS[number - 1])
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
                for one in (*contacts_of(kiosk.desk.settings.contacts), *self.now.strangers)
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
                (kind.value, partial(kind_word, kind)) for kind in KINDS
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
