"""A screen with a desk behind it: real taps through the real router, without devices."""

from collections.abc import Iterator

import pytest
from desk_app import DeskApp

from kiosk.desk.pen import Pen


@pytest.fixture
def app(desk, people) -> Iterator[DeskApp]:
    """A kiosk whose desk 李建国 (2001) has opened."""
    pen = Pen()
    made = DeskApp(desk, pen)
    made.context.operator = people["2001"]
    yield made
    pen.close()
