"""Overtime at the board: asked for, signed by a manager, shown, cancelled."""

from datetime import timedelta

import pytest

from kiosk.desk.loans import Approval, Thing, ThingKind
from kiosk.desk.signing import Means, Proof
from kiosk.keys import booking, enrolling
from kiosk.keys.models import OVERTIME_BETWEEN
from kiosk.keys.screens_board import KeyBoard
from kiosk.keys.screens_overtime import OvertimeScreen
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.row_list import RowList

ZHANG, GUARD, LI_NA, ADMIN = "04A1B2C3D4E501", "04A1B2C3D4E502", "04A1B2C3D4E504", "04A1B2C3D4E505"
TAG = "04FFFFFFFFFF01"


@pytest.fixture
def key(desk) -> Thing:
    return enrolling.add_thing(desk, "2001", TAG, "12号柜钥匙", ThingKind.CABINET_KEY, "1号钩")


def picture(app) -> str:
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line) for line in lines)


async def settle(pilot) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def sign(app, pilot, uid: str) -> None:
    assert isinstance(app.screen, AskProof)
    await app.tap(uid)
    await pilot.press(*"2580", "enter")
    await settle(pilot)


async def at_the_board(app, pilot, letter: str) -> None:
    await app.push_screen(KeyBoard())
    await settle(pilot)
    await pilot.press(letter)
    await settle(pilot)


async def test_overtime_is_signed_by_a_manager_shown_and_cancelled(app, desk, key):
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_board(app, pilot, "o")
        assert isinstance(app.screen, OvertimeScreen)
        assert "Nobody has asked for overtime" in picture(app)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press(*"3001", "enter")
        await settle(pilot)
        await pilot.press(*"1800", "enter", *"2100", "enter")
        await settle(pilot)
        await pilot.press(*"R205", "enter")
        await settle(pilot)
        await pilot.press(*"xyz", "enter")
        assert "No key fits." in picture(app)
        await pilot.press(*["backspace"] * 3, *"12h", "enter")
        await pilot.pause()
        assert "Chosen: 12号柜钥匙." in picture(app)
        await pilot.press("enter")
        await settle(pilot)
        await sign(app, pilot, ZHANG)
        shown = app.screen.query_one("#spells", RowList)
        assert [row.cells for row in shown.rows] == [
            ("O1", "李娜", "办公室", "18:00", "21:00", "R205", "张伟")
        ]
        with desk.read() as book:
            [(spell, _person)] = book.all(OVERTIME_BETWEEN, first=desk.today(), last=desk.today())
        assert spell.things == key.id
        await pilot.press("x")
        await settle(pilot)
        await pilot.press("1")
        await settle(pilot)
        assert len(shown.rows) == 0
    with desk.read() as book:
        today = desk.today()
        assert book.all(OVERTIME_BETWEEN, first=today, last=today) == []


@pytest.mark.usefixtures("key")
async def test_a_spell_that_began_is_not_asked_for_and_one_from_now_waits_for_the_manager(
    app, desk, desk_clock
):
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_board(app, pilot, "o")
        await pilot.press("n")
        await settle(pilot)
        await pilot.press(*"3001", "enter")
        await settle(pilot)
        await pilot.press(*"0519", "enter")
        assert "Overtime is asked for in advance" in picture(app)
        await pilot.press(*["backspace"] * 4, "enter", *"2100", "enter")
        await settle(pilot)
        await pilot.press(*"R205", "enter")
        await settle(pilot)
        await pilot.press(*"12h", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        desk_clock.advance(minutes=7)  # the manager comes down the stairs
        await sign(app, pilot, ZHANG)
    with desk.read() as book:
        [(spell, _person)] = book.all(OVERTIME_BETWEEN, first=desk.today(), last=desk.today())
    assert spell.from_at == desk_clock.now


async def test_a_spell_that_is_over_is_not_shown_and_one_that_runs_is(
    app, desk, people, desk_clock
):
    proof = Proof(people["1001"], Means.BADGE, desk.clock())
    for hours in (1, 5):
        span = (desk.clock() + timedelta(minutes=1), desk.clock() + timedelta(hours=hours))
        booking.ask_overtime(desk, people["3001"], "2001", *span, f"R{hours}", proof)
    desk_clock.advance(hours=2)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(OvertimeScreen())
        await settle(pilot)
        shown = app.screen.query_one("#spells", RowList)
        assert [row.cells[5] for row in shown.rows] == ["R5"]
        assert "1 now" in picture(app)


async def test_what_no_manager_can_sign_is_refused_before_one_is_fetched(app, desk, key):
    with desk.write() as tx:
        key.approval = Approval.TWO
        tx.put(key)
        tx.record("thing.changed")
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_board(app, pilot, "o")
        await pilot.press("n")
        await settle(pilot)
        await pilot.press(*"3001", "enter")
        await settle(pilot)
        await pilot.press(*"1800", "enter", *"2100", "enter")
        await settle(pilot)
        await pilot.press(*"R205", "enter")
        await settle(pilot)
        await pilot.press(*"12h", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, OvertimeScreen)
        assert "needs two managers" in picture(app)
        with desk.read() as book:
            assert book.all(OVERTIME_BETWEEN, first=desk.today(), last=desk.today()) == []
