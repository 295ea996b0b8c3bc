"""Where a thing goes that nobody signs for; a colleague is never taken for a place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from textual.app import App

from kiosk.desk.loans import Thing
from kiosk.desk.words import Words, _
from kiosk.keys import places
from kiosk.keys.meant import Meant, who_is_meant
from kiosk.keys.screens_word import warned
from kiosk.ui.context import Context
from kiosk.ui.dialogs import AskText, Choose


def who_takes_it(typed: str, meant: Meant) -> Choose:
    """Return the question which colleague is meant, and where nobody is for sure, or a place.

    Its answer is the id of the colleague, or "" for the place.
    """
    choices: list[tuple[str, Words]] = [
        (one.id, partial(str, f"{one.name}  {one.staff_no}")) for one in meant.people
    ]
    if not meant.sure:
        choices.append(("", lambda: _("No colleague, a place: {place}").format(place=typed)))
    return Choose(lambda: _("Who takes it?"), choices)


async def place_for(
    app: App[Any], kiosk: Context, title: Words, things: Sequence[Thing]
) -> str | None:
    """Ask where the things go, and show what should be known first; None when they stay.

    Runs in a worker. Raises ``Refused``: those of ``places.ask_for_place``.
    """
    typed = await app.push_screen_wait(AskText(title, lambda: _("Room or building site")))
    if typed is None or not await _is_place(app, kiosk, typed):
        return None
    asked = places.ask_for_place(kiosk.desk, [one.id for one in things], typed)
    return typed if await warned(app, things, asked) else None


async def _is_place(app: App[Any], kiosk: Context, typed: str) -> bool:
    """Say whether it is a place; False when the question is left."""
    with kiosk.desk.read() as book:
        meant = who_is_meant(book, typed)
    if meant.sure or not meant.people:  # a sure one is refused in words with the rest
        return True
    chosen = await app.push_screen_wait(who_takes_it(typed, meant))
    for person in meant.people:
        if person.id == chosen:
            raise places.is_person(person)
    return chosen is not None
