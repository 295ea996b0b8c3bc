"""What else can be done with a pass: cancel, refuse, print again, give up; each with its reason."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from kiosk.desk.words import N_, Words, _, pgettext
from kiosk.passes import approving, asking
from kiosk.passes.models import State
from kiosk.passes.reading import PassShown
from kiosk.passes.rules import LONGEST_REASON
from kiosk.passes.screens_keep import KeepGoods
from kiosk.passes.screens_sign import WithReason, reason_signed
from kiosk.ui.dialogs import AskText
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict


class PassActs(KioskScreen):
    """The letters of a pass's screen; each works in those states alone that the key bar shows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,S", "stay", show=False),
        Binding("c,C", "cancel", show=False),
        Binding("n,N", "say_no", show=False),
        Binding("p,P", "print_again", show=False),
        Binding("l,L", "let_go", show=False),
    ]

    def __init__(self, pass_id: str) -> None:
        super().__init__()
        self._pass_id = pass_id
        self._one: PassShown | None = None

    def _is(self, *states: State) -> bool:
        return self._one is not None and self._one.state in states

    def action_stay(self) -> None:
        """Write down that something is not on this pass and stays."""
        if self._one is not None and self._one.state is State.VALID:
            self.app.push_screen(KeepGoods(self._one.id, self._one.carrier))

    async def action_print_again(self) -> None:
        """Print the pass once more."""
        one, kiosk = self._one, self.kiosk
        if one is None or one.state is not State.VALID:
            return
        async with self.answering():
            await self.act(approving.print_again, kiosk.desk, kiosk.by, one.id)
            told = kiosk.on_paper(_("It is printed again."), _("The paper waits: {trouble}"))
            kiosk.answer(Verdict(Tone.GOOD, told))

    def action_cancel(self) -> None:
        """Ask why the pass is cancelled."""
        if self._one is not None and self._one.state in {State.WAITING, State.VALID}:
            self._ask_reason(lambda: _("Why is the pass cancelled?"), self._cancel)

    async def _cancel(self, reason: str | None) -> None:
        if reason is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            number = await self.act(asking.cancel, kiosk.desk, kiosk.by, self._pass_id, reason)
            self.dismiss()
            told = _("{number} is cancelled: nothing goes out on it.").format(number=number)
            kiosk.answer(Verdict(Tone.AMBER, told))

    def action_say_no(self) -> None:
        """Ask why a manager says no, then for the signature."""
        if self._one is not None and self._one.state is State.WAITING:
            signs = partial(
                self._signed, approving.refuse, N_("{number} is refused: the goods stay.")
            )
            self._ask_reason(lambda: _("Why does the manager say no?"), signs)

    def action_let_go(self) -> None:
        """Ask why something does not come back after all, then for a manager's signature."""
        if self._one is not None and self._one.state is State.OUT:
            told = N_("{number}: it does not come back, that is signed.")
            signs = partial(self._signed, approving.let_go, told)
            self._ask_reason(lambda: _("Why does it not come back?"), signs)

    def _ask_reason(self, title: Words, then: Callable[[str | None], object]) -> None:
        asked = AskText(title, lambda: pgettext("pass", "Why"), limit=LONGEST_REASON)
        self.app.push_screen(asked, then)

    def _signed(self, use_case: WithReason, told: str, reason: str | None) -> None:
        if reason is not None:
            title = partial(_signature_for, reason)
            self.app.push_screen(
                reason_signed(self.kiosk, title, told, use_case, self._pass_id, reason)
            )


def _signature_for(reason: str) -> str:
    return _("A manager signs: {reason}").format(reason=reason)
