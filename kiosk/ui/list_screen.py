"""A screen with one list of the book, read anew whenever somebody comes to it or back."""

from kiosk.ui.row_list import RowList
from kiosk.ui.screen import KioskScreen


class ListScreen(KioskScreen):
    """Says all again after a look into the book and in another language; its list has the keys.

    A subclass lays one ``RowList``, reads the book in ``read_book`` and says it in ``_draw``.
    """

    def _draw(self) -> None:
        """Say what was read, in the language spoken now."""
        raise NotImplementedError

    async def on_screen_resume(self) -> None:
        """Read again when coming here or back."""
        await super().on_screen_resume()
        self.query_one(RowList).focus()
        await self.refresh_book()

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self._draw()
