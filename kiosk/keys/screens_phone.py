"""A manager's word by telephone: whom to call, what to say, what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Input

from kiosk.desk.loans import Approval, Reason, Thing
from kiosk.desk.names import address, matches, pinyin_of
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import Words, _, pgettext
from kiosk.keys import approving
from kiosk.keys.asking import Asked
from kiosk.keys.board import REASON_NAMES
from kiosk.keys.service import due_of
from kiosk.keys.verdicts import when
from kiosk.ui import palette
from kiosk.ui.context import Context
from kiosk.ui.dialogs import Choose, Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import Column, ListRow, RowList

_SHOWN = 6
_YES, _NO, _NOT_REACHED = "yes", "no", "not_reached"


@dataclass(frozen=True, slots=True)
class Phoned:
    """What is asked by telephone; ``given`` said yes already.

    ``due_at`` (UTC) is set where it is known before the things go out.
    """

    things: Sequence[Thing]
    person: Person
    asked: Sequence[Asked]
    reason: Reason
    given: Sequence[Person]
    due_at: datetime | None = None

    @property
    def labels(self) -> str:
        """The names of the things that ask for a word, as one text."""
        asking = [one.thing.label for one in self.asked if one.approval is not Approval.NONE]
        return pgettext("list", ", ").join(asking)


async def by_telephone(app: App[Any], kiosk: Context, phoned: Phoned) -> Person | None:
    """Ask managers by telephone until one says yes; None when the desk gives it up.

    Raises ``Refused("keys.word_refused")`` for a no, which is recorded.
    """
    while True:
        managers = approving.who_may_say_yes(kiosk.desk, phoned.asked, phoned.person, phoned.given)
        manager = await app.push_screen_wait(ChooseManager(managers))
        if manager is None:
            return None
        answer = await app.push_screen_wait(AnswerOfManager(manager, kiosk, phoned))
        if answer == _YES:
            return manager
        if answer == _NO:
            await kiosk.pen.write(
                approving.said_no, kiosk.desk, phoned.things, phoned.person, manager, kiosk.by
            )
            raise Refused("keys.word_refused", name=manager.name)


class ChooseManager(Dialog[Person | None]):
    """Whom to call: the managers whose word would do, found by two letters."""

    DEFAULT_CSS = """
    ChooseManager #managers { margin: 1 0 0 0; }
    """

    def __init__(self, managers: Sequence[Person]) -> None:
        super().__init__(
            lambda: _("Which manager do you call?"),
            lambda: _("Letters, name or extension; arrows and Enter."),
        )
        self._managers = managers

    def parts(self) -> ComposeResult:
        """Yield the field and who fits what is typed."""
        yield LabelledInput(lambda: pgettext("key", "Manager"), id="who")
        yield RowList(
            Column("", 12), Column("", share=1), Column("", 10), header=False, id="managers"
        )

    def on_mount(self) -> None:
        """Show everybody who may be asked."""
        shown = self.query_one("#managers", RowList)
        shown.can_focus, shown.show_cursor_always = False, True
        shown.styles.height = _SHOWN
        self._say_empty()
        self.query_one("#who", LabelledInput).focus()
        self._draw("")

    def translate(self) -> None:
        """Say it again in the language chosen now; who was chosen stays."""
        super().translate()
        self._say_empty()

    def _say_empty(self) -> None:
        shown = self.query_one("#managers", RowList)
        shown.empty = _("Nobody fits.")
        shown.refresh()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show who fits."""
        event.stop()
        self._draw(event.value)

    def _draw(self, typed: str) -> None:
        shown = self.query_one("#managers", RowList)
        fitting = [one for one in self._managers if _fits(typed.strip(), one)]
        shown.show(
            [ListRow((one.name, address(one), one.extension), one, faint=(1,)) for one in fitting]
        )
        shown.action_move(-len(fitting))

    def on_key(self, event: Key) -> None:
        """Move the cursor with the arrows while the field keeps what is typed."""
        moves = {"up": -1, "down": 1}
        if event.key in moves:
            event.stop()
            self.query_one("#managers", RowList).action_move(moves[event.key])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Call who stands under the cursor."""
        event.stop()
        chosen = self.query_one("#managers", RowList).current
        if chosen is None:
            self.wrong(lambda: _("Nobody fits."))
        else:
            self.dismiss(chosen.key)


def _fits(typed: str, person: Person) -> bool:
    if typed in {person.staff_no, person.extension}:
        return True
    called = address(person)
    return matches(typed, person.name, person.pinyin, person.initials) or matches(
        typed, called, *pinyin_of(called)
    )


class AnswerOfManager(Choose):
    """What to say on the telephone, word by word, and what was answered."""

    def __init__(self, manager: Person, kiosk: Context, phoned: Phoned) -> None:
        called = address(manager)

        def title() -> str:
            number = manager.extension or _("no extension known")
            return _("Call {name}, extension {extension}").format(name=called, extension=number)

        answers: list[tuple[str, Words]] = [
            (_YES, lambda: _("Yes. The manager's own tap is owed")),
            (_NO, lambda: _("No, it stays on the board")),
            (_NOT_REACHED, lambda: _("Not reached: call another one")),
        ]
        super().__init__(title, answers)
        self._sentence = _sentence(kiosk, phoned, called)

    def on_mount(self) -> None:
        """Show the sentence as what it is: to be said."""
        super().on_mount()
        self.help(self._sentence, palette.TEXT)


def _sentence(kiosk: Context, phoned: Phoned, called: str) -> Words:
    """Return what to say; the hour in it is the same in every language."""
    desk, name = kiosk.desk, phoned.person.name
    if phoned.reason is Reason.POSITION:
        return lambda: _(
            "Say: {manager}, {name} is to hold {things} for good. Do you agree?"
        ).format(manager=called, name=name, things=phoned.labels)
    due = phoned.due_at or min(due_of(desk, desk.clock(), one) for one in phoned.asked)
    return lambda: _(
        "Say: {manager}, {name} asks for {things}, {reason}, until {due}. Do you agree?"
    ).format(
        manager=called, name=name, things=phoned.labels, reason=_(REASON_NAMES[phoned.reason]),
        due=when(desk, due),
    )  # fmt: skip
