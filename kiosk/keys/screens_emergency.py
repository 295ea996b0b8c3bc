"""Fire or a burst pipe: the key goes out at once, and the word is owed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from kiosk.desk.bearer import Bearer, StaffCard, ThingTag
from kiosk.desk.loans import Approved, Reason, Thing
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means
from kiosk.desk.words import Words, _
from kiosk.keys import asking, board_pages, places, service
from kiosk.keys.board_pages import Show, Sought
from kiosk.keys.meant import Meant, who_is_meant
from kiosk.keys.screens_asks_desk import AsksDesk
from kiosk.keys.screens_place import who_takes_it
from kiosk.keys.service import Given, Handed, Terms
from kiosk.keys.verdicts import emergency
from kiosk.ui import palette
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.window import Window
from kiosk.ui.words_on_screen import plain

_SHOWN = 6
_LONGEST_SEARCH = 24


class Emergency(AsksDesk):
    """One screen: the key under the cursor, and who takes it: a badge, a colleague, a place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]
    DEFAULT_CSS = """
    Emergency #things { margin: 0 0 1 0; }
    """

    def __init__(self, thing_id: str = "") -> None:
        super().__init__(lambda: _("Emergency: out at once, the word is owed"), self._help_now)
        self._wanted, self._read_last = thing_id, 0

    def _help_now(self) -> str:
        if self.asking:
            return self.asking_words()
        return _("Tap key and badge; or arrows, then type to whom and Enter.")

    def asking_changed(self) -> None:
        """Say which desk is asked, or what to do."""
        self.help(self._help_now)

    def parts(self) -> ComposeResult:
        """Yield what is on the board, the field to find it by, and to whom it goes."""
        yield LabelledInput(
            lambda: _("Find"), id="find", limit=_LONGEST_SEARCH,
            hint=lambda: _("Tab, then name, kind or lock"),
        )  # fmt: skip
        yield RowList(Column("", share=2), Column("", share=1), header=False, id="things")
        yield LabelledInput(
            lambda: _("To whom"), id="whom", limit=service.LONGEST_NOTE,
            hint=lambda: _("number or name, or a place: Fire brigade"),
        )  # fmt: skip

    async def on_mount(self) -> None:
        """Start in the field for whom, on the key the board stood on."""
        self.entitle(self._title)
        shown = self.query_one("#things", RowList)
        shown.can_focus, shown.show_cursor_always = False, True
        shown.styles.height = _SHOWN
        self.query_one("#whom", LabelledInput).focus()
        await self._list()

    async def _list(self) -> None:
        """Read what fits, beside the screen. Until it is there, no key can be taken for another."""
        shown, asked = self.query_one("#things", RowList), self._asked
        shown.empty = ""
        shown.show(())
        self._read_last += 1
        reading = self._read_last
        rows, place = await self.aside(self._read, asked, "" if asked else self._wanted)
        if self.alive and reading == self._read_last:
            shown.show(rows)
            shown.action_move(place)
            self._say_empty()

    @property
    def _asked(self) -> str:
        return self.query_one("#find", LabelledInput).text

    def _read(self, asked: str, wanted: str) -> tuple[Window, int]:
        """Return what fits, and at which row the thing that is wanted stands: else the first."""
        desk = self.kiosk.desk
        sought = Sought(Show.LENDABLE, asked, desk.clock())
        with desk.read() as book:
            long = board_pages.lengths(book, sought)
            place = (board_pages.place(book, sought, wanted) or 0) if wanted else 0
        rows = Window(sum(long), lambda skip, most: self._page(sought, long, skip, most))
        if rows:
            rows[place]  # the page that is seen first is read here, beside the screen
        return rows, place

    def _page(self, sought: Sought, long: tuple[int, ...], skip: int, most: int) -> list[ListRow]:
        with self.kiosk.desk.read() as book:
            here = [one.thing for one in board_pages.page(book, sought, long, skip, most)]
        return [ListRow((one.label, one.place), key=one.id, faint=(1,)) for one in here]

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Find while typing; the first that fits stands under the cursor."""
        event.stop()
        if event.input is self.query_one("#find", LabelledInput).input:
            await self._list()

    def entitle(self, title: Words) -> None:
        """Say it in red: it is no usual question."""
        super().entitle(title)
        self.query_one("#dialog-title", Static).update(plain(title(), f"bold {palette.RED}"))

    def translate(self) -> None:
        """Say it again in the language chosen now; key and typed text stay."""
        super().translate()
        self._say_empty()

    def _say_empty(self) -> None:
        shown = self.query_one("#things", RowList)
        shown.empty = _("No key fits.") if self._asked else _("No key is on the board.")
        shown.refresh()

    def action_move(self, by: int) -> None:
        """Move to another key while the field keeps what is typed."""
        self.query_one("#things", RowList).action_move(by)

    def accepts(self, bearer: Bearer) -> bool:
        """Take a key's tag, or the badge of who takes it."""
        return isinstance(bearer, StaffCard | ThingTag)

    async def take_card(self, bearer: Bearer) -> None:
        """Choose the key that was tapped, or hand the chosen one out."""
        match bearer:
            case StaffCard(person=person):
                await self._to_person(person, Means.BADGE)
            case ThingTag(thing=thing):
                await self._tag(thing)

    async def _tag(self, thing: Thing) -> None:
        with self.kiosk.desk.read() as book:
            asking.in_emergency(book, thing)
        self._wanted = thing.id
        find = self.query_one("#find", LabelledInput).input
        with find.prevent(Input.Changed):
            find.value = ""
        await self._list()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on from finding; hand it out to the colleague who was typed, else to the place."""
        event.stop()
        whom = self.query_one("#whom", LabelledInput)
        if event.input is not whom.input:
            whom.focus()
            return
        typed = whom.text
        async with self.answering():
            if not typed:
                self.refused(Refused("keys.no_place"))
                return
            with self.kiosk.desk.read() as book:
                meant = who_is_meant(book, typed)
            if meant.sure and len(meant.people) == 1:
                await self._to_person(meant.people[0], None)
            elif meant.people:
                self._ask_who(typed, meant)
            else:
                await self._to_place(typed)

    def _ask_who(self, typed: str, meant: Meant) -> None:
        """Ask which colleague is meant; a place only where no whole name was typed."""
        people = {one.id: one for one in meant.people}

        async def chosen(key: str | None) -> None:
            if key is not None:
                async with self.answering():
                    await self._to(people.get(key), typed)

        self.app.push_screen(who_takes_it(typed, meant), chosen)

    async def _to(self, person: Person | None, place: str) -> None:
        if person is not None:
            await self._to_person(person, None)
        else:
            await self._to_place(place)

    async def _to_person(self, person: Person, means: Means | None) -> None:
        kiosk, chosen = self.kiosk, self._chosen()
        given = Given(Approved.EMERGENCY)
        terms = Terms(means=means, reason=Reason.EMERGENCY, given=given)

        async def lend() -> None:
            self._done(await self.act(service.lend, kiosk.desk, chosen, person, kiosk.by, terms))

        await self.once_here([chosen], lend)

    async def _to_place(self, place: str) -> None:
        kiosk, reason, means = self.kiosk, Reason.EMERGENCY, Approved.EMERGENCY
        chosen = self._chosen()

        async def lend() -> None:
            self._done(
                await self.act(
                    places.lend_to_place, kiosk.desk, chosen, place, kiosk.by, reason, means
                )
            )

        await self.once_here([chosen], lend)

    def _chosen(self) -> str:
        chosen = self.query_one("#things", RowList).current
        if chosen is None:
            raise Refused("keys.gone")
        return str(chosen.key)

    def _done(self, handed: Handed) -> None:
        kiosk = self.kiosk
        self.dismiss()
        kiosk.answer(emergency(handed, kiosk.operator))
