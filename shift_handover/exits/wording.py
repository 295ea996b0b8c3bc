"""The words for the exits, made at the edge in the language spoken now."""

from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.posts import on_duty
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from shift_handover.exits import relief
from shift_handover.exits.models import Counted
from shift_handover.exits.rules import Turn
from shift_handover.exits.words import COUNTED
from shift_handover.wording_parts import joined, labelled


def counted_word(counted: Counted) -> str:
    """Return what was counted."""
    return _(COUNTED[counted])


def count_line(expected: int | None, found: int) -> str:
    """Return a count beside what the book expects, and whether they agree."""
    if expected is None:
        return _("{found}, counted for the first time").format(found=found)
    words = (
        _("{found}, as the book says")
        if found == expected
        else _("{found}, but the book says {expected}")
    )
    return words.format(found=found, expected=expected)


def outside_words(turn: Turn | None, now: datetime, desk: Desk) -> str:
    """Return that somebody works outside his shift, "" inside it or where the site names none."""
    if turn is None or not turn.is_outside(now):
        return ""
    begins, ends = (desk.local(one).strftime("%H:%M") for one in (turn.begins, turn.ends))
    words = _("outside the shift {name} ({begins} to {ends})")
    return words.format(name=turn.name, begins=begins, ends=ends)


def late_words(late_min: int) -> str:
    """Return how late the relief came."""
    return _("{n} min after the time").format(n=late_min) if late_min else _("in time")


def standing_words(desk: Desk, book: Book) -> str:
    """Return who is on the post outside his shift, and who is beside him; "" for nothing odd."""
    held = on_duty(book, desk.gate)
    if held is None:
        return ""
    duty, holder = held
    outside = outside_words(relief.turn(desk, duty), desk.clock(), desk)
    said = labelled(holder.name, outside) if outside else ""
    beside = [person.name for _row, person in relief.beside(book, desk.gate)]
    names = pgettext("between parts", ", ").join(beside)
    return joined(said, _("beside: {names}").format(names=names) if names else "")
