"""The roll call in words: its head, its large count, and everybody as a line of the list."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from textual.content import Content

from kiosk.desk import names
from kiosk.desk.inside import Inside
from kiosk.desk.safe_text import cells
from kiosk.desk.words import _, pgettext
from kiosk.roll_call.models import Mark, RollCall, RollMark
from kiosk.roll_call.rules import Census, Tally, clock_text
from kiosk.roll_call.slips import counted, numbered
from kiosk.roll_call.standing import Entry, Preview, Standing
from kiosk.roll_call.words import MARK_NAMES, Said, kind_word, said_of
from kiosk.ui import palette
from kiosk.ui.big_name import big_name
from kiosk.ui.row_list import Column, ListRow, number_column
from kiosk.ui.words_on_screen import lines, paragraph, plain, row

_COLOURS = {
    Mark.FOUND: palette.GOOD,
    Mark.NEEDS_HELP: palette.RED,
    Mark.NOT_INSIDE: palette.MUTED,
}
_SIGNS = {Mark.FOUND: "✓", Mark.NEEDS_HELP: "!!", Mark.NOT_INSIDE: "-"}
_NUMBER = 4
"""The cell that holds the number."""
_NOTHING = Content("")
Fits = Callable[[Said], bool]


def columns(shown: Iterable[ListRow]) -> tuple[Column, ...]:
    """Return the columns of the list; a number is followed by its gate where there are several."""
    numbers = (one.cells[_NUMBER] for one in shown if len(one.cells) > _NUMBER)
    return (
        Column("", 2, keep=9),
        Column(_("Name"), share=2, keep=9, least=12),
        Column(_("Area"), share=2, keep=8, least=10),
        Column(pgettext("roll", "Host or room"), share=2, keep=7, least=12),
        number_column(_("No."), numbers, least=9)._replace(keep=5),
        Column(_("Unit"), share=2, keep=3, least=10),
        Column(_("State"), share=2, keep=9, least=18),
    )


def preview_rows(inside: Census, fits: Fits) -> list[ListRow]:
    """Return who is inside while no roll call runs; nothing can be marked there."""
    sure = [_inside_row(one, "", palette.TEXT) for one in inside.certain if fits(said_of(one))]
    doubted = [
        _inside_row(one, "? ", palette.AMBER) for one in inside.uncertain if fits(said_of(one))
    ]
    return [*sure, *_apart(_uncertain_title(), doubted)]


def _inside_row(one: Inside, sign: str, colour: str) -> ListRow:
    told = _(one.doubt) if one.doubt else ""
    shown = (sign, counted(one), one.area, one.host, numbered(one), one.unit, told)
    return ListRow(shown, key=one.ref, colour=colour)


def rows(now: Standing, fits: Fits) -> list[ListRow]:
    """Return everybody: who needs help, who is missing, the uncertain apart, then the marked."""
    shown = [one for one in now.entries if fits(one.said)]

    def part(wanted: Callable[[RollMark], bool]) -> list[ListRow]:
        return [_entry_row(one) for one in shown if wanted(one.mark)]

    return [
        *part(lambda mark: mark.state is Mark.NEEDS_HELP),
        *part(lambda mark: _is_open(mark) and mark.certain),
        *_apart(_uncertain_title(), part(lambda mark: _is_open(mark) and not mark.certain)),
        *_apart(_marked_title(), part(_is_done)),
    ]


def _is_open(mark: RollMark) -> bool:
    """Say whether somebody of this party still has to be found."""
    return mark.state is None or (mark.state is Mark.FOUND and mark.here < mark.people)


def _is_done(mark: RollMark) -> bool:
    return not _is_open(mark) and mark.state is not Mark.NEEDS_HELP


def _uncertain_title() -> str:
    return pgettext("roll", "Uncertain")


def _marked_title() -> str:
    return pgettext("roll", "Marked")


def _apart(title: str, shown: list[ListRow]) -> Iterator[ListRow]:
    """Yield the rows under a line of their own, nothing when there are none."""
    if shown:
        yield ListRow(("", f"{title} {len(shown)}"), colour=palette.INFO)
        yield from shown


def _entry_row(one: Entry) -> ListRow:
    mark, said = one.mark, one.said
    name = said.name
    if mark.people > 1:
        name = pgettext("roll", "{name} ({n} people)").format(name=name, n=mark.people)
    colour, sign = _look(mark)
    shown = (sign, name, said.area, said.host, numbered(said), said.unit, _state(mark, said))
    bar = palette.RED if mark.state is Mark.NEEDS_HELP else ""
    return ListRow(shown, key=mark.id, colour=colour, bar=bar)


def _look(mark: RollMark) -> tuple[str, str]:
    if mark.state is not None and not (mark.state is Mark.FOUND and mark.here < mark.people):
        return _COLOURS[mark.state], _SIGNS[mark.state]
    return (palette.TEXT, "") if mark.certain else (palette.AMBER, "? ")


def _state(mark: RollMark, said: Said) -> str:
    if mark.state is None:
        return _(said.doubt) if said.doubt else ""
    if mark.state is Mark.FOUND and mark.here < mark.people:
        return pgettext("roll", "{n} of {all} found").format(n=mark.here, all=mark.people)
    if mark.added:
        return pgettext("roll", "found, not listed")
    return _(MARK_NAMES[mark.state])


def finder(asked: str) -> Fits:
    """Return what says whether somebody fits what was typed: name, pinyin, area, host, number."""
    typed = asked.strip().lower()

    def fits(said: Said) -> bool:
        plain_words = f"{said.area} {said.host} {said.unit} {said.number}".lower()
        return typed in plain_words or names.matches(
            typed, said.name, *names.pinyin_of(said.name)
        )  # fmt: skip

    return fits if typed else lambda _said: True


# The head.


def large_count(now: Standing | Preview, width: int, height: int) -> Content:
    """Return how many were found of how many, large enough to be read from two metres."""
    if isinstance(now, Preview):
        text, colour = str(now.inside.people), palette.TEXT
    else:
        counts = now.counts
        text = f"{counts.found}/{counts.expected + counts.uncertain + counts.added}"
        colour = palette.TEXT if counts.missing or counts.needs_help else palette.GOOD
    drawn = big_name(text, max(1, width), max(1, height))
    return lines(*[Content.styled(line, f"bold {colour}") for line in drawn])


def head(
    now: Standing | Preview, at: datetime, hour: str, width: int, fresh: Content = _NOTHING
) -> Content:  # fmt: skip
    """Return what stands beside the large count; ``hour`` is when it was printed, local.

    ``fresh`` says how fresh the other desks' parts are, as high as room is sure.
    """
    if isinstance(now, Preview):
        return _under(_preview_head(now, width), fresh)
    if now.roll.ended_at is not None:
        return _under(_ended_head(now, now.roll.ended_at, width), fresh)
    return lines(
        _title(now.roll, clock_text(at - now.roll.began_at), f"bold {palette.AMBER}"),
        _under(_counts(now.counts, width), fresh),
        paragraph(
            _("Scan slips, tap badges: found. Nobody signs in or out by it here."),
            palette.INFO, width,
        ),
        plain(
            pgettext("roll", "List of {hour}; keys out {things}").format(
                hour=hour, things=now.roll.things
            ),
            palette.MUTED,
        ),
    )  # fmt: skip


def _under(told: Content, fresh: Content) -> Content:
    return lines(told, fresh) if fresh.plain else told


def _preview_head(now: Preview, width: int) -> Content:
    inside = now.inside
    told = pgettext("roll", "visitors {v}, staff {s}, uncertain {u}, keys out {k}").format(
        v=inside.visitors, s=inside.people - inside.visitors, u=inside.doubtful,
        k=len(inside.things),
    )  # fmt: skip
    return lines(
        plain(_("Roll call: who is inside now"), f"bold {palette.TEXT}"),
        paragraph(told, palette.TEXT, width),
        paragraph(
            _("Press 3 in a danger, 1 for a drill, 2 for a test: the list is printed at once."),
            f"bold {palette.AMBER}", width,
        ),
    )  # fmt: skip


def _title(roll: RollCall, time: str, style: str) -> Content:
    return row(
        plain(pgettext("roll", "Roll call"), f"bold {palette.TEXT}"),
        plain(roll.number, f"bold {palette.TEXT}"),
        plain(kind_word(roll.kind), f"bold {palette.INFO}"),
        plain(time, style),
    )


def _counts(counts: Tally, width: int) -> Content:
    """Return the counts side by side, broken into lines where they do not fit."""
    parts = list(_told(counts))
    shown: list[list[Content]] = [[]]
    for part in parts:
        if cells(row(*shown[-1], part).plain) > width and shown[-1]:
            shown.append([])
        shown[-1].append(part)
    return lines(*[row(*line) for line in shown])


def _told(counts: Tally) -> Iterable[Content]:
    yield _count(pgettext("roll", "missing {n}"), counts.missing, palette.AMBER)
    yield _count(pgettext("roll", "need help {n}"), counts.needs_help, palette.RED)
    yield _count(pgettext("roll", "found {n}"), counts.found, palette.GOOD)
    yield _count(pgettext("roll", "not in the building {n}"), counts.not_inside, palette.TEXT)
    yield _count(pgettext("roll", "uncertain {n}"), counts.unclear, palette.AMBER)


def _count(template: str, n: int, colour: str) -> Content:
    return plain(template.format(n=n), f"bold {colour}" if n else palette.MUTED)


def _ended_head(now: Standing, ended: datetime, width: int) -> Content:
    took = clock_text(ended - now.roll.began_at)
    return lines(
        _title(now.roll, pgettext("roll", "ended after {time}").format(time=took), palette.TEXT),
        _counts(now.counts, width),
        paragraph(compared(now), palette.INFO, width),
    )


def compared(now: Standing) -> str:
    """Return how the last one of the same kind went, to set this one beside."""
    last = now.last
    if last is None or last.ended_at is None:
        return _("It is the first of its kind: the next one is compared with it.")
    words = _("The last of its kind, {number}: {time}, {found} found, {missing} missing.")
    return words.format(
        number=last.number, time=clock_text(last.ended_at - last.began_at), found=last.found,
        missing=last.missing,
    )  # fmt: skip
