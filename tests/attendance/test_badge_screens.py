"""A lost badge at the open desk: few keys to block it, a clear word at every later tap."""

import pytest
from on_screen import rows, settle
from textual.widgets import Static

from kiosk.attendance.screens import AttendanceScreen
from kiosk.attendance.screens_badges import BadgesOf, FindBadges
from kiosk.desk import journal
from kiosk.desk.people import BADGE, BadgeState, BlockReason
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList

ZHANG, UNKNOWN = "04A1B2C3D4E501", "04AABBCCDDEE01"


async def find(app, pilot, typed="zw") -> None:
    """Go to somebody's badges as a guard does."""
    await app.push_screen(AttendanceScreen())
    await pilot.press("b")
    await settle(pilot)
    await pilot.press(*typed)
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)
    assert isinstance(app.screen, BadgesOf)


def badge(desk, uid=ZHANG):
    with desk.read() as book:
        return book.one(BADGE, uid=uid)


def last(desk):
    with desk.read() as book:
        return list(journal.entries(book.connection, desk.gate))[-1]


async def test_a_lost_badge_is_blocked_with_one_number_and_refused_at_once(app, desk):
    async with app.run_test(size=(80, 24)) as pilot:
        await app.tap(ZHANG)
        await find(app, pilot)
        assert [row[:2] for row in rows(app)] == [("D4E501", "works")]
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("1")
        await settle(pilot)
        assert isinstance(app.screen, AttendanceScreen)
        told = app.said[-1]
        assert (told.tone, told.name) == (Tone.GOOD, "张伟")
        assert badge(desk).blocked_for is BlockReason.LOST
        entry = last(desk)
        assert (entry.code, entry.by) == ("badge.blocked", "2001")
        assert entry.facts_made() == {"person": "1001", "uid": ZHANG, "reason": "lost"}
        await app.tap(ZHANG)
        await settle(pilot)
    refused = app.said[-1]
    assert (refused.tone, refused.name) == (Tone.AMBER, "张伟")
    assert refused.headline == "This badge is blocked. Please come to the desk."
    assert refused.lines == (
        "Lost, blocked 11-23 08:20", "Guard: keep the card and see who carries it.",
    )  # fmt: skip
    assert last(desk).code == "badge.refused"


async def test_at_the_locked_desk_nobody_is_named(app):
    async with app.run_test() as pilot:
        await find(app, pilot)
        await pilot.press("enter", "1")
        await settle(pilot)
        app.kiosk.operator = None
        await app.tap(ZHANG)
    assert (app.said[-1].name, app.said[-1].lines) == ("", ())
    assert "blocked" in app.said[-1].headline


async def test_another_reason_is_typed_and_kept_sealed(app, desk):
    async with app.run_test() as pilot:
        await find(app, pilot)
        await pilot.press("enter", "4")
        await settle(pilot)
        await pilot.press(*"chip", "enter")
        await settle(pilot)
    facts = last(desk).facts_made()
    assert (facts["reason"], "chip" in str(facts)) == ("other", False)
    with desk.read() as book:
        assert book.unseal(facts["note"]) == "chip"


async def test_esc_at_every_question_blocks_nothing(app, desk):
    async with app.run_test() as pilot:
        await find(app, pilot)
        head = desk.head
        for keys in (("enter", "escape"), ("enter", "4", "escape"), ("escape",)):
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
        assert isinstance(app.screen, AttendanceScreen)
    assert desk.head == head


async def blocked(app, pilot) -> None:
    """Block 张伟's badge and come back to it."""
    await find(app, pilot)
    await pilot.press("enter")
    await settle(pilot)
    await pilot.press("1")
    await settle(pilot)
    await pilot.press("b")
    await settle(pilot)
    await app.tap(ZHANG)  # the card was found: it leads to its badges
    await settle(pilot)
    assert rows(app) == [("D4E501", "blocked", "2026-11-23 08:20 Lost")]


async def test_a_guard_asks_clerk_or_administrator_to_give_back(app, desk):
    async with app.run_test() as pilot:
        await blocked(app, pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, AskProof)
        await pilot.press(*"9001", "enter", *"2580", "enter")
        await settle(pilot)
        await pilot.press(*"found", "enter")
        await settle(pilot)
        assert app.said[-1].headline == "The badge works again."
        entry = last(desk)
        await app.tap(ZHANG)
        await settle(pilot)
    assert (entry.code, entry.by) == ("badge.unblocked", "9001")
    assert "found" not in entry.facts
    assert (app.said[-1].name, app.said[-1].headline) == ("张伟", "Signed in")


async def test_a_guard_alone_gives_nothing_back(app, desk):
    async with app.run_test() as pilot:
        await blocked(app, pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press(*"2001", "enter", *"2580", "enter")
        await settle(pilot)
        await pilot.press(*"found", "enter")
        await settle(pilot)
        assert app.said[-1].tone is Tone.AMBER
        assert "only clerk or administrator" in app.said[-1].headline
    assert badge(desk).state is BadgeState.BLOCKED


async def test_an_administrator_at_the_desk_is_not_asked_again(app, desk, people):
    async with app.run_test() as pilot:
        app.kiosk.operator = people["9001"]
        await blocked(app, pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press(*"found", "enter")
        await settle(pilot)
    assert (last(desk).code, last(desk).by) == ("badge.unblocked", "9001")
    assert badge(desk).state is BadgeState.ACTIVE


async def test_a_working_badge_signs_in_while_a_lost_one_is_looked_for(app):
    async with app.run_test() as pilot:
        await app.push_screen(AttendanceScreen())
        await pilot.press("b", *"20")
        await app.tap(ZHANG)
        await settle(pilot)
        assert isinstance(app.screen, FindBadges)
        assert app.screen.query_one("#who").text == "20"
    assert app.said[-1].headline == "Signed in"


@pytest.mark.usefixtures("words_zh")
async def test_who_has_no_badge_is_told_how_to_get_one(app, desk):
    with desk.write() as tx:
        tx.drop(tx.one(BADGE, uid=ZHANG))
        tx.record("badge.dropped", uid=ZHANG)
    async with app.run_test(size=(80, 24)) as pilot:
        await find(app, pilot, "1001")
        assert rows(app) == []
        assert "张伟" in str(app.screen.query_one("#dialog-title", Static).content)
        assert "发卡" in app.screen.query_one(RowList).empty
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, BadgesOf)
