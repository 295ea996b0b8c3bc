"""What is in the ledger: a tag becomes a thing, a ring gets a new tag (clause 84)."""

from collections.abc import Mapping
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
from kiosk.desk.tags import refuse_hanging
from kiosk.desk.transaction import Book, Transaction
from kiosk.keys import losing, rules
from kiosk.keys.asking import found_thing

LONGEST_LABEL = 24
LONGEST_DOORS = 120
RULES = ("approval", "section_id", "pair")
"""What says who may have a thing: changed only by who signs for it."""
MOST_MINUTES = 60 * 24 * 366
_NO_HOUR, _LAST_HOUR = -1, 23
_USUALLY_A_MANAGERS = frozenset({ThingKind.OFFICE_KEY, ThingKind.SEAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a thing is. ``doors`` are for the office; the label on the ring never names one.

    ``home`` is the gate on whose board it hangs, "" for the desk where it is entered.
    """

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
    home: str = ""


def add_thing(desk: Desk, by: str, tag: str, label: str, kind: ThingKind, place: str = "") -> Thing:
    """Put a new thing on the board; ``tag`` is the unknown card on its ring, in upper-case hex.

    It asks for the word that is usual for its kind. Raises ``Refused`` as ``enrol`` does.
    """
    described = Described(label=label, kind=kind, place=place, approval=usual_approval(kind))
    return add(desk, by, described, tag)


def enrol(
    tx: Transaction, described: Described, tag: str, signed: Mapping[str, str] | None = None
) -> Thing:
    """Write a new thing; ``tag`` may be "" for one whose tag comes later.

    ``signed`` is what the entry keeps of who signed for it. Raises ``Refused``: ``keys.no_label``,
    ``keys.label_taken``, ``keys.tag_taken``, ``badge.taken``, and those of ``badges.check_number``.
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
        home=described.home or tx.gate,
    ))  # fmt: skip
    tx.record(
        "thing.added", thing=label, kind=described.kind.value, tag=tag, **(signed or {})
    )  # fmt: skip
    return thing


def add(desk: Desk, by: str, described: Described, tag: str, proof: Proof | None = None) -> Thing:
    """Put a new thing on the board as it was described.

    A manager or the office signs with ``proof`` for one that asks for less than is usual. Raises
    ``Refused`` as ``enrol`` does, ``keys.less_unsigned``, ``keys.not_yours_to_decide``.
    """
    signed: dict[str, str] = {}
    if asks_less(described):
        signed = _signed(proof, "keys.less_unsigned", checked_label(described.label))
        signed["approval"] = described.approval.value
    with desk.write(by=by) as tx:
        return enrol(tx, described, tag, signed)


def usual_approval(kind: ThingKind) -> Approval:
    """Return whose word a new thing of this kind asks for.

    A manager's for an office key (clause 86) and for a seal (clause 45), else nobody's.
    """
    return Approval.MANAGER if kind in _USUALLY_A_MANAGERS else Approval.NONE


def asks_less(described: Described) -> bool:
    """Say whether a new thing asks for less of a word than is usual for its kind."""
    return described.approval is Approval.NONE is not usual_approval(described.kind)


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
        changes = changes_of(thing, wanted)
        if not changes:
            raise Refused("keys.nothing_changed", thing=thing.label)
        signed = _signed(proof, "keys.rule_unsigned", thing.label) if _of_rules(changes) else {}
        write_changes(tx, thing, changes, signed)
    return thing


def changes_of(thing: Thing, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of ``wanted``, by the names ``Thing`` has, is not so yet."""
    return {name: value for name, value in wanted.items() if getattr(thing, name) != value}


def write_changes(
    tx: Transaction, thing: Thing, changes: Mapping[str, Any],
    signed: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Write what is changed of a thing; of its ``RULES`` the entry keeps what they were and are."""
    facts: dict[str, Any] = dict(signed or {})
    if rules_changed := _of_rules(changes):
        facts["was"] = {name: _told(tx, name, getattr(thing, name)) for name in rules_changed}
        facts["now"] = {name: _told(tx, name, changes[name]) for name in rules_changed}
    for name, value in changes.items():
        setattr(thing, name, value)
    tx.put(thing)
    tx.record("thing.changed", thing=thing.label, changed=list(changes), **facts)


def _of_rules(changes: Mapping[str, Any]) -> list[str]:
    return [name for name in changes if name in RULES]


def asks_signature(thing: Thing, described: Described) -> bool:
    """Say whether the change touches a rule of who may have the thing: a guard alone may not.

    Raises ``Refused`` for a limit that is wrong, before anybody signs for it.
    """
    _check_limits(described)
    return bool(_of_rules(changes_of(thing, _wanted(described))))


def _signed(proof: Proof | None, unsigned: str, label: str) -> dict[str, str]:
    """Return what an entry keeps of who signed; refuse with the code ``unsigned`` for nobody."""
    if proof is None:
        raise Refused(unsigned, thing=label)
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


def retag(desk: Desk, thing_id: str, by: str, tag: str, proof: Proof | None = None) -> Thing | None:
    """Give a thing another tag; where the tag hung on another thing, the two change places.

    Return that other thing, None when the tag was new. Two swapped rings are put right so. With
    the tag of what anybody may have, a guarded thing would go out by the rules of the other: a
    manager or the office signs with ``proof`` where one of both is guarded. Raises ``Refused``:
    ``keys.gone``, ``keys.tag_same``, ``keys.retag_unsigned``, ``keys.not_yours_to_decide``,
    ``badge.taken``, and those of ``badges.check_number``.
    """
    badges.check_number(tag)
    with desk.write(by=by) as tx:
        thing, other = _to_retag(tx, thing_id, tag)
        guarded = _guarded(thing, other)
        signed = _signed(proof, "keys.retag_unsigned", guarded.label) if guarded else {}
        old, thing.tag = thing.tag, None
        tx.put(thing)
        if other is not None:
            other.tag = old
            tx.put(other)
        thing.tag = tag
        tx.put(thing)
        tx.record(
            "thing.retagged", thing=thing.label, tag=tag, swapped=other.label if other else "",
            **signed,
        )  # fmt: skip
    return other


def retag_asks_signature(desk: Desk, thing_id: str, tag: str) -> bool:
    """Say whether a manager or the office signs for this tag. Raises ``Refused`` as ``retag``."""
    badges.check_number(tag)
    with desk.read() as book:
        return _guarded(*_to_retag(book, thing_id, tag)) is not None


def _to_retag(book: Book, thing_id: str, tag: str) -> tuple[Thing, Thing | None]:
    """Return the thing, and the other one that has the tag now."""
    thing = found_thing(book, thing_id)
    if thing.state is ThingState.RETIRED:  # its tag is nobody's, and has to stay so
        raise Refused("keys.gone")
    if thing.tag == tag:
        raise Refused("keys.tag_same", label=thing.label)
    return thing, _tagged(book, tag)


def _guarded(*things: Thing | None) -> Thing | None:
    return next((one for one in things if one is not None and rules.guarded(one)), None)


def _tagged(book: Book, tag: str) -> Thing | None:
    match whose(book, tag):
        case ThingTag(thing=thing):
            return thing
        case StaffCard(person=person) | ClosedCard(person=person):
            raise Refused("badge.taken", name=person.name, staff_no=person.staff_no)
    refuse_hanging(book, tag)
    return None


def refuse_known_tag(book: Book, tag: str) -> None:
    """Refuse what is something already: ``keys.tag_taken``, ``badge.taken``, ``badge.hangs``."""
    refuse_hanging(book, tag)
    match whose(book, tag):
        case ThingTag(thing=thing):
            raise Refused("keys.tag_taken", label=thing.label)
        case StaffCard(person=person) | ClosedCard(person=person):
            raise Refused("badge.taken", name=person.name, staff_no=person.staff_no)
