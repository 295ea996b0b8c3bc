"""What the tests of the screens share: visits to begin with, keys, and what is said at a field."""

from dataclasses import replace

import pytest

from kiosk.ui.form import LabelledInput
from visitors import reception, slip_code
from visitors.models import Answer, How
from visitors.rules import Details
from visitors.service import visit_of

GUARD, HOST = "2001", "1001"


WANG = Details(
    name="王小明", form="Mr", unit="东川供水公司", matter="水表检修", people=2, goods="工具箱1"
)


SIZES = [(80, 24), (120, 36)]


def admitted(desk, details=WANG):
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return visit


def code_of(desk, visit_id):
    with desk.read() as book:
        visit, _ = visit_of(book, visit_id)
        return slip_code.made(desk, visit, visit.copy_no)


async def settled(app, pilot):
    """Wait until workers, the pen and the refreshed lists have come to rest."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    app.dress()
    await pilot.pause()


async def keys(app, pilot, *pressed):
    for key in pressed:
        await pilot.press(key)
    await settled(app, pilot)


def wrong_words(app, field):
    shown = app.screen.query_one(f"#{field}", LabelledInput)
    return str(shown.query_one(".field-wrong").render()) if shown.has_class("-wrong") else ""


@pytest.fixture
def two_nights(desk, desk_clock):
    """Two visits 001: of yesterday evening and of this morning, both inside."""
    desk_clock.advance(hours=10)
    earlier = admitted(desk, replace(WANG, name="夜客"))
    desk_clock.advance(hours=14)
    return earlier, admitted(desk, replace(WANG, name="早客"))
