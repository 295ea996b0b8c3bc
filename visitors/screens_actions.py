"""What can be done with a visit at this moment, in the order of how likely it is: digits choose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.desk.words import _, ngettext
from visitors.cards import VisitCard
from visitors.models import Answer, How, Origin, ReturnSlip, State
from visitors.screens_appointment_words import (
    NAMEABLE,
    admit_words,
    come_today_words,
    unnamed,
    unnamed_words,
)
from visitors.screens_words import asked_word
from visitors.watch_gate import Asks
from visitors.watch_models import GONE


class Act(StrEnum):
    """One thing the guard can do with the visit on the screen."""

    ADMIT = "admit"
    PHONE = "phone"
    MESSAGE = "message"
    CONFIRM = "confirm"
    YES = "yes"
    WAIT = "wait"
    NO = "no"
    NOT_REACHED = "not_reached"
    REFUSE = "refuse"
    LEAVE = "leave"
    LEAVE_WITHOUT = "leave_without"
    ASSUME_LEFT = "assume_left"
    NOT_SIGNED = "not_signed"
    SETTLE = "settle"
    REPRINT = "reprint"
    CORRECT = "correct"
    VOID = "void"
    COME_TODAY = "come_today"
    CHANGE = "change"
    CANCEL = "cancel"
    NAME_COMPANIONS = "name_companions"
    COME_AFTER_ALL = "come_after_all"
    COMPARE = "compare"
    DECIDE = "decide"
    TURN_AWAY = "turn_away"
    TOLD = "told"
    LOOK_UP = "look_up"
    DEBT = "debt"


ANSWERS: Mapping[Act, Answer] = {
    Act.YES: Answer.YES, Act.WAIT: Answer.WAIT, Act.NO: Answer.NO,
    Act.NOT_REACHED: Answer.NOT_REACHED,
}  # fmt: skip
"""The acts that write down what the host said."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One act with its words."""

    act: Act
    words: str


def offered(visit: VisitCard) -> list[Offered]:
    """Return what can be done now, the likeliest first; what the watch list asks before all.

    That somebody is told stands second, once the visitor is inside: no careless Enter writes it.
    """
    held = visit.watch.holds and visit.state in _OUTSIDE
    usual = [pair for pair in _offered(visit) if not (held and pair[0] in _ONCE_FREE)]
    acts = [Offered(act, words) for act, words in [*_watched(visit), *usual]]
    first = visit.watch.first
    if visit.state is State.ADMITTED and first is not None and first.asks is Asks.TELL:
        acts.insert(1, Offered(Act.TOLD, _("It is told")))
    return acts


_ONCE_FREE = frozenset({Act.ADMIT, Act.PHONE, Act.MESSAGE, *ANSWERS})
"""What waits until the list holds the visitor no more: one thing is to be done at a time."""
_OUTSIDE = frozenset({State.EXPECTED, State.WAITING, State.HOST_ASKED})
_ACTS_OF: Mapping[Asks, tuple[Act, ...]] = {
    Asks.COMPARE: (Act.COMPARE,),
    Asks.CALL: (Act.DECIDE, Act.TURN_AWAY),
    Asks.REFUSE: (Act.TURN_AWAY, Act.DECIDE),
}


def is_asking(visit: VisitCard) -> bool:
    """Say whether the host's answer is waited for, and nothing else is to be said before it."""
    answered = visit.answer in {Answer.YES, Answer.NO}
    return visit.state is State.HOST_ASKED and not answered and not visit.watch.holds


def _watched(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    """Yield what the list asks of the guard for a visitor at the gate or inside, or gone since."""
    if visit.state in GONE and visit.watch.after(visit.left_at):
        yield Act.TOLD, _("Found on the watch list afterwards: the office is told")
    if visit.state not in _OUTSIDE | {State.ADMITTED}:
        return
    words = {
        Act.COMPARE: _("Compare: is it the listed person?"),
        Act.DECIDE: _("A manager decides, with badge and PIN"),
        Act.TURN_AWAY: _("Send away politely, as written above"),
    }
    asked = visit.watch.first
    for act in _ACTS_OF.get(asked.asks, ()) if asked is not None else ():
        if act is not Act.TURN_AWAY or visit.state in _OUTSIDE:
            yield act, words[act]
    if visit.watch.unscreened:
        yield Act.LOOK_UP, _("Look the visitor up on the watch list now")


def _offered(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    if visit.state is State.VOIDED:
        return
    match visit.state:
        case State.EXPECTED | State.WAITING | State.HOST_ASKED:
            yield from _outside(visit)
        case State.ADMITTED:
            yield from _inside(visit)
        case State.NO_SHOW:
            yield Act.COME_AFTER_ALL, _("The visitor is here now: write a visit for today")
        case _:
            yield from _gone(visit)
    if visit.state is State.EXPECTED:
        yield Act.CHANGE, _("Change the appointment")
        yield Act.CANCEL, _("Cancel the appointment")
    else:
        if not visit.owed:
            yield Act.CORRECT, _("Correct the entry")
        yield Act.VOID, _("Void the entry")
    helps = visit.origin is Origin.EMERGENCY  # of a brigade nobody asks every name
    if visit.state in NAMEABLE and unnamed(visit) and not helps:
        yield Act.NAME_COMPANIONS, unnamed_words(visit)


def _outside(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    if visit.off_day:
        yield Act.COME_TODAY, come_today_words(visit)
        yield from _confirm(visit)
        return
    if visit.has_yes:
        yield Act.ADMIT, admit_words(visit)
    elif visit.state is State.HOST_ASKED:
        yield from _answers(visit)
    if not visit.has_yes or visit.state is State.EXPECTED:
        yield Act.PHONE, asked_word(How.PHONE, visit)
        yield Act.MESSAGE, asked_word(How.MESSAGE, visit)
    yield from _confirm(visit)
    yield Act.REFUSE, _("Do not admit")


def _confirm(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    if visit.state is State.EXPECTED and not visit.has_yes:
        words = _("{host} confirms the appointment, the visitor is not here yet")
        yield Act.CONFIRM, words.format(host=visit.host.address)


def _answers(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    host = visit.host.address
    yield Act.YES, _("{host} agrees, read back").format(host=host)
    yield Act.WAIT, _("Please wait a little")
    yield Act.NO, _("{host} declines").format(host=host)
    yield Act.NOT_REACHED, _("Not reached")


def _debt(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    if visit.owed:
        n = len(visit.owed)
        words = ngettext(
            "Write down what is owed: {n} thing", "Write down what is owed: {n} things", n
        )
        yield Act.DEBT, words.format(n=n)


def _inside(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    if visit.origin is Origin.EMERGENCY:
        yield Act.LEAVE, _("They leave")
        yield from _debt(visit)
        yield Act.ASSUME_LEFT, _("Nobody saw it: assumed left, to be checked")
        return
    yield Act.LEAVE, _("Leaves, return slip signed")
    yield Act.LEAVE_WITHOUT, _("Leaves, return slip missing or not signed")
    yield Act.ASSUME_LEFT, _("Nobody saw it: assumed left, to be checked")
    yield Act.REPRINT, _("Print the slip again")


def _gone(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    yield from _debt(visit)
    if visit.return_slip is ReturnSlip.MISSING:
        yield Act.SETTLE, _("Settle the missing return slip")
    if visit.return_slip is ReturnSlip.SIGNED:
        yield Act.NOT_SIGNED, _("The return slip was not signed")
