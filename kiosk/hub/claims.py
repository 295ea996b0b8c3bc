"""Questions for a thing, from desk to desk: asked at the hub, answered by the desk that keeps it.

The hub lets one ask at a time, by fence. Who keeps the thing decides on its own pen, and its entry
carries the right to the other desk; the answer here only says that it is on its way.
"""

import time
from collections.abc import Callable
from threading import Condition

from kiosk.desk import hub_line
from kiosk.desk.desk import Desk
from kiosk.desk.hub_line import Answer, Asked
from kiosk.desk.pen import Pen
from kiosk.hub.uplink import Uplink
from kiosk.hub.wire import Claim, HubGone, Wire

Keeper = Callable[[Desk, hub_line.Claim], Asked]
"""Answers a question to this desk, on the pen."""


class Claims:
    """One desk's questions and answers. ``ask`` is for any thread but the pen's."""

    def __init__(self, desk: Desk, pen: Pen, uplink: Uplink, keeper: Keeper) -> None:
        self._desk, self._pen, self._uplink = desk, pen, uplink
        self._keeper = keeper
        self._answers: dict[str, Claim] = {}
        self._came = Condition()
        uplink.each_round.append(self.look)

    def ask(self, thing_id: str, home: str, fence: int, loan_ref: str, wait_s: float) -> Asked:
        """Ask the desk ``home`` for the right to lend a thing; see ``hub_line.HubLine``."""
        end = time.monotonic() + wait_s
        try:
            claim = self._uplink.ask(lambda wire: wire.ask(thing_id, home, fence, loan_ref), wait_s)
        except HubGone:
            return Asked(Answer.CUT)
        if claim.by_gate != self._desk.gate or claim.state != "asked":
            return Asked(Answer.HELD, claim.fence, claim.by_gate)
        found = self._answer_to(claim, end)
        if found is None:
            return Asked(Answer.AWAY, fence, home)
        if found.state == "given":
            return Asked(Answer.GIVEN, found.fence, found.by_gate)
        if found.why == Answer.HELD.value:
            return Asked(Answer.HELD, fence, home)
        return Asked(Answer.REFUSED, fence, home, found.why)

    def _answer_to(self, claim: Claim, end: float) -> Claim | None:
        def answered() -> bool:
            known = self._answers.get(claim.thing_id)
            return known is not None and known.asked_at == claim.asked_at

        with self._came:
            if self._came.wait_for(answered, max(0.0, end - time.monotonic())):
                return self._answers.pop(claim.thing_id)
        return None

    def look(self, wire: Wire) -> None:
        """Answer what is asked of this desk, and note the answers to its own questions.

        On the uplink's thread, after the others' work was taken in and followed up.
        """
        mine: dict[str, Claim] = {}
        for claim in wire.claims():
            if claim.state == "asked" and claim.home == self._desk.gate:
                self._say(wire, claim)
            elif claim.state in {"given", "refused"} and claim.by_gate == self._desk.gate:
                mine[claim.thing_id] = claim
        with self._came:
            self._answers = mine
            self._came.notify_all()

    def _say(self, wire: Wire, claim: Claim) -> None:
        asked = hub_line.Claim(claim.thing_id, claim.by_gate, claim.fence - 1, claim.loan_ref)
        said = self._pen.bite(self._keeper, self._desk, asked)
        yes = said.answer is Answer.GIVEN
        why = "" if yes else said.why or said.answer.value
        wire.answer(claim.thing_id, claim.fence, yes=yes, why=why)
