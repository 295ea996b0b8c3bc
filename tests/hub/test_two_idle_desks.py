"""Two desks that nobody uses any more: what time alone does comes to rest, and nothing is asked."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from site_books import carry, heal, intact, tables_of

from kiosk import features
from kiosk.demo.command import _make_site
from kiosk.demo.site import ZONE, write_settings
from kiosk.demo.stage import Stage
from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.forks import open_forks
from kiosk.desk.settings_hub import Hub


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """The folder of a site where everything has happened for some weeks, and its settings."""
    folder = tmp_path_factory.mktemp("lived")
    with Stage(folder) as stage:
        settings = write_settings(folder, stage, "zh_CN")
        _make_site(settings, datetime(2026, 11, 27, 9, tzinfo=ZONE), play=False)
    return settings


@pytest.fixture
def pair(lived_in, tmp_path, desk_clock):
    """The desk that has lived, and a second one that has just joined and has heard all of it."""
    desk_clock.now = datetime(2026, 11, 27, 2, tzinfo=UTC)
    opened = []
    for number, gate in enumerate(("east", "west")):
        folder = tmp_path / gate
        folder.mkdir()
        settings = replace(
            lived_in, site=replace(lived_in.site, gate=gate),
            desk=replace(
                lived_in.desk, database=folder / "kiosk.db", site_key=folder / "site.key"
            ),
            hub=Hub(address="127.0.0.1:1", desk_number=number, keeper=number == 0),
        )  # fmt: skip
        shutil.copy(lived_in.desk.site_key, settings.desk.site_key)
        if number == 0:
            shutil.copy(lived_in.desk.database, settings.desk.database)
        opened.append(Desk.open(settings, desk_clock))
    carry(*opened)
    yield opened
    for desk in opened:
        desk.close()


def written(desk):
    with desk.read() as book:
        return {gate: head.seq for gate, head in journal.heads(book.connection).items()}


def works(desk):
    """Do the desk's own hourly work, and what it owes after the other's."""
    features.lapse(desk)
    while features.purge(desk).more:
        pass
    features.follow_up(desk, features.followed())


@pytest.mark.parametrize("days", [0, 1, 40, 800])
def test_two_idle_desks_come_to_rest_and_nothing_is_in_conflict(pair, desk_clock, days):
    """Both do their hourly work at once, then hear each other: time makes no work for people."""
    desk_clock.advance(days=days)
    for _hour in range(4):
        for desk in pair:
            works(desk)
        heal(pair)
    rest = [written(desk) for desk in pair]
    for _hour in range(10):
        for desk in pair:
            works(desk)
        heal(pair)
    assert [written(desk) for desk in pair] == rest
    for desk in pair:
        with desk.read() as book:
            assert open_forks(book) == []
            features.outstanding(desk, book)
            features.watches(desk, book)
            features.inside(desk, book)
            features.at_desks(desk, book)
        assert intact(desk)
    assert tables_of(pair[0]) == tables_of(pair[1])
