"""F7, 5: who works late today and tonight, who has asked, and who is in on nobody's word.

Keystrokes: ``F7 5``; ``N``, who, times, rooms, keys, what for: a request; ``Enter`` on it, ``1``
and the head's badge and PIN: on the list; ``2`` and a leader: his word by telephone. ``Enter`` on
who is on no list (or ``U``, who), the leader, until when, what for: his word is noted.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.attendance.overtime import rules, service
from kiosk.attendance.overtime.screens_new import NewOvertime, NoteWord
from kiosk.attendance.overtime.service import Unlisted
from kiosk.attendance.overtime.wording import names_along, word_words
from kiosk.desk.overtime import Overtime, Spell
from kiosk.desk.people import Person, person_by_id
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import Choose
from kiosk.ui.list_screen import ListScreen
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain, row

_SIGN, _PHONE, _BACK = "sign", "phone", "back"
_YES, _NO = "yes", "no"
_Line = tuple[Overtime, Person, str, str]
"""A spell, who asked, who works along, and whose word it stands on."""


class OvertimeHome(ListScreen):
    """Who is on no list first, then the list of today and what is asked for later."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("n,N", "ask", show=False),
        Binding("u,U", "word", show=False),
    ]
    DEFAULT_CSS = """
    OvertimeHome #overtime-head { height: 3; padding: 1 2; background: $panel-ground; }
    OvertimeHome #overtime-list { padding: 0 1 1 1; }
    OvertimeHome.-low #overtime-head { height: 2; padding: 0 1; }
    OvertimeHome.-low #overtime-list { padding: 0; }
    """

    def __init__(self, ref: str = "") -> None:
        super().__init__()
        self._ref = ref
        self._lines: Sequence[_Line] = ()
        self._unlisted: Sequence[Unlisted] = ()

    def body(self) -> ComposeResult:
        """Lay the counts and the list."""
        yield Static("", markup=False, id="overtime-head")
        yield RowList(id="overtime-list")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("Enter", _("Decide it"), pgettext("overtime", "Decide"))
        yield Key("N", _("New request"), pgettext("overtime", "New"))
        yield Key("U", _("On no list: a leader's word"), pgettext("overtime", "Word"))
        yield Key("Esc", _("Back"))

    async def read_book(self) -> None:
        """Read the list and who is not on it."""
        self._lines, self._unlisted = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> tuple[list[_Line], list[Unlisted]]:
        desk = self.kiosk.desk
        with desk.read() as book:
            found = [
                (
                    spell, person, names_along(book, spell),
                    person_by_id(book, spell.approver_id).name if spell.approver_id else "",
                )
                for spell, person in service.listed(desk, book, desk.rules.overtime_ahead_days)
            ]  # fmt: skip
            return found, service.unlisted(desk, book)

    def _draw(self) -> None:
        self.query_one("#overtime-head", Static).update(self._head())
        shown = self.query_one("#overtime-list", RowList)
        shown.empty = _("Nobody works overtime today. N writes a request down.")
        rows = [*map(self._unlisted_row, self._unlisted), *(self._row(*one) for one in self._lines)]
        shown.show(rows, _columns())
        at = next((i for i, one in enumerate(rows) if one.key == self._ref), None)
        if at is not None:
            self._ref = ""
            shown.action_move(at - shown.cursor)

    def _head(self) -> Content:
        waiting = sum(one[0].state is Spell.ASKED for one in self._lines)
        unlisted = len(self._unlisted)
        return row(
            plain(_("Overtime"), f"bold {palette.TEXT}"),
            plain(_("{n} on the list").format(n=len(self._lines) - waiting), palette.GOOD),
            plain(_("{n} not approved").format(n=waiting) if waiting else "", palette.AMBER),
            plain(_("{n} on no list").format(n=unlisted) if unlisted else "", palette.RED),
            gap=3,
        )

    def _unlisted_row(self, one: Unlisted) -> ListRow:
        since = f"{self.kiosk.desk.local(one.since):%H:%M}"
        cells = ("", one.person.name, "", since, "", "", _("on no list"), "")
        return ListRow(cells, key=one.person.id, colour=palette.RED, bar=palette.RED)

    def _row(self, spell: Overtime, person: Person, along: str, approver: str) -> ListRow:
        desk = self.kiosk.desk
        now, asked = spell.from_at <= desk.clock(), spell.state is Spell.ASKED
        place = " ".join(part for part in (spell.rooms, spell.keys) if part)
        cells = (
            spell.number, person.name, along, f"{desk.local(spell.from_at):%m-%d %H:%M}",
            f"{desk.local(spell.until_at):%H:%M}", place, word_words(spell), approver,
        )  # fmt: skip
        colour = palette.AMBER if asked else palette.TEXT if now else palette.MUTED
        bar = palette.AMBER if asked else palette.INFO if now else ""
        return ListRow(cells, key=spell.id, colour=colour, bar=bar)

    # A request.

    def action_ask(self) -> None:
        """Ask who works late, then the rest."""
        self.app.push_screen(AskPerson(lambda: _("Who works overtime?")), self._asks)

    def _point_at(self, overtime_id: str) -> None:
        """Stand on a line the next time that the list is drawn."""
        self._ref = overtime_id

    def _asks(self, person: Person | None) -> None:
        if person is not None:
            self.app.push_screen(NewOvertime(person, self._point_at))

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Decide a request; note the word for who is on no list."""
        unlisted = next((one for one in self._unlisted if one.person.id == message.row.key), None)
        if unlisted is not None:
            self._ask_leader(unlisted.person)
            return
        line = next(one for one in self._lines if one[0].id == message.row.key)
        spell, person = line[0], line[1]
        choices = [(_BACK, lambda: _("Taken back"))]
        if spell.state is Spell.ASKED:
            choices = [
                (_SIGN, lambda: _("The head decides: badge and PIN")),
                (_PHONE, lambda: _("A leader agreed by telephone")),
                *choices,
            ]
        asked = Choose(
            lambda: _("{number}, overtime of {name}").format(number=spell.number, name=person.name),
            choices,
        )
        self.app.push_screen(asked, partial(self._decided, spell, person))

    async def _decided(self, spell: Overtime, person: Person, how: str | None) -> None:
        if how == _BACK:
            await self._take_back(spell)
        elif how == _PHONE:
            self._ask_leader(person, spell)
        elif how == _SIGN:
            asked = AskProof(lambda: _("Overtime of {name}: the head").format(name=person.name))
            self.app.push_screen(asked, partial(self._head_is_here, spell, person))

    async def _take_back(self, spell: Overtime) -> None:
        kiosk = self.kiosk
        async with self.answering():
            await self.act(service.cancel, kiosk.desk, kiosk.by, spell.id)
            told = _("{number} is taken back.").format(number=spell.number)
            kiosk.answer(Verdict(Tone.GOOD, told))

    async def _head_is_here(self, spell: Overtime, person: Person, proof: Proof | None) -> None:
        if proof is None:
            return
        async with self.answering():
            why = await self.aside(service.why_for_head, self.kiosk.desk, spell.id, proof)
            asked = Choose(
                lambda: _("{head}: may {name} work overtime?").format(
                    head=proof.person.name, name=person.name
                ),
                [(_YES, lambda: _("Yes, on the list")), (_NO, lambda: _("No, not on the list"))],
                lambda: _("What for: {why}").format(why=why),
            )
            self.app.push_screen(asked, partial(self._head_said, spell, person, proof))

    async def _head_said(
        self, spell: Overtime, person: Person, proof: Proof, said: str | None
    ) -> None:
        if said is None:
            return
        kiosk, decide = self.kiosk, service.approve if said == _YES else service.refuse
        async with self.answering():
            made = await self.act(decide, kiosk.desk, kiosk.by, spell.id, proof)
            told = _("{number} is on the list.") if said == _YES else _("{number} is refused.")
            kiosk.answer(Verdict(Tone.GOOD, told.format(number=made.number), name=person.name))

    # A leader's word by telephone.

    def action_word(self) -> None:
        """Ask who is here and on no list."""
        self.app.push_screen(AskPerson(lambda: _("Who may stay?")), self._stays)

    def _stays(self, person: Person | None) -> None:
        if person is not None:
            self._ask_leader(person)

    def _ask_leader(self, person: Person, spell: Overtime | None = None) -> None:
        asked = AskPerson(
            lambda: _("{name}: which leader agreed by telephone?").format(name=person.name),
            lambda: _("Type number, name or pinyin."),
            badges=False,
            check=partial(rules.check_leader, person),
        )
        self.app.push_screen(asked, partial(self._agreed, person, spell))

    async def _agreed(self, person: Person, spell: Overtime | None, leader: Person | None) -> None:
        if leader is None:
            return
        if spell is None:
            self.app.push_screen(NoteWord(person, leader))
            return
        kiosk = self.kiosk
        async with self.answering():
            made = await self.act(
                service.approve_by_phone, kiosk.desk, kiosk.by, spell.id, leader.staff_no
            )
            told = _("{number} is on the list.").format(number=made.number)
            kiosk.answer(Verdict(Tone.GOOD, told, name=person.name))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 5, keep=6),
        Column(_("Who"), 10, keep=9),
        Column(pgettext("overtime", "Works along"), share=1, keep=4, least=8),
        Column(pgettext("booking", "From"), 11, keep=8),
        Column(pgettext("booking", "Until"), 5, keep=9),
        Column(_("Rooms"), share=1, keep=7, least=20),
        Column(pgettext("overtime", "Word"), 12, keep=9),
        Column(pgettext("overtime", "Whose word"), 10, keep=5),
    )
