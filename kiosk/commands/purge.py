"""``kiosk purge``: delete what was kept long enough, and show that it is really gone."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from kiosk import features
from kiosk.commands.work import DONE, REFUSED, Work
from kiosk.desk import leftovers
from kiosk.desk.people import EVERYONE
from kiosk.desk.purge import PURGED, Purged
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _
from visitors import purging, watch_purging
from visitors.models import ALL_WORDS

_ERASED = "subject.erased"
_KINDS: Mapping[str, str] = {
    "visitors": N_("visitors"),
    "phones": N_("phone numbers"),
    "watched": N_("watch-list entries"),
    "handovers": N_("handovers"),
    "matters": N_("entrusted matters"),
    "duty_lines": N_("duty-log lines"),
    "lock_up_lists": N_("lock-up lists"),
    "absences": N_("absences from the post"),
    "errands": N_("refused errands"),
    "outings": N_("outings"),
    "presence_prompts": N_("presence prompts"),
    "instructions": N_("instructions and notices"),
    "safety_checks": N_("safety checks"),
    "faults": N_("faults"),
    "roll_calls": N_("roll calls"),
    "messages": N_("telephone messages"),
    "desk_lines": N_("lines between desks"),
    "parcels": N_("parcels"),
    "passes": N_("property-out passes"),
    "goods_kept": N_("records of goods that stayed"),
    "enquiries": N_("enquiries"),
    "incidents": N_("incidents"),
    "remarks": N_("remarks"),
    "objections": N_("objections to month sheets"),
    "leaves": N_("leave requests"),
    "overtime": N_("overtime requests"),
    "attendance_cases": N_("case cards"),
    "conflicts": N_("decisions between desks"),
    "papers": N_("printed lists"),
    "asked": N_("visitors on their wish"),
}


def purge(work: Work) -> int:
    """Delete every bite that is due; with ``--dry-run`` only say how much it would be."""
    if work.args.dry_run:
        with work.desk.read() as book:
            due = features.overdue(work.desk, book)
        work.say(_("To be deleted now: {what}").format(what=_counted(due)))
        work.say(_terms(work))
        work.say(_watch_terms(work))
        days = work.desk.rules.pass_words_days
        work.say(_("Passes and goods that stayed: {days} days.").format(days=days))
        days = work.desk.rules.away_words_days
        work.say(_("Absences, refused errands, missed prompts: {days} days.").format(days=days))
        days = work.desk.rules.outing_words_days
        work.say(_("Outings: {days} days after the return.").format(days=days))
        days = work.desk.rules.incident_words_days
        work.say(_("Emergencies: {days} days after their end.").format(days=days))
        days = work.desk.rules.remark_words_days
        work.say(_("Causes of remarks: {days} days.").format(days=days))
        names: frozenset[str] = frozenset()
    else:
        done = _all_bites(work)
        names = done.names
        work.say(_("Deleted: {what}").format(what=_counted(done.counts)))
    return _prove(work, names) if work.args.prove else DONE


def _terms(work: Work) -> str:
    rules = work.desk.rules
    return _(
        "Kept after leaving: phone numbers {phone} days, all other words {words} days; handovers"
        " and matters {handover} days; messages, parcels and enquiries {caller} days."
        " Change it in kiosk.toml, section rules."
    ).format(
        phone=rules.visitor_phone_days, words=rules.visitor_words_days,
        handover=rules.handover_words_days, caller=rules.caller_words_days,
    )  # fmt: skip


def _watch_terms(work: Work) -> str:
    return _("Words of the watch list are kept {days} days after an entry ended.").format(
        days=work.desk.rules.watch_words_days
    )


def _all_bites(work: Work) -> Purged:
    """Purge until nothing is due; a running kiosk takes every tap between two bites."""
    bites = [_bite(work)]
    while bites[-1].more:
        bites.append(_bite(work))
    return Purged.of(bites)


def _bite(work: Work) -> Purged:
    if work.kiosk is not None:
        return work.kiosk.write(features.purge, work.desk, work.account)
    return features.purge(work.desk, work.account)


def _counted(counts: Mapping[str, int]) -> str:
    known = ((words, counts.get(kind, 0)) for kind, words in _KINDS.items())
    said = [" ".join((_(words), str(count))) for words, count in known if count]
    return ", ".join(said) or _("nothing")


def _prove(work: Work, names: frozenset[str]) -> int:
    """Show what was deleted when, and look whether anything of it is left; 1 when something is."""
    with work.desk.read() as book:
        for day, counts in _by_day(work, book):
            work.say(f"{day:%Y-%m-%d}  {_counted(counts)}")
        due = features.overdue(work.desk, book)
        left = purging.leftovers(book) + watch_purging.leftovers(book)
        asked = names - _still_known(book, names)
    faults = list(_faults(work, due, left, asked))
    for fault in faults:
        work.complain(fault)
    if faults:
        return REFUSED
    work.say(
        _("Proved: no key, no search word and no waiting slip of a deleted visitor is left.")
    )  # fmt: skip
    if asked:
        work.say(
            _("{n} deleted names were looked for in every byte of {folder}: none is there.").format(
                n=len(asked), folder=work.desk.settings.desk.database.parent
            )
        )
    return DONE


def _faults(
    work: Work, due: Mapping[str, int], left: int, names: frozenset[str]
) -> Iterator[str]:  # fmt: skip
    folder = work.desk.settings.desk.database.parent
    if any(due.values()):
        yield _("Not yet deleted: {what}. Run kiosk purge without --dry-run.").format(
            what=_counted(due)
        )
    if left:
        yield _("{n} traces of deleted visitors are left in the book. Run kiosk verify.").format(
            n=left
        )
    try:
        found = leftovers.holding(folder, names)
    except OSError as fault:
        raise Refused("file.unreadable", file=str(fault.filename), why=fault.strerror) from fault
    for path in found:
        yield _("{file} still holds a deleted name.").format(file=path)
    pictures = leftovers.pictures(folder)
    if pictures:
        yield _(
            "{n} pictures in {folder} cannot be searched ({first})."
            " Delete those that show visitors."
        ).format(n=len(pictures), folder=folder, first=pictures[0].name)


def _still_known(book: Book, names: frozenset[str]) -> frozenset[str]:
    """Return the names that also stand in that of somebody who may still be in the book."""
    known = [words.name for words in book.all(ALL_WORDS)] + [one.name for one in book.all(EVERYONE)]
    return frozenset(name for name in names if any(name in one for one in known))


def _by_day(work: Work, book: Book) -> list[tuple[date, Mapping[str, int]]]:
    """Return how much was deleted on each of the site's days, from the journal."""
    days: dict[date, Counter[str]] = {}
    found = book.connection.execute(
        "SELECT at, code, facts FROM journal WHERE gate = ? AND code IN (?, ?) ORDER BY seq",
        (work.desk.gate, PURGED, _ERASED),
    )
    for at, code, facts in found:
        day = work.desk.local(datetime.fromisoformat(at)).date()
        told = {"asked": 1} if code == _ERASED else json.loads(facts)
        days.setdefault(day, Counter()).update(
            {kind: int(told[kind]) for kind in _KINDS if kind in told}
        )
    return list(days.items())
