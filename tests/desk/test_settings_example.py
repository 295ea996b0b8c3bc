"""The ``kiosk.toml`` that a new site begins with is complete, and means what it says."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from kiosk.desk import settings
from kiosk.desk.clauses import Rules, rule_fields
from kiosk.desk.refusal import Refused
from kiosk.desk.settings import example, load, write_example

LEAST = '[site]\ngate = "gate-1"\nname = "双河镇人民政府"\n'


def test_the_example_is_a_file_that_loads_with_the_usual_values(tmp_path):
    path = tmp_path / "kiosk.toml"
    write_example(path, {"site.gate": "gate-1", "site.name": "双河镇人民政府"})
    path.with_name("least.toml").write_text(LEAST, "utf-8")
    found, usual = load(path, {}), load(path.with_name("least.toml"), {})
    for section in ("site", "desk", "hours", "calendar", "wedge", "rules"):
        assert getattr(found, section) == getattr(usual, section)


def test_every_setting_of_the_example_may_be_uncommented(tmp_path):
    lines = example().splitlines()
    settable = [
        line.removeprefix("# ").partition("  # ")[0]
        for line in lines
        if line.removeprefix("# ").partition(" ")[0].isidentifier() and " = " in line[:40]
    ]
    headed = [line.removeprefix("# ") for line in lines if line.startswith(("[", "# [["))]
    known = {one.name for one in fields(settings.Settings)} - {"file"}
    assert {head.strip("[]") for head in headed} == known
    in_order = [
        line.removeprefix("# ").partition("  # ")[0]
        for line in lines
        if line in headed
        or line.removeprefix("# ").startswith("[[")
        or line.removeprefix("# ").partition("  # ")[0] in settable
    ]
    path = tmp_path / "kiosk.toml"
    path.write_text("\n".join(in_order), "utf-8")
    written = tomllib.loads(path.read_text("utf-8"))
    assert set(written["rules"]) == set(rule_fields())
    assert set(written["site"]) == {one.name for one in fields(settings.Site)}
    assert set(written["desk"]) == {one.name for one in fields(settings.DeskFiles)}
    assert set(written["printers"][0]) == {one.name for one in fields(settings.Printer)}
    assert load(path, {}).rules == Rules()


def test_answers_stand_in_the_file_that_is_written(tmp_path):
    path = tmp_path / "kiosk.toml"
    write_example(
        path,
        {
            "site.gate": "east",
            "site.name": '东"门\\',
            "site.house_rules": ("一", "二"),
            "desk.database": Path("book.db"),
            "readers": [{"name": "door", "address": "nfc+pn532:/dev/x", "role": "desk"}],
        },
    )
    found = load(path, {})
    assert (found.site.gate, found.site.name) == ("east", '东"门\\')
    assert found.site.house_rules == ("一", "二")
    assert found.desk.database == tmp_path / "book.db"
    assert found.readers[0].role == "desk"


def test_an_answer_to_no_question_is_a_bug():
    with pytest.raises(ValueError, match=r"site\.gat"):
        example({"site.gat": "x"})


def test_settings_are_never_written_over(tmp_path):
    path = tmp_path / "kiosk.toml"
    path.write_text(LEAST, "utf-8")
    with pytest.raises(Refused) as refusal:
        write_example(path)
    assert refusal.value.code == "settings.exists"
    assert path.read_text("utf-8") == LEAST
