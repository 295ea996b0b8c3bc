"""The marks that stand beside raw taps."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kiosk.attendance.honest.models import Doubt, TapDoubt
from kiosk.desk.words import N_, _

_CLOCK = N_("clock?")
_WORDS: Mapping[Doubt, str] = {
    Doubt.CLOCK_BACK: _CLOCK,
    Doubt.CLOCK_AHEAD: _CLOCK,
    Doubt.AFTER_CLOSING: N_("after closing"),
    Doubt.COPY: N_("copied badge?"),
}


def doubts_of(doubts: Sequence[TapDoubt]) -> Mapping[str, frozenset[Doubt]]:
    """Return the marks by the id of the tap."""
    found: defaultdict[str, set[Doubt]] = defaultdict(set)
    for one in doubts:
        found[one.tap_id].add(one.why)
    return {tap: frozenset(marks) for tap, marks in found.items()}


def mark_words(*, void: bool, doubts: frozenset[Doubt], unproven: bool) -> Iterator[str]:
    """Yield what a tap is marked with, in the language spoken now."""
    if void:
        yield _("void")
    yield from dict.fromkeys(_(_WORDS[one]) for one in Doubt if one in doubts)
    if unproven:
        yield _("not proven")
