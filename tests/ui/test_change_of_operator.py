"""Who works at the desk and who has the key are two people, and F10 changes the first."""

from kiosk.demo.names import KEYS
from kiosk.desk.bearer import whose
from kiosk.desk.loans import OPEN_LOAN_OF

CABINET, CARD = KEYS[0].tag, KEYS[3].tag


async def test_after_f10_the_other_one_hands_out(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk("2001")
        await hand_out(walk, CABINET)
        await walk.press("f10")
        await walk.until(lambda: walk.app.kiosk.operator is None, "the desk to lock")
        await walk.front("HomeScreen")
        await walk.open_desk("9001")
        await hand_out(walk, CARD)
        assert clerk_and_holder(walk, CABINET) == ("2001", "1002")
        assert clerk_and_holder(walk, CARD) == ("9001", "1002")


async def hand_out(walk, tag):
    await walk.card(tag)
    await walk.front("LendKey")
    await walk.badge("1002")
    await walk.until(lambda: clerk_and_holder(walk, tag), "the key to be out")
    await walk.front("HomeScreen")


def clerk_and_holder(walk, tag):
    with walk.app.kiosk.desk.read() as book:
        found = book.one(OPEN_LOAN_OF, thing=whose(book, tag).thing.id)
        return (found[0].clerk, found[1].staff_no) if found else None
