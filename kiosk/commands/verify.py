"""``kiosk verify``: say whether the book is intact, and if not, where it broke."""

import json
from dataclasses import asdict

from kiosk.commands.work import DONE, REFUSED, Work
from kiosk.desk import database
from kiosk.desk.verify import Verdict, verify
from kiosk.desk.words import _


def check(work: Work) -> int:
    """Say intact with the fingerprint, or name the first entry or row that is wrong."""
    reader = database.open_reader(work.desk.settings.desk.database)
    try:
        found = verify(reader, work.desk.gate)
    finally:
        reader.close()
    work.say(_as_json(found) if work.args.json else in_words(found))
    return DONE if found.intact else REFUSED


def _as_json(found: Verdict) -> str:
    plain = asdict(found) | {
        "intact": found.intact,
        "head": {"seq": found.head.seq, "hash": found.head.hash},
        "fingerprint": found.head.fingerprint,
    }
    return _said_json(plain)


def _said_json(plain: dict[str, object]) -> str:
    return json.dumps(plain, ensure_ascii=False)


def in_words(found: Verdict) -> str:
    """Say intact with the fingerprint, or what is broken and where."""
    if found.intact:
        return _("Intact: {n} entries. Fingerprint {code}").format(
            n=found.entries, code=found.head.fingerprint
        )
    return _problems()[found.problem or ""].format(
        seq=found.seq if found.seq is not None else "-", table=found.table, row=found.row,
        why=_(found.why),
    )  # fmt: skip


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
        "row_unrecorded": _("Broken: row {row} of {table} was written behind the journal."),
        "file_damaged": _("The file itself is damaged: {why}"),
    }
