"""The key bar of the board with all it ever shows: at 80 cells nothing runs together."""

import pytest

from kiosk.demo.names import KEYS
from kiosk.ui.bars import KeyBar


@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_the_keys_of_the_board_stand_apart_at_80_cells(kiosk_at, language):
    async with kiosk_at(language, (80, 24)) as walk:
        await walk.open_desk()
        await walk.card(KEYS[2].tag)  # it was out: now D says that it is damaged
        await walk.press("f4")
        await walk.front("KeyBoard")
        keys = walk.app.screen.query_one(KeyBar)
        await walk.until(lambda: "D " in str(keys.render()), "the key of what came back")
        shown = walk.app.screen.keys
        told = [f"{one.key} {one.short or one.label}" for one in shown()]
        assert len(told) == 9
        assert "  ".join(told) in walk.text()
