"""``kiosk verify``: is the book intact, and if not, where it broke; ``--code``: one sheet of it."""

import json
import re
import sqlite3
import unicodedata
from dataclasses import asdict
from datetime import datetime

from kiosk.commands.journal import facts_line, plain
from kiosk.commands.work import DONE, REFUSED, Work
from kiosk.desk import database, journal
from kiosk.desk.desk import Desk
from kiosk.desk.happenings import told
from kiosk.desk.journal import CODE_DIGITS, Entry, grouped
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.secrets import SiteKey
from kiosk.desk.site_desks import gate_name
from kiosk.desk.verify import Verdict, verify, verify_code
from kiosk.desk.words import _, sentence

_SIXTEEN_HEX = re.compile(f"[0-9a-f]{{{CODE_DIGITS}}}").fullmatch
_LONGEST_LINE = 200


def check(work: Work) -> int:
    """Say intact with the fingerprint, or name the first entry or row that is wrong.

    With ``--code`` look up a sheet's 校验码 instead.
    """
    if work.args.code is not None:
        return _look_up(work, " ".join(work.args.code))
    key, missing = key_at_hand(work)
    reader = database.open_reader(work.desk.settings.desk.database)
    try:
        found = verify(reader, work.desk.gate, key)
    finally:
        reader.close()
    work.say(_as_json(found) if work.args.json else in_words(found, work.desk))
    if missing is not None and not work.args.json:
        work.say(_("The sealed words were not checked."))
        work.complain(sentence(missing.code, missing.facts))
    return DONE if found.intact else REFUSED


def key_at_hand(work: Work) -> tuple[SiteKey | None, Refused | None]:
    """Return the site key, or why there is none: the chain is checked without it too."""
    try:
        return work.desk.site_key, None
    except Refused as refused:
        return None, refused


def _as_json(found: Verdict) -> str:
    plain = asdict(found) | {
        "intact": found.intact,
        "head": {"seq": found.head.seq, "hash": found.head.hash},
        "fingerprint": found.head.fingerprint,
    }
    return json.dumps(plain, ensure_ascii=False)


def in_words(found: Verdict, desk: Desk) -> str:
    """Say intact with the fingerprint, or what is broken and where, and at which desk."""
    if found.intact:
        return _("Intact: {n} entries. Fingerprint {code}").format(
            n=found.entries, code=found.head.fingerprint
        )
    return _broken(found, desk)


def _broken(found: Verdict, desk: Desk) -> str:
    said = _problems()[found.problem or ""].format(
        seq=found.seq if found.seq is not None else "-", table=found.table, row=found.row,
        why=_(found.why),
    )  # fmt: skip
    if not found.gate:
        return said
    gate = _called(desk, found.gate)
    return said + "\n" + _("The entry is one of the other desk {gate}.").format(gate=gate)


def _called(desk: Desk, gate: str) -> str:
    """Return the name of a desk; its gate where the book is too broken to say."""
    try:
        with desk.read() as book:
            return gate_name(desk, book, gate)
    except (sqlite3.DatabaseError, Refused):
        return gate


def _problems() -> dict[str, str]:
    return {
        "entry_changed": _("Broken at entry {seq}: its content was changed afterwards."),
        "chain_broken": _("Broken at entry {seq}: it does not follow the entry before it."),
        "entry_missing": _("Broken at entry {seq}: it is missing."),
        "lineage_broken": _(
            "Broken at entry {seq}: a row in it does not continue its earlier state."
        ),
        "row_changed": _(
            "Broken: row {row} of {table} was changed behind the journal (written by entry {seq})."
        ),
        "row_missing": _(
            "Broken: row {row} of {table} is gone behind the journal (written by entry {seq})."
        ),
        "key_damaged": _(
            "Broken: the sealed words in row {row} of {table} cannot be opened. Their key was "
            "changed behind the journal, or the site key is another one."
        ),
        "row_unrecorded": _("Broken: row {row} of {table} was written behind the journal."),
        "file_damaged": _("The file itself is damaged: {why}"),
    }


def _look_up(work: Work, typed: str) -> int:
    """Say which entry a sheet's 校验码 is, and whether the book is intact up to it.

    Raises ``Refused("verify.bad_code")``.
    """
    digits = _digits(typed)
    reader = database.open_reader(work.desk.settings.desk.database)
    try:
        entry, found = _entry_of(reader, work.desk.gate, digits)
    finally:
        reader.close()
    said = _code_as_json if work.args.json else _code_in_words
    work.say(said(work, digits, entry, found))
    return DONE if entry is not None and found.intact else REFUSED


def _entry_of(reader: sqlite3.Connection, own: str, digits: str) -> tuple[Entry | None, Verdict]:
    """Return the entry and its verdict: of this desk's chain, else of another's that is here."""
    entry, found = verify_code(reader, own, digits)
    if entry is not None or not found.intact:
        return entry, found
    others = (verify_code(reader, gate, digits) for gate in journal.heads(reader) if gate != own)
    return next((one for one in others if one[0] is not None), (entry, found))


def _digits(typed: str) -> str:
    """Return a code as the journal writes it: however it was grouped, from any keyboard."""
    half_width = unicodedata.normalize("NFKC", typed).lower()
    digits = "".join(letter for letter in half_width if letter.isalnum())
    if not _SIXTEEN_HEX(digits):
        raise Refused("verify.bad_code", typed=typed)
    return digits


def _code_as_json(work: Work, digits: str, entry: Entry | None, found: Verdict) -> str:
    del work
    said = {
        "fingerprint": grouped(digits), "entry": plain(entry) if entry else None,
        "intact": entry is not None and found.intact, "entries": found.entries,
        "problem": found.problem, "seq": found.seq, "why": found.why,
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False)


def _code_in_words(work: Work, digits: str, entry: Entry | None, found: Verdict) -> str:
    if entry is None and found.intact:
        return _(
            "No entry of this book has the code {code}. Compare it with the sheet once more; if it"
            " is right, the book was changed or the sheet is another desk's."
        ).format(code=grouped(digits))
    if entry is None:
        return _broken(found, work.desk)
    if not found.intact:
        # What the entry says is worth nothing now, so it is not said.
        has_it = _("Entry {seq} has this code, but the book before it does not hold.")
        return f"{has_it.format(seq=entry.seq)}\n{_broken(found, work.desk)}"
    what = _("Entry {seq} of {moment}: {what}.").format(
        seq=entry.seq, moment=_local(work, entry), what=_happened(entry)
    )
    if entry.gate != work.desk.gate:
        what = "\n".join(
            (what, _("That entry is of desk {gate}.").format(gate=_called(work.desk, entry.gate)))
        )
    intact = _("Intact from the first entry up to this one: {n} entries.")
    return f"{what}\n{intact.format(n=found.entries)}"


def _local(work: Work, entry: Entry) -> str:
    return work.desk.local(datetime.fromisoformat(entry.at)).strftime("%Y-%m-%d %H:%M:%S")


def _happened(entry: Entry) -> str:
    """Return the entry in words; a code that nobody gave words stays the code, with its facts."""
    said = told(entry.code, entry.facts_made())
    if said:
        return said
    return clean(f"{entry.code} {facts_line(plain(entry)['facts'])}", _LONGEST_LINE).rstrip()
