"""An earlier handover at the real kiosk: words added later follow the language like all others."""

from window_desk import tap

ADDED = {"zh_CN": "签字后补记", "en": "Added after signing"}


async def test_words_added_later_follow_the_language(kiosk_at):
    async with kiosk_at("en", size=(80, 24)) as walk:
        await walk.open_desk()
        await walk.press("f3", "4")
        await walk.front("HistoryScreen")
        await walk.until(lambda: "H2" in walk.text(), "the list")
        await walk.press("enter")
        await walk.front("DocumentScreen")
        await walk.until(lambda: "Fingerprint" in walk.text(), "the document")
        await walk.press("a")
        await walk.front("AskText")
        await walk.line("gate 2 stays shut")
        await walk.front("SignsWords")
        tap(walk, "2001")
        await walk.front("DocumentScreen")
        await walk.until(lambda: ADDED["en"] in walk.text(), "the added words")
        await walk.press("f12")
        await walk.until(lambda: ADDED["zh_CN"] in walk.text(), "the same in Chinese")
        assert ADDED["en"] not in walk.text()
