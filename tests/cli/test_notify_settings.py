"""The house's address for notices is a secret: no command and no error ever repeats it."""

import pytest

from kiosk.desk import settings as desk_settings
from kiosk.desk.refusal import Refused
from kiosk.desk.words import sentence

ADDRESS = "wecombot://a-secret-key"


def test_the_address_is_read_from_the_file_or_the_environment_and_shows_in_no_repr(tmp_path):
    file = tmp_path / "kiosk.toml"
    file.write_text(
        f'[site]\ngate = "g"\nname = "n"\n[notify]\nurl = "{ADDRESS}"\n', encoding="utf-8"
    )
    settings = desk_settings.load(file, {})
    assert settings.notify.url == ADDRESS
    assert "a-secret-key" not in repr(settings)
    again = desk_settings.load(file, {"KIOSK_NOTIFY__URL": "json://other"})
    assert again.notify.url == "json://other"
    assert desk_settings.load(file, {"KIOSK_NOTIFY__URL": ""}).notify.url == ""


@pytest.mark.parametrize("wrong", ["a-secret-key", "json:a-secret-key", "json://a-secret key"])
def test_a_wrong_one_is_refused_by_its_key_and_not_repeated(tmp_path, wrong):
    file = tmp_path / "kiosk.toml"
    file.write_text(
        f'[site]\ngate = "g"\nname = "n"\n[notify]\nurl = "{wrong}"\n', encoding="utf-8"
    )
    with pytest.raises(Refused) as refused:
        desk_settings.load(file, {})
    said = sentence(refused.value.code, refused.value.facts)
    assert "notify.url" in said
    assert "secret" not in said


@pytest.mark.parametrize("command", [("doctor",), ("doctor", "--json"), ("journal",)])
def test_no_command_tells_it(run, monkeypatch, command):
    monkeypatch.setenv("KIOSK_NOTIFY__URL", ADDRESS)
    _status, out, err = run(*command)
    assert out
    assert "a-secret-key" not in out + err


def test_the_list_of_mobile_numbers_shown_is_a_report(run):
    status, out, _err = run("report", "mobiles")
    assert status == 0
    assert "No mobile number was shown in these days." in out
