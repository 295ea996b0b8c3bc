"""The register of conflicts: what is open now, and what was decided in a period."""

from datetime import datetime, time, timedelta

from kiosk.conflicts import rules
from kiosk.conflicts.models import DECIDED_BETWEEN, ConflictDecision
from kiosk.conflicts.reading import title_of, versions_of
from kiosk.conflicts.rules import Choice
from kiosk.conflicts.values import Reader
from kiosk.desk.desk import Desk
from kiosk.desk.forks import Fork, open_forks
from kiosk.desk.report import Period, Table
from kiosk.desk.row_words import table_word
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Book
from kiosk.desk.versions import gate_of
from kiosk.desk.words import N_, _, pgettext

HOW = {
    Choice.VERSION: N_("one version stands"),
    Choice.BOTH: N_("both changes stand"),
    Choice.STAYS: N_("the first keeps the place"),
    Choice.GIVES_WAY: N_("the first gives way"),
}
"""What was chosen, in words."""


def conflicts(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register: everything open, then what was decided in the period."""
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    after = datetime.combine(period.last + timedelta(days=1), midnight)
    rows = [_open(desk, book, fork) for fork in open_forks(book)]
    rows += [
        _decided(desk, book, one, person.name)
        for one, person in book.all(DECIDED_BETWEEN, first=first, after=after)
    ]
    title = _("Conflicts between desks {first} to {last}").format(
        first=period.first, last=period.last
    )
    columns = (
        _("No."), pgettext("conflict", "Record"), pgettext("conflict", "Which"),
        pgettext("conflict", "Between"), pgettext("conflict", "State"),
        pgettext("conflict", "Kept"), pgettext("conflict", "Decided at"),
        pgettext("conflict", "Decided by"), pgettext("conflict", "Reason"),
    )  # fmt: skip
    return Table(title, columns, tuple(rows), _("No conflict in these days."))


def _open(desk: Desk, book: Book, fork: Fork) -> tuple[str, ...]:
    versions = versions_of(book, fork)
    between = dict.fromkeys(gate_name(desk, book, one.gate) for one in versions)
    title = title_of(Reader(desk, book, fork.table), versions)
    number = rules.number_of(fork.table, fork.row_id)
    state = pgettext("conflict", "open")
    return (
        number, table_word(fork.table), title, _listed(between), state, "", "", "", ""
    )  # fmt: skip


def _decided(desk: Desk, book: Book, one: ConflictDecision, name: str) -> tuple[str, ...]:
    stamps = [one.kept, *one.given_up.split(",")]
    between = dict.fromkeys(gate_name(desk, book, gate_of(stamp)) for stamp in stamps)
    return (
        one.number, table_word(one.about), "", _listed(between), _(HOW[Choice(one.how)]),
        gate_name(desk, book, gate_of(one.kept)), f"{desk.local(one.at):%Y-%m-%d %H:%M}", name,
        book.read_sealed(one.reason),
    )  # fmt: skip


def _listed(names: dict[str, None]) -> str:
    return pgettext("between parts", ", ").join(names)
