"""The roll call on paper: by area and host, the uncertain apart, what is out, lines to write on.

It is read in the open, in the dark, with a pen: few words a line, a box to tick before each.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from kiosk.desk.desk import Desk
from kiosk.desk.freshness import Age, Part
from kiosk.desk.inside import Inside
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import (
    BlankLines,
    Heading,
    Line,
    Notice,
    Rule,
    SignatureLine,
    Space,
    Spread,
    Table,
    Text,
    Title,
)
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.roll_call.models import RollKind
from kiosk.roll_call.rules import Census
from kiosk.roll_call.words import Said, kind_word

SHEET = "rollcall.list"
"""The kind of paper, as the spool calls it."""

_BLANK_LINES = 6
_THREE, _TWO = (40, 40, 20), (55, 45)


def roll_sheet(
    desk: Desk, now: datetime, number: str, kind: RollKind, inside: Census,
    parts: Sequence[Part] = (),
) -> Slip:  # fmt: skip
    """Return the list of everybody inside at ``now`` (aware); ``parts`` are the other desks'."""
    lines = (
        *_head(desk, now, number, kind, inside),
        *_fresh(desk, parts),
        *_areas(inside.certain),
        *_uncertain(inside),
        *_things(inside.things),
        Heading(pgettext("roll", "Not on the list")),
        BlankLines(_BLANK_LINES),
        SignatureLine(pgettext("roll", "Counted by"), _("Time")),
    )
    return Slip(SHEET, number, lines)


def _head(
    desk: Desk, now: datetime, number: str, kind: RollKind, inside: Census
) -> Iterator[Line]:  # fmt: skip
    local = desk.local(now)
    yield Title(pgettext("roll", "Roll call"), f"{number}  {local:%Y-%m-%d %H:%M}")
    if kind is RollKind.REAL:
        yield Notice(kind_word(kind))
    else:
        yield Text(kind_word(kind), bold=True)
    yield Spread(
        _people(inside.people),
        pgettext("roll", "visitors {n}").format(n=inside.visitors),
        pgettext("roll", "uncertain {n}").format(n=inside.doubtful),
    )
    yield Rule(heavy=True)
    if not inside.certain and not inside.uncertain:
        yield Text(_("Nobody is inside."))


def _fresh(desk: Desk, parts: Sequence[Part]) -> Iterator[Line]:
    """Say up to when each other desk's part is known; one not heard of for long stands in black."""
    stale = [one for one in parts if one.age is Age.STALE]
    for one in parts:
        if one not in stale:
            yield Text(one.told(desk), bold=one.age is Age.OLD)
    for one in stale:
        yield Notice(_("Ask there: {part}").format(part=one.told(desk)))


def _people(n: int) -> str:
    return ngettext("{n} person inside", "{n} people inside", n).format(n=n)


def _areas(certain: Sequence[Inside]) -> Iterator[Line]:
    for area, group in groupby(certain, key=lambda one: one.area):
        people = list(group)
        yield Heading(area or pgettext("roll", "Area unknown"), str(sum(p.people for p in people)))
        yield Table(_THREE, tuple(_row(one) for one in people), tick=True)


def _row(one: Inside) -> tuple[str, ...]:
    return counted(one), " ".join(part for part in (one.host, one.unit) if part), numbered(one)


def numbered(one: Inside | Said) -> str:
    """Return the number, and the gate they came in at where that is another desk's."""
    return f"{one.number} {one.gate}".rstrip()


def counted(one: Inside) -> str:
    """Return the name, with how many they are where that is more than one."""
    if one.people == 1:
        return one.name
    return pgettext("roll", "{name} ({n} people)").format(name=one.name, n=one.people)


def _uncertain(inside: Census) -> Iterator[Line]:
    if not inside.uncertain:
        return
    yield Notice(pgettext("roll", "Uncertain: perhaps inside, look for them too"))
    rows = tuple((counted(one), _why(one), numbered(one)) for one in inside.uncertain)
    yield Table(_THREE, rows, tick=True)


def _why(one: Inside) -> str:
    return " ".join(part for part in (_(one.doubt), one.area, one.host) if part)


def _things(things: Sequence[Inside]) -> Iterator[Line]:
    yield Heading(pgettext("roll", "Keys and things out"), str(len(things)))
    if things:
        yield Table(_TWO, tuple((one.name, one.host) for one in things))
    else:
        yield Text(pgettext("roll", "Nothing is out."))
    yield Space()
