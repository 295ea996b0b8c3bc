"""What an entry of the journal says happened, in plain words: of the desk itself, of every feature.

The duty log and a look at one entry (``kiosk verify --code``) read it; a code that nobody gave
words has none.
"""

from collections.abc import Mapping

from kiosk.desk.words import N_

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


def name_happenings(happenings: Mapping[str, str]) -> None:
    """Add the English sentence of each journal code of a feature, marked with ``N_``.

    Raises ``ValueError`` for a code that already says something else.
    """
    for code, words in happenings.items():
        if _words.setdefault(code, words) != words:
            raise ValueError(f"{code} already says {_words[code]!r}")


def happenings() -> Mapping[str, str]:
    """Return the sentences of all codes, in English."""
    return _words
