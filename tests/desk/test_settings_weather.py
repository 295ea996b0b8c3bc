"""The signals that change the rules: those of the regulations, or the house's own."""

import pytest

from kiosk.desk.refusal import Refused
from kiosk.desk.settings import load
from kiosk.desk.settings_weather import USUAL

LEAST = '[site]\ngate = "gate-1"\nname = "双河镇人民政府"\n'
RED_RAIN = '[[weather_signals]]\nname = "红色暴雨"\ncolour = "red"\nindoors = false\n'


def loaded(folder, text):
    path = folder / "kiosk.toml"
    path.write_text(LEAST + text, "utf-8")
    return load(path, {}).weather_signals


def test_without_any_the_three_of_the_regulations_are_known(tmp_path):
    assert loaded(tmp_path, "") == USUAL
    assert [one.name for one in USUAL] == ["黑色暴雨", "红色台风", "黑色台风"]
    assert all(one.before_work and one.indoors for one in USUAL)


def test_the_national_red_rainstorm_can_be_added_and_change_one_thing_only(tmp_path):
    (found,) = loaded(tmp_path, RED_RAIN)
    assert (found.name, found.before_work, found.indoors) == ("红色暴雨", True, False)


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        (RED_RAIN * 2, "settings.signal_twice", "weather_signals.2.name"),
        (RED_RAIN.replace('"red"', '"pink"'), "settings.not_one_of", "weather_signals.1.colour"),
        (
            "".join(RED_RAIN.replace("红色", f"{n}级") for n in range(10)),
            "settings.too_many",
            "weather_signals",
        ),
    ],
)
def test_a_signal_that_cannot_be_is_refused_by_its_key(tmp_path, text, code, key):
    with pytest.raises(Refused) as refused:
        loaded(tmp_path, text)
    assert (refused.value.code, refused.value.facts["key"]) == (code, key)
