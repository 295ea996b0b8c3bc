"""The visitors' list: who stands where in it, its rows and columns, and what it counts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from textual.content import Content

from kiosk.desk.desk import Desk
from kiosk.desk.site_desks import shortened
from kiosk.desk.words import _, ngettext
from kiosk.ui import palette
from kiosk.ui.ages import hour
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow
from kiosk.ui.words_on_screen import plain, row
from visitors.cards import VisitCard
from visitors.models import ReturnSlip, State
from visitors.reports import no_show
from visitors.screens_ladder_words import clock_of
from visitors.screens_watch import marked
from visitors.screens_words import lateness, tone_of
from visitors.wording import named, state_word

_ORDER = {
    State.WAITING: 0, State.HOST_ASKED: 0, State.EXPECTED: 1, State.ADMITTED: 2,
    State.ASSUMED_LEFT: 3, State.UNKNOWN: 4, State.LEFT: 4, State.REFUSED: 5, State.VOIDED: 5,
    State.NO_SHOW: 5,
}  # fmt: skip
_SLIP_MISSING = 3
_OVER = frozenset({State.LEFT, State.REFUSED, State.VOIDED, State.NO_SHOW})


def rank(visit: VisitCard) -> tuple[int, datetime]:
    """Return the place in the list: who waits first, then expected, inside, and what is over."""
    place = _ORDER[visit.state]
    if visit.return_slip is ReturnSlip.MISSING:
        place = _SLIP_MISSING
    return place, visit.arrived_at or visit.from_at


def columns(visits: Sequence[VisitCard]) -> tuple[Column, ...]:
    """Return the columns of the visitors' list; at 80 cells matter and end are left out."""
    number = max([4, *(len(visit.listed) for visit in visits)])
    return (
        Column(_("No."), number, keep=9),
        Column(_("Time"), 5, keep=7),
        Column(_("Until"), 5, keep=3),
        Column(_("Visitor"), 14, keep=9),
        Column(_("Unit"), share=1, keep=5),
        Column(_("Host"), 10, keep=8),
        Column(_("Matter"), 18, keep=4),
        Column(_("State"), 20, keep=7),
    )


def list_row(desk: Desk, visit: VisitCard) -> ListRow:
    """Return one line of the visitors' list."""
    late = lateness(desk, visit)
    tone = Tone.AMBER if late else tone_of(visit)
    over = visit.state in _OVER and tone is None
    said = no_show(desk, visit) or late or clock_of(desk, visit) or _state(visit)
    said = marked(_at_gate(said, visit), visit)
    start = visit.admitted_at or visit.arrived_at or visit.from_at
    end = visit.left_at or visit.until_at
    shown = (
        visit.listed, hour(start, desk.zone), hour(end, desk.zone), " ".join(named(visit)),
        "" if visit.unit == visit.name else visit.unit,
        visit.host.address if visit.host_named else "", visit.about, said,
    )  # fmt: skip
    colour = palette.MUTED if over else palette.TEXT
    if tone in {Tone.AMBER, Tone.RED}:
        colour = palette.COLOUR[tone]
    return ListRow(shown, key=visit.id, colour=colour, bar=palette.COLOUR[tone] if tone else "")


def _at_gate(said: str, visit: VisitCard) -> str:
    """Put the other gate of the site that he comes or came to before it, while that matters."""
    if not visit.at_gate or visit.state in _OVER:
        return said
    return _("{gate}: {state}").format(gate=shortened(visit.at_gate), state=said)


def _state(visit: VisitCard) -> str:
    """Return where the visit stands; one of another day has no number, so its day stands here."""
    other_day = visit.state is State.NO_SHOW or visit.off_day
    day = f"{visit.words.day:%m-%d}" if other_day else ""
    return f"{state_word(visit)} {day}".rstrip()


def one_line(visit: VisitCard) -> str:
    """Return a visit in one line, to tell it from another of the same number."""
    parts = (visit.listed, " ".join(named(visit)), visit.unit, visit.host.address)
    return " ".join(part for part in parts if part)


def count_line(visits: list[VisitCard]) -> Content:
    """Return how many wait, are expected and are inside."""
    waiting = [v for v in visits if v.state in {State.WAITING, State.HOST_ASKED}]
    expected = [v for v in visits if v.state is State.EXPECTED]
    inside = [v for v in visits if v.state is State.ADMITTED]
    people = sum(visit.remaining for visit in inside)
    groups = ngettext("{n} visit", "{n} visits", len(inside)).format(n=len(inside))
    persons = ngettext("{n} person", "{n} people", people).format(n=people)
    return row(
        _count(_("Waiting"), str(len(waiting)), palette.AMBER if waiting else palette.TEXT),
        _count(_("Expected"), str(len(expected)), palette.TEXT),
        _count(_("Inside"), f"{groups} {persons}" if inside else "0", palette.TEXT),
        gap=4,
    )


def kept_line(typed: str, kept: Mapping[str, str]) -> Content | None:
    """Return under which number those are kept whom two gates gave one each; None for nobody."""
    if not kept:
        return None
    words = _("Number {number} is kept under {other} now")
    return plain(words.format(number=typed, other=", ".join(kept.values())), palette.AMBER)


def _count(word: str, count: str, colour: str) -> Content:
    return row(plain(word, palette.MUTED), plain(count, f"bold {colour}"), gap=1)
