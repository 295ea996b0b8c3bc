"""An appointment is changed, cancelled, or its companions named; each with who wanted it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Transaction
from visitors import rules, watch_screening
from visitors.appointments import cancel_in, write_yes
from visitors.corrections import ask_again, changed_fields
from visitors.lanes.rules import checked
from visitors.models import How, State, Visit
from visitors.rules import Details, Step
from visitors.service import Times, host_by_staff_no, reason_text, save, visit_of, write_details
from visitors.visit_queries import FOLLOWING

_YES_IS_FOR = frozenset({"name", "unit", "matter", "lane", "host", "day", "more_people"})
"""What the host's yes was for: this party, about this matter, with him, on this day.

Another hour of the same day, fewer people, a phone number or a note leave the yes: he expects them
that day, and nobody is let in after the agreed time without asking him again.
"""


class Wish(StrEnum):
    """Who wanted the change."""

    HOST = "host"
    VISITOR = "visitor"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class Changed:
    """What a changed appointment says; ``host`` is a staff number.

    ``confirmed`` says how the host has agreed to it as it is now, None that nobody asked him.
    """

    details: Details
    host: str
    times: Times
    confirmed: How | None = None


def change(
    desk: Desk, by: str, visit_id: str, wanted: Changed, wish: Wish, despite: Sequence[str] = ()
) -> bool:
    """Write an appointment anew before arrival; return whether the host's yes still stands.

    It falls away with another host, day, matter, visitor or with more people (``_YES_IS_FOR``).
    Raises ``Refused``: those of ``lanes.rules.checked``, ``visit.host_unknown``,
    ``visit.times_backwards``, ``visit.day_over``, ``visit.no_change``, and ``visit.not_possible``
    for somebody who has come.
    """
    said = checked(desk, wanted.details)
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        refuse_unless_expected(visit)
        person = host_by_staff_no(tx, wanted.host)
        fields = write_change(tx, desk, visit, host, said, person, wanted.times)
        if wanted.confirmed is not None:
            write_yes(tx, visit, person, wanted.confirmed)
        elif not fields:
            raise Refused("visit.no_change")
        save_changed(tx, visit, person, fields, wish.value, despite)
        return rules.has_yes(visit)


def refuse_unless_expected(visit: Visit) -> None:
    """Raise ``Refused("visit.not_possible")`` for a visitor who has come, or comes no more."""
    if visit.state is not State.EXPECTED:
        raise Refused(
            "visit.not_possible", step=Step.CORRECT, state=visit.state,
            number=rules.spoken(visit.number),
        )  # fmt: skip


def write_change(
    tx: Transaction, desk: Desk, visit: Visit, host: Person, said: Details, person: Person,
    times: Times,
) -> list[str]:  # fmt: skip
    """Write the new words, host and times into the row; return the names of what differs.

    ``host`` is the one until now. Raises ``Refused``: ``visit.times_backwards``,
    ``visit.day_over``.
    """
    if times.end <= times.start:
        raise Refused("visit.times_backwards", field="until")
    if times.end <= tx.now:
        raise Refused("visit.day_over", field="until")
    fields = changed_fields(tx, visit, said)
    day = desk.local(times.start).date()
    if person.id != host.id:
        fields.append("host")
    if day != visit.day:
        fields.append("day")
    if (times.start, times.end) != (visit.from_at, visit.until_at):
        fields.append("times")
    more = {"more_people"} if said.people > visit.people else set()
    if _YES_IS_FOR.intersection(fields) or more:
        ask_again(visit)
    write_details(tx, desk, visit, said)
    visit.host_id, visit.day = person.id, day
    visit.from_at, visit.until_at = times.start, times.end
    return fields


def save_changed(
    tx: Transaction, visit: Visit, host: Person, fields: Sequence[str], wish: str,
    despite: Sequence[str] = (),
) -> None:  # fmt: skip
    """Put the changed appointment and record ``visit.changed``: which fields, and who wanted it."""
    visit.changed_at, visit.changed = tx.now, " ".join(fields)
    save(
        tx, visit, "visit.changed",
        fields=list(fields), wish=wish, host=host.staff_no, day=visit.day.isoformat(),
        yes_stands=rules.has_yes(visit), despite=list(despite),
    )  # fmt: skip


def cancel(desk: Desk, by: str, visit_id: str, reason: str, *, following: bool = False) -> int:
    """Cancel an appointment, or with ``following`` it and all later ones of its series.

    Returns how many. Each stays readable with its reason and counts no more. Raises ``Refused``:
    ``visit.reason_missing``, ``visit.not_possible`` for a visitor who has come.
    """
    words = reason_text(reason)
    with desk.write(by=by) as tx:
        visit, _host = visit_of(tx, visit_id)
        refuse_unless_expected(visit)
        also = following and visit.series
        chosen = tx.all(FOLLOWING, series=visit.series, start=visit.from_at) if also else []
        for one in [pair[0] for pair in chosen] or [visit]:
            cancel_in(tx, one, words)
        return len(chosen) or 1


def name_companions(desk: Desk, by: str, visit_id: str, names: str) -> int:
    """Write down who came along, as they are named at the gate; return how many are still unnamed.

    Raises ``Refused``: ``visit.companions_many``, ``visit.field_too_long``,
    ``visit.not_possible`` for a visit that is over.
    """
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        rules.after(visit, Step.CORRECT)
        named = rules.companion_names(rules.one_text("companions", names), visit.people)
        visit.companions = tx.seal(visit.subject, "、".join(named))
        save(
            tx, visit, "visit.companions_named",
            number=rules.spoken(visit.number), host=host.staff_no, people=visit.people,
            named=len(named),
        )  # fmt: skip
        watch_screening.screen_late(tx, visit)
        return visit.people - 1 - len(named)
