"""Fire or a burst pipe: the key goes out at once, and the word is owed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from kiosk.desk.bearer import Bearer, StaffCard, ThingTag
from kiosk.desk.loans import Approved, Reason, Thing, ThingState
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means
from kiosk.desk.words import Words, _
from kiosk.keys import asking, places, service
from kiosk.keys.board import board
from kiosk.keys.meant import Meant, who_is_meant
from kiosk.keys.screens_place import who_takes_it
from kiosk.keys.service import Given, Handed, Terms
from kiosk.keys.verdicts import emergency
from kiosk.ui import palette
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.words_on_screen import plain

_SHOWN = 6


class Emergency(Dialog[None]):
    """One screen: the key under the cursor, and who takes it: a badge, a colleague, a place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]
    DEFAULT_CSS = """
    Emergency #things { margin: 0 0 1 0; }
    """

    def __init__(self, thing_id: str = "") -> None:
        super().__init__(
            lambda: _("Emergency: out at once, the word is owed"),
            lambda: _("Tap key and badge; or arrows, then type to whom and Enter."),
        )
        self._first = thing_id

    def parts(self) -> ComposeResult:
        """Yield what is on the board, and the field."""
        yield RowList(Column("", share=2), Column("", share=1), header=False, id="things")
        yield LabelledInput(
            lambda: _("To whom"), id="whom", limit=service.LONGEST_NOTE,
            hint=lambda: _("number or name, or a place: Fire brigade"),
        )  # fmt: skip

    def on_mount(self) -> None:
        """Start in the field, on the key the board stood on."""
        self.entitle(self._title)
        with self.kiosk.desk.read() as book:
            here = [
                one.thing
                for one in board(book)
                if one.loan is None and one.thing.state is ThingState.IN_SERVICE
            ]
        shown = self.query_one("#things", RowList)
        shown.can_focus, shown.show_cursor_always = False, True
        shown.styles.height = _SHOWN
        self._say_empty()
        shown.show([ListRow((one.label, one.place), key=one.id, faint=(1,)) for one in here])
        self._choose(self._first)
        self.query_one("#whom", LabelledInput).focus()

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
        shown.empty = _("No key is on the board.")
        shown.refresh()

    def _choose(self, thing_id: str) -> None:
        shown = self.query_one("#things", RowList)
        ids = [one.key for one in shown.rows]
        if thing_id in ids:
            shown.action_move(ids.index(thing_id) - shown.cursor)

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
                self._tag(thing)

    def _tag(self, thing: Thing) -> None:
        with self.kiosk.desk.read() as book:
            asking.in_emergency(book, thing)
        self._choose(thing.id)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand it out to the colleague who was typed, else to the place."""
        event.stop()
        typed = self.query_one("#whom", LabelledInput).text
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
        kiosk = self.kiosk
        given = Given(Approved.EMERGENCY)
        terms = Terms(means=means, reason=Reason.EMERGENCY, given=given)
        self._done(
            await self.act(service.lend, kiosk.desk, self._chosen(), person, kiosk.by, terms)
        )

    async def _to_place(self, place: str) -> None:
        kiosk, reason, means = self.kiosk, Reason.EMERGENCY, Approved.EMERGENCY
        chosen = self._chosen()
        self._done(
            await self.act(places.lend_to_place, kiosk.desk, chosen, place, kiosk.by, reason, means)
        )

    def _chosen(self) -> str:
        chosen = self.query_one("#things", RowList).current
        if chosen is None:
            raise Refused("keys.gone")
        return str(chosen.key)

    def _done(self, handed: Handed) -> None:
        kiosk = self.kiosk
        self.dismiss()
        kiosk.answer(emergency(handed, kiosk.operator))
