"""Between the key's tap and the badge's: the power goes, the reader goes, two tags come at once."""

import signal
import sqlite3

import pytest
from house import BADGES, PIN, Site
from machines import ReaderMachine

TAG, OTHER_TAG = "04B1B2B3B4B501", "04B1B2B3B4B502"
LABEL = "12号柜钥匙"
_APART_S = 2.5  # within two seconds the same card is the same tap
# No kind of clause 84: the clock is the real one, and on a day off a key asks for a word.
THINGS = f"""名称,类型,标签
12号柜钥匙,其他,{TAG}
3号安全帽,安全帽,{OTHER_TAG}
"""


@pytest.fixture
def keys(site) -> Site:
    """The site with two things on its board."""
    file = site.folder / "things.csv"
    file.write_text(THINGS, encoding="utf-8")
    done = site.kiosk("things", "import", str(file))
    assert done.returncode == 0, done.stderr
    return site


@pytest.fixture
def reader(keys):
    with ReaderMachine(keys.folder / "reader") as made:
        keys.plug(made.address)
        yield made


def open_desk(screen, reader):
    screen.shows("职工请刷卡")
    reader.tap(BADGES["2001"])
    screen.shows("密码")
    screen.type(PIN)
    screen.press("enter")
    screen.shows("已开台")


def tap_key(screen, reader):
    """Tap the key; in the moment after a dialog the kiosk asks for it once more."""
    for _ in range(5):
        reader.tap(TAG)
        if screen.came(lambda text: LABEL in text, seconds=_APART_S):
            return
    screen.shows(LABEL)


def loans(site):
    with sqlite3.connect(f"file:{site.database}?mode=ro", uri=True) as book:
        return book.execute("SELECT count(*) FROM loan").fetchone()[0]


def test_the_power_goes_between_the_two_taps(keys, reader):
    with keys.show() as screen:
        open_desk(screen, reader)
        tap_key(screen, reader)
        screen.signal(signal.SIGKILL)
        assert screen.ends() == -signal.SIGKILL
    assert loans(keys) == 0
    with keys.show() as screen:
        screen.shows("职工请刷卡")
        reader.tap(BADGES["1002"])  # the badge that did not come is a sign-in, and no loan
        screen.shows("财务科")
        screen.signal()
        assert screen.ends() == 0
    assert loans(keys) == 0
    assert not [code for code in keys.codes() if code.startswith("loan.")]
    assert keys.kiosk("verify").returncode == 0


def test_what_the_screen_said_is_out_is_out_after_the_power_went(keys, reader):
    with keys.show() as screen:
        open_desk(screen, reader)
        tap_key(screen, reader)
        reader.tap(BADGES["1002"])
        screen.shows("12号柜钥匙 借出")
        screen.signal(signal.SIGKILL)
        assert screen.ends() == -signal.SIGKILL
    assert loans(keys) == 1
    held = keys.kiosk("report", "holder", "--who", "1002")
    assert "12号柜钥匙" in held.stdout
    assert keys.kiosk("verify").returncode == 0


def test_two_tags_in_the_field_lend_nothing(keys, reader):
    with keys.show() as screen:
        open_desk(screen, reader)
        reader.together(TAG, OTHER_TAG)
        screen.shows("两张")
        reader.take()
        reader.together(TAG, BADGES["1002"])
        screen.shows("两张")
        reader.take()
        tap_key(screen, reader)
        screen.signal()
        assert screen.ends() == 0
    assert loans(keys) == 0


def test_the_reader_goes_after_the_first_tap_and_nothing_is_recorded(keys, reader):
    with keys.show() as screen:
        open_desk(screen, reader)
        tap_key(screen, reader)
        reader.order("unplug")
        screen.shows("读卡器 断开")
        screen.press("escape")
        reader.order("replug")
        screen.hides("断开")
        assert loans(keys) == 0
        tap_key(screen, reader)
        screen.signal()
        assert screen.ends() == 0
    assert loans(keys) == 0
