"""The questions of a roll call. While one is open, badges and slips go on marking behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk.desk.bearer import Bearer
from kiosk.desk.words import Words, _
from kiosk.ui.dialogs import AskText, Choose

_LONGEST_NAME = 40


class Marks(Protocol):
    """The screen behind the question."""

    def accepts(self, bearer: Bearer) -> bool:
        """Say whether the card marks somebody."""

    async def take_card(self, bearer: Bearer) -> None:
        """Mark whose card it is."""

    async def take_code(self, text: str) -> bool:
        """Mark whose slip it is."""


class _StillMarking:
    """Hands cards and codes on to the roll call: nobody's tap there is a sign-out."""

    behind: Marks

    def accepts(self, bearer: Bearer) -> bool:
        """Take what the roll call takes."""
        return self.behind.accepts(bearer)

    async def take_card(self, bearer: Bearer) -> None:
        """Mark whose card it is."""
        await self.behind.take_card(bearer)

    async def take_code(self, text: str) -> bool:
        """Mark whose slip it is."""
        return await self.behind.take_code(text)


class AskName(_StillMarking, AskText):
    """Who is here and stands on no list."""

    def __init__(self, behind: Marks) -> None:
        super().__init__(
            lambda: _("Somebody who is not on the list"),
            lambda: _("Name"),
            limit=_LONGEST_NAME,
        )
        self.behind = behind


class AskHowMany(_StillMarking, AskText):
    """How many of a group are here."""

    def __init__(self, behind: Marks, name: str, people: int) -> None:
        super().__init__(
            lambda: _("How many of {name}'s {n} are here?").format(name=name, n=people),
            lambda: _("People"),
            limit=3,
        )
        self.behind = behind


class ChooseOne(_StillMarking, Choose):
    """Choose one of a few while taps go on marking."""

    def __init__(self, behind: Marks, title: Words, choices: Sequence[tuple[str, Words]]) -> None:
        super().__init__(title, choices)
        self.behind = behind
