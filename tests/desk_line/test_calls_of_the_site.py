"""F9 at one desk shows what the other desk has called: by which desk, how often in vain, when."""

from dataclasses import replace

import pytest

from kiosk.desk.refusal import Refused
from kiosk.desk.settings_contacts import EmergencyContact
from kiosk.incidents import service
from kiosk.incidents.models import STEPS_OF, Kind, Outcome
from kiosk.incidents.rules import contacts_of
from kiosk.incidents.screens_rows import rows
from kiosk.incidents.standing import standing

GUARD, OTHER_GUARD = "2001", "2002"
CHIEF = EmergencyContact("security", "张科长", "8110")
DEPUTY = EmergencyContact("security", "李副科长", "8111")
SUPERIOR = EmergencyContact("superior", "王处长", "8120")
LEADER = EmergencyContact("leader", "周主任", "8101")


def has(desk, *contacts):
    desk.settings = replace(desk.settings, contacts=contacts)


def calls(desk, number, *outcomes, by=GUARD):
    [contact] = [one for one in contacts_of(desk.settings.contacts) if one.phone == number]
    for outcome in outcomes:
        service.log_call(desk, by, standing(desk, "").incident.id, contact, outcome)
        desk.clock.advance(minutes=1)


def shown(desk, *, named=True):
    found = standing(desk, "")
    contacts = contacts_of(desk.settings.contacts)
    made = rows(found, contacts, {}, desk.zone, named=named)
    return {row.cells[0]: row.cells[1:] for row in made}


def following(desk):
    return standing(desk, "").next_calls(contacts_of(desk.settings.contacts), frozenset())


@pytest.fixture
def fire(site):
    """A fire that the south gate opened; both desks have the same contacts."""
    for desk in (site.south, site.east):
        has(desk, CHIEF, LEADER)
    service.open_incident(site.south, GUARD, Kind.FIRE)
    site.carry()


@pytest.mark.usefixtures("fire")
def test_the_second_desk_sees_how_often_the_first_called_in_vain_and_when(site):
    calls(site.south, "8110", Outcome.CALLED, Outcome.NOT_REACHED)
    calls(site.south, "8110", Outcome.CALLED, Outcome.NOT_REACHED)
    site.carry()
    who, state, at = shown(site.east)["8110"]
    assert "张科长" in who
    assert state == "2× not reached, 南门"
    assert at == "08:23:00"
    assert shown(site.south)["8110"][1] == "not reached"
    assert standing(site.east, "").next_calls(contacts_of(site.east.settings.contacts), frozenset())


@pytest.mark.usefixtures("fire")
def test_once_it_called_itself_the_last_call_is_its_own(site):
    calls(site.south, "8110", Outcome.NOT_REACHED)
    site.carry()
    assert shown(site.east)["8110"][1] == "not reached, 南门"
    calls(site.east, "8110", Outcome.ANSWERED, by=OTHER_GUARD)
    site.carry()
    assert shown(site.east)["8110"][1] == "answered"
    assert shown(site.south)["8110"][1] == "answered, 东门"


@pytest.mark.usefixtures("fire")
def test_a_call_to_another_number_is_no_call_to_ones_own_contact(site):
    has(site.south, DEPUTY, LEADER)
    calls(site.south, "8111", Outcome.NOT_REACHED)
    site.carry()
    lines = shown(site.east)
    assert lines["8110"][1:] == ("call now", "")
    assert lines["8111"][1] == "not reached, 南门"
    assert "李副科长" in lines["8111"][0]
    assert "李副科长" not in shown(site.east, named=False)["8111"][0]


@pytest.mark.usefixtures("fire")
def test_who_is_on_no_list_here_is_shown_as_the_other_desk_called_him(site):
    has(site.east)
    calls(site.south, "8101", Outcome.ANSWERED)
    site.carry()
    assert shown(site.east)["8101"][1] == "answered, 南门"
    assert shown(site.east, named=False)["8101"][0] == "duty leader"


@pytest.mark.usefixtures("fire")
def test_one_number_at_another_place_of_the_list_is_one_line(site):
    has(site.south, CHIEF, DEPUTY)
    has(site.east, DEPUTY, CHIEF)
    calls(site.south, "8110", Outcome.ANSWERED)
    site.carry()
    contacts = contacts_of(site.east.settings.contacts)
    found = standing(site.east, "")
    made = [row.cells for row in rows(found, contacts, {}, site.east.zone, named=True)]
    assert [cells[0] for cells in made].count("8110") == 1
    assert shown(site.east)["8110"][1] == "answered, 南门"
    assert shown(site.east)["8111"][1] != "answered, 南门"


@pytest.mark.usefixtures("fire")
def test_a_number_with_spaces_stays_whole(site):
    has(site.south, EmergencyContact("leader", "周主任", "138 0013 8000"))
    has(site.east)
    calls(site.south, "138 0013 8000", Outcome.ANSWERED)
    site.carry()
    assert "周主任" in shown(site.east)["138 0013 8000"][0]


@pytest.mark.usefixtures("fire")
@pytest.mark.parametrize("outcome", [Outcome.NOT_REACHED, Outcome.ANSWERED])
def test_a_desks_own_try_is_written_down_though_the_other_desk_said_the_same(site, outcome):
    calls(site.south, "8110", outcome)
    site.carry()
    calls(site.east, "8110", outcome, by=OTHER_GUARD)
    with pytest.raises(Refused, match=r"incident\.said_already"):
        calls(site.east, "8110", outcome, by=OTHER_GUARD)
    site.carry()
    for desk in (site.south, site.east):
        incident = standing(desk, "").incident.id
        with desk.read() as book:
            said = [step.outcome for step in book.all(STEPS_OF, incident=incident)]
        assert said == [outcome, outcome]


@pytest.mark.usefixtures("fire")
def test_the_leader_is_not_called_once_the_other_desk_reached_security_of_its_own_list(site):
    has(site.south, DEPUTY, SUPERIOR, LEADER)
    has(site.east, SUPERIOR, LEADER)
    assert "leader.1" in following(site.east)
    calls(site.south, "8111", Outcome.ANSWERED)
    site.carry()
    assert "leader.1" not in following(site.east)
