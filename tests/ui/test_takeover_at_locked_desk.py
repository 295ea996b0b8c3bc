"""A guard finds the desk locked and the one on duty gone: the way in is the leader's word (150)."""

from textual.widgets import Input

from kiosk.desk import posts


async def line(walk, words):
    """Type a line of any script."""
    await walk.front("AskText")
    asked = walk.app.screen
    asked.query_one(Input).value = words
    await walk.press("enter")
    await walk.until(lambda: walk.app.screen is not asked, "the next question")


def on_duty(walk):
    desk = walk.app.kiosk.desk
    with desk.read() as book:
        return posts.on_duty(book, desk.gate)[1].staff_no


async def lock_and_ask(walk):
    await walk.open_desk("2001")
    await walk.press("f10")
    await walk.until(lambda: walk.app.kiosk.operator is None, "the desk to lock")
    await walk.press("f10")
    await walk.front("AskProof")
    await walk.line("2002")
    await walk.line("2580")
    await walk.front("Ways")


async def test_the_desk_opens_for_who_takes_over_on_a_leaders_word(kiosk_at):
    async with kiosk_at() as walk:
        await lock_and_ask(walk)
        holder = on_duty(walk)
        assert holder != "2002"
        await walk.until(lambda: walk.app.screen._standing.holder is not None, "the choices")
        await walk.press("1")
        await line(walk, "突发疾病，已送医")
        await walk.front("Choose")
        await walk.press("1")
        await line(walk, "周副局长")
        await line(walk, "你先顶上")
        await walk.until(lambda: walk.app.kiosk.operator is not None, "the desk to open")
        assert walk.app.kiosk.operator.staff_no == "2002"
        assert on_duty(walk) == "2002"


async def test_esc_leaves_the_desk_locked_and_the_post_where_it_is(kiosk_at):
    async with kiosk_at() as walk:
        await lock_and_ask(walk)
        holder = on_duty(walk)
        await walk.press("escape")
        await walk.front("HomeScreen")
        assert walk.app.kiosk.operator is None
        assert on_duty(walk) == holder
