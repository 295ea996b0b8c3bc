"""The site's own lock-up list in ``kiosk.toml``: read as it is, and wrong lines told."""

import pytest

from kiosk.desk import settings
from kiosk.desk.refusal import Refused
from kiosk.desk.words import sentence


def read(folder, text):
    file = folder / "kiosk.toml"
    file.write_text(f"[site]\ngate = 'gate-1'\nname = '所'\n{text}", encoding="utf-8")
    return settings.load(file, {})


def test_the_sites_own_lines_are_read(tmp_path):
    found = read(
        tmp_path, "[last_out]\nchecks = ['二楼灯已关']\ndoors = ['大门已锁', '侧门已锁']\n"
    )
    assert found.last_out.checks == ("二楼灯已关",)
    assert found.last_out.doors == ("大门已锁", "侧门已锁")


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("doors = 3\n", "settings.not_a_list", "last_out.doors"),
        ("doors = [3]\n", "settings.not_text", "last_out.doors"),
        ("checks = ['']\n", "settings.not_text", "last_out.checks"),
        ("checks = [" + "'灯'," * 13 + "]\n", "settings.too_many", "12"),
        ("door = []\n", "settings.misspelt_key", "doors"),
    ],
)
def test_wrong_lines_of_the_lock_up_list_are_told(tmp_path, text, code, told):
    with pytest.raises(Refused) as refusal:
        read(tmp_path, f"[last_out]\n{text}")
    assert refusal.value.code == code
    assert told in sentence(code, refusal.value.facts)
