"""What a bite of a purge deleted. Nothing here knows what is kept, or by whom."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kiosk.desk.journal import Entry
from kiosk.desk.transaction import SubjectKey, Transaction

BITE = 10
"""At most so many subjects of a kind at once: between two bites every tap has its turn."""
PURGED = "subjects.purged"
_SUBJECTS = '"subjects":'


@dataclass(frozen=True, slots=True)
class Purged:
    """What was deleted: how many of each kind, and whether more is due.

    ``names`` are the names that were deleted, for whoever looks whether they are really gone; they
    are never written down.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    more: bool = False

    @property
    def count(self) -> int:
        """How many there were in all."""
        return sum(self.counts.values())

    @classmethod
    def of(cls, bites: Iterable["Purged"]) -> "Purged":
        """Return several bites as one; more is due where the last of any says so."""
        counts: Counter[str] = Counter()
        names: frozenset[str] = frozenset()
        more = False
        for bite in bites:
            counts.update(bite.counts)
            names |= bite.names
            more |= bite.more
        return cls(counts, names, more)


def forget_keys(tx: Transaction, keys: Iterable[SubjectKey | None]) -> int:
    """Destroy subjects' keys, so that nothing sealed under them opens again; return how many."""
    there = [key for key in keys if key is not None]
    for key in there:
        tx.erase(key.id)
    return len(there)


def erased_of(entry: Entry) -> frozenset[str]:
    """Return the subjects whose keys an entry of any desk destroyed: they are gone at every desk.

    An entry is judged by what it says: only ``Transaction.record`` writes this fact.
    """
    if _SUBJECTS not in entry.facts:  # of nearly every entry: no JSON is read for it
        return frozenset()
    return frozenset(entry.facts_made().get("subjects", ()))


def erase_heard(tx: Transaction, subjects: Iterable[str]) -> None:
    """Destroy the keys that another desk destroyed; a key that comes later is not taken."""
    for subject in subjects:
        tx.erase(subject, heard=True)
