"""The leave slip for the file (请假单): printed on demand, with the times of its signatures."""

from collections.abc import Iterator

from kiosk.attendance.leave.halves import span_of
from kiosk.attendance.leave.papers import KIND
from kiosk.attendance.leave.reading import Signature, Whole, whole
from kiosk.attendance.leave.wording import (
    days_words,
    granter_word,
    kind_word,
    span_words,
    state_word,
)
from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Emphasis, Field, Line, Rule, SignatureLine, Title
from kiosk.desk.words import _, pgettext


def print_slip(desk: Desk, by: str, leave_id: str, proof: Proof) -> str:
    """Queue the slip of a leave for the printer, asked for by who may read it; return its number.

    Raises ``Refused("leave.not_to_read")`` for anybody else: reasons stand on it.
    """
    with desk.write(by=by) as tx:
        one = whole(desk, tx, leave_id, proof.person)
        if not one.may_read:
            raise Refused("leave.not_to_read", name=proof.person.name)
        number = one.seen.leave.number
        copy = tx.print(leave_slip(desk, one), one.seen.leave.subject).copy_no
        tx.record("leave.printed", number=number, asked_by=proof.person.staff_no, copy=copy)
    return number


def leave_slip(desk: Desk, one: Whole) -> Slip:
    """Return the paper of a leave in the language spoken now; hours are the site's."""
    return Slip(KIND, one.seen.leave.number, tuple(_lines(desk, one)))


def _lines(desk: Desk, one: Whole) -> Iterator[Line]:
    leave, person = one.seen.leave, one.seen.person
    yield Title(_("Leave slip"), f"{desk.settings.site.name} {leave.number}")
    yield Field(_("Name"), f"{person.name} {person.staff_no}", Emphasis.STRONG)
    if one.seen.section:
        yield Field(_("Section"), one.seen.section)
    yield Field(pgettext("leave", "Kind"), kind_word(leave.kind))
    when = f"{span_words(span_of(leave))} ({days_words(leave.halves)})"
    yield Field(pgettext("leave", "When"), when, Emphasis.STRONG)
    yield Field(pgettext("leave", "Reason"), one.reason)
    if one.matters:
        yield Field(_("Matters in hand"), one.matters)
    for _stand_in, who in one.stand_ins:
        yield Field(_("Stand-in"), who.name)
    yield Rule()
    for signature in one.signatures:
        yield Field(granter_word(signature.approval.needed), _signed(desk, signature))
    yield Field(pgettext("leave", "State"), state_word(one.seen))
    if leave.returned_at:
        back = f"{desk.local(leave.returned_at):%Y-%m-%d %H:%M}"
        yield Field(pgettext("leave", "Reported back"), back)
    yield Rule()
    yield SignatureLine(_("For the file"))


def _signed(desk: Desk, one: Signature) -> str:
    said = pgettext("leave", "yes") if one.approval.yes else pgettext("leave", "no")
    return f"{said} {one.person.name} {desk.local(one.approval.at):%Y-%m-%d %H:%M}"
