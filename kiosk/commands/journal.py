"""``kiosk journal``: what happened, entry by entry; personal values only with a reason."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.commands.work import DONE, Work
from kiosk.desk import journal
from kiosk.desk.journal import Entry
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.secrets import is_sealed
from kiosk.desk.transaction import Book, Transaction

_LONGEST_LINE = 2000
_MASK = "***"


def _entries(work: Work, book: Book) -> Iterator[Entry]:
    """Yield the entries asked for: this desk's own, or with ``--gate`` those of another."""
    return journal.entries(book.connection, work.args.gate or work.desk.gate, work.args.since)


def show(work: Work) -> int:
    """Say every entry after ``--since``."""
    with work.desk.read() as book:
        for entry in _entries(work, book):
            work.say(_line(work, entry, plain(entry)))
    return DONE


def reveal(work: Work) -> int:
    """Say the same with the personal values of each entry, after noting why."""
    reason = clean(work.args.reveal, 120)
    if not reason:
        raise Refused("journal.no_reason")
    work.write(_note, reason, work.args.since, work.args.gate)
    with work.desk.read() as book:
        for entry in _entries(work, book):
            work.say(_line(work, entry, plain(entry) | {"revealed": _revealed(book, entry)}))
    return DONE


def _note(tx: Transaction, reason: str, since: int, gate: str) -> None:
    of = {"of": gate} if gate else {}
    subject = tx.new_subject()
    tx.record("journal.revealed", reason=tx.seal(subject, reason), since=since, **of)


def plain(entry: Entry) -> dict[str, Any]:
    """Return what an entry says, for JSON; sealed values are masked, ``at`` is UTC."""
    return {
        "gate": entry.gate, "seq": entry.seq, "at": entry.at, "by": entry.by, "code": entry.code,
        "facts": {name: _masked(value) for name, value in entry.facts_made().items()},
        "hash": entry.hash,
    }  # fmt: skip


def _masked(value: object) -> object:
    return _MASK if isinstance(value, str) and is_sealed(value) else value


def _line(work: Work, entry: Entry, said: dict[str, Any]) -> str:
    if work.args.json:
        return json.dumps(said, ensure_ascii=False)
    facts = facts_line(said["facts"])
    revealed = "".join(f" [{name}: {value}]" for name, value in said.get("revealed", {}).items())
    start = f"{entry.seq:>6}  {entry.at[:19]}Z  {entry.by:<8}  {entry.code:<22}"
    return f"{start}  {clean(facts + revealed, _LONGEST_LINE)}".rstrip()


def facts_line(facts: Mapping[str, Any]) -> str:
    """Return an entry's facts as one line: ``number=H12 questions=0``."""
    return " ".join(f"{name}={_shown(value)}" for name, value in facts.items())


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _revealed(book: Book, entry: Entry) -> dict[str, str]:
    return dict(_opened(book, entry))


_NEVER = frozenset({("person", "mobile"), ("person", "notify_url")})
"""A mobile number has its own door with a reason of its own (clause 101), an address is a key."""


def _opened(book: Book, entry: Entry) -> Iterator[tuple[str, str]]:
    for name, value in entry.facts_made().items():
        if isinstance(value, str) and is_sealed(value):
            yield name, book.read_sealed(value)
    for image in entry.images_made():
        for name, value in (image.row or {}).items():
            if (image.table, name) in _NEVER or image.table == "print_job":
                continue
            if isinstance(value, str) and is_sealed(value):
                yield f"{image.table}.{name}", book.read_sealed(value)
