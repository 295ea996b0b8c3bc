"""Where another desk has not been heard of for long, a supervisor answers for who is let in.

Whom that desk turned away or listed meanwhile nobody here can know.
"""

from dataclasses import dataclass

from kiosk.desk.desk import Desk
from kiosk.desk.hub_state import ALONE, HubState
from kiosk.desk.people import MANAGERS, Person, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Transaction
from visitors.wording import day_and_hour

_OFFICE = frozenset({Role.CLERK, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class OtherDesks:
    """How this desk stands with the others, and who answers for it where that is out of date."""

    state: HubState = ALONE
    proof: Proof | None = None


KNOWN = OtherDesks()


def may_confirm(person: Person) -> bool:
    """Say whether the person may answer for an admission on old data: a manager, or the office."""
    return person.rank in MANAGERS or person.role in _OFFICE


def confirm(tx: Transaction, desk: Desk, visit_id: str, others: OtherDesks) -> None:
    """Record who answers for an admission on old data; nothing where the data are fresh.

    Old is what ``rules.hub_stale_h`` says. Records ``admission.stale_confirmed``. Raises
    ``Refused``: ``visit.hub_stale`` (with ``gate`` and ``since``) without a proof,
    ``visit.hub_stale_not_yours`` for the proof of another than a supervisor.
    """
    if not others.state.is_stale(tx.now, desk.rules):
        return
    gate, since = min(others.state.fresh.items(), key=lambda pair: pair[1])
    if others.proof is None:
        raise Refused(
            "visit.hub_stale", gate=gate_name(desk, tx, gate), since=day_and_hour(desk, since)
        )
    person = others.proof.person
    if not may_confirm(person):
        raise Refused("visit.hub_stale_not_yours", name=person.name)
    tx.record(
        "admission.stale_confirmed", visit=visit_id, gate=gate, since=since.isoformat(),
        signed_by=person.staff_no, means=others.proof.means.value,
    )  # fmt: skip
