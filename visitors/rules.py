"""The rules of a visit: which step may follow which, and what a form must say. Nothing here writes.

The heart is clause 103: waiting becomes inside only through a host's yes; no answer is no yes.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import REPLACEMENT, clean, legible
from visitors import plates
from visitors.id_numbers import id_number
from visitors.models import Answer, LeftHow, Origin, ReturnSlip, State, Visit


class Step(StrEnum):
    """What can be done with a visit."""

    ARRIVE = "arrive"
    ASK = "ask"
    ANSWER = "answer"
    ADMIT = "admit"
    HAND_OVER = "hand_over"
    ENTER_IN_EMERGENCY = "enter_in_emergency"
    REFUSE = "refuse"
    LEAVE = "leave"
    PART_LEAVES = "part_leaves"
    PART_STAYED = "part_stayed"
    ASSUME_LEFT = "assume_left"
    HAD_LEFT = "had_left"
    STILL_INSIDE = "still_inside"
    NOBODY_KNOWS = "nobody_knows"
    REPRINT = "reprint"
    NO_SHOW = "no_show"
    COME_AFTER_ALL = "come_after_all"
    CORRECT = "correct"
    VOID = "void"


STEPS: Mapping[State, Mapping[Step, State]] = {
    State.EXPECTED: {
        Step.ARRIVE: State.WAITING,
        Step.ENTER_IN_EMERGENCY: State.ADMITTED,  # of its own origin only: clause 103 is not bent
        Step.ANSWER: State.EXPECTED,
        Step.NO_SHOW: State.NO_SHOW,
        Step.CORRECT: State.EXPECTED,
        Step.VOID: State.VOIDED,
    },
    State.WAITING: {
        Step.ASK: State.HOST_ASKED,
        Step.ANSWER: State.HOST_ASKED,
        Step.ADMIT: State.ADMITTED,
        Step.HAND_OVER: State.LEFT,
        Step.REFUSE: State.REFUSED,
        Step.CORRECT: State.WAITING,
        Step.VOID: State.VOIDED,
    },
    State.HOST_ASKED: {
        Step.ASK: State.HOST_ASKED,
        Step.ANSWER: State.HOST_ASKED,
        Step.ADMIT: State.ADMITTED,
        Step.HAND_OVER: State.LEFT,
        Step.REFUSE: State.REFUSED,
        Step.CORRECT: State.HOST_ASKED,
        Step.VOID: State.VOIDED,
    },
    State.ADMITTED: {
        Step.LEAVE: State.LEFT,
        Step.PART_LEAVES: State.ADMITTED,
        Step.ASSUME_LEFT: State.ASSUMED_LEFT,
        Step.REPRINT: State.ADMITTED,
        Step.CORRECT: State.ADMITTED,
        Step.VOID: State.VOIDED,
    },
    State.ASSUMED_LEFT: {
        Step.LEAVE: State.LEFT,  # the slip is scanned after all: now it is known
        Step.HAD_LEFT: State.LEFT,
        Step.STILL_INSIDE: State.ADMITTED,
        Step.NOBODY_KNOWS: State.UNKNOWN,
        Step.CORRECT: State.ASSUMED_LEFT,
        Step.VOID: State.VOIDED,
    },
    State.UNKNOWN: {
        Step.LEAVE: State.LEFT,
        Step.HAD_LEFT: State.LEFT,
        Step.STILL_INSIDE: State.ADMITTED,
        Step.CORRECT: State.UNKNOWN,
        Step.VOID: State.VOIDED,
    },
    State.LEFT: {
        Step.PART_STAYED: State.ADMITTED,  # the scan counted all, and only some went out
        Step.CORRECT: State.LEFT,
        Step.VOID: State.VOIDED,
    },
    State.NO_SHOW: {
        Step.COME_AFTER_ALL: State.NO_SHOW,  # as a visit of its own: this one was missed
        Step.CORRECT: State.NO_SHOW,
        Step.VOID: State.VOIDED,
    },
    State.REFUSED: {Step.CORRECT: State.REFUSED, Step.VOID: State.VOIDED},
    State.VOIDED: {},
}
"""Every step that exists. What is not here is refused with ``visit.not_possible``."""


def may(state: State, step: Step) -> bool:
    """Say whether ``step`` exists in ``state``."""
    return step in STEPS[state]


def after(visit: Visit, step: Step) -> State:
    """Return the state after ``step``.

    Raises ``Refused``: ``visit.not_possible`` (with ``step``, ``state``, ``number``), and for
    admitting without the host's yes ``visit.no_yes``. Only a visit that began as an emergency
    enters without one, and having no slip it has none to print again. Nobody stays inside who was
    never let in: what a courier brought was handed over at the gate.
    """
    state = STEPS[visit.state].get(step)
    never_in = step is Step.PART_STAYED and visit.admitted_at is None
    emergency = visit.origin is Origin.EMERGENCY
    if state is None or never_in or (step is Step.REPRINT and emergency):
        raise Refused(
            "visit.not_possible", step=step, state=visit.state, number=spoken(visit.number)
        )
    if step is Step.ADMIT and not has_yes(visit):
        raise Refused("visit.no_yes", answer=visit.answer or "none")
    if step is Step.ENTER_IN_EMERGENCY and not emergency:
        raise Refused("visit.no_yes", answer=visit.answer or "none")
    return state


def refuse_unless(visit: Visit, states: frozenset[State], step: str) -> None:
    """Raise ``Refused("visit.not_possible")`` when the visit is in none of ``states``."""
    if visit.state not in states:
        raise Refused(
            "visit.not_possible", step=step, state=visit.state, number=spoken(visit.number)
        )


def has_yes(visit: Visit) -> bool:
    """Say whether the host has said yes: to the appointment, or now."""
    return visit.answer is Answer.YES


def forget_answer(visit: Visit) -> None:
    """Take the answer out of the visit: it is asked anew."""
    visit.answer = visit.answer_how = visit.answered_at = visit.answer_rung = None
    visit.answer_by = ""


def awaits_slip(visit: Visit) -> bool:
    """Say whether a visitor card closed the visit and its slip is still asked for."""
    by_card = visit.state is State.LEFT and visit.left_how is LeftHow.CARD
    return by_card and visit.return_slip is ReturnSlip.MISSING


def is_off_day(visit: Visit, today: date, now: datetime) -> bool:
    """Say whether the visit is for another day than ``today``, and not at this very time."""
    return visit.day != today and not visit.from_at <= now <= visit.until_at


def spoken(number: int) -> str:
    """Return the number as people say and read it: ``017``; "" before arrival."""
    return f"{number:03}" if number else ""


def listed(day: date, number: int, today: date) -> str:
    """Return the number as lists show it: ``017``; of another day than today ``11-23/017``.

    Numbers begin anew every day, so who stays over midnight would share one with a new visitor.
    """
    shown = spoken(number)
    return f"{day:%m-%d}/{shown}" if shown and day != today else shown


def readable(day: date, number: int) -> str:
    """Return the number that stays unique over the years: ``20261123-017``."""
    return f"{day:%Y%m%d}-{number:03}"


FORMS: Mapping[str, str] = {"": "", "Mr": "Mr", "Ms": "Ms", "先生": "Mr", "女士": "Ms"}
"""Forms of address as they may be typed or imported, and as they are kept; asked, never guessed."""
MOST_PEOPLE = 99
LIMITS: Mapping[str, int] = {
    "name": 40, "unit": 60, "matter": 80, "goods": 80, "area": 40, "phone": 20,
    "companions": 400, "note": 80, "plate": 20, "besides": 80,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Details:
    """What a visitor says about the visit. ``id_number`` is used and forgotten, never kept.

    ``name`` is the leader's where several come; ``companions`` has the names of those who are
    known, the others are named at arrival. ``note`` is for the desk alone, never printed. With a
    ``plate`` the party comes in a vehicle. ``lane`` is the code of the kind of visit, ``besides``
    what that kind asks besides.
    """

    name: str
    matter: str
    form: str = ""
    unit: str = ""
    phone: str = ""
    people: int = 1
    goods: str = ""
    area: str = ""
    id_number: str = ""
    companions: str = ""
    note: str = ""
    plate: str = ""
    lane: str = ""
    besides: str = ""


def checked(details: Details, needed: Sequence[str] = ("name", "matter")) -> Details:
    """Return the details cleaned of everything that cannot be shown or printed.

    ``needed`` are the fields that must say something; a name is always needed. Raises ``Refused``
    with the ``field`` it is about: ``visit.field_missing``, ``visit.field_too_long``,
    ``visit.name_unreadable``, ``visit.form_unknown``, ``visit.people_count``,
    ``visit.companions_many``, ``visit.phone_unlikely`` and those of ``id_number``.
    """
    words = {field: one_text(field, getattr(details, field)) for field in LIMITS}
    for field in (*needed, "name"):
        if not str(words.get(field, getattr(details, field))).strip():
            raise Refused("visit.field_missing", field=field)
    if REPLACEMENT in words["name"] or not any(map(str.isalpha, words["name"])):
        raise Refused("visit.name_unreadable", field="name")
    form = FORMS.get(details.form.strip())
    if form is None:
        raise Refused("visit.form_unknown", field="form")
    if not 1 <= details.people <= MOST_PEOPLE:
        raise Refused("visit.people_count", field="people", most=MOST_PEOPLE)
    words["phone"] = phone_number(words["phone"])
    words["plate"] = plates.plate(words["plate"])
    words["companions"] = "、".join(companion_names(words["companions"], details.people))
    number = id_number(details.id_number)
    lane = details.lane
    return Details(form=form, people=details.people, id_number=number, lane=lane, **words)


def one_text(field: str, text: str) -> str:
    """Return what was typed in a field, cleaned.

    Too long a text is refused, because a cut name is another name: ``visit.field_too_long``.
    """
    limit = LIMITS[field]
    shown = clean(text, limit + 1)
    if len(shown) > limit:
        raise Refused("visit.field_too_long", field=field, most=limit)
    return shown if field == "name" else legible(shown, limit)


_BETWEEN_NAMES = re.compile(r"[、，,;；/]")


def companion_names(text: str, people: int) -> tuple[str, ...]:
    """Return the names in ``text`` of who comes along with the leader of ``people``.

    Raises ``Refused("visit.companions_many")`` for more names than people.
    """
    names = names_in(text)
    if len(names) >= people and names:
        raise Refused("visit.companions_many", field="companions", names=len(names), people=people)
    return names


def names_in(text: str) -> tuple[str, ...]:
    """Return each name in ``text``; Chinese ones may be parted by spaces too, others have them."""
    parted = _BETWEEN_NAMES.sub("、", text)
    if not re.search(r"[a-zA-Z]", parted):
        parted = re.sub(r"\s+", "、", parted.strip())
    return tuple(name.strip() for name in parted.split("、") if name.strip())


_PHONE = re.compile(r"\+?\d{3,15}").fullmatch


def phone_number(text: str) -> str:
    """Return a phone number without its spaces and dashes, "" for none.

    Raises ``Refused("visit.phone_unlikely")`` for what no telephone could dial.
    """
    number = re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", text))
    if number and not _PHONE(number):
        raise Refused("visit.phone_unlikely", field="phone")
    return number
