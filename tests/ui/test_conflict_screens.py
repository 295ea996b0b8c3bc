"""Two desks disagree about a badge: F6, both side by side, a digit, why, badge and PIN."""

import shutil
from dataclasses import replace

import pytest
from sqlmodel import select

from kiosk.conflicts import service
from kiosk.conflicts.hub_trouble import CUT_OFF, outstanding
from kiosk.conflicts.models import ConflictDecision
from kiosk.desk import journal
from kiosk.desk import settings as desk_settings
from kiosk.desk.clock import system_clock
from kiosk.desk.desk import Desk
from kiosk.desk.foreign import absorb
from kiosk.desk.hub_state import HubState, Standing
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import Badge, BadgeState, Person
from kiosk.ui.row_list import RowList
from kiosk.ui.tap_area import TapArea
from shift_handover.from_open_things import record_of
from shift_handover.records_between_desks import DeskCutOff, DesksDiffer

MANAGER, GUARD = "4001", "2001"


def changed(desk, badge_id, by, code, **values):
    with desk.write(by=by) as tx:
        badge = tx.row_of(Badge, badge_id)
        for name, value in values.items():
            setattr(badge, name, value)
        tx.put(badge)
        tx.record(code)


@pytest.fixture
def forked(site_copy):
    """The badge of 1002: blocked at the gate, changed at the reception while it was cut off."""
    settings = desk_settings.load(site_copy / "kiosk.toml", {})
    other = site_copy / "other.db"
    shutil.copy(settings.desk.database, other)
    there = replace(
        settings, site=replace(settings.site, gate="front", gate_name="Reception"),
        desk=replace(settings.desk, database=other),
    )  # fmt: skip
    here, front = Desk.open(settings, system_clock), Desk.open(there, system_clock)
    with here.read() as book:
        owner = next(one for one in book.all(select(Person)) if one.staff_no == "1002")
        badge = next(one for one in book.all(select(Badge)) if one.person_id == owner.id)
    changed(here, badge.id, GUARD, "badge.blocked", state=BadgeState.BLOCKED)
    changed(front, badge.id, "3001", "badge.unblocked", proves=True, state=BadgeState.ACTIVE)
    changed(front, badge.id, "3001", "badge.unblocked", blocked_at=front.clock())
    with front.read() as book:
        new = list(journal.entries(book.connection, "front"))
    absorb(here, new, {})
    here.close()
    front.close()


async def compare(walk):
    await walk.open_desk()
    await walk.press("f6")
    await walk.front("OpenThingsScreen")
    await walk.until(lambda: "two desks differ" in walk.text(), "the conflict")
    rows = walk.app.screen.query_one(RowList)
    at = next(i for i, one in enumerate(rows.rows) if "two desks" in " ".join(one.cells))
    for _n in range(at - rows.cursor):
        await walk.press("down")
    await walk.press("enter")
    await walk.front("Compare")
    await walk.until(lambda: walk.app.screen.query_one("#conflict-lines", RowList).rows, "lines")


async def typed_reason(walk, words):
    """Give a reason that is none of the usual ones."""
    await walk.front("Choose")
    await walk.press("end", "enter")
    await walk.front("AskText")
    await walk.line(words)


def decisions(walk):
    with walk.app.kiosk.desk.read() as book:
        return book.all(select(ConflictDecision))


@pytest.mark.usefixtures("forked")
async def test_both_sides_stand_side_by_side_and_a_leader_signs_for_one(kiosk_at):
    async with kiosk_at() as walk:
        await compare(walk)
        shown = walk.text()
        for words in ("Badge", "blocked it", "unblocked it", "What differs", "State"):
            assert words in shown, words
        await walk.press("1")
        await typed_reason(walk, "called: it is lost")
        await walk.front("SignedAct")
        await walk.sign(MANAGER)
        await walk.front("OpenThingsScreen")
        assert "is right" in walk.app.screen.query_one("#tap", TapArea).verdict.headline
        await walk.until(lambda: "two desks differ" not in walk.text(), "the list without it")
        assert len(decisions(walk)) == 1
        assert "conflict.decided" in walk.codes()


@pytest.mark.parametrize(
    ("language", "kept"), [("en", "I saw it here myself"), ("zh_CN", "我在场亲眼看见")]
)
@pytest.mark.usefixtures("forked")
async def test_a_usual_reason_is_one_key_and_is_kept_in_the_language_of_who_signs(
    kiosk_at, language, kept
):
    async with kiosk_at() as walk:
        await compare(walk)
        if language != "en":
            await walk.press("f12")
        await walk.press("1")
        await walk.front("Choose")
        assert kept in walk.text()
        await walk.press("1")
        await walk.front("SignedAct")
        await walk.sign(MANAGER)
        await walk.front("OpenThingsScreen")
        (decision,) = decisions(walk)
        with walk.app.kiosk.desk.read() as book:
            assert book.read_sealed(decision.reason) == kept


@pytest.mark.usefixtures("forked")
async def test_that_the_other_entry_was_wrong_is_no_reason_for_both(kiosk_at):
    async with kiosk_at() as walk:
        await compare(walk)
        await walk.press("1")
        await walk.front("Choose")
        assert "The other entry was a mistake" in walk.text()
        await walk.press("escape")
        walk.app.screen._ask_why(walk.app.screen._one, service.BOTH, "")
        await walk.front("Choose")
        assert "The other entry was a mistake" not in walk.text()


@pytest.mark.usefixtures("forked")
async def test_escape_at_the_reason_decides_nothing_and_a_guards_signature_does_not_count(kiosk_at):
    async with kiosk_at() as walk:
        await compare(walk)
        await walk.press("2")
        await walk.front("Choose")
        await walk.press("escape")
        await walk.front("Compare")
        await walk.press("2")
        await typed_reason(walk, "no idea")
        await walk.front("SignedAct")
        await walk.line(GUARD)
        await walk.line("2580")
        await walk.until(lambda: "cannot sign for this" in walk.text(), "the refusal")
        assert decisions(walk) == []


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.usefixtures("forked")
async def test_it_fits_in_both_languages(kiosk_at, size):
    async with kiosk_at(size=size) as walk:
        await compare(walk)
        for name in ("Badge", "工牌"):
            await walk.until(lambda name=name: name in walk.text(), name)
            assert "Esc" in walk.text()
            await walk.press("f12")


async def test_a_desk_that_the_hub_cut_off_is_red_and_says_whom_to_ring(kiosk_at):
    async with kiosk_at() as walk:
        desk = walk.app.kiosk.desk
        state = HubState(standing=Standing.QUARANTINED, since=desk.clock())
        desk.hub_state = lambda: state
        with desk.read() as book:
            listed = walk.app.kiosk.outstanding(desk, book)
        (thing,) = [one for one in listed if one.kind == CUT_OFF]
        assert thing.urgency is Urgency.NOW
        assert desk.settings.site.hotline in thing.next_step.text()
        assert "kiosk hub status" in thing.next_step.text()
        assert isinstance(record_of(thing), DeskCutOff)
        copy = HubState(standing=Standing.REFUSED, why="hub.twice", since=desk.clock())
        with desk.read() as book:
            (told,) = outstanding(desk, book, copy)
            assert "copy of its disk" in told.what.text()
            assert "kiosk hub rejoin" in told.next_step.text()
            assert outstanding(desk, book, HubState(standing=Standing.CUT)) == []
            held = HubState(standing=Standing.HELD, held=frozenset({"front"}))
            assert [one.ref for one in outstanding(desk, book, held)] == ["front"]


@pytest.mark.usefixtures("forked")
async def test_a_handover_carries_the_conflict(kiosk_at):
    async with kiosk_at() as walk:
        kiosk = walk.app.kiosk
        with kiosk.desk.read() as book:
            things = kiosk.outstanding(kiosk.desk, book)
        (record,) = [record_of(one) for one in things if one.kind == "conflict.open"]
        assert isinstance(record, DesksDiffer)
        assert record.table == "badge"
