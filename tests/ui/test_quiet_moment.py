"""What the application does for itself waits for a moment in which nobody taps or types."""

import gc

import pytest


@pytest.mark.parametrize(
    ("tapped", "typed", "collects"), [(60, 60, True), (60, 0, False), (0, 60, False)]
)
async def test_memory_is_collected_only_when_nobody_waits(kiosk_at, tapped, typed, collects):
    async with kiosk_at() as walk:
        await walk.badge("1002")
        app, seen = walk.app, []

        def note(phase, info):
            seen.append((phase, info["generation"]))

        app.last_tap_at, app.last_key_at = app.now() - tapped, app.now() - typed
        app.kiosk.desk.entries_since_rest = 1
        gc.disable()  # only what is asked for is counted
        gc.callbacks.append(note)
        try:
            app.tick()
        finally:
            gc.callbacks.remove(note)
            gc.enable()
        assert (("start", 2) in seen) is collects
