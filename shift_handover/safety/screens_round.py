"""The safety round on the screen: one question at a time, and what becomes of a fault."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key as KeyPressed
from textual.widgets import Static

from kiosk.desk.bearer import Bearer, UnknownCard
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.big_name import big_name
from kiosk.ui.dialogs import AskText
from kiosk.ui.home import Panel
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row
from shift_handover.models import Found
from shift_handover.rules import CheckItem, Finding, Report
from shift_handover.safety import service as safety
from shift_handover.safety.screens_describe import DescribeFault
from shift_handover.safety.screens_edit import open_the_list
from shift_handover.safety.screens_report import SayReport
from shift_handover.safety.service import Progress
from shift_handover.safety.wording import found_word, item_word, place_word, safety_title
from shift_handover.screens_rows import WIDE, GroupedList

_SIGN = {Found.NORMAL: "✓", Found.FAULT: "!", Found.NOT_CHECKED: "-"}
_COLOUR = {
    Found.NORMAL: palette.GOOD,
    Found.FAULT: palette.AMBER,
    Found.NOT_CHECKED: palette.MUTED,
}
_OTHER_ROWS = 11
_TAP = "◎"
_BY_DIGIT = {"1": Found.NORMAL, "2": Found.FAULT, "3": Found.NOT_CHECKED}


class SafetyScreen(KioskScreen):
    """One item after the other; every answer is saved at once, so Esc loses nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("backspace", "take_back", show=False),
        Binding("l,L", "list", show=False),
    ]
    DEFAULT_CSS = """
    #round { height: 1fr; }
    #round-items { width: 3fr; padding: 1 1 0 1; margin: 0 1 1 0; }
    #round-items RowList { margin: 1 0 0 0; }
    #round-question { width: 2fr; height: 100%; padding: 1 3; margin: 0 0 1 0; }
    SafetyScreen.-low #round-items { width: 1fr; margin: 0 1 0 0; padding: 0; }
    SafetyScreen.-low #round-items RowList { margin: 0; }
    SafetyScreen.-low #round-question { width: 1fr; margin: 0; padding: 1 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._progress: Progress | None = None

    def body(self) -> ComposeResult:
        """Lay the items at the left, the question at the right."""
        items = GroupedList(id="items")
        items.can_focus, items.show_cursor_always = False, True
        with Horizontal(id="round"):
            yield Panel(items, id="round-items")
            yield Static("", markup=False, id="round-question", classes="panel")

    def keys(self) -> Iterator[Key]:
        """Show the three answers; with every item answered the report is left."""
        if self._done:
            yield Key("Enter", _("Report to the superior"), pgettext("safety report", "Report"))
        else:
            for digit, found in _BY_DIGIT.items():
                yield Key(digit, found_word(found))
        yield Key(pgettext("key", "Backspace"), _("Take the last answer back"), _("Answer again"))
        yield Key("L", _("Change the list"), pgettext("safety list", "List"))
        yield Key("Esc", _("Back, go on later"), _("Back"))

    async def on_screen_resume(self) -> None:
        """Begin a round, or take up the one that was broken off."""
        await super().on_screen_resume()
        if self._progress is None:
            await self._begin()

    async def _begin(self) -> None:
        async with self.answering():
            self._progress = await self.act(safety.begin, self.kiosk.desk, self.kiosk.by)
        self._draw()
        if self._done:
            self._ask_report()

    @property
    def _done(self) -> bool:
        return self._progress is not None and self._progress.next_item is None

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        if self._progress is None or not self.alive:
            return
        asked = self._progress.items
        done = f"{sum(one.code in self._progress.found for one in asked)} / {len(asked)}"
        self.query_one("#round-items", Panel).entitle(_("Safety check"), done)
        items = self.query_one("#items", GroupedList)
        places = (Column("", 17),) if self.size.width >= WIDE else ()
        items.show(list(self._rows(self._progress)), (Column("", 1), Column(""), *places))
        at = [row.key for row in items.rows]
        if self._progress.next_item is not None:
            items.cursor = at.index(self._progress.next_item.code)
            items.action_move(0)
        self.query_one("#round-question", Static).update(self._question(self._progress.next_item))
        self.show_keys()

    def _rows(self, progress: Progress) -> Iterator[ListRow]:
        group = None
        for item in progress.items:
            if item.group is not group:
                group = item.group
                yield ListRow((safety_title(group),), colour=palette.INFO)
            found = progress.found.get(item.code)
            sign = _SIGN[found] if found else ""
            colour = _COLOUR[found] if found else palette.TEXT
            bar = colour if found is Found.FAULT else ""
            cells = (sign, item_word(item.code, item.name), self._where(item))
            yield ListRow(cells, item.code, colour, bar, faint=(2,))

    def _question(self, item: CheckItem | None) -> Content:
        if item is None:
            return lines(
                plain(_("Every item is answered."), f"bold {palette.GOOD}"),
                plain(_("Enter: which superior was told?"), palette.TEXT),
            )
        clause = _("Rule {clause}").format(clause=item.clause) if item.clause else ""
        return lines(
            row(plain(safety_title(item.group), palette.INFO), plain(clause, palette.MUTED)),
            plain(""),
            *self._place(place_word(item.place, item.place_name)),
            plain(""),
            plain(item_word(item.code, item.name), f"bold {palette.TEXT}"),
            plain(self._how_proven(item), palette.AMBER),
            *self._choices(),
        )

    def _where(self, item: CheckItem) -> str:
        """Return the place, with a sign while its tag waits for a tap."""
        place = place_word(item.place, item.place_name)
        return f"{_TAP} {place}" if item.tagged and not self._tapped(item) else place

    def _how_proven(self, item: CheckItem) -> str:
        """Return what to tap first, "" where nothing hangs or it was tapped."""
        return _("Tap the tag here first.") if item.tagged and not self._tapped(item) else ""

    def _tapped(self, item: CheckItem) -> bool:
        return self._progress is not None and item.place in self._progress.tapped

    def accepts(self, bearer: Bearer) -> bool:
        """Wait for the tags that hang at the places."""
        known = self._progress.tags if self._progress else {}
        return isinstance(bearer, UnknownCard) and bearer.uid in known

    async def take_card(self, bearer: Bearer) -> None:
        """Go to the place whose tag was tapped."""
        kiosk, progress = self.kiosk, self._progress
        assert progress is not None  # noqa: S101 - a tag is accepted only in a round
        self._progress = await self.act(
            safety.tap, kiosk.desk, kiosk.by, progress.round_id, bearer.uid
        )
        self._draw()
        place = place_of_tag(self._progress, bearer.uid)
        kiosk.answer(Verdict(Tone.GOOD, place, _("You are here: the tap proves it.")))

    def _place(self, place: str) -> Iterator[Content]:
        """Yield the place in letters that can be read while walking in."""
        size = self.query_one("#round-question", Static).content_size
        for line in big_name(place, max(1, size.width), max(1, size.height - _OTHER_ROWS)):
            yield Content.styled(line, palette.TEXT)

    def _choices(self) -> Iterator[Content]:
        airy = not self.has_class("-low")
        for digit, found in _BY_DIGIT.items():
            colour = _COLOUR[found] if found is not Found.NOT_CHECKED else palette.TEXT
            yield row(plain(digit, f"bold {palette.INFO}"), plain(found_word(found), colour))
            if airy:
                yield plain("")

    def on_resize(self) -> None:
        """Draw the place as large as there is room."""
        self._draw()

    async def on_key(self, event: KeyPressed) -> None:
        """Take a digit as the answer to the question; Enter reports when none is left."""
        if event.key == "enter" and self._done:
            event.stop()
            self._ask_report()
            return
        found = _BY_DIGIT.get(event.character or "")
        if found is None or self._progress is None:
            return
        event.stop()
        item = self._progress.next_item
        if item is None:
            self._ask_report()
        elif found is Found.NORMAL:
            await self._answer(item, Finding(found))
        else:
            self._ask_more(item, found)

    def _ask_more(self, item: CheckItem, found: Found) -> None:
        async def fault(finding: Finding | None) -> None:
            if finding is not None:
                await self._answer(item, finding)

        async def reason(text: str | None) -> None:
            if text is not None:
                await self._answer(item, Finding(found, reason=text))

        if found is Found.FAULT:
            self.app.push_screen(DescribeFault(item), fault)
        else:
            title = partial(item_word, item.code, item.name)
            self.app.push_screen(AskText(title, lambda: _("Why not checked")), reason)

    async def _answer(self, item: CheckItem, finding: Finding) -> None:
        async with self.answering():
            kiosk, progress = self.kiosk, self._progress
            assert progress is not None  # noqa: S101 - a question is shown only in a round
            self._progress = await self.act(
                safety.answer, kiosk.desk, kiosk.by, progress.round_id, item.code, finding
            )
        self._draw()
        if self._done:
            self._ask_report()

    async def action_take_back(self) -> None:
        """Take the last answer back: the wrong key was pressed."""
        if self._progress is None:
            return
        async with self.answering():
            kiosk, progress = self.kiosk, self._progress
            self._progress = await self.act(
                safety.take_back, kiosk.desk, kiosk.by, progress.round_id
            )
        self._draw()

    def action_list(self) -> None:
        """Let a manager or the office change what is asked."""
        open_the_list(self, self._begin)

    def _ask_report(self) -> None:
        question = SayReport(lambda: _("The round is done. Which superior was told, and how?"))
        self.app.push_screen(question, self._finish)

    async def _finish(self, report: Report | None) -> None:
        kiosk, progress = self.kiosk, self._progress
        assert progress is not None  # noqa: S101 - as above
        async with self.answering():
            done = await self.act(safety.finish, kiosk.desk, kiosk.by, progress.round_id, report)
            more = (_("Faster than a round can be walked: marked."),) if done.too_fast else ()
            self.dismiss()
            kiosk.answer(Verdict(Tone.GOOD, _("Safety check saved."), lines=more))


def place_of_tag(progress: Progress, tag: str) -> str:
    """Return the name of the place where a tag hangs."""
    code = progress.tags[tag]
    named = (one.place_name for one in progress.items if one.place == code)
    return place_word(code, next(named, ""))
