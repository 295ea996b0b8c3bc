"""Who is the last out, what the list asks, and when a list is missing (clause 92). Nothing writes.

A list is text: one of the built-in codes, or the site's own words from ``[last_out]``.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.words import N_, _

ITEMS: Mapping[str, str] = {
    "lights": N_("Lights are off"),
    "air": N_("Air-conditioning is off"),
    "machines": N_("Computers, printers, copiers off"),
    "power": N_("Kettles and other power off"),
    "windows": N_("Every window is shut"),
}
"""What the list asks before the doors, in the order of a walk through the house."""

DOORS: Mapping[str, str] = {
    "office_doors": N_("Office doors are locked"),
    "house_door": N_("The door of the house is locked"),
}
WORDS = 80
"""Characters of a reason or of what was found."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's last tap of a day: ``at`` is UTC, ``inside`` whether it was a sign-in."""

    person_id: str
    inside: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What the leaver says of one item; a ``reason`` is needed for what is not done."""

    item: str
    done: bool
    reason: str = ""


def last_of(stays: Sequence[Stay], together: timedelta) -> tuple[Stay, ...]:
    """Return who left last, newest first; empty while anybody is in or when nobody came.

    Who went out within ``together`` of the very last left with them: both answer.
    """
    if not stays or any(stay.inside for stay in stays):
        return ()
    newest = max(stay.at for stay in stays)
    last = [stay for stay in stays if newest - stay.at <= together]
    return tuple(sorted(last, key=lambda stay: (stay.at, stay.person_id), reverse=True))


def items_of(checks: Collection[str], doors: Collection[str]) -> tuple[str, ...]:
    """Return what the list asks: the site's checks and doors, or the built-in ones, each once."""
    return tuple(dict.fromkeys((*(checks or ITEMS), *(doors or DOORS))))


def item_word(item: str) -> str:
    """Return what an item says in the language spoken now; the site's own words stay."""
    known = ITEMS.get(item) or DOORS.get(item)
    return _(known) if known else item


def checked_answers(answers: Sequence[Answer], items: Sequence[str]) -> tuple[Answer, ...]:
    """Return the answers cleaned, in the order of ``items``.

    Raises ``Refused``: ``lastout.not_all`` (with ``left``), ``lastout.reason_missing`` (with
    ``place`` counted from 1).
    """
    said = {one.item: one for one in answers}
    left = sum(item not in said for item in items)
    if left:
        raise Refused("lastout.not_all", left=left)
    return tuple(_fine(said[item], place) for place, item in enumerate(items, 1))


def _fine(answer: Answer, place: int) -> Answer:
    reason = "" if answer.done else clean(answer.reason, WORDS).strip()
    if not answer.done and not reason:
        raise Refused("lastout.reason_missing", place=place)
    return Answer(answer.item, answer.done, reason)


def needed(text: str, code: str) -> str:
    """Return ``text`` cleaned; raise ``Refused(code)`` when nothing is left of it."""
    said = clean(text, WORDS).strip()
    if not said:
        raise Refused(code)
    return said
