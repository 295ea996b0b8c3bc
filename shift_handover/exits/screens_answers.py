"""What the reading of a frozen handover has beside its marks: the outgoing answers, other ways."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from kiosk.desk.people import Person
from kiosk.desk.words import _, pgettext
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText
from shift_handover.exits import questions, readers
from shift_handover.exits.screens_ways import Ways
from shift_handover.records import Record
from shift_handover.screens_lines import HandoverLines
from shift_handover.screens_signing import WhoReads


class WithExits(HandoverLines):
    """The lines of a frozen handover, with the answers to its questions and the other ways."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t,T", "answer", show=False),
        Binding("x,X", "more", show=False),
    ]

    def __init__(self, handover_id: str) -> None:
        super().__init__(handover_id)
        self._reader: Person | None = None

    def reader_name(self) -> str:
        """Return who reads, as far as that was said."""
        return self._reader.name if self._reader else ""

    def _ask_reader(self) -> None:
        async def told(person: Person | None) -> None:
            self._reader = person or self._reader
            frozen = self._frozen
            before = frozen.incoming if frozen is not None else None
            if person is not None and before is not None and before.id != person.id:
                await self._reads_instead(person)
            self._draw()

        if self._frozen is not None:
            self.app.push_screen(WhoReads(self._frozen.outgoing), told)

    async def _reads_instead(self, person: Person) -> None:
        async with self.answering():
            self._frozen = await self.act(
                readers.reads, self.kiosk.desk, person.staff_no, self._handover_id
            )

    def count_or_answer(self) -> Key:
        """Return the key of what comes next: the outgoing's answer, else the count by both."""
        if self._frozen is not None and self._frozen.unanswered:
            return Key("T", _("Outgoing answers"), pgettext("relief", "Answer"), alarm=True)
        counting = pgettext("handover", "Count keys and things")
        return Key("K", counting, pgettext("handover", "Count"))

    def action_answer(self) -> None:
        """Ask the outgoing for the answer to the question under the cursor, or to the first one."""
        if self._frozen is None or not self._frozen.unanswered:
            return
        here = self._current()
        waits = self._frozen.unanswered
        record = here if here in waits else waits[0]
        note = self._frozen.notes.get(record.key, "")

        async def answered(text: str | None) -> None:
            if text is not None:
                await self._answer(record, text)

        question = AskText(
            lambda: f"{record.number}  {note}", lambda: pgettext("relief", "Answer"),
            lambda: _("The outgoing answers; the line stays an exception unless marked known."),
            limit=120,
        )  # fmt: skip
        self.app.push_screen(question, answered)

    async def _answer(self, record: Record, text: str) -> None:
        kiosk = self.kiosk
        async with self.answering():
            self._frozen = await self.act(
                questions.answer, kiosk.desk, kiosk.by, self._handover_id, record.key, text
            )
        self._draw()

    def action_more(self) -> None:
        """Offer the ways of a relief that does not come or go as it should."""

        def gone(way: str | None) -> None:
            if way in {"takeover", "unrelieved"}:
                self.dismiss()

        self.app.push_screen(Ways(), gone)
