"""What tests of stepping away share: guards on the post, and what the book says."""

from collections.abc import Callable, Mapping

import pytest

from kiosk import features
from kiosk.desk import journal, posts
from kiosk.desk.desk import Desk
from kiosk.desk.journal import Entry
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.people import Person
from kiosk.desk.signing import Means
from shift_handover.away import service
from shift_handover.away.models import Cover, Kind
from shift_handover.away.rules import Asked, Keeping


@pytest.fixture
def on_post(desk: Desk, people: Mapping[str, Person]) -> Person:
    """李建国 is on duty."""
    with desk.write(by="2001") as tx:
        posts.take(tx, desk.gate, people["2001"])
    return people["2001"]


@pytest.fixture
def covered(people: Mapping[str, Person]) -> Keeping:
    """王磊 tapped: he keeps the post."""
    return Keeping(Cover.COMPANION, people["2002"], Means.BADGE)


@pytest.fixture
def go(desk: Desk, on_post: Person, covered: Keeping) -> Callable[..., str]:  # noqa: ARG001 - somebody must be on duty
    """Leave the post; with a companion for 10 minutes unless the test says otherwise."""

    def gone(
        minutes: int = 10, keeping: Keeping | None = None, kind: Kind = Kind.AWAY,
        place: str = "水表间", why: str = "抄表",
    ) -> str:  # fmt: skip
        return service.start(desk, "2001", Asked(kind, minutes, place, why), keeping or covered)

    return gone


@pytest.fixture
def entries(desk: Desk) -> Callable[[str], list[Entry]]:
    """Return the journal's entries with a code."""

    def with_code(code: str) -> list[Entry]:
        with desk.read() as book:
            return [e for e in journal.entries(book.connection, desk.gate) if e.code == code]

    return with_code


@pytest.fixture
def things(desk: Desk) -> Callable[[], list[OpenThing]]:
    """Return what is open about the post."""

    def open_now() -> list[OpenThing]:
        with desk.read() as book:
            found = features.outstanding(desk, book)
        return [one for one in found if one.kind in {"away", "post.uncovered"}]

    return open_now
