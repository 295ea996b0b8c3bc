"""What an entry of the journal says happened, in plain words: of the desk itself, of every feature.

The duty log and a look at one entry (``kiosk verify --code``) read it; a code that nobody gave
words has none.
"""

from collections.abc import Mapping
from typing import Any

from kiosk.desk.words import N_, _, filled

FactWords = Mapping[str, Mapping[Any, str]]
"""What the values of a fact are called, by the fact's name: English words marked with ``N_``."""

_DESK: Mapping[str, str] = {
    "post.taken": N_("{person} took the post"),
    "post.left": N_("{person} left the post"),
    "desk.opened": N_("desk opened by {person}"),
    "desk.locked": N_("desk locked"),
    "device.down": N_("{device} does not work"),
    "device.up": N_("{device} works again"),
    "printer.stands_in": N_("slips come out of {printer} instead of {instead_of}"),
    "printer.stand_in_over": N_("{printer} is the spare printer again"),
    "slip.unknown": N_("slip {number} may not have come out"),
}
_words: dict[str, str] = dict(_DESK)
_fact_words: dict[str, FactWords] = {}


def name_happenings(happenings: Mapping[str, str], fact_words: FactWords | None = None) -> None:
    """Add the English sentence of each journal code of a feature, marked with ``N_``.

    ``fact_words`` are those of the facts in these sentences that are codes themselves.
    Raises ``ValueError`` for a code that already says something else.
    """
    for code, words in happenings.items():
        if _words.setdefault(code, words) != words:
            raise ValueError(f"{code} already says {_words[code]!r}")
        _fact_words[code] = fact_words or {}


def happenings() -> Mapping[str, str]:
    """Return the sentences of all codes, in English."""
    return _words


def told(code: str, facts: Mapping[str, object]) -> str:
    """Return what an entry says in the language spoken now, "" for a code that has no words.

    A value such as ``security.2``, the second of its kind, is called what ``security`` is.
    """
    template = _words.get(code)
    if template is None:
        return ""
    words = _fact_words.get(code, {})
    shown = {name: _worded(words.get(name, {}), value) for name, value in facts.items()}
    return filled(template, shown)


def _worded(words: Mapping[Any, str], value: object) -> object:
    if not isinstance(value, str):
        return value
    word = words.get(value) or words.get(value.partition(".")[0])
    return _(word) if word else value
