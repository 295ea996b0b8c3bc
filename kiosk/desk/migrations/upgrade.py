"""Bring an older database file up to date with Alembic, all in one transaction."""

import sqlite3
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import StaticPool, create_engine

HERE = Path(__file__).parent


def upgrade(connection: sqlite3.Connection) -> None:
    """Run every missing revision; a failure leaves the file as it was."""
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    script = ScriptDirectory(str(HERE))
    with engine.connect() as borrowed, borrowed.begin():
        # SQLAlchemy never says BEGIN on this connection, but its commit and rollback end ours.
        connection.execute("BEGIN IMMEDIATE")
        context = MigrationContext.configure(
            borrowed,
            opts={"fn": lambda found, _: script._upgrade_revs("head", found)},  # noqa: SLF001 - what Alembic's own command does
        )
        with Operations.context(context):
            context.run_migrations()
