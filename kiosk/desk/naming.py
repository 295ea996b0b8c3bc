"""Where else somebody's name was typed by hand, for who erases a visitor: found, never erased.

Two people may have one name, and a register must not lose a line because of a namesake: what is
found is told by number, and the office decides.
"""

from collections.abc import Iterable

from kiosk.desk.transaction import Book


def numbers_naming(
    book: Book, name: str, rows: Iterable[tuple[str, Iterable[str]]]
) -> list[str]:  # fmt: skip
    """Return the number of each row one of whose sealed words contains ``name``, once, in order.

    ``rows`` gives each row's number and its sealed words; erased ones name nobody. An empty name
    is in no words.
    """
    if not name.strip():
        return []
    found = (
        number for number, sealed in rows if any(name in book.read_sealed(one) for one in sealed)
    )
    return list(dict.fromkeys(found))
