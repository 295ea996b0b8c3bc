"""What a site may change of its kinds of visit and windows, and what a wrong value is told."""

from datetime import time

import pytest

from kiosk.desk.refusal import Refused
from kiosk.desk.settings import load
from kiosk.desk.words import sentence

SITE = '[site]\ngate = "gate-1"\nname = "双河镇人民政府"\n'


def read(tmp_path, text, env=None):
    file = tmp_path / "kiosk.toml"
    file.write_text(SITE + text, "utf-8")
    return load(file, env or {})


def test_a_site_changes_a_kind_of_visit_and_names_its_windows(tmp_path):
    found = read(
        tmp_path,
        """
helmet_areas = ["施工区"]
[lanes.courier]
required = ["unit", "phone", "unit"]
area = "北门"
script = "请放这里"
[lanes.interview]
host = "1003"
[lanes.food]
enabled = false
[[windows]]
section = "便民服务大厅"
opens = "08:30"
closes = "11:30"
[[windows]]
section = "便民服务大厅"
opens = "13:30"
[[shifts]]
name = "白班"
[[shifts]]
name = "夜班"
start = "18:30"
tolerance_min = 20
""",
    )
    assert found.site.helmet_areas == ("施工区",)
    courier = found.lanes["courier"]
    assert (courier.required, courier.area, courier.script) == (
        ("unit", "phone"), "北门", "请放这里",
    )  # fmt: skip
    assert found.lanes["interview"].host == "1003"
    assert found.lanes["interview"].required is None
    assert not found.lanes["food"].enabled
    assert [one.closes for one in found.windows] == [time(11, 30), time(17, 0)]
    assert [(one.name, one.start, one.tolerance_min) for one in found.shifts] == [
        ("白班", time(8), 10), ("夜班", time(18, 30), 20),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("[lanes.curier]\nenabled = false\n", "settings.misspelt_key", ["lanes.curier", "courier"]),
        ("[lanes.courier]\nscrpt = 1\n", "settings.misspelt_key", ["courier.scrpt", "script"]),
        ("[lanes.courier]\nenabled = 7\n", "settings.not_yes_no", ["lanes.courier.enabled"]),
        ("[lanes.courier]\nrequired = ['shoe']\n", "settings.not_one_of", ["required", "goods"]),
        ("[lanes.courier]\nrequired = 3\n", "settings.not_a_list", ["lanes.courier.required"]),
        ("[lanes.official]\nenabled = false\n", "settings.not_one_of", ["official.enabled"]),
        ("[lanes]\ncourier = 3\n", "settings.not_a_section", ["lanes.courier"]),
        ("[[shifts]]\nstart = '08:00'\n", "settings.missing_key", ["shifts.1.name"]),
        ("[[shifts]]\nname = '夜'\nstart = '25'\n", "settings.not_a_time", ["shifts.1.start"]),
        ("[[windows]]\nopens = '09:00'\n", "settings.missing_key", ["windows.1.section"]),
        (
            "[[windows]]\nsection = '大厅'\nopens = '09:00'\ncloses = '09:00'\n",
            "settings.window_backwards", ["windows.1.closes", "opens"],
        ),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_with_file_key_and_what_is_allowed(tmp_path, text, code, told):
    with pytest.raises(Refused) as refusal:
        read(tmp_path, text)
    assert refusal.value.code == code
    words = sentence(refusal.value.code, refusal.value.facts)
    assert "kiosk.toml" in words
    assert all(one in words for one in told), words
