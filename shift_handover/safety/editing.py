"""The list of the safety check, changed by a manager or the office (clause 146).

The four groups are fixed. Nothing is deleted: what is retired is asked no more, and comes back.
"""

from collections.abc import Sequence

from kiosk.desk import badges
from kiosk.desk.bearer import UnknownCard, whose
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import MANAGERS, Person, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import legible
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Transaction
from shift_handover.models import Group
from shift_handover.safety.models import PLACE_OF_TAG, SafetyPlace, SafetyPoint
from shift_handover.safety.points import House, begun
from shift_handover.safety.wording import item_word, place_word

_OFFICE = frozenset({Role.CLERK, Role.ADMINISTRATOR})
LONGEST_NAME = 40
"""Signs that the name of an item or a place may have."""


def may_edit(person: Person) -> bool:
    """Say whether the person may change the list: a manager, or the office."""
    return person.rank in MANAGERS or person.role in _OFFICE


def _signed(desk: Desk, proof: Proof) -> str:
    """Return the staff number of who signed. Raises ``safety.not_yours``, ``safety.sign_again``."""
    if not may_edit(proof.person):
        raise Refused("safety.not_yours", name=proof.person.name)
    minutes = desk.rules.safety_edit_min
    if (desk.clock() - proof.at).total_seconds() > minutes * 60:
        raise Refused("safety.sign_again", minutes=minutes)
    return proof.person.staff_no


def open_list(desk: Desk, proof: Proof) -> House:
    """Open the list for changes, with ``safety.list_opened``.

    Raises ``Refused``: ``safety.not_yours``, ``safety.sign_again``; so does every change below.
    """
    with desk.write(by=_signed(desk, proof)) as tx:
        asked = begun(tx)
        tx.record("safety.list_opened", means=proof.means)
        return asked


def add_item(desk: Desk, proof: Proof, group: Group, place: str, name: str) -> str:
    """Add an item to a group, at the place with that code, behind all others; return its code.

    Raises ``Refused``: ``safety.name_missing``, ``safety.name_long``, ``safety.name_taken``,
    ``safety.gone``, ``safety.place_retired``.
    """
    with desk.write(by=_signed(desk, proof)) as tx:
        asked = begun(tx)
        _place_in_use(asked, place)
        said = _free_item_name(asked, group, place, _name(name))
        point = new_point(tx, asked, group, place, said)
        tx.record("safety.item_added", item=point.code, group=group, place=place)
        return point.code


def new_point(
    tx: Transaction, asked: House, group: Group, place: str, name: str, clause: str = ""
) -> SafetyPoint:
    """Put a new item behind all others; the caller records it."""
    last = max((one.position for one in asked.points), default=0)
    code = f"i{next_number(tx, 'safety_item')}"
    return tx.put(
        SafetyPoint(
            code=code, in_group=group, place=place, name=name, clause=clause, position=last + 1
        )
    )  # fmt: skip


def add_place(desk: Desk, proof: Proof, name: str) -> str:
    """Add a place behind all others; return its code. Raises as ``add_item`` for its name."""
    with desk.write(by=_signed(desk, proof)) as tx:
        asked = begun(tx)
        place = new_place(tx, asked, _free_place_name(asked, _name(name)))
        tx.record("safety.place_added", place=place.code)
        return place.code


def new_place(tx: Transaction, asked: House, name: str) -> SafetyPlace:
    """Put a new place behind all others; the caller records it."""
    last = max((one.position for one in asked.places), default=0)
    return tx.put(
        SafetyPlace(code=f"p{next_number(tx, 'safety_place')}", name=name, position=last + 1)
    )


def rename(desk: Desk, proof: Proof, code: str, name: str) -> None:
    """Give an item or a place another name; old rounds keep the one they were answered under.

    Raises ``Refused``: ``safety.name_missing``, ``safety.name_long``, ``safety.name_taken``,
    ``safety.gone``.
    """
    with desk.write(by=_signed(desk, proof)) as tx:
        asked = begun(tx)
        row, said = _row(asked, code), _name(name)
        if isinstance(row, SafetyPlace):
            row.name = _free_place_name(asked, said, code)
        else:
            row.name = _free_item_name(asked, row.in_group, row.place, said, code)
        tx.put(row)
        tx.record("safety.renamed", point=code)


def move(desk: Desk, proof: Proof, code: str, by: int) -> None:
    """Move an item within its group, or a place, one step up (-1) or down (1); ends stay.

    Raises ``Refused("safety.gone")``.
    """
    with desk.write(by=_signed(desk, proof)) as tx:
        asked = begun(tx)
        row = _row(asked, code)
        others = _neighbours(asked, row)
        to = others.index(row) + by
        if not 0 <= to < len(others):
            return
        other = others[to]
        row.position, other.position = other.position, row.position
        tx.put(row)
        tx.put(other)
        tx.record("safety.moved", point=code, steps=by)


def _neighbours(
    asked: House, row: SafetyPlace | SafetyPoint
) -> Sequence[SafetyPlace | SafetyPoint]:
    """Return the list that the row stands in: all places, or the items of its group."""
    if isinstance(row, SafetyPlace):
        return asked.places
    return [one for one in asked.points if one.in_group is row.in_group]


def put_at(desk: Desk, proof: Proof, item: str, place: str) -> None:
    """Say that an item is looked at in another place.

    Raises ``Refused``: ``safety.gone``, ``safety.place_retired``, ``safety.name_taken`` when that
    place has the same item.
    """
    with desk.write(by=_signed(desk, proof)) as tx:
        asked = begun(tx)
        row = _row(asked, item)
        if isinstance(row, SafetyPlace):
            raise Refused("safety.gone")
        _place_in_use(asked, place)
        _free_item_name(asked, row.in_group, place, item_word(row.code, row.name), item)
        row.place = place
        tx.put(row)
        tx.record("safety.item_placed", item=item, place=place)


def retire(desk: Desk, proof: Proof, code: str) -> bool:
    """Retire an item or a place, or bring a retired one back; say whether it is asked now.

    Raises ``Refused``: ``safety.group_last``, ``safety.place_used`` (with ``n``),
    ``safety.place_retired``, ``safety.gone``.
    """
    with desk.write(by=_signed(desk, proof)) as tx:
        asked = begun(tx)
        row = _row(asked, code)
        back = row.retired_at is not None
        _check_may_turn(asked, row, back=back)
        row.retired_at = None if back else tx.now
        tx.put(row)
        tx.record("safety.brought_back" if back else "safety.retired", point=code)
        return back


def _check_may_turn(asked: House, row: SafetyPlace | SafetyPoint, *, back: bool) -> None:
    items = asked.items()
    if isinstance(row, SafetyPlace):
        used = sum(item.place == row.code for item in items)
        if used and not back:
            raise Refused("safety.place_used", n=used)
    elif back:
        _place_in_use(asked, row.place)
    elif sum(item.group is row.in_group for item in items) == 1:
        raise Refused("safety.group_last")


def enrol(desk: Desk, proof: Proof, place: str, tag: str) -> None:
    """Hang a tag (a card's number in upper-case hex) at a place; the old one is forgotten.

    Raises ``Refused``: ``safety.tag_taken`` (with ``place``), ``safety.tag_known`` for a badge or
    the tag of a thing, ``safety.gone``, those of ``badges.check_number``.
    """
    badges.check_number(tag)
    with desk.write(by=_signed(desk, proof)) as tx:
        asked = begun(tx)
        row = _place_in_use(asked, place)
        if not isinstance(whose(tx, tag), UnknownCard):
            raise Refused("safety.tag_known")
        other = tx.one(PLACE_OF_TAG, tag=tag)
        if other is not None and other.code != place:
            raise Refused("safety.tag_taken", place=place_word(other.code, other.name))
        row.tag = tag
        tx.put(row)
        tx.record("safety.tag_hung", place=place)


def take_tag_off(desk: Desk, proof: Proof, place: str) -> None:
    """Take a place's tag off; its visits are not proven any more. Raises ``safety.gone``."""
    with desk.write(by=_signed(desk, proof)) as tx:
        row = _row(begun(tx), place)
        if not isinstance(row, SafetyPlace) or row.tag is None:
            raise Refused("safety.gone")
        row.tag = None
        tx.put(row)
        tx.record("safety.tag_off", place=place)


def _row(asked: House, code: str) -> SafetyPlace | SafetyPoint:
    rows: list[SafetyPlace | SafetyPoint] = [*asked.places, *asked.points]
    for row in rows:
        if row.code == code:
            return row
    raise Refused("safety.gone")


def _place_in_use(asked: House, code: str) -> SafetyPlace:
    place = asked.place_of.get(code)
    if place is None:
        raise Refused("safety.gone")
    if place.retired_at is not None:
        raise Refused("safety.place_retired")
    return place


def _name(text: str) -> str:
    said = legible(text, LONGEST_NAME + 1)
    if not said:
        raise Refused("safety.name_missing")
    if len(said) > LONGEST_NAME:
        raise Refused("safety.name_long", most=LONGEST_NAME)
    return said


def _free_place_name(asked: House, name: str, but: str = "") -> str:
    taken = {place_word(one.code, one.name) for one in asked.places if one.code != but}
    if name in taken:
        raise Refused("safety.name_taken", name=name)
    return name


def _free_item_name(asked: House, group: Group, place: str, name: str, but: str = "") -> str:
    taken = {
        item_word(one.code, one.name)
        for one in asked.points
        if (one.in_group, one.place) == (group, place) and one.code != but
    }
    if name in taken:
        raise Refused("safety.name_taken", name=name)
    return name
