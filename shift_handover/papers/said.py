"""What is said in a sealed handover, opened to look for words and for nothing else."""

import json
import re
from collections.abc import Collection, Iterator

from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Erased
from kiosk.desk.words import _
from shift_handover.models import HANDOVER

_SILENT = frozenset({"record", "ref", "kind", "template", "utc", "urgency", "group", "found"})
"""Names in the sealed record whose values are codes, never words that somebody reads."""

_TEMPLATES = re.compile(r'"template":"([^"\\]*)"').findall


def says_all(book: Book, handover_id: str, notes: Collection[str], words: Collection[str]) -> bool:
    """Say whether every word, in small letters, is in what was frozen, asked or given as reason.

    ``notes`` are the sealed questions of the incoming. Nothing is said where the words were deleted
    or damaged.
    """
    row = book.one(HANDOVER, id=handover_id)
    if row is None:
        return False
    try:
        document = book.unseal(row.document)
        more = [book.read_sealed(text) for text in (row.reason, *notes) if text]
        beside = "\n".join((*more, *map(_, _TEMPLATES(document)))).lower()
        raw = document.lower()
        if not all(word in raw or word in beside for word in words):
            return False
        said = "\n".join((beside, *_texts(json.loads(document)))).lower()
    except (Erased, ValueError):
        return False
    except Refused as refused:
        if refused.code != "sealed.damaged":
            raise
        return False
    return all(word in said for word in words)


def _texts(plain: object, name: str = "") -> Iterator[str]:
    """Yield what people read; a name of the record itself, as ``ref``, is none of it."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, list):
        # A sentence's facts are pairs of a name and what it stands for.
        for part in plain:
            yield from _texts(part[1:] if name == "facts" and isinstance(part, list) else part)
    elif isinstance(plain, dict):
        for key, value in plain.items():
            if key not in _SILENT:
                yield from _texts(value, key)
