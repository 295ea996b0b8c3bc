"""What the tap area says when somebody leaves: who, and what to compare at the gate."""

from collections.abc import Iterable, Iterator

from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from visitors.departures import Departure
from visitors.exit.by_card import CardBack
from visitors.exit.parting import Parted
from visitors.models import ReturnSlip


def departure_verdict(gone: Departure) -> Verdict:
    """Say who left, what came in, and what is not back."""
    compare, still_open = (_compare(gone), *_came_in(gone)), tuple(_open(gone))
    return Verdict(
        Tone.AMBER if still_open else Tone.GOOD,
        _("left, no. {number}").format(number=gone.visit.listed),
        name=gone.visit.address, place=_keys(gone), lines=(*compare, *still_open),
    )  # fmt: skip


def _compare(gone: Departure) -> str:
    carried = gone.goods or _("nothing was carried in")
    compare = ngettext(
        "Compare: {n} person, {goods}", "Compare: {n} people, {goods}", gone.people
    ).format(n=gone.people, goods=carried)
    return pgettext("list", ", ").join([compare, *_more(gone)])


def _came_in(gone: Departure) -> Iterator[str]:
    if gone.visit.at_gate:
        yield _("Left here, came in at {gate}").format(gate=gone.visit.at_gate)


def _more(gone: Departure) -> Iterator[str]:
    if gone.plate:
        yield _("vehicle {plate}").format(plate=gone.plate)
    if gone.helmet:
        yield _("helmet {number}").format(number=gone.helmet)


def _open(gone: Departure) -> Iterator[str]:
    """Yield what is open with this leaving: it holds nobody up."""
    if gone.out:
        yield _still_out(one.label for one in gone.out)
    if gone.return_slip is ReturnSlip.MISSING:
        yield _("Return slip open")
    if gone.clock_back:
        yield _("The clock stands before the entry. Please tell the office.")


def _keys(gone: Departure) -> str:
    if gone.people > 1:
        return _("N: only some  X: something differs")
    return _("X: something differs")


def card_verdict(back: CardBack) -> Verdict:
    """Say that a visitor card is back, and whose visit it closed."""
    taken = _("{card} is back").format(card=back.label)
    if back.parted is not None:
        return parted_verdict(back.parted)._replace(notes=(taken, _still_out(back.out)))
    if back.gone is None:
        note = _still_out(back.out) if back.out else _("The visit had been closed before.")
        headline = _("{card} is back, visit {number}").format(card=back.label, number=back.number)
        return Verdict(Tone.GOOD, headline, notes=(note,))
    return departure_verdict(back.gone)._replace(notes=(taken,))


def _still_out(labels: Iterable[str]) -> str:
    return _("Still out: {things}").format(things=pgettext("list", ", ").join(labels))


def parted_verdict(parted: Parted) -> Verdict:
    """Say how many left and how many stay, with which slip."""
    words = ngettext(
        "{n} leaves, {stay} stay inside", "{n} leave, {stay} stay inside", parted.left
    )  # fmt: skip
    keep = _("The slip goes back to the others. They leave with it.")
    return Verdict(
        Tone.GOOD, words.format(n=parted.left, stay=parted.stay), name=parted.visit.address,
        notes=(keep,),
    )  # fmt: skip
