"""The facts of one pass as they stand above its lines."""

from textual.content import Content

from kiosk.desk.desk import Desk
from kiosk.desk.words import _, pgettext
from kiosk.passes.models import State
from kiosk.passes.reading import PassShown, day_and_hour
from kiosk.passes.wording import back_word, state_word
from kiosk.ui import palette
from kiosk.ui.row_list import Column
from kiosk.ui.words_on_screen import fitted, lines, plain, row

_LABEL = 14
_COLOURS = {State.VALID: palette.GOOD, State.OUT: palette.AMBER, State.WAITING: palette.AMBER}


def facts_of(desk: Desk, one: PassShown) -> Content:
    """Return number and state, who carries it and what for, whose yes, and the days."""
    state = plain(state_word(one.state), f"bold {_COLOURS.get(one.state, palette.RED)}")
    title = plain(_("Pass {number}").format(number=one.number), f"bold {palette.TEXT}")
    facts = [
        (pgettext("pass", "Carried by"), one.carrier),
        (pgettext("pass", "What for"), one.purpose),
        (pgettext("pass", "Asked for by"), f"{one.asker.name} {day_and_hour(desk, one.asked_at)}"),
        (
            pgettext("pass", "Approved by"),
            f"{one.approver} {day_and_hour(desk, one.approved_at)}".strip(),
        ),
        (
            pgettext("pass", "Released by"),
            f"{one.used_by} {day_and_hour(desk, one.used_at)}".strip(),
        ),
        (_("Valid until"), f"{one.valid_until:%Y-%m-%d}" if one.valid_until else ""),
        (pgettext("pass", "Back on"), back_word(one.back_on)),
        (pgettext("pass", "Why"), one.reason),
    ]
    told = [
        row(Content.styled(fitted(label, _LABEL), palette.MUTED), plain(value, palette.TEXT))
        for label, value in facts
        if value
    ]
    return lines(row(title, state), *told)


def columns(state: State | None) -> tuple[Column, ...]:
    """Return the columns of a pass's lines: what it says, and what moves now."""
    limit = pgettext("pass", "Still out") if state is State.OUT else pgettext("pass", "On the pass")
    moves = state in {State.VALID, State.OUT}
    now = pgettext("pass", "Now") if moves else pgettext("pass", "Went out")
    return (
        Column("", 2), Column("", 1), Column(pgettext("pass", "What"), share=3),
        Column(pgettext("pass", "Serial no."), share=2), Column(limit, 11, right=True),
        Column(now, 8, right=True),
    )  # fmt: skip
