"""What tests of the handover share: open things of every kind, and a guard on the post."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from textual.app import App

from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.pen import Pen
from kiosk.desk.people import Person
from kiosk.desk.signing import Proof, prove_by_badge
from kiosk.desk.transaction import Book
from kiosk.desk.words import register
from kiosk.ui import palette
from kiosk.ui.context import Context
from kiosk.ui.screen import KioskScreen
from kiosk.ui.tap_area import TapArea
from kiosk.ui.verdict import Verdict
from shift_handover import feature
from shift_handover.models import Found
from shift_handover.rules import ITEMS, Finding, Report
from shift_handover.safety import service as safety
from shift_handover.screens import SCREENS

ROOT = Path(__file__).parents[2]
LOW_ROWS = 30
register(feature.REFUSALS)  # as the kiosk does with every feature it has
OUTGOING_BADGE, INCOMING_BADGE, PIN = "04A1B2C3D4E502", "04A1B2C3D4E503", "2580"


class OpenList:
    """What the kiosk would list: things set by the test, and the handover's own."""

    def __init__(self) -> None:
        self.things: list[OpenThing] = []

    def __call__(self, desk: Desk, book: Book) -> list[OpenThing]:
        return [*self.things, *feature.outstanding(desk, book)]


@pytest.fixture
def waiting(desk: Desk) -> Callable[..., OpenThing]:
    """Make a visitor who waits at the gate; ``urgency`` red by default."""

    def make(ref: str = "v-17", number: str = "017", urgency: Urgency = Urgency.NOW) -> OpenThing:
        words = {"visitor": "王先生", "host": "张科长"}
        facts = {
            "number": number, "visitor": "王小明", "host": "张科长", "unit": "东川供水公司",
            "matter": "水表检修", "state": "not_reached", "since": desk.clock(),
        }  # fmt: skip
        return OpenThing(
            "visit.waiting", ref, number, urgency,
            Wording("{visitor} is waiting, {host} not reached", words),
            desk.clock() - timedelta(minutes=12),
            next_step=Wording("Ask again, or ask the section"), facts=facts,
        )  # fmt: skip

    return make


@pytest.fixture
def inside(desk: Desk) -> Callable[..., OpenThing]:
    """Make a visit that is inside."""

    def make(ref: str = "v-18", number: str = "018") -> OpenThing:
        now, until = desk.clock(), desk.clock() + timedelta(hours=2)
        words = {"number": number, "visitor": "赵女士", "host": "陈主任"}
        facts = {
            "number": number, "visitor": "赵敏", "host": "陈主任", "unit": "市档案馆", "people": 2,
            "matter": "查阅档案", "goods": "工具箱 1", "since": now, "until": until,
        }  # fmt: skip
        return OpenThing(
            "visit.inside", ref, number, Urgency.QUIET,
            Wording("{number} {visitor} is inside, with {host}", words), now, due=until,
            next_step=Wording("Scan the slip when the visitor leaves"), facts=facts,
        )  # fmt: skip

    return make


@pytest.fixture
def loan(desk: Desk) -> Callable[..., OpenThing]:
    """Make a key that is out."""

    def make(ref: str = "l-4", number: str = "L4", urgency: Urgency = Urgency.WAITING) -> OpenThing:
        now = desk.clock()
        words = {"thing": "12号柜", "holder": "李娜"}
        return OpenThing(
            "loan.out", ref, number, urgency, Wording("{thing} is with {holder}", words),
            now - timedelta(hours=2), due=now + timedelta(hours=1),
            facts={"number": number, **words, "out_at": now, "due_at": now},
        )  # fmt: skip

    return make


@pytest.fixture
def return_slip(desk: Desk) -> OpenThing:
    """A return slip that is missing: a kind without a record of its own."""
    what = Wording("Return slip {number} is missing", {"number": "015"})
    return OpenThing(
        "visit.return_slip_missing", "v-15", "015", Urgency.WAITING, what, desk.clock()
    )


@pytest.fixture
def open_list(waiting, inside, loan, return_slip) -> OpenList:
    """One open thing of each kind."""
    made = OpenList()
    made.things = [waiting(), inside(), loan(), return_slip]
    return made


@pytest.fixture
def checked(desk: Desk, desk_clock) -> None:
    """A finished safety check: everything normal, answered at a walker's pace."""
    answer_all(desk, desk_clock)


@pytest.fixture
def check_all() -> Callable[..., None]:
    """Answer every item of a round; ``odd`` items are not normal, ``told`` is the superior."""
    return answer_all


def answer_all(
    desk: Desk, clock, told: str = "赵主任", answer: str = "知道了", **odd: Finding
) -> None:
    """Do a whole round at a walker's pace."""
    progress = safety.begin(desk, "2001")
    for item in ITEMS:
        clock.advance(seconds=30)
        finding = odd.get(item.code, Finding(Found.NORMAL))
        progress = safety.answer(desk, "2001", progress.round_id, item.code, finding)
    report = Report(told, "电话", answer) if told else None
    safety.finish(desk, "2001", progress.round_id, report)


@pytest.fixture
def on_post(desk: Desk, people: Mapping[str, Person]) -> Person:
    """李建国 is on duty."""
    with desk.write(by="2001") as tx:
        posts.take(tx, desk.gate, people["2001"])
    return people["2001"]


@pytest.fixture
def prove(desk: Desk) -> Callable[[str], Proof]:
    """Prove somebody by badge and PIN, now."""
    return lambda uid: prove_by_badge(desk, uid, PIN)


class SmallApp(App[None]):
    """The least application that the handover's screens need: the stylesheet, a context, a home."""

    CSS_PATH = ROOT / "kiosk" / "kiosk.tcss"

    def __init__(self, desk: Desk, operator: Person, outstanding: OpenList) -> None:
        super().__init__()
        self.answers: list[Verdict] = []
        self.context: Context | None = Context(
            desk, Pen(), outstanding, self.answer, self.changed, operator
        )

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return palette.css_variables()

    def answer(self, verdict: Verdict) -> None:
        self.answers.append(verdict)
        tap = next(screen.query("#tap") for screen in reversed(self.screen_stack))
        if tap:
            tap.first(TapArea).answer(verdict)

    def changed(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, KioskScreen) and screen.alive:
                self.call_later(screen.refresh_book)

    def on_mount(self) -> None:
        self.push_screen(SCREENS.home())

    def on_resize(self) -> None:
        for screen in self.screen_stack:
            screen.set_class(self.size.height < LOW_ROWS, "-low")

    def push_screen(self, screen, *args, **kwargs):
        screen.set_class(self.size.height < LOW_ROWS, "-low")
        return super().push_screen(screen, *args, **kwargs)

    def switch_screen(self, screen):
        screen.set_class(self.size.height < LOW_ROWS, "-low")
        return super().switch_screen(screen)

    def on_unmount(self) -> None:
        if self.context is not None:
            self.context.pen.close()


@pytest.fixture
def app(desk: Desk, on_post: Person, open_list: OpenList) -> SmallApp:
    """The screens, with 李建国 at the keyboard."""
    return SmallApp(desk, on_post, open_list)
