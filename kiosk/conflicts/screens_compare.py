"""Two desks said different things: both side by side, one is chosen, why, and a signature.

Keystrokes: ``F6``, Enter on the line; ``1`` or ``2``: a side; a digit: the reason; badge, PIN.
"""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key as KeyPressed
from textual.widgets import Static

from kiosk.conflicts import rules, service
from kiosk.conflicts.reading import ConflictShown, Side, fork_of, shown
from kiosk.conflicts.service import Asked
from kiosk.conflicts.wording import MISTAKE, USUAL_REASONS, YIELDS, did, heading
from kiosk.desk.row_words import column_word, table_word
from kiosk.desk.signing import Proof
from kiosk.desk.words import Words, _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.list_screen import ListScreen
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, paragraph, plain, row

_COLOURS = (palette.INFO, palette.AMBER, palette.GOOD, palette.RED)
_MARGIN = 8
_OTHER = ""


class Compare(ListScreen):
    """One conflict: who wrote what at which desk, and only the columns that differ."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("b,B", "both", show=False),
    ]
    DEFAULT_CSS = """
    Compare #conflict-head { height: auto; padding: 1 2; background: $panel-ground; }
    Compare #conflict-lines { height: 1fr; padding: 0 1; }
    Compare #conflict-foot { height: auto; padding: 0 2 1 2; }
    Compare.-low #conflict-head { padding: 0 1; }
    Compare.-low #conflict-foot { padding: 0 1; }
    """

    def __init__(self, table: str, row_id: str) -> None:
        super().__init__()
        self._table, self._row_id = table, row_id
        self._one: ConflictShown | None = None
        self._told: Verdict | None = None

    def body(self) -> ComposeResult:
        """Lay who wrote what, the columns that differ, and what follows."""
        yield Static("", markup=False, id="conflict-head")
        yield RowList(id="conflict-lines")
        yield Static("", markup=False, id="conflict-foot")

    def keys(self) -> Iterator[Key]:
        """Show a digit for each side."""
        one = self._one
        for n, side in enumerate(one.sides if one else (), 1):
            label = _("{desk} is right").format(desk=side.gate)
            yield Key(str(n), label, side.gate)
        if one is not None and one.together:
            yield Key("B", _("Both: each one's change"), pgettext("conflict", "Both"))
        yield Key("Esc", _("Back"))

    async def read_book(self) -> None:
        """Read both sides again; a conflict that was decided elsewhere closes its screen."""
        self._one = await self.aside(self._read)
        if not self.alive:
            return
        if self._one is None:
            self.dismiss()
            self.kiosk.answer(self._told or self._decided_elsewhere())
            return
        self._draw()

    def _decided_elsewhere(self) -> Verdict:
        number = rules.number_of(self._table, self._row_id)
        return Verdict(Tone.INFO, _("{number} is decided already.").format(number=number))

    def _read(self) -> ConflictShown | None:
        desk = self.kiosk.desk
        with desk.read() as book:
            fork = fork_of(book, self._table, self._row_id)
            return None if fork is None else shown(desk, book, fork)

    # What each side says.

    def _draw(self) -> None:
        one = self._one
        if one is None:
            return
        self.query_one("#conflict-head", Static).update(self._head(one))
        shown_lines = self.query_one("#conflict-lines", RowList)
        shown_lines.empty = _("The sides differ in what is not shown at the gate.")
        rows = [
            ListRow(
                (column_word(one.table, line.column), line.before, *line.said), key=line.column,
                faint=(1,),
            )
            for line in one.lines
        ]  # fmt: skip
        shown_lines.show(rows, self._columns(one))
        self.query_one("#conflict-foot", Static).update(self._foot(one))
        self.show_keys()

    def _columns(self, one: ConflictShown) -> tuple[Column, ...]:
        before = (
            Column(pgettext("conflict", "Before"), share=2, keep=1) if one.fork.kind == "row"
            else Column("", 1, keep=0)
        )  # fmt: skip
        sides = (Column(f"{n} {side.gate}", share=3) for n, side in enumerate(one.sides, 1))
        return (Column(pgettext("conflict", "What differs"), share=2), before, *sides)

    def _head(self, one: ConflictShown) -> Content:
        title = row(
            plain(one.number, palette.MUTED),
            plain(table_word(one.table), f"bold {palette.TEXT}"),
            plain(one.what, f"bold {palette.TEXT}"),
        )
        said = [self._side(n, side) for n, side in enumerate(one.sides, 1)]
        return lines(title, plain(heading(one), palette.MUTED), *said)

    def _side(self, n: int, side: Side) -> Content:
        at = f"{self.kiosk.desk.local(side.at):%m-%d %H:%M:%S}"
        what = _("deleted it") if side.gone else did(side.version.code)
        now = _("the lists show this") if side.shown else ""
        colour = _COLOURS[(n - 1) % len(_COLOURS)]
        return row(
            plain(f"{n} {side.gate}", f"bold {colour}"), plain(at, palette.TEXT),
            plain(side.by, palette.TEXT), plain(what, palette.MUTED), plain(now, palette.MUTED),
        )  # fmt: skip

    def _foot(self, one: ConflictShown) -> Content:
        width = max(self.size.width - _MARGIN, 40)
        desk, told = self.kiosk.desk, []
        for before in one.earlier:
            at = f"{desk.local(before.at):%m-%d %H:%M}"
            words = _("Decided before by {name}, {at}: {reason}").format(
                name=before.by, at=at, reason=before.reason
            )
            told.append(paragraph(words, palette.AMBER, width))
        if one.yields is not None:
            told.append(paragraph(_(YIELDS[one.yields]), palette.TEXT, width))
        state, limit = self.kiosk.hub_state(), desk.rules.hub_clock_s
        if abs(state.clock_off_s) > limit:
            words = _("This desk's clock is {n} s from the hub's: do not go by the hour alone.")
            told.append(
                paragraph(words.format(n=round(abs(state.clock_off_s))), palette.RED, width)
            )
        who = (
            _("A clerk, an administrator or a leader signs.")
            if one.table in rules.ACCESS | rules.ATTENDANCE
            else _("Whoever keeps the desk signs.")
        )
        return lines(*told, plain(who, palette.MUTED))

    # Deciding.

    def on_key(self, event: KeyPressed) -> None:
        """Take the digit of a side."""
        one, typed = self._one, event.character or ""
        if one is not None and typed.isdecimal() and 1 <= int(typed) <= len(one.sides):
            event.stop()
            self._ask_why(one, int(typed) - 1, one.sides[int(typed) - 1].gate)

    def action_both(self) -> None:
        """Let both sides be right, where each changed something else; no gate's name is asked."""
        one = self._one
        if one is not None and one.together:
            self._ask_why(one, service.BOTH, "")

    def _ask_why(self, one: ConflictShown, kept: int, gate: str) -> None:
        asked = Asked(one.table, one.fork.row_id, one.seen, kept)

        def typed(reason: str | None) -> None:
            if reason is not None:
                self._ask_signature(asked, gate, reason)

        def chosen(reason: str | None) -> None:
            if reason == _OTHER:
                ask = AskText(title, lambda: pgettext("conflict", "Reason"), limit=longest)
                self.app.push_screen(ask, typed)
            elif reason is not None:
                typed(_(reason))

        title, longest = partial(_why_title, one.number, gate), rules.LONGEST_REASON
        self.app.push_screen(Choose(title, _reasons(kept)), chosen)

    def _ask_signature(self, asked: Asked, gate: str, reason: str) -> None:
        async def act(proof: Proof) -> Verdict:
            return await self._decide(asked, gate, reason, proof)

        may = partial(rules.may_decide, asked.table)
        self.app.push_screen(SignedAct(partial(_sign_title, gate), act, _how_to_sign, may=may))

    async def _decide(self, asked: Asked, gate: str, reason: str, proof: Proof) -> Verdict:
        kiosk = self.kiosk
        number = await kiosk.pen.write(service.decide, kiosk.desk, kiosk.by, asked, reason, proof)
        told = _decided(number, gate)
        # What answers a signature goes to this screen, which closes: it says it once more behind.
        self._told = Verdict(Tone.GOOD, told, name=proof.person.name)
        kiosk.changed()
        return self._told


def _reasons(kept: int) -> list[tuple[str, Words]]:
    """Return the usual reasons, one key each, and the way to type another one."""
    usual = [one for one in USUAL_REASONS if one != MISTAKE or kept != service.BOTH]
    other: tuple[str, Words] = (_OTHER, lambda: _("Type another reason"))
    return [*((one, partial(_, one)) for one in usual), other]


def _why_title(number: str, gate: str) -> str:
    if not gate:
        return _("{number}: why are both right?").format(number=number)
    return _("{number}: why is {desk} right?").format(number=number, desk=gate)


def _sign_title(gate: str) -> str:
    return _("{desk} is right: please sign").format(desk=gate) if gate else _("Both: please sign")


def _decided(number: str, gate: str) -> str:
    if not gate:
        return _("{number} is decided: both changes stand.").format(number=number)
    return _("{number} is decided: {desk} is right.").format(number=number, desk=gate)


def _how_to_sign() -> str:
    return _("Tap your badge, then type your PIN. The other version stays in the book.")
