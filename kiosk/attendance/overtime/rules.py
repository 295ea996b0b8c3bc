"""Who may ask for overtime, who may agree, and who is inside without being listed (clause 90)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desk.clauses import Rules
from kiosk.desk.overtime import Overtime, Spell
from kiosk.desk.people import MANAGERS, Person, Rank, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean

LONGEST_WORDS = 80
LONGEST_ROOMS = 40
MOST_ALONG = 30
_LEADERS = frozenset({Rank.LEADER_IN_CHARGE, Rank.PRINCIPAL_LEADER, Rank.DUTY_LEADER})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; both moments are aware.

    ``others`` are the staff numbers of who works along. ``keys`` are named for the gate to know:
    the keys' ledger still asks for its own word.
    """

    from_at: datetime
    until_at: datetime
    others: tuple[str, ...] = ()
    rooms: str = ""
    keys: str = ""
    why: str = ""


def checked(asked: Asked, now: datetime, numbers: Rules) -> Asked:
    """Return what is asked for, cleaned.

    ``Refused``: ``overtime.times_wrong``, ``overtime.late`` for what began before this minute,
    ``overtime.too_far``, ``overtime.why_missing``, ``overtime.too_many``.
    """
    if asked.until_at <= asked.from_at:
        raise Refused("overtime.times_wrong", field="until")
    if asked.from_at < now.replace(second=0, microsecond=0):
        raise Refused("overtime.late", field="from")
    if asked.from_at > now + timedelta(days=numbers.overtime_ahead_days):
        raise Refused("overtime.too_far", field="from", days=numbers.overtime_ahead_days)
    if len(asked.others) > MOST_ALONG:
        raise Refused("overtime.too_many", field="others", most=MOST_ALONG)
    why = clean(asked.why, LONGEST_WORDS).strip()
    if not why:
        raise Refused("overtime.why_missing", field="why")
    return Asked(
        asked.from_at, asked.until_at, tuple(dict.fromkeys(asked.others)),
        clean(asked.rooms, LONGEST_ROOMS).strip(), clean(asked.keys, LONGEST_ROOMS).strip(), why,
    )  # fmt: skip


def check_head(asker: Person, approver: Person, along: Collection[str] = ()) -> None:
    """Refuse a signature that does not approve: the head of the asker's section or a leader signs.

    ``along`` are the staff numbers of who works along: none of them signs it either. ``Refused``:
    ``overtime.signs_own``, ``overtime.not_head``.
    """
    _check_other(asker, approver, along)
    heads = approver.rank in MANAGERS and approver.department_id == asker.department_id
    if not heads and approver.rank not in _LEADERS:
        raise Refused("overtime.not_head", name=approver.name, asker=asker.name)


def check_leader(asker: Person, leader: Person, along: Collection[str] = ()) -> None:
    """Refuse a word by telephone that is no leader's: nobody else can let an unlisted one stay.

    ``along`` as for ``check_head``. ``Refused``: ``overtime.signs_own``, ``overtime.not_leader``.
    """
    _check_other(asker, leader, along)
    if leader.rank not in _LEADERS:
        raise Refused("overtime.not_leader", name=leader.name)


def _check_other(asker: Person, approver: Person, along: Collection[str]) -> None:
    if asker.id == approver.id or approver.staff_no in along:
        raise Refused("overtime.signs_own", name=approver.name)


def check_noter(asker: Person, noted_by: str, along: Collection[str] = ()) -> None:
    """Refuse who notes a leader's word for himself: the word itself leaves no other trace.

    ``noted_by`` is the staff number at the desk. ``Refused``: ``overtime.notes_own``.
    """
    if noted_by == asker.staff_no or noted_by in along:
        raise Refused("overtime.notes_own")


def leads(person: Person) -> bool:
    """Say whether the person's word by telephone counts."""
    return person.rank in _LEADERS


def concerns_list(person: Person) -> bool:
    """Say whether the list is about the person: who keeps the gate works by the roster."""
    return person.role is not Role.GUARD


def covers(spells: Iterable[Overtime], person: Person, now: datetime) -> bool:
    """Say whether an approved spell runs now for the person, as who asked or who works along."""
    return any(
        spell.state is Spell.OPEN
        and spell.from_at <= now < spell.until_at
        and (spell.person_id == person.id or person.staff_no in spell.staff_nos_along)
        for spell in spells
    )


def after_hours(now: datetime, end: datetime | None, numbers: Rules) -> bool:
    """Say whether who is in now is in for overtime; ``end`` is None on a day off."""
    return end is None or now >= end + timedelta(minutes=numbers.overtime_unlisted_min)
