"""Whom the guard calls in an emergency: what a site may set, and what a wrong value is told."""

import pytest

from kiosk.desk.refusal import Refused
from kiosk.desk.settings import load
from kiosk.desk.settings_contacts import EmergencyContact
from kiosk.desk.words import sentence

SITE = "[site]\ngate = 'gate-1'\nname = '本单位'\n"
ONE = "[[contacts]]\nrole = 'security'\nname = '保卫科'\nphone = '0717-2046204'\n"


def loaded(tmp_path, text):
    file = tmp_path / "kiosk.toml"
    file.write_text(SITE + text, encoding="utf-8")
    return load(file, {})


def test_contacts_are_read_in_their_order(tmp_path):
    second = ONE.replace("security", "leader").replace("0717-2046204", "8001")
    assert loaded(tmp_path, ONE + second).contacts == (
        EmergencyContact("security", "保卫科", "0717-2046204"),
        EmergencyContact("leader", "保卫科", "8001"),
    )
    assert loaded(tmp_path, "").contacts == ()


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        (ONE.replace("security", "boss"), "settings.not_one_of", "security, superior, leader"),
        (ONE.replace("0717-2046204", "内线"), "settings.not_a_phone", "contacts.1.phone"),
        (ONE.replace("0717-2046204", "5"), "settings.not_a_phone", "0717-2046204"),
        (ONE.replace("'0717-2046204'", "110"), "settings.not_a_phone", "contacts.1.phone"),
        (ONE.replace("name = '保卫科'\n", ""), "settings.missing_key", "contacts.1.name"),
        (ONE.replace("'保卫科'", "''"), "settings.not_text", "contacts.1.name"),
        (ONE * 7, "settings.too_many", "6"),
    ],
)
def test_a_wrong_value_says_where_it_stands_and_what_is_allowed(tmp_path, text, code, told):
    with pytest.raises(Refused) as refused:
        loaded(tmp_path, text)
    assert refused.value.code == code
    assert told in sentence(refused.value.code, refused.value.facts)
