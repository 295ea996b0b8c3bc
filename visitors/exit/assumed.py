"""Assumed to have left: nobody saw it, so the next morning somebody asks and says how it was."""

from enum import StrEnum

from kiosk.desk.desk import Desk
from visitors import rules
from visitors.models import LeftHow, Visit
from visitors.rules import Step
from visitors.service import is_erased, reason_text, save, visit_of


class Was(StrEnum):
    """What became known of somebody who was assumed to have left."""

    OTHER_GATE = "other_gate"
    HOST_SAYS = "host_says"
    STILL_INSIDE = "still_inside"
    UNKNOWN = "unknown"


_STEPS = {
    Was.OTHER_GATE: (Step.HAD_LEFT, LeftHow.OTHER_GATE),
    Was.HOST_SAYS: (Step.HAD_LEFT, LeftHow.HOST_SAYS),
    Was.STILL_INSIDE: (Step.STILL_INSIDE, None),
    Was.UNKNOWN: (Step.NOBODY_KNOWS, LeftHow.ASSUMED),
}


def settle_assumed(desk: Desk, by: str, visit_id: str, was: Was, reason: str) -> None:
    """Settle an assumed departure, with who said so: left after all, inside, or unknown.

    The hour stays the one at which it was assumed; a missing return slip stays missing. Raises
    ``Refused``: ``visit.reason_missing``, ``visit.not_possible`` for a visit nobody assumed over.
    """
    words = reason_text(reason)
    step, how = _STEPS[was]
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        visit.state = rules.after(visit, step)
        visit.left_how = how
        if was is Was.STILL_INSIDE:
            _inside_again(visit)
        visit.reason = "" if is_erased(tx, visit) else tx.seal(visit.subject, words)
        save(
            tx, visit, "visit.assumed_settled",
            number=rules.spoken(visit.number), host=host.staff_no, was=was.value,
            reason=visit.reason,
        )  # fmt: skip


def _inside_again(visit: Visit) -> None:
    visit.left_at = None
    visit.return_slip = visit.slip_of_who_is_inside
