"""One leave, opened with badge and PIN: what its reader may see, and what he may do with it."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.attendance.leave import ending, granting, reading, rules, slips
from kiosk.attendance.leave.halves import span_of
from kiosk.attendance.leave.reading import Signature, Whole
from kiosk.attendance.leave.wording import (
    days_words,
    granter_word,
    kind_word,
    marks,
    span_words,
    state_word,
)
from kiosk.desk.absence import LeaveKind, LeaveState
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import fitted, lines, plain, row

_LABEL = 20


class LeaveOpened(KioskScreen):
    """A leave as ``proof`` may see it. It closes itself after ``rules.leave_open_s`` seconds.

    Signing needs no second PIN: whoever opened it is the one who signs.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("y,Y", "sign", show=False),
        Binding("n,N", "refuse", show=False),
        Binding("w,W", "withdraw", show=False),
        Binding("p,P", "print", show=False),
        Binding("d,D", "papers", show=False),
    ]
    DEFAULT_CSS = """
    LeaveOpened #leave-facts { height: auto; padding: 1 3; background: $panel-ground; }
    LeaveOpened #leave-next { height: auto; padding: 1 3; }
    LeaveOpened.-low #leave-facts { padding: 0 2; }
    LeaveOpened.-low #leave-next { padding: 0 2; }
    """

    def __init__(self, leave_id: str, proof: Proof) -> None:
        super().__init__()
        self._leave_id, self._proof = leave_id, proof
        self._one: Whole | None = None
        self._noes: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """Lay the facts and the signatures."""
        yield Static("", markup=False, id="leave-facts")
        yield Static("", markup=False, id="leave-next")

    def on_mount(self) -> None:
        """Close after a while: what is read here is not for the next in the queue."""
        super().on_mount()
        self.set_timer(self.kiosk.desk.rules.leave_open_s, self._close)

    def _close(self) -> None:
        self.dismiss()

    async def on_screen_resume(self) -> None:
        """Read it."""
        await super().on_screen_resume()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read and draw."""
        self._one = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> Whole:
        desk = self.kiosk.desk
        with desk.read() as book:
            one = reading.whole(desk, book, self._leave_id, self._proof.person)
            if one.may_read:
                self._noes = {
                    it.approval.id: book.read_sealed(it.approval.note) for it in one.signatures
                }
            return one

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        if self._one is not None:
            self._draw()

    # What may be done.

    @property
    def _signs(self) -> bool:
        waiting = self._one.waits_for if self._one is not None else None
        return waiting is not None and self._proof.person.id in {it.id for it in waiting.people}

    @property
    def _takes_back(self) -> bool:
        one = self._one
        if one is None or one.seen.person.id != self._proof.person.id:
            return False
        return one.seen.leave.state in {LeaveState.ASKED, LeaveState.APPROVED}

    @property
    def _takes_papers(self) -> bool:
        one, office = self._one, self._proof.person.role in rules.NOTES_CALLS
        return one is not None and one.seen.leave.papers_owed and office

    def keys(self) -> Iterator[Key]:
        """Show what this reader may do."""
        if self._signs:
            yield Key("Y", _("Grant it"), pgettext("leave", "Yes"))
            yield Key("N", _("Do not grant it"), pgettext("leave", "No"))
        if self._takes_back:
            yield Key("W", _("Take the leave back"), pgettext("leave", "Take back"))
        if self._takes_papers:
            yield Key("D", _("The papers have come"), pgettext("leave", "Papers"))
        if self._one is not None and self._one.may_read:
            yield Key("P", _("Print the slip"), pgettext("leave", "Print"))
        yield Key("Esc", _("Back"))

    # Drawing.

    def _draw(self) -> None:
        one = self._one
        if one is None:
            return
        self.query_one("#leave-facts", Static).update(lines(*self._facts(one)))
        self.query_one("#leave-next", Static).update(lines(*self._signatures(one)))
        self.show_keys()

    def _facts(self, one: Whole) -> Iterator[Content]:
        leave = one.seen.leave
        state = palette.RED if one.seen.overdue else palette.AMBER
        yield row(
            plain(f"{leave.number} {one.seen.person.name}", f"bold {palette.TEXT}"),
            plain(one.seen.section, palette.MUTED),
            plain(state_word(one.seen), f"bold {state}"),
            plain(" ".join(marks(one.seen)), palette.AMBER),
        )
        yield _fact(pgettext("leave", "When"), span_words(span_of(leave)))
        back = f"{self.kiosk.desk.local(one.seen.back_by):%m-%d %H:%M}"
        yield _fact(_("Report back by"), back)
        if not one.may_read:
            words = _("Kind and reason are shown to the person, the head and the leaders.")
            yield plain(words, palette.MUTED)
            return
        yield _fact(pgettext("leave", "Kind"), kind_word(leave.kind))
        yield _fact(_("Workdays"), days_words(leave.halves))
        if leave.kind is LeaveKind.PERSONAL:
            yield _fact(_("Personal leave"), used_words(one.personal_halves))
        yield _fact(pgettext("leave", "Reason"), one.reason)
        yield _fact(_("Contact"), one.contact)
        yield _fact(_("Matters in hand"), one.matters)

    def _signatures(self, one: Whole) -> Iterator[Content]:
        for stand_in, person in one.stand_ins:
            accepted = _("accepted") if stand_in.accepted_at else _("not accepted yet: F7, 4")
            yield _fact(_("Stand-in"), f"{person.name} {accepted}")
        for signature in one.signatures:
            yield self._signature(signature)
        waiting = one.waits_for
        if waiting is not None:
            names = pgettext("list", ", ").join(it.name for it in waiting.people) or "-"
            words = granter_word(waiting.at)
            if waiting.in_place:
                words = _("{who}, for who is away").format(who=words)
            yield _fact(_("Waits for"), f"{words}: {names}")

    def _signature(self, signature: Signature) -> Content:
        approval = signature.approval
        said = pgettext("leave", "yes") if approval.yes else pgettext("leave", "no")
        if approval.in_place:
            said = _("{said}, for who is away").format(said=said)
        at = f"{self.kiosk.desk.local(approval.at):%m-%d %H:%M}"
        why = self._noes.get(approval.id, "")
        return _fact(granter_word(approval.needed), f"{signature.person.name} {said} {at} {why}")

    # Keys.

    async def action_sign(self) -> None:
        """Grant it."""
        if not self._signs:
            return
        kiosk = self.kiosk
        async with self.answering():
            leave = await self.act(
                granting.approve, kiosk.desk, kiosk.by, self._leave_id, self._proof
            )
            final = leave.state is LeaveState.APPROVED
            words = _("{number} is granted.") if final else _("{number}: signed, one more signs.")
            self._leave_with(words.format(number=leave.number), Tone.GOOD)

    def action_refuse(self) -> None:
        """Ask why not."""
        if self._signs:
            asked = AskText(
                lambda: _("Why is the leave not granted?"), lambda: pgettext("leave", "Why"),
                limit=rules.LONGEST_REASON,
            )  # fmt: skip
            self.app.push_screen(asked, self._refused)

    async def _refused(self, reason: str | None) -> None:
        if reason is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            leave = await self.act(
                granting.refuse, kiosk.desk, kiosk.by, self._leave_id, self._proof, reason
            )
            self._leave_with(_("{number} is not granted.").format(number=leave.number))

    async def action_withdraw(self) -> None:
        """Take it back."""
        if not self._takes_back:
            return
        kiosk = self.kiosk
        async with self.answering():
            number = await self.act(
                ending.withdraw, kiosk.desk, kiosk.by, self._leave_id, self._proof
            )
            self._leave_with(_("{number} is taken back.").format(number=number))

    async def action_print(self) -> None:
        """Print the slip for the file."""
        if self._one is not None and self._one.may_read:
            kiosk = self.kiosk
            async with self.answering():
                await self.act(slips.print_slip, kiosk.desk, kiosk.by, self._leave_id, self._proof)
                told = kiosk.on_paper(_("The slip is printed."), _("The paper waits: {trouble}"))
                kiosk.answer(Verdict(Tone.GOOD, told))

    async def action_papers(self) -> None:
        """Note that its papers have come."""
        if not self._takes_papers:
            return
        kiosk = self.kiosk
        async with self.answering():
            number = await self.act(ending.papers_in, kiosk.desk, self._leave_id, self._proof)
            self._leave_with(_("{number}: the papers are here.").format(number=number), Tone.GOOD)

    def _leave_with(self, words: str, tone: Tone = Tone.AMBER) -> None:
        name = self._one.seen.person.name if self._one is not None else ""
        self.dismiss()
        self.kiosk.answer(Verdict(tone, words, name=name))


def used_words(halves: int) -> str:
    """Return how many days of personal leave the months have, this one among them."""
    return _("{days} in the months it touches").format(days=days_words(halves))


def _fact(label: str, value: str) -> Content:
    return row(
        Content.styled(fitted(label, _LABEL), palette.MUTED), plain(value or "-", palette.TEXT)
    )  # fmt: skip
