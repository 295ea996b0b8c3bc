"""Keys that come faster than the screen: each lands where the one before it has led."""

import threading

from textual import events
from textual.app import _character_to_key

from kiosk import features, key_order
from kiosk.desk.words import current
from kiosk.ui.form import LabelledInput
from visitors import screens_visit

PIN = "2580"
NAMED = {"enter", "escape", "f2", "f3", "f5", "f7", "f10", "f12"}


def burst(walk, *keys):
    """Send all keys in one moment, as the terminal of a fast typist does; wait for nothing."""
    for key in keys:
        if key in NAMED:
            walk.app.post_message(events.Key(key, None))
        else:
            for sign in key:
                walk.app.post_message(events.Key(_character_to_key(sign), sign))


def shown(walk):
    """Return the name of the screen in front; one that waits for the pen never comes to rest."""
    return type(walk.app.screen).__name__


def fields(walk):
    """Return what stands in the fields in front, in their order."""
    return [one.input.value for one in walk.app.screen.query(LabelledInput) if one.display]


async def test_a_burst_fills_field_after_field_and_goes_on_to_the_next_screen(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        burst(walk, "f2", "f5", "吴桂英", "enter", "2", "红旗村", "enter", "盖章", "enter")
        burst(walk, "zhy", "enter", "2")
        await walk.until(lambda: fields(walk)[5:6] == ["2"], "the last key")
        assert fields(walk)[:4] == ["吴桂英", "Ms", "红旗村", "盖章"]
        assert "周海燕" in fields(walk)[4]
        burst(walk, "f5", "1", "1", "1")  # written down, asked by telephone, agrees, admitted
        await walk.until(lambda: walk.codes()[-1] == "visit.admitted", "the visitor to be admitted")
        assert walk.codes()[-4:-1] == ["visit.arrived", "visit.host_asked", "visit.host_answered"]


async def test_number_and_pin_in_one_go_open_the_desk_and_the_keys_after_them_act_there(kiosk_at):
    async with kiosk_at() as walk:
        burst(walk, "f10", "2001", "enter", PIN, "enter", "f2", "sq", "enter")
        await walk.front("VisitScreen")
        assert "孙强" in walk.text()
        assert walk.codes()[-1] == "desk.opened"


async def test_questions_behind_questions_take_their_own_keys(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        burst(walk, "f7", "n", "1002", "enter", PIN, "enter", "1")
        await walk.until(lambda: walk.codes()[-1] == "staff.signed_in", "the sign-in")
        await walk.home()
        burst(
            walk, "f3", "1", "1", "2", "门坏", "enter", "enter", "已报修", "enter", "老王", "enter"
        )
        burst(walk, "3", "锁着", "enter", "1")
        await walk.until(lambda: "4 / 12" in walk.text(), "four answers")
        with walk.app.kiosk.desk.read() as book:
            thing = next(
                one
                for one in walk.app.kiosk.outstanding(walk.app.kiosk.desk, book)
                if "门坏" in one.what.text()
            )
        assert "Offices" in thing.what.text()
        assert "老王" in thing.next_step.text()


async def test_keys_wait_for_a_busy_pen_and_then_go_where_it_leads(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        free = threading.Event()
        walk.app.kiosk.pen.queue(free.wait)
        try:
            burst(
                walk, "f3", "1", "1"
            )  # the round begins on the pen; its first answer waits for it
            await walk.until(lambda: shown(walk) == "SafetyScreen", "the round")
            assert "1 / 12" not in walk.text()
        finally:
            free.set()
        await walk.until(lambda: "1 / 12" in walk.text(), "the answer to the first question")


async def test_a_pen_that_hangs_does_not_hold_the_keys_for_ever(kiosk_at, monkeypatch):
    monkeypatch.setattr(key_order, "_PATIENCE_S", 0.2)
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        free = threading.Event()
        walk.app.kiosk.pen.queue(free.wait)
        try:
            burst(walk, "f3", "1", "f12")
            await walk.until(lambda: current() == "en", "the language to change all the same")
        finally:
            free.set()


async def test_pasted_text_comes_after_the_keys_before_it(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        burst(walk, "f2", "f5", "吴桂英", "enter", "2")
        walk.app.post_message(events.Paste("红旗村"))
        await walk.until(lambda: "红旗村" in fields(walk), "the pasted words")
        assert fields(walk)[:3] == ["吴桂英", "Ms", "红旗村"]


async def test_a_key_pressed_before_the_visits_acts_are_read_is_done_when_they_are(
    kiosk_at, monkeypatch
):
    read, goes_on = screens_visit.visit_card, threading.Event()

    def slowly(*asked):
        goes_on.wait(5)
        return read(*asked)

    async with kiosk_at() as walk:
        await walk.open_desk()
        with walk.app.kiosk.desk.read() as book:
            visit = next(
                one
                for one in features.outstanding(walk.app.kiosk.desk, book)
                if one.kind == "visit.inside"
            )
        monkeypatch.setattr(screens_visit, "visit_card", slowly)
        screen = screens_visit.VisitScreen(visit.ref)
        walk.app.push_screen(screen)
        await walk.until(lambda: shown(walk) == "VisitScreen", "the visit")
        await screen.on_key(events.Key("6", "6"))
        goes_on.set()
        await walk.front("Choose")


async def test_a_field_that_is_not_laid_yet_takes_language_and_cursor_once_it_is(kiosk_at):
    async with kiosk_at() as walk:
        field = LabelledInput(lambda: "Number", id="late-field")
        field.translate()  # before its parts are there, as in a screen opened by two quick keys
        field.focus()
        await walk.app.screen.mount(field)
        await walk.until(lambda: walk.app.focused is field.input, "the cursor in the field")


async def test_a_walk_in_form_whose_fields_are_not_laid_yet_shows_those_of_its_kind(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await walk.press("f2", "f5")
        await walk.front("WalkInScreen")
        form, field = walk.app.screen, LabelledInput(lambda: "Number", id="late-field")
        laid = form.mount(field)  # it is there, its parts are not, as when keys come in a burst
        form.translate()
        await laid
        assert not field.display  # no kind of visit asks it
