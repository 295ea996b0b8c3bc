"""The month's page of the handovers: what it counts, on the screen, on paper and as a file."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from kiosk import all_reports
from kiosk.desk import journal, spool
from kiosk.desk.file_out import as_xlsx
from kiosk.desk.report import Period
from kiosk.desk.slip_image import draw
from kiosk.desk.slip_lines import Item
from kiosk.desk.words import use
from shift_handover import service
from shift_handover.models import HandoverState
from shift_handover.papers.month import handovers
from shift_handover.papers.printing import print_month
from shift_handover.papers.screens_history import HistoryScreen
from shift_handover.papers.screens_month import MonthScreen
from shift_handover.wording import state_word
from tests.shift_handover.handing_over import sign_over
from tests.shift_handover.test_handover_screens import (
    LANGUAGES,
    SIZES,
    either,
    opened,
    text,
    to,
    until,
)

INCOMING_BADGE = "04A1B2C3D4E503"
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
pytestmark = pytest.mark.usefixtures("people", "checked", "on_post")


@pytest.fixture
def month(desk, desk_clock, open_list, prove, checked, on_post):  # noqa: ARG001 - first
    """H1 withdrawn, H2 refused, H3 frozen again, H4 signed after 6 minutes with a question."""
    use("en")
    first = service.freeze(desk, "2001", open_list)
    service.withdraw(desk, "2001", first.id)
    second = service.freeze(desk, "2001", open_list)
    desk_clock.advance(minutes=4)
    service.refuse(desk, second.id, prove(INCOMING_BADGE), "钥匙没交齐")
    service.freeze(desk, "2001", open_list)
    desk_clock.advance(minutes=1)
    frozen = service.freeze(desk, "2001", open_list)
    desk_clock.advance(minutes=6)
    return frozen


@pytest.fixture
def signed(desk, desk_clock, open_list, month):  # noqa: ARG001 - first
    """H5, signed at once with one question, after H4 stayed unsigned."""
    return sign_over(desk, open_list, "2001", "2002", questions={"017": "几点回话"})


def table(desk, period=NOVEMBER):
    with desk.read() as book:
        return handovers(desk, book, period)


def by_number(found):
    return {row[0]: dict(zip(found.columns, row, strict=True)) for row in found.rows}


@pytest.mark.usefixtures("signed")
def test_each_handover_has_its_people_times_minutes_end_and_questions(desk):
    rows = by_number(table(desk))
    assert list(rows) == ["H1", "H2", "H3", "H4", "H5"]
    ends = [row["How it ended"] for row in rows.values()]
    assert ends == [
        "Withdrawn", "Not taken over", "Frozen again", "Frozen again", "Taken over with questions",
    ]  # fmt: skip
    assert [row["Minutes"] for row in rows.values()] == ["0", "4", "1", "6", "0"]
    assert (rows["H2"]["Outgoing"], rows["H2"]["Incoming"]) == ("李建国", "王磊")
    assert (rows["H1"]["Incoming"], rows["H1"]["Questions"]) == ("", "")
    assert rows["H5"]["Questions"] == "1"
    assert rows["H5"]["To do"] == "4"
    assert rows["H2"]["Ended at"] > rows["H2"]["Frozen at"]


@pytest.mark.usefixtures("signed")
def test_the_foot_counts_every_end_and_the_page_says_no_words_of_anybody(desk):
    found = table(desk)
    said = " ".join(found.foot)
    for part in ("Withdrawn: 1", "Not taken over: 1", "Frozen again: 2", "1 question of"):
        assert part in said
    assert "钥匙没交齐" not in str(found)
    assert "几点回话" not in str(found)


@pytest.mark.usefixtures("signed")
def test_another_month_is_empty_and_one_still_open_has_no_end(desk, open_list):
    service.freeze(desk, "2002", open_list)
    assert table(desk, Period(date(2026, 10, 1), date(2026, 10, 31))).rows == ()
    row = by_number(table(desk))["H6"]
    assert (row["Ended at"], row["Minutes"]) == ("", "")


@pytest.mark.usefixtures("signed")
def test_it_is_a_report_of_the_kiosk_and_a_workbook_that_opens(desk):
    with desk.read() as book:
        found = all_reports.reports()["handovers"](desk, book, NOVEMBER)
    sheet = load_workbook(io.BytesIO(as_xlsx(found))).active
    written = list(sheet.iter_rows(values_only=True))
    assert written[0] == found.columns
    assert [row[0] for row in written[1:6]] == ["H1", "H2", "H3", "H4", "H5"]


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize("width", [576, 384])
def test_it_prints_as_points_that_fit_both_papers(desk, width):
    print_month(desk, "2002", NOVEMBER.first, NOVEMBER.last)
    with desk.read() as book:
        last = list(journal.entries(book.connection, desk.gate))[-1]
    assert (last.code, last.by) == ("report.printed", "2002")
    sheet = newest_slip(desk)
    items = [line for line in sheet.lines if isinstance(line, Item)]
    assert [item.number for item in items] == ["H1", "H2", "H3", "H4", "H5"]
    assert items[-1].text == "李建国 → 王磊"
    assert "1 question" in items[-1].detail
    assert draw(sheet, width).width == width


def newest_slip(desk):
    """Take the slips that wait until the last one."""
    while True:
        job, slip = spool.next_job(desk)
        spool.start(desk, job.id)
        spool.confirm(desk, job.id, weak=False)
        if spool.next_job(desk) is None:
            return slip


@pytest.mark.usefixtures("compiled_words", "signed")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_neither_list_cuts_how_a_handover_ended(app, size, language):
    async with opened(app, size, language) as pilot:
        await pilot.press("4")
        await to(pilot, HistoryScreen)
        whole = state_word(HandoverState.ACCEPTED_WITH_EXCEPTIONS)
        await until(pilot, lambda: whole in text(app) and "H1" in text(app))
        await pilot.press("tab")
        await to(pilot, MonthScreen)
        await until(pilot, lambda: "H1" in text(app))
        rows = [line for line in text(app).splitlines() if "H5" in line]
        assert [whole in row for row in rows] == [True]
        assert ".." not in text(app)


@pytest.mark.usefixtures("compiled_words", "signed")
@either
async def test_the_page_is_two_keys_from_the_handover_turns_and_prints(app, desk, size, language):
    async with opened(app, size, language) as pilot:
        await pilot.press("4")
        await to(pilot, HistoryScreen)
        await pilot.press("tab")
        await to(pilot, MonthScreen)
        await until(pilot, lambda: "2026-11" in text(app) and "H5" in text(app))
        await pilot.press("right")
        await until(pilot, lambda: "2026-11" in text(app))
        await pilot.press("left")
        await until(pilot, lambda: "2026-10" in text(app) and "H5" not in text(app))
        await pilot.press("right")
        await until(pilot, lambda: "2026-11" in text(app) and "H5" in text(app))
        await pilot.press("p")
        await until(pilot, lambda: app.answers)
    assert newest_slip(desk).kind == "report.handovers"
