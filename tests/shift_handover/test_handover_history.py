"""The whole book of handovers: by guard, day, number or word; every page of it is reached."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.transaction import SubjectKey
from shift_handover import service
from shift_handover.models import HANDOVER
from shift_handover.papers import history
from shift_handover.papers.screens_history import HistoryScreen
from shift_handover.papers.sought import sought
from shift_handover.screens_earlier import DocumentScreen
from tests.shift_handover.handing_over import sign_over
from tests.shift_handover.test_handover_screens import either, opened, text, to, until

pytestmark = pytest.mark.usefixtures("people", "checked", "on_post")
SUBJECT = select(SubjectKey).where(col(SubjectKey.id) == bindparam("id"))


@pytest.fixture
def three_days(desk, desk_clock, open_list, check_all, checked, on_post):  # noqa: ARG001 - first
    """H1 and H2 on the first day, H3 on the next: 李建国, 王磊, 李建国, 王磊."""
    sign_over(desk, open_list, "2001", "2002", "今晚送锅炉")
    desk_clock.advance(hours=8)
    sign_over(desk, open_list, "2002", "2001", questions={"017": "几点回话"})
    desk_clock.advance(hours=16)
    desk_clock.advance(hours=1)
    check_all(desk, desk_clock)
    return sign_over(desk, open_list, "2001", "2002")


def numbers(desk, typed):
    wanted = sought(desk, typed)
    with desk.read() as book:
        if wanted.words:
            return [one.number for one in history.found(book, desk.gate, wanted)]
        return [one.number for one in history.page(book, desk.gate, wanted, 0, 99)]


@pytest.mark.usefixtures("three_days")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["H3", "H2", "H1"]),
        ("h2", ["H2"]),
        ("锅炉", ["H1"]),
        ("几点 回话", ["H2"]),
        ("李建国", ["H3", "H2", "H1"]),
        ("ljg 几点", ["H2"]),
        ("2001 锅炉", ["H1"]),
        ("市档案馆", ["H3", "H2", "H1"]),
        ("L4 锅炉", ["H1"]),
        ("visit.inside", []),
        ("VisitInside", []),
        ("没有的字", []),
        ("2026-11-23", ["H2", "H1"]),
        ("20261124", ["H3"]),
        ("11-23 锅炉", ["H1"]),
        ("11月24日", ["H3"]),
        ("2026-11", ["H3", "H2", "H1"]),
        ("2026-10", []),
        ("2026-11 2026-11-24", ["H3"]),
        ("13-45", []),
    ],
)
def test_a_handover_is_found_by_guard_day_number_and_word(desk, typed, found):
    assert numbers(desk, typed) == found


@pytest.mark.usefixtures("three_days")
def test_every_line_of_the_list_says_who_when_and_how(desk):
    with desk.read() as book:
        newest, asked, _first = history.page(book, desk.gate, sought(desk, ""), 0, 9)
        assert history.count(book, desk.gate, sought(desk, "11-23")) == 2
        assert history.place(book, desk.gate, sought(desk, ""), asked.id) == 1
        assert history.place(book, desk.gate, sought(desk, "11-24"), asked.id) is None
    assert (newest.outgoing.name, newest.incoming.name) == ("李建国", "王磊")
    assert (asked.outgoing.name, asked.incoming.name) == ("王磊", "李建国")
    assert asked.state == "accepted_with_exceptions"
    assert newest.frozen_at <= newest.ended_at


@pytest.mark.usefixtures("three_days")
def test_words_that_were_deleted_are_found_no_more_and_nothing_breaks(desk):
    with desk.read() as book:
        [first] = history.found(book, desk.gate, sought(desk, "锅炉"))
    with desk.write() as tx:
        row = tx.one(HANDOVER, id=first.id)
        tx.forget(tx.one(SUBJECT, id=row.subject))
        tx.record("subject.erased", subject=row.subject)
    assert numbers(desk, "锅炉") == []
    assert numbers(desk, "李建国") == ["H3", "H2", "H1"]


@pytest.mark.usefixtures("three_days")
def test_a_search_nobody_waits_for_any_more_ends(desk):
    with desk.read() as book:
        assert history.found(book, desk.gate, sought(desk, "李建国"), lambda: False) == []


def test_what_a_guard_refused_is_found_by_his_reason(desk, open_list, prove):
    frozen = service.freeze(desk, "2001", open_list)
    service.refuse(desk, frozen.id, prove("04A1B2C3D4E503"), "钥匙没交齐")
    assert numbers(desk, "没交齐") == ["H1"]


@pytest.mark.usefixtures("compiled_words", "three_days")
@either
async def test_the_guard_finds_one_and_opens_it(app, size, language):
    async with opened(app, size, language) as pilot:
        await pilot.press("4")
        await to(pilot, HistoryScreen)
        await until(pilot, lambda: "H1" in text(app) and "H3" in text(app))
        await pilot.press("h", "2")
        await until(pilot, lambda: "H2" in text(app) and "H3" not in text(app))
        await until(pilot, lambda: "王磊" in text(app) and "李建国" in text(app))
        await pilot.press("enter")
        await to(pilot, DocumentScreen)
        await until(pilot, lambda: "H2" in text(app))
        await pilot.press("escape")
        await to(pilot, HistoryScreen)
        await pilot.press("escape")
        await until(pilot, lambda: "H3" in text(app) and "H1" in text(app))


@pytest.mark.usefixtures("compiled_words", "three_days")
@either
async def test_an_opened_one_says_since_when_frozen_and_signed(app, desk, size, language):
    with desk.read() as book:
        [asked] = history.found(book, desk.gate, sought(desk, "H2"))
        [first] = history.found(book, desk.gate, sought(desk, "H1"))
    async with opened(app, size, language) as pilot:
        await pilot.press("4")
        await to(pilot, HistoryScreen)
        await pilot.press("h", "2", "enter")
        await to(pilot, DocumentScreen)
        for at in (first.ended_at, asked.frozen_at):
            await until(pilot, lambda at=at: f"11-23 {desk.local(at):%H:%M}" in text(app))


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_is_typed_is_a_day_or_words(desk, typed):
    wanted = sought(desk, typed)
    assert all(word == word.lower().strip() for word in wanted.words)
    with desk.read() as book:
        assert history.found(book, desk.gate, wanted) == []
        assert history.count(book, desk.gate, wanted) == 0


@pytest.mark.usefixtures("compiled_words")
async def test_the_oldest_of_three_hundred_is_one_key_away(app, desk, desk_clock, open_list):
    for _ in range(300):
        frozen = service.freeze(desk, "2001", open_list)
        desk_clock.advance(seconds=5)
        assert frozen
    async with opened(app) as pilot:
        await pilot.press("4")
        await to(pilot, HistoryScreen)
        await until(pilot, lambda: "H300" in text(app))
        await pilot.press("end")
        await until(pilot, lambda: "H1 " in text(app))
