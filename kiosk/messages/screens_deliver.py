"""A message reaches whom it is for: his own tap first, then one key for the words or for a slip."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import ScreenSuspend
from textual.widgets import Static

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.stand_in import stand_in_of
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.messages import service
from kiosk.messages.service import MessageShown
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import ROOM, AskText, Dialog
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, paragraph, plain, row


class DeliverMessages(Dialog[None]):
    """Everything that waits for one person: the tap, a key, received.

    The screen at the window is seen by visitors, and a guard reading a message aloud is heard by
    them. So nothing of it is shown before the addressee stands there and has tapped, and then he
    chooses himself: P gives it to him on paper, at once and for his eyes alone, Enter shows it
    here. Both take one key; only his tap, or his own number and PIN, closes a message.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("p,P", "print", show=False),
        Binding("n,N", "no_badge", show=False),
        Binding("v,V", "void", show=False),
    ]

    def __init__(self, message_id: str) -> None:
        super().__init__(lambda: _("Telephone messages"))
        self._message_id = message_id
        self._receiver: Person | None = None
        self._stand_in: Person | None = None
        self._taker: Person | None = None
        self._number = ""
        self._waiting: list[MessageShown] = []
        self._means: Means | None = None
        self._shown = False

    def parts(self) -> ComposeResult:
        """Yield the place of the messages and the keys."""
        yield Static("", markup=False, id="messages")

    async def on_screen_resume(self) -> None:
        """Read what waits; a message closed meanwhile closes its question."""
        await super().on_screen_resume()
        await self.aside(self._read)
        if self._receiver is None or not self._waiting:
            self.dismiss(None)
        elif self.alive:
            self._draw()

    def _read(self) -> None:
        with self.kiosk.desk.read() as book:
            message, self._receiver = service.message_by_id(book, self._message_id)
            self._stand_in = stand_in_of(book, self._receiver, self.kiosk.desk.clock())
            self._number = message.number
            open_ = message.closed_at is None
            self._waiting = service.waiting_for(book, message.for_id) if open_ else []

    @on(ScreenSuspend)
    def forget_tap(self) -> None:
        """Hide the words behind whatever comes in front: they need a tap of their own again."""
        self._means, self._taker, self._shown = None, None, False

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        if self._receiver is not None:
            self._draw()

    def _draw(self) -> None:
        self.entitle(self._heading)
        self.help(self._next_step, palette.MUTED if self._means is None else palette.GOOD)
        self.query_one("#messages", Static).update(self._body())

    def _heading(self) -> str:
        name, n = self._called, len(self._waiting)
        told = ngettext("{n} message for {receiver}", "{n} messages for {receiver}", n)
        return told.format(n=n, receiver=name)

    @property
    def _called(self) -> str:
        return self._receiver.name if self._receiver is not None else ""

    def _next_step(self) -> str:
        if self._means is None:
            told = _("{name}, please tap your badge. N: no badge. V: void {number}.")
            if self._stand_in is not None:
                told = _(
                    "{stand_in} stands in for {name}: please tap your badge."
                    " N: no badge. V: void {number}."
                )
            stand_in = self._stand_in.name if self._stand_in is not None else ""
            return told.format(name=self._called, number=self._number, stand_in=stand_in)
        if not self._shown:
            return _("P prints it for you alone. Enter shows it here.")
        return _("Enter: received. P: received, and printed.")

    def _body(self) -> Content:
        parts = [self._head(one) for one in self._waiting]
        if not self._shown:
            return lines(*parts)
        told: list[Content] = []
        for head, one in zip(parts, self._waiting, strict=True):
            who = row(plain(one.caller, palette.TEXT), plain(one.phone, palette.INFO))
            told += [head, who, paragraph(one.words, f"bold {palette.TEXT}", ROOM), plain("")]
        return lines(*told)

    def _head(self, one: MessageShown) -> Content:
        at = self.kiosk.desk.local(one.taken_at).strftime("%m-%d %H:%M")
        urgent = pgettext("message", "urgent") if one.urgent else ""
        return row(
            plain(one.number, palette.MUTED), plain(at, palette.MUTED), plain(urgent, palette.RED)
        )

    # His tap, or his number and PIN.

    def accepts(self, bearer: Bearer) -> bool:
        """Take the badge of addressee or stand-in; everybody else's gets its usual answer."""
        return isinstance(bearer, StaffCard) and self._is_receiver(bearer.person)

    def _is_receiver(self, person: Person) -> bool:
        may = (self._receiver, self._stand_in)
        return any(one is not None and person.id == one.id for one in may)

    async def take_card(self, bearer: Bearer) -> None:
        """Let who tapped choose how to get it."""
        if isinstance(bearer, StaffCard):
            self._proved(bearer.person, Means.BADGE)

    def _proved(self, person: Person, means: Means) -> None:
        self._means, self._taker = means, person
        self.wrong()
        self._draw()
        choose = _("On paper: P. On the screen: Enter.")
        self.kiosk.answer(Verdict(Tone.INFO, choose, name=person.name))

    def action_no_badge(self) -> None:
        """Ask for staff number and PIN of who has no badge."""

        def proved(proof: Proof | None) -> None:
            if proof is None:
                return
            if self._is_receiver(proof.person):
                self._proved(proof.person, proof.means)
            else:
                self.refused(
                    Refused("message.not_yours", name=proof.person.name, number=self._number)
                )

        title = partial(_no_badge_of, self._called)
        self.app.push_screen(AskProof(title, may=self._is_receiver), proved)

    # What follows.

    async def action_go_on(self) -> None:
        """Show the words; once they are shown, they are received."""
        if self._means is None:
            return
        self.wrong()
        if self._shown:
            await self._receive(on_paper=False)
        else:
            self._shown = True
            self._draw()

    async def action_print(self) -> None:
        """Print it for him; without a printer it stays open, and says how it can still be read."""
        if self._means is None:
            return
        if self.kiosk.printer_trouble():
            self.wrong(self._no_paper)
        else:
            await self._receive(on_paper=True)

    def _no_paper(self) -> str:
        told = _("Nothing is printed now ({trouble}). Enter shows it here.")
        return told.format(trouble=self.kiosk.printer_trouble())

    async def _receive(self, *, on_paper: bool) -> None:
        receiver, means, kiosk = self._taker, self._means, self.kiosk
        if receiver is None or means is None:
            return
        ids = [one.id for one in self._waiting]
        try:
            numbers = await self.act(
                service.receive, kiosk.desk, kiosk.by, ids, receiver, means, on_paper=on_paper
            )
        except Refused as refused:
            self.refused(refused)
            return
        n = len(numbers)
        told = ngettext("{n} message received", "{n} messages received", n).format(n=n)
        paper = (_("The slip is being printed."),) if on_paper else ()
        self.dismiss(None)
        kiosk.answer(
            Verdict(
                Tone.GOOD, told, name=receiver.name, lines=kiosk.notes(receiver), notes=paper
            )
        )  # fmt: skip

    def action_void(self) -> None:
        """Ask why the message is void."""
        title = partial(_void_title, self._number)
        asked = AskText(title, lambda: pgettext("message", "Why"), limit=service.LONGEST_REASON)
        self.app.push_screen(asked, self._void)

    async def _void(self, reason: str | None) -> None:
        if reason is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            number = await self.act(service.void, kiosk.desk, kiosk.by, self._message_id, reason)
            self.dismiss(None)
            told = _("{number} is void; it stays in the register.").format(number=number)
            kiosk.answer(Verdict(Tone.AMBER, told))


def _no_badge_of(name: str) -> str:
    return _("{name} without a badge").format(name=name)


def _void_title(number: str) -> str:
    return _("Void message {number}").format(number=number)
