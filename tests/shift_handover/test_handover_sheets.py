"""The sheet of a signed handover, made again from the book: as rows of text and as a PDF."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk import spool
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import cells
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import (
    CodeBeside,
    Field,
    Fingerprint,
    Item,
    SignatureLine,
    Text,
    Title,
)
from kiosk.desk.transaction import SubjectKey
from kiosk.desk.words import use
from shift_handover import service
from shift_handover.exits import questions
from shift_handover.models import HANDOVER, Mark
from shift_handover.papers.pdf_file import Form, as_pdf, pages_of
from shift_handover.papers.sheet import sheet_of
from shift_handover.papers.text_file import COLUMNS, as_text

OUTGOING_BADGE, INCOMING_BADGE = "04A1B2C3D4E502", "04A1B2C3D4E503"
SUBJECT = select(SubjectKey).where(col(SubjectKey.id) == bindparam("id"))
MADE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("people", "checked", "on_post")


@pytest.fixture
def hand_over(desk, open_list, prove):
    """Hand over from 李建国 to 王磊; one question, the note given."""

    def done(note="16:00 有车来，请开北门"):
        frozen = service.freeze(desk, "2001", open_list, note)
        first, *others = frozen.document.things
        service.mark(desk, "2002", frozen.id, first.key, Mark.QUESTION, "几点回话")
        for thing in others:
            service.mark(desk, "2002", frozen.id, thing.key, Mark.KNOWN, picked=thing.next_step)
        questions.answer(desk, "2001", frozen.id, first.key, "五点前")
        return service.accept(
            desk, frozen.id, prove(OUTGOING_BADGE), prove(INCOMING_BADGE), open_list
        )

    return done


@pytest.fixture
def sheet(desk):
    def made(number):
        with desk.read() as book:
            return sheet_of(desk, book, number)

    return made


def of(slip, kind):
    return [line for line in slip.lines if isinstance(line, kind)]


def fields(slip):
    return {line.label: line.value for line in of(slip, Field)}


def refusal(sheet, number):
    with pytest.raises(Refused) as refused:
        sheet(number)
    return refused.value.code, refused.value.facts


@pytest.mark.usefixtures("words_zh")
def test_the_copy_says_what_was_printed_and_that_it_is_a_copy(desk, desk_clock, hand_over, sheet):
    use("zh_CN")
    hand_over()
    printed = spool.next_job(desk)[1]
    desk_clock.advance(minutes=90)
    copy = sheet("H1")
    copied = [line for line in copy.lines if line not in printed.lines]
    assert [line.text for line in copied] == [
        f"按系统记录补出，{desk.local(desk.clock()):%Y-%m-%d %H:%M}"
    ]
    assert [line for line in printed.lines if line not in copy.lines] == []


@pytest.mark.usefixtures("words_zh")
def test_the_sheet_says_who_had_the_post_since_when_and_who_has_it_now(
    desk, desk_clock, hand_over, sheet
):
    taken = desk.local(desk.clock())
    desk_clock.advance(hours=8)
    desk_clock.advance(minutes=3)
    hand_over()
    said = fields(sheet("H1"))
    signed = f"{taken + timedelta(hours=8, minutes=3):%Y-%m-%d %H:%M}"
    assert said["上岗时间"] == f"{taken:%Y-%m-%d %H:%M}"
    assert (said["交班人"], said["接班人"]) == ("李建国", "王磊")
    assert said["交接时间"] == signed


def test_the_printed_sheet_has_the_journals_head_as_a_code_to_scan_and_in_groups(desk, hand_over):
    accepted = hand_over()
    printed = spool.next_job(desk)[1]
    assert [line.code for line in of(printed, CodeBeside)] == [accepted.fingerprint]
    digits = accepted.fingerprint.replace(" ", "")
    assert [line.value for line in of(printed, Fingerprint)] == [digits]
    assert len(of(printed, SignatureLine)) == 2


@pytest.mark.usefixtures("words_zh")
def test_each_line_has_its_number_its_owner_by_name_its_time_and_its_next_step(
    desk, open_list, hand_over
):
    open_list.things = [
        thing._replace(owner="1001") if thing.number == "018" else thing
        for thing in open_list.things
    ]
    hand_over()
    printed = spool.next_job(desk)[1]
    line = next(line for line in of(printed, Item) if line.number == "018")
    assert "责任人：张伟" in line.detail
    assert line.mark
    assert "离开" in line.detail or "Scan" in line.detail


@pytest.mark.parametrize("typed", ["H1", "h1", "1", " Ｈ１ "])
def test_a_number_is_found_as_people_type_it(hand_over, sheet, typed):
    hand_over()
    assert sheet(typed).number == "H1"


def test_an_unknown_one_and_one_nobody_signed_say_so(desk, open_list, sheet):
    service.freeze(desk, "2001", open_list)
    assert refusal(sheet, "H9") == ("handover.unknown", {"number": "H9"})
    assert refusal(sheet, "H1") == ("handover.no_sheet", {"number": "H1"})


def change(desk, table, column):
    with closing(sqlite3.connect(desk.settings.desk.database)) as book, book:
        changed = f"substr({column}, 1, 60) || '!' || substr({column}, 62)"
        sql = f"UPDATE {table} SET {column} = {changed} WHERE {column} <> ''"  # noqa: S608 - our own names
        assert book.execute(sql).rowcount == 1


def test_a_damaged_one_says_so(desk, hand_over, sheet):
    hand_over()
    change(desk, "handover", "document")
    assert refusal(sheet, "H1") == ("handover.damaged", {"number": "H1"})


def test_a_damaged_question_says_so_in_its_line_and_all_else_is_there(desk, hand_over, sheet):
    hand_over()
    change(desk, "handover_mark", "note")
    asked = {line.number: line.detail for line in of(sheet("H1"), Item)}
    assert set(asked) == {"015", "017", "018", "L4"}
    assert "cannot be read" in asked["017"]


@pytest.mark.usefixtures("words_zh")
def test_after_their_time_the_words_are_gone_and_people_times_and_code_are_left(
    desk, hand_over, sheet
):
    accepted = hand_over()
    with desk.write() as tx:
        row = tx.one(HANDOVER, id=accepted.id)
        tx.forget(tx.one(SUBJECT, id=row.subject))
        tx.record("subject.erased", subject=row.subject)
    worn = sheet("H1")
    assert of(worn, Item) == []
    assert fields(worn)["接班人"] == "王磊"
    assert [line.code for line in of(worn, CodeBeside)] == [accepted.fingerprint]
    assert any("删除" in line.text for line in of(worn, Text))
    assert "没有未办结" not in as_text(worn)


@pytest.mark.usefixtures("words_zh")
def test_the_text_has_every_line_in_cells_and_every_number(hand_over, sheet):
    accepted = hand_over()
    rows = as_text(sheet("H1")).split("\n")
    assert max(map(cells, rows)) <= COLUMNS
    assert rows[-1] == ""
    for number in ("015", "017", "018", "L4"):
        assert any(row.startswith(number) for row in rows), number
    assert accepted.fingerprint in rows
    labels = [row for row in rows if row.startswith(("交班人  ", "接班人  "))]
    assert {cells(row[: row.index(name)]) for row, name in zip(labels, "李王", strict=True)} == {10}


def test_a_long_handover_takes_pages_and_no_page_cuts_a_row_of_text(
    open_list, waiting, hand_over, sheet
):
    open_list.things = [waiting(f"v-{n}", f"{n:03}") for n in range(1, 61)]
    hand_over()
    pages = pages_of(sheet("H1"))
    assert len(pages) > 1
    for page in pages[:-1]:
        lowest = page.convert("L").point(lambda dot: 255 - dot).crop((0, 0, page.width, 2190))
        bottom = lowest.getbbox()[3]
        assert lowest.crop((0, bottom, page.width, 2190)).getbbox() is None
        assert 1400 < bottom <= 2190
    made = as_pdf(sheet("H1"), Form.A4, MADE)
    assert made.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", made)) == len(pages)


def test_the_pdf_is_a4_or_as_wide_as_the_slip(hand_over, sheet):
    hand_over()
    boxes = {
        form: re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+)", as_pdf(sheet("H1"), form, MADE))
        for form in Form
    }
    width, height = (float(boxes[Form.A4][n]) for n in (1, 2))
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
    assert round(float(boxes[Form.SLIP][1]) / 72 * 25.4) == 72


@given(st.lists(st.text(max_size=80), min_size=4, max_size=4))
@settings(max_examples=80)
def test_whatever_was_said_no_row_of_the_text_is_wider_than_the_page(said):
    one, two, three, four = said
    lines = (Title(one, two), Field(two, three), Item(three, four, one, mark=two), Text(four))
    rows = as_text(Slip("handover", "H1", lines)).split("\n")
    assert max(map(cells, rows)) <= COLUMNS
    assert not any(row != row.rstrip() for row in rows)
