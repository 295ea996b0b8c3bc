"""The yardstick of S1: one tap by hand, with the same reads, rows, images, hash and durability."""

import hashlib
import json
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench_site import MovableClock

from kiosk.desk.row import new_id

_PRAGMAS = (
    "journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=0", "foreign_keys=ON",
    "secure_delete=ON",
)  # fmt: skip
_BADGE = (
    "SELECT b.state, p.id, p.staff_no, p.active, p.department_id FROM badge b"
    " JOIN person p ON p.id = b.person_id WHERE b.uid = ?"
)
_HERE = "SELECT stamp, state, day FROM presence WHERE id = ?"
_HELD = (
    "SELECT t.label, l.due_at, l.recalled_at FROM thing t JOIN loan l ON l.thing_id = t.id"
    " WHERE l.holder_id = ? AND l.returned_at IS NULL ORDER BY l.due_at"
)
_MOVE = "UPDATE presence SET stamp=?, state=?, since=?, day=?, tapped_at=? WHERE id=? AND stamp=?"
_APPEAR = (
    "INSERT INTO presence (id, stamp, state, since, day, tapped_at, person_id)"
    " VALUES (?,?,?,?,?,?,?)"
)
_TAP = (
    "INSERT INTO tap (id, stamp, person_id, day, at, kind, means, device, confirmed_by, corrects)"
    " VALUES (?,?,?,?,?,?,?,?,?,?)"
)
_ENTRY = (
    'INSERT INTO journal (gate, seq, "at", "by", code, facts, images, prev, hash)'
    " VALUES (?,?,?,?,?,?,?,?,?)"
)


class RawTap:
    """Signs people in and out in a book that a desk has founded, without any of our code."""

    def __init__(self, database: Path, clock: MovableClock, seq: int, head: str) -> None:
        self._connection = sqlite3.connect(database, isolation_level=None)
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._clock, self._seq, self._head = clock, seq, head
        self._zone = ZoneInfo("Asia/Shanghai")

    def rest(self) -> None:
        """Checkpoint, as the desk does when it is idle."""
        self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def tap(self, uid: str) -> None:
        """Look up, decide, write the rows and the journal entry, commit."""
        run = self._connection.execute
        state, person, staff_no, active, section = run(_BADGE, (uid,)).fetchone()
        assert state == "active"
        assert active
        run("BEGIN IMMEDIATE")
        now = self._clock()
        day = now.astimezone(self._zone).date().isoformat()
        here = run(_HERE, (person,)).fetchone()
        assert run("SELECT name FROM department WHERE id = ?", (section,)).fetchone()
        assert run(_HELD, (person,)).fetchall() is not None
        self._seq += 1
        kind = "out" if here and here[1:] == ("in", day) else "in"
        images = self._rows(person, here and here[0], kind, _text(now), day)
        self._enter(staff_no, kind, _text(now), images)
        run("COMMIT")

    def _rows(self, person: str, was: str | None, kind: str, at: str, day: str) -> list[Any]:
        run, stamp = self._connection.execute, f"bench/{self._seq}"
        here = {
            "id": person, "stamp": stamp, "state": kind, "since": at, "day": day, "tapped_at": at,
            "person_id": person,
        }  # fmt: skip
        if was:
            run(_MOVE, (stamp, kind, at, day, at, person, was))
        else:
            run(_APPEAR, tuple(here.values()))
        made = {
            "id": new_id(), "stamp": stamp, "person_id": person, "day": day, "at": at,
            "kind": kind, "means": "badge", "device": "reader", "confirmed_by": "", "corrects": "",
        }  # fmt: skip
        run(_TAP, tuple(made.values()))
        return [["presence", person, was or "", here], ["tap", made["id"], "", made]]

    def _enter(self, staff_no: str, kind: str, at: str, images: list[Any]) -> None:
        facts = {
            "person": staff_no, "device": "reader", "means": "badge", "late_min": 0,
            "early_min": 0, "out_of_window": False,
        }  # fmt: skip
        code = "staff.signed_in" if kind == "in" else "staff.signed_out"
        entry = {
            "at": at, "by": staff_no, "code": code, "facts": facts, "gate": "bench",
            "images": images, "seq": self._seq,
        }  # fmt: skip
        digest = hashlib.sha256((self._head + _json(entry)).encode()).hexdigest()
        row = ("bench", self._seq, at, staff_no, code, _json(facts), _json(images))
        self._connection.execute(_ENTRY, (*row, self._head, digest))
        self._head = digest


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")[:-6] + "Z"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
