"""A thing's card in words: its headline, what it is, who has it, who had it before."""

from collections.abc import Iterator

from textual.content import Content

from kiosk.desk.desk import Desk
from kiosk.desk.freshness import up_to
from kiosk.desk.loans import Loan, Thing, ThingState
from kiosk.desk.words import _, pgettext
from kiosk.keys import rules
from kiosk.keys.board import CONDITION_NAMES, KIND_NAMES, STATE_NAMES
from kiosk.keys.card import APPROVAL_NAMES, DECISION_NAMES, Past, ThingCard
from kiosk.keys.returning import is_unattended
from kiosk.keys.screens_board_rows import day_hour, due_word, urgency_of
from kiosk.ui import palette
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow
from kiosk.ui.words_on_screen import fitted, lines, plain, row

_LABEL = 11
_DAY = 60 * 24
_HOUR = 60


def headline(desk: Desk, card: ThingCard) -> Content:
    """Return the label and where the thing is, in one line."""
    tone = tone_of(desk, card)
    colour = palette.COLOUR[tone] if tone is not None else palette.MUTED
    return row(
        plain(card.thing.label, f"bold {palette.TEXT}"),
        plain(_(KIND_NAMES[card.thing.kind]), palette.MUTED),
        plain(_where(desk, card), f"bold {colour}"),
        gap=3,
    )


def _where(desk: Desk, card: ThingCard) -> str:
    if card.loan is None:
        here = card.thing.state is not ThingState.IN_SERVICE or not card.where.gate
        return _(STATE_NAMES[card.thing.state]) if here else card.where.told()
    if rules.called_back(card.loan, desk.clock()):
        return _("called back")
    due = card.loan.due_at
    words = _("out") if due is None else due_word(desk, due, desk.clock())
    if due is None or due <= desk.clock():
        return words
    out, until = _("out"), _("due {hour}").format(hour=words)
    return f"{out}  {until}"


def tone_of(desk: Desk, card: ThingCard) -> Tone | None:
    """Return the colour of the card's head; None while nobody has to do anything."""
    if card.thing.state is ThingState.LOST:
        return Tone.RED
    if card.thing.state is ThingState.BLOCKED:
        return Tone.AMBER
    if card.loan is None:
        return None
    return (Tone.RED, Tone.AMBER, Tone.INFO, Tone.INFO)[urgency_of(desk, card.loan, desk.clock())]


def _facts(pairs: Iterator[tuple[str, str]]) -> Content:
    return lines(*[
        row(Content.styled(fitted(name, _LABEL), palette.MUTED), plain(said, palette.TEXT), gap=1)
        for name, said in pairs
        if said
    ])  # fmt: skip


def thing_facts(desk: Desk, card: ThingCard) -> Content:
    """Return what the thing is: place, lock and its copies, who may have it and by whose word."""
    return _facts(_thing(desk, card))


def _thing(desk: Desk, card: ThingCard) -> Iterator[tuple[str, str]]:
    thing = card.thing
    yield pgettext("key", "Place"), thing.place
    if card.where.gate:
        known = up_to(desk, card.where.known)
        yield _("Lent by"), _("{gate}, {known}").format(gate=card.where.gate, known=known)
    yield _("Lock no."), thing.lock
    yield (
        _("Same lock"),
        ", ".join(
            f"{one.label} ({one.holder})" if one.holder else one.label for one in card.copies
        ),
    )
    yield _("Whose word"), _(APPROVAL_NAMES[thing.approval])
    yield _("Only for"), card.section
    yield _("Never with"), thing.pair
    yield _("Lent until"), limits(thing)


def limits(thing: Thing) -> str:
    """Return how long the thing is lent at the most, "" for as long as the site's rule says."""
    said = []
    if thing.due_hour >= 0:
        said.append(f"{thing.due_hour:02d}:00")
    if thing.longest_min:
        said.append(_("at the longest {span}").format(span=_length(thing.longest_min)))
    return ", ".join(said)


def _length(minutes: int) -> str:
    if minutes % _DAY == 0:
        return _("{n} d").format(n=minutes // _DAY)
    if minutes % _HOUR == 0:
        return _("{n} h").format(n=minutes // _HOUR)
    return _("{n} min").format(n=minutes)


def holder_facts(desk: Desk, card: ThingCard) -> Content:
    """Return who has it and since when; how it was lost; for whom it is kept."""
    return _facts(_holder(desk, card))


def _holder(desk: Desk, card: ThingCard) -> Iterator[tuple[str, str]]:
    if card.loan is not None:
        yield from _lent(desk, card, card.loan)
    elif card.thing.state is not ThingState.IN_SERVICE and card.loss is None:
        yield _("Condition"), _(CONDITION_NAMES[card.thing.condition])
    if card.loss is not None and card.thing.state is ThingState.LOST:
        yield from _lost(desk, card)
    for booking, person in card.booked[:2]:
        since, until = day_hour(desk, booking.from_at), day_hour(desk, booking.until_at)
        yield _("Reserved"), f"{person.name}  {since} - {until}"


def _lent(desk: Desk, card: ThingCard, loan: Loan) -> Iterator[tuple[str, str]]:
    extension = card.holder.extension if card.holder is not None else ""
    who = card.holder_name
    if extension:
        who = _("{name} (extension {extension})").format(name=who, extension=extension)
    yield _("Who has it"), who
    yield pgettext("key", "Since"), f"{day_hour(desk, loan.out_at)}  {loan.number}"
    yield pgettext("key", "Due"), due_word(desk, loan.due_at, desk.clock())
    if loan.reminders:
        last = day_hour(desk, loan.reminded_at)
        yield _("Reminded"), _("{n} times, last {at}").format(n=loan.reminders, at=last)
    if loan.recalled_at is not None:
        at = day_hour(desk, loan.recalled_at)
        yield _("Called back"), f"{at}  {card.recall_reason}" if card.recall_reason else at
    if loan.head_told_at is not None:
        yield _("Head told"), day_hour(desk, loan.head_told_at)
    if loan.owed:
        yield _("Owed"), _("the manager's own tap")


def _lost(desk: Desk, card: ThingCard) -> Iterator[tuple[str, str]]:
    loss = card.loss
    if loss is None:
        return
    noticed = _("noticed {at}").format(at=day_hour(desk, loss.noticed_at))
    yield _("Loss"), f"{loss.number}  {noticed}"
    yield _("Last seen"), card.where_last
    yield _("Opens"), card.thing.doors
    decided = _(DECISION_NAMES[loss.decision]) if loss.decision is not None else _("not decided")
    yield _("Decision"), decided


def history_columns() -> tuple[Column, ...]:
    """Return the columns of who had the thing before."""
    return (
        Column(_("Had it"), share=1, keep=9),
        Column(pgettext("key", "Out at"), 11, keep=8),
        Column(pgettext("key", "Returned"), 11, keep=7),
        Column(pgettext("returned", "To"), share=1, keep=3),
    )


def history_row(desk: Desk, past: Past) -> ListRow:
    """Return one loan as a line, amber when it came back late."""
    loan = past.loan
    back = day_hour(desk, loan.returned_at) if loan.returned_at else _("not yet")
    late = None not in {loan.returned_at, loan.due_at} and loan.returned_at > loan.due_at  # type: ignore[operator] # neither is None here
    colour = palette.AMBER if late else palette.TEXT
    receiver = pgettext("received by", "nobody") if is_unattended(loan) else past.receiver
    cells = (past.holder, day_hour(desk, loan.out_at), back, receiver)
    return ListRow(cells, key=loan.id, colour=colour, faint=(1, 3) if late else (1, 2, 3))
