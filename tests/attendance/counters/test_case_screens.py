"""F7, 7: the gate sees a number, the office and leaders the cards, after badge and PIN."""

from datetime import timedelta

import pytest
from counters_days import IN_CHARGE, MONDAY
from on_screen import picture
from textual.widgets import Static

from kiosk.attendance.counters.models import CASES_OF
from kiosk.attendance.counters.screens_card import CaseCard
from kiosk.attendance.counters.screens_cards import CardList, NearLimit
from kiosk.attendance.counters.screens_home import CasesHome, ProveReader
from kiosk.attendance.models import TapVoid, VoidReason
from kiosk.attendance.screens import AttendanceScreen
from kiosk.desk import print_history
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.ui.row_list import RowList

SIZES = [(80, 24), (120, 36)]
CLERK, GUARD, ZHANG = "04A1B2C3D4E505", "04A1B2C3D4E502", "04A1B2C3D4E501"
PIN = "2580"


async def settle(pilot) -> None:
    """Wait until what runs beside the screen (a PIN's hash) has come back."""
    for _turn in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def proves(app, pilot, uid) -> None:
    await app.tap(uid)
    await pilot.pause()
    await pilot.press(*PIN, "enter")
    await settle(pilot)


@pytest.fixture
def three_late(office, people):
    """张伟 (1001) was late on three days of a week; it is Thursday morning, 07:00."""
    for n in range(3):
        office.works(people["1001"], MONDAY + timedelta(days=n), "08:42")
    office.next_morning(MONDAY + timedelta(days=2))
    office.count()
    return office


async def opened(app, pilot, uid) -> None:
    app.push_screen(CasesHome())
    await settle(pilot)
    await pilot.press("enter")
    await pilot.pause()
    await proves(app, pilot, uid)


@pytest.mark.usefixtures("three_late")
async def test_the_guard_sees_how_many_cards_wait_and_no_name(app):
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(AttendanceScreen())
        await settle(pilot)
        await pilot.press("7")
        await settle(pilot)
        assert isinstance(app.screen, CasesHome)
        seen = picture(app)
        assert "1 case card is open for the office." in seen
        assert "张伟" not in seen
        await pilot.press("enter")
        await pilot.pause()
        await proves(app, pilot, GUARD)
        assert isinstance(app.screen, ProveReader)
        assert "李建国: case cards are read by the office" in picture(app)


@pytest.mark.usefixtures("three_late", "leaders", "words_zh")
@pytest.mark.parametrize("size", SIZES)
async def test_clause_142_a_leader_reads_the_card_and_closes_it_by_keyboard(
    app, desk, people, size
):
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, IN_CHARGE)
        assert isinstance(app.screen, CardList)
        assert app.screen.query_one(RowList).rows[0].cells[:5] == (
            "KA1", "张伟", "一周迟到早退", "3次", "未办结",
        )  # fmt: skip
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, CaseCard)
        facts = str(app.screen.query_one("#case-facts", Static).content)
        assert "张伟 1001 办公室" in facts
        assert "每周超过两次由主管领导对其进行诫勉谈话" in "".join(facts.split("\n"))
        assert app.screen.query_one(RowList).rows[2].cells == (
            "11-25", "迟到 12 分钟", "08:42 17:35", "无备注", "",
        )  # fmt: skip
        await pilot.press("c")
        await pilot.pause()
        await pilot.press(*"tanhua", "enter")
        await pilot.pause()
        await proves(app, pilot, IN_CHARGE)
        assert "tanhua" in picture(app)
    with desk.read() as book:
        (case,) = book.all(CASES_OF, person=people["1001"].id)
        assert book.unseal(case.done) == "tanhua"


@pytest.mark.usefixtures("three_late", "leaders")
async def test_who_may_not_close_is_told_so_and_the_card_stays_open(app, office):
    async with app.run_test() as pilot:
        await opened(app, pilot, CLERK)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("c")
        await pilot.pause()
        await pilot.press(*"said", "enter")
        await pilot.pause()
        await proves(app, pilot, CLERK)
        assert "is no leader in charge" in picture(app)
    assert len(office.open_cases()) == 1


@pytest.mark.usefixtures("three_late")
async def test_the_card_goes_on_paper_with_lines_to_sign(app, desk, words_zh):
    del words_zh
    async with app.run_test() as pilot:
        await opened(app, pilot, CLERK)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
    with desk.read() as book:
        (job,) = book.all(JOBS_OF, slip="case", number="KA1")
        document = book.unseal(job.document)
    assert all(word in document for word in ("张伟", "11-23", "08:42", "主管领导", "诫勉谈话"))
    with pytest.raises(Refused, match=r"slip\.private"):
        print_history.slip_of(desk, job.id)  # F6, S at the gate


@pytest.mark.usefixtures("three_late")
async def test_names_leave_the_screen_when_the_reader_has_gone_or_the_desk_locks(app):
    async with app.run_test() as pilot:
        await opened(app, pilot, CLERK)
        app.screen.look()
        await pilot.pause()
        assert isinstance(app.screen, CardList)
        app.screen.used_at -= app.kiosk.desk.rules.case_shown_s + 1
        app.screen.look()
        await pilot.pause()
        assert isinstance(app.screen, CasesHome)
        await pilot.press("enter")
        await pilot.pause()
        await proves(app, pilot, CLERK)
        assert isinstance(app.screen, CardList)
        app.context.operator = None
        app.screen.look()
        await pilot.pause()
        assert not isinstance(app.screen, CardList)


@pytest.mark.usefixtures("three_late")
async def test_closed_ones_of_the_year_and_who_is_near_a_limit(app, office, people):
    for n in range(2):
        office.works(people["3001"], MONDAY + timedelta(days=3 + n), "08:50")
    office.next_morning(MONDAY + timedelta(days=4))
    office.count()
    async with app.run_test() as pilot:
        await opened(app, pilot, CLERK)
        await pilot.press("a")
        await settle(pilot)
        assert len(app.screen.query_one(RowList).rows) == 1
        await pilot.press("W")
        await settle(pilot)
        assert isinstance(app.screen, NearLimit)
        near = [row.cells for row in app.screen.query_one(RowList).rows]
    assert near == [("李娜", "Late or early in a week", "2 times", "2 times")]


async def test_clause_22_the_hand_behind_a_proxy_is_named_at_its_card(app, office, people):
    tap = office.works(people["1001"], MONDAY)
    with office.desk.write(by="2001") as tx:
        tx.put(
            TapVoid(tap_id=tap, day=MONDAY, at=tx.now, by="2001", reason=VoidReason.NOT_HOLDER)
        )  # fmt: skip
        tx.record("tap.voided", tap=tap)
    office.next_morning(MONDAY)
    office.count()
    async with app.run_test() as pilot:
        await opened(app, pilot, CLERK)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("h")
        await pilot.pause()
        await pilot.press(*"3001", "enter")
        await settle(pilot)
    found = {one.person_id for one in office.open_cases()}
    assert found == {people["1001"].id, people["3001"].id}
