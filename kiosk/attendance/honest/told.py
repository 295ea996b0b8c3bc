"""What the guard is told at a tap beside what the person is told (clause 22)."""

from collections.abc import Iterator
from datetime import timedelta

from kiosk.attendance.honest.models import Doubt
from kiosk.attendance.tap_result import TapResult
from kiosk.desk.card_proof import CardWord
from kiosk.desk.people import Person
from kiosk.desk.settings_attendance import SecondProof
from kiosk.desk.words import _
from kiosk.ui.context import Context
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict


def to_guard(kiosk: Context, verdict: Verdict, result: TapResult, beside: Person | None) -> Verdict:
    """Add what only the guard at the open desk is told; a clock in doubt is said to everybody.

    ``beside`` is whose badge came just before at the same reader.
    """
    lines = [*_of_card(kiosk, result), *_of_clock(kiosk, result)]
    notes: tuple[str, ...] = ()
    if result.word is CardWord.PROVEN:
        notes = (_("The badge proved itself."),)
    if kiosk.operator is not None:
        if beside is not None and not result.shown_again:
            lines.append(_beside(beside, result.person))
        if kiosk.desk.settings.attendance.proof == SecondProof.GUARD:
            notes = (_caption(result.person), *notes)
    tone = Tone.AMBER if lines else verdict.tone
    return verdict._replace(
        tone=tone, lines=(*lines, *verdict.lines), notes=(*verdict.notes, *notes)
    )


def _of_card(kiosk: Context, result: TapResult) -> Iterator[str]:
    """Say that the card is a copy, or left too soon; the tap counts in any case."""
    if result.word is CardWord.UNREAD:
        yield _("The badge has not proved itself yet. Please hold it there a little longer.")
    if result.word is not CardWord.COPIED:
        return
    if kiosk.operator is None:
        yield _("This card did not prove to be the badge. Please show it at the desk.")
    else:
        told = _("Guard: a copy of {name}'s badge. Keep the card, see who carries it.")
        yield told.format(name=result.person.name)


def _caption(person: Person) -> str:
    """Return what stands under the name, as under a photo: title and staff number."""
    return " ".join(one for one in (person.title, person.staff_no) if one)


def _beside(before: Person, after: Person) -> str:
    told = _("Guard: {first} and {second} tapped just after each other. Is each of them here?")
    return told.format(first=before.name, second=after.name)


def _of_clock(kiosk: Context, result: TapResult) -> Iterator[str]:
    """Say once what is odd about the computer's clock; the status bar says it as long as it is."""
    doubt = result.doubt
    if doubt is None or doubt.told:
        return
    newest = kiosk.desk.local(doubt.newest).strftime("%m-%d %H:%M")
    if doubt.why is Doubt.CLOCK_BACK:
        told = _(
            "The computer's clock is behind the tap of {time}. Kept and marked; guard, compare."
        )
        yield told.format(time=newest)
        return
    days = (result.at - doubt.newest) // timedelta(days=1)
    told = _(
        "The computer's clock is {n} days after the last tap. Kept and marked; guard, compare."
    )
    yield told.format(n=days)
