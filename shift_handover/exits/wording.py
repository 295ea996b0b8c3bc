"""The words for the exits, made at the edge in the language spoken now."""

from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.posts import on_duty
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from shift_handover.away.rules import Rung
from shift_handover.away.service import AwayShown
from shift_handover.away.wording import place_word
from shift_handover.exits import relief
from shift_handover.exits.models import Counted
from shift_handover.exits.rules import Turn
from shift_handover.exits.words import COUNTED
from shift_handover.wording_parts import joined, labelled, when


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


def away_until(away: AwayShown, desk: Desk) -> str:
    """Return who is away until when (in the site's zone) and where; an emergency says its reason.

    Once the time is over it says when the guard was to be back.
    """
    told = _("{name} is away until {time}: {where}")
    if away.rung is not Rung.RUNNING:
        told = _("{name} was to be back at {time}: {where}")
    where = place_word(away.kind, away.place) or away.why
    return told.format(name=away.person.name, time=when(away.due_at, desk), where=where)
