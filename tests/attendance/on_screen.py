"""What the tests of screens do with one: press keys, wait, read its list or the whole picture."""

from kiosk.ui.row_list import RowList


async def settle(pilot) -> None:
    """Wait until what runs beside the screen (a PIN's hash) has come back."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def rows(app) -> list[tuple[str, ...]]:
    """Return the cells of the list in front."""
    return [row.cells for row in app.screen.query_one(RowList).rows]


def picture(app) -> str:
    """Return every character of the screen, line by line."""
    return "\n".join(
        "".join(segment.text for segment in line) for line in app.screen._compositor.render_strips()
    )
