"""A key that another desk keeps, asked for on the screens of this one over a real hub."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from desk_app import DeskApp
from desks import Post, RealClock, Site, site_of, until

from kiosk.desk import custody
from kiosk.desk.hub_state import Standing
from kiosk.desk.loans import OPEN_LOAN_OF, THING, Condition, Thing, ThingKind
from kiosk.desk.site_desks import introduce, name_told
from kiosk.features import claimed
from kiosk.following import Following
from kiosk.hub.claims import Claims
from kiosk.keys import enrolling, losing, service
from kiosk.keys.enrolling import Described
from kiosk.keys.screens_board import KeyBoard
from kiosk.keys.screens_emergency import Emergency
from kiosk.keys.screens_lend import LendKey
from kiosk.ui.home import HomeScreen
from kiosk.ui.palette import Tone

GUARD, TAG, BADGE = "2001", "04FFFFFFFFFF01", "04A1B2C3D4E501"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten o'clock at the site


@pytest.fixture
def site(hub, built, settings) -> Iterator[Site]:
    with site_of(hub, built.folder / "people.db", built.folder / "site.key", settings) as made:
        yield made


def opened(site: Site, gate: str, name: str, address: str = "") -> Post:
    settings = site.settings(gate, address)
    named = replace(settings, site=replace(settings.site, gate_name=name))
    post = site.open_with(named, MONDAY - RealClock()())
    post.pen.queue(introduce, post.desk).result()
    post.uplink.each_round.append(Following(post.desk, post.pen))
    return post


@pytest.fixture
def here(site) -> Post:
    """The south gate, whose screens are shown."""
    return opened(site, "gate-1", "南门")


@pytest.fixture
def east(site, cable) -> Post:
    """The east gate, which keeps the key, on a cable that can be cut."""
    post = opened(site, "gate-2", "东门", cable.address)
    Claims(post.desk, post.pen, post.uplink, claimed)
    return post


def on_pen(post: Post, act, *args, **words):
    return post.pen.queue(lambda: act(post.desk, *args, **words)).result()


@pytest.fixture
def key(here, east) -> Thing:
    described = Described(label="12号柜钥匙", kind=ThingKind.CABINET_KEY, home="gate-2")
    thing = on_pen(east, enrolling.add, GUARD, described, TAG)
    until("the key and the desk to be known", lambda: knows(here, thing))
    return thing


def knows(post: Post, thing: Thing) -> bool:
    with post.desk.read() as book:
        return book.one(THING, id=thing.id) is not None and name_told(book, "gate-2") == "东门"


def kept_at(post: Post, thing: Thing) -> str:
    with post.desk.read() as book:
        return custody.kept(book, thing, post.desk.gate).gate


def holder_at(post: Post, thing: Thing) -> str:
    with post.desk.read() as book:
        found = book.one(OPEN_LOAN_OF, thing=thing.id)
    return "" if found is None else found[1].name if found[1] else found[0].place


@pytest.fixture
def app(here) -> DeskApp:
    made = DeskApp(here.desk, here.pen)
    made.context.operator = here.person(GUARD)
    made.context.hub = Claims(here.desk, here.pen, here.uplink, claimed)
    return made


async def asks(app: DeskApp) -> None:
    """Tap the key, then the badge."""
    await app.tap(TAG)
    await app.front(LendKey)
    await app.tap(BADGE)


async def test_the_badge_asks_the_other_desk_and_the_key_goes_out_as_usual(app, east, key):
    async with app.run_test():
        await asks(app)
        await app.until(lambda: app.said, "an answer")
        assert (app.said[-1].tone, app.said[-1].name) == (Tone.GOOD, "张伟")
    until("the loan to be known at the east gate", lambda: holder_at(east, key) == "张伟")
    assert kept_at(east, key) == "gate-1"


async def test_an_emergency_asks_the_desk_that_keeps_the_key_too(app, here, key):
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await pilot.press("e")
        await app.front(Emergency)
        await app.until(lambda: key.label in app.words(), "the key")
        await pilot.press(*"Fire brigade", "enter")
        await app.front(KeyBoard)
    assert holder_at(here, key) == "Fire brigade"
    assert kept_at(here, key) == "gate-1"


async def test_esc_gives_up_asking_and_the_question_stays(app, here, key, cable):
    cable.hang()
    async with app.run_test() as pilot:
        await asks(app)
        await app.until(lambda: "Asking 东门" in app.words(), "that the other desk is asked")
        await pilot.press("escape")
        await app.until(lambda: "Asking" not in app.words(), "that nobody is asked any more")
        assert isinstance(app.screen, LendKey)
        assert app.said == []
        await pilot.press("escape")
        await app.front(HomeScreen)
    assert kept_at(here, key) == "gate-2"


def lent(east: Post, key: Thing) -> None:
    on_pen(east, service.lend, key.id, east.person("3001"), GUARD)


def blocked(east: Post, key: Thing) -> None:
    on_pen(east, losing.block, key.id, GUARD, Condition.DAMAGED)


@pytest.mark.parametrize(
    ("before", "told"), [(lent, "李娜 has 12号柜钥匙"), (blocked, "12号柜钥匙 is blocked")]
)
async def test_a_no_is_said_in_words_and_the_key_stays(app, here, east, key, before, told):
    """The other desk knows it already, and this one cannot yet: it asks, and hears why not."""
    async with app.run_test():
        await app.tap(TAG)
        await app.front(LendKey)
        before(east, key)
        await app.tap(BADGE)
        await app.until(lambda: app.said, "an answer")
        assert told in app.said[-1].headline
    assert kept_at(here, key) == "gate-2"


async def test_a_desk_that_is_cut_off_cannot_be_asked(app, here, east, key, cable):
    cable.cut()
    until("the cut to be noticed", lambda: east.standing is Standing.CUT)
    async with app.run_test():
        await asks(app)
        await app.until(lambda: app.said, "an answer")
        assert "东门 cannot be reached" in app.said[-1].headline
    assert kept_at(here, key) == "gate-2"
