"""``kiosk subject``: show a visitor what the book holds about him, or erase it on his wish."""

from collections.abc import Sequence

from kiosk import features
from kiosk.commands.work import DONE, REFUSED, Work
from kiosk.desk import list_papers
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import _, pgettext
from visitors import erasing, subject, subject_whom
from visitors.exit.subject_lines import rows_of
from visitors.models import Visit
from visitors.service import visit_of


def show(work: Work) -> int:
    """Say everything about each visit of one visitor, after noting who was shown it.

    ``--print`` for his hand. What belongs together is shown together: the days of a series, and
    the appointment for which he came on another day.
    """
    with work.desk.read() as book:
        visits = subject_whom.visits_called(work.desk, book, work.args.number)
        if work.args.on_paper:
            there = erasing.not_erased(book, [visit for visit, _host in visits])
            visits = [pair for pair in visits if pair[0] in there]
    work.write(_note, [visit for visit, _host in visits], on_paper=work.args.on_paper)
    with work.desk.read() as book:
        told = [_told(work, book, visit, host) for visit, host in visits]
    if not work.args.on_paper:
        work.say("\n\n".join(subject.as_lines(one) for one in told))
        return DONE
    work.write(_print, work.desk, told)
    if work.kiosk is not None:
        work.kiosk.queued()
    work.say(_("Queued for the printer."))
    return DONE


def _told(work: Work, book: Book, visit: Visit, host: Person) -> subject.Told:
    # What is open about a visit stands on every sheet until it is settled, long after the visit.
    desk = work.desk
    papers = features.mentions(desk, book, rows_of(book, visit), visit.made_at, desk.clock())
    return subject.told(desk, book, visit, host, papers, on_paper=work.args.on_paper)


def _note(tx: Transaction, visits: Sequence[Visit], *, on_paper: bool) -> None:
    for visit in visits:
        tx.record(
            "subject.shown", visit=visit.id, day=visit.day.isoformat(), number=visit.number,
            on_paper=on_paper,
        )  # fmt: skip


def _print(tx: Transaction, desk: Desk, told: Sequence[subject.Told]) -> None:
    for one in told:
        list_papers.put_on_paper(tx, subject.as_slip(desk, one, tx.now))
        tx.record("slip.queued", slip=subject.KIND, number=one.number)


def find(work: Work) -> int:
    """List the visits that a name may mean, with ids for ``show`` and ``erase``."""
    with work.desk.read() as book:
        found = subject_whom.visits_like(book, work.args.name)
        lines = [subject_whom.as_line(book, visit) for visit, _host in found]
    if not lines:
        raise Refused("subject.nobody")
    work.write(_note_found, len(lines))
    work.say("\n".join([*lines, _("{n} visits found.").format(n=len(lines))]))
    return DONE


def _note_found(tx: Transaction, visits: int) -> None:
    tx.record("subject.found", visits=visits)


def erase(work: Work) -> int:
    """Say what would be erased; with ``--yes``, typed the second time, erase it for good."""
    with work.desk.read() as book:
        found = subject_whom.visits_called(work.desk, book, work.args.number)
        there = erasing.not_erased(book, [visit for visit, _host in found])
        for visit in there:
            erasing.check(book, work.desk, visit, work.args.reason)
        told = [
            subject.told(work.desk, book, visit, host, [])
            for visit, host in found
            if visit in there
        ]
        names = dict.fromkeys(book.read_sealed(visit.name) for visit in there)
        elsewhere = [number for name in names for number in features.naming(book, name)]
    if elsewhere:
        _tell_elsewhere(work, elsewhere)
    if not work.args.yes:
        work.say("\n\n".join(subject.as_lines(one) for one in told))
        work.complain(
            _(
                "Nothing is erased yet. What is listed under the first heading can never be read"
                " again afterwards. To erase it, give the same command once more with --yes."
            )
        )
        return REFUSED
    work.write(_erase, work.desk, [visit.id for visit in there], work.args.reason)
    emptied = work.desk.empty_log()
    for one in told:
        work.say(_("Visit {number}: the words are erased.").format(number=one.number))
    if not emptied:
        work.say(_("The book was being read: the last traces go at the next full hour."))
    return DONE


def _tell_elsewhere(work: Work, numbers: Sequence[str]) -> None:
    """Say where the name was typed by hand: a namesake's line is not for this to delete."""
    known = pgettext("between parts", ", ").join(dict.fromkeys(numbers))
    work.say(
        _(
            "The name also stands, typed by hand, in {numbers}. It may be a namesake's, so it is"
            " kept there until its own time."
        ).format(numbers=known)
    )


def _erase(tx: Transaction, desk: Desk, visit_ids: Sequence[str], reason: str) -> None:
    erasing.erase_all(tx, desk, [visit_of(tx, one)[0] for one in visit_ids], reason)
