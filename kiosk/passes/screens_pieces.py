"""How many of one line move now, typed as a number; and whether only a part of a pass goes."""

from functools import partial

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext
from kiosk.passes.reading import ItemShown, PassShown
from kiosk.passes.rules import typed_count
from kiosk.ui.dialogs import Choose, Dialog
from kiosk.ui.form import LabelledInput

GO = "go"


class AskPieces(Dialog[int | None]):
    """Ask how many pieces of a line move; returns a number up to what may, None for Esc."""

    def __init__(self, item: ItemShown) -> None:
        super().__init__(partial(_of_what, item), partial(_up_to, item))
        self._item = item

    def parts(self) -> ComposeResult:
        """Yield the field."""
        yield LabelledInput(lambda: pgettext("pass", "Pieces"), id="pieces", limit=6)

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one("#pieces", LabelledInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the number; more than may move is refused here."""
        event.stop()
        item = self._item
        try:
            count = typed_count(event.value, self.kiosk.desk.rules)
        except Refused as refused:
            self.refused(refused)
            return
        if count > item.still:
            self.refused(Refused("pass.too_many", place=item.place, most=item.still))
        else:
            self.dismiss(count)


def _of_what(item: ItemShown) -> str:
    return _("How many of {what}?").format(what=item.what)


def _up_to(item: ItemShown) -> str:
    return _("At most {n}; empty: 1.").format(n=item.still)


def ask_part(one: PassShown, moved: int) -> Choose:
    """Return the question whether only a part goes: what stays needs a new pass."""
    of = sum(item.still for item in one.items)

    def title() -> str:
        return _("Only {n} of {of} go out. The rest needs a new pass.").format(n=moved, of=of)

    return Choose(
        title,
        [
            (GO, lambda: _("Right, only these go")),
            ("back", lambda: _("Wrong: go on comparing")),
        ],
    )
