"""A thing kept for somebody: for whom, from when until when, with or without a manager's word."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Loan, Thing
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.typed_time import typed_time
from kiosk.desk.words import Words, _, pgettext, sentence
from kiosk.keys import booking, rules
from kiosk.keys.asking import holder_name
from kiosk.keys.models import Reservation
from kiosk.keys.screens_board_rows import day_hour
from kiosk.keys.screens_signed import manager_help, written
from kiosk.ui import palette
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.context import Context
from kiosk.ui.dialogs import Choose, Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict, refusal
from kiosk.ui.words_on_screen import lines, plain

_ALONE, _SIGNED = "alone", "signed"
Booking = tuple[Reservation, Person]
Span = tuple[datetime, datetime]


class Reserving:
    """The questions of one reservation, one by one; Esc at any of them reserves nothing."""

    def __init__(self, screen: KioskScreen, thing: Thing, booked: Sequence[Booking]) -> None:
        self._screen, self._thing, self._booked = screen, thing, booked
        self._kiosk: Context = screen.kiosk

    def begin(self) -> None:
        """Ask for whom."""
        asked = AskPerson(lambda: _("Reserve {thing}: for whom?").format(thing=self._thing.label))
        self._screen.app.push_screen(asked, self._who)

    def _who(self, person: Person | None) -> None:
        if person is None:
            return
        asked = AskSpan(
            lambda: _("{thing} for {name}").format(thing=self._thing.label, name=person.name),
            [partial(_taken, self._kiosk.desk, one) for one in self._booked],
        )
        self._screen.app.push_screen(asked, partial(self._when, person))

    def _when(self, person: Person, span: Span | None) -> None:
        if span is None:
            return
        asked = Choose(lambda: _("With a manager's word?"), _words(self._thing))
        self._screen.app.push_screen(asked, partial(self._how, person, span))

    async def _how(self, person: Person, span: Span, how: str | None) -> None:
        if how == _SIGNED:
            signed = SignedAct(
                lambda: _("Yes to the reservation for {name}").format(name=person.name),
                partial(self._reserve, person, span), manager_help, may=rules.manages,
            )  # fmt: skip
            self._screen.app.push_screen(signed)
        elif how == _ALONE:
            try:
                self._kiosk.answer(await self._reserve(person, span, None))
            except Refused as refused:
                self._kiosk.answer(refusal(refused))

    async def _reserve(self, person: Person, span: Span, proof: Proof | None) -> Verdict:
        kiosk = self._kiosk
        made = await written(
            kiosk, booking.reserve, kiosk.desk, self._thing.id, person, kiosk.by, *span, proof
        )
        words = _("{thing} is reserved, {number}").format(
            thing=self._thing.label, number=made.number
        )
        times = f"{day_hour(kiosk.desk, span[0])} - {day_hour(kiosk.desk, span[1])}"
        found = await self._screen.aside(booking.out_then, kiosk.desk, made.thing_id, span[0])
        if found is None:
            return Verdict(Tone.GOOD, words, name=person.name, time=times)
        late = _not_back(kiosk.desk, *found)
        return Verdict(Tone.AMBER, words, name=person.name, time=times, lines=(late,))


def _words(thing: Thing) -> list[tuple[str, Words]]:
    """Return whose word can be given now: where two are asked, none counts before it goes out."""
    if booking.two_must_agree(thing):
        return [(_ALONE, lambda: _("Reserve it; two managers say yes when it goes out"))]
    return [
        (_ALONE, lambda: _("Reserve it; the word is asked when it goes out")),
        (_SIGNED, lambda: _("A manager says yes now, with badge and PIN")),
    ]


def _not_back(desk: Desk, loan: Loan, holder: Person | None) -> str:
    if loan.due_at is None:
        words = _("{holder} has it for good: call it back on its card.")
        return words.format(holder=holder_name(loan, holder))
    return _("{holder} has it until {due}: call it back on its card.").format(
        holder=holder_name(loan, holder), due=day_hour(desk, loan.due_at)
    )


def _taken(desk: Desk, one: Booking) -> str:
    since, until = day_hour(desk, one[0].from_at), day_hour(desk, one[0].until_at)
    return _("{name} has it reserved from {since} until {until}").format(
        name=one[1].name, since=since, until=until
    )


def _booked(desk: Desk, one: Booking) -> str:
    return f"{one[0].number}  {_taken(desk, one)}"


def _how_to_type() -> str:
    return _("Type 16:30 for today, or 11-30 16:30.")


class AskSpan(Dialog[Span | None]):
    """From when until when; ``taken`` says what stands in the way. Returns both times, aware.

    ``in_advance`` takes no beginning that is over already (clause 90).
    """

    def __init__(
        self, title: Words, taken: Sequence[Words] = (), note: Words = _how_to_type, *,
        in_advance: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(title, note)
        self._taken, self._in_advance = taken, in_advance

    def parts(self) -> ComposeResult:
        """Yield the two fields, and what is taken already."""
        yield LabelledInput(
            lambda: pgettext("booking", "From"), id="from", hint=lambda: _("empty for now")
        )
        yield LabelledInput(lambda: pgettext("booking", "Until"), id="until")
        yield Static(self._in_the_way(), markup=False, id="taken")

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self.query_one("#taken", Static).update(self._in_the_way())

    def _in_the_way(self) -> Content:
        return lines(*[plain(words(), palette.AMBER) for words in self._taken])

    def on_mount(self) -> None:
        """Start with the beginning."""
        self.query_one("#from", LabelledInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on from the beginning to the end; then both are the answer."""
        event.stop()
        until = self.query_one("#until", LabelledInput)
        begin = self._read("from")
        if begin is None:
            return
        if event.input is not until.input:
            until.focus()
            return
        end = self._read("until")
        if end is None:
            return
        if end <= begin:
            until.wrong(partial(sentence, "keys.times_wrong", {}))
        else:
            self.dismiss((begin, end))

    def _read(self, name: str) -> datetime | None:
        field, desk = self.query_one(f"#{name}", LabelledInput), self.kiosk.desk
        field.wrong()
        now = desk.local(desk.clock())
        if name == "from" and not field.text:
            return now
        try:
            return self._accepted(name, typed_time(field.text, now), now)
        except Refused as refused:
            field.wrong(partial(sentence, refused.code, refused.facts))
            field.focus()
            return None

    def _accepted(self, name: str, at: datetime, now: datetime) -> datetime:
        if name == "from" and self._in_advance:
            booking.check_in_advance(at, now)
        return at


class CancelBooking(Choose):
    """Ask which reservation is taken back."""

    def __init__(self, booked: Sequence[Booking], desk: Desk) -> None:
        choices = [(one[0].id, partial(_booked, desk, one)) for one in booked[:9]]
        super().__init__(lambda: _("Cancel which reservation?"), choices)

    async def answered(self, key: str) -> None:
        """Take it back."""
        kiosk = self.kiosk
        async with self.answering():
            self.dismiss(key)
            await written(kiosk, booking.cancel, kiosk.desk, key, kiosk.by)
            kiosk.answer(Verdict(Tone.GOOD, _("The reservation is cancelled.")))
