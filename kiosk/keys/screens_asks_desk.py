"""A question that first asks the desk which lends the thing: words meanwhile, Esc gives up."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence

from kiosk.desk.words import _, pgettext
from kiosk.keys import fetching
from kiosk.ui.dialogs import Dialog
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict

_FETCH = "fetch"


class AsksDesk(Dialog[None]):
    """A dialog that may lend what another desk keeps, once that desk has given it.

    ``asking`` names the desks that are being asked, "" while nobody is.
    """

    asking = ""

    @abstractmethod  # for mypy: Textual's own metaclass lets no ABCMeta beside it
    def asking_changed(self) -> None:
        """Say anew what the dialog waits for."""

    def action_leave(self) -> None:
        """Give up asking while another desk is asked, else leave with nothing done."""
        if self.asking:
            self.workers.cancel_group(self, _FETCH)
        else:
            super().action_leave()

    async def once_here(
        self, thing_ids: Sequence[str], go_on: Callable[[], Awaitable[None]], loan_ref: str = ""
    ) -> None:
        """Go on once this desk may lend the things: at once, or when the desk that does agrees.

        ``loan_ref`` is the open loan of a thing in its holder's hands.
        """
        if self.asking:
            self.kiosk.answer(Verdict(Tone.INFO, self.asking_words()))
            return
        away = fetching.elsewhere(self.kiosk.desk, thing_ids)
        if away:
            self.asking = pgettext("list", ", ").join(dict.fromkeys(one.gate for one in away))
            self.asking_changed()
            self.run_worker(self._fetch(away, go_on, loan_ref), group=_FETCH)
        else:
            await go_on()

    def asking_words(self) -> str:
        """Say which desk is asked."""
        return _("Asking {gate} ...").format(gate=self.asking)

    async def _fetch(
        self, away: Sequence[fetching.Away], go_on: Callable[[], Awaitable[None]], loan_ref: str
    ) -> None:
        kiosk = self.kiosk
        async with self.answering():
            try:
                await self.aside(fetching.fetch, kiosk.desk, kiosk.hub, away, loan_ref)
            finally:
                self.asking = ""
                self.asking_changed()
            await go_on()
