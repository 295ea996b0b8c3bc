"""What is said before a loan: something lost or broken not long ago, something overdue now."""

from datetime import UTC, timedelta

import pytest

from kiosk.desk.loans import Condition, Ended, ThingKind
from kiosk.keys import asking, enrolling, losing, returning, service


@pytest.fixture
def keys(desk):
    return [
        enrolling.add_thing(desk, "2001", tag, label, ThingKind.CABINET_KEY)
        for tag, label in (("04FFFFFFFFFF01", "12号柜钥匙"), ("04FFFFFFFFFF02", "档案柜钥匙"))
    ]


@pytest.mark.parametrize("happened", ["lost", "damaged"])
def test_it_is_said_until_its_days_are_over(desk, people, keys, desk_clock, happened):
    first, second = keys
    service.lend(desk, first.id, people["3001"], "2001")
    if happened == "lost":
        losing.report_lost(desk, first.id, people["3001"], "2001", desk.clock())
    else:
        returning.give_back(desk, first.id, "2001", Ended.BY_HAND, Condition.DAMAGED)
    desk_clock.advance(days=desk.rules.loan_warn_days)
    assert warned(desk, second, people["3001"]) == ["12号柜钥匙"]
    assert warned(desk, second, people["1001"]) == []
    desk_clock.now += timedelta(seconds=1)
    assert warned(desk, second, people["3001"]) == []


def test_what_is_overdue_is_said_before_more_goes_out(desk, people, keys, desk_clock):
    first, second = keys
    lent = service.lend(desk, first.id, people["3001"], "2001")
    desk_clock.now = lent.due_at.astimezone(UTC) - timedelta(seconds=1)
    assert warned(desk, second, people["3001"]) == []
    desk_clock.now += timedelta(seconds=1)
    assert warned(desk, second, people["3001"]) == ["12号柜钥匙"]


def warned(desk, thing, borrower):
    [asked] = asking.ask(desk, (thing.id,), borrower)
    return [one.facts["thing"] for one in asked.warnings]
