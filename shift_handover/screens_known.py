"""One instruction or notice whole: known by the guard's tap, closed when it is over."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.open_kinds import kind_word
from kiosk.desk.people import DESK_ROLES, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import ROOM, AskText, Dialog
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, paragraph, plain, row
from shift_handover.instructions import service
from shift_handover.instructions.models import Sort
from shift_handover.instructions.outstanding import until_words
from shift_handover.instructions.rules import LONGEST_CLOSING, check_reader
from shift_handover.instructions.service import InstructionShown


class ReadInstruction(Dialog[None]):
    """One instruction whole. The guard's tap says that it is known; then comes the next one.

    After the first tap Enter is enough for the others: they are known in the same name.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "known", show=False),
        Binding("n,N", "no_badge", show=False),
        Binding("c,C", "close", show=False),
    ]

    def __init__(self, instruction_id: str) -> None:
        super().__init__(lambda: _("Instructions and notices"))
        self._instruction_id = instruction_id
        self._one: InstructionShown | None = None
        self._reader: Person | None = None
        self._means = Means.BADGE

    def parts(self) -> ComposeResult:
        """Yield the place of the words."""
        yield Static("", markup=False, id="instruction")

    async def on_screen_resume(self) -> None:
        """Read it; one that is over by now closes its question."""
        await super().on_screen_resume()
        await self._look()

    async def _look(self) -> None:
        self._one = await self.aside(self._read)
        if self._one.over:
            self.dismiss(None)
        elif self.alive:
            self._draw()

    def _read(self) -> InstructionShown:
        with self.kiosk.desk.read() as book:
            return service.instruction_by_id(self.kiosk.desk, book, self._instruction_id)

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        if self._one is None:
            return
        self.entitle(partial(_heading, self._one))
        self.help(self._how)
        self.query_one("#instruction", Static).update(self._words(self._one))

    def _how(self) -> str:
        if self._one is not None and self._one.sort is Sort.NOTICE:
            return _("C closes it when it is over. Esc goes back.")
        if self._reader is not None:
            return _("{name}: Enter, it is known. C: it is over.").format(name=self._reader.name)
        return _("Known: tap your badge. N: no badge. C: it is over.")

    def _words(self, one: InstructionShown) -> Content:
        until = until_words(self.kiosk.desk, one.valid_until)
        ends = _("valid until {time}").format(time=until) if until else _("until it is closed")
        names = " ".join(person.name for person in one.known_to)
        known = _("known to {names}").format(names=names) if names else ""
        return lines(
            paragraph(one.words, f"bold {palette.TEXT}", ROOM),
            plain(""),
            row(plain(one.giver.name, palette.TEXT), plain(ends, palette.MUTED)),
            paragraph(known, palette.GOOD, ROOM),
        )

    # Known by tap, or by number and PIN.

    def accepts(self, bearer: Bearer) -> bool:
        """Take the badge of who keeps a desk; everybody else's gets its usual answer."""
        reads = self._one is not None and self._one.sort is Sort.INSTRUCTION
        return reads and isinstance(bearer, StaffCard) and bearer.person.role in DESK_ROLES

    async def take_card(self, bearer: Bearer) -> None:
        """Take the guard's tap: this one is known."""
        if isinstance(bearer, StaffCard):
            await self._known_to(bearer.person, Means.BADGE)

    async def action_known(self) -> None:
        """Take Enter as known, once somebody has tapped."""
        if self._reader is not None:
            await self._known_to(self._reader, self._means)

    def action_no_badge(self) -> None:
        """Ask for staff number and PIN of who has no badge."""
        if self._one is None or self._one.sort is Sort.NOTICE:
            return

        async def proved(proof: Proof | None) -> None:
            if proof is not None:
                await self._known_to(proof.person, proof.means)

        question = AskProof(
            lambda: _("Who has read it?"), may=lambda person: person.role in DESK_ROLES
        )
        self.app.push_screen(question, proved)

    async def _known_to(self, reader: Person, means: Means) -> None:
        kiosk = self.kiosk
        try:
            check_reader(reader)
            await self.act(service.know, kiosk.desk, kiosk.by, self._instruction_id, reader, means)
        except Refused as refused:
            self.refused(refused)
            return
        self._reader, self._means = reader, means
        following = await self.aside(self._next_for, reader)
        if following is None:
            self.dismiss(None)
            told = _("All instructions are known.")
            kiosk.answer(Verdict(Tone.GOOD, told, name=reader.name))
            return
        self._instruction_id = following
        self.wrong()
        await self._look()

    def _next_for(self, reader: Person) -> str | None:
        with self.kiosk.desk.read() as book:
            found = service.in_force(self.kiosk.desk, book)
        unknown = (
            one.id
            for one in found
            if one.sort is Sort.INSTRUCTION and not one.is_known_to(reader.id)
        )
        return next(unknown, None)

    # Over before its time.

    def action_close(self) -> None:
        """Ask how it ended."""
        if self._one is None:
            return
        title = partial(_closing, self._one.number)
        asked = AskText(
            title, lambda: pgettext("instruction", "How it ended"), limit=LONGEST_CLOSING
        )
        self.app.push_screen(asked, self._close)

    async def _close(self, words: str | None) -> None:
        if words is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            number = await self.act(
                service.close, kiosk.desk, kiosk.by, self._instruction_id, words
            )
            self.dismiss(None)
            told = _("{number} is closed; it stays in the register.").format(number=number)
            kiosk.answer(Verdict(Tone.GOOD, told))


def _heading(one: InstructionShown) -> str:
    return f"{one.number}  {kind_word(one.sort.value)}"


def _closing(number: str) -> str:
    return _("{number} is over").format(number=number)
