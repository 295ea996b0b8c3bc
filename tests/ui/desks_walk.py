"""The way through the screens of a site with two desks, and what stands in both their books.

The back gate is a desk of its own, with its own book; what it writes is carried by hand.
"""

import shutil
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.hub_state import HubState, Standing
from kiosk.desk.loans import Ended, ThingKind
from kiosk.desk.people import BADGES_OF, Badge, BadgeState, person_by_staff_no
from kiosk.desk.site_desks import introduce
from kiosk.desk_line import service as lines
from kiosk.keys import custody, enrolling, returning
from kiosk.keys import service as keys
from kiosk.roll_call import service as roll_call
from kiosk.roll_call.models import RollKind
from kiosk.ui.row_list import RowList
from visitors import reception
from visitors.models import Answer, How
from visitors.rules import Details

sys.path.insert(0, str(Path(__file__).parent.parent / "hub"))
from site_books import carry

NOBODY_THERE = {"KIOSK_HUB__ADDRESS": "127.0.0.1:9"}
HERE, THERE, HOST = "2001", "2002", "1001"
BACK = "back"
LONG_LISTS = {
    "desks-home", "desks-danger", "desks-open-things", "desks-read", "desks-answer",
    "desks-answered-while-cut", "desks-which-is-right", "desks-hangs-here", "desks-review",
    "desks-visitors",
}  # fmt: skip
"""The home list, F6 and what opens over it, and the review: with so much open each thing has one
row, and is said whole at the foot once the cursor stands on it. F2 says in its last column where
somebody is: whole once it is opened."""
NAMES = {BACK: "后门"}


def back_desk(walk, folder):
    """Make the back gate's desk beside the kiosk of a walk; whoever asks closes it."""
    here = walk.app.kiosk.desk
    folder.mkdir()
    shutil.copy(here.settings.desk.site_key, folder / "site.key")
    settings = replace(
        here.settings,
        site=replace(here.settings.site, gate=BACK, gate_name=NAMES[BACK]),
        desk=replace(
            here.settings.desk, database=folder / "kiosk.db", site_key=folder / "site.key"
        ),
        hub=replace(here.settings.hub, desk_number=1, telephone="8302"),
    )  # fmt: skip
    desk = Desk.open(settings, here.clock)
    carry(here, desk)
    introduce(desk)
    with desk.write() as tx:
        posts.take(tx, BACK, person_by_staff_no(tx, THERE))
    return desk


async def come(walk, source):
    """Bring what the other desk wrote into the book of the walk, on the pen as the uplink does."""
    await walk.app.kiosk.pen.write(carry, source, walk.app.kiosk.desk)
    walk.app.changed()
    await walk.pilot.pause()


def line_is(walk, standing, *, known=timedelta(0), **more):
    """Let the line to the hub stand so; the back gate's work is known up to ``known`` ago."""
    kiosk = walk.app.kiosk
    now = kiosk.desk.clock()
    fresh = {BACK: now - known}
    state = HubState(standing, now - known, fresh, names=NAMES, **more)
    kiosk.hub_state = kiosk.desk.hub_state = lambda: state
    walk.app.changed()


async def here(walk, use_case, *args):
    """Let the guard of the walk's desk do something, on its pen."""
    kiosk = walk.app.kiosk
    return await kiosk.pen.write(use_case, kiosk.desk, *args)


def admit(desk, by, name, phone, *, admitted=True):
    """Let somebody come to a gate, and in where the host said yes."""
    details = Details(name=name, form="Mr", unit="东川水务", matter="水表检修", phone=phone)
    visit = reception.walk_in(desk, by, details, HOST)
    if admitted:
        reception.answer(desk, by, visit, Answer.YES, How.IN_PERSON)
        reception.admit(desk, by, visit)


def set_badge(desk, by, state):
    """Set the state of the badge of 1002."""
    with desk.write(by=by) as tx:
        owner = person_by_staff_no(tx, "1002")
        badge = tx.row_of(Badge, tx.all(BADGES_OF, person=owner.id)[0].id)
        badge.state = state
        if state is BadgeState.BLOCKED:
            badge.blocked_at = tx.now
        tx.put(badge)
        tx.record("badge.blocked" if state is BadgeState.BLOCKED else "badge.unblocked")


def lend_a_key(desk, by):
    """Enrol a key of this desk and lend it; return its id."""
    thing = enrolling.add_thing(
        desk, by, "04FFFFFFFFFF71", "后院小门钥匙", ThingKind.CABINET_KEY, "31号钩"
    )
    with desk.read() as book:
        person = person_by_staff_no(book, HOST)
    keys.lend(desk, thing.id, person, by)
    return thing.id


async def two_truths(walk, there):
    """Work at both desks while the cable is cut, and let both hear of it afterwards."""
    own = walk.app.kiosk.desk
    key = await here(walk, lend_a_key, HERE)
    carry(own, there)
    walk.clock.advance(minutes=4)
    admit(there, THERE, "王小明", "13800138000")
    admit(there, THERE, "陈静", "13800138001", admitted=False)
    set_badge(there, "3001", BadgeState.ACTIVE)
    returning.give_back(there, key, THERE, Ended.TAG)
    walk.clock.advance(minutes=2)
    await here(walk, admit, HERE, "王小明", "13800138000")
    await here(walk, set_badge, HERE, BadgeState.BLOCKED)
    await here(walk, returning.give_back, key, HERE, Ended.BY_HAND)
    await come(walk, there)
    await here(walk, custody.settle)
    walk.clock.advance(minutes=1)
    lines.send(there, THERE, own.gate, "水厂的人往东门走了，请接一下")
    await come(walk, there)
    carry(own, there)


async def desks_screens(walk, there):
    """Walk through what a site with two desks shows; yield the name of each screen in front."""
    line_is(walk, Standing.UP)
    await two_truths(walk, there)
    line_is(walk, Standing.UP)
    await walk.until(lambda: NAMES[BACK] in walk.text(), "the line at the locked desk")
    yield "desks-home-locked"
    await walk.open_desk()
    walk.rest()
    yield "desks-home"
    for part in (bar_screens, list_screens, line_screens, both_screens, roll_screens):
        async for name in part(walk, there):
            yield name
        await walk.home()
        walk.rest()
        walk.forget_question()


async def bar_screens(walk, there):
    """What the status bar says of the line."""
    del there
    await walk.press("f7")
    await walk.front("AttendanceScreen")
    for name, standing, known, more in (
        ("desks-bar-cut", Standing.CUT, 25, {}),
        ("desks-bar-stale", Standing.CUT, 60 * 26, {}),
        ("desks-bar-full", Standing.CUT, 25, {"why": "hub.full"}),
        ("desks-bar-old", Standing.UP, 40, {}),
        ("desks-bar-quarantined", Standing.QUARANTINED, 5, {}),
        ("desks-bar-twice", Standing.REFUSED, 5, {"why": "hub.twice"}),
        ("desks-bar-newer", Standing.HELD, 5, {"why": "newer", "held": frozenset({BACK})}),
        ("desks-bar-clock", Standing.UP, 0, {"clock_off_s": 3700.0}),
    ):
        line_is(walk, standing, known=timedelta(minutes=known), **more)
        yield name
    line_is(walk, Standing.UP)


async def list_screens(walk, there):
    """What stands in the usual lists with another desk's work in them."""
    del there
    for key, screen, name in (
        ("f2", "VisitorsScreen", "desks-visitors"), ("f4", "KeyBoard", "desks-keys"),
        ("f6", "OpenThingsScreen", "desks-open-things"),
    ):  # fmt: skip
        await walk.press(key)
        await walk.front(screen)
        yield name
        await walk.home()
    await walk.press("f5")
    await walk.front("WhereaboutsBoard")
    await walk.press("space", *"2002")
    yield "desks-where"
    await walk.home()
    await walk.press("f3")
    await walk.front("HandoverHome")
    await walk.press("3")
    await walk.front("ReviewScreen")
    yield "desks-review"


async def line_screens(walk, there):
    """The desks side by side, a line to one, and one that has come."""
    await walk.press("f6", "d")
    await walk.front("DesksScreen")
    await walk.until(lambda: NAMES[BACK] in walk.text(), "the other desk")
    yield "desks"
    await walk.press("enter")
    await walk.front("AskText")
    await walk.press(*"知道了我去接")
    yield "desks-line"
    await walk.press("enter")
    await walk.front("DesksScreen")
    line_is(walk, Standing.CUT, known=timedelta(hours=30))
    yield "desks-sent-while-cut"
    line_is(walk, Standing.UP)
    await come(walk, there)
    await walk.home()
    await opened(walk, "desk_line.unread", "ReadLine")
    await walk.until(lambda: "水厂" in walk.text(), "the words")
    yield "desks-read"
    await walk.press("4")
    await walk.front("AskText")
    yield "desks-answer"
    await walk.press("escape")
    await walk.front("ReadLine")
    line_is(walk, Standing.CUT, known=timedelta(minutes=3))
    await walk.press("2")
    await walk.front("OpenThingsScreen")
    yield "desks-answered-while-cut"
    line_is(walk, Standing.UP)


async def both_screens(walk, there):
    """What the two desks wrote about one thing while they could not hear each other."""
    del there
    await opened(walk, "conflict.open", "Compare")
    compared = walk.app.screen
    await walk.until(lambda: compared.query_one("#conflict-lines", RowList).rows, "lines")
    yield "desks-compare"
    await walk.press("1")
    await walk.front("Choose")
    yield "desks-compare-why"
    await walk.home()
    await opened(walk, "visit.twice", "WhichIsRight")
    yield "desks-which-is-right"
    await walk.home()
    await opened(walk, "thing.disputed", "HangsHere")
    yield "desks-hangs-here"


async def roll_screens(walk, there):
    """A danger that the other desk called, and its list here."""
    roll_call.begin(there, THERE, RollKind.REAL, walk.app.kiosk.inside)
    await come(walk, there)
    await walk.until(lambda: "00:00" in walk.text(), "the roll call in the bar")
    yield "desks-danger"
    await walk.press("f8")
    await walk.front("RollCallScreen")
    await walk.until(lambda: walk.app.screen.runs is not None, "the roll call")
    yield "desks-roll-call"


async def opened(walk, kind, screen):
    """From the list of what is open to the screen of the first thing of a kind."""
    await walk.press("f6")
    await walk.front("OpenThingsScreen")
    shown = walk.app.screen.query_one(RowList)

    def place():
        found = (n for n, row in enumerate(shown.rows) if row.key.thing.kind == kind)
        return next(found, None)

    await walk.until(lambda: place() is not None, kind)
    await walk.press("home", *["down"] * place(), "enter")
    await walk.front(screen)
