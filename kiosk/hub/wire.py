"""What a desk says to the hub and hears from it: each method is one function of ``schema.sql``."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kiosk.desk.journal import Entry, Head
from kiosk.desk.refusal import Refused
from kiosk.hub.line import NOTICES, Line, is_here
from kiosk.hub.troubles import HubGone, Quarantined

if TYPE_CHECKING:
    from kiosk.desk.settings import Settings
    from kiosk.desk.settings_hub import Hub

__all__ = ["Claim", "DeskThere", "Hello", "HubGone", "Quarantined", "Wire", "role_of"]


def role_of(gate: str) -> str:
    """Return the PostgreSQL role of a desk."""
    return "desk_" + gate.replace("-", "_")


def read_password(file: Path) -> str:
    """Return this desk's password at the hub.

    Raises ``Refused``: ``hub.no_password`` (no such file, or it cannot be read),
    ``hub.password_open`` (others may read it).
    """
    try:
        mode = file.stat().st_mode
        content = file.read_text("utf-8").strip()
    except (OSError, ValueError):
        raise Refused("hub.no_password", file=str(file)) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Refused("hub.password_open", file=str(file))
    return content


class DeskThere(NamedTuple):
    """A desk as the hub knows it.

    ``seen_at`` is UTC by the hub's clock, None before the first time.

    ``clock_offset_ms`` is how far its clock was ahead of the hub's. ``quarantined`` is "" or why
    (``fork``, ``gap``, ``forged``), ``head`` the newest entry of it that the hub has,
    ``known_at`` (as ``seen_at``) the moment up to which the hub has all it did. ``gone`` says that
    the site has given it up.
    """

    gate: str
    number: int
    name: str
    seen_at: datetime | None
    clock_offset_ms: int
    program: str
    revision: str
    quarantined: str
    quarantined_seq: int
    head: int
    known_at: datetime | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Hello:
    """The hub's greeting: its clock (UTC), its site by fingerprint and name, this desk, all."""

    clock: datetime
    fingerprint: str
    site: str
    own: DeskThere
    desks: tuple[DeskThere, ...]

    @property
    def offset(self) -> timedelta:
        """How far this desk's clock is ahead of the hub's; the way there counts as nothing."""
        return timedelta(milliseconds=self.own.clock_offset_ms)


class Claim(NamedTuple):
    """Which desk asked ``home`` for a thing: ``state`` is free, asked, given or refused.

    ``fence`` is the one the thing has once it is given, ``why`` the code of a no.
    """

    thing_id: str
    home: str
    by_gate: str
    loan_ref: str
    fence: int
    state: str
    asked_at: datetime
    why: str = ""


class Wire:
    """The desk's connection, for one thread. Every method but ``wake`` and ``close`` may raise.

    ``HubGone`` (no answer in time, cut, full) and ``Refused("hub.*")``; after ``HubGone`` close it
    and open another.
    """

    def __init__(self, line: Line, gate: str) -> None:
        """Take over an open line for the desk ``gate``."""
        self._line, self.gate = line, gate

    @classmethod
    def open(cls, hub: Hub, password: str, *, gate: str, wait_s: float = 4.0) -> Wire:
        """Connect as the desk ``gate``; ``wait_s`` is ``rules.hub_wait_s``.

        Raises ``HubGone`` and ``Refused``: ``hub.password``, ``hub.certificate``,
        ``hub.no_database``, ``hub.unencrypted``, ``hub.no_certificate`` (none is needed for a hub
        on this very machine).
        """
        ca = str(hub.ca) if hub.ca.is_file() else ""
        if not (ca or is_here(hub.address)):
            raise Refused("hub.no_certificate", file=str(hub.ca))
        line = Line(hub.address, hub.database, role_of(gate), password, ca=ca, wait_s=wait_s)
        wire = cls(line, gate)
        try:
            line.ask(f"LISTEN {NOTICES}")
        except BaseException:
            wire.close()
            raise
        return wire

    @classmethod
    def of(cls, settings: Settings) -> Wire:
        """Connect as ``kiosk.toml`` says. Raises as ``open`` and ``read_password``."""
        hub = settings.hub
        wait_s = float(settings.rules.hub_wait_s)
        return cls.open(hub, read_password(hub.password), gate=settings.site.gate, wait_s=wait_s)

    def hello(
        self, program: str, revision: str, clock: datetime, *, all_sent: bool = False
    ) -> Hello:
        """Say who is here; return the hub's clock and every desk. It is the heartbeat too.

        ``all_sent`` says that the hub has everything this desk has done up to now.
        """
        rows = self._line.ask(
            "SELECT * FROM kiosk.hello(%s, %s, %s, %s)", (program, revision, clock, all_sent)
        )
        desks = tuple(DeskThere(*row[3:-1]) for row in rows)
        own = next(desk for desk, row in zip(desks, rows, strict=True) if row[2])
        return Hello(rows[0][0], rows[0][1], rows[0][-1], own, desks)

    def is_only_one(self) -> bool:
        """Say whether no other connection is at work as this desk; asked once a connection."""
        return bool(self._line.ask("SELECT kiosk.is_only_one()")[0][0])

    def heads(self) -> dict[str, Head]:
        """Return the newest entry of each gate: from there a desk goes on sending."""
        rows = self._line.ask("SELECT gate, seq, hash FROM kiosk.heads()")
        return {gate: Head(seq, digest) for gate, seq, digest in rows}

    def append(self, entries: Iterable[Entry], keys: Mapping[str, str] | None = None) -> int:
        """Send own entries in order, at most 500, with wrapped keys by subject id.

        Returns the number of this desk's newest entry there. Raises ``Quarantined`` besides.
        """
        sent = json.dumps([entry._asdict() for entry in entries], ensure_ascii=False)
        [(seq, problem, bad)] = self._line.ask(
            "SELECT seq, problem, bad FROM kiosk.append(%s::jsonb, %s::jsonb)",
            (sent, json.dumps(dict(keys or {}))),
        )
        if problem:
            raise Quarantined(self.gate, bad, problem)
        return int(seq)

    def pull(self, heads: Mapping[str, int], most: int) -> list[Entry]:
        """Return the other desks' entries after ``heads`` (gate: number), oldest first."""
        return self._entries(
            "SELECT * FROM kiosk.pull(%s::jsonb, %s)", (json.dumps(dict(heads)), most)
        )

    def own_entries(self, since: int, most: int) -> list[Entry]:
        """Return this desk's own entries after number ``since``: its disk was lost."""
        return self._entries("SELECT * FROM kiosk.own_entries(%s, %s)", (since, most))

    def _entries(self, statement: str, values: tuple[object, ...]) -> list[Entry]:
        return [Entry(*row) for row in self._line.ask(statement, values)]

    def keys_of(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the wrapped key of each subject the hub knows, "" for an erased one."""
        return dict(self._line.ask("SELECT id, wrapped FROM kiosk.keys_of(%s)", (list(ids),)))

    def erase(self, ids: Iterable[str]) -> None:
        """Erase subjects' keys for good, also those the hub never had."""
        self._line.ask("SELECT kiosk.erase(%s)", (list(ids),))

    def ask(self, thing_id: str, home: str, fence: int, loan_ref: str) -> Claim:
        """Ask the desk ``home`` for a thing; the claim is another's when ``by_gate`` is."""
        values = thing_id, home, fence, loan_ref
        return self._claim("SELECT * FROM kiosk.ask(%s, %s, %s, %s)", values)

    def answer(self, thing_id: str, fence: int, *, yes: bool, why: str = "") -> Claim | None:
        """Answer a question to this desk; returns the claim as it is now, None for no claim."""
        return self._claim_or_none(
            "SELECT * FROM kiosk.answer(%s, %s, %s, %s)", (thing_id, fence, yes, why)
        )

    def claims(self) -> list[Claim]:
        """Return what is asked of this desk and what it has asked or been given."""
        return [Claim(*row) for row in self._line.ask("SELECT * FROM kiosk.claims()")]

    def _claim(self, call: str, values: tuple[object, ...]) -> Claim:
        found = self._claim_or_none(call, values)
        if found is None:
            raise HubGone("hub.troubled", call)
        return found

    def _claim_or_none(self, call: str, values: tuple[object, ...]) -> Claim | None:
        [row] = self._line.ask(call, values)
        made: tuple[Any, ...] = row
        return None if made[0] is None else Claim(*made)

    def wait(self, seconds: float) -> tuple[str, ...]:
        """Wait for a notice of the hub or for ``wake``; return the notices, none for neither.

        ``entries``, ``erased``, ``quarantine GATE``, ``claim THING``: hints only.
        """
        return self._line.wait(seconds)

    def wake(self) -> None:
        """End ``wait`` early, from any thread."""
        self._line.wake()

    def close(self) -> None:
        """Close at once; a frozen hub is not waited for."""
        self._line.close()
