"""Who had a thing, page by page, on its card: one page is read, however long it was lent."""

from collections.abc import Sequence

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Loan
from kiosk.desk.words import _
from kiosk.keys.card import Past
from kiosk.keys.screens_card_words import history_columns, history_row
from kiosk.ui.row_list import RowList


class PastLoans(RowList, can_focus=False):
    """The loans of one thing, the last ones first."""

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._past: Sequence[Past] = ()
        self._turned: list[Loan] = []
        """The last loan of each page before this one."""

    @property
    def after(self) -> Loan | None:
        """The loan this page comes after; None for the newest page."""
        return self._turned[-1] if self._turned else None

    @property
    def has_earlier(self) -> bool:
        """Say whether there are more loans than stand here."""
        return len(self._past) > self.page

    @property
    def has_later(self) -> bool:
        """Say whether this is not the newest page."""
        return bool(self._turned)

    def tell(self, desk: Desk, past: Sequence[Past]) -> None:
        """Show one page; ``past`` is at least one loan longer, when there are more."""
        self._past = past
        self.empty = _("Nobody has had it yet.")
        self.show([history_row(desk, one) for one in past], history_columns())

    def turn(self, by: int) -> bool:
        """Go one page to the earlier ones (1) or back (-1); False where there is none.

        The page is to be read then, from what comes ``after``.
        """
        if by > 0 and self.has_earlier:
            self._turned.append(self._past[self.page - 1].loan)
            return True
        if by < 0 and self.has_later:
            self._turned.pop()
            return True
        return False
