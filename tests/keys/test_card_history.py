"""Who had a thing: every loan of it is found on its card, page by page."""

from datetime import timedelta

import pytest

from kiosk.desk.loans import Ended, Thing, ThingKind
from kiosk.desk.queries import compiled
from kiosk.keys import card, enrolling, reports, returning, service
from kiosk.keys.card import thing_card
from kiosk.keys.screens_card import ThingScreen
from kiosk.keys.screens_card_history import PastLoans

LENT = 75


@pytest.fixture
def key(desk) -> Thing:
    return enrolling.add_thing(desk, "2001", "04FFFFFFFFFF01", "12号柜钥匙", ThingKind.CABINET_KEY)


@pytest.fixture
def lent(desk, people, key, desk_clock) -> list[str]:
    """Return the numbers of many past loans, the newest first; three went out at one moment."""
    other = enrolling.add_thing(desk, "2001", "04FFFFFFFFFF02", "别的", ThingKind.CABINET_KEY)
    service.lend(desk, other.id, people["3001"], "2001")
    numbers = []
    for turn in range(LENT):
        numbers.append(service.lend(desk, key.id, people["1001"], "2001").number)
        returning.give_back(desk, key.id, "2001", Ended.TAG)
        if turn not in {40, 41}:
            desk_clock.now += timedelta(minutes=1)
    return numbers[::-1]


def shown(app) -> list[str]:
    """Return the numbers of the loans that can be seen."""
    history = app.screen.query_one(PastLoans)
    return [one.loan.number for one in history._past[: history.page]]


async def settle(pilot) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_pgdn_reaches_every_loan_once_and_pgup_leads_back(app, lent, key, size):
    async with app.run_test(size=size) as pilot:
        await app.push_screen(ThingScreen(key.id))
        await settle(pilot)
        first = shown(app)
        assert first == lent[: len(first)]
        assert "PgUp" not in app.words()
        found, pages = list(first), 1
        while "PgDn" in app.words():
            await pilot.press("pagedown")
            await settle(pilot)
            found += shown(app)
            pages += 1
        assert sorted(found, key=lent.index) == lent  # those of one moment stand in any order
        await pilot.press("pagedown")  # there is nothing before the first loan
        await settle(pilot)
        assert shown(app) == found[-len(shown(app)) :]
        for _ in range(pages - 1):
            assert "PgUp" in app.words()
            await pilot.press("pageup")
            await settle(pilot)
        assert shown(app) == first
        assert "PgUp" not in app.words()


async def test_a_key_lent_once_has_no_pages(app, desk, people, key):
    service.lend(desk, key.id, people["1001"], "2001")
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(ThingScreen(key.id))
        await settle(pilot)
        assert shown(app) == ["K1"]
        assert "PgDn" not in app.words()


@pytest.mark.parametrize("query", [card._HISTORY, card._HISTORY_BEFORE, reports._LOANS_OF_THING])
@pytest.mark.usefixtures("people")
def test_a_page_reads_no_other_loan(desk, query):
    """A million loans cost nothing: a page runs along the index of one thing's loans."""
    made = compiled(query)
    bound = {"thing": "", "out_at": "2026", "loan": "", "first": "2025", "after": "2027"}
    with desk.read() as book:
        plan = book.connection.execute(
            f"EXPLAIN QUERY PLAN {made.sql}", {**made.constants, **bound}
        )
        steps = [row[3] for row in plan]
    [loans] = [one for one in steps if "loan" in one]
    assert loans.startswith("SEARCH loan USING INDEX ix_loan_thing_out (thing_id=?"), steps
    assert not any(one.startswith("USE TEMP B-TREE FOR ORDER BY") for one in steps), steps


def test_it_goes_on_before_the_loan_that_was_named(desk, lent, key):
    newest = thing_card(desk, key.id).history
    then = thing_card(desk, key.id, after=newest[9].loan).history
    assert [one.loan.number for one in then[:10]] == lent[10:20]
