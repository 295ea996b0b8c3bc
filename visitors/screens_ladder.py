"""The ladder on a visit's screen: its clock, who is next, and the key that asks them.

Keystrokes, from a visit whose host was asked: ``7`` asks the stand-in (``8`` the head of section,
``9`` the leader on duty) and names who it is; when the clock says that the next is due, the cursor
stands on that key and ``Enter`` asks. At the end of the ladder ``n``, or ``Enter``, ends the visit
as not admitted because nobody was reached. ``m`` shows the mobile of who was not reached.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial

from textual.widgets import Static

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.words import _
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from kiosk.ui.verdict import Verdict
from visitors import reception
from visitors.acts import RUNG_OF, Act
from visitors.cards import VisitCard
from visitors.id_cards import OUTSIDE
from visitors.ladder import rules
from visitors.ladder.rungs import Rung
from visitors.models import How
from visitors.screens_act_keys import QUIET_S, ActKeys
from visitors.screens_actions import next_act
from visitors.screens_ladder_words import is_on_the_clock, next_words, waits_words
from visitors.screens_mobile import AskMobile
from visitors.screens_said import badge_words
from visitors.screens_words import headline

NOBODY_REACHED = "nobody_reached"


class ClimbsLadder(ActKeys):
    """A visit's screen as far as it asks one after the other. Nobody is ever asked by itself."""

    _visit: VisitCard | None
    _visit_id: str
    _told_due: datetime | None = None
    _told_locked: datetime | None = None

    def on_mount(self) -> None:
        """Start the clock."""
        super().on_mount()
        self.set_interval(1.0, self.tick)

    async def tick(self) -> None:
        """Count on; when the next rung is due, say so once, with a sound, and point at its key."""
        visit = self._visit
        if visit is None or not self.alive or not is_on_the_clock(visit):
            return
        self.query_one("#head", Static).update(headline(self.kiosk.desk, visit))
        due = (
            visit.asked_at is not None
            and rules.due_in(self.kiosk.desk, visit.asked_at).total_seconds() <= 0
        )
        if due and self.kiosk.operator is None:
            self._tell_at_locked_desk(visit)
        elif due and self._told_due != visit.asked_at and self.is_active:
            self._told_due = visit.asked_at
            await self.refresh_book()
            if self._visit is not None and is_on_the_clock(self._visit):
                self.point_at_next(self._visit)
                self.kiosk.answer(Verdict(Tone.AMBER, next_words(self._visit)))

    def _tell_at_locked_desk(self, visit: VisitCard) -> None:
        """Say once, with a sound and without a name, that somebody still waits behind the lock."""
        if self._told_locked != visit.asked_at:
            self._told_locked = visit.asked_at
            self.kiosk.answer(Verdict(Tone.AMBER, waits_words(visit)))

    def point_at_next(self, visit: VisitCard) -> None:
        """Put the cursor on the key of the next rung, or on the end; keys are deaf for a moment."""
        act = next_act(visit)
        if any(one.act is act for one in self._acts.values()):
            acts = self.query_one("#acts", RowList)
            acts.action_move(self.place_of(act) - acts.cursor)
            self._quiet_until = self.app.now() + QUIET_S

    def ladder_acts(self) -> Mapping[Act, Callable[[], Awaitable[None]]]:
        """Return what the keys of the ladder do."""
        asks = {act: partial(self._ask_rung, rung) for act, rung in RUNG_OF.items()}
        return {**asks, Act.NOBODY: self._nobody_reached, Act.MOBILE: self._ask_mobile}

    async def _ask_rung(self, rung: Rung) -> None:
        steps = self._visit.ladder.steps if self._visit is not None else ()
        has_phone = any(one.extension for one in steps if one.rung is rung)
        how = How.PHONE if has_phone else How.MESSAGE
        desk, by = self.kiosk.desk, self.kiosk.by
        await self.act(reception.ask, desk, by, self._visit_id, how, rung)
        await self.refresh_book()

    async def _nobody_reached(self) -> None:
        desk, by = self.kiosk.desk, self.kiosk.by
        await self.act(reception.refuse, desk, by, self._visit_id, NOBODY_REACHED)
        if self.is_current:
            self.dismiss(None)
        self.kiosk.answer(Verdict(Tone.INFO, _("Not admitted: nobody was reached.")))

    async def _ask_mobile(self) -> None:
        visit = self._visit
        if visit is not None and visit.ladder.asked is not None:
            self.app.push_screen(AskMobile(visit.id, visit.ladder.asked))

    def accepts(self, bearer: Bearer) -> bool:
        """Take the badge of who may say yes while the visitor waits: the host, or who was asked."""
        visit = self._visit
        if visit is None or not isinstance(bearer, StaffCard):
            return False
        step = visit.ladder.named(bearer.person.staff_no)
        asked = step is not None and step.asked_at is not None
        may = asked or bearer.person.id == visit.host.id
        return may and visit.state in OUTSIDE and not visit.has_yes

    async def take_card(self, bearer: Bearer) -> None:
        """Record the yes by badge."""
        visit = self._visit
        if visit is None or not isinstance(bearer, StaffCard) or self.kiosk.operator is None:
            return
        desk, host = self.kiosk.desk, bearer.person.staff_no
        with self.by_others():
            await self.act(reception.badge_yes, desk, self.kiosk.by, self._visit_id, host)
            await self.refresh_book()
        self.kiosk.answer(Verdict(Tone.GOOD, badge_words(visit), name=bearer.person.name))
