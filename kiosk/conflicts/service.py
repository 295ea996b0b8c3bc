"""Deciding a conflict: one version stands from now on, with who signed for it and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.conflicts import places, rules
from kiosk.conflicts.history import image_before
from kiosk.conflicts.models import ConflictDecision
from kiosk.conflicts.places import Yields
from kiosk.conflicts.reading import fork_of, places_between, versions_of
from kiosk.conflicts.rules import Choice
from kiosk.desk.decided import follow
from kiosk.desk.desk import Desk
from kiosk.desk.forks import Fork, open_forks
from kiosk.desk.refusal import Refused
from kiosk.desk.row import Row, journalled, load_row, shape_of
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Transaction
from kiosk.desk.versions import Version

BOTH = -1
"""In the place of one side: what every side changed stands."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looked at and chose: the row, the versions seen, and which of them stands.

    ``seen`` are the stamps in the order of the screen, ``kept`` is a place among them; ``BOTH``
    where each desk changed something else and all of that stands.
    """

    table: str
    row_id: str
    seen: tuple[str, ...]
    kept: int


def decide(desk: Desk, by: str, asked: Asked, reason: str, proof: Proof) -> str:
    """Let the chosen version stand, in the name of who signed; return the conflict's number.

    ``by`` works at the desk. Raises ``Refused``: ``conflict.not_yours`` (rank or role),
    ``conflict.reason_missing``, ``conflict.gone`` when it is decided already,
    ``conflict.changed`` when a desk changed the row again meanwhile, ``conflict.not_both`` when
    both sides changed one thing differently.
    """
    rules.check_may_decide(asked.table, proof.person)
    why = rules.checked_reason(reason)
    with desk.write(by=proof.person.staff_no) as tx:
        fork, versions = _still(tx, asked)
        kept = _joined(tx, fork, versions) if asked.kept == BOTH else versions[asked.kept]
        others = tuple(one for one in versions if one is not kept)
        if fork.kind == "place":
            choice = Choice.GIVES_WAY if kept.stamp == fork.shown else Choice.STAYS
            _yield(tx, fork, versions, others[0], by)
        else:
            choice = Choice.BOTH if asked.kept == BOTH else Choice.VERSION
            _stand(tx, fork, kept, others)
        decision = _written(tx, fork, choice, kept, others, why, proof)
        tx.record(
            "conflict.decided", number=decision.number, table=fork.table, row=fork.row_id,
            how=choice.value, kept=kept.stamp, given_up=[one.stamp for one in others],
            operator=by, means=proof.means.value, reason=decision.reason,
        )  # fmt: skip
        follow(tx, desk, fork.table, fork.row_id, kept, others)
    return decision.number


def _still(tx: Transaction, asked: Asked) -> tuple[Fork, tuple[Version, ...]]:
    fork = fork_of(tx, asked.table, asked.row_id)
    if fork is None:
        raise Refused("conflict.gone", number=rules.number_of(asked.table, asked.row_id))
    versions = versions_of(tx, fork)
    if tuple(one.stamp for one in versions) != asked.seen:
        raise Refused("conflict.changed")
    return fork, versions


def _written(
    tx: Transaction, fork: Fork, choice: Choice, kept: Version, others: Sequence[Version],
    why: str, proof: Proof,
) -> ConflictDecision:  # fmt: skip
    subject = tx.new_subject()
    return tx.put(
        ConflictDecision(
            number=rules.number_of(fork.table, fork.row_id), about=fork.table, row_ref=fork.row_id,
            how=choice.value, kept=kept.stamp, given_up=",".join(one.stamp for one in others),
            at=tx.now, decided_by_id=proof.person.id, decided_means=proof.means,
            subject=subject, reason=tx.seal(subject, why),
        )
    )  # fmt: skip


# Versions of one row.


def _joined(tx: Transaction, fork: Fork, versions: Sequence[Version]) -> Version:
    """Return the version with what every side changed; its stamp is that of the newest of them."""
    before = image_before(tx.connection, fork) if fork.kind == "row" else None
    stored = rules.together(before, [one.stored for one in versions])
    if stored is None:
        raise Refused("conflict.not_both")
    return replace(versions[-1], stored=stored)


def _stand(tx: Transaction, fork: Fork, kept: Version, others: Sequence[Version]) -> None:
    """Put the version that stands as what follows all of them."""
    heads = {one.stamp for one in fork.heads}
    source = kept if kept.stored is not None else next(one for one in others if one.stored)
    row = _made(fork.table, source)
    row.stamp = fork.shown
    tx.decide(row, heads - {row.stamp}, gone=kept.stored is None)


def _made(table: str, version: Version) -> Row:
    kind = journalled()[table]
    stored = version.stored or {}
    return load_row(kind, tuple(stored.get(name) for name in shape_of(kind).columns))


# Two rows that want one place.


def _yield(
    tx: Transaction, fork: Fork, versions: Sequence[Version], loser: Version, by: str
) -> None:
    """Change the row that gives way so that the other has the place; both stay in the book."""
    columns = places_between(tx, fork, versions)
    how = places.yields(fork.table, columns)
    row = _made(fork.table, loser)
    # It gives way in every version that a desk wrote of it, else another would want the place.
    also = {
        head.stamp
        for one in open_forks(tx) if (one.table, one.row_id) == (fork.table, row.id)
        for head in one.heads
    } - {row.stamp}  # fmt: skip
    if how is Yields.GONE:
        tx.decide(row, also, gone=True)
        return
    changes = places.given_up(fork.table, how, columns, tx.now, by)
    if how is Yields.RENAMED:
        changes = {columns[-1]: _free_name(tx, fork.table, row, columns[-1])}
    for name, value in changes.items():
        setattr(row, name, value)
    tx.decide(row, also)


def _free_name(tx: Transaction, table: str, row: Row, column: str) -> str:
    taken = tx.connection.execute(f'SELECT "{column}" FROM "{table}"')  # noqa: S608 - our own names
    return places.next_name(str(getattr(row, column)), frozenset(str(one[0]) for one in taken))
