"""``kiosk day close``: list what a day of staff attendance lacks, and close its books."""

from datetime import date, timedelta

from kiosk.attendance.closing.books import day_book, open_workdays
from kiosk.attendance.closing.service import Closed, close_in
from kiosk.attendance.closing.wording import gap_word
from kiosk.commands.days import day_typed
from kiosk.commands.work import DONE, Work
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof, prove_by_staff_no
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import _, ngettext


def close(work: Work) -> int:
    """Say every gap of the day; then close it, unless it is a dry run.

    Raises ``Refused``: ``closing.none_open``, ``closing.who_signs``, those of the PIN and of
    ``service.close_day``.
    """
    day = _day(work)
    with work.desk.read() as book:
        now = day_book(work.desk, book, day)
    for one in now.gaps:
        who = f"{one.person.staff_no} {one.person.name} " if one.person is not None else ""
        work.say(f"{who}{gap_word(one.gap)}")
    n = now.absent
    told = ngettext("{n} person becomes absent.", "{n} persons become absent.", n)
    work.say(told.format(n=n))
    if work.args.dry_run:
        return DONE
    if not work.args.proves:
        raise Refused("closing.who_signs")
    proof = prove_by_staff_no(work.desk, work.args.proves, work.typed)
    done = work.write(_close, work, proof, day)
    work.say(_("{day} is closed.").format(day=done.day))
    return DONE


def _day(work: Work) -> date:
    if work.args.day:
        return day_typed(work.args.day)
    yesterday = work.desk.work_day(work.desk.clock()) - timedelta(days=1)
    with work.desk.read() as book:
        waiting = open_workdays(work.desk, book, yesterday)
    if not waiting:
        raise Refused("closing.none_open")
    return waiting[0]


def _close(tx: Transaction, work: Work, proof: Proof, day: date) -> Closed:
    return close_in(tx, work.desk, proof, day, sure_of=work.args.absent)
