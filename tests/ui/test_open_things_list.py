"""F6 on a small screen: what there is to do is read whole, and what to do next under the list."""

import pytest


@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_nothing_is_cut_and_the_next_step_of_the_row_stands_whole_below(kiosk_at, language):
    async with kiosk_at(language, (80, 24)) as walk:
        await walk.open_desk()
        await walk.press("f6")
        await walk.front("OpenThingsScreen")
        walk.rest()
        await walk.pilot.pause()
        assert ".." not in walk.text()
        things = [row.key.thing for row in walk.app.screen.query_one("#all-open").rows]
        assert len(things) > 5
        for thing in things:
            below = str(walk.app.screen.query_one("#open-next").render())
            if thing.next_step is not None:
                assert thing.next_step.text() in below
            await walk.press("down")
            await walk.pilot.pause()


async def test_a_paper_that_waits_begins_with_a_word_beside_its_number(kiosk_at):
    async with kiosk_at("zh_CN", (80, 24)) as walk:
        await walk.open_desk()
        await walk.press("f3", "6", "p")
        await walk.until(lambda: "slip.queued" in walk.codes(), "the sheet")
        await walk.press("f6")
        await walk.front("OpenThingsScreen")
        await walk.until(lambda: "单据等待打印机" in walk.text(), "the paper")
        assert "号单据" not in walk.text()
