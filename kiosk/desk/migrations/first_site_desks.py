"""The first schema's tables of the site's desks; revision 0001 makes them with all the others."""

from typing import Any

import sqlalchemy as sa
from alembic import op


def create() -> None:
    """Create the desks' names, and what they say to each other."""
    _row(
        "site_desk",
        _text("name"), _text("telephone"), sa.Column("gone", sa.Boolean(), nullable=False),
    )  # fmt: skip
    _row(
        "desk_line",
        _text("from_gate"), _text("to_gate"), _text("subject"), _text("words"),
        _text("sent_at", 27), _text("sent_by"), _text("answers"),
    )  # fmt: skip
    op.create_index("ix_desk_line_sent_at", "desk_line", ["sent_at"], unique=False)
    _row(
        "desk_line_read",
        _text("line_id"), _text("gate"), _text("came_at", 27),
        sa.Column("read_at", sa.String(27), nullable=True), _text("read_by"),
        sa.Column("reply", sa.String(40), nullable=True),
    )  # fmt: skip
    op.create_index("ix_desk_line_read_line", "desk_line_read", ["line_id", "gate"], unique=False)


def _text(name: str, length: int | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=False)


def _row(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id"),
    )
