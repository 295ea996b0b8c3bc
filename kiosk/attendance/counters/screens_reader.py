"""Screens with names on them: they close themselves when their reader has gone."""

from time import monotonic

from textual.events import Key as KeyPressed

from kiosk.desk.people import Person
from kiosk.ui.screen import KioskScreen


class ReaderScreen(KioskScreen):
    """A screen for ``reader`` alone, who proved it by badge and PIN at a desk the guard keeps.

    It closes when the desk locks, and after ``case_shown_s`` without a key.
    """

    def __init__(self, reader: Person) -> None:
        super().__init__()
        self.reader = reader
        self.used_at = monotonic()

    def on_mount(self) -> None:
        """Watch whether somebody still reads."""
        super().on_mount()
        self.set_interval(1, self.look)

    def look(self) -> None:
        """Close when the desk is locked, or nobody has pressed a key for too long."""
        kiosk = self.kiosk
        idle = self.is_active and monotonic() - self.used_at > kiosk.desk.rules.case_shown_s
        if idle or kiosk.operator is None:
            self.dismiss()

    def on_key(self, event: KeyPressed) -> None:
        """Note that somebody reads."""
        del event
        self.used_at = monotonic()

    async def on_screen_resume(self) -> None:
        """Read again; coming back from a question is as good as a key."""
        self.used_at = monotonic()
        await super().on_screen_resume()
        await self.refresh_book()
