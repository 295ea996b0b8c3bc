"""Who signs a remark in a house with fewer leaders than signatures (clause 24): nobody is stuck."""

from datetime import date

import pytest

from kiosk.attendance.remarks import service
from kiosk.attendance.remarks.models import About
from kiosk.attendance.remarks.rules import Said
from kiosk.desk.people import Rank
from kiosk.desk.refusal import Refused

LATE = Said(date(2026, 11, 23), About.LATE, "下乡检查")


@pytest.fixture
def one_leader(desk, house):
    """8002 is the only leader of the house; 7001 is a member of the team, 1001 heads a section."""
    with desk.write() as tx:
        other = house["8001"]
        other.rank = Rank.ORDINARY
        tx.put(other)
        tx.record("person.changed", person="8001")
    return house


def refused(code, act, *args):
    with pytest.raises(Refused) as told:
        act(*args)
    assert told.value.code == code


@pytest.mark.usefixtures("one_leader")
def test_clause_24_for_the_only_leader_a_member_of_the_team_and_a_head_sign(desk, proof):
    row = service.enter(desk, "2001", "8002", LATE, proof("8002"))
    refused("remark.own", service.sign, desk, "2001", row.id, proof("8002"))
    refused("remark.not_above", service.sign, desk, "2001", row.id, proof("3002"))
    assert service.sign(desk, "2001", row.id, proof("7001")).missing == 1
    refused("remark.signed_already", service.sign, desk, "2001", row.id, proof("7001"))
    assert service.sign(desk, "2001", row.id, proof("1001")).excuses


@pytest.mark.usefixtures("one_leader")
def test_clause_24_for_a_head_the_only_leader_and_a_member_of_the_team_sign(desk, proof):
    row = service.enter(desk, "2001", "1001", LATE, proof("1001"))
    service.sign(desk, "2001", row.id, proof("7001"))
    assert service.sign(desk, "2001", row.id, proof("8002")).excuses


@pytest.mark.usefixtures("one_leader")
def test_clause_24_after_the_day_the_own_head_signs_beside_the_only_leader_and_says_why(
    desk, proof, desk_clock
):
    row = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    desk_clock.advance(days=1)
    refused("remark.not_above", service.sign, desk, "2001", row.id, proof("7001"))
    refused("remark.why_missing", service.sign, desk, "2001", row.id, proof("1001"))
    service.sign(desk, "2001", row.id, proof("1001"), "科长出差")
    assert service.sign(desk, "2001", row.id, proof("8002"), "同意").excuses


def test_clause_24_where_there_are_leaders_enough_nobody_signs_instead(desk, house, proof):
    assert house["8001"].rank is Rank.LEADER_IN_CHARGE
    row = service.enter(desk, "2001", "1001", LATE, proof("1001"))
    refused("remark.not_above", service.sign, desk, "2001", row.id, proof("7001"))


@pytest.fixture
def no_leader(desk, one_leader):
    """No leader in the house: 7001 is the team, 1001 heads the section of 3001."""
    with desk.write() as tx:
        other = one_leader["8002"]
        other.rank = Rank.ORDINARY
        tx.put(other)
        tx.record("person.changed", person="8002")
    return one_leader


@pytest.mark.usefixtures("no_leader")
@pytest.mark.parametrize("order", [("1001", "7001"), ("7001", "1001")])
def test_clause_24_without_a_leader_the_own_head_and_the_team_sign_in_either_order(
    desk, proof, order
):
    row = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    for signer in order:
        row = service.sign(desk, "2001", row.id, proof(signer))
    assert row.excuses


@pytest.mark.usefixtures("no_leader")
def test_clause_24_a_head_of_another_section_neither_signs_nor_reads_where_the_team_is_enough(
    desk, house, proof
):
    row = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    with desk.write() as tx:
        other = house["3002"]
        other.rank = Rank.HEAD_OF_STATION
        other.department_id = None
        tx.put(other)
        tx.record("person.changed", person="3002")
    refused("remark.not_above", service.sign, desk, "2001", row.id, proof("3002"))
