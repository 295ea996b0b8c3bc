"""Taking things from a file: all of them or none, and every bad row by its name."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.desk.desk import Desk
from kiosk.desk.journal import entries
from kiosk.desk.loans import OPEN_LOANS, THING_BY_LABEL, Approval, Reason, Thing, ThingKind
from kiosk.desk.refusal import Refused
from kiosk.desk.verify import verify
from kiosk.keys import things_import
from kiosk.keys.enrolling import add_thing
from kiosk.keys.losing import block
from kiosk.keys.returning import Condition
from kiosk.keys.service import lend
from kiosk.keys.things_file import COLUMNS, read_things
from kiosk.keys.things_plan import Plan

pytestmark = pytest.mark.usefixtures("people")

HEADER = "名称,类型,标签,位置,锁号,门,批准,科室,互斥,应还时刻,最长分钟,持有人"
CABINET = "12号柜钥匙,共用文件柜钥匙,04B1B2B3B4B501,A3,L12,档案室12号柜,两人,办公室,档案,17:00,120,"
OFFICE = "3楼钥匙,office_key,04B1B2B3B4B502,,,,,,,,,1001"


def as_hex(text: str) -> str:
    return bytes.fromhex(text).hex().upper()


def sheet(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def plan_of(desk: Desk, content: bytes) -> Plan:
    with desk.read() as book:
        rows = read_things("things.csv", content).rows
        return things_import.check(book, rows, as_hex, desk.clock())


def take(desk: Desk, content: bytes) -> Plan:
    plan = plan_of(desk, content)
    with desk.write(by="9001") as tx:
        things_import.apply(tx, plan)
    return plan


def thing(desk: Desk, label: str) -> Thing:
    with desk.read() as book:
        found = book.one(THING_BY_LABEL, label=label)
    assert found is not None
    return found


def test_a_thing_comes_in_with_everything_the_row_says(desk):
    take(desk, sheet(HEADER, CABINET))
    new = thing(desk, "12号柜钥匙")
    assert (new.kind, new.tag) == (ThingKind.CABINET_KEY, "04B1B2B3B4B501")
    assert (new.place, new.lock, new.doors, new.pair) == ("A3", "L12", "档案室12号柜", "档案")
    assert (new.approval, new.due_hour, new.longest_min) == (Approval.TWO, 17, 120)
    assert new.section_id


def test_english_headers_and_kinds_say_the_same(desk):
    take(desk, sheet("Label,Kind,Longest min", "Helmet 3,helmet,45", "Seal,印章,"))
    assert thing(desk, "Helmet 3").longest_min == 45
    assert thing(desk, "Seal").kind is ThingKind.SEAL


def test_a_new_office_key_asks_for_a_managers_word_unless_the_file_says_otherwise(desk):
    take(desk, sheet("名称,类型,批准", "甲,办公室钥匙,", "乙,办公室钥匙,不需"))
    assert thing(desk, "甲").approval is Approval.MANAGER
    assert thing(desk, "乙").approval is Approval.NONE


def test_a_new_seal_asks_for_a_managers_word(desk):
    take(desk, sheet("名称,类型", "公章,印章", "帽子,安全帽"))
    assert thing(desk, "公章").approval is Approval.MANAGER
    assert thing(desk, "帽子").approval is Approval.NONE


def test_a_rule_changed_by_a_file_keeps_what_it_was_and_a_tag_is_its_own_entry(desk):
    take(desk, sheet(HEADER, CABINET))
    take(desk, sheet(
        "名称,类型,标签,位置,批准,互斥", "12号柜钥匙,文件柜钥匙,04B1B2B3B4B509,B1,经理,印",
    ))  # fmt: skip
    with desk.read() as book:
        changed, retagged, _taken = list(entries(book.connection, desk.gate))[-3:]
    assert (changed.code, retagged.code) == ("thing.changed", "thing.retagged")
    facts = json.loads(changed.facts)
    assert facts["changed"] == ["place", "pair", "approval"]
    assert facts["was"] == {"pair": "档案", "approval": "two"}
    assert facts["now"] == {"pair": "印", "approval": "manager"}
    assert json.loads(retagged.facts)["tag"] == "04B1B2B3B4B509"
    assert thing(desk, "12号柜钥匙").tag == "04B1B2B3B4B509"


def test_a_holder_has_the_thing_for_good(desk, people):
    take(desk, sheet(HEADER, OFFICE))
    with desk.read() as book:
        [(loan, key, holder)] = book.all(OPEN_LOANS)
        recorded = [e for e in entries(book.connection, desk.gate) if e.code == "loan.out"]
    assert (key.label, holder.staff_no) == ("3楼钥匙", "1001")
    assert (loan.due_at, loan.reason, loan.clerk) == (None, Reason.POSITION, "9001")
    assert [(entry.by, '"holder":"1001"' in entry.facts) for entry in recorded] == [("9001", True)]
    assert people["1001"].id == holder.id


def test_the_same_file_twice_changes_nothing(desk):
    content = sheet(HEADER, CABINET, OFFICE)
    take(desk, content)
    head = desk.head
    again = take(desk, content)
    assert (again.new, again.changed, again.same) == ((), (), 2)
    assert desk.head == head
    with desk.read() as book:
        book.connection.execute("ROLLBACK")
        assert verify(book.connection, desk.gate).intact
        book.connection.execute("BEGIN")


def test_an_empty_cell_leaves_what_is_known_and_a_filled_one_changes_it(desk):
    take(desk, sheet(HEADER, CABINET))
    plan = take(desk, sheet("名称,类型,标签,位置,锁号", "12号柜钥匙,文件柜钥匙,04B1B2B3B4B509,B1,"))
    changed = thing(desk, "12号柜钥匙")
    assert [one.label for one in plan.changed] == ["12号柜钥匙"]
    assert (changed.tag, changed.place, changed.lock) == ("04B1B2B3B4B509", "B1", "L12")


@pytest.mark.usefixtures("words_zh")
@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (",helmet,,,,,,,,,,", "label", "missing"),
        ("甲,,,,,,,,,,,", "kind", "missing"),
        ("甲,自行车,,,,,,,,,,", "kind", "unknown_word"),
        ("甲" * 25 + ",helmet,,,,,,,,,,", "label", "too_long"),
        ("甲\x1b[2J,helmet,,,,,,,,,,", "label", "unreadable"),
        ("甲,helmet,XYZ,,,,,,,,,", "tag", "bad_badge"),
        ("甲,helmet,08A1B2C3,,,,,,,,,", "tag", "random_badge"),
        ("甲,helmet,04A1B2C3D4E501,,,,,,,,,", "tag", "badge_taken"),
        ("甲,helmet,04FFFFFFFFFF01,,,,,,,,,", "tag", "badge_is_key"),
        ("甲,helmet,,,,,校长,,,,,", "approval", "unknown_word"),
        ("甲,helmet,,,,,,火星科,,,,", "section", "unknown_section"),
        ("甲,helmet,,,,,,,,24,,", "due_hour", "bad_hour"),
        ("甲,helmet,,,,,,,,,一小时,", "longest_min", "bad_minutes"),
        ("甲,helmet,,,,,,,,,,7777", "holder", "unknown_person"),
        ("甲,office_key,,,,,,,,,,2001", "holder", "only_managers"),
        ("甲,office_key,,,,,,,,,,1001", "holder", "one_office_key"),
        ("甲,helmet,,,,,,,对,,,1001", "holder", "pair_in_hand"),
        ("旧钥匙,cabinet_key,,,,,,,,,,3001", "holder", "held_by_another"),
        ("旧钥匙,office_key,,,,,,,,,,", "kind", "other_kind"),
        ("公章,印章,,,,,,,,,,1001", "holder", "seal_for_good"),
        ("坏帽子,helmet,,,,,,,,,,3001", "holder", "not_on_board"),
    ],
)
def test_a_bad_row_is_named_by_line_column_and_reason(desk, people, row, column, code):
    take(desk, sheet("名称,类型,互斥,持有人", "1号,办公室钥匙,对,1001"))
    old = add_thing(desk, "2001", "04FFFFFFFFFF01", "旧钥匙", ThingKind.CABINET_KEY)
    lend(desk, old.id, people["2002"], "2001")
    bent = add_thing(desk, "2001", "04FFFFFFFFFF02", "坏帽子", ThingKind.HELMET)
    block(desk, bent.id, "2001", Condition.BENT)
    head = desk.head
    plan = plan_of(desk, sheet(HEADER, CABINET, row))
    assert [(bad.line, bad.column, bad.code) for bad in plan.bad] == [(3, column, code)]
    assert plan.bad[0].text().startswith(f"第 3 行，{COLUMNS.titles[column][0]}/")
    assert plan.new == ()
    with pytest.raises(Refused), desk.write() as tx:
        things_import.apply(tx, plan)
    assert desk.head == head


def test_every_fault_of_a_row_is_named_and_the_row_counts_once(desk):
    plan = plan_of(desk, sheet(HEADER, "甲,自行车,XYZ,,,,校长,火星科,,24,一小时,7777"))
    assert [(bad.line, bad.column) for bad in plan.bad] == [
        (2, "kind"), (2, "approval"), (2, "section"), (2, "due_hour"), (2, "longest_min"),
        (2, "tag"), (2, "holder"),
    ]  # fmt: skip
    assert plan.bad_rows == 1


def test_a_bad_row_is_still_compared_with_the_others(desk):
    plan = plan_of(desk, sheet(HEADER, CABINET, CABINET.replace("17:00", "24")))
    assert [(bad.line, bad.column, bad.code) for bad in plan.bad] == [
        (3, "due_hour", "bad_hour"),
        (3, "label", "twice"),
    ]


def test_the_managers_word_is_written_as_the_screen_says_it(desk):
    take(desk, sheet(
        "名称,类型,批准", "甲,安全帽,负责人", "乙,安全帽,别的科室的负责人", "丙,安全帽,两位经理",
    ))  # fmt: skip
    asked = [thing(desk, label).approval for label in "甲乙丙"]
    assert asked == [Approval.MANAGER, Approval.OTHER_SECTION, Approval.TWO]


def test_a_label_that_names_its_door_is_doubtful_but_taken(desk):
    plan = take(desk, sheet("名称,类型,门", "306备用,办公室钥匙,306办公室", "12号,安全帽,"))
    assert [(one.line, one.column, one.other) for one in plan.doubtful] == [(2, "label", "306")]
    assert thing(desk, "306备用").doors == "306办公室"
    known = plan_of(desk, sheet("名称,类型", "306备用,办公室钥匙"))
    assert [one.other for one in known.doubtful] == ["306"]


def test_columns_that_are_not_known_are_named():
    table = read_things("t.csv", sheet("名称,类型,批准人,,应还时间", "甲,安全帽,两位经理,,17"))
    assert table.unread == ("批准人", "应还时间")
    assert [row.cells for row in table.rows] == [{"label": "甲", "kind": "安全帽"}]


def test_two_rows_for_one_thing_one_tag_or_one_office_key_each_are_named(desk):
    plan = plan_of(desk, sheet(
        HEADER, CABINET, CABINET, CABINET.replace("12号", "13号"), OFFICE,
        OFFICE.replace("3楼", "4楼").replace("B502", "B503"),
    ))  # fmt: skip
    assert [(bad.line, bad.column, bad.code, bad.other) for bad in plan.bad] == [
        (3, "label", "twice", "2"),
        (4, "tag", "twice", "2"),
        (6, "holder", "one_office_key", "3楼钥匙"),
    ]


def test_a_key_lent_meanwhile_takes_everything_back(desk, people):
    key = add_thing(desk, "2001", "04FFFFFFFFFF01", "钥匙", ThingKind.CABINET_KEY)
    plan = plan_of(desk, sheet("名称,类型,持有人", "新帽子,安全帽,", "钥匙,文件柜钥匙,3001"))
    lend(desk, key.id, people["2002"], "2001")
    head = desk.head
    with pytest.raises(Refused) as refused, desk.write() as tx:
        things_import.apply(tx, plan)
    assert refused.value.code == "keys.changed_meanwhile"
    assert desk.head == head


WILD = st.text(max_size=30) | st.sampled_from(
    ["12号柜钥匙", "安全帽", "office_key", "=1+1", "1001", "17", "办公室", "[/x]", "\x1b[2J"]
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WILD, WILD, WILD, WILD, WILD, WILD), max_size=6))
def test_any_file_is_taken_whole_or_named_or_refused(desk, rows):
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    content = sheet("名称,类型,标签,科室,应还时刻,持有人", *lines).decode(errors="ignore")
    try:
        plan = plan_of(desk, content.encode())
    except Refused:
        return
    if plan.bad:
        assert plan.new == plan.changed == ()
        assert all(bad.text() for bad in plan.bad)
        return
    with desk.write() as tx:
        things_import.apply(tx, plan)
    assert plan_of(desk, content.encode()).same == len(plan.new) + len(plan.changed) + plan.same
