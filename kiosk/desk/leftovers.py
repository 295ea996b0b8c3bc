"""Look through every byte of the data folder for words that must not be there any more."""

import mmap
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".pdf"})
_SHORTEST = 2
"""One character stands in too many other words to say whose it is."""


def files_of(folder: Path) -> Iterator[Path]:
    """Yield every file of the folder and those beneath it, but no link that leads elsewhere."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def pictures(folder: Path) -> list[Path]:
    """Return the files in which no word can be looked for."""
    return [path for path in files_of(folder) if path.suffix.lower() in _PICTURES]


def holding(folder: Path, words: Iterable[str]) -> list[Path]:
    """Return the files that hold one of ``words`` in UTF-8; words of one character are not asked.

    Raises ``OSError`` for a file that cannot be read.
    """
    asked = {word.encode() for word in words if len(word) >= _SHORTEST}
    if not asked:
        return []
    any_of = re.compile(b"|".join(map(re.escape, sorted(asked))))
    return [path for path in files_of(folder) if _holds(path, any_of)]


def _holds(path: Path, any_of: re.Pattern[bytes]) -> bool:
    with path.open("rb") as file:
        if not path.stat().st_size:
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return any_of.search(content) is not None
