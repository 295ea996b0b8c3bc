"""Taking people from a file: all of them or none, and every bad row by its name."""

import io
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kiosk.desk import badges, people_import
from kiosk.desk.desk import Desk
from kiosk.desk.loans import Thing, ThingKind
from kiosk.desk.people import BADGES_OF, BY_STAFF_NO, EVERYONE, Person, Rank, Role, department_name
from kiosk.desk.people_file import COLUMNS, read_people
from kiosk.desk.people_plan import Plan
from kiosk.desk.refusal import Refused
from kiosk.desk.table_file import FileRow
from kiosk.desk.verify import verify

pytestmark = pytest.mark.usefixtures("people")

HEADER = "姓名,工号,部门,职务,级别,角色,卡号,称呼,分机,手机"
ROW = "赵敏,4001,财务科,副科长,所站长,前台,04B1C2D3E4F501,老师,8401,13812345678"


def as_hex(text: str) -> str:
    return bytes.fromhex(text).hex().upper()


def sheet(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


def plan_of(desk: Desk, content: bytes, name: str = "people.csv") -> Plan:
    with desk.read() as book:
        return people_import.check(book, read_people(name, content).rows, as_hex)


def take(desk: Desk, content: bytes) -> Plan:
    plan = plan_of(desk, content)
    with desk.write(by="9001") as tx:
        people_import.apply(tx, plan)
    return plan


def person(desk: Desk, staff_no: str) -> Person:
    with desk.read() as book:
        found = book.one(BY_STAFF_NO, staff_no=staff_no)
    assert found is not None
    return found


def is_intact(desk: Desk) -> bool:
    with desk.read() as book:
        connection = book.connection
        connection.execute("ROLLBACK")
        verdict = verify(connection, desk.gate)
        connection.execute("BEGIN")
    return verdict.problem is None


def workbook(*rows: Sequence[object], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, number_format in (formats or {}).items():
        book.active[place].number_format = number_format
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_person_comes_in_with_everything_the_row_says(desk):
    take(desk, sheet(HEADER, ROW))
    new = person(desk, "4001")
    assert (new.name, new.pinyin, new.initials) == ("赵敏", "zhao min", "zm")
    assert (new.title, new.rank, new.role) == ("副科长", Rank.HEAD_OF_STATION, Role.RECEPTIONIST)
    assert (new.address_form, new.extension, new.active) == ("老师", "8401", True)
    with desk.read() as book:
        assert department_name(book, new) == "财务科"
        assert [badge.uid for badge in book.all(BADGES_OF, person=new.id)] == ["04B1C2D3E4F501"]
        assert book.unseal(new.mobile) == "13812345678"
    assert is_intact(desk)


def test_the_mobile_is_nowhere_in_the_book_as_it_is(desk):
    take(desk, sheet(HEADER, ROW))
    with desk.read() as book:
        dump = "\n".join(book.connection.iterdump())
    assert "赵敏" in dump
    assert "13812345678" not in dump


def test_the_same_file_again_changes_nothing(desk):
    take(desk, sheet(HEADER, ROW))
    again = plan_of(desk, sheet(HEADER, ROW))
    assert (again.new, again.changed, again.same) == ((), (), 1)
    head = desk.head
    with desk.write() as tx:
        people_import.apply(tx, again)
    assert desk.head == head


def test_an_empty_cell_leaves_what_is_known(desk):
    take(desk, sheet(HEADER, ROW))
    plan = take(desk, sheet("name,staff_no,title,mobile", "赵敏,4001,科长,"))
    changed = person(desk, "4001")
    assert [one.staff_no for one in plan.changed] == ["4001"]
    assert (changed.title, changed.extension, changed.rank) == (
        "科长", "8401", Rank.HEAD_OF_STATION,
    )  # fmt: skip
    with desk.read() as book:
        assert book.unseal(changed.mobile) == "13812345678"


def test_who_has_left_and_is_in_the_file_is_back(desk):
    with desk.write() as tx:
        gone = tx.one(BY_STAFF_NO, staff_no="3001")
        gone.active = False
        tx.put(gone)
        tx.record("person.left", person="3001")
    take(desk, sheet("姓名,工号", "李娜,3001"))
    assert person(desk, "3001").active


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_of_a_chinese_computer_is_read(encoding):
    table = read_people("people.csv", sheet("姓名,工号", "赵䶮,4001", encoding=encoding))
    assert table.rows == [FileRow(2, {"name": "赵䶮", "staff_no": "4001"})]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_may_be_parted_as_excel_parts_them(separator):
    lines = [line.replace(",", separator) for line in ("Name,Staff No,性别", "赵敏,4001,女")]
    rows = read_people("P.CSV", sheet(*lines)).rows
    assert rows == [FileRow(2, {"name": "赵敏", "staff_no": "4001"})]


def test_a_workbook_is_read_as_it_is_seen():
    content = workbook(
        ("姓名", "工号", "卡号", "手机"),
        ("赵敏", 42, "04B1C2D3E4F501", 13812345678.0),
        (None, None, None, None),
        ("钱进", "0043", None, None),
        formats={"B2": "0000"},
    )
    rows = read_people("people.xlsx", content).rows
    assert [(row.line, row.cells["staff_no"], row.cells["mobile"]) for row in rows] == [
        (2, "0042", "13812345678"),
        (4, "0043", ""),
    ]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("people.xls", b"", "file.kind"),
        ("people", b"", "file.kind"),
        ("people.csv", b"", "file.empty"),
        ("people.csv", sheet("姓名,工号"), "file.empty"),
        ("people.csv", sheet("姓名,部门", "赵敏,财务科"), "file.column_missing"),
        ("people.csv", sheet("姓名,工号,name", "赵敏,1,x"), "file.column_twice"),
        ("people.csv", b"\xff\xff\xff", "file.letters"),
        ("people.csv", b'name,staff_no\n"' + b"x" * 200_000, "file.damaged"),
        ("people.xlsx", b"PK\x03\x04 not a zip", "file.damaged"),
        ("people.csv", b"x" * (21 << 20), "file.too_big"),
    ],
)
def test_a_file_that_is_no_list_of_people_is_refused(name, content, code):
    with pytest.raises(Refused) as refused:
        read_people(name, content)
    assert refused.value.code == code


def test_too_many_people_are_refused():
    with pytest.raises(Refused) as refused:
        read_people("p.csv", sheet("姓名,工号", *(f"赵敏,{n}" for n in range(20_001))))
    assert refused.value.code == "file.too_big"


@pytest.mark.usefixtures("words_zh")
@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (",4001,,,,,,,,", "name", "missing"),
        ("赵敏,,,,,,,,,", "staff_no", "missing"),
        ("赵敏,40 01,,,,,,,,", "staff_no", "bad_staff_no"),
        ("赵敏,四〇,,,,,,,,", "staff_no", "bad_staff_no"),
        ("赵" * 41 + ",4001,,,,,,,,", "name", "too_long"),
        ("赵\x1b[2J敏,4001,,,,,,,,", "name", "unreadable"),
        ("赵敏,4001,,,科员,,,,,", "rank", "unknown_word"),
        ("赵敏,4001,,,,经理,,,,", "role", "unknown_word"),
        ("赵敏,4001,,,,,XYZ,,,", "badge", "bad_badge"),
        ("赵敏,4001,,,,,04,,,", "badge", "bad_badge"),
        ("赵敏,4001,,,,,08A1B2C3,,,", "badge", "random_badge"),
        ("赵敏,4001,,,,,04A1B2C3D4E501,,,", "badge", "badge_taken"),
        ("赵敏,4001,,,,,04FFFFFFFFFF01,,,", "badge", "badge_is_key"),
        ("王磊,2002,,,,,04A1B2C3D4E503,,,", "badge", "badge_blocked"),
        ("赵敏,4001,,,,,,,内线8401,", "extension", "bad_number"),
        ("赵敏,4001,,,,,,,,微信", "mobile", "bad_number"),
    ],
)
def test_a_bad_row_is_named_by_line_column_and_reason(desk, people, row, column, code):
    with desk.write() as tx:
        tx.put(Thing(label="12号柜钥匙", kind=ThingKind.CABINET_KEY, tag="04FFFFFFFFFF01"))
        tx.record("thing.added")
        badge = tx.all(BADGES_OF, person=people["2002"].id)[0]
        badges.block(tx, badge, people["2002"], "lost")
    plan = plan_of(
        desk, sheet(HEADER, ROW.replace("4001", "4000").replace("E4F501", "E4F5FF"), row)
    )
    assert [(bad.line, bad.column, bad.code) for bad in plan.bad] == [(3, column, code)]
    assert plan.bad[0].text().startswith(f"第 3 行，{COLUMNS.titles[column][0]}/")
    assert plan.new == ()


def test_the_later_of_two_rows_for_one_person_or_one_card_is_named(desk):
    plan = plan_of(
        desk,
        sheet(
            "姓名,工号,卡号", "赵敏,4001,04B1C2D3E4F501", "赵敏,4001,", "钱进,4002,04B1C2D3E4F501",
        ),
    )  # fmt: skip
    assert [(bad.line, bad.column, bad.other) for bad in plan.bad] == [
        (3, "staff_no", "2"),
        (4, "badge", "2"),
    ]


def test_one_bad_row_and_nobody_is_taken(desk):
    before = desk.head
    content = sheet("姓名,工号,角色", "赵敏,4001,", "钱进,4002,国王", "孙立,,")
    plan = plan_of(desk, content)
    assert [bad.line for bad in plan.bad] == [3, 4]
    with pytest.raises(Refused), desk.write() as tx:
        people_import.apply(tx, plan)
    assert desk.head == before


def test_a_badge_given_away_meanwhile_takes_everything_back(desk, people):
    plan = plan_of(desk, sheet("姓名,工号,卡号", "孙立,4003,", "赵敏,4001,04B1C2D3E4F501"))
    with desk.write() as tx:
        badges.enrol(tx, "04B1C2D3E4F501", people["3001"])
    before = desk.head
    with pytest.raises(Refused) as refused, desk.write() as tx:
        people_import.apply(tx, plan)
    assert refused.value.code == "people.changed_meanwhile"
    assert desk.head == before


def test_a_person_added_meanwhile_takes_everything_back(desk):
    content = sheet("姓名,工号", "孙立,4003", "赵敏,4001")
    plan = plan_of(desk, content)
    take(desk, sheet("姓名,工号", "赵敏,4001"))
    before = desk.head
    with pytest.raises(Refused) as refused, desk.write() as tx:
        people_import.apply(tx, plan)
    assert refused.value.code == "people.changed_meanwhile"
    assert desk.head == before


WILD = st.text(max_size=60) | st.sampled_from(
    ["赵敏", "4001", "=1+1", "[/nope]", "门卫", "\x1b[2J"]
)


@settings(
    max_examples=150, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    st.lists(st.tuples(WILD, WILD, WILD, WILD, WILD), max_size=6),
    st.sampled_from([bytes.fromhex, str.encode]),
)
def test_any_file_is_taken_whole_or_named_or_refused(desk, rows, to_bytes):
    def to_uid(text: str) -> str:
        return to_bytes(text).hex().upper()

    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    content = sheet("姓名,工号,角色,卡号,手机", *lines, encoding="utf-8").decode(errors="ignore")
    checked = _outcome(desk, content.encode(), to_uid)
    if checked is None:
        return
    with desk.read() as book:
        before = {one.staff_no for one in book.all(EVERYONE)}
    if checked.bad:
        assert checked.new == checked.changed == ()
        assert all(bad.text() for bad in checked.bad)
        return
    with desk.write() as tx:
        people_import.apply(tx, checked)
    with desk.read() as book:
        after = {one.staff_no for one in book.all(EVERYONE)}
    assert after - before == {one.staff_no for one in checked.new}


def _outcome(desk: Desk, content: bytes, to_uid: Callable[[str], str]) -> Plan | None:
    try:
        rows = read_people("people.csv", content).rows
    except Refused:
        return None
    with desk.read() as book:
        return people_import.check(book, rows, to_uid)
