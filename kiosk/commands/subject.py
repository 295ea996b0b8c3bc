"""``kiosk subject``: show a visitor what the book holds about him, or erase it on his wish."""

from datetime import datetime, timedelta

from kiosk import features
from kiosk.commands.work import DONE, REFUSED, Work
from kiosk.desk import list_papers
from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import _
from visitors import erasing, subject
from visitors.models import Visit
from visitors.service import refuse_erased

_NAMED_UNTIL = timedelta(days=1)
"""A relief within a day of leaving may still have the visitor on its sheet."""


def show(work: Work) -> int:
    """Say everything about one visit, after noting who was shown it; ``--print`` for his hand."""
    with work.desk.read() as book:
        visit, host = subject.visit_called(work.desk, book, work.args.number)
        if work.args.on_paper:
            refuse_erased(book, visit)
    work.write(_note, visit, on_paper=work.args.on_paper)
    with work.desk.read() as book:
        papers = features.mentions(book, visit.id, visit.made_at, _last_named(work.desk, visit))
        told = subject.told(work.desk, book, visit, host, papers, on_paper=work.args.on_paper)
    if not work.args.on_paper:
        work.say(subject.as_lines(told))
        return DONE
    work.write(_print, work.desk, told)
    if work.kiosk is not None:
        work.kiosk.queued()
    work.say(_("Queued for the printer."))
    return DONE


def _last_named(desk: Desk, visit: Visit) -> datetime:
    return (visit.left_at or desk.clock()) + _NAMED_UNTIL


def _note(tx: Transaction, visit: Visit, *, on_paper: bool) -> None:
    tx.record(
        "subject.shown", visit=visit.id, day=visit.day.isoformat(), number=visit.number,
        on_paper=on_paper,
    )  # fmt: skip


def _print(tx: Transaction, desk: Desk, told: subject.Told) -> None:
    list_papers.put_on_paper(tx, subject.as_slip(desk, told, tx.now))
    tx.record("slip.queued", slip=subject.KIND, number=told.number)


def erase(work: Work) -> int:
    """Say what would be erased; with ``--yes``, typed the second time, erase it for good."""
    with work.desk.read() as book:
        visit, host = subject.visit_called(work.desk, book, work.args.number)
        told = subject.told(work.desk, book, visit, host, [])
        erasing.check(book, work.desk, visit, work.args.reason)
    if not work.args.yes:
        work.say(subject.as_lines(told))
        work.complain(
            _(
                "Nothing is erased yet. What is listed under the first heading can never be read"
                " again afterwards. To erase it, give the same command once more with --yes."
            )
        )
        return REFUSED
    work.write(erasing.erase, work.desk, visit.id, work.args.reason)
    emptied = work.desk.empty_log()
    work.say(_("Visit {number}: the words are erased.").format(number=told.number))
    if not emptied:
        work.say(_("The book was being read: the last traces go at the next full hour."))
    return DONE
