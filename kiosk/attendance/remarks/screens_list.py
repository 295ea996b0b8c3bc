"""F7 1: the days that ask for a remark, and the remarks that wait for signatures (clauses 24, 25).

Keystrokes, from the home screen of the open desk: ``F7 1`` and the cursor stands on the first. On a
day that asks: ``Enter``, cause, ``Enter`` to the last field, badge and PIN of who writes it. On a
remark: ``Enter``, badge and PIN, then ``1`` signs. ``N`` writes one about any day of anybody; ``W``
shows only what waits, ``D`` only the days.
"""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.attendance.remarks.asking import Asked, AskedDays, Waiting, waiting
from kiosk.attendance.remarks.models import About
from kiosk.attendance.remarks.screens_form import RemarkForm
from kiosk.attendance.remarks.screens_sign import open_remark
from kiosk.attendance.remarks.wording import about_word, state_word
from kiosk.desk.people import Person
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import Choose
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.words_on_screen import plain, row


class RemarksHome(KioskScreen):
    """Remarks that wait stand first, then the days that ask for one, today's first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("n,N", "new", show=False),
        Binding("w,W", "only('waiting')", show=False),
        Binding("d,D", "only('days')", show=False),
        Binding("a,A", "only('')", show=False),
    ]
    DEFAULT_CSS = """
    RemarksHome #counts { height: 3; padding: 1 2; background: $panel-ground; }
    RemarksHome #remarks { padding: 0 1 1 1; }
    RemarksHome.-low #counts { height: 2; padding: 0 1 1 1; }
    RemarksHome.-low #remarks { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked: list[Asked] = []
        self._waiting: list[Waiting] = []
        self._days: AskedDays | None = None
        self._only = ""

    def body(self) -> ComposeResult:
        """Lay the counts and the list."""
        yield Static("", markup=False, id="counts")
        yield RowList(id="remarks")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("Enter", _("Write or sign"), pgettext("remark", "Open"))
        yield Key("N", _("New remark"), pgettext("remark", "New"))
        yield Key("W", _("Waiting only"), pgettext("remark", "Waiting"))
        yield Key("D", _("Days only"), pgettext("remark", "Days"))
        yield Key("A", pgettext("remark", "All"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Read again when coming here or back."""
        await super().on_screen_resume()
        if self.alive:
            self.query_one("#remarks", RowList).focus()
            await self.refresh_book()

    async def read_book(self) -> None:
        """Read what waits and what the days ask for."""
        found = await self.aside(self._read)
        if self.alive:
            self._waiting, self._asked = found
            self._draw()

    def _read(self) -> tuple[list[Waiting], list[Asked]]:
        if self._days is None:
            self._days = AskedDays(self.kiosk.desk)
        return waiting(self.kiosk.desk), self._days.read()

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self._draw()

    def action_only(self, what: str) -> None:
        """Show only what waits, only the days, or both."""
        self._only = what
        self._draw()

    def _draw(self) -> None:
        self.query_one("#counts", Static).update(self._counts())
        shown = self.query_one("#remarks", RowList)
        shown.empty = _("No day asks for a remark, and none waits for a signature.")
        rows: list[ListRow] = []
        if self._only != "days":
            rows += [_waiting_row(one) for one in self._waiting]
        if self._only != "waiting":
            rows += [_asked_row(one) for one in self._asked]
        shown.show(rows, _columns())

    def _counts(self) -> Content:
        n, asked = len(self._waiting), len(self._asked)
        waits = ngettext("{n} waits for a signature", "{n} wait for a signature", n)
        days = ngettext(
            "{n} day of this month asks for one", "{n} days of this month ask for one", asked
        )
        return row(
            plain(_("Remarks"), f"bold {palette.TEXT}"),
            plain(waits.format(n=n), palette.AMBER if n else palette.MUTED),
            plain(days.format(n=asked), palette.MUTED),
            gap=3,
        )

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Write a remark about the day, or let who signs prove it."""
        chosen = message.row.key
        if isinstance(chosen, tuple):
            asked = self._asked_of(chosen)
            if asked is not None:
                self.app.push_screen(RemarkForm(asked.person, asked.about, asked.day))
            return
        one = next((one for one in self._waiting if one.remark.id == chosen), None)
        if one is not None:
            open_remark(self, one.remark, one.person)

    def _asked_of(self, key: tuple[object, ...]) -> Asked | None:
        return next((one for one in self._asked if _key(one) == key), None)

    def action_new(self) -> None:
        """Ask whose day it is, and what the remark is about."""
        asked = AskPerson(lambda: _("Whose day is the remark about?"))
        self.app.push_screen(asked, self._whose)

    def _whose(self, person: Person | None) -> None:
        if person is None:
            return
        title = partial(_about_whom, person.name)
        choices = [(about.value, partial(about_word, about)) for about in About]
        self.app.push_screen(Choose(title, choices), partial(self._about, person))

    def _about(self, person: Person, about: str | None) -> None:
        if about is not None:
            self.app.push_screen(RemarkForm(person, About(about)))


def _about_whom(name: str) -> str:
    return _("What about the day of {name}?").format(name=name)


def _key(one: Asked) -> tuple[object, ...]:
    return one.person.id, one.day, one.about


def _waiting_row(one: Waiting) -> ListRow:
    remark = one.remark
    words = (
        f"{remark.day:%m-%d}", one.person.name, about_word(remark.about), state_word(remark),
        remark.number, one.section, one.person.staff_no,
    )  # fmt: skip
    return ListRow(words, key=remark.id, colour=palette.AMBER, bar=palette.AMBER, faint=(4, 5, 6))


def _asked_row(one: Asked) -> ListRow:
    minutes = _("{n} min").format(n=one.minutes) if one.minutes else ""
    about = " ".join(word for word in (about_word(one.about), minutes) if word)
    words = (
        f"{one.day:%m-%d}", one.person.name, about, pgettext("remark", "asks for a remark"), "",
        one.section, one.person.staff_no,
    )  # fmt: skip
    return ListRow(words, key=_key(one), faint=(3, 5, 6))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Day"), 5), Column(_("Name"), 14),
        Column(pgettext("remark", "About"), 18), Column(pgettext("remark", "State"), 20),
        Column(_("No."), 6, keep=8), Column(_("Section"), keep=4, least=10),
        Column(_("Staff number"), 12, keep=3),
    )  # fmt: skip
