"""Somebody telephones under a weather signal and cannot come: who, who agreed, why (clause 95)."""

from functools import partial

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from kiosk.attendance.weather import rules, service
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict


def ask_who(home: Screen[None]) -> None:
    """Ask who telephoned, then who agreed, then why; ``home`` is the screen that begins it."""
    asked = AskPerson(
        lambda: _("Who telephoned and cannot come?"),
        lambda: _("Type number, name or pinyin."),
        badges=False,
    )
    home.app.push_screen(asked, partial(_ask_who_agreed, home))


def _ask_who_agreed(home: Screen[None], absent: Person | None) -> None:
    if absent is None:
        return
    asked = AskPerson(
        lambda: _("{name} cannot come: who agreed?").format(name=absent.name),
        lambda: _("The head of the section, a leader or the office, by telephone."),
        badges=False,
        check=partial(rules.check_approver, absent),
    )
    home.app.push_screen(asked, partial(_ask_why, home, absent))


def _ask_why(home: Screen[None], absent: Person, approver: Person | None) -> None:
    if approver is not None:
        home.app.push_screen(WhyAbsent(absent, approver))


class WhyAbsent(Dialog[None]):
    """Ask why somebody cannot come, and write it down; a refusal leaves what was typed."""

    def __init__(self, person: Person, approver: Person) -> None:
        super().__init__(
            lambda: _("{name} cannot come: why?").format(name=person.name),
            lambda: _("{name} agreed. Enter writes it down.").format(name=approver.name),
        )
        self._person, self._approver = person, approver

    def parts(self) -> ComposeResult:
        """Yield the field."""
        yield LabelledInput(
            lambda: pgettext("weather", "Reason"), id="text", limit=rules.LONGEST_WORDS
        )

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one("#text", LabelledInput).focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write it down."""
        event.stop()
        kiosk, why = self.kiosk, self.query_one("#text", LabelledInput).text
        try:
            made = await self.act(
                service.cannot_come, kiosk.desk, kiosk.by, self._person.staff_no,
                self._approver.staff_no, why,
            )  # fmt: skip
        except Refused as refused:
            self.refused(refused)
            return
        self.dismiss(None)
        told = _("Noted as {number}: excused by one word.").format(number=made.number)
        kiosk.answer(Verdict(Tone.GOOD, told, name=self._person.name))
