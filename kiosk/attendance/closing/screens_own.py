"""F7, 0: somebody's own month after badge and PIN, and an objection to one of its days."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from kiosk.attendance.closing import months
from kiosk.attendance.closing.rules import LONGEST_WORDS
from kiosk.attendance.closing.screens_person import PersonDays
from kiosk.attendance.closing.screens_proved import ProveThen
from kiosk.attendance.closing.sheet import PersonMonth
from kiosk.attendance.counters.reading import Standing, standing_of
from kiosk.attendance.counters.wording import standing_words
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from kiosk.ui.verdict import Verdict, refusal
from kiosk.ui.words_on_screen import plain, row


class ReadOwnMonth(ProveThen):
    """Whose month? It opens to badge and PIN of that person alone."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("My own month"),
            lambda: _("Tap your badge, then type your PIN. No badge: staff number and PIN."),
            self._open, lambda _person: None,
        )  # fmt: skip

    def _open(self, proof: Proof) -> PersonDays:
        return OwnMonth(proof, self.kiosk.desk.work_day(self.kiosk.desk.clock()).replace(day=1))


class OwnMonth(PersonDays):
    """The own month. O objects to the day under the cursor while the month is published."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("o,O", "object", show=False)]

    def __init__(self, proof: Proof, first: date) -> None:
        super().__init__(proof.person, first)
        self._proof = proof
        self._standings: list[Standing] = []

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        if self._takes:
            yield Key("O", _("Object to this day"), pgettext("books", "Object"))
        yield from super().keys()

    def _read(self) -> PersonMonth | None:
        """Read how far the counters have come too; they run today, whatever month is shown."""
        desk = self.kiosk.desk
        today = desk.work_day(desk.clock())
        with desk.read() as book:
            runs = today.replace(day=1) == self._first
            self._standings = standing_of(desk, book, self._person, today) if runs else []
        return super()._read()

    def _head(self, month: PersonMonth) -> tuple[Content, ...]:
        parts = [
            plain(words, palette.AMBER if near else palette.MUTED)
            for words, near in standing_words(self._standings)
        ]
        return (*super()._head(month), row(*parts))

    def action_object(self) -> None:
        """Ask what is wrong with the day under the cursor."""
        self.touched()
        here = self.query_one("#month-days", RowList).current
        if here is None:
            return
        if not self._takes:
            month = f"{self._first:%Y-%m}"
            self.kiosk.answer(refusal(Refused("objection.not_taken", month=month)))
            return
        day = f"{here.key:%m-%d}"
        question = AskText(
            lambda: _("What is wrong with {day}?").format(day=day),
            lambda: pgettext("books", "Objection"), limit=LONGEST_WORDS,
        )  # fmt: skip
        self.app.push_screen(question, partial(self._said, here.key))

    async def _said(self, day: date, words: str | None) -> None:
        if words is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            number = await self.act(months.enter_objection, kiosk.desk, self._proof, day, words)
            told = _("Objection {number} is with the office.").format(number=number)
            kiosk.answer(Verdict(Tone.GOOD, told, name=self._person.name))
