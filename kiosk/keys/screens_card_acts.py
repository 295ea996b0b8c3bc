"""What can be done with a thing at this moment, the likeliest first: digits choose."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kiosk.desk.loans import ThingState
from kiosk.desk.words import _
from kiosk.keys.card import ThingCard


class Act(StrEnum):
    """One thing the guard can do with the thing on the screen."""

    HAND_OUT = "hand_out"
    TAKE_BACK = "take_back"
    REMIND = "remind"
    WORD = "word"
    HEAD = "head"
    RECALL = "recall"
    LOST = "lost"
    DECIDE = "decide"
    FOUND = "found"
    BLOCK = "block"
    UNBLOCK = "unblock"
    RESERVE = "reserve"
    CANCEL = "cancel"
    RETAG = "retag"
    CHANGE = "change"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class Offered:
    """One act with its words."""

    act: Act
    words: str


def offered(card: ThingCard) -> list[Offered]:
    """Return what can be done now, the likeliest first; never more than nine."""
    return [Offered(act, words) for act, words in _offered(card)]


def _offered(card: ThingCard) -> Iterator[tuple[Act, str]]:
    if card.loan is not None:
        yield from _out(card)
        return
    match card.thing.state:
        case ThingState.IN_SERVICE:
            yield Act.HAND_OUT, _("Hand out")
            yield from _booking(card)
            yield Act.LOST, _("It is lost")
            yield Act.BLOCK, _("Block it: bent, damaged, no tag")
        case ThingState.LOST:
            if card.loss is not None and card.loss.decision is None:
                yield Act.DECIDE, _("Decide what follows")
            yield Act.FOUND, _("It is found again")
        case ThingState.BLOCKED:
            yield Act.UNBLOCK, _("Put it back into service")
            yield Act.LOST, _("It is lost")
        case ThingState.RETIRED:
            return
    yield from _kept(card)
    yield Act.RETIRE, _("Lend it no more")


def _out(card: ThingCard) -> Iterator[tuple[Act, str]]:
    yield Act.TAKE_BACK, _("Take back")
    yield Act.REMIND, _remind_words(card)
    if card.head_is_due:
        yield Act.HEAD, _head_words(card)
    if card.loan is not None and card.loan.owed:
        yield Act.WORD, _("The manager taps for it now")
    if card.loan is not None and card.loan.recalled_at is None and not card.head_is_due:
        yield Act.RECALL, _("Call it back, with a reason")
    yield Act.LOST, _("It is lost")
    yield from _booking(card)
    yield from _kept(card)


def _remind_words(card: ThingCard) -> str:
    holder = card.holder
    if holder is not None and holder.extension:
        return _("Remind {holder}, extension {extension}").format(
            holder=holder.name, extension=holder.extension
        )
    return _("Remind {holder}").format(holder=card.holder_name)


def _head_words(card: ThingCard) -> str:
    if card.head is None:
        return _("The office is told")
    if not card.head.extension:
        return _("{head}, head of section, is told").format(head=card.head.name)
    words = _("{head}, head of section, extension {extension}: is told")
    return words.format(head=card.head.name, extension=card.head.extension)


def _booking(card: ThingCard) -> Iterator[tuple[Act, str]]:
    yield Act.RESERVE, _("Reserve it")
    if card.booked:
        yield Act.CANCEL, _("Cancel a reservation")


def _kept(card: ThingCard) -> Iterator[tuple[Act, str]]:
    if card.thing.state is not ThingState.LOST:
        yield Act.RETAG, _("Give it another tag")
    yield Act.CHANGE, _("Change place, doors, word, times")
