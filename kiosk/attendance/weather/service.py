"""A signal is given and lifted, who is out is asked after, who cannot come is excused (95-96)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kiosk.attendance.days.counting import taps_that_count
from kiosk.attendance.remarks.models import REMARKS_BETWEEN, About, Remark
from kiosk.attendance.weather import rules, slips
from kiosk.attendance.weather.models import (
    LAST_OFF,
    OUTING,
    SIGNAL_ON,
    SIGNALS_BETWEEN,
    WeatherSignal,
)
from kiosk.attendance.weather.reading import Out, everybody_out, shown
from kiosk.desk import list_papers
from kiosk.desk.desk import Desk
from kiosk.desk.inside import AllInside, Sort
from kiosk.desk.numbers import next_number
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Transaction


@dataclass(frozen=True, slots=True)
class GivenOut:
    """What a signal began with: its ``number``, how many are ``out``, how many visitors inside.

    ``printed`` says that the list of who is out was queued for the printer.
    """

    number: str
    out: int
    visitors: int
    printed: bool


def visitors_inside(desk: Desk, book: Book, inside: AllInside) -> int:
    """Return how many visitors are in the house, as every feature knows it."""
    return sum(one.people for one in inside(desk, book) if one.sort is Sort.VISITOR)


def switch_on(desk: Desk, by: str, name: str, source: str, inside: AllInside) -> GivenOut:
    """Write down that a signal was given out; the list of everybody out is printed (clause 96).

    Records ``weather.on``. Raises ``Refused``: ``weather.unknown``, ``weather.source_missing``,
    ``weather.on_already``, ``weather.clock``.
    """
    given_by = rules.said(source, "weather.source_missing")
    with desk.write(by=by) as tx:
        if name not in {one.name for one in desk.settings.weather_signals}:
            raise Refused("weather.unknown", signal=name)
        on = tx.all(SIGNAL_ON)
        twice = next((one for one in on if one.signal == name), None)
        if twice is not None:
            raise Refused("weather.on_already", signal=name, number=twice.number)
        last = tx.one(LAST_OFF)
        rules.check_clock(tx.now, [*(one.on_at for one in on), last.off_at if last else None])
        made = tx.put(
            WeatherSignal(
                number=f"TQ{next_number(tx, 'weather')}", signal=name, source=given_by,
                on_at=tx.now, on_by=by,
            )
        )  # fmt: skip
        out = everybody_out(tx, [*on, made], desk.settings)
        visitors = visitors_inside(desk, tx, inside)
        if out:
            _print(desk, tx, made, out, visitors)
        tx.record(
            "weather.on", number=made.number, signal=name, out=[one.number for one in out],
            visitors=visitors,
        )  # fmt: skip
    return GivenOut(made.number, len(out), visitors, printed=bool(out))


def switch_off(desk: Desk, by: str, signal_id: str) -> tuple[Out, ...]:
    """Write down that a signal was lifted; return who was never reached while it was on.

    While another signal keeps people in, the asking goes on under that one, and nobody is returned.
    Records ``weather.off``. Raises ``Refused``: ``weather.off_already``, ``weather.clock``.
    """
    with desk.write(by=by) as tx:
        on = tx.all(SIGNAL_ON)
        one = next((signal for signal in on if signal.id == signal_id), None)
        if one is None:
            raise Refused("weather.off_already")
        rules.check_clock(tx.now, [one.on_at])
        rest = [signal for signal in on if signal.id != signal_id]
        goes_on = bool(rules.keeping_in(desk.settings, rest))
        unheard = () if goes_on else unsafe(everybody_out(tx, on, desk.settings))
        one.off_at, one.off_by = tx.now, by
        one.never_reached = " ".join(out.number for out in unheard)
        tx.put(one)
        tx.record(
            "weather.off", number=one.number, signal=one.signal,
            unreached=[out.number for out in unheard],
        )  # fmt: skip
    return unheard


def unsafe(out: tuple[Out, ...]) -> tuple[Out, ...]:
    """Return those of whom nobody knows yet whether they are safe."""
    return tuple(one for one in out if not one.safe)


def tell_visitors(desk: Desk, by: str) -> int:
    """Write down that the visitors inside were told that they may stay; return how many signals.

    Records ``weather.visitors_told``. Raises ``Refused``: ``weather.none_on``,
    ``weather.told_already``.
    """
    with desk.write(by=by) as tx:
        on = rules.keeping_in(desk.settings, tx.all(SIGNAL_ON))
        if not on:
            raise Refused("weather.none_on")
        untold = [one for one in on if one.told_at is None]
        if not untold:
            raise Refused("weather.told_already")
        for one in untold:
            one.told_at = tx.now
            tx.put(one)
        tx.record("weather.visitors_told", numbers=[one.number for one in untold])
    return len(untold)


def mark_safe(desk: Desk, by: str, outing_id: str, place: str) -> Out:
    """Tick somebody who is out: safe at ``place``, which is sealed (clause 96).

    Records ``outing.safe``. Raises ``Refused``: ``weather.place_missing``, ``weather.none_on``,
    ``weather.back_already``, ``weather.safe_already``.
    """
    where = rules.said(place, "weather.place_missing")
    with desk.write(by=by) as tx:
        since = rules.began(rules.keeping_in(desk.settings, tx.all(SIGNAL_ON)))
        if since is None:
            raise Refused("weather.none_on")
        found = tx.one(OUTING, id=outing_id)
        if found is None:
            raise LookupError(f"no outing {outing_id}")
        outing, person = found
        if outing.ended_at is not None:
            raise Refused("weather.back_already", name=person.name)
        if rules.is_safe(outing, since):
            raise Refused("weather.safe_already", name=person.name)
        outing.safe_at, outing.safe_place = tx.now, tx.seal(outing.subject, where)
        tx.put(outing)
        tx.record("outing.safe", number=outing.number, person=person.staff_no)
        return shown(tx, outing, person, since)


def print_out(desk: Desk, by: str, inside: AllInside) -> int:
    """Print the list of everybody out once more, with what is known by now; return how many.

    Raises ``Refused``: ``weather.none_on``, ``weather.nobody_out``.
    """
    with desk.write(by=by) as tx:
        on = rules.keeping_in(desk.settings, tx.all(SIGNAL_ON))
        if not on:
            raise Refused("weather.none_on")
        out = everybody_out(tx, on, desk.settings)
        if not out:
            raise Refused("weather.nobody_out")
        _print(desk, tx, on[-1], out, visitors_inside(desk, tx, inside))
        tx.record("weather.printed", number=on[-1].number)
    return len(out)


def _print(
    desk: Desk, tx: Transaction, signal: WeatherSignal, out: tuple[Out, ...], visitors: int
) -> None:
    list_papers.put_on_paper(tx, slips.out_sheet(desk, tx.now, signal, out, visitors))


def cannot_come(desk: Desk, by: str, absent_no: str, approver_no: str, cause: str) -> Remark:
    """Write down that somebody telephoned and cannot come, and who said yes (clause 95).

    It is a remark about the whole day that excuses by this one word. ``cause`` is sealed. Records
    ``weather.absent``. Raises ``Refused``: ``weather.cause_missing``, ``weather.none_today``,
    ``weather.came_already``, ``weather.noted_already``, ``person.unknown`` and those of
    ``rules.check_approver``.
    """
    why = rules.said(cause, "weather.cause_missing")
    with desk.write(by=by) as tx:
        absent, approver = person_by_staff_no(tx, absent_no), person_by_staff_no(tx, approver_no)
        rules.check_approver(absent, approver)
        signal = signal_of_today(desk, tx, tx.now)
        if signal is None:
            raise Refused("weather.none_today")
        today = desk.work_day(tx.now)
        if taps_that_count(tx, absent.id, today):
            raise Refused("weather.came_already", name=absent.name)
        for known in tx.all(REMARKS_BETWEEN, first=today, last=today):
            if known.person_id == absent.id and known.weather_id and known.stands:
                raise Refused("weather.noted_already", name=absent.name, number=known.number)
        subject = tx.new_subject()
        made = tx.put(
            Remark(
                number=f"BZ{next_number(tx, 'remark')}", subject=subject, person_id=absent.id,
                day=today, about=About.NO_TAP, cause=tx.seal(subject, why), written_at=tx.now,
                written_by=by, by_phone=True, weather_id=signal.id, head_id=approver.id,
                head_at=tx.now, closed_at=tx.now,
            )
        )  # fmt: skip
        tx.record(
            "weather.absent", number=made.number, signal=signal.number, person=absent.staff_no,
            approver=approver.staff_no,
        )  # fmt: skip
    return made


def signal_of_today(desk: Desk, book: Book, now: datetime) -> WeatherSignal | None:
    """Return the latest signal of this day of the site that excuses who cannot come."""
    begins = datetime.combine(desk.work_day(now), time(desk.rules.day_begins_hour), desk.zone)
    found = book.all(SIGNALS_BETWEEN, first=begins, after=now + timedelta(microseconds=1))
    excusing = rules.excusing(desk.settings, found)
    return excusing[-1] if excusing else None


def absent_today(desk: Desk, book: Book) -> list[Remark]:
    """Return the remarks of today about who telephoned and cannot come, oldest first."""
    today = desk.work_day(desk.clock())
    found = book.all(REMARKS_BETWEEN, first=today, last=today)
    return [one for one in found if one.weather_id and one.about is About.NO_TAP and one.stands]


def on_now(book: Book) -> list[WeatherSignal]:
    """Return the signals that are on, the first given out first."""
    return book.all(SIGNAL_ON)
