"""What tests of counters and case cards share: leaders, days worked with real taps, closings."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from counters_days import IN_CHARGE, PRINCIPAL, Office

from kiosk.desk import journal, signing
from kiosk.desk.desk import Desk
from kiosk.desk.people import Badge, BadgeState, Person, Rank, Role


@pytest.fixture
def leaders(desk: Desk, people: Mapping[str, Person]) -> Mapping[str, Person]:
    """赵明 (1100) is principal leader, 钱芳 (1101) leader in charge; badges …11 and …12."""
    assert people
    made: dict[str, Person] = {}
    told = (
        ("1100", "赵明", PRINCIPAL, Rank.PRINCIPAL_LEADER),
        ("1101", "钱芳", IN_CHARGE, Rank.LEADER_IN_CHARGE),
    )
    with desk.write() as tx:
        for staff_no, name, uid, rank in told:
            person = tx.put(Person(staff_no=staff_no, name=name, rank=rank, role=Role.STAFF))
            tx.put(Badge(uid=uid, person_id=person.id, state=BadgeState.ACTIVE, enrolled_at=tx.now))
            tx.record("person.added", person=staff_no)
            signing.set_pin(tx, desk.site_key, person, "2580")
            made[staff_no] = person
    return made


@pytest.fixture
def office(desk: Desk, desk_clock: Any) -> Office:
    """The house's days on the test's desk."""
    return Office(desk, desk_clock)


@pytest.fixture
def codes(desk: Desk) -> Callable[[str], list[Mapping[str, Any]]]:
    """Return the facts of the journal's entries with a code."""

    def with_code(code: str) -> list[Mapping[str, Any]]:
        with desk.read() as book:
            entries = journal.entries(book.connection, desk.gate)
            return [json.loads(entry.facts) for entry in entries if entry.code == code]

    return with_code
