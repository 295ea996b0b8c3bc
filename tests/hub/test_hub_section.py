"""``kiosk hub join`` writes its section into a kiosk.toml that somebody has written by hand."""

import tomllib

import pytest

from kiosk.desk.refusal import Refused
from kiosk.desk.settings_example import example
from kiosk.hub.join_code import new_code, plain, secrets_of
from kiosk.hub.kiosk_toml import with_hub

JOINED = {"address": "192.0.2.1:5432", "keeper": False, "desk_number": 3}
BY_HAND = """# 传达室
[site]
gate = "back"   # ours
name = "双河镇"

[[printers]]
name = "会客单"
address = "escpos+tcp:192.0.2.7:9100"
"""


@pytest.mark.parametrize(
    "text",
    [
        BY_HAND,
        BY_HAND + "\n[hub]\n",
        BY_HAND.replace(
            "[[printers]]", "[hub] # old\naddress = 'x:1'\n# keeper = true\n[[printers]]"
        ),
        example({"site.gate": "back", "site.name": "双河镇"}),
    ],
    ids=["no section", "an empty one", "an old one", "the commented example"],
)
def test_the_section_is_set_and_nothing_else_changes(text):
    made = with_hub(text, JOINED)
    was, now = tomllib.loads(text), tomllib.loads(made)
    assert {key: now["hub"][key] for key in JOINED} == JOINED
    assert {**now, "hub": 0} == {**was, "hub": 0}
    kept = [line for line in text.splitlines() if line.startswith(("# 传", "gate", "name"))]
    assert [line for line in made.splitlines() if line in kept] == kept
    assert with_hub(made, JOINED) == made


def test_a_code_is_read_however_it_is_typed_and_every_wrong_letter_is_noticed():
    code = new_code()
    letters = code.replace("-", "")
    for typed in (code, code.lower(), letters, " ".join(letters), f"  {code}\n"):
        assert plain(typed) == letters
    for wrong in ("", "x", letters[:-1], letters + "0", "U" + letters[1:], "字" * 16):
        with pytest.raises(Refused, match=r"hub\.code_mistyped"):
            plain(wrong)


def test_a_code_is_worth_something_else_at_another_gate():
    code = new_code()
    here, there = secrets_of(code, "gate-1"), secrets_of(code, "gate-2")
    assert len({here.password, there.password, here.key, there.key}) == 4
    assert secrets_of(code.lower(), "gate-1") == here
    assert here.password not in repr(here)
    assert new_code() != code
