"""Wrong entries are corrected (更正) or voided (作废), and a spoilt slip is printed again.

Nothing is ever deleted: the journal keeps every row as it was.
"""

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.posts import on_duty
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book, Transaction
from visitors import rules, watch_screening
from visitors.cards import VisitCard
from visitors.exit.lending import due_with
from visitors.gates.gave_way import forget_who_gave_way_to
from visitors.ladder.asking import take_back
from visitors.lanes import windows
from visitors.lanes.rules import checked, refuse_inside, rules_of_visit
from visitors.lanes.table import lane_of
from visitors.models import ReturnSlip, State, Visit
from visitors.numbered import visit_numbered
from visitors.reception import print_slip
from visitors.rules import Details, Step
from visitors.service import (
    host_by_staff_no,
    reason_text,
    refuse_erased,
    refuse_too_few,
    save,
    visit_of,
    write_details,
)

_YES_IS_FOR = frozenset({"name", "unit", "matter", "people", "lane"})
"""What a host agrees to: with another of these he is asked again."""
MAY_BE_INSIDE = frozenset({State.ADMITTED, State.ASSUMED_LEFT, State.UNKNOWN})
"""Under such a visit somebody may be in the house: nobody saw the end of an assumed departure."""
_BEFORE_INSIDE = frozenset({State.EXPECTED, State.WAITING, State.HOST_ASKED})


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a corrected visit says; an empty ``id_number`` leaves the one shown, under one name."""

    details: Details
    host: str
    until: datetime


def correct(desk: Desk, by: str, visit_id: str, wanted: Corrected, reason: str) -> None:
    """Write a visit's fields anew; before admission another visitor, matter or host is asked again.

    Raises ``Refused``: those of ``lanes.rules.checked``, ``visit.host_unknown``,
    ``visit.reason_missing``, ``visit.no_change``, ``visit.times_backwards``, ``visit.host_fixed``
    (the host's yes belongs to him: void and write anew), ``visit.not_past_gate`` for a visitor
    inside who would become a courier, ``visit.people_gone`` for fewer people than have left,
    ``visit.not_possible``.
    """
    said, words = checked(desk, wanted.details), reason_text(reason)
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        refuse_erased(tx, visit)
        visit.state = rules.after(visit, Step.CORRECT)
        changed = _changed(tx, visit, host, said, wanted)
        if wanted.host != host.staff_no:
            take_back(tx, visit.id, host.id)
            _other_host(visit, host_by_staff_no(tx, wanted.host))
        elif visit.state in _BEFORE_INSIDE and _YES_IS_FOR.intersection(changed):
            take_back(tx, visit.id, visit.host_id)
            ask_again(visit)
        _other_end(tx, visit, wanted.until)
        refuse_too_few(visit, said.people)
        write_details(tx, desk, visit, said)
        if visit.state in MAY_BE_INSIDE:
            refuse_inside(desk, visit)
        visit.reason = tx.seal(visit.subject, words)
        save(
            tx, visit, "visit.corrected",
            number=rules.spoken(visit.number), fields=changed, reason=visit.reason,
        )  # fmt: skip
        watch_screening.screen_late(tx, visit)
        if visit.state is State.WAITING and visit.answer is None:
            windows.give_standing_yes(tx, desk, visit, _host_now(tx, visit))


def _host_now(tx: Transaction, visit: Visit) -> Person:
    return visit_of(tx, visit.id)[1]


def _changed(
    tx: Transaction, visit: Visit, host: Person, said: Details, wanted: Corrected
) -> list[str]:
    """Return the names of the fields that differ; raise ``Refused("visit.no_change")`` for none."""
    changed = changed_fields(tx, visit, said)
    if wanted.host != host.staff_no:
        changed.append("host")
    if wanted.until != visit.until_at:
        changed.append("until")
    if not changed:
        raise Refused("visit.no_change")
    return changed


def changed_fields(tx: Transaction, visit: Visit, said: Details) -> list[str]:
    """Return the names of the fields of ``said`` that differ from what the visit says."""
    shown = tx.read_sealed  # what is damaged can be written anew
    now = {
        "name": shown(visit.name), "form": shown(visit.form), "unit": shown(visit.unit),
        "phone": shown(visit.phone, erased=""), "matter": shown(visit.matter),
        "goods": shown(visit.goods), "area": shown(visit.area), "people": visit.people,
        "companions": shown(visit.companions), "note": shown(visit.note),
        "plate": shown(visit.plate), "besides": shown(visit.besides),
        "lane": lane_of(visit.lane).value, "id_number": "",
    }  # fmt: skip
    return [field for field, value in now.items() if getattr(said, field) != value]


def _other_host(visit: Visit, host: Person) -> None:
    if visit.state not in _BEFORE_INSIDE:
        raise Refused("visit.host_fixed", field="host")
    visit.host_id = host.id
    ask_again(visit)


def ask_again(visit: Visit) -> None:
    """Take the host's answer back: it was given for another visitor or another matter."""
    rules.forget_answer(visit)
    visit.asked_at = visit.asked_how = None
    visit.asked_extension = ""
    if visit.state is State.HOST_ASKED:
        visit.state = State.WAITING


def _other_end(tx: Transaction, visit: Visit, until: datetime) -> None:
    if until <= visit.from_at:
        raise Refused("visit.times_backwards", field="until")
    if until != visit.until_at:
        visit.until_at = until
        due_with(tx, visit)


def void(
    desk: Desk, by: str, visit_id: str, reason: str, nobody_inside: Proof | None = None
) -> None:  # fmt: skip
    """Void a wrong entry or an appointment called off: it stays readable and counts no more.

    A void takes nobody off the roll call in silence: of a visitor who may be inside it needs
    ``nobody_inside``, by which the person on duty states, with badge and PIN, that nobody is inside
    under this entry. Raises ``Refused``: ``visit.reason_missing``, ``visit.not_possible``,
    ``visit.void_inside`` without that statement, ``visit.void_not_on_duty`` for another's.
    """
    words = reason_text(reason)
    with desk.write(by=by) as tx:
        visit, _ = visit_of(tx, visit_id)
        refuse_erased(tx, visit)
        was = visit.state
        visit.state = rules.after(visit, Step.VOID)
        stated = _stated(tx, desk, visit, nobody_inside) if was in MAY_BE_INSIDE else {}
        visit.return_slip = ReturnSlip.NONE
        visit.reason_code, visit.reason = "", tx.seal(visit.subject, words)
        forget_who_gave_way_to(tx, visit.id)
        save(
            tx, visit, "visit.voided", by=None,
            number=rules.spoken(visit.number), was=was.value, reason=visit.reason, **stated,
        )  # fmt: skip


def _stated(
    tx: Transaction, desk: Desk, visit: Visit, nobody_inside: Proof | None
) -> dict[str, object]:
    """Return the facts of the statement that nobody is inside; refuse where there is none."""
    if nobody_inside is None:
        number = rules.listed(visit.day, visit.number, desk.today())
        raise Refused("visit.void_inside", number=number)
    duty = on_duty(tx, desk.gate)
    if duty is None or duty[1].id != nobody_inside.person.id:
        raise Refused("visit.void_not_on_duty", name=nobody_inside.person.name)
    who, means = nobody_inside.person.staff_no, nobody_inside.means.value
    return {"nobody_inside": True, "stated_by": who, "means": means}


def reprint(desk: Desk, by: str, visit_id: str, reason: str) -> VisitCard:
    """Print the slip again: 补打第 n 次 on each part, and older copies no longer open the exit.

    Raises ``Refused``: ``visit.reason_missing``, ``visit.not_possible`` for a visitor not inside,
    ``visit.lane_no_slip``, ``visit.helmet_missing``.
    """
    with desk.write(by=by) as tx:
        return reprint_in(tx, desk, visit_id, reason)


def reprint_in(tx: Transaction, desk: Desk, visit_id: str, reason: str) -> VisitCard:
    """Print the slip again inside a use case that has more to record."""
    words = reason_text(reason)
    visit, host = visit_of(tx, visit_id)
    visit.state = rules.after(visit, Step.REPRINT)
    if not rules_of_visit(desk, visit).slip:
        raise Refused("visit.lane_no_slip")
    shown = print_slip(tx, desk, visit, host)
    save(
        tx, visit, "visit.reprinted",
        number=rules.spoken(visit.number), copy=visit.copy_no,
        reason=tx.seal(visit.subject, words),
    )  # fmt: skip
    return shown


def visit_of_slip(book: Book, gate: str, readable: str) -> str | None:
    """Return the visit whose slip has the number ``20261123-017``; None when it is not inside."""
    day, _dash, number = readable.partition("-")
    found = visit_numbered(book, gate, date.fromisoformat(day), int(number))
    return found[0].id if found is not None and found[0].state is State.ADMITTED else None
