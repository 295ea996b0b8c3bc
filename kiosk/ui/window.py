"""A list as long as the book, of which only the pages that are looked at are ever read."""

from collections.abc import Callable, Sequence
from typing import Any, overload

from kiosk.ui.row_list import ListRow

PAGE = 64


class Window(Sequence[ListRow]):
    """``count`` rows; ``fetch(offset, limit)`` reads some of them the first time they are seen.

    ``place`` says where the row with a key stands now, None when it is not in the list any more:
    asked only when the row under the cursor has moved.
    """

    def __init__(
        self,
        count: int,
        fetch: Callable[[int, int], Sequence[ListRow]],
        place: Callable[[Any], int | None] = lambda _key: None,
    ) -> None:
        self._count, self._fetch, self._place = count, fetch, place
        self._pages: dict[int, Sequence[ListRow]] = {}

    def __len__(self) -> int:
        """Return how many rows the whole list has."""
        return self._count

    @overload
    def __getitem__(self, index: int) -> ListRow: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[ListRow]: ...
    def __getitem__(self, index: int | slice) -> ListRow | Sequence[ListRow]:
        """Return a row, or several; a row that went meanwhile is an empty one."""
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._count))]
        at = index + self._count if index < 0 else index
        if not 0 <= at < self._count:
            raise IndexError(index)
        page, line = divmod(at, PAGE)
        if page not in self._pages:
            self._pages[page] = self._fetch(page * PAGE, PAGE)
        rows = self._pages[page]
        return rows[line] if line < len(rows) else ListRow(())

    def place_of(self, key: Any) -> int | None:  # noqa: ANN401 - a row's key is the feature's own
        """Return where the row with ``key`` stands, None when it is gone."""
        return self._place(key)
