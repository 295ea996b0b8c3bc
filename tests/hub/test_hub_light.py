"""What the status bar says of the other desks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.desk.hub_state import HubState, Standing
from kiosk.desk.settings_hub import Hub
from kiosk.hub_light import hub_lights
from kiosk.ui.bars import Light
from kiosk.ui.palette import Tone

pytestmark = pytest.mark.usefixtures("words_zh")

NAMES = {"gate-2": "接待处"}


@pytest.fixture
def joined(desk):
    """A desk that has a hub."""
    desk.settings = replace(desk.settings, hub=Hub(address="127.0.0.1:5432"))
    return desk


def lights(desk, **state: object) -> tuple[Light, ...]:
    now = desk.clock()
    usual = {"standing": Standing.UP, "since": now, "fresh": {"gate-2": now}, "names": NAMES}
    return hub_lights(desk, HubState(**(usual | state)))


def test_a_desk_that_stands_alone_has_no_light(desk):
    assert lights(desk) == ()


def test_a_line_that_works_is_the_other_desks_name_alone(joined):
    assert lights(joined) == (Light("接待处", Tone.GOOD),)


@pytest.mark.parametrize(
    ("minutes", "light"),
    [
        (9, Light("接待处", Tone.GOOD)),
        (11, Light("接待处", Tone.AMBER, "截至 08:09")),
        (23 * 60, Light("接待处", Tone.AMBER, "截至 11月22日 09:20")),
        (25 * 60, Light("接待处", Tone.RED, "截至 11月22日 07:20")),
    ],
)
def test_an_old_copy_says_up_to_when_it_is_true(joined, minutes, light):
    known = joined.clock() - timedelta(minutes=minutes)
    assert lights(joined, fresh={"gate-2": known}) == (light,)


@pytest.mark.parametrize(
    ("minutes", "word", "tone"),
    [(0, "", Tone.AMBER), (12, "12分", Tone.AMBER), (26 * 60, "1天", Tone.RED)],
)
def test_a_cut_line_says_for_how_long(joined, minutes, word, tone):
    since = joined.clock() - timedelta(minutes=minutes)
    [light] = lights(joined, standing=Standing.CUT, since=since, fresh={"gate-2": since})
    assert light == Light("接待处", tone, f"已断开{word}")


def test_several_desks_are_counted_and_the_late_one_is_named(joined):
    now = joined.clock()
    names = {"gate-2": "接待处", "gate-3": "北门"}
    fresh = {"gate-2": now, "gate-3": now}
    assert lights(joined, names=names, fresh=fresh) == (Light("2 处门岗", Tone.GOOD),)
    fresh["gate-3"] = now - timedelta(hours=1)
    assert lights(joined, names=names, fresh=fresh) == (Light("北门", Tone.AMBER, "截至 07:20"),)


@pytest.mark.parametrize(
    ("standing", "why", "tone", "word"),
    [
        (Standing.QUARANTINED, "fork", Tone.RED, "不收本岗数据，请告办公室"),
        (Standing.REFUSED, "hub.twice", Tone.RED, "已有另一台在用本岗名义，请告办公室"),
        (Standing.REFUSED, "hub.unheard_of", Tone.RED, "不接受本岗，请告办公室"),
        (Standing.CUT, "hub.full", Tone.RED, "数据存不下了，请告办公室"),
    ],
)
def test_what_only_the_office_can_mend_is_red_and_says_so(joined, standing, why, tone, word):
    assert lights(joined, standing=standing, why=why) == (Light("接待处", tone, word),)


@pytest.mark.parametrize(
    ("why", "word"), [("newer", "程序较新，本岗请更新"), ("forged", "数据对不上，请告办公室")]
)
def test_a_feed_that_waits_is_named(joined, why, word):
    [light] = lights(joined, standing=Standing.HELD, why=why, held=frozenset({"gate-2"}))
    assert (light.name, light.word) == ("接待处", word)


@pytest.mark.parametrize(
    ("off", "word"),
    [(3600.0, "快1小时"), (3599.8, "快1小时"), (-300.0, "慢5分"), (90.0, ""), (-90.0, "")],
)
def test_a_clock_that_is_wrong_by_minutes_has_a_light_of_its_own(joined, off, word):
    others = lights(joined, clock_off_s=off)[1:]
    assert others == ((Light("本机时钟", Tone.AMBER, word),) if word else ())
