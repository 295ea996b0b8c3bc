"""One Esc never loses what a guard has typed into a form."""

import pytest

FORMS = {"q": "NewEnquiry", "n": "NewMessage", "p": "NewParcel"}


@pytest.mark.parametrize("letter", FORMS)
async def test_a_filled_form_asks_for_a_second_esc(kiosk_at, letter):
    async with kiosk_at("zh_CN", size=(80, 24)) as walk:
        await walk.open_desk()
        await walk.press("f6")
        await walk.front("OpenThingsScreen")
        await walk.press(letter)
        if letter == "q":
            await walk.front("WhoWasAsked")
            await walk.press("enter")
        elif letter == "n":
            await walk.front("AskPerson")
            await walk.line("1002")
        await walk.front(FORMS[letter])
        await walk.press(*"13300133000", "escape")
        await walk.front(FORMS[letter])
        assert "再按一次" in walk.text() or "再按" in walk.text()
        await walk.press("escape")
        await walk.front("OpenThingsScreen")


async def test_lines_on_a_pass_ask_for_a_second_esc(kiosk_at):
    async with kiosk_at("zh_CN", size=(80, 24)) as walk:
        await walk.open_desk()
        await walk.press("f6")
        await walk.front("OpenThingsScreen")
        await walk.press("w")
        await walk.front("StartPass")
        await walk.press("enter")
        await walk.front("NewPass")
        for text in ("显示器", "", ""):
            await walk.line(text)
        await walk.press("escape")
        await walk.front("NewPass")
        await walk.press("escape")
        await walk.front("OpenThingsScreen")
