"""The PIN of a tap that is in the book already: given in time it proves the tap (clause 22)."""

from datetime import datetime, timedelta
from typing import NamedTuple

from textual.timer import Timer
from textual.widgets import Input

from kiosk.attendance.honest import service
from kiosk.desk.bearer import Bearer
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import prove_by_badge
from kiosk.desk.words import _
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict


class AskedTap(NamedTuple):
    """A tap that waits for its PIN: the badge's number, whose it is, the tap's id, when (UTC)."""

    uid: str
    person: Person
    tap_id: str
    at: datetime


class ProveTap(AskProof):
    """Ask who has just tapped for the PIN; whoever taps meanwhile is asked next.

    Too late, or left with Esc, the tap is unproven, and the next is asked.
    """

    def __init__(self, asked: AskedTap) -> None:
        super().__init__(self._asked_name, uid=asked.uid)
        self._waiting = [asked]
        self._timer: Timer | None = None
        self._sending = False

    def _asked_name(self) -> str:
        name = self._waiting[0].person.name if self._waiting else ""
        return _("{name}, your PIN please").format(name=name)

    def accepts(self, bearer: Bearer) -> bool:
        """Take no card: every badge signs in or out meanwhile."""
        del bearer
        return False

    def on_mount(self) -> None:
        """Start with the PIN of who tapped first."""
        self._ask()

    def wait_for(self, asked: AskedTap) -> None:
        """Ask for this tap's PIN after those that wait already."""
        self._waiting.append(asked)

    def _ask(self) -> None:
        asked = self._waiting[0]
        self._uid = asked.uid
        self.entitle(self._asked_name)
        self._know_badge()
        self.help(self._how)
        self.query_one("#pin", LabelledInput).input.value = ""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(max(0.0, self._left(asked)), self._too_late)

    def _how(self) -> str:
        seconds = self.kiosk.desk.rules.proof_wait_s
        told = _("The tap is kept. Within {n} seconds the PIN proves it: type it, then Enter.")
        return told.format(n=seconds)

    def _left(self, asked: AskedTap) -> float:
        wait_s = self.kiosk.desk.rules.proof_wait_s
        left = asked.at + timedelta(seconds=wait_s) - self.kiosk.desk.clock()
        # The computer's clock may have been set back meanwhile: nobody is asked for an hour.
        return min(left.total_seconds(), wait_s)

    async def _check(self, pin: Input) -> None:
        asked, typed, pin.value = self._waiting[0], pin.value, ""
        if self._sending:
            return
        self._sending = True
        try:
            proof = await self.aside(prove_by_badge, self.kiosk.desk, asked.uid, typed)
            await self.act(service.prove, self.kiosk.desk, asked.tap_id, proof)
        except Refused as refused:
            self._wrong(asked, refused)
        else:
            self._next(asked, Verdict(Tone.GOOD, _("Proved by PIN"), name=asked.person.name))
        finally:
            self._sending = False

    def _wrong(self, asked: AskedTap, refused: Refused) -> None:
        if asked in self._waiting[:1] and self.alive:
            self.refused(refused)

    def _too_late(self) -> None:
        if self._sending:  # a PIN on its way is judged by the moment it arrives
            self._timer = self.set_timer(1, self._too_late)
        elif self._waiting:
            self._unproven(self._waiting[0])

    def _unproven(self, asked: AskedTap) -> None:
        told = _("No PIN: the tap is kept as unproven")
        self._next(asked, Verdict(Tone.AMBER, told, name=asked.person.name))

    def _next(self, asked: AskedTap, verdict: Verdict) -> None:
        """Go on to who waits next; the answer to the last goes to what was behind the question."""
        if asked not in self._waiting[:1]:
            return
        self._waiting.pop(0)
        if self._waiting:
            self.kiosk.answer(verdict)
            self._ask()
        else:
            kiosk = self.kiosk
            self.dismiss()
            kiosk.answer(verdict)

    def action_leave(self) -> None:
        """Leave this tap unproven."""
        if self._waiting:
            self._unproven(self._waiting[0])
