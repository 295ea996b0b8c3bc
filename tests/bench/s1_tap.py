"""S1: a tap to its durable record, against the same tap hand-written in raw sqlite3."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from figures import Line, ms, p50, p99, timed
from kiosk.attendance import service
from kiosk.desk.bearer import StaffCard
from kiosk.desk.row import new_id
from kiosk.taps import bearer_of
from site_ import MovableClock, found, settings_in, uid_of

ROUNDS, PEOPLE = 600, 120
BUDGET = 1.6


def measure(folder: Path) -> list[Line]:
    """Return the S1 line."""
    clock = MovableClock()
    ours = found(settings_in(_made(folder / "ours")), PEOPLE, clock)
    theirs = found(settings_in(_made(folder / "raw")), PEOPLE, clock)
    head = theirs.head
    theirs.close()
    by_hand = RawTap(folder / "raw" / "kiosk.db", clock, head.seq, head.hash)
    mine, raw = _alternate(ours, by_hand, clock)
    ours.close()
    mid, tail = p50(mine) / p50(raw), p99(mine) / p99(raw)
    return [
        Line(
            "S1", "tap to durable record", f"p50 {ms(p50(mine))}, p99 {ms(p99(mine))}",
            f"raw sqlite3 p50 {ms(p50(raw))}, p99 {ms(p99(raw))}",
            f"p50 and p99 <= {BUDGET}x (is {mid:.2f}x, {tail:.2f}x)", mid <= BUDGET and tail <= BUDGET,
            {"p50": p50(mine), "p99": p99(mine), "raw_p50": p50(raw), "raw_p99": p99(raw)},
        )
    ]  # fmt: skip


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _alternate(desk, by_hand: "RawTap", clock: MovableClock) -> tuple[list[float], list[float]]:
    mine, raw = [], []
    for number in range(ROUNDS):
        uid = uid_of(number % PEOPLE + 1)
        clock.advance(minutes=6 if number % PEOPLE == 0 else 0, milliseconds=1)
        pair: list[tuple[list[float], Callable[[], object]]] = [
            (mine, lambda uid=uid: tap(desk, uid)), (raw, lambda uid=uid: by_hand.tap(uid)),
        ]
        for times, act in pair if number % 2 else reversed(pair):
            times.append(timed(act))
        if number % 50 == 0:
            desk.rest()
            by_hand.rest()
    return mine[20:], raw[20:]


def tap(desk, uid: str) -> None:
    """Do what the kiosk does between the reader's event and the verdict."""
    card = bearer_of(desk, uid)
    assert isinstance(card, StaffCard)
    result = service.tap(desk, card.person, "reader")
    assert not result.shown_again


class RawTap:
    """The same tap by hand: the same reads, rows, images, hash, and WAL with FULL sync."""

    def __init__(self, database: Path, clock: MovableClock, seq: int, head: str) -> None:
        self.connection = sqlite3.connect(database, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=0", "foreign_keys=ON", "secure_delete=ON"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.clock, self.seq, self.head = clock, seq, head
        self.zone = ZoneInfo("Asia/Shanghai")

    def rest(self) -> None:
        self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def tap(self, uid: str) -> None:
        run = self.connection.execute
        badge, state, person, staff_no, name, active, section_id, title = run(
            "SELECT b.id, b.state, p.id, p.staff_no, p.name, p.active, p.department_id, p.title FROM badge b "
            "JOIN person p ON p.id = b.person_id WHERE b.uid = ?", (uid,)).fetchone()
        assert state == "active" and active
        run("BEGIN IMMEDIATE")
        now = self.clock()
        at = now.isoformat(timespec="microseconds")[:-6] + "Z"
        day = now.astimezone(self.zone).date().isoformat()
        here = run("SELECT id, stamp, state, since, day, tapped_at FROM presence WHERE id = ?", (person,)).fetchone()
        section = run("SELECT name FROM department WHERE id = ?", (section_id,)).fetchone()
        was = here[1] if here else ""
        kind = "out" if here and here[4] == day and here[2] == "in" else "in"
        held = run("SELECT t.label, l.due_at FROM thing t JOIN loan l ON l.thing_id = t.id WHERE l.holder_id = ? AND l.returned_at IS NULL ORDER BY l.due_at", (person,)).fetchall()
        self.seq += 1
        stamp = f"bench/{self.seq}"
        presence = {"id": person, "stamp": stamp, "state": kind, "since": at, "day": day, "tapped_at": at, "person_id": person}
        if here:
            run("UPDATE presence SET stamp=?, state=?, since=?, day=?, tapped_at=? WHERE id=? AND stamp=?", (stamp, kind, at, day, at, person, was))
        else:
            run("INSERT INTO presence (id, stamp, state, since, day, tapped_at, person_id) VALUES (?,?,?,?,?,?,?)", tuple(presence.values()))
        made = {"id": new_id(), "stamp": stamp, "person_id": person, "day": day, "at": at, "kind": kind, "means": "badge", "device": "reader", "confirmed_by": "", "corrects": ""}
        run("INSERT INTO tap (id, stamp, person_id, day, at, kind, means, device, confirmed_by, corrects) VALUES (?,?,?,?,?,?,?,?,?,?)", tuple(made.values()))
        images = [["presence", person, was, presence], ["tap", made["id"], "", made]]
        facts = {"person": staff_no, "device": "reader", "means": "badge", "late_min": 0, "early_min": 0, "out_of_window": False}
        code = "staff.signed_in" if kind == "in" else "staff.signed_out"
        body = {"at": at, "by": staff_no, "code": code, "facts": facts, "gate": "bench", "images": images, "seq": self.seq}
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256((self.head + text).encode()).hexdigest()
        dumped_facts = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        dumped_images = json.dumps(images, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        run('INSERT INTO journal (gate, seq, "at", "by", code, facts, images, prev, hash) VALUES (?,?,?,?,?,?,?,?,?)',
            ("bench", self.seq, at, staff_no, code, dumped_facts, dumped_images, self.head, digest))
        run("COMMIT")
        self.head = digest
        assert held is not None and section is not None and timedelta
