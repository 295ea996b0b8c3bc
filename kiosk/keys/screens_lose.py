"""A thing is lost, decided about, found again, or blocked: what is asked, and what to do next."""

from datetime import datetime
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.loans import Condition, Thing
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.typed_time import typed_time
from kiosk.desk.words import Words, _, sentence
from kiosk.keys import losing
from kiosk.keys.board import CONDITION_NAMES
from kiosk.keys.card import DECISION_NAMES, loss_told
from kiosk.keys.losing import Lost
from kiosk.keys.models import Decision
from kiosk.keys.screens_signed import office_help, written
from kiosk.keys.service import LONGEST_NOTE
from kiosk.ui import palette
from kiosk.ui.context import Context
from kiosk.ui.dialogs import Choose, Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row


class ReportLost(Dialog[None]):
    """When it was noticed, where it was last; who reports it taps, or the operator by Enter."""

    def __init__(self, thing: Thing) -> None:
        super().__init__(
            lambda: _("Report {thing} lost").format(thing=thing.label),
            lambda: _("Who reports it taps the badge at the end. Enter at the end: you report it."),
        )
        self._thing = thing

    def parts(self) -> ComposeResult:
        """Yield the two fields."""
        yield LabelledInput(
            lambda: _("Noticed"), id="noticed", limit=20,
            hint=lambda: _("empty for now; 16:30, or 11-30 16:30"),
        )  # fmt: skip
        yield LabelledInput(
            lambda: _("Last seen"), id="where", limit=LONGEST_NOTE,
            hint=lambda: _("what is known of it, may stay empty"),
        )  # fmt: skip

    def on_mount(self) -> None:
        """Start with the time."""
        self.query_one("#noticed", LabelledInput).focus()

    def accepts(self, bearer: Bearer) -> bool:
        """Take the badge of who reports it."""
        return isinstance(bearer, StaffCard)

    async def take_card(self, bearer: Bearer) -> None:
        """Report it in the name of who tapped."""
        if isinstance(bearer, StaffCard):
            await self._report(bearer.person)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on; at the end the operator reports it."""
        event.stop()
        where = self.query_one("#where", LabelledInput)
        if event.input is not where.input:
            if self._noticed() is not None:
                where.focus()
        elif self.kiosk.operator is not None:
            await self._report(self.kiosk.operator)

    def _noticed(self) -> datetime | None:
        """Return when it was noticed; None, and the reason under the field, for no time."""
        field, desk = self.query_one("#noticed", LabelledInput), self.kiosk.desk
        field.wrong()
        now = desk.clock()
        try:
            at = typed_time(field.text, desk.local(now)) if field.text else now
            losing.check_noticed(at, now)
        except Refused as refused:
            field.wrong(partial(sentence, refused.code, refused.facts))
            field.focus()
            return None
        return at

    async def _report(self, reporter: Person) -> None:
        kiosk, noticed = self.kiosk, self._noticed()
        if noticed is None:
            return
        where = self.query_one("#where", LabelledInput).text
        try:
            lost = await self.act(
                losing.report_lost, kiosk.desk, self._thing.id, reporter, kiosk.by, noticed, where
            )
        except Refused as refused:
            self.refused(refused)
            return
        self.dismiss()
        self.app.push_screen(AfterLoss(lost))
        kiosk.answer(Verdict(Tone.AMBER, _("reported lost"), name=lost.label, time=lost.number))


class AfterLoss(Dialog[None]):
    """What a loss asks for now: the doors, the card, and who decides. Enter or Esc goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "leave", show=False)]

    def __init__(self, lost: Lost) -> None:
        super().__init__(
            lambda: _("{thing} is reported lost, {number}").format(
                thing=lost.label, number=lost.number
            ),
            lambda: _("Enter goes on."),
        )
        self._lost = lost

    def parts(self) -> ComposeResult:
        """Yield what is to be done, line by line."""
        yield Static(self._words(), markup=False, id="after-loss")

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.query_one("#after-loss", Static).update(self._words())

    def _words(self) -> Content:
        lost = self._lost
        doors = lost.doors or _("not written down: ask the office")
        said = [row(plain(_("It opens"), palette.MUTED), plain(doors, f"bold {palette.TEXT}"))]
        if lost.card_blocked:
            said.append(plain(_("The card is blocked here from this moment."), palette.GOOD))
            words = _("Block it in the door system too: call who runs it, and say the number.")
            said.append(plain(words, palette.AMBER))
        said.append(
            plain(_("Tell the office: change the lock, a new copy, or nothing."), palette.AMBER)
        )
        said.append(plain(_("It stands on every handover until that is decided."), palette.MUTED))
        return lines(*said)


class DecideLoss(Choose):
    """What follows a loss; who decides signs with badge and PIN."""

    def __init__(self, loss_id: str) -> None:
        choices = [(one.value, partial(_, name)) for one, name in DECISION_NAMES.items()]
        super().__init__(str, choices)
        self._loss_id = loss_id

    async def on_screen_resume(self) -> None:
        """Say what is lost and what it opens."""
        loss, thing = await self.aside(loss_told, self.kiosk.desk, self._loss_id)
        self.entitle(lambda: f"{loss.number}  {thing.label}")
        self.help(
            lambda: _("It opens: {doors}").format(
                doors=thing.doors or _("not written down: ask the office")
            )
        )

    async def answered(self, key: str) -> None:
        """Ask who decides for badge and PIN."""
        kiosk = self.kiosk
        self.dismiss(key)
        self.app.push_screen(decide_signed(kiosk, self._loss_id, Decision(key)))


def decide_signed(kiosk: Context, loss_id: str, decision: Decision) -> SignedAct:
    """Return the question that writes a decision about a loss."""

    async def act(proof: Proof) -> Verdict:
        await written(kiosk, losing.decide, kiosk.desk, loss_id, decision, proof)
        words = _("Decided: {decision}").format(decision=_(DECISION_NAMES[decision]))
        return Verdict(Tone.GOOD, words, name=proof.person.name)

    title = partial(_, DECISION_NAMES[decision])
    return SignedAct(title, act, office_help, may=losing.decides)


def _conditions(*which: Condition) -> list[tuple[str, Words]]:
    return [(one.value, partial(_, CONDITION_NAMES[one])) for one in which]


class BlockThing(Choose):
    """A thing on the board that must not be lent, and why."""

    def __init__(self, thing: Thing) -> None:
        super().__init__(
            lambda: _("Block {thing}: what is wrong with it?").format(thing=thing.label),
            _conditions(Condition.BENT, Condition.TAG_MISSING, Condition.DAMAGED),
        )
        self._thing = thing

    async def answered(self, key: str) -> None:
        """Block it."""
        kiosk = self.kiosk
        async with self.answering():
            self.dismiss(key)
            await written(kiosk, losing.block, kiosk.desk, self._thing.id, kiosk.by, Condition(key))
            words = _("Blocked. A manager or the office puts it back into service.")
            kiosk.answer(Verdict(Tone.AMBER, words, name=self._thing.label))
