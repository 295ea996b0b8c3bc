"""What to do with a slip that may or may not be on paper, or that waits for the printer."""

from functools import partial

from kiosk.desk import spool
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.words import N_, _
from kiosk.ui.dialogs import Choose
from kiosk.ui.feature_screens import Begins, FeatureScreens
from kiosk.ui.palette import Tone
from kiosk.ui.prints_screen import PrintsScreen
from kiosk.ui.verdict import Verdict
from visitors.corrections import reprint_in, visit_of_slip
from visitors.slips import KIND as VISIT_SLIP

_ON_PAPER, _NOT_ON_PAPER, _GIVE_UP = "on_paper", "not_on_paper", "given_up"


def settle(desk: Desk, by: str, job_id: str, found: str) -> None:
    """Record what the person at the printer saw."""
    with desk.write(by=by) as tx:
        spool.settle(tx, job_id, found)


def print_again(desk: Desk, by: str, job_id: str) -> None:
    """Settle a copy that is not on paper and queue the next one, marked as a reprint.

    A visitor's slip is printed anew by its own rule: the next copy has a code of its own, and the
    lost one no longer opens the exit.
    """
    with desk.write(by=by) as tx:
        job = spool.settle(tx, job_id, _NOT_ON_PAPER)
        visit_id = visit_of_slip(tx, desk.gate, job.number) if job.slip == VISIT_SLIP else None
        if visit_id is None:
            spool.print_again(tx, job_id)
            return
        reprint_in(tx, desk, visit_id, _("The printer did not confirm the copy before"))


def give_up(desk: Desk, by: str, job_id: str) -> None:
    """Take a slip that is not needed any more out of the queue."""
    with desk.write(by=by) as tx:
        spool.give_up(tx, job_id, "asked")


class SlipInDoubt(Choose):
    """Look at the printer: is it there? Esc leaves the question open."""

    def __init__(self, thing: OpenThing) -> None:
        super().__init__(
            lambda: _("Slip {number}: was it printed?").format(number=thing.number),
            [
                (_ON_PAPER, lambda: _("Yes, it lies at the printer")),
                (_NOT_ON_PAPER, lambda: _("No. Print it again (marked as a reprint)")),
            ],
            partial(_where_to_look, thing),
        )
        self._thing = thing

    async def answered(self, key: str) -> None:
        """Do what was chosen, then close."""
        kiosk = self.kiosk
        async with self.answering():
            if key == _ON_PAPER:
                await self.act(settle, kiosk.desk, kiosk.by, self._thing.ref, key)
            else:
                await self.act(print_again, kiosk.desk, kiosk.by, self._thing.ref)
            self.dismiss(key)
            kiosk.answer(Verdict(Tone.GOOD, _("Noted.")))


def _where_to_look(thing: OpenThing) -> str:
    printer = thing.what.facts.get("printer")
    if printer is None:
        return _("The printer did not answer. Please look at the paper.")
    return _("{printer} did not answer. Please look at its paper.").format(printer=printer)


class SlipWaiting(Choose):
    """A slip waits for the printer: let it wait, or give it up."""

    def __init__(self, thing: OpenThing) -> None:
        super().__init__(
            lambda: _("Slip {number} waits for the printer").format(number=thing.number),
            [("wait", lambda: _("Let it wait. It prints by itself when the printer is ready")),
             (_GIVE_UP, lambda: _("Give it up. It will not be printed"))],
        )  # fmt: skip
        self._thing = thing

    async def answered(self, key: str) -> None:
        """Do what was chosen, then close."""
        kiosk = self.kiosk
        async with self.answering():
            if key == _GIVE_UP:
                await self.act(give_up, kiosk.desk, kiosk.by, self._thing.ref)
            self.dismiss(key)
            if key == _GIVE_UP:
                kiosk.answer(Verdict(Tone.GOOD, _("Noted.")))


SCREENS = FeatureScreens(
    key="", label=N_("Slips"), short="", home=None,
    goes_to={"slip.unknown": SlipInDoubt, "slip.queued": SlipWaiting},
    begins=(Begins("s", N_("Slips printed"), N_("Slips"), PrintsScreen),),
)  # fmt: skip
