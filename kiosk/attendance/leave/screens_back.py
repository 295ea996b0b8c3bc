"""Reporting back from leave (销假, clause 18): one tap of the own badge, at the open desk."""

from kiosk.attendance.leave import ending
from kiosk.attendance.leave.ending import Returned
from kiosk.attendance.leave.wording import days_words
from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import _
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict


def told(done: Returned) -> Verdict:
    """Say which leave is closed, and what was given back or how late it was."""
    notes = []
    if done.given_back:
        days = days_words(done.given_back)
        notes.append(_("Back early: {days} given back").format(days=days))
    if done.late:
        notes.append(_("Later than due: please give the reason as a remark"))
    headline = _("Reported back from leave {number}").format(number=done.leave.number)
    tone = Tone.AMBER if done.late else Tone.GOOD
    return Verdict(tone, headline, name=done.person.name, lines=tuple(notes))


class ReportBack(AskProof):
    """The badge alone closes the leave; without it staff number and PIN do."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Who is back from leave?"),
            lambda: _("Tap your badge: that is all. No badge: staff number and PIN."),
        )

    async def take_card(self, bearer: Bearer) -> None:
        """Close the leave of who taps."""
        if not isinstance(bearer, StaffCard):
            await super().take_card(bearer)
            return
        try:
            await self._report(bearer.person, Means.BADGE)
        except Refused as refused:
            self.refused(refused)
        else:
            self.dismiss(None)

    async def _prove(self, staff_no: str, pin: str) -> Proof:
        proof = await super()._prove(staff_no, pin)
        await self._report(proof.person, proof.means)
        return proof

    async def _report(self, person: Person, means: Means) -> None:
        kiosk = self.kiosk
        done = await self.act(ending.report_back, kiosk.desk, kiosk.by, person, means)
        self.app.call_later(kiosk.answer, told(done))
