"""Do the keys of the subjects still open their words? They stand beside the journal, erasable."""

import re
import sqlite3
from collections.abc import Iterable, Iterator

from kiosk.desk.journal import Entry
from kiosk.desk.refusal import Refused
from kiosk.desk.row import Stored
from kiosk.desk.secrets import SiteKey, is_sealed, open_sealed, subject_of

_SEALED_FACTS = re.compile(r'"(s1\.[^".]+\.[^".]+)"').findall


def heard(facts: str) -> Iterator[tuple[str, str]]:
    """Yield subject and sealed value of every one among an entry's facts."""
    for sealed in _SEALED_FACTS(facts):
        yield subject_of(sealed), sealed


def named_in(entry: Entry) -> set[str]:
    """Return every subject of whom an entry has sealed words, in its facts or its rows."""
    return {subject_of(sealed) for sealed in _SEALED_FACTS(entry.facts + entry.images)}


class KeyCheck:
    """Opens one sealed value of each subject, and remembers only which subjects it has tried.

    A subject without a key was erased on purpose. Takes about 0.25 s for 10 000 subjects.
    """

    def __init__(self, connection: sqlite3.Connection, site_key: SiteKey) -> None:
        self._connection = connection
        self._site_key = site_key
        self._tried: set[str] = set()
        self._damaged: dict[str, tuple[str, str]] = {}

    def has_tried(self, subject: str) -> bool:
        """Say whether a sealed value of this subject was here before."""
        return subject in self._tried

    def read(self, table: str, row_id: str, values: Iterable[Stored]) -> None:
        """Open the sealed ones among a row's values, where their subject is new."""
        for value in values:
            if isinstance(value, str) and is_sealed(value):
                try:
                    subject = subject_of(value)
                except Refused:  # somebody typed words that only begin like a sealed value
                    continue
                self._open(subject, value, (table, row_id))

    def _open(self, subject: str, sealed: str, place: tuple[str, str]) -> None:
        if subject in self._tried:
            return
        self._tried.add(subject)
        found = self._connection.execute(
            "SELECT wrapped FROM subject_key WHERE id = ?", (subject,)
        ).fetchone()
        if found and not _opens(self._site_key, subject, found[0], sealed):
            self._damaged[subject] = place

    def first_damaged(self) -> tuple[str, str] | None:
        """Return table and row of the first subject whose words do not open, None when all do.

        The key of a subject nobody wrote of is only unwrapped; it is named by its own row.
        """
        for subject, wrapped in self._connection.execute("SELECT id, wrapped FROM subject_key"):
            if subject not in self._tried and not _opens(self._site_key, subject, wrapped, ""):
                self._damaged[str(subject)] = "subject_key", str(subject)
        return self._damaged[min(self._damaged)] if self._damaged else None


def _opens(site_key: SiteKey, subject: str, wrapped: str, sealed: str) -> bool:
    try:
        key = site_key.unwrap(wrapped)
        if sealed:
            open_sealed(key, subject, sealed)
    except Refused:
        return False
    return True
