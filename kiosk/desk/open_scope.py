"""Whose an open thing is, where a site has several desks: one desk's own, or everybody's.

What is a post's own (its guard, its round, its paper) stands on that desk's lists alone. What
concerns the site (somebody inside, a key out) stands on every desk's lists, once, with whose it is.
A thing of which nobody knows whose it is stands everywhere: twice is better than nowhere.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.site_desks import site_desks
from kiosk.desk.transaction import Book
from kiosk.desk.versions import gate_of


class Scope(NamedTuple):
    """Whose the things of a kind are, and how their desk is found.

    ``own``: they stand on their own desk's lists alone. ``table`` holds the row behind a thing and
    ``column`` that row's gate; the row's stamp names the desk where there is no such column. With
    no ``table`` the feature says the gate itself, or it is this desk's.
    """

    own: bool
    table: str = ""
    column: str = "stamp"


_OWN, _SITE = True, False
_VISIT = ("visit", "gate")
SCOPES: Mapping[str, Scope] = {
    "instruction": Scope(_OWN, "instruction", "post"),
    "notice": Scope(_OWN, "instruction", "post"),
    "away": Scope(_OWN, "step_away", "post"),
    "post.uncovered": Scope(_OWN),
    "presence.missed": Scope(_OWN, "presence_prompt", "post"),
    "handover.locked_up": Scope(_OWN, "handover", "post"),
    "relief.late": Scope(_OWN),
    "relief.none": Scope(_OWN),
    "lastout.missed": Scope(_OWN),
    "lastout.unchecked": Scope(_OWN, "last_out_list", "post"),
    "lastout.disputed": Scope(_OWN, "last_out_line"),
    "lastout.still_in": Scope(_OWN),
    "visit.waiting": Scope(_OWN, *_VISIT),
    "visit.inside": Scope(_SITE, *_VISIT),
    "visit.late": Scope(_OWN, *_VISIT),
    "visit.return_slip_missing": Scope(_SITE, *_VISIT),
    "visit.debt": Scope(_OWN, *_VISIT),
    "visit.leader_not_told": Scope(_OWN, *_VISIT),
    "visit.helmet_out": Scope(_SITE, *_VISIT),
    "visit.differs": Scope(_OWN, *_VISIT),
    "visit.not_back": Scope(_SITE, *_VISIT),
    "visit.assumed": Scope(_SITE, *_VISIT),
    "visit.left_here": Scope(_OWN, "left_here"),
    "visit.watched": Scope(_OWN, *_VISIT),
    "visit.unscreened": Scope(_OWN, *_VISIT),
    "loan.out": Scope(_SITE, "loan"),
    "loan.word_owed": Scope(_SITE, "loan"),
    "loan.unconfirmed": Scope(_SITE),
    "thing.lost": Scope(_SITE, "loss"),
    "stock.due": Scope(_OWN),
    "stock.differs": Scope(_OWN),
    "badge.lent": Scope(_SITE, "spare_badge"),
    "parcel": Scope(_SITE, "parcel"),
    "message": Scope(_SITE, "message"),
    "enquiry": Scope(_SITE, "enquiry"),
    "matter": Scope(_OWN, "matter", "post"),
    "safety.fault": Scope(_SITE, "safety_fault"),
    "safety.report": Scope(_OWN, "safety_round", "post"),
    "incident.open": Scope(_SITE, "incident", "post"),
    "rollcall.runs": Scope(_SITE, "roll_call", "gate"),
    "weather.on": Scope(_SITE, "weather_signal"),
    "weather.unsafe": Scope(_SITE),
    "pass.waiting": Scope(_SITE, "goods_pass"),
    "pass.valid": Scope(_SITE, "goods_pass"),
    "pass.out": Scope(_SITE, "goods_pass"),
    "outing.overdue": Scope(_SITE, "outing"),
    "outing.word_owed": Scope(_SITE, "outing"),
    "standin.unanswered": Scope(_SITE, "stand_in"),
    "standin.gone": Scope(_SITE, "stand_in"),
    "overtime.tonight": Scope(_SITE, "overtime"),
    "overtime.unlisted": Scope(_SITE),
    "remark.unsigned": Scope(_SITE),
    "closing.days": Scope(_SITE),
    "closing.objection": Scope(_SITE),
    "case.late": Scope(_SITE),
    "leave.overdue": Scope(_SITE),
    "leave.ends": Scope(_SITE),
    "slip.queued": Scope(_OWN, "print_job", "gate"),
    "slip.unknown": Scope(_OWN, "print_job", "gate"),
    "desk_line.unread": Scope(_OWN),
    "desk_line.not_read": Scope(_OWN),
    "conflict.open": Scope(_SITE),
    "desks.cut_off": Scope(_OWN),
    "visit.twice": Scope(_SITE),
    "thing.received": Scope(_SITE),
    "thing.disputed": Scope(_SITE),
}
"""Every kind of open thing."""


def of_this_desk(desk: Desk, book: Book, things: list[OpenThing]) -> list[OpenThing]:
    """Return what stands on this desk's lists, each with the desk whose it is.

    At a desk that stands alone these are all the things, and nothing is asked.
    """
    if desk.settings.hub.alone:
        return things
    marked = whose(desk, book, things)
    return [one for one in marked if not (_is_own(one.kind) and one.gate not in {"", desk.gate})]


def whose(desk: Desk, book: Book, things: list[OpenThing]) -> list[OpenThing]:
    """Return the things, each with its desk; one query for each table behind them."""
    desks = site_desks(desk, book)
    gates: dict[tuple[str, str], str] = {}
    for scope, refs in _by_table(things).items():
        gates |= {(scope.table, ref): gate for ref, gate in _gates(book, scope, refs)}
    found = ((one, one.gate or _gate(desk, one, gates)) for one in things)
    return [one._replace(gate=gate, at=desks.short(gate)) for one, gate in found]


def _gate(desk: Desk, thing: OpenThing, gates: Mapping[tuple[str, str], str]) -> str:
    scope = SCOPES.get(thing.kind)
    if scope is None:
        return ""
    if not scope.table:
        return desk.gate if scope.own else ""
    return gates.get((scope.table, thing.ref), "")


def _is_own(kind: str) -> bool:
    scope = SCOPES.get(kind)
    return scope is not None and scope.own


def _by_table(things: Iterable[OpenThing]) -> Mapping[Scope, list[str]]:
    refs: defaultdict[Scope, list[str]] = defaultdict(list)
    for one in things:
        scope = SCOPES.get(one.kind)
        if scope is not None and scope.table and not one.gate:
            refs[scope._replace(own=False)].append(one.ref)
    return refs


def _gates(book: Book, scope: Scope, refs: list[str]) -> Iterable[tuple[str, str]]:
    sql = (
        f'SELECT one.id, one."{scope.column}" FROM json_each(?) AS asked'  # noqa: S608 - our own names
        f' JOIN "{scope.table}" AS one ON one.id = asked.value'
    )
    for ref, value in book.connection.execute(sql, (json.dumps(refs),)):
        yield ref, gate_of(value) if scope.column == "stamp" else value
