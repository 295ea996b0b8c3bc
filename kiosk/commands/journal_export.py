"""``kiosk journal export``: the journal, or some days of it, as a file that proves itself."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from kiosk.commands.days import day_typed
from kiosk.commands.work import DONE, Work
from kiosk.desk.columns import utc_text
from kiosk.desk.desk import Desk
from kiosk.desk.file_out import write_in_parts
from kiosk.desk.journal import grouped
from kiosk.desk.journal_export import Part, lines, part_of
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, ngettext


def send(work: Work) -> int:
    """Write the entries of the days asked for, and say what the file proves.

    Raises ``Refused``: ``report.bad_date``, ``journal.export_backwards``, ``journal.export_alone``,
    ``journal.export_exists``, ``report.not_written``.
    """
    if work.args.json or work.args.reveal is not None:
        raise Refused("journal.export_alone")
    since, until = _day(work.args.since), _day(work.args.until)
    if since and until and since > until:
        raise Refused("journal.export_backwards")
    desk, out = work.desk, Path(work.args.out_file)
    if out.exists():
        raise Refused("journal.export_exists", file=str(out))
    days = {}
    if since:
        days["since"] = _midnight(desk, since)
    if until:
        days["until"] = _midnight(desk, until + timedelta(days=1))
    with desk.read() as book:
        part = part_of(book.connection, desk.gate, **days)
        made_at = utc_text(desk.clock())
        site = desk.settings.site.name
        write_in_parts(out, lines(book.connection, desk.gate, site, made_at, part))
    for line in _told(out, part):
        work.say(line)
    return DONE


def _day(typed: str) -> date | None:
    return day_typed(typed) if typed else None


def _midnight(desk: Desk, day: date) -> str:
    """Return the beginning of a day of the site as UTC text."""
    return utc_text(datetime.combine(day, time(tzinfo=desk.zone)))


def _told(out: Path, part: Part) -> Iterable[str]:
    n = part.entries
    yield ngettext("{n} entry written to {file}.", "{n} entries written to {file}.", n).format(
        n=n, file=out
    )
    if not n:
        return
    yield _("Entries {first} to {last}. Fingerprint of the last: {code}").format(
        first=part.first, last=part.last, code=grouped(part.head)
    )
    if part.first > 1:
        yield _("It has no entry before {first}: of those it proves nothing.").format(
            first=part.first
        )
    if not part.newest:
        yield _("The book goes on after entry {last}: of that it proves nothing.").format(
            last=part.last
        )
    yield _("Check it on any computer: python3 verify_export.py {file}").format(file=out.name)
