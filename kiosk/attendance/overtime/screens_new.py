"""The two forms of overtime: a request in advance, and a leader's word for who is here already."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from kiosk.attendance.overtime import rules, service
from kiosk.attendance.overtime.rules import Asked
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.typed_time import typed_time
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.dialogs import Dialog
from kiosk.ui.fields_form import FieldsForm
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain

_BETWEEN = re.compile(r"[\s,，、;；]+")


def read_time(desk: Desk, field: str, typed: str) -> datetime:
    """Return a typed time, aware; ``Refused`` for an unclear one names the ``field``."""
    try:
        return typed_time(typed, desk.local(desk.clock()))
    except Refused as refused:
        raise Refused(refused.code, **{**refused.facts, "field": field}) from None


class NewOvertime(FieldsForm):
    """One request: from when until when, who along, where, which keys, what for.

    ``made`` is told the id of the request that was written down.
    """

    DEFAULT_CSS = """
    #overtime-form {
        width: 76; max-width: 100%; height: auto; padding: 1 3; background: $panel-ground;
    }
    """

    def __init__(self, person: Person, made: Callable[[str], None]) -> None:
        super().__init__()
        self._person, self._made = person, made

    def body(self) -> ComposeResult:
        """Lay the fields."""
        with Vertical(id="overtime-form"):
            yield self.title_line()
            yield LabelledInput(
                lambda: pgettext("booking", "From"), id="from", limit=20,
                hint=lambda: _("18:00 today, or 11-30 18:00"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("booking", "Until"), id="until", limit=20,
                hint=lambda: _("21:00; without a day: that of the beginning"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("overtime", "Works along"), id="others", limit=200,
                hint=lambda: _("staff numbers, spaces between; empty: alone"),
            )  # fmt: skip
            yield LabelledInput(lambda: _("Rooms"), id="rooms", limit=rules.LONGEST_ROOMS)
            yield LabelledInput(
                lambda: _("Keys"), id="wanted", limit=rules.LONGEST_ROOMS,
                hint=lambda: _("which are needed; F4 still asks for the word"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("overtime", "What for"), id="why", limit=rules.LONGEST_WORDS,
                hint=lambda: _("only head and leader read it"),
            )  # fmt: skip

    def headline(self) -> Content:
        """Return who asks."""
        title = _("Overtime asked for by {name}").format(name=self._person.name)
        return plain(title, f"bold {palette.TEXT}")

    def leave_field(self, field: LabelledInput) -> None:
        """Read a time at once."""
        if field.id in {"from", "until"}:
            read_time(self.kiosk.desk, str(field.id), field.text)

    async def finish(self) -> None:
        """Write the request down."""
        try:
            await self._ask()
        except Refused as refused:
            self.mark(refused)

    async def _ask(self) -> None:
        kiosk = self.kiosk
        made = await self.act(
            service.ask, kiosk.desk, kiosk.by, self._person.staff_no, self._asked()
        )
        self._made(made.id)
        self.dismiss()
        told = _("{number} is written down. The head signs it: Enter on it.")
        kiosk.answer(
            Verdict(Tone.INFO, told.format(number=made.number), name=self._person.name)
        )  # fmt: skip

    def _asked(self) -> Asked:
        desk = self.kiosk.desk
        words = self.typed()
        begins = read_time(desk, "from", words["from"])
        # Without a day of its own the end is on the day of the beginning.
        ends = _ends(desk, words["until"], begins)
        others = tuple(one for one in _BETWEEN.split(words["others"]) if one)
        return Asked(begins, ends, others, words["rooms"], words["wanted"], words["why"])


def _ends(desk: Desk, typed: str, begins: datetime) -> datetime:
    """Return the end; one in the small hours is on the night that the day ends with."""
    end = read_time(desk, "until", typed)
    if len(typed.strip()) > len("21:00"):
        return end
    end = datetime.combine(begins.date(), end.timetz())
    next_day = end + timedelta(days=1)
    same_night = desk.work_day(next_day) == desk.work_day(begins)
    return next_day if end <= begins and same_night else end


class NoteWord(Dialog[None]):
    """A leader said on the telephone that somebody may stay: until when, and what for."""

    def __init__(self, person: Person, leader: Person) -> None:
        super().__init__(
            lambda: _("{name} may stay: the word of {leader}").format(
                name=person.name, leader=leader.name
            ),
            lambda: _("Enter after each; it is noted in your name."),
        )
        self._person, self._leader = person, leader

    def parts(self) -> ComposeResult:
        """Yield the two fields."""
        yield LabelledInput(lambda: pgettext("booking", "Until"), id="until", limit=20)
        yield LabelledInput(
            lambda: pgettext("overtime", "What for"), id="why", limit=rules.LONGEST_WORDS
        )

    def on_mount(self) -> None:
        """Start with the end."""
        self.query_one("#until", LabelledInput).focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the reason; then note the word."""
        event.stop()
        until, why = (self.query_one(one, LabelledInput) for one in ("#until", "#why"))
        try:
            at = read_time(self.kiosk.desk, "until", until.text)
            if event.input is until.input:
                self.wrong()
                why.focus()
                return
            await self._note(at, why.text)
        except Refused as refused:
            self.refused(refused)

    async def _note(self, until: datetime, why: str) -> None:
        kiosk = self.kiosk
        made = await self.act(
            service.note_word, kiosk.desk, kiosk.by, self._person.staff_no, self._leader.staff_no,
            until, why,
        )  # fmt: skip
        self.dismiss(None)
        told = _("The word of {leader} is noted, {number}.")
        words = told.format(leader=self._leader.name, number=made.number)
        kiosk.answer(Verdict(Tone.GOOD, words, name=self._person.name))
