"""What one day lacks, person by person, each a key away from where it is mended; then close it."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from kiosk.attendance.closing import service
from kiosk.attendance.closing.books import DayBook, PersonGap, day_book
from kiosk.attendance.closing.rules import Gap, is_office
from kiosk.attendance.closing.wording import MENDED_AT, gap_word
from kiosk.attendance.jobs import JOBS
from kiosk.desk.people import DEPARTMENTS
from kiosk.desk.safe_text import cells
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import Choose
from kiosk.ui.list_screen import ListScreen
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain, row


class DayGaps(ListScreen):
    """The gaps of one day. Enter leads to where one is mended, C closes the books of the day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("c,C", "close", show=False),
    ]
    DEFAULT_CSS = """
    DayGaps #gaps-head { height: 3; padding: 1 2; background: $panel-ground; }
    DayGaps.-low #gaps-head { height: 2; padding: 0 2 1 2; }
    DayGaps #gaps { padding: 0 1 1 1; }
    DayGaps.-low #gaps { padding: 0; }
    """

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day
        self._now: DayBook | None = None
        self._sections: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """Lay what closing makes of the day, and what it lacks."""
        yield Static("", markup=False, id="gaps-head")
        yield RowList(id="gaps")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("Enter", _("Where it is mended"), pgettext("books", "Mend"))
        yield Key("C", _("Close the books of this day"), pgettext("books", "Close the day"))
        yield Key("Esc", _("Back"))

    async def read_book(self) -> None:
        """Derive the day anew."""
        self._now = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> DayBook:
        desk = self.kiosk.desk
        with desk.read() as book:
            self._sections = {one.id: one.name for one in book.all(DEPARTMENTS)}
            return day_book(desk, book, self._day)

    def _draw(self) -> None:
        now = self._now
        if now is None:
            return
        n, gaps = now.absent, len(now.gaps)
        absent = ngettext("by closing, {n} becomes absent", "by closing, {n} become absent", n)
        told = ngettext("{n} gap", "{n} gaps", gaps).format(n=gaps)
        self.query_one("#gaps-head", Static).update(
            row(
                plain(f"{now.day:%Y-%m-%d}", f"bold {palette.TEXT}"),
                plain(self.kiosk.desk.calendar.day_name(now.day), palette.MUTED),
                plain(told, palette.AMBER if gaps else palette.GOOD),
                plain(absent.format(n=n) if n else "", palette.AMBER),
                gap=3,
            )
        )
        shown = self.query_one("#gaps", RowList)
        shown.empty = _("Nothing is missing on this day.")
        longest = max((cells(gap_word(one.gap)) for one in now.gaps), default=0)
        shown.show([self._row(one) for one in now.gaps], _columns(longest))

    def _row(self, one: PersonGap) -> ListRow:
        where = MENDED_AT.get(one.gap, "")
        mended = f"F7 {where}" if where else pgettext("books", "office")
        key = (one.gap, one.person.id if one.person is not None else "")
        if one.person is None:
            return ListRow(("", "", gap_word(one.gap), "", mended), key=key, bar=palette.AMBER)
        section = self._sections.get(one.person.department_id or "", "")
        words = (one.person.staff_no, one.person.name, gap_word(one.gap), section, mended)
        return ListRow(words, key=key, faint=(0, 3, 4))

    # Keys.

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Go to where the gap under the cursor is mended."""
        gap: Gap = message.row.key[0]
        digit = MENDED_AT.get(gap, "")
        job = next((one for one in JOBS if one.digit == digit), None)
        if job is not None:
            self.app.push_screen(job.make())
            return
        told = _("The office mends this with the roster or a note; the day can be closed.")
        self.kiosk.answer(Verdict(Tone.INFO, told))

    def action_close(self) -> None:
        """Close the day; who becomes absent by it is asked about once more."""
        now = self._now
        if now is None:
            return
        if now.gaps:
            self.app.push_screen(sure_to_close(1, now.absent), self._sure)
        else:
            self._sure("close")

    def _sure(self, sure: str | None) -> None:
        now, kiosk, closed = self._now, self.kiosk, self.dismiss
        if sure != "close" or now is None:
            return

        async def act(proof: Proof) -> Verdict:
            await kiosk.pen.write(service.close_day, kiosk.desk, proof, now.day, now.absent)
            kiosk.changed()
            told = _("{day} is closed.").format(day=f"{now.day:%Y-%m-%d}")
            closed()
            return Verdict(Tone.GOOD, told, name=proof.person.name)

        self.app.push_screen(
            SignedAct(
                lambda: _("Who closes this day?"), act,
                lambda: _("A clerk or administrator taps the badge and types the PIN."),
                may=is_office,
            )
        )  # fmt: skip


def sure_to_close(days: int, absent: int) -> Choose:
    """Return the question that is asked once more when a day with gaps is closed."""

    def title() -> str:
        told = ngettext("Close {n} day?", "Close {n} days?", days)
        return told.format(n=days)

    def help_line() -> str:
        told = ngettext(
            "{n} person becomes absent for a day or half of it.",
            "{n} persons become absent for a day or half of it, counted day by day.",
            absent,
        )
        nobody = _("There are gaps, but nobody becomes absent by closing.")
        return told.format(n=absent) if absent else nobody

    return Choose(
        title,
        [
            ("close", lambda: _("Close with these gaps")),
            ("not", lambda: _("Not yet: mend them first")),
        ],
        help_line,
    )


def _columns(longest: int) -> tuple[Column, ...]:
    """Return the columns; what is missing is never cut, rather the section is left out."""
    return (
        Column(_("Staff number"), 12, keep=5), Column(_("Name"), 12),
        Column(pgettext("books", "What is missing"), least=longest),
        Column(_("Section"), 14, keep=4),
        Column(pgettext("books", "Mended at"), 10),
    )  # fmt: skip
