"""The end of a night without a successor: the form, the reading back, the signature, the reader."""

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.people import DESK_ROLES, Person
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import ROOM, Dialog
from kiosk.ui.fields_form import FieldsForm
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import fitted, lines, paragraph, plain
from shift_handover.lockup import service
from shift_handover.lockup.rules import WORDS, Told, checked_told
from shift_handover.lockup.wording import lock_up_fields
from shift_handover.records import LockedUp
from shift_handover.screens_earlier import DocumentScreen

_LABEL = 12


class LockUpForm(FieldsForm):
    """Whom the outgoing told, the answer, the doors, the keys; then read back and signed."""

    DEFAULT_CSS = """
    #lock-up { width: 76; max-width: 100%; height: auto; padding: 1 3; background: $panel-ground; }
    #lock-up .field { margin: 0 0 1 0; }
    LockUpForm.-low #lock-up .field { margin: 0; }
    """

    def __init__(self, note: str = "") -> None:
        super().__init__()
        self._note = note

    def body(self) -> ComposeResult:
        """Lay the five fields."""
        with Vertical(id="lock-up"):
            yield self.title_line()
            yield LabelledInput(
                lambda: pgettext("lock-up", "Leader told"), id="leader", limit=WORDS,
                hint=lambda: _("by telephone, before you go"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("lock-up", "At"), id="at", limit=8,
                hint=lambda: _("such as 22:30; empty: now"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("lock-up", "Leader said"), id="said", limit=WORDS,
                hint=lambda: _("in the leader's own words"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("lock-up", "Doors"), id="doors", limit=WORDS,
                hint=lambda: _("each door, and your last look round"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("lock-up", "Keys"), id="keys", limit=WORDS,
                hint=lambda: _("how many in the cabinet, and is it locked"),
            )  # fmt: skip

    def headline(self) -> Content:
        """Return the words over the fields."""
        return plain(_("End the night: nobody takes over"), f"bold {palette.TEXT}")

    def onward(self) -> str:
        """Say what Enter leads to."""
        return _("Next field, then read back")

    async def finish(self) -> None:
        """Read it back before it is signed."""
        desk, told = self.kiosk.desk, Told(**self.typed())
        said = self.checked(lambda: checked_told(told, desk.local(desk.clock())))
        if said is None:
            return
        count = await self.aside(self._open_count)

        def confirmed(right: LockedUp | None) -> None:
            if right is not None:
                self._ask_signature(told)

        self.app.push_screen(ReadLockUpBack(said, count), confirmed)

    def _open_count(self) -> int:
        with self.kiosk.desk.read() as book:
            return len(self.kiosk.outstanding(self.kiosk.desk, book))

    def _ask_signature(self, told: Told) -> None:
        kiosk, told_after = self.kiosk, list[Verdict]()

        async def act(proof: Proof) -> Verdict:
            done = await self.act(
                service.lock_up, kiosk.desk, proof, told, kiosk.outstanding, self._note
            )
            printing = kiosk.on_paper(
                _("The sheet is being printed: please sign it and leave it here."),
                _("Printer {trouble}: the sheet prints once ready."),
            )
            words = _("{number}: the post is locked up and empty.").format(number=done.number)
            verdict = Verdict(Tone.GOOD, words, name=done.outgoing.name, lines=(printing,))
            told_after.append(verdict)
            return verdict

        async def signed(proof: Proof | None) -> None:
            if proof is not None:
                self.dismiss()
                await kiosk.lock("away")  # nobody is on the post: nobody works at its desk
                kiosk.answer(told_after[-1])

        self.app.push_screen(SignedAct(_who_signs, act, may=_keeps_desk), signed)


class ReadLockUpBack(Dialog[LockedUp | None]):
    """Everything once more, and how much stays open: read to the leader before it is signed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "keep", show=False)]

    def __init__(self, said: LockedUp, count: int) -> None:
        super().__init__(
            lambda: _("Please read it back to the leader"),
            lambda: _("Right: Enter, then you sign. Wrong: Esc goes back."),
        )
        self._said, self._count = said, count

    def parts(self) -> ComposeResult:
        """Yield what was typed, line by line."""
        yield Static(self._words(), markup=False, id="read-back")

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.query_one("#read-back", Static).update(self._words())

    def _words(self) -> Content:
        n = self._count
        still = ngettext(
            "{n} thing stays open under its number",
            "{n} things stay open under their numbers",
            n,
        )
        parts = []
        for label, words in lock_up_fields(self._said, self.kiosk.desk):
            parts.append(plain(fitted(label, _LABEL), palette.MUTED))
            parts.append(paragraph(words, palette.TEXT, ROOM))
        return lines(*parts, plain(still.format(n=n), f"bold {palette.TEXT}"))

    def action_keep(self) -> None:
        """Go on to the signature."""
        self.dismiss(self._said)


class ReadLockUp(DocumentScreen):
    """The record of the night before: the first on the post reads it, then signs with S."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("s,S", "sign", show=False)]

    def keys(self) -> Iterator[Key]:
        """Show the signature before the other keys."""
        yield Key("S", _("I have read it: sign"), pgettext("lock-up", "Sign"))
        yield from super().keys()

    def action_sign(self) -> None:
        """Ask for badge and PIN of who keeps the post now."""
        kiosk, told_after = self.kiosk, list[Verdict]()

        async def act(proof: Proof) -> Verdict:
            minutes = await self.act(service.sign_read, kiosk.desk, proof, self._handover_id)
            empty = _("The post was empty for {span}.").format(span=_span(minutes))
            read = _("Read and signed.")
            told_after.append(Verdict(Tone.GOOD, read, name=proof.person.name, lines=(empty,)))
            return told_after[-1]

        def signed(proof: Proof | None) -> None:
            if proof is not None:
                self.dismiss()
                kiosk.answer(told_after[-1])

        self.app.push_screen(SignedAct(_who_read, act, may=_keeps_desk), signed)


def _span(minutes: int) -> str:
    hours, rest = divmod(timedelta(minutes=minutes), timedelta(hours=1))
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest // timedelta(minutes=1))


def _who_signs() -> str:
    return _("Who goes home signs the lock-up record")


def _who_read() -> str:
    return _("Who keeps the post now signs")


def _keeps_desk(person: Person) -> bool:
    return person.role in DESK_ROLES
