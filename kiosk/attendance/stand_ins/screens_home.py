"""F7 4: who stands in for whom; naming one, his yes or no, and the end.

Keystrokes: ``N`` asks for whom and who. On a line ``A`` takes the yes of who was asked, ``D`` his
no, ``E`` ends it by badge and PIN of either of the two.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from kiosk.attendance.stand_ins import service
from kiosk.attendance.stand_ins.screens_name import accept_signed, name_stand_in
from kiosk.attendance.stand_ins.service import StandInShown
from kiosk.desk.people import Person
from kiosk.desk.signing import Proof
from kiosk.desk.words import Words, _, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.bars import Key
from kiosk.ui.list_screen import ListScreen
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain, row


class StandInHome(ListScreen):
    """Everybody who stands in for somebody or was asked to, the earliest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("n,N", "new", show=False),
        Binding("a,A", "accept", show=False),
        Binding("d,D", "decline", show=False),
        Binding("e,E", "end", show=False),
    ]
    DEFAULT_CSS = """
    #stand-in-counts { height: 3; padding: 1 2; background: $panel-ground; }
    #stand-ins { height: 1fr; padding: 0 1 1 1; }
    StandInHome.-low #stand-in-counts { height: 2; padding: 0 1 1 1; }
    StandInHome.-low #stand-ins { padding: 0; }
    """

    def __init__(self, ref: str = "") -> None:
        super().__init__()
        self._ref = ref
        self._shown: list[StandInShown] = []

    def body(self) -> ComposeResult:
        """Lay the counts over the list."""
        yield Static("", markup=False, id="stand-in-counts")
        yield RowList(id="stand-ins")

    def keys(self) -> Iterator[Key]:
        """Show what can be done."""
        one = self._current()
        yield Key("N", _("Name a stand-in"), pgettext("stand-in", "Name"))
        if one is not None and not one.accepted:
            yield Key("A", _("Yes, by the own badge"), pgettext("stand-in", "Yes"))
            yield Key("D", _("No, by the own badge"), pgettext("stand-in", "No"))
        if one is not None:
            yield Key("E", _("It is over"), pgettext("stand-in", "Over"))
        yield Key("Esc", _("Back"))

    async def read_book(self) -> None:
        """Read who stands in for whom."""
        self._shown = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> list[StandInShown]:
        desk = self.kiosk.desk
        with desk.read() as book:
            return service.open_stand_ins(desk, book)

    def _draw(self) -> None:
        asked = sum(not one.accepted for one in self._shown)
        self.query_one("#stand-in-counts", Static).update(
            row(
                plain(_("Standing in for each other"), f"bold {palette.TEXT}"),
                plain(_("{n} agreed").format(n=len(self._shown) - asked), palette.TEXT),
                plain(_("{n} without an answer").format(n=asked) if asked else "", palette.AMBER),
                gap=3,
            )
        )
        shown = self.query_one("#stand-ins", RowList)
        shown.empty = _("Nobody stands in for anybody.")
        shown.show([self._row(one) for one in self._shown], _columns())
        place = next((i for i, one in enumerate(self._shown) if one.id == self._ref), None)
        if place is not None:
            shown.action_move(place - shown.cursor)
        self._ref = ""
        self.show_keys()

    def _row(self, one: StandInShown) -> ListRow:
        gone = one.accepted and not one.is_in
        state = pgettext("stand-in", "agreed") if one.accepted else pgettext("stand-in", "asked")
        if gone:
            state = _("is out too")
        words = (
            one.absent.name, one.stand_in.name, one.stand_in.extension, state,
            self._moment(one.since), self._until(one), one.number,
        )  # fmt: skip
        return ListRow(
            words, key=one, colour=palette.AMBER if gone else palette.TEXT,
            bar=palette.AMBER if gone else "", faint=(2, 6),
        )  # fmt: skip

    def _moment(self, at: datetime) -> str:
        return f"{self.kiosk.desk.local(at):%m-%d %H:%M}"

    def _until(self, one: StandInShown) -> str:
        return self._moment(one.until) if one.until is not None else _("until back")

    def on_row_list_pointed(self) -> None:
        """Show the keys of the line under the cursor."""
        self.show_keys()

    def _current(self) -> StandInShown | None:
        found = self.query("#stand-ins")
        current = found.first(RowList).current if found else None
        return current.key if current is not None else None

    # What is done here.

    def action_new(self) -> None:
        """Ask for whom somebody stands in."""
        asked = AskPerson(lambda: _("For whom? Who is away names the stand-in."))
        self.app.push_screen(asked, self._named)

    async def _named(self, absent: Person | None) -> None:
        if absent is not None:
            await name_stand_in(self.app, self.kiosk, absent)

    def action_accept(self) -> None:
        """Take the yes of who was asked."""
        one = self._current()
        if one is not None and not one.accepted:
            asked = accept_signed(self.kiosk, one.id, one.absent.name, one.stand_in)
            self.app.push_screen(asked)

    def action_decline(self) -> None:
        """Take the no of who was asked."""
        one = self._current()
        if one is not None and not one.accepted:
            self._signed(
                partial(_decline_title, one.stand_in.name, one.absent.name), service.decline, one,
                lambda person: person.id == one.stand_in.id,
            )  # fmt: skip

    def action_end(self) -> None:
        """End it by the badge of either of the two."""
        one = self._current()
        if one is not None:
            two = {one.absent.id, one.stand_in.id}
            self._signed(
                partial(_end_title, one.stand_in.name, one.absent.name), service.revoke, one,
                lambda person: person.id in two,
            )  # fmt: skip

    def _signed(
        self, title: Words, use_case: Callable[..., str], one: StandInShown,
        may: Callable[[Person], bool],
    ) -> None:  # fmt: skip
        async def act(proof: Proof) -> Verdict:
            number = await self.act(use_case, self.kiosk.desk, proof, one.id)
            told = _("{number}: standing in is over").format(number=number)
            return Verdict(Tone.AMBER, told, name=proof.person.name)

        self.app.push_screen(SignedAct(title, act, may=may))


def _columns() -> tuple[Column, ...]:
    return (
        Column(pgettext("stand-in", "For"), 10, keep=8),
        Column(pgettext("stand-in", "Stands in"), 10, keep=9),
        Column(pgettext("whereabouts", "Ext."), 6, keep=4),
        Column(pgettext("pass", "State"), keep=7, share=1, least=10),
        Column(pgettext("stand-in", "From"), 11, keep=5),
        Column(pgettext("stand-in", "Until"), 11, keep=6),
        Column(_("No."), 6, keep=3),
    )


def _decline_title(name: str, absent: str) -> str:
    return _("{name} does not stand in for {absent}").format(name=name, absent=absent)


def _end_title(name: str, absent: str) -> str:
    return _("{name} stands in for {absent} no longer").format(name=name, absent=absent)
