"""One key and one digit, and they are in: ambulance, fire brigade, police, urgent repair.

Keystrokes: ``Ctrl+G 1`` on any screen about visitors, or ``F6 E 1``. How many and the plate may be
typed before the digit with ``Tab``; nobody has to.
"""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.events import Key as KeyPressed
from textual.widgets import Input, Static

from kiosk.desk.refusal import Refused
from kiosk.desk.words import Words, _
from kiosk.ui import palette
from kiosk.ui.ages import hour
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain
from visitors.emergency import service
from visitors.emergency.models import Kind
from visitors.emergency.words import KIND_WORDS

_KINDS = tuple(Kind)
_ROOM_FOR_A_PASTE = 200


class LetInAtOnce(Dialog[None]):
    """Who is let in: a digit does it. What is missing is owed and stands in the open things."""

    DEFAULT_CSS = """
    LetInAtOnce #kinds { margin: 0 0 1 0; }
    """

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Emergency: let in at once"),
            lambda: _("Press the digit and open the gate. Tab: how many, plate, if you know."),
        )

    def parts(self) -> ComposeResult:
        """Yield the kinds, and two fields that may stay empty."""
        yield RowList(Column("", 2), Column(""), header=False, id="kinds")
        yield LabelledInput(
            lambda: _("How many"), id="people", limit=_ROOM_FOR_A_PASTE,
            hint=lambda: _("empty: nobody has counted"),
        )  # fmt: skip
        yield LabelledInput(lambda: _("Plate"), id="plate", limit=_ROOM_FOR_A_PASTE)

    def on_mount(self) -> None:
        """Start on the digits."""
        self.entitle(self._title)
        kinds = self.query_one("#kinds", RowList)
        kinds.styles.height = len(_KINDS)
        kinds.show(list(self._rows()))
        kinds.focus()

    def _rows(self) -> Iterator[ListRow]:
        for digit, kind in enumerate(_KINDS, 1):
            yield ListRow((str(digit), _(KIND_WORDS[kind])), key=kind)

    def entitle(self, title: Words) -> None:
        """Say it in red: it is no usual question."""
        super().entitle(title)
        self.query_one("#dialog-title", Static).update(plain(title(), f"bold {palette.RED}"))

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self.query_one("#kinds", RowList).show(list(self._rows()))

    async def on_key(self, event: KeyPressed) -> None:
        """Take a digit as who is let in, unless it is typed into a field."""
        typed = event.character or ""
        if isinstance(self.focused, Input) or not typed.isdecimal():
            return
        event.stop()
        if 1 <= int(typed) <= len(_KINDS):
            await self._let_in(_KINDS[int(typed) - 1])
        else:
            self.refused(Refused("visit.emergency_kind"))

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Let in who the cursor is on."""
        await self._let_in(message.row.key)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on from the number to the plate, and back to the digits."""
        event.stop()
        plate = self.query_one("#plate", LabelledInput)
        if event.input is plate.input:
            self.query_one("#kinds", RowList).focus()
        else:
            plate.focus()

    async def _let_in(self, kind: Kind) -> None:
        kiosk = self.kiosk
        people, plate = (self.query_one(f"#{one}", LabelledInput) for one in ("people", "plate"))
        try:
            entered = await self.act(
                service.admit_at_once, kiosk.desk, kiosk.by, kind, people.text, plate.text
            )
        except Refused as refused:
            self.refused(refused)
            field = refused.facts.get("field")
            if field in {"people", "plate"}:
                self.query_one(f"#{field}", LabelledInput).focus()
            return
        self.dismiss(None)
        told = _("In, no. {number}. Please write down the rest by {due}.").format(
            number=entered.number, due=hour(entered.due, kiosk.desk.zone)
        )
        kiosk.answer(Verdict(Tone.GOOD, told, name=_(KIND_WORDS[kind])))
