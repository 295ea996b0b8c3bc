"""From anywhere: F6, E and a digit let in; the line of the debt opens its form."""

import pytest

from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import RowList


async def to_line(walk, words):
    """From F6 to the open thing whose words begin so."""
    shown = walk.app.screen.query_one(RowList)
    await walk.until(lambda: any(words in row.cells[2] for row in shown.rows), words)
    while words not in shown.current.cells[2]:
        await walk.press("down")
    await walk.press("enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
async def test_from_f6_two_keys_let_in_and_the_debt_opens_its_form(kiosk_at, size):
    async with kiosk_at("en", size) as walk:
        await walk.open_desk()
        await walk.press("f6", "e")
        await walk.front("LetInAtOnce")
        await walk.press("1")
        await walk.front("OpenThingsScreen")
        assert walk.codes().count("visit.emergency_admitted") == 1
        await to_line(walk, "emergency: 6")
        await walk.front("DebtScreen")
        await walk.until(lambda: "write down what is known" in walk.text(), "the debt")
        unit = walk.app.screen.query_one("#unit", LabelledInput)
        await walk.press("enter")
        assert unit.input.has_focus
        await walk.press(*"县医院", "f5")
        await walk.front("OpenThingsScreen")
        assert "visit.debt_paid" in walk.codes()
        await to_line(walk, "emergency: 5")
        await walk.front("DebtScreen")
        await walk.until(lambda: "县医院" in walk.text(), "what was written before")


async def test_at_a_locked_desk_badge_and_pin_come_first(kiosk_at):
    async with kiosk_at() as walk:
        await walk.press("f6", "e", "1")
        await walk.front("AskProof")
        assert "visit.emergency_admitted" not in walk.codes()
        await walk.sign("2001")
        await walk.front("OpenThingsScreen")
        await walk.press("e", "1")
        await walk.until(lambda: "visit.emergency_admitted" in walk.codes(), "the admission")
