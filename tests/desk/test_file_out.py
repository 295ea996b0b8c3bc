"""A report as a file: readable in a spreadsheet, aligned as text, and never a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kiosk.desk.file_out import as_csv, as_text, as_xlsx, inert, write_table
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Table

TABLE = Table("在访人员", ("姓名", "事由"), (("王小明", "水表检修"), ("Li", "=1+1")), "无")
ASKED = "=+-@\t\r"


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_is_what_excel_reads_as_chinese():
    content = as_csv(TABLE)
    assert content.startswith(b"\xef\xbb\xbf")
    assert csv_rows(content) == [["姓名", "事由"], ["王小明", "水表检修"], ["Li", "'=1+1"]]


def test_xlsx_holds_text_and_no_formula():
    sheet = load_workbook(io.BytesIO(as_xlsx(TABLE))).worksheets[0]
    assert sheet.title == "在访人员"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["姓名", "事由"], ["王小明", "水表检修"], ["Li", "'=1+1"],
    ]  # fmt: skip
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


def test_text_is_aligned_in_cells_not_in_characters():
    assert as_text(TABLE).splitlines() == [
        "在访人员", "", "姓名    事由", "王小明  水表检修", "Li      =1+1",
    ]  # fmt: skip


def test_an_empty_table_says_what_it_is_empty_of():
    assert as_text(Table("在访人员", ("姓名",), (), "现在没有在访人员。")).endswith(
        "现在没有在访人员。"
    )


def test_a_wide_table_has_more_columns_than_letters(tmp_path):
    wide = Table("[x]:*?/\\" * 9, tuple(f"c{n}" for n in range(30)), (("v",) * 30,))
    write_table(wide, tmp_path / "wide.xlsx")
    sheet = load_workbook(tmp_path / "wide.xlsx").worksheets[0]
    assert sheet["AD2"].value == "v"


@given(st.sampled_from([*ASKED, "＝", "＠", " =", "\u200b=", "\x00="]), st.text(max_size=20))
def test_no_cell_begins_like_a_command(start, rest):
    shown = inert(start + rest)
    assert not shown.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"))
    [[cell]] = csv_rows(as_csv(Table("t", (start + rest or "x",), ()))) or [[""]]
    assert cell == shown


@pytest.mark.parametrize("name", ["out.csv", "OUT.XLSX", "out.txt"])
def test_a_file_appears_whole_and_replaces_the_old_one(tmp_path, name):
    path = tmp_path / name
    path.write_text("old")
    write_table(TABLE, path)
    assert path.read_bytes() != b"old"
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("name", "code"), [("out.pdf", "report.bad_suffix"), ("no/out.csv", "report.not_written")]
)
def test_what_cannot_be_written_is_refused(tmp_path, name, code):
    with pytest.raises(Refused) as refused:
        write_table(TABLE, tmp_path / name)
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path):
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(Refused):
        write_table(TABLE, tmp_path / "out.csv")
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]
