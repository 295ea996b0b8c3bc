"""What is shipped for a gate PC: the settings load, their comments are true, scripts parse."""

import configparser
import re
import shutil
import subprocess
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from drivers.addresses import parse
from kiosk.desk import settings
from kiosk.desk.clauses import Rules
from kiosk.desk.settings_attendance import Attendance
from kiosk.desk.settings_contacts import EmergencyContact
from kiosk.desk.settings_hours import Hours, HoursProfile, WorkShift
from kiosk.desk.settings_lanes import ASKABLE, LANE_NAMES, LaneSetting, Window
from kiosk.desk.settings_leave import LeaveRung
from kiosk.desk.settings_shifts import Shift
from kiosk.desk.settings_slip import SlipLook
from kiosk.desk.settings_weather import SignalSetting

DEPLOY = Path(__file__).parent.parent / "deploy"
EXAMPLE = DEPLOY / "kiosk.toml"


def switched_on() -> str:
    """Return the example with every switched-off key switched on."""
    text = EXAMPLE.read_text(encoding="utf-8")
    lists = "windows|contacts|shifts|hours_profiles|work_shifts|leave_ladder|weather_signals"
    return re.sub(rf"^# (?=[a-z_.]+ = |\[\[(?:{lists})\])", "", text, flags=re.MULTILINE)


def test_the_example_loads():
    loaded = settings.load(EXAMPLE, {})
    assert loaded.site.gate == "east"
    assert [parse(device.address).kind for device in loaded.readers] == ["nfc+pn532"]
    assert [parse(device.address).kind for device in loaded.printers] == ["escpos+tcp"]
    assert [parse(device.address).kind for device in loaded.scanners] == ["scanner+serial"]
    assert [parse(device.address).kind for device in loaded.id_readers] == ["idcard+serial"]


def test_a_switched_off_key_shows_the_value_that_is_used(tmp_path):
    everything = tmp_path / "kiosk.toml"
    everything.write_text(switched_on().replace('font = "', '# "'), encoding="utf-8")
    plain = tmp_path / "plain.toml"
    plain.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    said, used = settings.load(everything, {}), settings.load(plain, {})
    for part in (
        "site",
        "desk",
        "readers",
        "printers",
        "scanners",
        "id_readers",
        "wedge",
        "hours",
        "attendance",
        "calendar",
        "slip",
        "notify",
        "rules",
    ):
        assert getattr(said, part) == getattr(used, part), part


@pytest.mark.parametrize(
    ("section", "kind"),
    [
        ("site", settings.Site),
        ("desk", settings.DeskFiles),
        ("readers", settings.Reader),
        ("printers", settings.Printer),
        ("scanners", settings.Scanner),
        ("id_readers", settings.IdReader),
        ("wedge", settings.Wedge),
        ("hours", Hours),
        ("attendance", Attendance),
        ("calendar", settings.SiteDays),
        ("slip", SlipLook),
        ("notify", settings.Notify),
        ("rules", Rules),
        ("windows", Window),
        ("contacts", EmergencyContact),
        ("shifts", Shift),
        ("hours_profiles", HoursProfile),
        ("work_shifts", WorkShift),
        ("leave_ladder", LeaveRung),
        ("weather_signals", SignalSetting),
    ],
)
def test_the_example_names_every_key(section, kind):
    found = tomllib.loads(switched_on())[section]
    named = found[0] if isinstance(found, list) else found
    assert set(named) == {one.name for one in fields(kind)}


def test_the_example_names_every_key_of_a_kind_of_visit():
    lanes = tomllib.loads(switched_on())["lanes"]
    named = {key for lane in lanes.values() for key in lane}
    assert named == {one.name for one in fields(LaneSetting)}


@pytest.mark.parametrize(
    "text", [EXAMPLE.read_text(encoding="utf-8"), settings.example()], ids=["deploy", "init"]
)
def test_both_examples_name_every_kind_of_visit_and_all_that_it_may_require(text):
    notes = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"^# .*$", text, re.MULTILINE))))
    assert {*LANE_NAMES, *ASKABLE} <= notes


@pytest.mark.parametrize("name", ["kiosk-session"])
def test_a_script_parses(name):
    shell = shutil.which("sh")
    assert shell
    subprocess.run([shell, "-n", str(DEPLOY / name)], check=True, timeout=30)  # noqa: S603 - our own file


def test_the_service_starts_the_session_it_ships():
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str
    unit.read_string((DEPLOY / "gatehouse-kiosk.service").read_text(encoding="utf-8"))
    assert unit["Service"]["User"] == "kiosk"
    started = unit["Service"]["ExecStart"].split()[-1]
    assert (DEPLOY / started.rpartition("/deploy/")[2]).exists()
    assert unit["Service"]["Restart"] == "always"
