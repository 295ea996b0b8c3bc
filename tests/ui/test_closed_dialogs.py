"""What a closed dialog drew goes with it."""

import gc

from textual._styles_cache import StylesCache

from kiosk.ui.style_caches import OF_TEXTUAL


def style_caches():
    gc.collect()
    return sum(isinstance(one, StylesCache) for one in gc.get_objects())


async def test_closed_dialogs_leave_no_drawn_lines_behind(kiosk_at):
    async with kiosk_at("zh_CN", (80, 24)) as walk:

        async def opened_and_closed():
            await walk.press("f1")
            await walk.front("HelpScreen")
            await walk.picture()
            await walk.home()

        await opened_and_closed()
        before = style_caches()
        for _time in range(5):
            await opened_and_closed()
        assert style_caches() <= before + 1


def test_textual_still_keeps_them_itself():
    """When this fails, kiosk/ui/style_caches.py has become needless."""
    assert hasattr(OF_TEXTUAL, "cache_info")
