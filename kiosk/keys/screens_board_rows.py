"""A line of the board, its columns, and the counts that are its filters."""

from datetime import datetime

from textual.content import Content

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Loan, ThingState
from kiosk.desk.outstanding import Urgency
from kiosk.desk.safe_text import cells
from kiosk.desk.words import _, pgettext
from kiosk.keys import rules
from kiosk.keys.board import KIND_NAMES, STATE_NAMES, OnBoard
from kiosk.keys.board_pages import Show, Tally
from kiosk.keys.elsewhere import HERE, Where
from kiosk.ui import palette
from kiosk.ui.ages import hour, span
from kiosk.ui.row_list import Column, ListRow
from kiosk.ui.words_on_screen import plain, row

_STATE_COLOUR = {
    ThingState.IN_SERVICE: palette.TEXT,
    ThingState.BLOCKED: palette.AMBER,
    ThingState.LOST: palette.RED,
    ThingState.RETIRED: palette.MUTED,
}


_WHO = 18
"""Cells for a name, or for the desk at which a thing is and that it is not confirmed."""


def columns(show: Show) -> tuple[Column, ...]:
    """Return the columns; a reservation has a beginning and an end instead of out and due."""
    since, due = pgettext("key", "Since"), pgettext("key", "Due")
    if show is Show.RESERVED:
        since, due = pgettext("booking", "From"), pgettext("booking", "Until")
    who = _("Reserved for") if show is Show.RESERVED else _("Who has it")
    return (
        Column(pgettext("key", "Key"), 25, keep=9),
        Column(who, _WHO, keep=9),
        Column(since, 11, keep=6),
        Column(due, 12, keep=8),
        Column(pgettext("key", "Kind"), 18, keep=2),
        Column(pgettext("key", "Place"), share=1, keep=3),
    )


def row_of(desk: Desk, one: OnBoard, now: datetime, at: Where = HERE) -> ListRow:
    """Return a thing as the board's line; its key is the thing's id.

    ``at`` says at which other desk it is; what was taken in there is nobody's any more.
    """
    elsewhere = at.told()
    kind, place = _(KIND_NAMES[one.thing.kind]), elsewhere or one.thing.place
    label, thing_id = one.thing.label, one.thing.id
    if one.booking is not None:
        times = day_hour(desk, one.booking.from_at), day_hour(desk, one.booking.until_at)
        return ListRow((label, one.holder_name, *times, kind, place), key=thing_id, faint=(4, 5))
    if one.loan is None:
        colour = _STATE_COLOUR[one.thing.state]
        in_service = one.thing.state is ThingState.IN_SERVICE
        stands = elsewhere if elsewhere and in_service else _(STATE_NAMES[one.thing.state])
        shown = (label, stands, "", "", kind, place)
        bar = "" if in_service else colour
        faint = (4, 5) if bar else (1, 4, 5)
        return ListRow(shown, key=thing_id, colour=colour, bar=bar, faint=faint)
    if at.unconfirmed:
        shown = (label, elsewhere, day_hour(desk, one.loan.out_at), "", kind, place)
        return ListRow(shown, key=thing_id, colour=palette.AMBER, bar=palette.AMBER, faint=(4, 5))
    urgency = urgency_of(desk, one.loan, now)
    colour = palette.URGENCY_COLOUR[min(urgency, Urgency.SOON)]
    shown = (
        label, one.holder_name, day_hour(desk, one.loan.out_at),
        back_word(desk, one.loan, now), kind, place,
    )  # fmt: skip
    bar = palette.INFO if urgency >= Urgency.SOON else palette.URGENCY_COLOUR[urgency]
    return ListRow(shown, key=thing_id, colour=colour, bar=bar, faint=(4, 5))


def urgency_of(desk: Desk, loan: Loan, now: datetime) -> Urgency:
    """Return how urgent an open loan is; a permanent one is only when it is called back."""
    return rules.loan_urgency(loan, now, desk.rules)


def back_word(desk: Desk, loan: Loan, now: datetime) -> str:
    """Return when an open loan must be back: that it is called back, or as ``due_word`` says."""
    return _("called back") if rules.called_back(loan, now) else due_word(desk, loan.due_at, now)


def due_word(desk: Desk, due_at: datetime | None, now: datetime) -> str:
    """Return when a loan is due, how late it is, or that it is permanent."""
    if due_at is None:
        return _("permanent")
    if due_at <= now:
        return _("late {span}").format(span=span(now - due_at))
    return day_hour(desk, due_at)


def day_hour(desk: Desk, at: datetime | None) -> str:
    """Return the local hour, with the day when it is not today; "" for no moment."""
    if at is None:
        return ""
    local = desk.local(at)
    if local.date() == desk.today():
        return hour(at, desk.zone)
    return local.strftime("%m-%d %H:%M")


def filters(tally: Tally, shown: Show, width: int) -> Content:
    """Return the counts, each behind the digit that shows only those things, in ``width`` cells."""
    ledger = tally.ledger
    parts = (
        (Show.ALL, _("all"), ledger.all, palette.TEXT),
        (Show.OUT, _("out"), ledger.out, palette.TEXT),
        (Show.OVERDUE, _("overdue"), tally.overdue, palette.AMBER),
        (Show.AWAY, _("lost, blocked"), ledger.lost + ledger.blocked, palette.AMBER),
        (Show.RESERVED, _("reserved"), tally.reserved, palette.TEXT),
    )
    drawn = [
        _filter(str(digit), words, count, colour if count else palette.MUTED, lit=show is shown)
        for digit, (show, words, count, colour) in enumerate(parts, 1)
    ]
    here = plain(_("{n} on the board").format(n=ledger.on_board), palette.MUTED)
    for gap, first in ((3, [here]), (2, [here]), (2, []), (1, [])):
        line = row(*first, *drawn, gap=gap)
        if cells(line.plain) <= width:
            break
    return line


def _filter(digit: str, words: str, count: int, colour: str, *, lit: bool) -> Content:
    style = f"bold reverse {colour}" if lit else colour
    return row(plain(digit, f"bold {palette.INFO}"), plain(f"{words} {count}", style), gap=1)
