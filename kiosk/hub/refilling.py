"""A new hub after the old one was lost: what a desk's book has of every desk goes back into it.

Each desk sends its own work by itself once it has joined again. A desk that is lost as well cannot:
its entries stand in the books of the others, and the owner of the new hub takes them from there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING

from kiosk.desk import journal
from kiosk.desk.refusal import Refused
from kiosk.hub import sending

if TYPE_CHECKING:
    from psycopg import Connection

    from kiosk.desk.desk import Desk

_BATCH = 500


def refill(connection: Connection, desk: Desk) -> Mapping[str, int]:
    """Give the hub what it lacks of every desk that it knows; return how many entries of each.

    Erased subjects stay erased. Raises ``Refused("hub.refill_stopped")`` (``gate``, ``seq``,
    ``why``) where the book and the hub tell two stories.
    """
    _erased_first(connection, desk)
    known = {gate for (gate,) in connection.execute("SELECT gate FROM kiosk.desk").fetchall()}
    with desk.read() as book:
        here = journal.heads(book.connection)
    return {gate: _refill(connection, desk, gate) for gate in sorted(here.keys() & known)}


def _erased_first(connection: Connection, desk: Desk) -> None:
    mark, subjects = sending.erased_after(desk, 0, _BATCH)
    while subjects:
        connection.execute(
            "INSERT INTO kiosk.subject_key (id, wrapped, erased_at)"
            " SELECT one, '', now() FROM unnest(%s::text[]) one"
            " ON CONFLICT (id) DO UPDATE SET wrapped = '', erased_at = now()",
            (list(subjects),),
        )
        mark, subjects = sending.erased_after(desk, mark, _BATCH)


def _refill(connection: Connection, desk: Desk, gate: str) -> int:
    given = 0
    [(there,)] = connection.execute(
        "SELECT coalesce(max(seq), 0) FROM kiosk.entry WHERE gate = %s", (gate,)
    ).fetchall()
    while True:
        with desk.read() as book:
            batch = list(islice(journal.entries(book.connection, gate, there), _BATCH))
        if not batch:
            return given
        sent = json.dumps([entry._asdict() for entry in batch], ensure_ascii=False)
        [(there, problem, bad)] = connection.execute(
            "SELECT seq, problem, bad FROM kiosk.append_as(%s, %s::jsonb, %s::jsonb)",
            (gate, sent, json.dumps(dict(sending.keys_for(desk, batch)))),
        ).fetchall()
        if problem:
            raise Refused("hub.refill_stopped", gate=gate, seq=bad, why=problem)
        given += len(batch)
