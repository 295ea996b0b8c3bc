"""The first schema's tables of staff attendance; revision 0001 makes them with all the others."""

from typing import Any

import sqlalchemy as sa
from alembic import op


def create() -> None:
    """Create every table of staff attendance but the taps."""
    for tables in (
        _absences, _tap_voids, _remarks, _shift_days, _weather, _day_closings, _cases, _months,
        _site_days, _leave_approvals, _spares, _people_before,
    ):  # fmt: skip
        tables()
    _honest_taps()


def _row(name: str, *columns: sa.Column[Any] | sa.Constraint) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id"),
    )


def _words(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _moments(*names: str, optional: bool = True) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(27), nullable=optional) for name in names]


def _days(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(10), nullable=False) for name in names]


def _choices(*names: str, optional: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(40), nullable=optional) for name in names]


def _people(*names: str, optional: bool = False) -> list[sa.Column[Any] | sa.Constraint]:
    return [
        *(sa.Column(name, sa.String(), nullable=optional) for name in names),
        *(sa.ForeignKeyConstraint([name], ["person.id"]) for name in names),
    ]


def _open(name: str, table: str, column: str, closed: str) -> None:
    op.create_index(name, table, [column], sqlite_where=sa.text(f"{closed} IS NULL"))


def _absences() -> None:
    _row(
        "leave",
        *_words("number", "subject"), *_people("person_id"), *_choices("kind"),
        *_days("first_day"), *_choices("first_half"), *_days("last_day"), *_choices("last_half"),
        sa.Column("halves", sa.BigInteger(), nullable=False),
        sa.Column("guessed", sa.BigInteger(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("by_phone", sa.Boolean(), nullable=False),
        sa.Column("papers_owed", sa.Boolean(), nullable=False),
        *_words("waits_at", "reason", "contact", "note"), *_choices("state"),
        *_moments("asked_at", optional=False), *_words("asked_by"),
        *_moments("approved_at", "returned_at"), *_choices("returned_means", optional=True),
        *_moments("overdue_at", "closed_at"), sa.UniqueConstraint("number"),
    )  # fmt: skip
    _open("ix_leave_open", "leave", "person_id", "closed_at")
    op.create_index("ix_leave_days", "leave", ["last_day", "first_day"])
    op.create_index(op.f("ix_leave_person_id"), "leave", ["person_id"])
    _row(
        "outing",
        *_words("number", "subject"), *_people("person_id"), *_choices("kind"), *_days("day"),
        *_words("place", "why", "companions", "phone"),
        *_moments("written_at", "started_at", optional=False), *_moments("planned_at", "back_by"),
        sa.Column("not_back_today", sa.Boolean(), nullable=False),
        *_people("approver_id", optional=True), *_choices("approved_means", optional=True),
        sa.Column("by_phone", sa.Boolean(), nullable=False), *_words("written_by"),
        *_moments("safe_at"), *_words("safe_place"), *_moments("ended_at"), *_words("ended_by"),
        *_moments("cancelled_at"), sa.UniqueConstraint("number"),
    )  # fmt: skip
    op.create_index(
        "ix_outing_word_owed", "outing", ["started_at"],
        sqlite_where=sa.text("by_phone = 1 AND approved_means IS NULL AND cancelled_at IS NULL"),
    )  # fmt: skip
    op.create_index(
        "ix_outing_open", "outing", ["person_id", "started_at"],
        sqlite_where=sa.text("ended_at IS NULL"),
    )  # fmt: skip
    op.create_index(op.f("ix_outing_day"), "outing", ["day"])
    op.create_index(op.f("ix_outing_person_id"), "outing", ["person_id"])
    _row(
        "stand_in",
        *_words("number"), *_people("absent_id", "stand_in_id"), *_words("for_id"),
        *_moments("from_at", optional=False), *_moments("until_at"),
        *_moments("asked_at", optional=False), *_words("asked_by"), *_moments("accepted_at"),
        *_choices("accepted_means", optional=True), *_moments("ended_at"),
        sa.UniqueConstraint("number"),
    )  # fmt: skip
    _open("ix_stand_in_open", "stand_in", "absent_id", "ended_at")
    _open("ix_stand_in_of", "stand_in", "stand_in_id", "ended_at")


def _tap_voids() -> None:
    _row(
        "tap_void",
        *_words("tap_id"), *_days("day"), *_moments("at", optional=False), *_words("by"),
        *_choices("reason"), *_people("hand_id", optional=True),
        sa.ForeignKeyConstraint(["tap_id"], ["tap.id"]),
        sa.UniqueConstraint("tap_id"),
    )  # fmt: skip
    op.create_index(op.f("ix_tap_void_day"), "tap_void", ["day"])


def _remarks() -> None:
    _row(
        "remark",
        *_words("number", "subject"), *_people("person_id"), *_days("day"), *_choices("about"),
        *_words("cause"), *_moments("came_at", "went_at"),
        *_moments("written_at", optional=False), *_words("written_by"),
        sa.Column("by_phone", sa.Boolean(), nullable=False), *_words("called_by"),
        *_moments("called_at", "confirmed_at"), *_words("weather_id"),
        *_people("head_id", optional=True), *_moments("head_at"),
        *_choices("head_means", optional=True), *_people("leader_id", optional=True),
        *_moments("leader_at"), *_choices("leader_means", optional=True),
        *_moments("refused_at"), *_people("refused_by_id", optional=True),
        *_words("why", "replaces", "replaced_by"), *_moments("closed_at"),
        sa.UniqueConstraint("number"),
    )  # fmt: skip
    _open("ix_remark_open", "remark", "day", "closed_at")
    op.create_index(op.f("ix_remark_day"), "remark", ["day"])
    op.create_index(op.f("ix_remark_person_id"), "remark", ["person_id"])


def _shift_days() -> None:
    _row("shift_day", *_people("person_id"), *_days("day"), *_words("shift"))
    op.create_index("ix_shift_day_of", "shift_day", ["person_id", "day"], unique=True)
    op.create_index(op.f("ix_shift_day_day"), "shift_day", ["day"])


def _people_before() -> None:
    _row(
        "person_before",
        *_people("person_id"), *_moments("changed_at", optional=False),
        sa.Column("department_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"]),
        *_choices("rank", "role"),
    )  # fmt: skip
    op.create_index(op.f("ix_person_before_person_id"), "person_before", ["person_id"])


def _weather() -> None:
    _row(
        "weather_signal",
        *_words("number", "signal", "source"), *_moments("on_at", optional=False),
        *_words("on_by"), *_moments("off_at"), *_words("off_by"), *_moments("told_at"),
        *_words("never_reached"), sa.UniqueConstraint("number"),
    )  # fmt: skip
    _open("ix_weather_signal_on", "weather_signal", "on_at", "off_at")
    op.create_index(op.f("ix_weather_signal_on_at"), "weather_signal", ["on_at"])


def _day_closings() -> None:
    _row(
        "day_closing",
        *_days("day"), *_moments("closed_at", optional=False), *_people("closed_by_id"),
        sa.Column("gaps", sa.BigInteger(), nullable=False), *_words("outcome"),
        sa.Column("no_taps", sa.Boolean(), nullable=False),
    )  # fmt: skip
    op.create_index(op.f("ix_day_closing_day"), "day_closing", ["day"])


def _honest_taps() -> None:
    _row(
        "tap_proof",
        *_words("tap_id"), *_days("day"), *_moments("asked_at", optional=False),
        *_moments("proved_at"), sa.ForeignKeyConstraint(["tap_id"], ["tap.id"]),
        sa.UniqueConstraint("tap_id"),
    )  # fmt: skip
    _open("ix_tap_proof_open", "tap_proof", "day", "proved_at")
    _row(
        "tap_doubt",
        *_words("tap_id"), *_days("day"), *_choices("why"), *_moments("newest_at"),
        sa.ForeignKeyConstraint(["tap_id"], ["tap.id"]),
    )  # fmt: skip
    op.create_index(op.f("ix_tap_doubt_day"), "tap_doubt", ["day"])
    op.create_index(op.f("ix_tap_doubt_tap_id"), "tap_doubt", ["tap_id"])
    _row("clock_check", *_moments("at", optional=False), *_words("by"))
    _row(
        "badge_counter",
        *_words("badge_id"), sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["badge_id"], ["badge.id"]), sa.UniqueConstraint("badge_id"),
    )  # fmt: skip


def _cases() -> None:
    _row(
        "counted_mark",
        *_people("person_id"), *_days("day"), *_choices("what"),
        sa.Column("minutes", sa.BigInteger(), nullable=False), *_moments("came_at", "went_at"),
        sa.Column("counts", sa.Boolean(), nullable=False),
    )  # fmt: skip
    op.create_index("ix_counted_mark_of", "counted_mark", ["person_id", "day"])
    op.create_index(op.f("ix_counted_mark_day"), "counted_mark", ["day"])
    _row(
        "day_counted",
        *_days("day"), *_moments("counted_at", optional=False), *_words("limits"),
        sa.UniqueConstraint("day"),
    )  # fmt: skip
    _row(
        "attendance_case",
        *_words("number", "subject"), *_people("person_id"), *_words("counter", "clause"),
        *_days("first_day", "last_day"),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("units", "most")),
        sa.Column("days_off", sa.Boolean(), nullable=False), *_words("evidence"),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("units_now", "most_now")),
        sa.Column("reached", sa.Boolean(), nullable=False),
        *_moments("opened_at", optional=False), *_moments("changed_at", "printed_at", "closed_at"),
        *_people("closed_by_id", optional=True), *_choices("closed_means", optional=True),
        *_words("done"), sa.UniqueConstraint("number"),
    )  # fmt: skip
    _open("ix_attendance_case_open", "attendance_case", "opened_at", "closed_at")
    op.create_index("ix_attendance_case_period", "attendance_case", ["first_day"])
    op.create_index(op.f("ix_attendance_case_person_id"), "attendance_case", ["person_id"])
    op.create_index(op.f("ix_attendance_case_closed_at"), "attendance_case", ["closed_at"])


def _months() -> None:
    _row(
        "month_closing",
        *_days("first"), *_moments("published_at", optional=False), *_people("published_by_id"),
        *_days("until"), *_moments("closed_at"), *_people("closed_by_id", optional=True),
    )  # fmt: skip
    op.create_index("ix_month_closing_first", "month_closing", ["first"], unique=True)
    _row(
        "objection",
        *_words("number", "subject"), *_people("person_id"), *_days("day"), *_words("words"),
        *_moments("entered_at", optional=False), *_choices("entered_means"), *_words("answer"),
        sa.Column("accepted", sa.Boolean(), nullable=False), *_moments("answered_at"),
        *_people("answered_by_id", optional=True), sa.UniqueConstraint("number"),
    )  # fmt: skip
    _open("ix_objection_open", "objection", "entered_at", "answered_at")
    op.create_index(op.f("ix_objection_day"), "objection", ["day"])
    op.create_index(op.f("ix_objection_person_id"), "objection", ["person_id"])


def _site_days() -> None:
    _row("site_day", *_days("day"), *_words("section"), *_choices("kind"), *_words("name"))
    op.create_index("ix_site_day_of", "site_day", ["day", "section"], unique=True)


def _leave_approvals() -> None:
    _row(
        "leave_approval",
        *_words("leave_id"), sa.Column("step", sa.BigInteger(), nullable=False),
        *_choices("needed"), *_people("person_id"), *_choices("means"),
        *_moments("at", optional=False), sa.Column("yes", sa.Boolean(), nullable=False),
        sa.Column("in_place", sa.Boolean(), nullable=False), *_words("note"),
        sa.ForeignKeyConstraint(["leave_id"], ["leave.id"]),
    )  # fmt: skip
    op.create_index(op.f("ix_leave_approval_leave_id"), "leave_approval", ["leave_id"])


def _spares() -> None:
    _row(
        "spare_badge", *_words("label", "uid"), sa.UniqueConstraint("label"),
        sa.UniqueConstraint("uid"),
    )  # fmt: skip
    _row(
        "spare_lending",
        *_words("number", "spare_id"), *_people("person_id"), *_days("day"),
        *_moments("lent_at", optional=False), *_words("lent_by"), *_choices("means"),
        *_moments("ended_at", "returned_at"), *_words("returned_by"),
        sa.ForeignKeyConstraint(["spare_id"], ["spare_badge.id"]), sa.UniqueConstraint("number"),
    )  # fmt: skip
    for name, column in (("open", "spare_id"), ("of", "person_id")):
        op.create_index(
            f"ix_spare_lending_{name}", "spare_lending", [column], unique=True,
            sqlite_where=sa.text("returned_at IS NULL"),
        )  # fmt: skip
    op.create_index(op.f("ix_spare_lending_day"), "spare_lending", ["day"])
