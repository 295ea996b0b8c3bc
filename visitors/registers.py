"""The register page for the file (来访登记单), and who came how often."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table
from kiosk.desk.site_desks import SiteDesks, site_desks
from kiosk.desk.slip_lines import Heading, Item, Line
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, ngettext, pgettext
from visitors.gates.reports import gate_columns, gates_of, of_site
from visitors.lanes.kinds import kind_word
from visitors.listed import ListedVisit, listed
from visitors.models import LeftHow, ReturnSlip, State
from visitors.reports import hour, left_at
from visitors.rules import spoken
from visitors.wording import LEFT_WORDS, named, state_word

_MOST_HOSTS = 3


def register(desk: Desk, book: Book, period: Period) -> Table:
    """Return the page for the file: everybody who came to the gate, numbered, with the totals.

    Two sign beneath it. Where the desks have a hub it is the page of the whole site, with the gate
    of each visitor, and says so; else each gate has its own.
    """
    came = [
        visit for visit in listed(book, period.first, period.last, period.who, period.unit)
        if visit.row.number
    ]  # fmt: skip
    desks = site_desks(desk, book)
    rows = tuple(_register_row(desk, desks, at, visit) for at, visit in enumerate(came, start=1))
    columns = (
        pgettext("register", "Line"), _("Day"), _("No."), _("Visitor"), _("Unit"), _("People"),
        _("Host"), _("Section"), _("Kind of visit"), _("Matter"), _("Carries"), _("Plate"),
        pgettext("register", "In"), pgettext("register", "Out"), *gate_columns(desk),
        pgettext("register", "Remarks"),
    )  # fmt: skip
    return Table(
        _title(desk, period), columns, rows, _("Nobody came in these days."),
        foot=(*_totals(came), *_by_gate(desk, desks, came)),
        signatures=(_("Guard signs"), _("Office signs")),
        paper=partial(_on_paper, desk, desks, came),
    )  # fmt: skip


def _title(desk: Desk, period: Period) -> str:
    site = desk.settings.site
    place = (site.gate_name or desk.gate) if desk.settings.hub.alone else _("all gates")
    if period.first == period.last:
        return _("Visitors' register, {place}, {day}").format(place=place, day=period.first)
    return _("Visitors' register, {place}, {first} to {last}").format(
        place=place, first=period.first, last=period.last
    )


def _register_row(desk: Desk, desks: SiteDesks, line: int, visit: ListedVisit) -> tuple[str, ...]:
    row = visit.row
    return (
        str(line), f"{row.day:%Y-%m-%d}", spoken(row.number), " ".join(named(visit)), visit.unit,
        str(row.people), visit.host.name, visit.host.section, kind_word(visit.row), visit.matter,
        visit.goods, visit.plate, hour(desk, row.admitted_at), left_at(desk, row),
        *gates_of(desk, desks, row), remarks(visit),
    )  # fmt: skip


def remarks(visit: ListedVisit) -> str:
    """Return what the paper's last column says: only what is not as it should be."""
    row = visit.row
    if row.state is State.LEFT and row.left_how is not None:
        missing = row.return_slip is ReturnSlip.MISSING
        return _("return slip missing") if missing else _(LEFT_WORDS[row.left_how])
    return state_word(visit)


def _totals(came: Sequence[ListedVisit]) -> Iterator[str]:
    for day, visits in _by_day(came):
        counts = Counter(visit.row.state for visit in visits)
        entered = [visit for visit in visits if _entered(visit)]
        people = sum(visit.row.people for visit in entered)
        unproved = counts[State.ASSUMED_LEFT] + counts[State.UNKNOWN]
        at_gate = sum(visit.row.left_how is LeftHow.AT_GATE for visit in visits)
        missing = sum(visit.return_slip is ReturnSlip.MISSING for visit in visits)
        yield _(
            "{day}: {entries} entries; admitted {admitted} with {people} people; not admitted"
            " {refused}; handed over at the gate {at_gate}; void {void}; still inside {inside};"
            " assumed left {assumed}; return slips missing {missing}"
        ).format(
            day=day, entries=len(visits), admitted=len(entered), people=people,
            refused=counts[State.REFUSED], at_gate=at_gate, void=counts[State.VOIDED],
            inside=counts[State.ADMITTED], assumed=unproved, missing=missing,
        )  # fmt: skip


def _by_gate(desk: Desk, desks: SiteDesks, came: Sequence[ListedVisit]) -> Iterator[str]:
    """Yield how many each gate let in; a visitor counts at the gate he came in by, and once."""
    if desk.settings.hub.alone:
        return
    gates = Counter[str]()
    for visit in came:
        gates[visit.row.gate] += visit.row.people if _entered(visit) else 0
    for gate, people in sorted(gates.items()):
        words = ngettext("{gate}: {n} person came in", "{gate}: {n} people came in", people)
        yield words.format(gate=desks.name(gate), n=people)


def _by_day(came: Iterable[ListedVisit]) -> list[tuple[date, list[ListedVisit]]]:
    days: dict[date, list[ListedVisit]] = {}
    for visit in came:
        days.setdefault(visit.row.day, []).append(visit)
    return list(days.items())


def _entered(visit: ListedVisit) -> bool:
    return visit.row.admitted_at is not None and visit.state is not State.VOIDED


def _on_paper(desk: Desk, desks: SiteDesks, came: Sequence[ListedVisit]) -> Iterator[Line]:
    """Yield the register for a narrow paper: each visit a numbered point of two or three lines."""
    line = 0
    for day, visits in _by_day(came):
        entries = ngettext("{n} entry", "{n} entries", len(visits)).format(n=len(visits))
        yield Heading(f"{day:%Y-%m-%d}", entries)
        for visit in visits:
            line += 1
            yield _point(desk, desks, line, visit)


def _point(desk: Desk, desks: SiteDesks, line: int, visit: ListedVisit) -> Item:
    row, host = visit.row, visit.host
    people = ngettext("{n} person", "{n} people", row.people).format(n=row.people)
    times = f"{hour(desk, row.admitted_at) or '--:--'} - {left_at(desk, row) or '--:--'}"
    seen = _("visits {host}").format(host=" ".join(filter(None, (host.name, host.section))))
    said = (
        visit.unit, people, seen, kind_word(visit.row), visit.matter, visit.goods, visit.plate,
        times, *gates_of(desk, desks, row), remarks(visit),
    )  # fmt: skip
    text = " ".join((spoken(row.number), *named(visit)))
    return Item(str(line), text, "  ".join(part for part in said if part))


@dataclass(slots=True)
class _Caller:
    """One visitor of the period, and how often."""

    visit: ListedVisit
    entered: int = 0
    turned_away: int = 0
    people: int = 0
    days: list[date] = field(default_factory=list)
    hosts: Counter[str] = field(default_factory=Counter)


def visitors(desk: Desk, book: Book, period: Period) -> Table:
    """Return one line for each visitor and unit: how often they came, when, and to whom.

    Who gave an ID number is the same person where the number is the same; else name and unit say
    so. Visits that were voided or never took place do not count.
    """
    callers = _callers(listed(book, period.first, period.last, period.who, period.unit))
    ordered = sorted(callers, key=lambda one: (-one.entered, -len(one.days), one.days[0]))
    rows = tuple(_caller_row(one) for one in ordered)
    columns = (
        _("Visitor"), _("Unit"), _("Times inside"), _("Not admitted"), _("People"),
        _("First day"), pgettext("register", "Last day"), pgettext("register", "Visited"),
    )  # fmt: skip
    first, last = f"{period.first:%Y-%m-%d}", f"{period.last:%Y-%m-%d}"
    title = _("Who came, {first} to {last}").format(first=first, last=last)
    return of_site(desk, Table(title, columns, rows, _("Nobody came in these days.")))


def _callers(visits: Iterable[ListedVisit]) -> list[_Caller]:
    found: dict[tuple[str, str], _Caller] = {}
    for visit in visits:
        refused = visit.state is State.REFUSED
        if not (_entered(visit) or refused):
            continue
        caller = found.setdefault(_same_person(visit), _Caller(visit))
        caller.visit = visit
        caller.entered += not refused
        caller.turned_away += refused
        caller.people += 0 if refused else visit.row.people
        caller.days.append(visit.row.day)
        caller.hosts[visit.host.address] += 1
    return list(found.values())


def _same_person(visit: ListedVisit) -> tuple[str, str]:
    if visit.row.id_hash and not visit.erased:
        return "", visit.row.id_hash
    return visit.name, visit.unit


def _caller_row(one: _Caller) -> tuple[str, ...]:
    hosts = " ".join(host for host, _times in one.hosts.most_common(_MOST_HOSTS))
    return (
        " ".join(named(one.visit)), one.visit.unit, str(one.entered), str(one.turned_away),
        str(one.people), f"{min(one.days):%Y-%m-%d}", f"{max(one.days):%Y-%m-%d}", hosts,
    )  # fmt: skip
