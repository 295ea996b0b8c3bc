"""Void (作废) an entry: of a visitor who may be inside only when who is on duty says nobody is."""

from collections.abc import Awaitable, Callable
from functools import partial

from textual.screen import Screen

from kiosk.desk.people import Person
from kiosk.desk.posts import on_duty
from kiosk.desk.signing import Proof
from kiosk.desk.words import Words, _
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.context import Context
from kiosk.ui.dialogs import Choose
from visitors.acts import Act
from visitors.cards import VisitCard
from visitors.corrections import MAY_BE_INSIDE
from visitors.screens_reasons import ask_reason

Void = Callable[[str, Proof | None], Awaitable[None]]
_INSIDE, _CORRECT, _NOBODY = "inside", "correct", "nobody"


def ask_void(
    screen: Screen[None], visit: VisitCard, void: Void, correct: Callable[[], Awaitable[None]]
) -> None:
    """Ask why, and go on with ``void``; Esc leaves everything as it was.

    Of somebody who may be inside it is asked first whether anybody is: then the entry stays, to be
    closed when the visitor leaves or to be corrected.
    """
    if visit.state not in MAY_BE_INSIDE:
        ask_reason(screen, Act.VOID, lambda reason: void(reason, None))
        return

    async def chosen(answer: str | None) -> None:
        if answer == _CORRECT:
            await correct()
        elif answer == _NOBODY:
            ask_reason(screen, Act.VOID, lambda reason: _prove(screen, visit, reason, void))

    choices: list[tuple[str, Words]] = [
        (_INSIDE, lambda: _("Yes, or not sure: keep it until the visitor leaves")),
        (_CORRECT, lambda: _("Yes, but something is written wrong: correct it")),
        (_NOBODY, lambda: _("No, nobody: void it, with badge and PIN")),
    ]
    screen.app.push_screen(Choose(partial(_question, visit), choices), chosen)


def _question(visit: VisitCard) -> str:
    words = _("Is somebody inside under {number} {visitor}?")
    return words.format(number=visit.listed, visitor=visit.name)


async def _prove(screen: Screen[None], visit: VisitCard, reason: str, void: Void) -> None:
    """Have who is on duty state with badge and PIN that nobody is inside."""
    kiosk: Context = screen.app.context  # type: ignore[attr-defined] # the application has one
    with kiosk.desk.read() as book:
        duty = on_duty(book, kiosk.desk.gate)

    def holds_the_post(person: Person) -> bool:
        return duty is not None and person.id == duty[1].id

    async def proved(proof: Proof | None) -> None:
        if proof is not None:
            await void(reason, proof)

    asked = AskProof(
        partial(_statement, visit),
        lambda: _("Who is on duty: badge, then PIN. No badge: staff number and PIN."),
        may=holds_the_post,
    )
    screen.app.push_screen(asked, proved)


def _statement(visit: VisitCard) -> str:
    words = _("I state that nobody is inside under {number} {visitor}.")
    return words.format(number=visit.listed, visitor=visit.name)
