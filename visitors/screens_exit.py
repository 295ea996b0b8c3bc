"""Something differs at the exit: what came in, line by line; a digit corrects one of them.

The visitor does not wait for it: the visit is closed, and every difference becomes an open thing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key as KeyEvent
from textual.widgets import Static

from kiosk.desk.words import _
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row
from visitors.exit import differing, lending
from visitors.exit.differing import Compared, Found
from visitors.exit.lending import Lent
from visitors.exit.models import Differs, Settled
from visitors.models import State
from visitors.screens_exit_ask import AskGoods, AskHowMany, back_verdict, differs_verdict
from visitors.wording import named

PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison: what it is about, what came in, and how it stands."""

    about: str | Differs | Lent
    label: str
    came: str
    stands: str
    agrees: bool = True


class ExitScreen(KioskScreen):
    """What came in with a visit; digits say what did not go out as it came."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]
    DEFAULT_CSS = """
    ExitScreen #exit-head { height: 4; padding: 1 2 0 2; background: $panel-ground; }
    ExitScreen #exit-lines { height: 1fr; padding: 1 1 0 1; }
    ExitScreen.-low #exit-head { height: 2; padding: 0 1; }
    """

    def __init__(self, visit_id: str) -> None:
        super().__init__()
        self._visit_id = visit_id
        self._shown: Compared | None = None
        self._lines: list[Line] = []

    def body(self) -> ComposeResult:
        """Lay who it is and what came in."""
        yield Static("", markup=False, id="exit-head")
        yield RowList(
            Column("", 2), Column("", 12), Column("", share=1), Column("", share=1),
            header=False, spaced=True, id="exit-lines",
        )  # fmt: skip

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("1-9", _("Differs"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Read what came in when the screen comes to the front."""
        await super().on_screen_resume()
        self.query_one("#exit-lines", RowList).focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read the visit again and draw it."""
        self._shown = await self.aside(differing.compared, self.kiosk.desk, self._visit_id)
        self._draw()

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        shown = self._shown
        if shown is None or not self.alive:
            return
        visit = shown.visit
        who = row(
            plain(visit.listed, f"bold {palette.TEXT}"),
            plain(" ".join(named(visit)), f"bold {palette.TEXT}"), plain(visit.unit), gap=2,
        )  # fmt: skip
        say = plain(_("The visitor may leave. What does not agree?"), f"bold {palette.INFO}")
        self.query_one("#exit-head", Static).update(lines(who, say))
        self._lines = list(compared_lines(shown))
        self.query_one("#exit-lines", RowList).show([
            ListRow((str(at), one.label, one.came, one.stands), key=at,
                    colour=palette.TEXT if one.agrees else palette.AMBER)
            for at, one in enumerate(self._lines, 1)
        ])  # fmt: skip

    async def on_key(self, event: KeyEvent) -> None:
        """Take a digit as the line that differs."""
        key = event.character or ""
        if key.isdecimal() and 1 <= int(key) <= len(self._lines):
            event.stop()
            await self._do(self._lines[int(key) - 1])

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line under the cursor."""
        await self._do(self._lines[message.row.key - 1])

    async def _do(self, line: Line) -> None:
        shown = self._shown
        if shown is None:
            return
        async with self.answering():
            if isinstance(line.about, Lent):
                await self._is_back(line.about)
            elif line.about == PEOPLE:
                self.app.push_screen(AskHowMany(shown.visit))
            else:
                await self._differs(shown, Differs(line.about))

    async def _is_back(self, lent: Lent) -> None:
        kiosk = self.kiosk
        back = await self.act(lending.give_back, kiosk.desk, kiosk.by, lent.loan_id)
        await self.refresh_book()
        kiosk.answer(back_verdict(back))

    async def _differs(self, shown: Compared, field: Differs) -> None:
        kiosk, found = self.kiosk, shown.missing(field)
        if found is not None:
            await self._agrees(found)
        elif field is Differs.GOODS:
            self.app.push_screen(AskGoods(shown.visit))
        else:
            number = await self.act(
                differing.differs, kiosk.desk, kiosk.by, self._visit_id, field
            )  # fmt: skip
            await self.refresh_book()
            kiosk.answer(differs_verdict(number))

    async def _agrees(self, found: Found) -> None:
        """Take back what was written down: the same digit once more says that it agrees."""
        kiosk = self.kiosk
        await self.act(differing.settle, kiosk.desk, kiosk.by, found.id, Settled.MISTAKE)
        await self.refresh_book()
        words = _("{number} is settled.").format(number=found.number)
        kiosk.answer(Verdict(Tone.GOOD, words))


def compared_lines(shown: Compared) -> Iterator[Line]:
    """Yield what came in with a visit, line by line, and how each stands now."""
    visit = shown.visit
    yield _people(shown)
    yield _line(shown, Differs.GOODS, _("Carries"), visit.goods or _("nothing was carried in"))
    if shown.plate:
        yield _line(shown, Differs.PLATE, _("Vehicle"), shown.plate)
    if shown.helmet:
        yield _line(shown, Differs.HELMET, _("Helmet"), shown.helmet)
    for lent in shown.out:
        yield Line(lent, _("Lent"), lent.label, _("still out: press when it is here"), agrees=False)


def _people(shown: Compared) -> Line:
    visit = shown.visit
    gone = visit.people if visit.state is State.LEFT else visit.gone
    stands = _("{n} left").format(n=gone)
    return Line(PEOPLE, _("People"), _("{n} came in").format(n=visit.people), stands,
                agrees=gone == visit.people)  # fmt: skip


def _line(shown: Compared, field: Differs, label: str, came: str) -> Line:
    found = shown.missing(field)
    if found is None:
        return Line(field, label, came, _("agrees"))
    stands = " ".join(part for part in (found.number, found.words) if part)
    return Line(field, label, came, _("differs: {what}").format(what=stands), agrees=False)
