"""``kiosk report on-duty --at``: who was on duty at one moment, and wrong moments refused."""

import pytest


def test_on_duty_at_a_moment_nobody_held_the_post(run):
    status, out, err = run("report", "on-duty", "--date", "2026-11-23", "--at", "03:00")
    assert (status, err) == (0, "")
    assert "On duty on 2026-11-23 at 03:00" in out
    assert "Nobody was on duty then." in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("on-duty", "--at", "half nine"), "is not an hour"),
        (("on-duty", "--at", "25:00"), "is not an hour"),
        (("on-duty", "--month", "2026-11", "--at", "09:00"), "not about one moment"),
        (("parcels", "--at", "09:00"), "Leave --at out"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(run, words, told):
    status, _out, err = run("report", *words)
    assert status != 0
    assert told in err
