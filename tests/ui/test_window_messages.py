"""At the window: a call is written down, read back, and told at the next tap, all by a few keys."""

from window_desk import (
    LI_NA,
    PRINTER,
    WORDS,
    ZHANG,
    begin_message,
    facts,
    field,
    go_to,
    open_things,
    said,
    tap,
    waiting,
    write,
)

from drivers.events import DeviceDown
from kiosk.messages import service as messages
from kiosk.messages.rules import Said


async def test_a_call_is_written_down_read_back_and_told_at_the_next_tap(kiosk_at):
    async with kiosk_at() as walk:
        await begin_message(walk)
        assert "Message for 张伟" in walk.text()
        await walk.line("Wang of the water works")
        await walk.line("13900001234")
        await walk.line("please call back today")
        await walk.front("ReadMessageBack")
        assert "Please read it back" in walk.text()
        assert "please call back today" in walk.text()
        assert "message.taken" not in walk.codes()[-1:]
        await walk.press("u", "enter")
        await walk.front("OpenThingsScreen")
        assert said(walk).headline == "N2 is written down."
        assert '"urgent":true' in facts(walk, "message.taken")
        await walk.until(lambda: "N2" in walk.text(), "the message in the list")
        assert "please call back today" not in walk.text()
        await walk.home()
        walk.forget_question()
        await walk.badge(ZHANG)
        assert said(walk).lines[-1] == "1 message, urgent: to the window, please"
        assert "please call back" not in walk.text()


async def test_u_twice_is_not_urgent_and_esc_goes_back_to_what_was_typed(kiosk_at):
    async with kiosk_at() as walk:
        await begin_message(walk)
        for line in ("Wang", "", "call back"):
            await walk.line(line)
        await walk.front("ReadMessageBack")
        await walk.press("escape")
        await walk.front("NewMessage")
        assert field(walk, "words").value == "call back"
        await walk.press("enter")
        await walk.front("ReadMessageBack")
        await walk.press("u", "u", "enter")
        await walk.front("OpenThingsScreen")
        assert '"urgent":false' in facts(walk, "message.taken")
        (kept,) = waiting(walk, ZHANG)[0]
        assert (kept.caller, kept.phone, kept.words) == ("Wang", "", "call back")


async def test_nobody_chosen_is_no_message(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await open_things(walk)
        await walk.press("N")
        await walk.front("AskPerson")
        await walk.press("escape")
        await walk.front("OpenThingsScreen")
        assert walk.codes().count("message.taken") == 1  # yesterday's


async def test_what_is_missing_is_said_at_its_field(kiosk_at):
    async with kiosk_at() as walk:
        await begin_message(walk)
        for line in ("Wang", "soon", "call back"):
            await walk.line(line)
        await walk.until(lambda: "no telephone number" in walk.text(), "the reason")
        assert field(walk, "phone").has_focus
        assert field(walk, "words").value == "call back"
        assert walk.codes().count("message.taken") == 1


async def test_who_comes_by_while_it_is_asked_for_whom_signs_as_always(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await open_things(walk)
        await walk.press("n")
        await walk.front("AskPerson")
        await walk.badge("5050")
        assert type(walk.app.screen).__name__ == "AskPerson"
        assert '"person":"5050"' in facts(walk, "staff.signed_out")  # in since the morning


async def test_it_is_shown_only_after_the_addressees_tap_and_a_key(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        await go_to(walk, "N1", "DeliverMessages")
        await walk.press("enter", "p")
        assert WORDS not in walk.text()
        await walk.badge(ZHANG)  # somebody else: the usual answer
        assert said(walk).name == "张伟"
        await walk.press("enter")
        assert WORDS not in walk.text()
        assert "message.received" not in walk.codes()
        await walk.badge(LI_NA)
        assert (said(walk).name, said(walk).headline) == ("李娜", "打印按 P，看屏幕按回车。")
        await walk.until(lambda: "按回车在此显示" in walk.text(), "the tap to be taken")
        assert WORDS not in walk.text()
        await walk.press("enter")
        await walk.until(lambda: WORDS in walk.text(), "the words")
        await walk.press("enter")
        await walk.front("OpenThingsScreen")
        assert said(walk).headline == "已收留言 1 条"
        assert '"means":"badge"' in facts(walk, "message.received")
        await walk.until(lambda: "N1" not in walk.text(), "the list without it")


async def test_p_prints_all_of_his_at_once_for_him_alone(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await write(walk, messages.take, LI_NA, Said("Liu", "bring the report"))
        await go_to(walk, "N2", "DeliverMessages")
        tap(walk, LI_NA)
        await walk.until(lambda: "P prints it" in walk.text(), "the tap to be taken")
        await walk.press("p")
        await walk.front("OpenThingsScreen")
        assert (said(walk).headline, said(walk).notes) == (
            "2 messages received", ("The slip is being printed.",),
        )  # fmt: skip
        assert '"on_paper":true' in facts(walk, "message.received")
        assert waiting(walk, LI_NA)[0] == []


async def test_without_a_printer_nothing_is_received_unread(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        walk.say(DeviceDown(PRINTER, "absent"))
        await go_to(walk, "N1", "DeliverMessages")
        tap(walk, LI_NA)
        await walk.until(lambda: "P prints it" in walk.text(), "the tap to be taken")
        await walk.press("p")
        await walk.until(lambda: "Nothing is printed now (lost)" in walk.text(), "the reason")
        assert "message.received" not in walk.codes()
        await walk.press("enter", "enter")
        await walk.front("OpenThingsScreen")
        assert '"on_paper":false' in facts(walk, "message.received")


async def test_without_a_badge_number_and_pin_are_the_addressees_own(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await go_to(walk, "N1", "DeliverMessages")
        await walk.press("n")
        await walk.front("AskProof")
        await walk.line(ZHANG)
        await walk.line("2580")
        await walk.front("DeliverMessages")
        await walk.until(lambda: "N1 is not for 张伟" in walk.text(), "the refusal")
        await walk.press("enter")
        assert WORDS not in walk.text()
        await walk.press("n")
        await walk.front("AskProof")
        await walk.line(LI_NA)
        await walk.line("2580")
        await walk.front("DeliverMessages")
        await walk.until(lambda: "P prints it" in walk.text(), "the proof to be taken")
        await walk.press("enter", "enter")
        await walk.front("OpenThingsScreen")
        assert '"means":"no_badge"' in facts(walk, "message.received")


async def test_a_locked_desk_hides_the_words_until_he_taps_again(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        await go_to(walk, "N1", "DeliverMessages")
        tap(walk, LI_NA)
        await walk.until(lambda: "按回车在此显示" in walk.text(), "the tap to be taken")
        await walk.press("enter")
        await walk.until(lambda: WORDS in walk.text(), "the words")
        await walk.press("f10")
        await walk.front("HomeScreen")
        assert WORDS not in walk.text()
        await walk.open_desk()
        await walk.front("DeliverMessages")
        await walk.until(lambda: "请李娜刷卡" in walk.text(), "the question again")
        assert WORDS not in walk.text()
        await walk.press("enter")
        assert WORDS not in walk.text()


async def test_a_wrong_message_is_voided_with_its_reason(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await go_to(walk, "N1", "DeliverMessages")
        await walk.press("v")
        await walk.front("AskText")
        await walk.press("enter")
        await walk.until(lambda: "type something first" in walk.text(), "the reason to be asked")
        await walk.line("wrong person")
        await walk.front("OpenThingsScreen")
        assert said(walk).headline == "N1 is void; it stays in the register."
        assert waiting(walk, LI_NA)[0] == []
