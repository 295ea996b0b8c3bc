"""Tap a key, tap a badge: out. Tap the key: back. What the guard sees on the way."""

import pytest

from kiosk.desk import badges
from kiosk.desk.bearer import ThingTag, whose
from kiosk.desk.loans import OPEN_LOANS, Approval, Thing, ThingKind
from kiosk.desk.people import BADGE
from kiosk.desk.refusal import Refused
from kiosk.desk.words import use
from kiosk.keys import enrolling, service
from kiosk.keys.screens import SCREENS, takes_tag
from kiosk.keys.screens_add import AddKey
from kiosk.keys.screens_board import KeyBoard
from kiosk.keys.screens_lend import LendKey
from kiosk.keys.screens_return import TakeBack
from kiosk.ui.home import HomeScreen
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList

ZHANG, LI_NA, UNKNOWN = "04A1B2C3D4E501", "04A1B2C3D4E504", "04AABBCCDDEE01"
TAG, OTHER_TAG = "04FFFFFFFFFF01", "04FFFFFFFFFF02"
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def key(desk) -> Thing:
    return enrolling.add_thing(desk, "2001", TAG, "12号柜钥匙", ThingKind.CABINET_KEY, "1号钩")


@pytest.fixture
def other(desk) -> Thing:
    return enrolling.add_thing(desk, "2001", OTHER_TAG, "档案室钥匙", ThingKind.DESK_KEY)


def holders(desk) -> dict[str, str]:
    with desk.read() as book:
        return {thing.label: person.name for _, thing, person in book.all(OPEN_LOANS)}


def picture(app) -> str:
    return "\n".join(
        "".join(segment.text for segment in line) for line in app.screen._compositor.render_strips()
    )


async def settle(pilot) -> None:
    """Wait until what runs beside the screen has come back."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.usefixtures("key")
async def test_key_then_badge_is_out_and_the_key_again_is_back(app, desk, desk_clock):
    async with app.run_test() as pilot:
        await app.tap(TAG)
        await settle(pilot)
        assert isinstance(app.screen, LendKey)
        await app.tap(ZHANG)
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert holders(desk) == {"12号柜钥匙": "张伟"}
        desk_clock.advance(hours=1)
        await app.tap(TAG)
        await settle(pilot)
    assert holders(desk) == {}
    assert [(one.tone, one.headline, one.name, one.time, one.lines) for one in app.said] == [
        (Tone.GOOD, "12号柜钥匙 is out", "张伟", "due 17:30", ()),
        (Tone.GOOD, "12号柜钥匙 is back", "张伟", "out since 08:20", ()),
    ]


@pytest.mark.usefixtures("key")
async def test_a_late_key_says_so_and_names_the_day(app, desk_clock):
    async with app.run_test() as pilot:
        await app.tap(TAG)
        await app.tap(ZHANG)
        desk_clock.advance(days=1)
        await app.tap(TAG)
        await settle(pilot)
    assert app.said[-1].time == "out since 11-23 08:20"
    assert app.said[-1].lines == ("It came back late.",)


@pytest.mark.usefixtures("key")
async def test_nobody_taps_and_the_key_stays(app, desk):
    async with app.run_test() as pilot:
        await app.tap(TAG)
        await settle(pilot)
        waiting = app.screen
        for _ in range(desk.rules.loan_tap_s):  # as the clock would
            waiting.tick()
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
    assert app.said[-1].tone is Tone.AMBER
    assert app.said[-1].headline == "Nobody tapped. It stays on the board; nothing was recorded."
    assert holders(desk) == {}


@pytest.mark.usefixtures("key")
async def test_esc_leaves_the_key_on_the_board(app, desk):
    head = desk.head
    async with app.run_test() as pilot:
        await app.tap(TAG)
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
    assert desk.head == head


@pytest.mark.usefixtures("key")
async def test_a_key_that_comes_back_meanwhile_is_back_and_the_other_still_waits(
    app, desk, people, other
):
    service.lend(desk, other.id, people["3001"], "2001")
    async with app.run_test() as pilot:
        await app.tap(TAG)
        await settle(pilot)
        await app.tap(OTHER_TAG)
        await settle(pilot)
        assert holders(desk) == {}
        assert isinstance(app.screen, LendKey)
        await app.tap(ZHANG)
        await settle(pilot)
    assert holders(desk) == {"12号柜钥匙": "张伟"}


@pytest.mark.usefixtures("key")
async def test_a_blocked_badge_and_an_unknown_card_get_their_usual_answer(app, desk, people):
    with desk.write() as tx:
        badges.block(tx, tx.one(BADGE, uid=LI_NA), people["3001"], "lost")
    async with app.run_test() as pilot:
        await app.tap(TAG)
        await settle(pilot)
        await app.tap(LI_NA)
        await settle(pilot)
        assert app.said[-1].headline == "This badge is blocked. Please come to the desk."
        assert isinstance(app.screen, LendKey)
        await app.tap(UNKNOWN)
        await settle(pilot)
        assert type(app.screen).__name__ == "EnrolCard"
    assert holders(desk) == {}


@pytest.mark.parametrize("letter", ["n", "N"], ids=["n", "caps lock"])
@pytest.mark.usefixtures("key")
async def test_a_borrower_without_a_badge_gives_number_and_pin(app, desk, letter):
    async with app.run_test() as pilot:
        await app.tap(TAG)
        await settle(pilot)
        await pilot.press(letter, *"1001", "enter", *"2580", "enter")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
    assert holders(desk) == {"12号柜钥匙": "张伟"}
    assert app.said[-1].name == "张伟"


async def test_a_locked_desk_takes_keys_back_but_gives_none(app, desk, people, key):
    app.context.operator = None
    with desk.read() as book:
        tag = whose(book, TAG)
    assert isinstance(tag, ThingTag)
    with pytest.raises(Refused) as refused:
        await takes_tag(app.context, tag)
    assert refused.value.code == "keys.desk_locked"
    service.lend(desk, key.id, people["1001"], "2001")
    await takes_tag_in(app, tag)
    assert holders(desk) == {}


async def takes_tag_in(app, tag: ThingTag) -> None:
    async with app.run_test() as pilot:
        await takes_tag(app.context, tag)
        await settle(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.usefixtures("other", "compiled_words")
async def test_the_board_shows_who_has_what(app, desk, people, key, desk_clock, size, language):
    use(language)
    lent = service.lend(desk, key.id, people["1001"], "2001")
    desk_clock.now = lent.due_at
    desk_clock.advance(minutes=20)
    async with app.run_test(size=size) as pilot:
        await app.push_screen(KeyBoard())
        await settle(pilot)
        seen = picture(app)
        late, on_board = {"en": ("late 20 m", "on the board"), "zh_CN": ("超时20分", "在架")}[
            language
        ]
        assert all(
            words in seen for words in ("12号柜钥匙", "张伟", "08:20", late, "档案室钥匙", on_board)
        )


@pytest.mark.parametrize(("language", "words"), [("en", "N adds one"), ("zh_CN", "架上还没有钥匙")])
@pytest.mark.usefixtures("compiled_words")
async def test_an_empty_board_says_what_it_is_empty_of(app, language, words):
    use(language)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(KeyBoard())
        await settle(pilot)
        assert words in picture(app)


@pytest.mark.usefixtures("key")
async def test_enter_hands_out_and_enter_again_takes_back(app, desk):
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, LendKey)
        await app.tap(ZHANG)
        await settle(pilot)
        assert isinstance(app.screen, KeyBoard)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, TakeBack)
        assert "extension 8001" in " ".join(picture(app).split())
        await pilot.press("1")
        await settle(pilot)
        assert isinstance(app.screen, KeyBoard)
    assert holders(desk) == {}
    assert app.said[-1].headline == "12号柜钥匙 is back"


async def test_an_open_loan_leads_to_its_own_question(app, desk, people, key):
    service.lend(desk, key.id, people["1001"], "2001")
    with desk.read() as book:
        [thing] = [one for one in app.context.outstanding(desk, book) if one.kind == "loan.out"]
    async with app.run_test() as pilot:
        await app.push_screen(SCREENS.goes_to[thing.kind](thing))
        await settle(pilot)
        assert "12号柜钥匙" in picture(app)
        await pilot.press("1")
        await settle(pilot)
        assert isinstance(app.screen, TakeBack)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
    assert holders(desk) == {"12号柜钥匙": "张伟"}


@pytest.mark.parametrize("tag_first", [True, False])
async def test_a_new_key_gets_tag_name_place_and_kind(app, desk, tag_first):
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await settle(pilot)
        if tag_first:
            await app.tap(UNKNOWN)
        else:
            await pilot.press("n")
        await settle(pilot)
        assert isinstance(app.screen, AddKey)
        await pilot.press(*"K7", "enter", *"box1", "enter", *"L9", "enter", *"B2", "enter")
        if not tag_first:
            assert "tag is still missing" in picture(app)
            await app.tap(UNKNOWN)
            await pilot.press("enter")
        await settle(pilot)
        await pilot.press("3")
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        assert [row.cells[0] for row in app.screen.query_one(RowList).rows] == ["K7"]
    with desk.read() as book:
        made = whose(book, UNKNOWN)
    assert isinstance(made, ThingTag)
    assert (made.thing.kind, made.thing.place) == (ThingKind.DESK_KEY, "box1")
    assert (made.thing.lock, made.thing.doors) == ("L9", "B2")
    assert made.thing.approval is Approval.MANAGER


@pytest.mark.usefixtures("key")
async def test_a_name_that_is_taken_keeps_what_was_typed(app):
    async with app.run_test() as pilot:
        await app.push_screen(AddKey(UNKNOWN))
        await settle(pilot)
        app.screen.query_one("#label").input.value = "12号柜钥匙"
        await pilot.press("enter", "enter", "enter", "enter")
        await settle(pilot)
        await pilot.press("1")
        await settle(pilot)
        await pilot.press("1")
        await settle(pilot)
        assert isinstance(app.screen, AddKey)
        assert "called 12号柜钥匙 already" in " ".join(picture(app).split())
        assert app.screen.query_one("#label").text == "12号柜钥匙"
