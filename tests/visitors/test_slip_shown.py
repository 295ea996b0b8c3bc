"""A slip on the screen: as it will print, as it was printed, and nothing of an erased one."""

import pytest

from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Bars, CodeBeside, NumberWithCode
from kiosk.desk.words import use
from kiosk.ui.slip_screen import SlipView
from visitors import appointments, corrections, departures, erasing, reception, slip_code
from visitors.models import Answer, How
from visitors.rules import Details
from visitors.screens_visit import VisitScreen
from visitors.service import visit_of
from visitors.slip_shown import slip_to_show

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
WANG = Details(name="王小䶮", form="Mr", unit="东川供水公司", matter="水表检修", goods="工具箱1")


def coming(desk):
    visit = reception.walk_in(desk, GUARD, WANG, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    return visit


def admitted(desk):
    visit = coming(desk)
    reception.admit(desk, GUARD, visit)
    return visit


def codes(slip):
    return {
        line.code for line in slip.lines if isinstance(line, Bars | NumberWithCode | CodeBeside)
    }


def stripped(slip):
    """Return the words of a slip apart from its codes."""
    return [line for line in slip.lines if not isinstance(line, Bars | NumberWithCode | CodeBeside)]


def test_before_admission_it_says_what_the_printed_one_will_say_and_has_no_code(desk):
    visit = coming(desk)
    before = slip_to_show(desk, GUARD, visit)
    assert before.job is None
    assert codes(before.slip) == {""}
    with desk.read() as book:
        assert book.all(JOBS_OF, slip="visit", number="20261123-001") == []
    reception.admit(desk, GUARD, visit)
    after = slip_to_show(desk, GUARD, visit)
    assert stripped(before.slip) == stripped(after.slip)
    with desk.read() as book:
        code = slip_code.made(desk, visit_of(book, visit)[0], 1)
        [job] = book.all(JOBS_OF, slip="visit", number="20261123-001")
        assert after.slip == Slip.from_json(book.unseal(job.document))
    assert code in codes(after.slip)


def test_after_a_reprint_it_is_the_newest_copy(desk):
    visit = admitted(desk)
    corrections.reprint(desk, GUARD, visit, "torn")
    assert slip_to_show(desk, GUARD, visit).slip.copy == 2


def test_who_was_never_admitted_has_no_slip(desk):
    visit = reception.walk_in(desk, GUARD, WANG, HOST)
    reception.refuse(desk, GUARD, visit, "declined")
    with pytest.raises(Refused, match=r"visit\.no_slip"):
        slip_to_show(desk, GUARD, visit)


def test_an_appointment_shows_its_slip_without_a_number(desk):
    visit = appointments.expect(desk, GUARD, WANG, HOST, confirmed=How.PHONE)
    slip = slip_to_show(desk, GUARD, visit).slip
    assert slip.number == ""


def test_the_slip_of_an_erased_visitor_shows_nothing(desk):
    visit = admitted(desk)
    departures.leave(desk, GUARD, visit, signed=True)
    with desk.write(by=GUARD) as tx:
        erasing.erase(tx, desk, visit, "own wish")
    with pytest.raises(Refused, match=r"slip\.erased"):
        slip_to_show(desk, GUARD, visit)


async def settled(app, pilot):
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    app.dress()
    await pilot.pause()


async def keys(app, pilot, *pressed):
    for key in pressed:
        await pilot.press(key)
    await settled(app, pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("compiled_words")
async def test_one_key_shows_the_slip_before_and_after_and_esc_goes_back(
    desk, desktop, size, language
):
    use(language)
    visit = coming(desk)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        desktop.push_screen(VisitScreen(visit))
        await settled(desktop, pilot)
        await keys(desktop, pilot, "v")
        assert isinstance(desktop.screen, SlipView)
        shown = desktop.shown()
        assert ("会客单将这样打印" if language == "zh_CN" else "So it will print") in shown
        assert "20261123-001" in shown
        top = shown
        await keys(desktop, pilot, "pagedown", "pagedown")
        assert desktop.shown() != top
        assert "王小䶮" in desktop.shown() + top
        await keys(desktop, pilot, "end")
        assert ("回执" if language == "zh_CN" else "Return slip") in desktop.shown()
        await keys(desktop, pilot, "escape")
        assert isinstance(desktop.screen, VisitScreen)
        await keys(desktop, pilot, "1", "V")
    assert slip_to_show(desk, GUARD, visit).job is not None


async def test_after_admission_it_says_what_became_of_the_copy_and_shows_its_picture(desk, desktop):
    visit = admitted(desk)
    async with desktop.run_test(size=(120, 36)) as pilot:
        await settled(desktop, pilot)
        desktop.push_screen(VisitScreen(visit))
        await settled(desktop, pilot)
        await keys(desktop, pilot, "v")
        shown = desktop.shown()
        assert "Copy no. 1 of 08:20: waits for the printer." in shown
        assert "QR code" in shown
        assert "Bars" in shown
        await keys(desktop, pilot, "V")
        drawn = desktop.shown()
        assert "QR code" not in drawn
        assert sum("\u2800" < char <= "\u28ff" for char in drawn) > 200


async def test_a_visit_without_a_slip_says_so_and_stays(desk, desktop):
    visit = reception.walk_in(desk, GUARD, WANG, HOST)
    reception.refuse(desk, GUARD, visit, "declined")
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        desktop.push_screen(VisitScreen(visit))
        await settled(desktop, pilot)
        await keys(desktop, pilot, "v")
        assert isinstance(desktop.screen, VisitScreen)
    assert "never admitted" in desktop.answers[-1].headline


@pytest.mark.usefixtures("compiled_words")
async def test_a_slip_not_printed_yet_changes_its_language_and_a_printed_one_does_not(
    desk, desktop
):
    use("zh_CN")
    visits = {"So it will print": coming(desk), "waits for the printer": admitted(desk)}
    async with desktop.run_test(size=(120, 36)) as pilot:
        await settled(desktop, pilot)
        for words, visit in visits.items():
            use("zh_CN")
            desktop.push_screen(VisitScreen(visit))
            await settled(desktop, pilot)
            await keys(desktop, pilot, "v")
            assert "存根" in desktop.shown()
            use("en")
            desktop.screen.translate()
            await settled(desktop, pilot)
            shown = desktop.shown()
            assert words in shown
            assert ("存根" in shown) is (words == "waits for the printer")
