"""What a pass must say, who may approve it, what it lets out, and how urgent it is (clause 33).

Nothing here writes, and nothing reads a clock.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.desk.clauses import Rules
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import MANAGERS, Person, Rank
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.passes.models import GoodsPass, PassItem, State

LONGEST_WHAT, LONGEST_SERIAL, LONGEST_CARRIER, LONGEST_PURPOSE = 40, 30, 40, 60
LONGEST_REASON = 80
_HEADS = frozenset({Rank.HEAD_OF_STATION, Rank.DEPARTMENT_MANAGER})
_DAY = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})", re.ASCII)
_AHEAD = re.compile(r"\+(\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Item:
    """One line as it is asked for: ``quantity`` pieces of ``what``; ``serial`` "" for none."""

    what: str
    quantity: int = 1
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for. ``carrier`` is somebody from outside, "" for one of the house.

    ``back_on`` is the site's day on which it must be back, None when it does not come back.
    """

    items: Sequence[Item]
    purpose: str
    carrier: str = ""
    back_on: date | None = None


def checked_item(item: Item, rules: Rules) -> Item:
    """Return one line, cleaned.

    Raises ``Refused`` with the ``field``: ``pass.no_what``, ``pass.count_unclear``.
    """
    what = clean(item.what, LONGEST_WHAT).strip()
    if not what:
        raise Refused("pass.no_what", field="what")
    if not 1 <= item.quantity <= rules.pass_most_pieces:
        raise Refused("pass.count_unclear", field="count", most=rules.pass_most_pieces)
    return Item(what, item.quantity, clean(item.serial, LONGEST_SERIAL).strip())


def checked(asking: Asking, today: date, rules: Rules) -> Asking:
    """Return what is asked for, cleaned.

    Raises ``Refused`` with the ``field``: those of ``checked_item``, ``pass.no_items``,
    ``pass.too_many_lines``, ``pass.no_purpose``, ``pass.day_over``, ``pass.day_too_far``.
    """
    if not asking.items:
        raise Refused("pass.no_items", field="what")
    if len(asking.items) > rules.pass_most_lines:
        raise Refused("pass.too_many_lines", field="what", most=rules.pass_most_lines)
    purpose = clean(asking.purpose, LONGEST_PURPOSE).strip()
    if not purpose:
        raise Refused("pass.no_purpose", field="purpose")
    _check_back(asking.back_on, today, rules)
    items = tuple(checked_item(item, rules) for item in asking.items)
    carrier = clean(asking.carrier, LONGEST_CARRIER).strip()
    return Asking(items, purpose, carrier, asking.back_on)


def _check_back(back_on: date | None, today: date, rules: Rules) -> None:
    if back_on is None:
        return
    if back_on < today:
        raise Refused("pass.day_over", field="back")
    last = today + timedelta(days=rules.pass_longest_days)
    if back_on > last:
        raise Refused("pass.day_too_far", field="back", last=last.isoformat())


def typed_count(typed: str, rules: Rules) -> int:
    """Return how many pieces, 1 for nothing typed.

    Raises ``Refused("pass.count_unclear")`` for what is no number from 1 to
    ``rules.pass_most_pieces``.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return 1
    count = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0
    if not 1 <= count <= rules.pass_most_pieces:
        raise Refused("pass.count_unclear", field="count", most=rules.pass_most_pieces)
    return count


def typed_day(typed: str, today: date) -> date | None:
    """Return the day something is back: ``11-30``, ``2026-11-30`` or ``+7``; None for nothing.

    A month and day that are over this year mean next year. Raises ``Refused("pass.day_unclear")``.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return None
    ahead, written = _AHEAD.fullmatch(text), _DAY.fullmatch(text)
    if ahead is not None:
        return today + timedelta(days=int(ahead[1]))
    if written is None:
        raise Refused("pass.day_unclear", field="back")
    try:
        found = date(int(written[1] or today.year), int(written[2]), int(written[3]))
        if not written[1] and found < today:
            found = found.replace(year=today.year + 1)
    except ValueError:
        raise Refused("pass.day_unclear", field="back") from None
    return found


def manages(person: Person) -> bool:
    """Say whether somebody is a manager, whose tap can approve."""
    return person.rank in MANAGERS


def check_approver(one: GoodsPass, approver: Person) -> None:
    """Refuse whose tap does not do.

    Raises ``Refused``: ``pass.not_manager``, ``pass.carries_himself``, ``pass.asked_himself`` for
    who asked or wrote it down.
    """
    if not manages(approver):
        raise Refused("pass.not_manager", name=approver.name)
    if approver.id == one.carrier_id:
        raise Refused("pass.carries_himself", name=approver.name)
    if approver.id == one.asker_id or approver.staff_no == one.asked_by:
        raise Refused("pass.asked_himself", name=approver.name)


def is_told(one: GoodsPass, asker: Person, approver: Person) -> bool:
    """Say whether a waiting pass is told to a manager who taps: his section's, or any to a leader.

    Nobody is told of one that he may not approve.
    """
    try:
        check_approver(one, approver)
    except Refused:
        return False
    return approver.rank not in _HEADS or approver.department_id == asker.department_id


def valid_until(today: date, rules: Rules) -> date:
    """Return the last day, included, on which a pass approved today lets anything out."""
    return today + timedelta(days=rules.pass_valid_days - 1)


def is_over(one: GoodsPass, today: date) -> bool:
    """Say whether an approved pass was not used in its days."""
    return one.state is State.VALID and one.valid_until is not None and one.valid_until < today


def may_still(one: PassItem, state: State) -> int:
    """Return how many pieces of a line may go out now, or must still come back."""
    if state is State.VALID:
        return one.quantity
    return one.went - one.back if state is State.OUT else 0


def check_counts(
    items: Sequence[PassItem], state: State, counts: Mapping[int, int]
) -> Mapping[int, int]:
    """Return how many of each line, by place; lines not named are none.

    Raises ``Refused``: ``pass.nothing_ticked``, ``pass.too_many`` for more than the pass says (with
    ``place``, ``most``); ``ValueError`` for a place the pass has not.
    """
    known = {item.place: may_still(item, state) for item in items}
    for place, count in counts.items():
        if place not in known or count < 0:
            raise ValueError(f"{count} of line {place} is no count of this pass")
        if count > known[place]:
            raise Refused("pass.too_many", place=place, most=known[place])
    if not any(counts.values()):
        raise Refused("pass.nothing_ticked")
    return {place: counts.get(place, 0) for place in known}


def urgency(one: GoodsPass, today: date, rules: Rules) -> Urgency:
    """Return how soon somebody must act; what must come back grows amber, then red.

    Due today it is a note, overdue amber, after ``rules.pass_overdue_days`` more red.
    """
    if one.state is State.WAITING:
        return Urgency.WAITING
    if one.state is not State.OUT or one.back_on is None:
        return Urgency.QUIET
    late = (today - one.back_on).days
    if late > rules.pass_overdue_days:
        return Urgency.NOW
    if late > 0:
        return Urgency.WAITING
    return Urgency.SOON if late == 0 else Urgency.QUIET
