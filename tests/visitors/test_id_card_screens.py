"""ID cards at the visitors' screens: they fill the forms and compare who stands there."""

import pytest

from kiosk.desk.id_card import IdCard
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import use
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from visitors import appointments, cards, reception, watch_list
from visitors.models import Answer, How, State
from visitors.rules import Details
from visitors.screens_appointment import AppointmentScreen
from visitors.screens_card_laid import open_for_card
from visitors.screens_list import VisitorsScreen
from visitors.screens_new import WalkInScreen
from visitors.screens_visit import VisitScreen
from visitors.service import visit_of
from visitors.watch_list import Listing
from visitors.watch_models import Level

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
SIZES = [(80, 24), (120, 36)]
NUMBER, OTHER = "11010519491231002X", "440524188001010014"
MASKED = "110***********002X"
CARD = IdCard("王小明", "Mr", NUMBER)
STRANGER = IdCard("李四", "Ms", OTHER)
WANG = Details(name="王小明", matter="检修", id_number=NUMBER)


async def settled(app, pilot):
    """Wait until workers, the pen and the refreshed lists have come to rest."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    app.dress()
    await pilot.pause()


async def keys(app, pilot, *pressed):
    for key in pressed:
        await pilot.press(key)
    await settled(app, pilot)


def admitted(desk):
    visit = reception.walk_in(desk, GUARD, WANG, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)


async def lay(app, pilot, card):
    """Lay a card on the reader while the screen in front is open."""
    taken = await app.screen.take_id_card(card)
    await settled(app, pilot)
    return taken


def field(app, name):
    return app.screen.query_one(f"#{name}", LabelledInput).input


def above(app):
    return str(app.screen.query_one("#form-title").render())


def hash_of(desk, visit):
    with desk.read() as book:
        return visit_of(book, visit)[0].id_hash


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("compiled_words")
async def test_a_card_fills_the_walk_in_and_only_mask_and_hash_are_kept(
    desk, desktop, size, language
):
    use(language)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5")
        assert await lay(desktop, pilot, CARD)
        assert MASKED in above(desktop)
        assert ("校验码相符" if language == "zh_CN" else "check digit fits") in above(desktop)
        assert NUMBER not in desktop.shown()
        assert field(desktop, "name").value == "王小明"
        assert field(desktop, "form").value == ("先生" if language == "zh_CN" else "Mr")
        assert desktop.focused is field(desktop, "unit")
        await keys(desktop, pilot, *"东川供水", "enter", *"抄表", "enter", "z", "k", "enter", "f5")
        assert isinstance(desktop.screen, VisitScreen)
    [visit] = cards.todays(desk)
    assert (visit.name, visit.form, visit.id_masked) == ("王小明", "Mr", MASKED)
    assert hash_of(desk, visit.id) == desk.site_key.blind(f"citizen id {NUMBER}")


async def test_a_card_fills_an_appointment_too(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f7")
        assert isinstance(desktop.screen, AppointmentScreen)
        assert await lay(desktop, pilot, CARD)
        field(desktop, "matter").value = "检修"
        desktop.screen.query_one("#host", LabelledInput).focus()
        await keys(desktop, pilot, "z", "k", "enter", "f5", "enter")  # before the house opens
    [visit] = cards.todays(desk)
    assert (visit.state, visit.id_masked) == (State.EXPECTED, MASKED)


async def test_a_second_card_takes_the_place_of_the_first(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5")
        await lay(desktop, pilot, STRANGER)
        await lay(desktop, pilot, CARD)
        assert field(desktop, "name").value == "王小明"
        field(desktop, "matter").value = "检修"
        desktop.screen.query_one("#host", LabelledInput).focus()
        await keys(desktop, pilot, "z", "k", "enter", "f5")
    [visit] = cards.todays(desk)
    assert hash_of(desk, visit.id) == desk.site_key.blind(f"citizen id {NUMBER}")


async def test_typing_in_the_masked_number_takes_the_card_away(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5")
        await lay(desktop, pilot, CARD)
        desktop.screen.query_one("#id_number", LabelledInput).focus()
        await keys(desktop, pilot, "backspace")
        assert field(desktop, "id_number").value == ""
        assert MASKED not in above(desktop)
        await keys(desktop, pilot, *OTHER)
        field(desktop, "matter").value = "检修"
        desktop.screen.query_one("#host", LabelledInput).focus()
        await keys(desktop, pilot, "z", "k", "enter", "f5")
    [visit] = cards.todays(desk)
    assert hash_of(desk, visit.id) == desk.site_key.blind(f"citizen id {OTHER}")


async def test_a_wrong_check_digit_is_said_in_red_and_saved_by_nobody(desk, desktop):
    wrong = IdCard("王小明", "Mr", NUMBER[:-1] + "1")
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5")
        await lay(desktop, pilot, wrong)
        assert "CHECK DIGIT WRONG" in above(desktop)
        assert desktop.answers[-1].tone is Tone.RED
        field(desktop, "matter").value = "检修"
        desktop.screen.query_one("#host", LabelledInput).focus()
        await keys(desktop, pilot, "z", "k", "enter", "f5")
        reason = desktop.screen.query_one("#id_number .field-wrong")
        assert "check digit" in str(reason.render())
    assert cards.todays(desk) == []


async def test_the_old_card_of_a_foreigner_has_no_check_digit_to_test(desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5")
        await lay(desktop, pilot, IdCard("DOE, JOHN", "Mr", "USA110090010113"))
        assert "USA********0113, no check digit to test" in above(desktop)


@pytest.mark.parametrize("size", SIZES)
async def test_the_cards_worth_and_the_lists_words_stand_above_the_form_together(
    desk, desktop, people, size
):
    signed = Proof(people["9001"], Means.BADGE, desk.clock())
    by_number = Listing(level=Level.CALL, name="某人", id_number=NUMBER, reason="x", whom=HOST)
    watch_list.add(desk, GUARD, by_number, signed)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5")
        await lay(desktop, pilot, CARD)
        line = desktop.screen.query_one("#form-title")
        shown = desktop.shown().splitlines()[line.content_region.y]
        for words in (MASKED, "check digit fits", "On the list: let wait outside"):
            assert words in shown


@pytest.mark.parametrize("key", ["f5", "f7"])
async def test_the_list_is_asked_for_the_number_on_the_card_while_typing(
    desk, desktop, people, key
):
    wanted = Listing(level=Level.REFUSE, name="章薇", reason="-", id_number=NUMBER)
    watch_list.add(desk, GUARD, wanted, Proof(people["9001"], Means.BADGE, desk.clock()))
    async with desktop.run_test(size=(120, 36)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, key)
        await lay(desktop, pilot, CARD)
        heading = str(desktop.screen.query_one("#form-title").render())
        assert "On the list: let wait outside" in heading
        assert "check digit fits" in heading
        assert NUMBER not in heading
        await lay(desktop, pilot, STRANGER)
        assert "On the list" not in str(desktop.screen.query_one("#form-title").render())


async def test_the_list_is_asked_for_companions_while_typing(desk, desktop, people):
    wanted = Listing(level=Level.REFUSE, name="章薇", reason="-")
    watch_list.add(desk, GUARD, wanted, Proof(people["9001"], Means.BADGE, desk.clock()))
    async with desktop.run_test(size=(120, 36)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f7")
        field(desktop, "companions").value = "赵六 章薇"
        await settled(desktop, pilot)
        assert "let wait outside" in str(desktop.screen.query_one("#form-title").render())


# An open visit.


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("expected", [True, False])
@pytest.mark.usefixtures("compiled_words")
async def test_the_card_is_compared_with_an_open_visit_in_big_words(
    desk, desktop, size, language, expected
):
    use(language)
    made = appointments.expect if expected else reception.walk_in
    made(desk, GUARD, WANG, HOST)
    chinese = language == "zh_CN"
    same = "是本人，与登记一致" if chinese else "SAME PERSON as registered"
    other = "不是登记的那个人" if chinese else "NOT THE PERSON who is registered"
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter")
        acts = desktop.screen.query_one("#acts").rows
        assert await lay(desktop, pilot, STRANGER)
        assert other in banner(desktop)
        assert desktop.answers[-1].tone is Tone.RED
        assert await lay(desktop, pilot, CARD)
        assert same in banner(desktop)
        assert other not in desktop.shown()
        assert len(desktop.screen.query_one("#acts").rows) == len(acts)
        for row in acts[:2]:
            assert row.cells[1] in desktop.shown()


def banner(app):
    shown = app.screen.query_one("#id-card")
    assert shown.region.height == 3
    return str(shown.render())


async def test_of_a_group_the_differing_card_may_be_another_one_of_them(desk, desktop):
    reception.walk_in(
        desk, GUARD, Details(name="王小明", matter="检修", people=3, id_number=NUMBER), HOST
    )
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter")
        await lay(desktop, pilot, STRANGER)
        assert "3 people are registered" in banner(desktop)


async def test_the_number_of_an_appointment_is_noted_when_the_name_fits(desk, desktop):
    visit = appointments.expect(desk, GUARD, Details(name="王小明", matter="检修"), HOST)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter")
        await lay(desktop, pilot, STRANGER)
        assert "ANOTHER NAME" in banner(desktop)
        assert hash_of(desk, visit) == ""
        await lay(desktop, pilot, CARD)
        assert "SAME NAME" in banner(desktop)
        assert MASKED in desktop.shown()


async def test_a_visit_that_is_inside_asks_for_no_card(desk, desktop):
    admitted(desk)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter")
        assert isinstance(desktop.screen, VisitScreen)
        assert not await lay(desktop, pilot, CARD)


# Where nothing is open.


async def test_a_card_at_the_list_opens_the_walk_in_and_then_the_visit(desk, desktop):
    desktop.context.show = desktop.push_screen
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        assert isinstance(desktop.screen, VisitorsScreen)
        assert await lay(desktop, pilot, CARD)
        assert isinstance(desktop.screen, WalkInScreen)
        assert field(desktop, "name").value == "王小明"
        assert desktop.focused is field(desktop, "unit")
        assert "check digit fits" in above(desktop)
        await keys(desktop, pilot, "enter", *"抄表", "enter", "z", "k", "enter", "f5", "escape")
        assert isinstance(desktop.screen, VisitorsScreen)
        assert await lay(desktop, pilot, CARD)
        assert isinstance(desktop.screen, VisitScreen)
        assert "SAME PERSON" in banner(desktop)
    assert len(cards.todays(desk)) == 1


async def test_the_card_of_somebody_inside_opens_the_visit_to_leave(desk, desktop):
    desktop.context.show = desktop.push_screen
    admitted(desk)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await open_for_card(desktop.context, CARD)
        await settled(desktop, pilot)
        assert isinstance(desktop.screen, VisitScreen)
        assert not desktop.screen.query_one("#id-card").display


async def test_a_card_with_an_impossible_number_opens_the_form_that_says_so(desktop):
    desktop.context.show = desktop.push_screen
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await open_for_card(desktop.context, IdCard("王小明", "Mr", NUMBER[:-1] + "1"))
        await settled(desktop, pilot)
        assert isinstance(desktop.screen, WalkInScreen)
        assert "CHECK DIGIT WRONG" in above(desktop)
