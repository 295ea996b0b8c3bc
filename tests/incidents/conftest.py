"""A gate with contacts of its own, and an incident on it."""

from dataclasses import replace

import pytest

from kiosk.desk.settings_contacts import EmergencyContact
from kiosk.incidents.rules import contacts_of

OWN = (
    EmergencyContact("leader", "周主任", "8001"),
    EmergencyContact("security", "保卫科", "8110"),
    EmergencyContact("superior", "张科长", "8101"),
    EmergencyContact("security", "警务室", "8111"),
)


@pytest.fixture
def settings(settings):
    """No safety check is asked for before a handover: that is another story."""
    rules = replace(settings.rules, safety_check_hours=0)
    return replace(settings, contacts=OWN, rules=rules)


@pytest.fixture
def contacts():
    return {one.key: one for one in contacts_of(OWN)}
