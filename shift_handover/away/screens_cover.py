"""Who keeps the post: the companion's tap, or alone with a superior's word, and the door."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.people import DESK_ROLES, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import Words, _, pgettext
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import AskText, Choose, Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.screen import UseCases
from kiosk.ui.verdict import Verdict
from shift_handover.away import rules
from shift_handover.away.models import Cover, Door, Kind
from shift_handover.away.rules import LONGEST_WORDS, Asked, Keeping
from shift_handover.away.wording import DOORS, kind_word, place_word

Found = TypeVar("Found")
Lengthen = Callable[[int], Awaitable[Verdict]]
"""Gives so many minutes more and returns what is told of it; raises ``Refused``."""


class _Taps(Dialog[Found]):
    """A question that a companion's badge answers; the absent one's own badge is told so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("n,N", "no_badge", show=False)]

    def __init__(self, title: Words, absent: Person, help_line: Words) -> None:
        super().__init__(title, help_line)
        self._absent = absent

    def accepts(self, bearer: Bearer) -> bool:
        """Take the badge of everybody who keeps a desk; others sign in as always."""
        return isinstance(bearer, StaffCard) and bearer.person.role in DESK_ROLES

    async def take_card(self, bearer: Bearer) -> None:
        """Take the companion's badge: he knows where, why and how long."""
        if isinstance(bearer, StaffCard):
            self._tapped(bearer.person, Means.BADGE)

    def action_no_badge(self) -> None:
        """Take the companion's staff number and PIN instead."""

        def proved(proof: Proof | None) -> None:
            if proof is not None:
                self._tapped(proof.person, proof.means)

        self.app.push_screen(AskProof(lambda: _("Companion without a badge")), proved)

    def _tapped(self, person: Person, means: Means) -> None:
        try:
            rules.check_companion(person, self._absent.id)
        except Refused as refused:
            self.refused(refused)
        else:
            self.found(person, means)

    def found(self, person: Person, means: Means) -> None:
        """Return the companion; subclasses say as what."""
        raise NotImplementedError


class CompanionTaps(_Taps[tuple[Person, Means] | None]):
    """Return the companion who taps, and how; None for Esc."""

    def __init__(self, title: Words, absent: Person) -> None:
        super().__init__(title, absent, lambda: _("Companion, please tap. N: no badge."))

    def found(self, person: Person, means: Means) -> None:
        """Return the companion."""
        self.dismiss((person, means))


class WhoKeeps(_Taps[Keeping | None]):
    """Return who keeps the post meanwhile. Everything said stands here for the companion to read.

    A: nobody is here. Then it is a short absence, or a superior's word is asked; and the door.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("a,A", "alone", show=False)]

    def __init__(self, asked: Asked, absent: Person) -> None:
        super().__init__(partial(_what_is_asked, asked, absent.name), absent, partial(_how, asked))
        self._asked = asked

    def found(self, person: Person, means: Means) -> None:
        """Return the companion as who keeps the post."""
        self.dismiss(Keeping(Cover.COMPANION, person, means))

    def action_alone(self) -> None:
        """Ask on what ground somebody who is alone leaves."""
        if self._asked.kind is Kind.REST:
            self.refused(Refused("away.rest_alone"))
        elif self._asked.minutes > self.kiosk.desk.rules.away_short_min:
            self._on_word()
        else:
            choices = [
                ("short", lambda: _("Short absence, nobody's word")),
                ("word", lambda: _("On a superior's word")),
            ]
            self.app.push_screen(Choose(lambda: _("Nobody else is here"), choices), self._ground)

    def _ground(self, ground: str | None) -> None:
        if ground == "short":
            ask_door(self, str, partial(self._alone, Keeping(Cover.SHORT)))
        elif ground == "word":
            self._on_word()

    def _on_word(self) -> None:
        def spoken(leader: Person, words: str) -> None:
            keeping = Keeping(Cover.LEADER, leader=leader, words=words)
            ask_door(self, read_back_to(leader, words), partial(self._alone, keeping))

        ask_word(self, spoken)

    async def _alone(self, keeping: Keeping, door: Door) -> None:
        self.dismiss(Keeping(keeping.cover, leader=keeping.leader, words=keeping.words, door=door))


def _what_is_asked(asked: Asked, name: str) -> str:
    where = place_word(asked.kind, asked.place)
    told = _("{name}: {kind}, {where} {why}, {n} min")
    return told.format(
        name=name, kind=kind_word(asked.kind), where=where, why=asked.why, n=asked.minutes
    )


def _how(asked: Asked) -> str:
    if asked.kind is Kind.REST:
        return _("Companion, please tap: you keep the post. N: no badge.")
    return _("Companion, please tap: I know. N: no badge. A: nobody else is here.")


def ask_word(front: UseCases, then: Callable[[Person, str], None]) -> None:
    """Ask which superior gave the word and what was said; Esc anywhere leaves it with nothing."""

    def who(person: Person | None) -> None:
        if person is None:
            return

        def spoken(words: str | None) -> None:
            if words is not None:
                then(person, words)

        title = partial(_what_did, person.name)
        label: Words = lambda: pgettext("away", "Words")  # noqa: E731 - named for the line below
        front.app.push_screen(AskText(title, label, limit=LONGEST_WORDS), spoken)

    asked = AskPerson(
        lambda: _("Which superior gave the word?"), lambda: _("Type number, name or pinyin."),
        badges=False, check=rules.check_leads,
    )  # fmt: skip
    front.app.push_screen(asked, who)


def _what_did(name: str) -> str:
    return _("What did {name} say?").format(name=name)


def read_back_to(person: Person, words: str) -> Words:
    """Return the line that has the guard read the words back, in the language of its moment."""
    return lambda: _("Read it back to {name}: {words}").format(name=person.name, words=words)


def ask_door(
    front: UseCases, help_line: Words, then: Callable[[Door], Awaitable[None]]
) -> None:  # fmt: skip
    """Ask in what state the door is left; ``help_line`` says what is to be read back before."""

    async def chosen(key: str | None) -> None:
        if key is not None:
            await then(Door(key))

    choices = [(door.value, partial(_, word)) for door, word in DOORS.items()]
    question = Choose(_how_is_the_door, choices)
    if help_line is not str:
        question = Choose(_how_is_the_door, choices, help_line)
    front.app.push_screen(question, chosen)


def _how_is_the_door() -> str:
    return _("How do you leave the door?")


class _AskMinutes(AskText):
    """Ask for minutes and do what they are for; refused ones stay typed, with all before them."""

    def __init__(self, title: Words, help_line: Words, act: Lengthen) -> None:
        super().__init__(title, lambda: pgettext("away", "Minutes"), help_line, limit=3)
        self._act = act

    async def on_input_submitted(self, event: Input.Submitted) -> None:  # type: ignore[override] # Textual awaits either kind
        """Do it, and close; say here what is refused."""
        event.stop()
        event.prevent_default()  # Textual calls the base class's handler as well
        typed = self.query_one("#text", LabelledInput).text
        async with self.answering():
            try:
                verdict = await self._act(rules.typed_minutes(typed))
            except Refused as refused:
                self.refused(refused)
                return
            self.dismiss(typed)
            self.kiosk.answer(verdict)


def ask_minutes(
    front: UseCases, help_line: Words, act: Lengthen, *, none: bool = False
) -> None:  # fmt: skip
    """Ask how many minutes more; with ``none`` 0 is an answer too."""
    front.app.push_screen(_AskMinutes(partial(_more, none=none), help_line, act))


def _more(*, none: bool) -> str:
    return _("How many minutes more? 0: none") if none else _("How many minutes more?")
