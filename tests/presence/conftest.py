"""What tests of the presence prompts share: the night, a guard on the post, and one second."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from presence_night import NIGHT, second

from kiosk import features
from kiosk.desk import journal, posts
from kiosk.desk.desk import Desk
from kiosk.desk.journal import Entry
from kiosk.desk.people import Person


@pytest.fixture
def on_post(desk: Desk, desk_clock: Any, people: Mapping[str, Person]) -> Person:
    """李建国 has had the post since 18:00; now it is 22:00."""
    desk_clock.now = NIGHT - timedelta(hours=4)
    with desk.write(by="2001") as tx:
        posts.take(tx, desk.gate, people["2001"])
    desk_clock.now = NIGHT
    return people["2001"]


@pytest.fixture
def asked(desk: Desk, desk_clock: Any, on_post: Person) -> Callable[[], None]:
    """Let the night go on, minute by minute, until the guard is asked."""
    assert on_post.staff_no == "2001"

    def go_on() -> None:
        for _minute in range(90):
            desk_clock.advance(minutes=1)
            second(desk)
            with desk.read() as book:
                if any(one.asks for one in features.watches(desk, book)):
                    return
        raise AssertionError("nobody was asked")

    return go_on


@pytest.fixture
def entries(desk: Desk) -> Callable[[str], list[Entry]]:
    """Return the journal's entries with a code."""

    def with_code(code: str) -> list[Entry]:
        with desk.read() as book:
            return [e for e in journal.entries(book.connection, desk.gate) if e.code == code]

    return with_code
