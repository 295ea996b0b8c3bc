"""Leave is asked for: who (badge and PIN), which kind, from when to when, why, and who stands in.

What is typed stays until it is sent; before that it is said what it comes to.
"""

from dataclasses import replace
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from kiosk.attendance.leave import reading, rules
from kiosk.attendance.leave.halves import Span
from kiosk.attendance.leave.reading import Preview
from kiosk.attendance.leave.rules import Asking
from kiosk.attendance.leave.screens_send import SendLeave
from kiosk.attendance.leave.wording import KINDS, days_words, kind_word
from kiosk.desk.absence import Half, LeaveKind
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import Choose
from kiosk.ui.fields_form import FieldsForm
from kiosk.ui.form import LabelledInput
from kiosk.ui.screen import KioskScreen
from kiosk.ui.words_on_screen import lines, plain


def begin_asking(screen: KioskScreen) -> None:
    """Ask who asks for leave, which kind, then show the form."""

    def known(proof: Proof | None) -> None:
        if proof is not None:
            _ask_kind(screen, proof.person, proof)

    screen.app.push_screen(AskProof(lambda: _("Who asks for leave?")), known)


def begin_call(screen: KioskScreen) -> None:
    """Ask who telephoned, which kind, then show the form; the office signs it at the end."""

    def known(person: Person | None) -> None:
        if person is not None:
            _ask_kind(screen, person, None)

    asked = AskPerson(
        lambda: _("Who telephoned for leave?"), lambda: _("Type number, name or pinyin."),
        badges=False,
    )  # fmt: skip
    screen.app.push_screen(asked, known)


def _ask_kind(screen: KioskScreen, person: Person, proof: Proof | None) -> None:
    def chosen(key: str | None) -> None:
        if key is not None:
            screen.app.push_screen(AskLeave(person, LeaveKind(key), proof))

    choices = [(kind.value, partial(kind_word, kind)) for kind in KINDS]
    title = _title_of(person)
    screen.app.push_screen(Choose(title, choices), chosen)


def _title_of(person: Person) -> partial[str]:
    return partial(_which_kind, person.name)


def _which_kind(name: str) -> str:
    return _("{name}: which kind of leave?").format(name=name)


class AskLeave(FieldsForm):
    """The form. ``proof`` is the asker's, None for a call that the office notes."""

    DEFAULT_CSS = """
    AskLeave #form-title { height: auto; margin: 0 0 1 0; }
    AskLeave #leave-form {
        width: 76; max-width: 100%; height: auto; padding: 1 3; background: $panel-ground;
    }
    AskLeave.-low #leave-form { padding: 0 3; }
    """

    def __init__(self, person: Person, kind: LeaveKind, proof: Proof | None) -> None:
        super().__init__()
        self._person, self._kind, self._proof = person, kind, proof
        self._used: int | None = None

    def body(self) -> ComposeResult:
        """Lay what is known before, and the fields."""
        with Vertical(id="leave-form"):
            yield self.title_line()
            yield LabelledInput(
                lambda: pgettext("leave", "From"), id="first", limit=20,
                hint=lambda: _("11-30, 11-30 pm, +1; empty: today"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("leave", "Until"), id="last", limit=20,
                hint=lambda: _("12-02, 12-02 am; empty: the same day"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("leave", "Reason"), id="reason", limit=rules.LONGEST_REASON,
                hint=lambda: _("only for you, the head and the leaders"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: _("Contact"), id="contact", limit=rules.LONGEST_CONTACT,
                hint=lambda: _("a number, may stay empty"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: _("Matters in hand"), id="matters", limit=rules.LONGEST_MATTERS,
                hint=lambda: _("each with its next step; if nothing: none"),
            )  # fmt: skip

    async def read_book(self) -> None:
        """Say what the month has already."""
        self._used = await self.aside(self._read_used)
        if self.alive:
            self.retitle()

    async def on_screen_resume(self) -> None:
        """Read it when the form comes to the front."""
        await super().on_screen_resume()
        await self.refresh_book()

    def _read_used(self) -> int:
        desk = self.kiosk.desk
        today = desk.today()
        with desk.read() as book:
            this_month = Span(today, Half.MORNING, today, Half.AFTERNOON)
            return reading.personal_used(desk, book, self._person, this_month)

    def headline(self) -> Content:
        """Return what is asked for whom, and what the month has of it already."""
        words = _("{kind} for {name}").format(kind=kind_word(self._kind), name=self._person.name)
        title = plain(words, f"bold {palette.TEXT}")
        if self._used is None or self._kind is not LeaveKind.PERSONAL:
            return title
        most = self.kiosk.desk.rules.leave_personal_days
        used = _("Personal leave this month: {days} of {most}").format(
            days=days_words(self._used), most=most
        )
        colour = palette.AMBER if self._used >= 2 * most else palette.MUTED
        return lines(title, plain(used, colour))

    async def finish(self) -> None:
        """Say what it comes to, and ask who stands in."""
        asking = self.checked(self._asking)
        if asking is None:
            return
        try:
            preview = await self.aside(self._preview, asking)
        except Refused as refused:
            self.mark(refused)
        else:
            self._ask_stand_in(asking, preview)

    def _asking(self) -> Asking:
        desk = self.kiosk.desk
        texts = self.typed()
        today = desk.today()
        first = rules.typed_half_day(texts["first"], today, Half.MORNING, "first")
        last = rules.typed_half_day(texts["last"], first[0], Half.AFTERNOON, "last")
        span = Span(*first, *last)
        asking = Asking(self._kind, span, texts["reason"], texts["contact"], texts["matters"])
        return rules.checked(asking, desk.rules)

    def _preview(self, asking: Asking) -> Preview:
        desk = self.kiosk.desk
        with desk.read() as book:
            return reading.preview(desk, book, self._person, asking.span)

    def _ask_stand_in(self, asking: Asking, preview: Preview) -> None:
        least = self.kiosk.desk.rules.leave_stand_in_halves
        if self._proof is None or not least or preview.halves < least:
            self._send(asking, preview)
            return
        if not asking.matters:
            self.mark(Refused("leave.no_matters", field="matters"))
            return
        asked = AskPerson(
            lambda: _("Who stands in meanwhile?"), lambda: _("Type number, name or pinyin."),
            badges=False, check=self._check_stand_in,
        )  # fmt: skip
        self.app.push_screen(asked, partial(self._stand_in_known, asking, preview))

    def _check_stand_in(self, person: Person) -> None:
        if person.id == self._person.id:
            raise Refused("leave.stands_in_himself")

    def _stand_in_known(self, asking: Asking, preview: Preview, person: Person | None) -> None:
        if person is not None:
            self._send(replace(asking, stand_in=person.staff_no), preview, person.name)

    def _send(self, asking: Asking, preview: Preview, stand_in: str = "") -> None:
        asked = SendLeave(self._person, self._proof, asking, preview, stand_in, self.mark)
        self.app.push_screen(asked, self._sent)

    def _sent(self, sent: str | None) -> None:
        if sent is not None:
            self.dismiss()
