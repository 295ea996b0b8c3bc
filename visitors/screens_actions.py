"""What can be done with a visit at this moment, in the order of how likely it is: digits choose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.desk.words import _, ngettext
from visitors.acts import ACT_OF, ANSWERS, RUNG_OF, Act
from visitors.cards import VisitCard
from visitors.ladder.steps import may_call_mobile
from visitors.lanes.helmets import all_have_one, numbers
from visitors.models import Answer, How, Origin, ReturnSlip, State
from visitors.screens_appointment_words import (
    NAMEABLE,
    admit_words,
    come_today_words,
    unnamed,
    unnamed_words,
)
from visitors.screens_ladder_words import ask_words, who
from visitors.screens_words import asked_word
from visitors.watch_gate import Asks
from visitors.watch_models import GONE


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


_ONCE_FREE = frozenset(
    {Act.ADMIT, Act.PHONE, Act.MESSAGE, Act.NOBODY, Act.MOBILE, *ANSWERS, *RUNG_OF}
)
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
        yield from _helmets_back(visit)
        return
    at_once = visit.leader_waits or visit.state is not State.ADMITTED
    if at_once:
        yield from _of_its_kind(visit)
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
    if not at_once:
        yield from _of_its_kind(visit)
    helps = visit.origin is Origin.EMERGENCY  # of a brigade nobody asks every name
    if visit.state in NAMEABLE and unnamed(visit) and not helps:
        yield Act.NAME_COMPANIONS, unnamed_words(visit)


def _outside(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    if visit.off_day:
        yield Act.COME_TODAY, come_today_words(visit)
        yield from _confirm(visit)
        return
    if visit.asks.at_gate:
        yield from _at_the_gate(visit)
    elif visit.has_yes or visit.window_open:
        yield Act.ADMIT, admit_words(visit)
    elif visit.state is State.HOST_ASKED:
        yield from _answers(visit)
    stands_in = visit.ladder.stands_in
    if stands_in is not None and stands_in.asked_at is None and _may_ask_others(visit):
        yield Act.ASK_STAND_IN, ask_words(stands_in)
    if not visit.has_yes or visit.state is State.EXPECTED:
        yield Act.PHONE, asked_word(How.PHONE, visit)
        yield Act.MESSAGE, asked_word(How.MESSAGE, visit)
    yield from _confirm(visit)
    yield from _ladder(visit)
    yield Act.REFUSE, _("Do not admit")


def _confirm(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    if visit.state is State.EXPECTED and not visit.has_yes:
        words = _("{host} confirms the appointment, the visitor is not here yet")
        yield Act.CONFIRM, words.format(host=visit.host.address)


def _answers(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    host = who(visit)
    yield Act.YES, _("{host} agrees, read back").format(host=host)
    yield Act.WAIT, _("Please wait a little")
    yield Act.NO, _("{host} declines").format(host=host)
    yield Act.NOT_REACHED, _("Not reached")


def _ladder(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    """Yield who else may be asked, once the host is not there, was asked, or was not reached.

    A host who declines has answered: nobody is asked to overrule him.
    """
    if not _may_ask_others(visit):
        return
    asked = visit.state is State.HOST_ASKED
    first = visit.ladder.stands_in
    for step in visit.ladder.others:
        if step is first and step.asked_at is None:  # it stands above the host's own lines
            continue
        yield ACT_OF[step.rung], ask_words(step)
    at_the_end = asked and visit.ladder.is_due and visit.ladder.next is None
    if at_the_end and not visit.asks.not_alone:
        yield Act.NOBODY, _("Nobody was reached: do not admit, and ask politely to come again")
    if may_call_mobile(visit.answer, visit.ladder.asked):
        yield Act.MOBILE, _("Show the mobile number, for a business reason")


def _may_ask_others(visit: VisitCard) -> bool:
    if visit.answer in {Answer.YES, Answer.NO}:
        return False
    away = visit.host.presence != "in" or visit.ladder.stands_in is not None
    return away or visit.state is State.HOST_ASKED


def next_act(visit: VisitCard) -> Act:
    """Return the act that goes one rung further: asks the next, or ends with nobody reached.

    Whom the guard alone turns away never, as a petitioner, is asked for again instead.
    """
    after = visit.ladder.next
    if after is None:
        return Act.PHONE if visit.asks.not_alone else Act.NOBODY
    return ACT_OF.get(after.rung, Act.PHONE)


def _at_the_gate(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    yield Act.HAND_OVER, _("Handed over to {host}, leaves").format(host=visit.host.address)
    yield Act.KEEP, _("Left at the gate for {host}, leaves").format(host=visit.host.address)


def _of_its_kind(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    """Yield what a kind of visit leaves to be done besides."""
    if visit.leader_waits:
        yield Act.LEADER_TOLD, _("A leader is told that officers are here")
    lacks_one = visit.needs_helmet and not all_have_one(visit.helmet, visit.remaining)
    if visit.state is State.ADMITTED and lacks_one:
        yield Act.HELMET_GIVEN, _("Gets a helmet")
    yield from _helmets_back(visit)


def _helmets_back(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    if numbers(visit.helmet) and visit.state not in _OUTSIDE:
        words = _("Helmet {helmets} is back in the rack")
        yield Act.HELMET_BACK, words.format(helmets=" ".join(numbers(visit.helmet)))


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
    elif visit.return_slip is ReturnSlip.NONE:
        yield Act.LEAVE, _("Leaves; there is no slip")
        yield Act.ASSUME_LEFT, _("Nobody saw it: assumed left, to be checked")
    else:
        yield from _with_slip()
    yield from _with_things(visit)


def _with_slip() -> Iterator[tuple[Act, str]]:
    yield Act.LEAVE, _("Leaves, return slip signed")
    yield Act.LEAVE_WITHOUT, _("Leaves, return slip missing or not signed")
    yield Act.ASSUME_LEFT, _("Nobody saw it: assumed left, to be checked")
    yield Act.REPRINT, _("Print the slip again")


def _with_things(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    yield Act.LEND, _("Lend something: visitor card, helmet, locker, key")
    if visit.lent:
        yield Act.TAKE_BACK, _("Take something back")
    if visit.remaining > 1 or "people" in visit.owed:  # else it says to write their number first
        yield Act.PART_LEAVES, _("Only some of them leave")
    if visit.gone:
        yield Act.DIFFERS, _("Compare: something differs")


def _gone(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    yield from _debt(visit)
    if visit.state in {State.ASSUMED_LEFT, State.UNKNOWN}:
        yield from _assumed(visit)
    if visit.state is not State.ASSUMED_LEFT and visit.return_slip is ReturnSlip.MISSING:
        yield Act.SETTLE, _("Settle the missing return slip")
    if visit.return_slip is ReturnSlip.SIGNED:
        yield Act.NOT_SIGNED, _("The return slip was not signed")
    was_inside = visit.admitted_at is not None
    if was_inside:
        yield Act.DIFFERS, _("Compare: something differs")
    if visit.lent:
        yield Act.TAKE_BACK, _("Take something back")
    if was_inside and visit.state is State.LEFT and visit.remaining > 1:
        yield Act.PART_LEAVES, _("Only some of them left")


def _assumed(visit: VisitCard) -> Iterator[tuple[Act, str]]:
    """Yield how it may have been with somebody whom nobody saw leave."""
    host = visit.host.address
    yield Act.OTHER_GATE, _("Left by the other gate")
    yield Act.HOST_SAYS, _("{host} says: left then").format(host=host)
    yield Act.STILL_INSIDE, _("Still inside")
    if visit.state is State.ASSUMED_LEFT:
        yield Act.UNKNOWN, _("Asked after, and nobody knows")
