"""A stock-take in words: the counts, what a tap turned out to be, what differs."""

from textual.content import Content

from kiosk.desk.desk import Desk
from kiosk.desk.stock import Seen
from kiosk.desk.words import _, pgettext
from kiosk.keys.screens_board_rows import day_hour
from kiosk.keys.stock_standing import SEEN_NAMES, Difference, Standing
from kiosk.ui import palette
from kiosk.ui.big_name import big_name
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row

_TAIL = 4
_TONE = {
    Seen.PRESENT: Tone.GOOD,
    Seen.BLOCKED: Tone.INFO,
    Seen.DOUBLE: Tone.INFO,
    Seen.YET_OUT: Tone.AMBER,
    Seen.LOST_YET_HERE: Tone.AMBER,
    Seen.UNKNOWN: Tone.RED,
}


def large_count(now: Standing, width: int, height: int) -> Content:
    """Return how many were seen of how many, large enough to be read from two metres."""
    colour = palette.TEXT if now.missing else palette.GOOD
    drawn = big_name(f"{now.present}/{now.expected}", max(1, width), max(1, height))
    return lines(*[Content.styled(line, f"bold {colour}") for line in drawn])


def counts(desk: Desk, now: Standing) -> Content:
    """Return which count it is, and how many were seen of how many."""
    by_hand = _("{n} by hand").format(n=now.by_hand) if now.by_hand else ""
    at = now.take.finished_at or now.take.began_at
    words = _("finished {at}") if now.take.finished_at else _("begun {at}")
    here = _("{present} of {expected} are here")
    title = row(
        plain(_("Stock-take"), f"bold {palette.TEXT}"),
        plain(now.take.number, f"bold {palette.TEXT}"),
        plain(words.format(at=day_hour(desk, at)), palette.MUTED),
    )
    said = row(
        plain(
            here.format(present=now.present, expected=now.expected),
            f"bold {palette.TEXT if now.missing else palette.GOOD}",
        ),
        plain(by_hand, palette.MUTED),
    )
    return lines(title, said)


def last_line(now: Standing, last: tuple[Seen, str, str] | None, *, asked: bool) -> Content:
    """Return what was tapped last, what a second Enter does, or how it ended; on lines below."""
    return Content("\n\n") + _last(now, last, asked=asked)


def _last(now: Standing, last: tuple[Seen, str, str] | None, *, asked: bool) -> Content:
    if now.take.finished_at is not None:
        return _ended(now)
    if asked:
        words = _("{n} missing, {m} differ. Enter once more finishes the count.")
        said = words.format(n=now.missing, m=len(now.differing))
        return plain(said, f"bold {palette.AMBER}")
    if last is None:
        return plain(_("Tap the tag of every thing that hangs here."), palette.MUTED)
    seen, label, holder = last
    colour, sign = palette.COLOUR[_TONE[seen]], palette.SIGN[_TONE[seen]]
    told = _(SEEN_NAMES[seen])
    what = row(
        plain(label, f"bold {palette.TEXT}"),
        plain(f"{sign} {told}", f"bold {colour}"),
    )
    return lines(what, plain(_what_to_do(seen, holder), palette.AMBER))


def _ended(now: Standing) -> Content:
    if now.agrees:
        return plain(_("The count agrees."), f"bold {palette.GOOD}")
    words = _("The count does not agree: {n} missing, {m} differ. It stands on the handover.")
    return plain(words.format(n=now.missing, m=len(now.differing)), f"bold {palette.AMBER}")


def _what_to_do(seen: Seen, holder: str) -> str:
    match seen:
        case Seen.YET_OUT:
            return _("{holder} has it by the book. B takes it back.").format(holder=holder)
        case Seen.LOST_YET_HERE:
            return _("B says it is found again.")
        case Seen.UNKNOWN:
            return _("Lay it aside: after the count, F4, N.")
    return ""


def tapped_verdict(seen: Seen, label: str, holder: str) -> Verdict:
    """Return the answer to one tag."""
    more = _what_to_do(seen, holder)
    return Verdict(_TONE[seen], _(SEEN_NAMES[seen]), name=label, lines=(more,) if more else ())


def missing_columns() -> tuple[Column, ...]:
    """Return the columns of what is missing."""
    return (
        Column(pgettext("key", "Key"), share=1, keep=9, least=14),
        Column(pgettext("key", "Place"), share=1, keep=8, least=10),
        Column(pgettext("key", "Kind"), 18, keep=2),
    )


def differing_columns() -> tuple[Column, ...]:
    """Return the columns of what differs."""
    return (
        Column(pgettext("key", "Key"), share=1, keep=9, least=14),
        Column(_("Why it differs"), 18, keep=9),
        Column(_("Who has it"), 10, keep=5),
    )


def difference_row(one: Difference) -> ListRow:
    """Return a difference as a line; an unknown tag is named by its last digits."""
    label = one.thing.label if one.thing is not None else f"..{one.tag[-_TAIL:]}"
    colour = palette.COLOUR[_TONE[one.seen]]
    cells = (label, _(SEEN_NAMES[one.seen]), one.holder)
    return ListRow(cells, key=one, colour=colour, bar=colour, faint=(2,))
