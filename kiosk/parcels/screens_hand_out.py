"""Parcels go out on the addressee's tap, or on a colleague's with the addressee's word."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.site_desks import site_desks
from kiosk.desk.stand_in import stand_in_of
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.parcels import service
from kiosk.parcels.models import Ending, Word
from kiosk.parcels.service import ParcelShown
from kiosk.parcels.wording import WORDS, ending_word, kind_word
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import AskText, Choose, Dialog
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.verdict import Verdict

_MOST_ROWS = 8


class HandOut(Dialog[None]):
    """Everything that lies for one person. One tap takes all that is not unchosen.

    What lies at another desk says so, and stays unless somebody has it here and chooses it.

    The addressee's badge is taken at once. A colleague's is taken only after C said how the
    addressee agreed: until then it gets its usual answer, so that nobody's sign-in is lost here.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,N", "no_badge", show=False),
        Binding("c,C", "colleague", show=False),
        Binding("b,B", "back", show=False),
    ]

    def __init__(self, parcel_id: str) -> None:
        super().__init__(lambda: _("Parcels"))
        self._parcel_id = parcel_id
        self._addressee: Person | None = None
        self._stand_in: Person | None = None
        self._lying: list[ParcelShown] = []
        self._stays: set[str] = set()
        self._at: dict[str, str] = {}
        self._word = Word.OWN

    def parts(self) -> ComposeResult:
        """Yield the list of what lies here."""
        yield RowList(
            Column("", 2), Column("", 5), Column("", share=2), Column("", share=3),
            Column("", share=1), header=False, id="lying",
        )  # fmt: skip

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one("#lying", RowList).focus()

    async def on_screen_resume(self) -> None:
        """Read what lies here; a parcel that went meanwhile closes its question."""
        await super().on_screen_resume()
        await self.aside(self._read)
        if self._addressee is None or not self._lying:
            self.dismiss(None)
        elif self.alive:
            self._draw()

    def _read(self) -> None:
        with self.kiosk.desk.read() as book:
            parcel, self._addressee = service.parcel_by_id(book, self._parcel_id)
            self._stand_in = stand_in_of(book, self._addressee, self.kiosk.desk.clock())
            here = parcel.closed_at is None
            self._lying = service.lying_for(book, parcel.for_id) if here else []
            desks = site_desks(self.kiosk.desk, book)
        for one in self._lying:
            if one.id not in self._at and desks.short(one.gate):
                self._stays.add(one.id)  # nobody at this window can hand it over, until it is here
            self._at[one.id] = desks.short(one.gate)

    def translate(self) -> None:
        """Say it again in the language chosen now; what is chosen stays."""
        super().translate()
        if self._addressee is not None:
            self._draw()

    def _draw(self) -> None:
        self.entitle(self._heading)
        self.help(self._next_step)
        shown = self.query_one("#lying", RowList)
        shown.styles.height = min(_MOST_ROWS, len(self._lying))
        shown.show([self._row(one) for one in self._lying])

    def _heading(self) -> str:
        n = sum(one.count for one in self._lying if not self._at[one.id])
        if not n:
            desks = dict.fromkeys(self._at[one.id] for one in self._lying)
            at = pgettext("between parts", ", ").join(desks)
            return _("Nothing lies here for {name}; it lies at {desk}").format(
                name=self._called, desk=at
            )
        told = ngettext("{n} parcel lies here for {name}", "{n} parcels lie here for {name}", n)
        return told.format(n=n, name=self._called)

    @property
    def _called(self) -> str:
        return self._addressee.name if self._addressee is not None else ""

    def _next_step(self) -> str:
        if self._word is not Word.OWN:
            told = _("The colleague taps now. {name} agreed: {word}.")
            return told.format(name=self._called, word=_(WORDS[self._word]))
        told = _(
            "{name}, please tap. N no badge, C a colleague takes it,"
            " B back or void, Space: this one stays."
        )
        if self._stand_in is None:
            return told.format(name=self._called)
        told = _(
            "{stand_in} stands in for {name}: please tap. N no badge,"
            " C a colleague takes it, B back or void, Space: this one stays."
        )
        return told.format(name=self._called, stand_in=self._stand_in.name)

    def _row(self, one: ParcelShown) -> ListRow:
        stays = one.id in self._stays
        colour = palette.MUTED if stays else palette.TEXT
        cells = (
            "-" if stays else "✓", one.number, self._shelf(one), kind_word(one.kind, one.count),
            one.sender,
        )  # fmt: skip
        return ListRow(cells, key=one.id, colour=colour, faint=(1, 4))

    def _shelf(self, one: ParcelShown) -> str:
        at = self._at[one.id]
        return _("{gate}: {shelf}").format(gate=at, shelf=one.shelf) if at else one.shelf

    def on_key(self, event: Key) -> None:
        """Let the line under the cursor stay here, or go after all."""
        row = self.query_one("#lying", RowList).current
        if event.key == "space" and row is not None:
            event.stop()
            self._stays ^= {row.key}
            self.wrong()
            self._draw()

    def on_row_list_chosen(self) -> None:
        """Say that Enter hands nothing out: the tap does."""
        self.wrong(lambda: _("Nothing goes out without a tap."))

    # Whose tap it is.

    def accepts(self, bearer: Bearer) -> bool:
        """Take the addressee's badge or the stand-in's; a colleague's once the word is known."""
        return isinstance(bearer, StaffCard) and self._may_take(bearer.person)

    def _may_take(self, person: Person) -> bool:
        may = (self._addressee, self._stand_in)
        is_meant = any(one is not None and person.id == one.id for one in may)
        return is_meant or self._word is not Word.OWN

    async def take_card(self, bearer: Bearer) -> None:
        """Hand out to who tapped."""
        if isinstance(bearer, StaffCard):
            await self._hand_out(bearer.person, Means.BADGE)

    def action_no_badge(self) -> None:
        """Ask for staff number and PIN of who has no badge."""

        async def proved(proof: Proof | None) -> None:
            if proof is not None:
                await self._hand_out(proof.person, proof.means)

        asked = AskProof(lambda: _("Collected without a badge"), may=self._may_take)
        self.app.push_screen(asked, proved)

    def action_colleague(self) -> None:
        """Ask how the addressee agreed that a colleague takes it."""
        choices = [(word.value, partial(_, said)) for word, said in WORDS.items()]
        title = partial(_how_agreed, self._called)
        self.app.push_screen(Choose(title, choices), self._agreed)

    def _agreed(self, word: str | None) -> None:
        if word is not None:
            self._word = Word(word)
            self._draw()

    async def _hand_out(self, receiver: Person, means: Means) -> None:
        kiosk = self.kiosk
        going = [one for one in self._lying if one.id not in self._stays]
        try:
            await self.act(
                service.hand_out, kiosk.desk, kiosk.by, [one.id for one in going], receiver,
                means, self._word,
            )  # fmt: skip
        except Refused as refused:
            self.refused(refused)
            return
        n = sum(one.count for one in going)
        told = ngettext("{n} parcel handed out", "{n} parcels handed out", n).format(n=n)
        shelves = pgettext("between parts", ", ").join(dict.fromkeys(one.shelf for one in going))
        self.dismiss(None)
        kiosk.answer(
            Verdict(Tone.GOOD, told, name=receiver.name, place=shelves, lines=kiosk.notes(receiver))
        )

    # Back to the carrier, or void.

    def action_back(self) -> None:
        """Ask what becomes of the line under the cursor."""
        row = self.query_one("#lying", RowList).current
        if row is not None:
            one = next(one for one in self._lying if one.id == row.key)
            self.app.push_screen(
                Choose(partial(_what_becomes, one.number), _BACK), partial(self._goes, one)
            )

    def _goes(self, one: ParcelShown, how: str | None) -> None:
        if how is None:
            return
        ending = Ending(how)

        async def because(reason: str | None) -> None:
            if reason is not None:
                await self._send_back(one, ending, reason)

        title = partial(_why_title, one.number, ending)
        asked = AskText(title, lambda: pgettext("parcel", "Why"), limit=service.LONGEST_REASON)
        self.app.push_screen(asked, because)

    async def _send_back(self, one: ParcelShown, ending: Ending, reason: str) -> None:
        kiosk = self.kiosk
        async with self.answering():
            if ending is Ending.VOIDED:
                await self.act(service.void, kiosk.desk, kiosk.by, one.id, reason)
            else:
                await self.act(service.send_back, kiosk.desk, kiosk.by, one.id, ending, reason)
            self.dismiss(None)
            told = _("{number}: {ending}").format(number=one.number, ending=ending_word(ending))
            kiosk.answer(Verdict(Tone.AMBER, told, name=self._called))


_BACK = [
    (Ending.REFUSED.value, lambda: _("The addressee refuses it: back to the carrier")),
    (Ending.RETURNED.value, lambda: _("Back to the carrier for another reason")),
    (Ending.VOIDED.value, lambda: _("Written down wrongly: void")),
]


def _how_agreed(name: str) -> str:
    return _("How did {name} agree?").format(name=name)


def _what_becomes(number: str) -> str:
    return _("What becomes of {number}?").format(number=number)


def _why_title(number: str, ending: Ending) -> str:
    return _("{number}: {ending}").format(number=number, ending=ending_word(ending))
