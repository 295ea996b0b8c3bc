"""What speaks against an appointment, shown before it is saved: Enter saves it all the same."""

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.desk import Desk
from kiosk.desk.words import Words, _, ngettext
from kiosk.ui import palette
from kiosk.ui.dialogs import ROOM, Choose
from kiosk.ui.words_on_screen import lines, paragraph
from visitors.appointments_conflicts import Against, Conflict

SAVE = "save"
_BACK = "back"
_MOST_SHOWN = 4


class ConflictsDialog(Choose):
    """Each conflict in a sentence; 1 or Enter saves anyway, 2 or Esc goes back to the form."""

    DEFAULT_CSS = """
    ConflictsDialog #conflicts { height: auto; margin: 0 0 1 0; }
    """

    def __init__(self, desk: Desk, found: Sequence[Conflict]) -> None:
        choices: list[tuple[str, Words]] = [
            (SAVE, lambda: _("Save anyway")),
            (_BACK, lambda: _("Back to the form")),
        ]
        super().__init__(
            lambda: _("Please look before saving"), choices,
            lambda: _("Enter saves anyway, Esc goes back."),
        )  # fmt: skip
        self._desk, self._found = desk, found

    def parts(self) -> ComposeResult:
        """Yield what was found, then what can be done."""
        yield Static(self._sentences(), markup=False, id="conflicts")
        yield from super().parts()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.query_one("#conflicts", Static).update(self._sentences())

    def _sentences(self) -> Content:
        shown = self._found[:_MOST_SHOWN]
        said = [paragraph(conflict_words(self._desk, one), palette.AMBER, ROOM) for one in shown]
        if rest := len(self._found) - len(shown):
            more = ngettext("and {n} more", "and {n} more", rest).format(n=rest)
            said.append(paragraph(more, palette.AMBER, ROOM))
        return lines(*said)


def conflict_words(desk: Desk, conflict: Conflict) -> str:
    """Return a conflict as a sentence."""
    return _template(conflict.against).format(
        host=conflict.host, who=conflict.who, start=_hour(desk, conflict.start),
        end=_hour(desk, conflict.end), day=_day(desk, conflict.start), room=conflict.room,
    )  # fmt: skip


def _template(against: Against) -> str:
    return {
        Against.HOST_BUSY: _("{host} has {who} on {day} from {start} to {end}."),
        Against.ROOM: _("{room} is taken on {day} from {start} to {end}: {who}, {host}."),
        Against.HOST_OUT: _("{host} is out since {start}."),
        Against.SAME_VISITOR: _("{who} is already expected or here on {day} at {start}, {host}."),
        Against.DAY_OFF: _("{day} is not a working day."),
        Against.HOURS: _("On {day} the house is open from {start} to {end} only."),
    }[against]


def _hour(desk: Desk, moment: datetime | None) -> str:
    return f"{desk.local(moment):%H:%M}" if moment is not None else ""


def _day(desk: Desk, moment: datetime | None) -> str:
    return f"{desk.local(moment):%m-%d}" if moment is not None else ""
