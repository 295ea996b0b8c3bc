"""What is asked between badge and key: warnings, the reason, a manager's word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.bearer import Bearer, StaffCard, ThingTag
from kiosk.desk.loans import Approved, Reason, Thing
from kiosk.desk.people import MANAGERS, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import Words, _, pgettext
from kiosk.keys import approving
from kiosk.keys.asking import Asked
from kiosk.keys.board import REASON_NAMES
from kiosk.keys.reasons import reason_now
from kiosk.keys.screens_phone import Phoned, by_telephone
from kiosk.keys.service import Given, Terms
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.context import Context
from kiosk.ui.dialogs import Choose, Dialog
from kiosk.ui.words_on_screen import lines, plain

_HERE, _PHONE = "here", "phone"
_REASONS = (Reason.WORK, Reason.OVERTIME, Reason.CLEANING, Reason.REPAIR)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to have, on one signature.

    ``due_at`` (UTC) is known before for a thing that is passed on: it stays due when it was.
    """

    things: tuple[Thing, ...]
    person: Person
    means: Means = Means.BADGE
    permanent: bool = False
    due_at: datetime | None = None

    def terms(self, reason: Reason = Reason.WORK, given: Given | None = None) -> Terms:
        """Return the terms on which it goes out; what is held for good needs no other reason."""
        why = Reason.POSITION if self.permanent else reason
        return Terms(means=self.means, reason=why, given=given or Given(), permanent=self.permanent)

    @property
    def labels(self) -> str:
        """The names of the things, as one text."""
        return labels_of(self.things)


def labels_of(things: Sequence[Thing]) -> str:
    """Return the names of the things, as one text."""
    return pgettext("list", ", ").join(one.label for one in things)


@dataclass(slots=True)
class SaidYes:
    """Who has said yes so far, and how."""

    here: list[Person] = field(default_factory=list)
    phoned: list[Person] = field(default_factory=list)

    @property
    def everybody(self) -> list[Person]:
        """Everybody who said yes."""
        return self.here + self.phoned

    def given(self) -> Given:
        """Return the word as the loan keeps it; one by telephone makes it a debt."""
        if self.phoned:
            return Given(Approved.PHONE, tuple(self.phoned), tuple(self.here))
        return Given(Approved.TAP, tuple(self.here))


def asks_something(asked: Sequence[Asked]) -> bool:
    """Say whether anything must be read or answered before the things go out."""
    return bool(approving.words_needed(asked)) or any(one.warnings for one in asked)


async def terms_for(
    app: App[Any], kiosk: Context, wish: Wish, asked: Sequence[Asked]
) -> Terms | None:
    """Ask everything that must be asked, one question after the other; None when one is left.

    Runs in a worker. Raises ``Refused("keys.word_refused")`` when a manager says no by telephone.
    """
    if not await warned(app, wish.things, asked):
        return None
    needed = approving.words_needed(asked)
    if not needed:
        return wish.terms()
    reason = Reason.WORK
    if not wish.permanent:
        chosen = await app.push_screen_wait(AskReason(wish))
        if chosen is None:
            return None
        reason = Reason(chosen)
    given = await _words(app, kiosk, wish, asked, reason)
    return wish.terms(reason, given) if given is not None else None


async def warned(app: App[Any], things: Sequence[Thing], asked: Sequence[Asked]) -> bool:
    """Show what should be known before the things go out; False when they stay. In a worker."""
    warnings = {said.text(): said.text for one in asked for said in one.warnings}
    if not warnings:
        return True
    read = await app.push_screen_wait(ReadWarnings(things, list(warnings.values())))
    return bool(read)


async def _words(
    app: App[Any], kiosk: Context, wish: Wish, asked: Sequence[Asked], reason: Reason
) -> Given | None:
    said, needed = SaidYes(), approving.words_needed(asked)
    while len(said.everybody) < needed:
        way = await app.push_screen_wait(AskWord(wish, asked, said))
        if way is None:
            return None
        if way != _PHONE:
            uid = "" if way == _HERE else way
            proof = await app.push_screen_wait(WordHere(wish, asked, said, uid))
            said.here += [proof.person] if proof is not None else []
            continue
        why = wish.terms(reason).reason
        why = reason_now(kiosk.desk, kiosk.desk.clock(), wish.person, why)
        phoned = Phoned(wish.things, wish.person, asked, why, said.everybody, wish.due_at)
        said_yes = await by_telephone(app, kiosk, phoned)
        said.phoned += [said_yes] if said_yes is not None else []
    return said.given()


class ReadWarnings(Dialog[bool | None]):
    """What the person at the desk should know first; one Enter goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "go_on", show=False)]

    def __init__(self, things: Sequence[Thing], warnings: Sequence[Words]) -> None:
        super().__init__(
            lambda: _("Please read before it goes out: {things}").format(things=labels_of(things)),
            lambda: _("Enter: read, go on. Esc: it stays on the board."),
        )
        self._warnings = warnings

    def parts(self) -> ComposeResult:
        """Yield the warnings."""
        yield Static(self._drawn(), markup=False, id="warnings")

    def _drawn(self) -> Content:
        return lines(*[plain(f"! {one()}", palette.AMBER) for one in self._warnings])

    def translate(self) -> None:
        """Say the warnings again, too, in the language chosen now."""
        super().translate()
        self.query_one("#warnings", Static).update(self._drawn())

    def action_go_on(self) -> None:
        """Go on: it was read."""
        self.dismiss(True)  # noqa: FBT003 - the dialog's answer


class AskReason(Choose):
    """What is it needed for? Asked where somebody's word is asked."""

    def __init__(self, wish: Wish) -> None:
        super().__init__(
            lambda: _("{name} takes {things}. What for?").format(
                name=wish.person.name, things=wish.labels
            ),
            [(one.value, partial(_, REASON_NAMES[one])) for one in _REASONS],
        )


class AskWord(Choose):
    """Who says yes, and how: here with badge and PIN, or by telephone.

    Returns the way, or the number of the manager's badge that was tapped.
    """

    def __init__(self, wish: Wish, asked: Sequence[Asked], said: SaidYes) -> None:
        ways: list[tuple[str, Words]] = [
            (_HERE, lambda: _("The manager is here: badge and PIN")),
            (_PHONE, lambda: _("Ask by telephone")),
        ]
        super().__init__(
            lambda: _("{things} for {name}").format(things=wish.labels, name=wish.person.name),
            ways,
            partial(_who_is_asked, asked, said),
        )
        self._wish, self._asked, self._said = wish, asked, said

    def accepts(self, bearer: Bearer) -> bool:
        """Take a manager's badge at once; see ``_may_answer``."""
        return _may_answer(bearer, self._wish)

    async def take_card(self, bearer: Bearer) -> None:
        """Go on with the manager's badge; the PIN comes next."""
        self.dismiss(_checked(bearer, self._wish, self._asked, self._said))


class WordHere(AskProof):
    """A manager says yes with badge and PIN, at the desk; nobody for himself."""

    def __init__(self, wish: Wish, asked: Sequence[Asked], said: SaidYes, uid: str = "") -> None:
        super().__init__(
            lambda: _("Manager: {things} for {name}, yes?").format(
                things=wish.labels, name=wish.person.name
            ),
            uid=uid,
        )
        self._wish, self._asked, self._said = wish, asked, said

    def accepts(self, bearer: Bearer) -> bool:
        """Take a manager's badge; see ``_may_answer``."""
        return _may_answer(bearer, self._wish)

    async def take_card(self, bearer: Bearer) -> None:
        """Take the badge of who may say yes; say in words why another may not."""
        _checked(bearer, self._wish, self._asked, self._said)
        await super().take_card(bearer)

    async def _prove(self, staff_no: str, pin: str) -> Proof:
        proof = await super()._prove(staff_no, pin)
        approving.check_word(self._asked, self._wish.person, proof.person, self._said.everybody)
        return proof


def _may_answer(bearer: Bearer, wish: Wish) -> bool:
    """Take every manager's badge, the borrower's own, and a key's tag.

    Who does not do is told why instead of being signed out by a tap that meant something else.
    """
    if isinstance(bearer, ThingTag):
        return True
    return isinstance(bearer, StaffCard) and (
        bearer.person.rank in MANAGERS or bearer.person.id == wish.person.id
    )


def _checked(bearer: Bearer, wish: Wish, asked: Sequence[Asked], said: SaidYes) -> str:
    if isinstance(bearer, StaffCard):
        approving.check_word(asked, wish.person, bearer.person, said.everybody)
        return bearer.uid
    if isinstance(bearer, ThingTag):
        raise Refused("badge.is_a_key", thing=bearer.thing.label)
    raise Refused("badge.unknown")


def _who_is_asked(asked: Sequence[Asked], said: SaidYes) -> str:
    if said.everybody:
        names = pgettext("list", ", ").join(one.name for one in said.everybody)
        return _("{name} says yes. A second manager must say yes too.").format(name=names)
    if approving.words_needed(asked) > 1:
        return _("Two managers must say yes first.")
    if approving.of_another_section(asked):
        return _("A manager of another section must say yes first.")
    return _("A manager must say yes first.")
