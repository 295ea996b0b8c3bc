"""What is in the ledger: a tag becomes a thing, a ring gets a new tag (clause 84)."""

from dataclasses import dataclass
from typing import Any

from kiosk.desk import badges, names
from kiosk.desk.bearer import ClosedCard, StaffCard, ThingTag, whose
from kiosk.desk.desk import Desk
from kiosk.desk.loans import THING_BY_LABEL, Approval, Thing, ThingKind, ThingState
from kiosk.desk.people import DEPARTMENT
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import REPLACEMENT, clean
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book, Transaction
from kiosk.keys import losing
from kiosk.keys.asking import found_thing

LONGEST_LABEL = 24
LONGEST_DOORS = 120
RULES = ("approval", "section_id", "pair")
"""What says who may have a thing: changed only by who signs for it."""
MOST_MINUTES = 60 * 24 * 366
_NO_HOUR, _LAST_HOUR = -1, 23


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
    described = Described(label=label, kind=kind, place=place, approval=usual_approval(kind))
    return add(desk, by, described, tag)


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
    pinyin, initials = names.pinyin_of(label)
    thing = tx.put(Thing(
        label=label, pinyin=pinyin, initials=initials, kind=described.kind, tag=tag or None,
        **_words(described),
        approval=described.approval, section_id=described.section_id,
        due_hour=described.due_hour, longest_min=described.longest_min,
    ))  # fmt: skip
    tx.record("thing.added", thing=label, kind=described.kind.value, tag=tag)
    return thing


def add(desk: Desk, by: str, described: Described, tag: str) -> Thing:
    """Put a new thing on the board as it was described. Raises ``Refused`` as ``enrol`` does."""
    with desk.write(by=by) as tx:
        return enrol(tx, described, tag)


def usual_approval(kind: ThingKind) -> Approval:
    """Return whose word a new thing of this kind asks for: office keys a manager's (clause 86)."""
    return Approval.MANAGER if kind is ThingKind.OFFICE_KEY else Approval.NONE


def change(
    desk: Desk, by: str, thing_id: str, described: Described, proof: Proof | None = None
) -> Thing:
    """Change what is known of a thing. Its label and kind stay: its history is told by them.

    The entry names what was changed; for a rule of who may have it (clause 86) it also keeps what
    it was and is, and who signed. Raises ``Refused``: ``keys.gone``, ``keys.nothing_changed``,
    ``keys.rule_unsigned``, ``keys.not_yours_to_decide``, ``keys.hour_wrong``,
    ``keys.longest_wrong``.
    """
    _check_limits(described)
    wanted = _wanted(described)
    with desk.write(by=by) as tx:
        thing = found_thing(tx, thing_id)
        changed = [name for name, value in wanted.items() if getattr(thing, name) != value]
        if not changed:
            raise Refused("keys.nothing_changed", thing=thing.label)
        facts: dict[str, Any] = {}
        if rules := [name for name in changed if name in RULES]:
            facts = _signed(thing, proof)
            facts["was"] = {name: _told(tx, name, getattr(thing, name)) for name in rules}
            facts["now"] = {name: _told(tx, name, wanted[name]) for name in rules}
        for name in changed:
            setattr(thing, name, wanted[name])
        tx.put(thing)
        tx.record("thing.changed", thing=thing.label, changed=changed, **facts)
    return thing


def asks_signature(thing: Thing, described: Described) -> bool:
    """Say whether the change touches a rule of who may have the thing: a guard alone may not.

    Raises ``Refused`` for a limit that is wrong, before anybody signs for it.
    """
    _check_limits(described)
    wanted = _wanted(described)
    return any(getattr(thing, name) != wanted[name] for name in RULES)


def _signed(thing: Thing, proof: Proof | None) -> dict[str, Any]:
    if proof is None:
        raise Refused("keys.rule_unsigned", thing=thing.label)
    if not losing.decides(proof.person):
        raise Refused("keys.not_yours_to_decide", name=proof.person.name)
    return {"signed": proof.person.staff_no, "means": proof.means.value}


def _told(book: Book, name: str, value: str) -> str:
    if name != "section_id" or not value:
        return str(value)
    section = book.one(DEPARTMENT, id=value)
    return section.name if section is not None else value


def _wanted(described: Described) -> dict[str, Any]:
    return _words(described) | {
        name: getattr(described, name)
        for name in ("approval", "section_id", "due_hour", "longest_min")
    }


def _check_limits(described: Described) -> None:
    if not _NO_HOUR <= described.due_hour <= _LAST_HOUR:
        raise Refused("keys.hour_wrong")
    if not 0 <= described.longest_min <= MOST_MINUTES:
        raise Refused("keys.longest_wrong", most=MOST_MINUTES)


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
