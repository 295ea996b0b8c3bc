"""The kinds of open things in plain words, and the areas of the gate's work they belong to.

The list at F6 filters by area, and the handover names a kind it has no words for. A kind that is
not here belongs to the area of what stands before its dot, or to the rest.
"""

from collections.abc import Mapping
from typing import NamedTuple

from kiosk.desk.words import N_, _


class _Kind(NamedTuple):
    area: str
    word: str


AREAS: Mapping[str, str] = {
    "gate": N_("Instructions and the post"),
    "visits": N_("Visitors"),
    "keys": N_("Keys and things"),
    "window": N_("Parcels, messages, enquiries"),
    "matters": N_("Entrusted matters"),
    "safety": N_("Safety and incidents"),
    "passes": N_("Goods passes"),
    "desks": N_("Between the desks"),
    "attendance": N_("Staff attendance"),
    "papers": N_("Printing"),
    "": N_("Other things to do"),
}
"""What the open things can be filtered by, in the order in which it is offered."""

_KINDS: Mapping[str, _Kind] = {
    "instruction": _Kind("gate", N_("Instruction")),
    "notice": _Kind("gate", N_("Other notice")),
    "away": _Kind("gate", N_("Guard away")),
    "post.uncovered": _Kind("gate", N_("Nobody on the post")),
    "presence.missed": _Kind("gate", N_("Presence prompt missed")),
    "handover.locked_up": _Kind("gate", N_("Lock-up to be read")),
    "relief.late": _Kind("gate", N_("Relief late")),
    "relief.none": _Kind("gate", N_("No relief")),
    "case.late": _Kind("attendance", N_("Case cards open for long")),
    "lastout.missed": _Kind("gate", N_("Last one out: no list")),
    "lastout.unchecked": _Kind("gate", N_("Lock-up list to look at")),
    "lastout.disputed": _Kind("gate", N_("Last one out: disputed")),
    "lastout.still_in": _Kind("gate", N_("Still in by the taps")),
    "visit.waiting": _Kind("visits", N_("Visitor waiting")),
    "visit.inside": _Kind("visits", N_("Visitor inside")),
    "visit.late": _Kind("visits", N_("Visitor late")),
    "visit.return_slip_missing": _Kind("visits", N_("Return slip missing")),
    "visit.debt": _Kind("visits", N_("Emergency to be written down")),
    "visit.leader_not_told": _Kind("visits", N_("Leader not told")),
    "visit.helmet_out": _Kind("visits", N_("Helmet out")),
    "visit.differs": _Kind("visits", N_("Difference at the exit")),
    "visit.not_back": _Kind("visits", N_("Thing not back")),
    "visit.assumed": _Kind("visits", N_("Assumed left")),
    "visit.left_here": _Kind("visits", N_("Other gate not told")),
    "visit.twice": _Kind("visits", N_("Inside twice")),
    "visit.watched": _Kind("visits", N_("On the watch list")),
    "visit.unscreened": _Kind("visits", N_("Not looked up")),
    "loan.out": _Kind("keys", N_("Loan out")),
    "loan.word_owed": _Kind("keys", N_("Tap owed")),
    "loan.unconfirmed": _Kind("keys", N_("Holding not confirmed")),
    "thing.lost": _Kind("keys", N_("Thing lost")),
    "thing.received": _Kind("keys", N_("Taken in for another desk")),
    "thing.disputed": _Kind("keys", N_("Two desks differ on a thing")),
    "stock.due": _Kind("keys", N_("Count due")),
    "stock.differs": _Kind("keys", N_("Count differs")),
    "parcel": _Kind("window", N_("Parcel here")),
    "message": _Kind("window", N_("Message waiting")),
    "enquiry": _Kind("window", N_("Enquiry open")),
    "matter": _Kind("matters", N_("Entrusted matter open")),
    "safety.fault": _Kind("safety", N_("Fault of the house")),
    "safety.report": _Kind("safety", N_("Check not reported")),
    "incident.open": _Kind("safety", N_("Incident")),
    "rollcall.runs": _Kind("safety", N_("Roll call runs")),
    "outing.overdue": _Kind("attendance", N_("Not back from outing")),
    "outing.word_owed": _Kind("attendance", N_("Tap owed for an outing")),
    "standin.unanswered": _Kind("attendance", N_("Stand-in not answered")),
    "standin.gone": _Kind("attendance", N_("Stand-in is out")),
    "badge.lent": _Kind("keys", N_("Temporary badge out")),
    "overtime.tonight": _Kind("gate", N_("Overtime today")),
    "overtime.unlisted": _Kind("gate", N_("Inside on no overtime list")),
    "weather.on": _Kind("safety", N_("Weather signal on")),
    "weather.unsafe": _Kind("safety", N_("Out under a signal: safe?")),
    "pass.waiting": _Kind("passes", N_("Pass waits for a yes")),
    "pass.valid": _Kind("passes", N_("Pass may go out")),
    "pass.out": _Kind("passes", N_("Goods out on a pass")),
    "remark.unsigned": _Kind("attendance", N_("Remark not signed")),
    "closing.days": _Kind("attendance", N_("Books of a day open")),
    "closing.objection": _Kind("attendance", N_("Objection to a month sheet")),
    "leave.overdue": _Kind("attendance", N_("Not back from leave")),
    "leave.ends": _Kind("attendance", N_("Leave ends soon")),
    "conflict.open": _Kind("desks", N_("Two desks differ")),
    "desks.cut_off": _Kind("desks", N_("Desk cut off for good")),
    "desk_line.unread": _Kind("gate", N_("Line from another desk")),
    "desk_line.not_read": _Kind("gate", N_("Line not read")),
    "slip.queued": _Kind("papers", N_("Paper waits")),
    "slip.unknown": _Kind("papers", N_("Paper in doubt")),
}
PEOPLE_FIRST = (
    "rollcall.runs", "incident.open", "visit.watched", "visit.twice", "conflict.open",
    "desk_line.unread", "weather.unsafe", "post.uncovered",
)  # fmt: skip
"""What stands above every other red thing, the first of them first: it cannot wait one minute.

A danger, an emergency, somebody to be held or inside twice, a visit, badge or key that two desks
write differently, a call of another gate, people out in a storm, an empty post. Of a key that is
late since yesterday the guard who takes over reads after that.
"""
_AREA_OF_FIRST: Mapping[str, str] = {
    kind.partition(".")[0]: one.area for kind, one in _KINDS.items()
}


def area_of(kind: str) -> str:
    """Return the key of the area that a kind of open thing belongs to, "" for none of its own."""
    return _AREA_OF_FIRST.get(kind.partition(".")[0], "")


def area_word(area: str) -> str:
    """Return the name of an area in the language spoken now."""
    return _(AREAS.get(area, AREAS[""]))


def kind_word(kind: str) -> str:
    """Return what a kind of open thing is called, in the language spoken now."""
    known = _KINDS.get(kind)
    return _(known.word) if known is not None else area_word(area_of(kind))


def known_kinds() -> frozenset[str]:
    """Return every kind that has a word of its own."""
    return frozenset(_KINDS)
