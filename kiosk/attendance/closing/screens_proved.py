"""Screens that are read after badge and PIN, and that do not stay open when nobody touches them."""

from collections.abc import Callable
from typing import Any

from textual import on
from textual.events import ScreenSuspend
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from kiosk.desk.people import Person
from kiosk.desk.signing import Proof
from kiosk.desk.words import Words
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.row_list import RowList
from kiosk.ui.screen import KioskScreen


class ProveThen(AskProof):
    """Ask for badge and PIN, then open what ``opens`` makes of the proof.

    ``check`` raises ``Refused`` for who may not: it is said where the PIN was typed.
    """

    def __init__(
        self, title: Words, help_line: Words, opens: Callable[[Proof], Screen[Any]],
        check: Callable[[Person], object], may: Callable[[Person], bool] = lambda _person: True,
    ) -> None:  # fmt: skip
        super().__init__(title, help_line, may=may)
        self._opens, self._check_person = opens, check
        self._proved: Proof | None = None

    async def _check(self, pin: Input) -> None:
        app = self.app
        await super()._check(pin)
        if self._proved is not None:
            app.push_screen(self._opens(self._proved))

    async def _prove(self, staff_no: str, pin: str) -> Proof:
        proof = await super()._prove(staff_no, pin)
        self._check_person(proof.person)
        self._proved = proof
        return proof


class Fleeting(KioskScreen):
    """A screen that closes by itself when nobody touches it for ``rules.own_month_s`` seconds."""

    _left: Timer | None = None

    def touched(self) -> None:
        """Count from the beginning: somebody is still reading."""
        self.stop_counting()
        self._left = self.set_timer(self.kiosk.desk.rules.own_month_s, self._close)

    def _close(self) -> None:
        self.dismiss()

    async def on_screen_resume(self) -> None:
        """Count anew when coming here or back."""
        await super().on_screen_resume()
        self.touched()

    @on(ScreenSuspend)
    def stop_counting(self) -> None:
        """Count nothing while another screen is in front: that one counts itself."""
        if self._left is not None:
            self._left.stop()
            self._left = None

    def on_row_list_pointed(self, event: RowList.Pointed) -> None:
        """Take an arrow for reading."""
        del event
        self.touched()
