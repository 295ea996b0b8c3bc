"""The exit's small questions: how many leave, what is lent, what is back, how it was settled."""

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.bearer import Bearer, ThingTag
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.refusal import Refused
from kiosk.desk.words import Words, _
from kiosk.ui.dialogs import Choose, Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from visitors.cards import VisitCard
from visitors.exit import differing, elsewhere, lending
from visitors.exit.by_card import is_card_of_another
from visitors.exit.lending import Lent
from visitors.exit.models import Differs, Settled
from visitors.exit.parting import part_leaves
from visitors.exit.wording import SETTLED_WORDS
from visitors.screens_departure import parted_verdict
from visitors.service import REASON_LIMIT

_BACK, _STAYS = "back", "stays"


class AskSaved(Dialog[None]):
    """Asks for one line and writes it; a refusal stays under what was typed."""

    def __init__(self, title: Words, label: Words, help_line: Words, limit: int) -> None:
        super().__init__(title, help_line)
        self._label, self._limit = label, limit

    def parts(self) -> ComposeResult:
        """Yield the field."""
        yield LabelledInput(self._label, id="text", limit=self._limit)

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one("#text", LabelledInput).focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write what was typed, then close; an empty line is no answer."""
        event.stop()
        text = self.query_one("#text", LabelledInput).text
        if text:
            await self.written(text)
        else:
            self.wrong(lambda: _("Please type something first."))

    async def written(self, text: str) -> None:
        """Write it; a refusal is said here and everything typed stays."""
        try:
            verdict = await self.save(text)
        except Refused as refused:
            self.refused(refused)
            return
        self.done(verdict)

    def done(self, verdict: Verdict) -> None:
        """Close, and say what was written."""
        kiosk = self.kiosk
        self.dismiss()
        kiosk.answer(verdict)

    async def save(self, text: str) -> Verdict:
        """Run the use case; return what to say."""
        raise NotImplementedError


class AskHowMany(AskSaved):
    """How many of the group leave now? The others stay inside with the same slip."""

    def __init__(self, visit: VisitCard) -> None:
        super().__init__(
            lambda: _("{number} {visitor}: how many leave now?").format(
                number=visit.listed, visitor=visit.name
            ),
            lambda: _("How many"),
            lambda: _("{n} came. The others stay inside with the same slip.").format(
                n=visit.remaining
            ),
            limit=2,
        )
        self._visit = visit

    async def save(self, text: str) -> Verdict:
        """Let so many out."""
        kiosk, count = self.kiosk, int(text) if text.isdecimal() else 0
        return parted_verdict(
            await self.act(part_leaves, kiosk.desk, kiosk.by, self._visit.id, count)
        )


class AskGoods(AskSaved):
    """What about the goods differs? It becomes an open thing; nobody is kept for it."""

    def __init__(self, visit: VisitCard) -> None:
        super().__init__(
            lambda: _("What about the goods differs?"),
            lambda: _("Differs"),
            lambda: _("Came in with: {goods}").format(
                goods=visit.goods or _("nothing was carried in")
            ),
            limit=REASON_LIMIT,
        )
        self._visit = visit

    async def save(self, text: str) -> Verdict:
        """Write the difference down."""
        kiosk = self.kiosk
        number = await self.act(
            differing.differs, kiosk.desk, kiosk.by, self._visit.id, Differs.GOODS, text
        )
        return differs_verdict(number)


def differs_verdict(number: str) -> Verdict:
    """Say that a difference is an open thing now, and that the visitor may go."""
    words = _("Written down as {number}. The visitor may leave.").format(number=number)
    return Verdict(Tone.AMBER, words)


class LendThing(AskSaved):
    """Which thing is lent? Its tag on the reader, or its name and Enter."""

    def __init__(self, visit: VisitCard) -> None:
        super().__init__(
            lambda: _("Lend to {number} {visitor}").format(number=visit.listed, visitor=visit.name),
            lambda: _("Thing"),
            lambda: _("Tap its tag, or type its name and press Enter."),
            limit=40,
        )
        self._visit = visit

    def accepts(self, bearer: Bearer) -> bool:
        """Take the tag of a thing; the card of another visitor lets that one out meanwhile."""
        if not isinstance(bearer, ThingTag):
            return False
        with self.kiosk.desk.read() as book:
            return not is_card_of_another(book, bearer.thing, self._visit.id)

    async def take_card(self, bearer: Bearer) -> None:
        """Lend the thing whose tag it is."""
        if not isinstance(bearer, ThingTag) or self.kiosk.operator is None:
            return
        kiosk = self.kiosk
        try:
            lent = await self.act(
                lending.lend, kiosk.desk, kiosk.by, self._visit.id, bearer.thing.id
            )
        except Refused as refused:
            self.refused(refused)
            return
        self.done(lent_verdict(lent, self._visit))

    async def save(self, text: str) -> Verdict:
        """Lend the thing of that name."""
        kiosk = self.kiosk
        lent = await self.act(
            lending.lend_called, kiosk.desk, kiosk.by, self._visit.id, text
        )  # fmt: skip
        return lent_verdict(lent, self._visit)


def lent_verdict(lent: Lent, visit: VisitCard) -> Verdict:
    """Say what a visitor has now."""
    words = _("has {thing}, no. {number}").format(thing=lent.label, number=visit.listed)
    return Verdict(Tone.GOOD, words, name=visit.address)


def back_verdict(lent: Lent) -> Verdict:
    """Say what is back."""
    return Verdict(Tone.GOOD, _("{thing} is back").format(thing=lent.label))


class TakeBackThing(Choose):
    """Which of the things the visitor has is here? Its tag on the reader does the same."""

    def __init__(self, lent: Sequence[Lent]) -> None:
        super().__init__(
            lambda: _("What is back?"), [(one.loan_id, partial(str, one.label)) for one in lent]
        )

    async def answered(self, key: str) -> None:
        """Take it back, then close."""
        kiosk = self.kiosk
        async with self.answering():
            back = await self.act(lending.give_back, kiosk.desk, kiosk.by, key)
            self.dismiss(key)
            kiosk.answer(back_verdict(back))


class NotBack(Choose):
    """Asks of a thing that somebody who has left still has: is it here now."""

    def __init__(self, thing: OpenThing) -> None:
        super().__init__(
            thing.what.text,
            [(_BACK, lambda: _("It is here now")), (_STAYS, lambda: _("It is still out"))],
            lambda: _("Lost: report it with the keys (F4), on its card."),
        )
        self._loan_id = thing.ref

    async def answered(self, key: str) -> None:
        """Take it back where it is here; then close."""
        kiosk = self.kiosk
        async with self.answering():
            if key == _BACK:
                kiosk.answer(
                    back_verdict(
                        await self.act(lending.give_back, kiosk.desk, kiosk.by, self._loan_id)
                    )
                )
            self.dismiss(key)


class SettleDifference(Choose):
    """Asks how a difference at the exit ended."""

    def __init__(self, thing: OpenThing) -> None:
        super().__init__(
            thing.what.text,
            [(how.value, partial(_, words)) for how, words in SETTLED_WORDS.items()],
        )
        self._difference_id, self._number = thing.ref, thing.number

    async def answered(self, key: str) -> None:
        """Write how it ended, then close."""
        kiosk = self.kiosk
        async with self.answering():
            how = Settled(key)
            await self.act(differing.settle, kiosk.desk, kiosk.by, self._difference_id, how)
            self.dismiss(key)
            kiosk.answer(Verdict(Tone.GOOD, _("{number} is settled.").format(number=self._number)))


class ToldGate(Choose):
    """Asks whether the other gate knows that its slip went out here."""

    def __init__(self, thing: OpenThing) -> None:
        super().__init__(thing.what.text, [("told", lambda: _("That gate is told"))])
        self._row_id = thing.ref

    async def answered(self, key: str) -> None:
        """Write down that it is told, then close."""
        kiosk = self.kiosk
        async with self.answering():
            await self.act(elsewhere.told, kiosk.desk, kiosk.by, self._row_id)
            self.dismiss(key)
            kiosk.answer(Verdict(Tone.GOOD, _("That gate is told")))
