"""What a sheet is called is short, and leaves the lists of what is open their room."""

import pytest

from kiosk.desk import spool
from kiosk.desk.loans import ThingKind
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Text
from kiosk.features import outstanding
from kiosk.keys import enrolling, papers, service
from kiosk.ui.open_things import OpenThingsScreen
from kiosk.ui.row_list import RowList
from shift_handover.from_open_things import records_of
from shift_handover.screens_rows import record_columns

WANG, LI_NA = "1001", "3001"


@pytest.fixture
def by_turns(desk, people) -> None:
    """Twelve keys went to 张伟 and twelve to 李娜, by turns: hers are K2, K4 and so on to K24."""
    for n in range(1, 25):
        label = f"柜{n}号钥匙"
        key = enrolling.add_thing(desk, "2001", f"04FFFFFFFFFF{n:02}", label, ThingKind.CABINET_KEY)
        service.lend(desk, key.id, people[LI_NA if n % 2 == 0 else WANG], "2001")


def held(desk, people, staff_no, numbers):
    with desk.read() as book:
        return [
            loan.id for loan, _thing in book.all(papers.HELD_BY, person=people[staff_no].id)
            if int(loan.number[1:]) in numbers
        ]  # fmt: skip


@pytest.mark.usefixtures("by_turns")
@pytest.mark.parametrize(
    ("numbers", "name"),
    [({2}, "K2"), ({2, 24}, "K2, K24"), ({2, 4, 6}, "K2 +2"), (set(range(25)), "K2 +11")],
)
def test_a_sheet_with_gaps_is_named_by_its_first_loan_and_how_many_more(
    desk, people, numbers, name
):
    assert papers.print_delivery(desk, "2001", held(desk, people, LI_NA, numbers)) == name


@pytest.mark.usefixtures("by_turns")
async def test_f6_keeps_its_words_while_a_sheet_of_twelve_waits_for_the_printer(
    app, desk, people, desk_clock
):
    papers.print_held(desk, "2001", people[LI_NA].id)
    desk_clock.advance(hours=10)
    app.context.outstanding = outstanding
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(OpenThingsScreen(lambda _thing: None))
        await app.front(OpenThingsScreen)
        await app.until(lambda: app.screen.query_one(RowList).rows, "the list")
        assert "Age" in app.words()
        assert "柜1号钥匙: 张伟, overdue" in app.words()
        await pilot.press("end")
        assert "K2 +11" in app.words()
        assert "Slip K2 +11 waits for" in app.words()
        waits = app.screen.query_one(RowList).current.key.thing
        assert waits.next_step.text() in app.words()  # whole, below the list


@pytest.mark.usefixtures("people")
def test_a_long_number_does_not_take_the_room_of_the_words(desk):
    with desk.write(by="2001") as tx:
        tx.print(Slip("sheet", "K2, K4, K6, K8, K10", (Text("12号柜钥匙"),)), tx.new_subject())
        tx.record("sheet.printed", number="")
    with desk.read() as book:
        records = records_of(spool.outstanding(desk, book))
    assert [column.width for column in record_columns(80, records)] == [2, 13, 0, 11]
