"""What the journal and the watch list say of one visit, in plain words: for ``subject``."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.journal import Entry
from kiosk.desk.secrets import is_sealed
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _
from visitors.emergency.models import ENTRY
from visitors.emergency.words import EMERGENCY_HAPPENED
from visitors.models import Visit
from visitors.watch_models import Decision, Same, Sure, WatchMatch
from visitors.wording import CANCEL_WORDS, FIELD_WORDS

OFFICE_ONLY = frozenset({"note"})
"""Columns that the office reads on its screen, and that stand on no paper."""
_SIGNED_REASON = "watch.decided"
_MORE_WORDS: Mapping[str, str] = {"id_masked": N_("ID number (masked)")}
HAPPENED: Mapping[str, str] = {
    "visit.expected": N_("appointment entered"),
    "visit.changed": N_("appointment changed"),
    "visit.cancelled": N_("appointment cancelled"),
    "visit.file_read": N_("read in a file again"),
    "visit.companions_named": N_("companions named"),
    "visit.id_compared": N_("ID card compared"),
    "visit.arrived": N_("arrived"),
    "visit.host_asked": N_("host asked"),
    "visit.host_answered": N_("host answered"),
    "visit.host_notified": N_("notice to who was asked"),
    "mobile.revealed": N_("a mobile number shown for the visit"),
    "visit.admitted": N_("admitted"),
    **EMERGENCY_HAPPENED,
    "visit.refused": N_("not admitted"),
    "visit.slip_printed": N_("slip printed"),
    "visit.reprinted": N_("slip printed again"),
    "visit.left": N_("left"),
    "visit.handed_over": N_("handed over at the gate"),
    "visit.leader_told": N_("a leader was told"),
    "visit.helmet_given": N_("helmet given"),
    "visit.helmet_back": N_("helmet given back"),
    "visit.part_left": N_("a part of the group left"),
    "visit.assumed_left": N_("assumed left"),
    "visit.assumed_settled": N_("asked after, assumed departure settled"),
    "visit.differs": N_("something differed at the exit"),
    "visit.difference_settled": N_("difference settled"),
    "visit.return_slip_signed": N_("signed return slip handed in"),
    "visit.corrected": N_("entry corrected"),
    "visit.voided": N_("entry voided"),
    "visit.no_show": N_("did not come"),
    "visit.return_slip_missing": N_("return slip missing"),
    "visit.return_slip_settled": N_("return slip settled"),
    "visit.void_slip_shown": N_("left with the slip of a void entry"),
    "visit.left_again": N_("left at this gate too, another had closed the visit"),
    "visit.twice_decided": N_("of two visits, decided which is right"),
    "visit.twice_reinstated": N_("stands after all: another desk decided so"),
    "visit.decided_followed": N_("slips withdrawn after two desks' versions were decided"),
    "admission.stale_confirmed": N_("a supervisor answered for the admission"),
    "watch.matched": N_("like somebody on the watch list"),
    "watch.unmatched": N_("not like that entry of the watch list any more"),
    "watch.compared": N_("compared with the watch list"),
    "watch.told": N_("told to whom the watch list names"),
    "watch.decided": N_("decided about the watch list"),
    "watch.not_screened": N_("the watch list could not be read"),
    "watch.screened_late": N_("looked up on the watch list later"),
    "subject.shown": N_("this was shown"),
    "subject.erased": N_("words erased"),
}
_SURE_WORDS: Mapping[Sure, str] = {
    Sure.MAYBE: N_("perhaps a listed person"),
    Sure.LIKELY: N_("likely a listed person"),
    Sure.SURE: N_("surely a listed person"),
}
_SAME_WORDS: Mapping[Same, str] = {
    Same.SAME: N_("The same person, or not sure"),
    Same.ANOTHER: N_("Another person"),
}
_DECISION_WORDS: Mapping[Decision, str] = {
    Decision.ADMIT: N_("decided to let in"),
    Decision.ESCORT: N_("decided to let in with an escort"),
    Decision.TOLD: N_("told to whom the watch list names"),
}
_MATCHES = (
    select(WatchMatch)
    .where(col(WatchMatch.visit_id) == bindparam("visit"))
    .order_by(col(WatchMatch.found_at))
)
_SEQS = """
SELECT gate, seq FROM journal WHERE instr(facts, ?)
AND (code LIKE 'visit.%' OR code LIKE 'watch.%' OR code LIKE 'subject.%'
    OR code LIKE 'mobile.%') ORDER BY "at", gate <> ?, gate, seq
"""


def label_of(name: str) -> str:
    """Return what a column of the visit is called."""
    words = _MORE_WORDS.get(name) or FIELD_WORDS.get(name)
    return _(words) if words else name


def at_minute(desk: Desk, moment: datetime) -> str:
    """Return day and minute of a moment on the site's clock."""
    return f"{desk.local(moment):%Y-%m-%d %H:%M}"


def history(
    desk: Desk, book: Book, visit: Visit, *, on_paper: bool
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Yield what happened, when and by whom; on paper without reasons of the watch list.

    What another desk of the site did says which desk it was.
    """
    for entry in _entries(desk, book, visit):
        facts = entry.facts_made()
        said = HAPPENED.get(entry.code)
        withheld = on_paper and entry.code == _SIGNED_REASON
        opened = "" if withheld else _opened(book, facts.get("reason"))
        why = CANCEL_WORDS.get(str(facts.get("why")))
        parts = (_(said) if said else entry.code, _changed(entry), _(why) if why else "", opened)
        words = " ".join(part for part in parts if part)
        at = at_minute(desk, datetime.fromisoformat(entry.at))
        by = _by(entry.by)
        if entry.gate != desk.gate:
            by = _("{person}, at {gate}").format(person=by, gate=gate_name(desk, book, entry.gate))
        yield at, f"{words} ({by})"


def _changed(entry: Entry) -> str:
    """Return which fields were changed, "" for another entry."""
    fields = entry.facts_made().get("fields") if entry.code == "visit.changed" else None
    return " ".join(label_of(str(one)) for one in fields) if isinstance(fields, list) else ""


def _opened(book: Book, sealed: object) -> str:
    if not isinstance(sealed, str) or not is_sealed(sealed):
        return ""
    return book.read_sealed(sealed, erased="")


def _by(staff_no: str) -> str:
    return _("the kiosk itself") if staff_no == journal.SYSTEM else staff_no


def earlier(
    book: Book, desk: Desk, visit: Visit, *, on_paper: bool
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Yield what a corrected field said before: the journal keeps it while the key exists."""
    now = {value for value in visit.__dict__.values() if isinstance(value, str)}
    emergency = book.one(ENTRY, visit=visit.id)
    now |= {emergency.told} if emergency is not None else set()
    said = {book.read_sealed(value, erased="") for value in now if is_sealed(value)}
    for entry in _entries(desk, book, visit):
        for image in entry.images_made():
            if image.id != visit.id or image.row is None:
                continue
            for name, value in image.row.items():
                opened = "" if on_paper and name in OFFICE_ONLY else _opened(book, value)
                if opened and opened not in said:
                    said.add(opened)
                    yield label_of(name), opened


def watched(
    desk: Desk, book: Book, visit: Visit, *, on_paper: bool
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Yield how the visit was like a listed person, and what was found and decided about that.

    Nothing of the entry itself: it is about the listed person, who may be another. On paper the
    reason of the decision is withheld too.
    """
    for match in book.all(_MATCHES, visit=visit.id):
        parts = [_(_SURE_WORDS[match.sure])]
        if match.answer is not None:
            parts += [_(_SAME_WORDS[match.answer]), _by(match.answered_by)]
        if match.decision is not None:
            parts += [_(_DECISION_WORDS[match.decision]), _by(match.decided_by)]
        reason = "" if on_paper else _opened(book, match.reason)
        yield at_minute(desk, match.found_at), " · ".join([*parts, *([reason] if reason else [])])


def _entries(desk: Desk, book: Book, visit: Visit) -> Iterator[Entry]:
    """Yield the entries of every desk that name the visit, in order of time."""
    for gate, seq in book.connection.execute(_SEQS, (visit.id, desk.gate)).fetchall():
        yield next(journal.entries(book.connection, gate, seq - 1))
