"""What is in the ledger: a tag becomes a thing, a ring gets a new tag (clause 84)."""

from dataclasses import dataclass
from typing import Any

from kiosk.desk import badges
from kiosk.desk.bearer import ClosedCard, StaffCard, ThingTag, whose
from kiosk.desk.desk import Desk
from kiosk.desk.loans import THING_BY_LABEL, Approval, Thing, ThingKind, ThingState
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import REPLACEMENT, clean
from kiosk.desk.transaction import Book, Transaction
from kiosk.keys.asking import found_thing

LONGEST_LABEL = 24
LONGEST_DOORS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a thing is. ``doors`` are for the office; the label on the ring never names one."""

    label: str
    kind: ThingKind
    place: str = ""
    lock: str = ""
    doors: str = ""
    approval: Approval = Approval.NONE
    section_id: str = ""
    pair: str = ""
    due_hour: int = -1
    longest_min: int = 0


def add_thing(desk: Desk, by: str, tag: str, label: str, kind: ThingKind, place: str = "") -> Thing:
    """Put a new thing on the board; ``tag`` is the unknown card on its ring, in upper-case hex.

    An office key asks for a manager's word (clause 86). Raises ``Refused`` as ``enrol`` does.
    """
    approval = Approval.MANAGER if kind is ThingKind.OFFICE_KEY else Approval.NONE
    described = Described(label=label, kind=kind, place=place, approval=approval)
    with desk.write(by=by) as tx:
        return enrol(tx, described, tag)


def enrol(tx: Transaction, described: Described, tag: str) -> Thing:
    """Write a new thing; ``tag`` may be "" for one whose tag comes later.

    Raises ``Refused``: ``keys.no_label``, ``keys.label_taken``, ``keys.tag_taken``,
    ``badge.taken``, and those of ``badges.check_number``.
    """
    label = checked_label(described.label)
    if tag:
        badges.check_number(tag)
        refuse_known_tag(tx, tag)
    if tx.one(THING_BY_LABEL, label=label) is not None:
        raise Refused("keys.label_taken", label=label)
    thing = tx.put(Thing(
        label=label, kind=described.kind, tag=tag or None, **_words(described),
        approval=described.approval, section_id=described.section_id,
        due_hour=described.due_hour, longest_min=described.longest_min,
    ))  # fmt: skip
    tx.record("thing.added", thing=label, kind=described.kind.value, tag=tag)
    return thing


def _words(described: Described) -> dict[str, Any]:
    return {
        "place": clean(described.place, LONGEST_LABEL),
        "lock": clean(described.lock, LONGEST_LABEL),
        "doors": clean(described.doors, LONGEST_DOORS),
        "pair": clean(described.pair, LONGEST_LABEL),
    }


def checked_label(label: str) -> str:
    """Return a label as it is kept; raise ``Refused("keys.no_label")`` for none."""
    kept = clean(label, LONGEST_LABEL)
    if not kept or REPLACEMENT in kept:
        raise Refused("keys.no_label")
    return kept


def retag(desk: Desk, thing_id: str, by: str, tag: str) -> Thing | None:
    """Give a thing another tag; where the tag hung on another thing, the two change places.

    Return that other thing, None when the tag was new. Two swapped rings are put right so. Raises
    ``Refused``: ``keys.gone``, ``keys.tag_same``, ``badge.taken``, and those of
    ``badges.check_number``.
    """
    badges.check_number(tag)
    with desk.write(by=by) as tx:
        thing = found_thing(tx, thing_id)
        if thing.state is ThingState.RETIRED:  # its tag is nobody's, and has to stay so
            raise Refused("keys.gone")
        if thing.tag == tag:
            raise Refused("keys.tag_same", label=thing.label)
        other = _tagged(tx, tag)
        old, thing.tag = thing.tag, None
        tx.put(thing)
        if other is not None:
            other.tag = old
            tx.put(other)
        thing.tag = tag
        tx.put(thing)
        tx.record(
            "thing.retagged", thing=thing.label, tag=tag, swapped=other.label if other else ""
        )
    return other


def _tagged(tx: Transaction, tag: str) -> Thing | None:
    match whose(tx, tag):
        case ThingTag(thing=thing):
            return thing
        case StaffCard(person=person) | ClosedCard(person=person):
            raise Refused("badge.taken", name=person.name, staff_no=person.staff_no)
    return None


def refuse_known_tag(book: Book, tag: str) -> None:
    """Refuse a tag that is something already: ``keys.tag_taken``, ``badge.taken``."""
    match whose(book, tag):
        case ThingTag(thing=thing):
            raise Refused("keys.tag_taken", label=thing.label)
        case StaffCard(person=person) | ClosedCard(person=person):
            raise Refused("badge.taken", name=person.name, staff_no=person.staff_no)
