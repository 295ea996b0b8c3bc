"""What is said about a conflict: what an entry did, and what becomes of who gives way."""

from collections.abc import Mapping
from typing import NamedTuple

from kiosk.conflicts.places import Yields
from kiosk.conflicts.reading import ConflictShown
from kiosk.desk.words import N_, _

YIELDS: Mapping[Yields, str] = {
    Yields.RENAMED: N_("Both stay: the other one gets a number or name of its own, with -2."),
    Yields.UNTAGGED: N_("Both stay: the other one loses the tag and needs a new one."),
    Yields.ENDED: N_("The other one ends now: a thing is in one hand only."),
    Yields.GONE: N_("The other one is removed; the journal keeps it."),
}

MISTAKE = N_("The other entry was a mistake")
USUAL_REASONS = (
    N_("I saw it here myself"),
    N_("I looked at the thing itself"),
    N_("I rang the other desk"),
    N_("I asked the person"),
    MISTAKE,
)
"""Why a version is right, in the words that are kept: at night one key is enough."""

_DID: Mapping[str, str] = {
    "badge.blocked": N_("blocked it"),
    "badge.unblocked": N_("unblocked it"),
    "badge.enrolled": N_("gave it out"),
    "visit.admitted": N_("let in"),
    "visit.refused": N_("turned away"),
    "visit.left": N_("let out"),
    "visit.host_answered": N_("wrote down the answer"),
    "visit.cancelled": N_("cancelled it"),
    "visit.changed": N_("changed it"),
    "visit.corrected": N_("corrected it"),
    "visit.voided": N_("voided it"),
    "loan.out": N_("lent it"),
    "loan.returned": N_("took it back"),
    "loan.passed_on": N_("passed it on"),
    "thing.lost": N_("reported it lost"),
    "thing.found": N_("found it again"),
    "thing.changed": N_("changed it"),
    "thing.added": N_("wrote it down"),
    "person.added": N_("wrote it down"),
    "person.changed": N_("changed it"),
    "person.left": N_("signed the person off"),
    "parcel.arrived": N_("wrote it down"),
    "parcel.handed_out": N_("handed it out"),
    "leave.withdrawn": N_("took it back from the list"),
    "conflict.decided": N_("decided it so"),
}
"""Entries that stand against each other most often; of the others the columns say enough."""


class DidAt(NamedTuple):
    """What a desk did and when, among the facts of a sentence: said in that one's language."""

    gate: str
    hour: str
    code: str

    def __format__(self, spec: str) -> str:
        """Return the words, as a template asks for them."""
        return format(str(self), spec)

    def __str__(self) -> str:
        """Return the words of this moment, for a record that keeps text."""
        return " ".join(part for part in (self.gate, self.hour, did(self.code)) if part)


def did(code: str) -> str:
    """Return in a word or two what an entry did; "" where its code says nothing to people."""
    words = _DID.get(code)
    return _(words) if words is not None else ""


def heading(one: ConflictShown) -> str:
    """Return what is the matter, in one sentence."""
    if one.fork.kind == "place":
        return _("Two records want the same place. Which one has it?")
    if one.earlier:
        return _("This was decided before, differently at two desks. Which one stands?")
    return _("Two desks changed the same record while they could not hear each other.")
