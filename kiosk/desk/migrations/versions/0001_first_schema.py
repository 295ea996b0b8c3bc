"""The first schema: every table of the desk and its features, and the journal's guard."""

import sqlalchemy as sa
from alembic import op

from kiosk.desk.migrations import first_attendance, first_site_desks

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

GUARDS = [
    f"""CREATE TRIGGER journal_refuses_{act} BEFORE {act} ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END"""
    for act in ("update", "delete")
]


def upgrade() -> None:
    op.create_table(
        "department",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "journal",
        sa.Column("gate", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("images", sa.Text(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("gate", "seq"),
    )
    op.create_index(op.f("ix_journal_code"), "journal", ["code"], unique=False)
    op.create_index("ix_journal_at", "journal", ["gate", "at"], unique=False)
    op.create_table(
        "print_job",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("slip", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("copy_no", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("queued_at", sa.String(27), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("weak", sa.Boolean(), nullable=False),
        sa.Column("printer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_print_job_number"), "print_job", ["number"], unique=False)
    op.create_index(op.f("ix_print_job_state"), "print_job", ["state"], unique=False)
    op.create_table(
        "safety_fault",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("found_at", sa.String(27), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("closing", sa.String(), nullable=False),
        sa.Column("closed_told", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(op.f("ix_safety_fault_closed_at"), "safety_fault", ["closed_at"], unique=False)
    op.create_table(
        "series",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "subject_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for name, columns in (
        ("fork_head", ("table_name", "row_id", "stamp", "at", "by", "code", "stored")),
        ("tombstone", ("stamp",)),
        ("erased_subject", ()),
        ("set_aside", ("table_name", "row_id", "stored")),
    ):
        op.create_table(
            name,
            sa.Column("id", sa.String(), nullable=False),
            *(sa.Column(column, sa.String(), nullable=False) for column in columns),
            sa.PrimaryKeyConstraint("id"),
        )
    op.create_table(
        "visit_words",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pinyin", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("phone_tail", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("phone_day", sa.String(10), nullable=True),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("given_initials", sa.String(), nullable=False),
        sa.Column("spelled", sa.String(), nullable=False),
        sa.Column("given_spelled", sa.String(), nullable=False),
        sa.Column("plate", sa.String(), nullable=False),
        sa.Column("plate_number", sa.String(), nullable=False),
        sa.Column("same_phone", sa.String(), nullable=False),
        sa.Column("same_unit", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_visit_words_day"), "visit_words", ["day"], unique=False)
    op.create_index(op.f("ix_visit_words_phone_day"), "visit_words", ["phone_day"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("staff_no", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pinyin", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("department_id", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("rank", sa.String(40), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("address_form", sa.String(), nullable=False),
        sa.Column("extension", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("mobile", sa.String(), nullable=False),
        sa.Column("deputy_no", sa.String(), nullable=False),
        sa.Column("notify_url", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("known_since", sa.String(27), nullable=True),
        sa.Column("left_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("staff_no"),
    )
    op.create_table(
        "badge",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("enrolled_at", sa.String(27), nullable=False),
        sa.Column("blocked_at", sa.String(27), nullable=True),
        sa.Column("blocked_for", sa.String(40), nullable=True),
        sa.Column("proves", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    op.create_index(op.f("ix_badge_person_id"), "badge", ["person_id"], unique=False)
    op.create_table(
        "duty",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("until", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_duty_post_until", "duty", ["post", "until"], unique=False)
    op.create_table(
        "handover",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("outgoing_id", sa.String(), nullable=False),
        sa.Column("incoming_id", sa.String(), nullable=True),
        sa.Column("frozen_at", sa.String(27), nullable=False),
        sa.Column("signed_seq", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.String(27), nullable=True),
        sa.Column("open_count", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incoming_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["outgoing_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(
        "ix_handover_post_frozen_at", "handover", ["post", "frozen_at", "id"], unique=False
    )
    op.create_index(op.f("ix_handover_state"), "handover", ["state"], unique=False)
    op.create_table(
        "matter",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("giver_kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("left_here", sa.String(), nullable=False),
        sa.Column("due", sa.String(27), nullable=True),
        sa.Column("entrusted_at", sa.String(27), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("ending", sa.String(40), nullable=True),
        sa.Column("handed_to", sa.String(), nullable=False),
        sa.Column("receiver_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["receiver_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(op.f("ix_matter_closed_at"), "matter", ["closed_at"], unique=False)
    op.create_table(
        "pin",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("wrong", sa.BigInteger(), nullable=False),
        sa.Column("wait_until", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "presence",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("tapped_at", sa.String(27), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "safety_round",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("by_id", sa.String(), nullable=False),
        sa.Column("started_at", sa.String(27), nullable=False),
        sa.Column("done_at", sa.String(27), nullable=True),
        sa.Column("too_fast", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("reported_to", sa.String(), nullable=False),
        sa.Column("reported_how", sa.String(), nullable=False),
        sa.Column("reported_at", sa.String(27), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.String(27), nullable=True),
        sa.Column("awaits_answer", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_safety_fault_found_at", "safety_fault", ["found_at"])
    op.create_index("ix_safety_round_awaits_answer", "safety_round", ["awaits_answer"])
    op.create_index(op.f("ix_safety_round_done_at"), "safety_round", ["done_at"], unique=False)
    op.create_index(op.f("ix_safety_round_post"), "safety_round", ["post"], unique=False)
    op.create_table(
        "tap",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("means", sa.String(40), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("corrects", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_tap_day"), "tap", ["day"], unique=False)
    op.create_table(
        "visit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("origin", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("id_masked", sa.String(), nullable=False),
        sa.Column("id_hash", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("goods", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.BigInteger(), nullable=False),
        sa.Column("host_id", sa.String(), nullable=False),
        sa.Column("from_at", sa.String(27), nullable=False),
        sa.Column("until_at", sa.String(27), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.Column("arrived_at", sa.String(27), nullable=True),
        sa.Column("asked_at", sa.String(27), nullable=True),
        sa.Column("asked_how", sa.String(40), nullable=True),
        sa.Column("asked_extension", sa.String(), nullable=False),
        sa.Column("answer", sa.String(40), nullable=True),
        sa.Column("answer_how", sa.String(40), nullable=True),
        sa.Column("answer_by", sa.String(), nullable=False),
        sa.Column("answer_rung", sa.String(40), nullable=True),
        sa.Column("answered_at", sa.String(27), nullable=True),
        sa.Column("admitted_at", sa.String(27), nullable=True),
        sa.Column("admitted_by", sa.String(), nullable=False),
        sa.Column("copy_no", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.String(27), nullable=True),
        sa.Column("left_how", sa.String(40), nullable=True),
        sa.Column("left_gate", sa.String(), nullable=False),
        sa.Column("return_slip", sa.String(40), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("companions", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("plate", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("helmet", sa.String(), nullable=False),
        sa.Column("helmet_back_at", sa.String(27), nullable=True),
        sa.Column("besides", sa.String(), nullable=False),
        sa.Column("leader_told_at", sa.String(27), nullable=True),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("instead_of", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("changed", sa.String(), nullable=False),
        sa.Column("file_ref", sa.String(), nullable=False),
        sa.Column("file_row", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["host_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_visit_day"), "visit", ["day"], unique=False)
    op.create_index(op.f("ix_visit_file_ref"), "visit", ["file_ref"], unique=False)
    op.create_index(op.f("ix_visit_helmet"), "visit", ["helmet"], unique=False)
    op.create_index(op.f("ix_visit_host_id"), "visit", ["host_id"], unique=False)
    op.create_index(op.f("ix_visit_id_hash"), "visit", ["id_hash"], unique=False)
    op.create_index(op.f("ix_visit_lane"), "visit", ["lane"], unique=False)
    op.create_index(op.f("ix_visit_return_slip"), "visit", ["return_slip"], unique=False)
    op.create_index(op.f("ix_visit_series"), "visit", ["series"], unique=False)
    op.create_index(op.f("ix_visit_state"), "visit", ["state"], unique=False)
    op.create_table(
        "handover_mark",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("handover_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("mark", sa.String(40), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handover_id"],
            ["handover.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_handover_mark_handover_id"), "handover_mark", ["handover_id"], unique=False
    )
    op.create_table(
        "safety_answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("found", sa.String(40), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("fault_id", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("named", sa.String(), nullable=False),
        sa.Column("unproven", sa.Boolean(), nullable=False),
        sa.Column("fast", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["safety_round.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_safety_answer_round_id"), "safety_answer", ["round_id"], unique=False)
    for tables in (
        _search_of_visits, _ledger, _messages_and_parcels, _roll_calls, _watch_list, _host_ladder,
        _visit_differences, _left_here, _goods_passes, _emergencies, _enquiries,
        _duty_log, _stepping_away, _lock_up_lists, _lock_ups, _incidents, _instructions,
        _handover_exits, _safety_list, _presence_prompts, _last_and_open_ones,
        first_attendance.create, _conflict_decisions,
        first_site_desks.create,
    ):  # fmt: skip
        tables()
    for guard in GUARDS:
        op.execute(guard)


def _ledger() -> None:
    op.create_table(
        "thing",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("pinyin", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("tag", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("state_since", sa.String(27), nullable=True),
        sa.Column("condition", sa.String(40), nullable=False),
        sa.Column("lock", sa.String(), nullable=False),
        sa.Column("doors", sa.String(), nullable=False),
        sa.Column("approval", sa.String(40), nullable=False),
        sa.Column("section_id", sa.String(), nullable=False),
        sa.Column("pair", sa.String(), nullable=False),
        sa.Column("due_hour", sa.BigInteger(), nullable=False),
        sa.Column("longest_min", sa.BigInteger(), nullable=False),
        sa.Column("home", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("label"),
        sa.UniqueConstraint("tag"),
    )
    op.create_index("ix_thing_lock", "thing", ["lock"], unique=False)
    op.create_index("ix_thing_state", "thing", ["state"], unique=False)
    op.create_table(
        "loan",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("thing_id", sa.String(), nullable=False),
        sa.Column("holder_id", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("out_at", sa.String(27), nullable=False),
        sa.Column("due_at", sa.String(27), nullable=True),
        sa.Column("returned_at", sa.String(27), nullable=True),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("ended", sa.String(40), nullable=True),
        sa.Column("condition", sa.String(40), nullable=True),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("approved", sa.String(40), nullable=False),
        sa.Column("approver_id", sa.String(), nullable=True),
        sa.Column("second_approver_id", sa.String(), nullable=True),
        sa.Column("owed", sa.Boolean(), nullable=False),
        sa.Column("second_owed", sa.Boolean(), nullable=False),
        sa.Column("recalled_at", sa.String(27), nullable=True),
        sa.Column("recall_reason", sa.String(), nullable=False),
        sa.Column("reminders", sa.BigInteger(), nullable=False),
        sa.Column("reminded_at", sa.String(27), nullable=True),
        sa.Column("head_told_at", sa.String(27), nullable=True),
        sa.Column("confirmed_at", sa.String(27), nullable=True),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["thing_id"], ["thing.id"]),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["second_approver_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_loan_holder_id", "loan", ["holder_id"], unique=False)
    op.create_index("ix_loan_number", "loan", ["number"], unique=False)
    op.create_index(
        "ix_loan_one_holder",
        "loan",
        ["thing_id"],
        unique=True,
        sqlite_where=sa.text("returned_at IS NULL"),
    )
    op.create_index("ix_loan_open_due", "loan", ["returned_at", "due_at"], unique=False)
    op.create_index("ix_loan_out_at", "loan", ["out_at"], unique=False)
    op.create_index(
        "ix_loan_owed", "loan", ["owed"], unique=False, sqlite_where=sa.text("owed = 1")
    )
    op.create_index("ix_loan_thing_out", "loan", ["thing_id", "out_at"], unique=False)
    op.create_index("ix_loan_visit_id", "loan", ["visit_id"], unique=False)
    op.create_table(
        "custody",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "received",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("thing_id", sa.String(), nullable=False),
        sa.Column("loan_id", sa.String(), nullable=False),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.String(27), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("settled_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(["thing_id"], ["thing.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_received_open",
        "received",
        ["thing_id", "gate"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting' OR state = 'disputed'"),
    )
    op.create_index("ix_received_loan", "received", ["loan_id"], unique=False)
    op.create_table(
        "reservation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("thing_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("from_at", sa.String(27), nullable=False),
        sa.Column("until_at", sa.String(27), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("approver_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["thing_id"], ["thing.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_reservation_number", "reservation", ["number"], unique=False)
    op.create_index("ix_reservation_person_id", "reservation", ["person_id"], unique=False)
    op.create_index("ix_reservation_thing_id", "reservation", ["thing_id"], unique=False)
    op.create_index("ix_reservation_until_at", "reservation", ["until_at"], unique=False)
    op.create_table(
        "overtime",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("from_at", sa.String(27), nullable=False),
        sa.Column("until_at", sa.String(27), nullable=False),
        sa.Column("rooms", sa.String(), nullable=False),
        sa.Column("things", sa.String(), nullable=False),
        sa.Column("keys", sa.String(), nullable=False),
        sa.Column("others", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("approver_id", sa.String(), nullable=True),
        sa.Column("means", sa.String(40), nullable=True),
        sa.Column("by_phone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_overtime_day", "overtime", ["day"], unique=False)
    op.create_index("ix_overtime_number", "overtime", ["number"], unique=False)
    op.create_index("ix_overtime_person_id", "overtime", ["person_id"], unique=False)
    op.create_table(
        "loss",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("thing_id", sa.String(), nullable=False),
        sa.Column("holder_id", sa.String(), nullable=True),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("reported_at", sa.String(27), nullable=False),
        sa.Column("noticed_at", sa.String(27), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("where_last", sa.String(), nullable=False),
        sa.Column("decision", sa.String(40), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(27), nullable=True),
        sa.Column("found_at", sa.String(27), nullable=True),
        sa.Column("was_blocked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["thing_id"], ["thing.id"]),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_loss_decision", "loss", ["decision"], unique=False)
    op.create_index("ix_loss_holder_id", "loss", ["holder_id"], unique=False)
    op.create_index("ix_loss_number", "loss", ["number"], unique=False)
    op.create_index("ix_loss_thing_id", "loss", ["thing_id"], unique=False)
    op.create_table(
        "stock_take",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("began_at", sa.String(27), nullable=False),
        sa.Column("finished_at", sa.String(27), nullable=True),
        sa.Column("abandoned_at", sa.String(27), nullable=True),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("present", sa.BigInteger(), nullable=False),
        sa.Column("missing", sa.BigInteger(), nullable=False),
        sa.Column("unknown", sa.BigInteger(), nullable=False),
        sa.Column("differing", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_stock_take_finished_at", "stock_take", ["finished_at"], unique=False)
    op.create_index("ix_stock_take_number", "stock_take", ["number"], unique=False)
    op.create_table(
        "stock_line",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("take_id", sa.String(), nullable=False),
        sa.Column("thing_id", sa.String(), nullable=True),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("seen", sa.String(40), nullable=True),
        sa.Column("seen_at", sa.String(27), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["take_id"], ["stock_take.id"]),
        sa.ForeignKeyConstraint(["thing_id"], ["thing.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_stock_line_take_thing", "stock_line", ["take_id", "thing_id"], unique=False)


def _messages_and_parcels() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("for_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("taken_at", sa.String(27), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("ending", sa.String(40), nullable=True),
        sa.Column("means", sa.String(40), nullable=True),
        sa.Column("receiver_id", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["for_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_message_taken_at", "message", ["taken_at"], unique=False)
    op.create_index(
        "ix_message_open_since",
        "message",
        ["taken_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_message_open",
        "message",
        ["for_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "parcel",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("for_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("tracking", sa.String(), nullable=False),
        sa.Column("shelf", sa.String(), nullable=False),
        sa.Column("arrived_at", sa.String(27), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("ending", sa.String(40), nullable=True),
        sa.Column("receiver_id", sa.String(), nullable=True),
        sa.Column("word", sa.String(40), nullable=True),
        sa.Column("means", sa.String(40), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["for_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_parcel_arrived_at", "parcel", ["arrived_at"], unique=False)
    op.create_index(
        "ix_parcel_open_since",
        "parcel",
        ["arrived_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_parcel_open",
        "parcel",
        ["for_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )


def _roll_calls() -> None:
    op.create_table(
        "roll_call",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("began_at", sa.String(27), nullable=False),
        sa.Column("ended_at", sa.String(27), nullable=True),
        sa.Column("papers", sa.BigInteger(), nullable=False),
        sa.Column("printed_at", sa.String(27), nullable=False),
        sa.Column("things", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("uncertain", sa.BigInteger(), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.Column("needs_help", sa.BigInteger(), nullable=False),
        sa.Column("not_inside", sa.BigInteger(), nullable=False),
        sa.Column("missing", sa.BigInteger(), nullable=False),
        sa.Column("unclear", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_roll_call_ended_at", "roll_call", ["ended_at"], unique=False)
    op.create_table(
        "roll_mark",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("roll_id", sa.String(), nullable=False),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("sort", sa.String(40), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("added", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(40), nullable=True),
        sa.Column("here", sa.BigInteger(), nullable=False),
        sa.Column("marked_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(["roll_id"], ["roll_call.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_roll_mark_roll_ref", "roll_mark", ["roll_id", "ref"], unique=False)


def _emergencies() -> None:
    op.create_table(
        "emergency_entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("owed", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("due_at", sa.String(27), nullable=False),
        sa.Column("paid_at", sa.String(27), nullable=True),
        sa.Column("paid_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_emergency_entry_open",
        "emergency_entry",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("paid_at IS NULL"),
    )


def _last_and_open_ones() -> None:
    op.create_index("ix_print_job_slip_queued_at", "print_job", ["slip", "queued_at"], unique=False)
    op.create_index(
        "ix_handover_open", "handover", ["post", "frozen_at"], unique=False,
        sqlite_where=sa.text("state IN ('frozen', 'briefing')"),
    )  # fmt: skip


def _incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(27), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("papers", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_incident_opened_at", "incident", ["opened_at"], unique=False)
    op.create_index(
        "ix_incident_open",
        "incident",
        ["opened_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "incident_step",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("whom", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_incident_step_incident_id", "incident_step", ["incident_id"], unique=False)
    op.create_table(
        "incident_report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("sort", sa.String(40), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_incident_report_incident_id", "incident_report", ["incident_id"], unique=False
    )


def _enquiries() -> None:
    op.create_table(
        "enquiry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("first_id", sa.String(), nullable=False),
        sa.Column("first_means", sa.String(40), nullable=False),
        sa.Column("handler_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("enquirer", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("own_duty", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.String(27), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("led_to_id", sa.String(), nullable=True),
        sa.Column("led_at", sa.String(27), nullable=True),
        sa.Column("notice_at", sa.String(27), nullable=True),
        sa.Column("notices", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("ending", sa.String(40), nullable=True),
        sa.Column("means", sa.String(40), nullable=True),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["handler_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["led_to_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_enquiry_opened_at", "enquiry", ["opened_at"], unique=False)
    op.create_index(
        "ix_enquiry_open_since",
        "enquiry",
        ["opened_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_enquiry_open",
        "enquiry",
        ["led_to_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )


def _duty_log() -> None:
    op.create_table(
        "duty_line",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("written_at", sa.String(27), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("corrects", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_duty_line_at", "duty_line", ["post", "written_at"], unique=False)
    op.create_index("ix_duty_line_corrects", "duty_line", ["corrects"], unique=False)


def _watch_list() -> None:
    op.create_table(
        "watch_entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("other_names", sa.String(), nullable=False),
        sa.Column("phone_tail", sa.String(), nullable=False),
        sa.Column("phone_hash", sa.String(), nullable=False),
        sa.Column("id_hash", sa.String(), nullable=False),
        sa.Column("born", sa.String(), nullable=False),
        sa.Column("plate", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("whom", sa.String(), nullable=False),
        sa.Column("say", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("until_at", sa.String(27), nullable=True),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signed_means", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(27), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_table(
        "watch_match",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("sure", sa.String(40), nullable=False),
        sa.Column("ways", sa.String(), nullable=False),
        sa.Column("found_at", sa.String(27), nullable=False),
        sa.Column("answer", sa.String(40), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.String(27), nullable=True),
        sa.Column("decision", sa.String(40), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_means", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(27), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "watch_missed",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("made_up_at", sa.String(27), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "watch_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_watch_entry_ended_at", "watch_entry", ["ended_at"], unique=False)
    op.create_index("ix_watch_key_entry_id", "watch_key", ["entry_id"], unique=False)
    op.create_index("ix_watch_key_key", "watch_key", ["key"], unique=False)
    op.create_index("ix_watch_match_entry_id", "watch_match", ["entry_id"], unique=False)
    op.create_index("ix_watch_match_visit_id", "watch_match", ["visit_id"], unique=False)
    op.create_index("ix_watch_missed_made_up_at", "watch_missed", ["made_up_at"], unique=False)


def _instructions() -> None:
    op.create_table(
        "instruction",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("sort", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("giver_id", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("given_at", sa.String(27), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("valid_until", sa.String(27), nullable=True),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closing", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_table(
        "instruction_known",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("instruction_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("means", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["instruction_id"], ["instruction.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_instruction_given_at", "instruction", ["given_at"], unique=False)
    op.create_index(
        "ix_instruction_open", "instruction", ["given_at"], unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )  # fmt: skip
    op.create_index(
        "ix_instruction_known_instruction_id", "instruction_known", ["instruction_id"],
        unique=False,
    )  # fmt: skip


def _host_ladder() -> None:
    op.create_table(
        "host_ask",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("host_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("rung", sa.String(40), nullable=False),
        sa.Column("how", sa.String(40), nullable=False),
        sa.Column("asked_at", sa.String(27), nullable=False),
        sa.Column("delivery", sa.String(40), nullable=True),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_host_ask_delivery", "host_ask", ["delivery"], unique=False)
    op.create_index("ix_host_ask_visit_id", "host_ask", ["visit_id"], unique=False)
    op.create_table(
        "mobile_release",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("shown_at", sa.String(27), nullable=False),
        sa.Column("shown_by", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_mobile_release_shown_at", "mobile_release", ["shown_at"], unique=False)
    op.create_index("ix_mobile_release_visit_id", "mobile_release", ["visit_id"], unique=False)


def _search_of_visits() -> None:
    for word in (
        "name",
        "given",
        "initials",
        "given_initials",
        "spelled",
        "given_spelled",
        "phone_tail",
        "plate",
        "plate_number",
    ):
        op.create_index(f"ix_visit_words_{word}", "visit_words", [word, "day"], unique=False)
    for mark in ("same_phone", "same_unit"):
        op.create_index(op.f(f"ix_visit_words_{mark}"), "visit_words", [mark], unique=False)


def _left_here() -> None:
    op.create_table(
        "left_here",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.String(27), nullable=False),
        sa.Column("seen_by", sa.String(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.String(27), nullable=True),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_left_here_told_at", "left_here", ["told_at"], unique=False)
    op.create_table(
        "visit_two_people",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(27), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "visit_gave_way",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("right_id", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(27), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _visit_differences() -> None:
    op.create_table(
        "visit_difference",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("found_at", sa.String(27), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("settled_at", sa.String(27), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("settled_how", sa.String(40), nullable=True),
        sa.Column("settled_words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_visit_difference_visit_id", "visit_difference", ["visit_id"], unique=False)
    op.create_index(
        "ix_visit_difference_settled_at", "visit_difference", ["settled_at"], unique=False
    )


def _goods_passes() -> None:
    op.create_table(
        "goods_pass",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("asker_id", sa.String(), nullable=False),
        sa.Column("carrier_id", sa.String(), nullable=True),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("back_on", sa.String(10), nullable=True),
        sa.Column("asked_at", sa.String(27), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("approver_id", sa.String(), nullable=True),
        sa.Column("approved_at", sa.String(27), nullable=True),
        sa.Column("means", sa.String(40), nullable=True),
        sa.Column("valid_until", sa.String(10), nullable=True),
        sa.Column("used_at", sa.String(27), nullable=True),
        sa.Column("used_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["asker_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["carrier_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_goods_pass_asked_at", "goods_pass", ["asked_at"], unique=False)
    op.create_index(
        "ix_goods_pass_open_since",
        "goods_pass",
        ["asked_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_goods_pass_open",
        "goods_pass",
        ["state"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "goods_pass_item",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("pass_id", sa.String(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("went", sa.BigInteger(), nullable=False),
        sa.Column("back", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["pass_id"], ["goods_pass.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_goods_pass_item_pass_id", "goods_pass_item", ["pass_id"], unique=False)
    op.create_table(
        "goods_kept",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("why", sa.String(40), nullable=False),
        sa.Column("pass_id", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("kept_at", sa.String(27), nullable=False),
        sa.Column("kept_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["pass_id"], ["goods_pass.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_goods_kept_kept_at", "goods_kept", ["kept_at"], unique=False)


def _stepping_away() -> None:
    op.create_table(
        "step_away",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("cover", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.String(27), nullable=False),
        sa.Column("since_at", sa.String(27), nullable=False),
        sa.Column("due_at", sa.String(27), nullable=False),
        sa.Column("companion_id", sa.String(), nullable=True),
        sa.Column("companion_means", sa.String(40), nullable=True),
        sa.Column("leader_id", sa.String(), nullable=True),
        sa.Column("leader_words", sa.String(), nullable=False),
        sa.Column("door", sa.String(40), nullable=True),
        sa.Column("overdue_at", sa.String(27), nullable=True),
        sa.Column("extended", sa.BigInteger(), nullable=False),
        sa.Column("superior_id", sa.String(), nullable=True),
        sa.Column("superior_words", sa.String(), nullable=False),
        sa.Column("superior_at", sa.String(27), nullable=True),
        sa.Column("ended_at", sa.String(27), nullable=True),
        sa.Column("ended_means", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["companion_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["leader_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["superior_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_step_away_started_at", "step_away", ["started_at"], unique=False)
    op.create_index("ix_step_away_ended_at", "step_away", ["ended_at"], unique=False)
    op.create_index(
        "ix_step_away_running", "step_away", ["post"], unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
    )  # fmt: skip
    op.create_table(
        "refused_errand",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("guard_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("voided_at", sa.String(27), nullable=True),
        sa.Column("seen_at", sa.String(27), nullable=True),
        sa.Column("seen_by_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["guard_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["seen_by_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_refused_errand_at", "refused_errand", ["at"], unique=False)


def _presence_prompts() -> None:
    op.create_table(
        "presence_prompt",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("asked_at", sa.String(27), nullable=False),
        sa.Column("missed_at", sa.String(27), nullable=True),
        sa.Column("answered_at", sa.String(27), nullable=True),
        sa.Column("ended_at", sa.String(27), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("explained_at", sa.String(27), nullable=True),
        sa.Column("explained_by_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["explained_by_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(
        "ix_presence_prompt_running", "presence_prompt", ["post"], unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
    )  # fmt: skip
    op.create_index(
        "ix_presence_prompt_asked", "presence_prompt", ["post", "asked_at"], unique=False
    )
    op.create_index(
        "ix_presence_prompt_unexplained", "presence_prompt", ["post"], unique=False,
        sqlite_where=sa.text("missed_at IS NOT NULL AND explained_at IS NULL"),
    )  # fmt: skip
    op.create_index(
        "ix_presence_prompt_explained_at", "presence_prompt", ["explained_at"], unique=False
    )


def _lock_up_lists() -> None:
    op.create_table(
        "last_out_list",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closing", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(op.f("ix_last_out_list_day"), "last_out_list", ["day"], unique=False)
    op.create_index(
        op.f("ix_last_out_list_closed_at"), "last_out_list", ["closed_at"], unique=False
    )
    op.create_table(
        "last_out_person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("list_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("means", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["last_out_list.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_last_out_person_list_id"), "last_out_person", ["list_id"], unique=False
    )
    op.create_table(
        "last_out_line",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("list_id", sa.String(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("checked_at", sa.String(27), nullable=True),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closing", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["last_out_list.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_last_out_line_list_id"), "last_out_line", ["list_id"], unique=False)


def _lock_ups() -> None:
    op.create_table(
        "lock_up",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("handover_id", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("locked_at", sa.String(27), nullable=False),
        sa.Column("read_at", sa.String(27), nullable=True),
        sa.Column("read_by_id", sa.String(), nullable=True),
        sa.Column("empty_min", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.ForeignKeyConstraint(["read_by_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_lock_up_post"), "lock_up", ["post"], unique=False)


def _handover_exits() -> None:
    op.create_table(
        "alongside",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("came_at", sa.String(27), nullable=False),
        sa.Column("due_at", sa.String(27), nullable=True),
        sa.Column("late_min", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_alongside_post"), "alongside", ["post"], unique=False)
    op.create_index(op.f("ix_alongside_left_at"), "alongside", ["left_at"], unique=False)
    op.create_table(
        "leader_word",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("word_for", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("handover_id", sa.String(), nullable=True),
        sa.Column("leader_id", sa.String(), nullable=True),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("leader", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.ForeignKeyConstraint(["leader_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(op.f("ix_leader_word_post"), "leader_word", ["post"], unique=False)
    op.create_index(op.f("ix_leader_word_at"), "leader_word", ["at"], unique=False)
    op.create_table(
        "handover_count",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("handover_id", sa.String(), nullable=False),
        sa.Column("counted", sa.String(40), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=True),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.Column("away", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_handover_count_handover_id"), "handover_count", ["handover_id"], unique=False
    )
    op.create_table(
        "handover_addendum",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("handover_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_handover_addendum_handover_id"), "handover_addendum", ["handover_id"],
        unique=False,
    )  # fmt: skip


def _safety_list() -> None:
    op.create_table(
        "safety_place",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("tag", sa.String(), nullable=True),
        sa.Column("retired_at", sa.String(27), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("tag"),
    )
    op.create_table(
        "safety_point",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("in_group", sa.String(40), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.String(27), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "safety_visit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["safety_round.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_safety_visit_round_id", "safety_visit", ["round_id"], unique=False)


def _conflict_decisions() -> None:
    words = ("number", "about", "row_ref", "how", "kept", "given_up")
    op.create_table(
        "conflict_decision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        *(sa.Column(word, sa.String(), nullable=False) for word in words),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("decided_by_id", sa.String(), nullable=False),
        sa.Column("decided_means", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_conflict_decision_at", "conflict_decision", ["at"])
    op.create_index("ix_conflict_decision_of", "conflict_decision", ["about", "row_ref"])
