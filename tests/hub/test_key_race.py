"""Twenty desks and fifteen things: one desk at a time may lend a thing, by the hub's functions."""

from key_race import Lent, Race, race


def test_of_twenty_desks_that_want_fifteen_things_one_at_a_time_has_each(hub):
    wires = [hub.wire(f"gate-{number}", wait_s=10.0) for number in range(1, 21)]
    done = race(wires, things=15, attempts=600)
    assert done.attempts == 600
    assert done.given > 50
    assert done.wrong == 0


def test_the_race_would_see_two_loans_at_once_and_an_old_fence():
    first, second = Lent("a", "gate-1", 1, 0, 5), Lent("a", "gate-2", 2, 3, 6)
    assert Race([first, second]).wrong == 1
    assert Race([Lent("a", "gate-1", 2, 0, 1), Lent("a", "gate-2", 1, 2, 3)]).wrong == 1
    assert Race([first, Lent("a", "gate-2", 2, 6, 7)]).wrong == 0
