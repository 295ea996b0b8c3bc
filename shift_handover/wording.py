"""The words for records, groups and safety items, made at the edge in the language spoken now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.desk.desk import Desk
from kiosk.desk.open_kinds import kind_word
from kiosk.desk.words import N_, _, ngettext, pgettext
from shift_handover.models import GiverKind, HandoverState, Mark
from shift_handover.record_kinds import EntrustedMatter, HouseFault, group_of
from shift_handover.records import Record, Saying
from shift_handover.records_of_loans import LoanOut, ThingLost
from shift_handover.records_of_visits import PendingVisitorRequest, VisitInside
from shift_handover.wording_kinds import kind_detail
from shift_handover.wording_parts import joined, labelled, when

_IN_FORCE = "instruction"
_GROUP_TITLES: Mapping[str, str] = {
    _IN_FORCE: N_("Instructions and notices"),
    "visit.waiting": N_("Visitors waiting"),
    "incident": N_("Incidents"),
    "safety.fault": N_("Faults"),
    "safety.report": N_("Safety check"),
    "post": N_("The post and its guards"),
    "matter": N_("Entrusted matters"),
    "visit.inside": N_("Visitors inside"),
    "visit.after": N_("Left open by visits"),
    "thing.lost": N_("Things lost"),
    "loan.out": N_("Keys and things out"),
    "ledger": N_("Counts and words owed"),
    "window": N_("Left at the window"),
    "pass": N_("Goods passes"),
    "desks": N_("Between the desks"),
    "attendance": N_("Staff attendance"),
    "": N_("Other things to do"),
}
"""The groups of a handover in the order in which they are read; the last takes all other kinds."""

_STATES: Mapping[HandoverState, str] = {
    HandoverState.FROZEN: N_("Waits for the incoming"),
    HandoverState.BRIEFING: N_("Being handed over"),
    HandoverState.ACCEPTED: N_("Taken over"),
    HandoverState.ACCEPTED_WITH_EXCEPTIONS: N_("Taken over with questions"),
    HandoverState.REFUSED: N_("Not taken over"),
    HandoverState.WITHDRAWN: N_("Withdrawn"),
    HandoverState.FROZEN_AGAIN: N_("Frozen again"),
    HandoverState.ENDED_WITHOUT_SUCCESSOR: N_("Locked up without a successor"),
    HandoverState.UNRELIEVED: N_("No relief came"),
    HandoverState.TAKEN_OVER_ALONE: N_("Taken over without the outgoing"),
}
_MARKS: Mapping[Mark, str] = {Mark.KNOWN: N_("Known"), Mark.QUESTION: N_("Question")}
_GIVERS: Mapping[GiverKind, str] = {
    GiverKind.VISITOR: N_("From a visitor"),
    GiverKind.INSIDER: N_("From inside the house"),
}
_WAITING: Mapping[str, str] = {
    "waiting": N_("{visitor} is waiting, {host} not asked yet"),
    "host_asked": N_("{visitor} is waiting for the answer of {host}"),
    "yes": N_("{visitor} may enter, {host} agrees"),
    "wait": N_("{visitor} is waiting, {host} asks for patience"),
    "no": N_("{visitor} is waiting, {host} declines"),
    "not_reached": N_("{visitor} is waiting, {host} not reached"),
    "at_gate": N_("{visitor} is at the gate and brings something for {host}"),
    "held": N_("{visitor} waits: please do as the visit's screen says"),
}


def group_key(record: Record) -> str:
    """Return the group a record is read in."""
    return group_of(record)


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """The records of one group, most serious first."""

    key: str
    title: str
    records: tuple[Record, ...]


def grouped(things: Sequence[Record]) -> list[RecordGroup]:
    """Return the records by group; none is empty.

    What the office or a leader ordered is read first, then the group with the most urgent one.
    """
    groups = []
    for key, title in _GROUP_TITLES.items():
        records = tuple(thing for thing in things if group_key(thing) == key)
        if records:
            groups.append(RecordGroup(key, _(title), records))
    return sorted(groups, key=_place)


def _place(group: RecordGroup) -> tuple[bool, int]:
    return group.key != _IN_FORCE, min(one.urgency for one in group.records)


def group_titles() -> list[tuple[str, str]]:
    """Return every group's key and title."""
    return [(key, _(title)) for key, title in _GROUP_TITLES.items()]


def said(saying: Saying | None) -> str:
    """Return another feature's sentence in the language of this moment, "" for none."""
    return _(saying.template).format(**dict(saying.facts)) if saying else ""


def text_of(record: Record) -> str:
    """Return what the thing is, in one line, and which other desk's it is."""
    what = _what_of(record)
    return _("{what} ({desk})").format(what=what, desk=record.at) if record.at else what


def _what_of(record: Record) -> str:
    match record:
        case PendingVisitorRequest():
            template = _WAITING.get(record.state, _WAITING["waiting"])
            return _(template).format(visitor=record.visitor, host=record.host)
        case VisitInside(host=""):
            return _("{visitor} is inside").format(visitor=record.visitor)
        case VisitInside():
            return _("{visitor} is with {host}").format(visitor=record.visitor, host=record.host)
        case EntrustedMatter():
            return _("{what} (for {receiver})").format(
                what=record.what_is_asked, receiver=record.receiver
            )
        case HouseFault():
            return _("Fault: {place}, {what}").format(place=record.place, what=record.fault)
    return _lent(record) or said(record.what) or kind_word(record.kind)


def _lent(record: Record) -> str:
    match record:
        case LoanOut():
            return _("{thing} is with {holder}").format(thing=record.thing, holder=record.holder)
        case ThingLost():
            return _("{thing} is lost").format(thing=record.thing)
    return ""


def detail_of(record: Record) -> str:
    """Return what else is known about the thing, "" for nothing."""
    parts: list[str] = []
    match record:
        case PendingVisitorRequest():
            parts = [record.unit, record.matter]
        case VisitInside():
            parts = [record.unit, record.matter, _people(record.people), record.goods]
        case EntrustedMatter():
            parts = [_("asked by {giver}").format(giver=record.giver), _giver(record.giver_kind)]
        case LoanOut() if record.recalled:
            parts = [labelled(_("Called back"), record.recalled)]
        case HouseFault():
            done = record.measure
            parts = [labelled(_("What was done"), done) if done else ""]
        case _:
            parts = kind_detail(record)
    return joined(*parts)


def _people(count: int) -> str:
    return ngettext("{n} person", "{n} people", count).format(n=count) if count > 1 else ""


def _giver(kind: str) -> str:
    return giver_word(GiverKind(kind)) if kind in set(GiverKind) else ""


def next_of(record: Record) -> str:
    """Return what to do next, "" when nobody said."""
    return said(record.next_step)


def due_of(record: Record, desk: Desk) -> str:
    """Return when the thing is due, "" when it has no time."""
    hour = due_hour(record, desk)
    return pgettext("due", "by {time}").format(time=hour) if hour else ""


def due_hour(record: Record, desk: Desk) -> str:
    """Return the bare hour at which the thing is due, "" when it has no time."""
    return when(record.due or getattr(record, "until", None), desk)


def state_word(state: HandoverState) -> str:
    """Return how far a handover has come."""
    return _(_STATES[state])


def mark_word(mark: Mark) -> str:
    """Return 已知 or 有疑问."""
    return _(_MARKS[mark])


def giver_word(kind: GiverKind) -> str:
    """Return 来客委托 or 内部嘱咐."""
    return _(_GIVERS[kind])
