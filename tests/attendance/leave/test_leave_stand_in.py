"""A leave and who stands in meanwhile, joined by the real use cases of both (clauses 7, 18)."""

import json
from datetime import timedelta

import pytest

from kiosk.attendance.leave import asking, ending, granting
from kiosk.attendance.stand_ins import service
from kiosk.desk.absence import LeaveState
from kiosk.desk.refusal import Refused
from kiosk.desk.stand_in import stand_in_of
from visitors.ladder.rules import places
from visitors.ladder.rungs import Rung

ZHAO, ZHOU, LI_NA, WANG = "5001", "5002", "3001", "2002"


@pytest.fixture
def asked(house, desk):
    """A leave of 赵 over the next two days, for which 李娜 was asked and has not answered."""
    return asking.ask(desk, "2001", house.proof(ZHAO), house.asking(house.span(24, 25)))


def entry(desk):
    with desk.read() as book:
        return service.open_stand_ins(desk, book)[0].id


def goes_to(desk, house, who=ZHAO):
    with desk.read() as book:
        found = stand_in_of(book, house.people[who], desk.clock())
    return found.staff_no if found else None


def told(house, prefix):
    return [(one.code, json.loads(one.facts)["number"]) for one in house.entries()
            if one.code.startswith(prefix)]  # fmt: skip


def test_clause_7_leave_stand_in_and_return_are_one_story(house, desk, asked, at):
    service.accept(desk, house.proof(LI_NA), entry(desk))
    assert goes_to(desk, house) is None  # not before the leave begins
    house.sign(asked, ZHOU)
    at(24)
    assert goes_to(desk, house) == LI_NA
    with desk.read() as book:
        assert places(desk, book, house.people[ZHAO])[0].rung is Rung.STAND_IN
    at(25)
    house.back()
    assert goes_to(desk, house) is None
    assert told(house, "standin.") == [
        ("standin.asked", "DG1"), ("standin.accepted", "DG1"), ("standin.ended", "DG1"),
    ]  # fmt: skip


@pytest.mark.parametrize("how", ["withdrawn", "refused", "left"])
def test_clause_7_a_leave_that_comes_to_nothing_ends_its_stand_in_and_says_so(
    house, desk, asked, how
):
    service.accept(desk, house.proof(LI_NA), entry(desk))
    if how == "withdrawn":
        ending.withdraw(desk, "2001", asked, house.proof(ZHAO))
    elif how == "refused":
        granting.refuse(desk, "2001", asked, house.proof(ZHOU), "年底盘点")
    else:
        with desk.write() as tx:
            ending.end_for_leaver(tx, house.people[ZHAO])
    with desk.read() as book:
        assert service.open_stand_ins(desk, book) == []
    assert told(house, "standin.")[-1] == ("standin.ended", "DG1")


def test_a_clock_set_back_ends_no_stand_in_before_it_was_asked(house, desk, asked, desk_clock):
    desk_clock.now -= timedelta(hours=2)
    ending.withdraw(desk, "2001", asked, house.proof(ZHAO))
    with desk.read() as book:
        assert book.connection.execute(
            "SELECT count(*) FROM stand_in WHERE ended_at < asked_at"
        ).fetchone() == (0,)


def test_clause_7_after_a_no_somebody_else_is_named_and_the_leave_is_granted(house, desk, asked):
    service.decline(desk, house.proof(LI_NA), entry(desk))
    with pytest.raises(Refused) as refused:
        house.sign(asked, ZHOU)
    assert refused.value.code == "leave.stand_in_open"
    with desk.read() as book:
        what = service.behind(desk, book, house.people[ZHAO])
    assert what is not None
    assert what.for_id == asked
    other = service.ask(desk, "2001", ZHAO, WANG, what)
    service.accept(desk, house.proof(WANG), other)
    house.sign(asked, ZHOU)
    assert house.row(asked).state is LeaveState.APPROVED


def test_a_second_leave_is_stood_in_for_while_the_first_has_its_stand_in(house, desk, asked):
    later = asking.ask(desk, "2001", house.proof(ZHAO), house.asking(house.span(30, 30)))
    with desk.read() as book:
        last = service.open_stand_ins(desk, book)[-1].id
    service.decline(desk, house.proof(LI_NA), last)
    with desk.read() as book:
        what = service.behind(desk, book, house.people[ZHAO])
    assert what is not None
    assert what.for_id == later != asked


def test_clause_7_who_is_on_leave_himself_is_not_named_for_a_leave(house):
    mine = house.ask(house.span(25, 25), LI_NA, stand_in=WANG)
    house.sign(mine, "1001")
    with pytest.raises(Refused) as refused:
        house.ask(house.span(24, 26))
    assert refused.value.code == "standin.on_leave"
    assert refused.value.facts["field"] == "stand_in"
    house.ask(house.span(26, 26))


@pytest.mark.usefixtures("asked")
def test_clause_7_two_do_not_stand_in_for_each_other(house, desk):
    service.accept(desk, house.proof(LI_NA), entry(desk))
    with pytest.raises(Refused) as refused:
        house.ask(house.span(24, 24), LI_NA, stand_in=ZHAO)
    assert refused.value.code == "standin.circle"
