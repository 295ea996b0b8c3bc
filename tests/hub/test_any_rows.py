"""Any row of any table, written, dropped and decided at three desks: one truth in the end.

No use case stands between: whatever a feature of today or tomorrow writes, the books agree on it.
"""

from datetime import UTC, date, datetime
from random import Random

import hypothesis
import pytest
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from site_books import desks_of, entries_after, intact, tables_of
from sqlalchemy import BigInteger, Boolean, Float, Integer

from kiosk.conflicts import service
from kiosk.conflicts.reading import versions_of
from kiosk.conflicts.service import Asked
from kiosk.desk import decided
from kiosk.desk.columns import Choice, Day, Utc
from kiosk.desk.desk import Desk
from kiosk.desk.foreign import absorb
from kiosk.desk.forks import open_forks
from kiosk.desk.people import EVERYONE
from kiosk.desk.row import Row, journalled, shape_of
from kiosk.desk.signing import Means, Proof

WHO = st.integers(0, 2)
TABLES = sorted(journalled())
COLLIDING = [
    "badge", "department", "loan", "month_closing", "person", "shift_day", "site_day",
    "spare_badge", "spare_lending", "thing",
]  # fmt: skip
"""Whose rows want places."""
TABLE = st.integers(0, 2)
FEW = ("a", "b", "c")
SEED = st.integers(0, 999)


def value_of(drawn: Random, column):  # noqa: PLR0911 - one for each type of column
    """Return one of very few values that fit the column: so places are wanted twice."""
    if column.nullable and drawn.random() < 0.5:
        return None
    kind = column.type
    if isinstance(kind, Utc):
        return datetime(2026, 11, 23, 7, drawn.randrange(3), tzinfo=UTC)
    if isinstance(kind, Day):
        return date(2026, 11, 23 + drawn.randrange(2))
    if isinstance(kind, Choice):
        return drawn.choice(list(kind.members))
    if isinstance(kind, Boolean):
        return drawn.random() < 0.5
    if isinstance(kind, Integer | BigInteger | Float):
        return drawn.randrange(3)
    return drawn.choice(FEW)


def carry(source: Desk, target: Desk, bite: int | None = None) -> None:
    """Take over what is new; without the features' search tables, for these words mean nothing."""
    wanted = entries_after(source, target)
    done = absorb(target, wanted[:bite], {})
    if bite is None and done.held and done.taken:
        carry(source, target)


def heal(desks):
    for _round in range(2):
        for source in desks:
            for target in desks:
                if source is not target:
                    carry(source, target)


def values_of(seed: int, kind: type[Row]):
    drawn = Random(seed)  # noqa: S311 - values of a test
    return {
        name: value_of(drawn, column)
        for name, column in shape_of(kind).columns.items() if name not in {"id", "stamp"}
    }  # fmt: skip


def taken(tx, kind, row) -> bool:
    """Say whether a use case would have refused: another row has the place at this desk."""
    from kiosk.desk.unique_places import colliding  # noqa: PLC0415 - read where it is asked

    shape = shape_of(kind)
    stored = dict(zip(shape.columns, shape.bind(row), strict=True))
    return any(True for _one in colliding(tx.connection, shape.table, stored))


def ids_of(book, table):
    return [one[0] for one in book.connection.execute(f'SELECT id FROM "{table}" ORDER BY id')]  # noqa: S608 - our own names


def machine_of(folder, built, clock, plain):  # noqa: C901 - one short rule after the other
    class Site(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            for left in folder.glob("desk-*/kiosk.db*"):
                left.unlink()
            self.desks = desks_of(plain, clock, 3, built)
            with self.desks[0].read() as book:
                clerk = next(one for one in book.all(EVERYONE) if one.staff_no == "9001")
            self.proof = Proof(clerk, Means.BADGE, clock())

        @initialize(
            places=st.lists(st.sampled_from(COLLIDING), min_size=2, max_size=2),
            other=st.sampled_from(TABLES),
        )
        def takes_a_few_tables(self, places, other):
            """A run is about few tables, so that the desks get into each other's way."""
            self.kinds = [journalled()[table] for table in (*places, other)]

        def teardown(self):
            heal(self.desks)
            self.all_agree()
            for at in (0, 1):  # decided at two desks while cut, and differently
                for n, fork in enumerate(self.forks_at(at)):
                    if fork in self.forks_at(at):
                        self.decide(at, fork, at + n)
            heal(self.desks)
            self.all_agree()
            for turn in range(60):
                forks = self.forks_at(2)
                if not forks:
                    break
                self.decide(2, forks[0], turn)
            heal(self.desks)
            self.all_agree()
            assert [self.forks_at(at) for at in range(3)] == [[], [], []]
            for desk in self.desks:
                desk.close()

        def all_agree(self):
            first, *others = map(tables_of, self.desks)
            for other in others:
                assert other == first
            for desk in self.desks:
                assert intact(desk)

        @rule(table=TABLE, row_id=st.sampled_from(FEW), by=st.booleans(), seed=SEED)
        def all_write(self, table, row_id, by, seed):
            """Every desk makes or changes the row, each differently, before any hears another."""
            for at in range(3):
                self.writes(at, self.kinds[table], row_id, seed + at, by=by)

        @rule(at=WHO, table=TABLE, row_id=st.sampled_from(FEW), by=st.booleans(), seed=SEED)
        def one_writes(self, at, table, row_id, by, seed):
            self.writes(at, self.kinds[table], row_id, seed, by=by)

        def writes(self, at, kind, row_id, seed, *, by):
            """Write a row at one desk, by somebody or by the clock."""
            name = f"{kind.__table__.name}/{row_id}"
            with self.desks[at].write(**({"by": "2001"} if by else {})) as tx:
                row = tx.row_of(kind, row_id)
                values = values_of(seed, kind)
                if row is None:
                    row = kind(id=row_id, **values)
                for column, value in values.items():
                    setattr(row, column, value)
                aside = tx.connection.execute(
                    "SELECT 1 FROM set_aside WHERE id = ?", (name,)
                ).fetchone()
                if not aside and not taken(tx, kind, row):
                    tx.put(row)
                    tx.record("any.written")

        @rule(at=WHO, table=TABLE, row_id=st.sampled_from(FEW))
        def drops(self, at, table, row_id):
            with self.desks[at].write(by="2001") as tx:
                row = tx.row_of(self.kinds[table], row_id)
                if row is not None:
                    tx.drop(row)
                    tx.record("any.dropped")

        @rule(at=WHO, table=TABLE, row_id=st.sampled_from(FEW), seed=SEED)
        def drops_and_makes_anew_in_one_act(self, at, table, row_id, seed):
            kind = self.kinds[table]
            with self.desks[at].write(by="2001") as tx:
                row = tx.row_of(kind, row_id)
                if row is not None:
                    tx.drop(row)
                    again = kind(id=row_id, **values_of(seed, kind))
                    if not taken(tx, kind, again):
                        tx.put(again)
                    tx.record("any.made_anew")

        @rule(at=WHO, n=st.integers(0, 5), kept=st.integers(0, 2))
        def decides(self, at, n, kept):
            forks = self.forks_at(at)
            if forks:
                self.decide(at, forks[n % len(forks)], kept)

        def forks_at(self, at):
            with self.desks[at].read() as book:
                return open_forks(book)

        def decide(self, at, fork, kept):
            """A conflict is decided as people do it, but for what the feature makes of it."""
            desk = self.desks[at]
            with desk.read() as book:
                seen = tuple(one.stamp for one in versions_of(book, fork))
            asked = Asked(fork.table, fork.row_id, seen, kept % len(seen))
            service.decide(desk, "2001", asked, "核实", self.proof)

        @rule(at=WHO, other=WHO, bite=st.integers(1, 9))
        def hears_a_bite(self, at, other, bite):
            carry(self.desks[other], self.desks[at], bite)

        @rule(at=WHO, other=WHO)
        def hears(self, at, other):
            if at != other:
                carry(self.desks[other], self.desks[at])

        @rule(minutes=st.sampled_from([1, 30, -45]))
        def time_passes(self, minutes):
            clock.advance(minutes=minutes)

        @rule(at=WHO)
        def restarts(self, at):
            settings = self.desks[at].settings
            self.desks[at].close()
            self.desks[at] = Desk.open(settings, clock)

        @rule()
        def the_cable_holds(self):
            heal(self.desks)
            self.all_agree()

    return Site


@pytest.fixture
def no_feature_follows(monkeypatch):
    """What these rows say means nothing: no feature can look for its words, or act upon it."""
    monkeypatch.setattr(decided, "_absorbs", [])
    monkeypatch.setattr(decided, "_by_table", {})


@pytest.mark.usefixtures("no_feature_follows")
def test_rows_of_every_table_are_the_same_at_every_desk(tmp_path, built, desk_clock, settings):
    run_state_machine_as_test(
        machine_of(tmp_path, built, desk_clock, settings),
        settings=hypothesis.settings(
            max_examples=40, stateful_step_count=40, deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[hypothesis.Phase.explicit, hypothesis.Phase.reuse, hypothesis.Phase.generate],
        ),
    )  # fmt: skip
