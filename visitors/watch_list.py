"""The watch list itself: an entry is written and signed, ended and signed, never deleted.

A manager or the office signs with badge and PIN. The identity number is hashed and forgotten.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import MANAGERS, Person, Role, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.row import Row
from kiosk.desk.safe_text import REPLACEMENT, clean, legible
from kiosk.desk.secrets import SiteKey
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book, Erased, Transaction
from visitors import id_numbers
from visitors.watch_keys import TAIL, Traits, Way, keys, plain_phone
from visitors.watch_models import ALL_KEYS, ENTRY, KEYS_OF, NOT_ENDED, Level, WatchEntry, WatchKey

_OFFICE = frozenset({Role.CLERK, Role.ADMINISTRATOR})
_WHOLE_PHONE = 7
_YEAR = re.compile(r"(19|20)\d\d").fullmatch
BETWEEN_NAMES = re.compile(r"[;；,，、/]+")
LIMITS = {"name": 40, "other_names": 120, "plate": 12, "unit": 60, "say": 120, "reason": 120}


@dataclass(frozen=True, slots=True)
class Listing:
    """What is said of somebody who is to be listed. ``id_number`` is hashed and forgotten.

    ``phone`` is a whole number or its last four digits, ``whom`` a staff number, ``until`` the last
    day (the site's) on which it counts, None for no end.
    """

    level: Level
    reason: str
    name: str = ""
    other_names: str = ""
    phone: str = ""
    id_number: str = ""
    born: str = ""
    plate: str = ""
    unit: str = ""
    whom: str = ""
    say: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as the office reads it: its words opened, without any identity number."""

    entry: WatchEntry
    name: str
    other_names: str
    phone_tail: str
    born: str
    plate: str
    unit: str
    say: str
    reason: str

    @property
    def called(self) -> str:
        """By what the entry is known in a list: its name, else its unit, plate or telephone."""
        return self.name or self.unit or self.plate or self.phone_tail or "-"


def signs(person: Person) -> bool:
    """Say whether the person may sign for the watch list: a manager, or the office."""
    return person.rank in MANAGERS or person.role in _OFFICE


def refuse_other(person: Person) -> None:
    """Raise ``Refused("watch.not_yours")`` unless the person signs for the list."""
    if not signs(person):
        raise Refused("watch.not_yours", name=person.name)


def checked(listing: Listing) -> Listing:
    """Return the listing cleaned, the year of birth filled from the identity number.

    Raises ``Refused`` with its ``field``: ``watch.nobody`` when nothing tells who it is,
    ``watch.reason_missing``, ``watch.whom_missing``, ``watch.year``, ``watch.phone``,
    ``visit.field_too_long``, ``visit.name_unreadable`` and those of ``rules.id_number``.
    """
    words = {field: _words(field, getattr(listing, field)) for field in LIMITS}
    if words["name"] and not _readable(listing.name):
        raise Refused("visit.name_unreadable", field="name")
    number = id_numbers.id_number(listing.id_number)
    born = listing.born.strip() or _year_in(number)
    if born and not _YEAR(born):
        raise Refused("watch.year", field="born")
    phone = plain_phone(listing.phone)
    if listing.phone.strip() and len(phone) < TAIL:
        raise Refused("watch.phone", field="phone")
    if not words["reason"]:
        raise Refused("watch.reason_missing", field="reason")
    if listing.level in {Level.TELL, Level.CALL} and not listing.whom:
        raise Refused("watch.whom_missing", field="whom")
    if not any((words["name"], words["plate"], words["unit"], number, len(phone) >= _WHOLE_PHONE)):
        raise Refused("watch.nobody", field="name")
    return Listing(
        level=listing.level, phone=phone, id_number=number, born=born, whom=listing.whom,
        until=listing.until, **words,
    )  # fmt: skip


def _year_in(number: str) -> str:
    """Return the year of birth in an identity number, "" where its form has none in full."""
    return number[6:10] if id_numbers.has_check_digit(number) else ""


def _readable(name: str) -> bool:
    """Say whether a name could be a visitor's: with a letter, and every sign of it legible."""
    shown = clean(name, LIMITS["name"])
    return REPLACEMENT not in shown and any(map(str.isalpha, shown))


def _words(field: str, text: str) -> str:
    shown = legible(text, LIMITS[field] + 1)
    if len(shown) > LIMITS[field]:
        raise Refused("visit.field_too_long", field=field, most=LIMITS[field])
    return shown


def add(desk: Desk, by: str, listing: Listing, proof: Proof) -> str:
    """List somebody, signed by ``proof``; return the entry's number.

    Raises ``Refused``: those of ``checked``, ``watch.not_yours``, ``watch.whom_unknown``,
    ``watch.day_over``.
    """
    refuse_other(proof.person)
    said = checked(listing)
    with desk.write(by=by) as tx:
        return put(tx, desk, said, proof).number


def put(tx: Transaction, desk: Desk, said: Listing, proof: Proof) -> WatchEntry:
    """Write a checked listing with its keys and its entry ``watch.added``."""
    until = _end_of(desk, said.until)
    if until is not None and until <= tx.now:
        raise Refused("watch.day_over", field="until")
    _refuse_unknown(tx, said.whom)
    subject = tx.new_subject()
    entry = tx.put(WatchEntry(
        number=f"G{next_number(tx, 'watch')}", subject=subject, level=said.level, whom=said.whom,
        name=tx.seal(subject, said.name), other_names=tx.seal(subject, said.other_names),
        phone_tail=tx.seal(subject, said.phone[-TAIL:]), phone_hash=_phone_hash(tx, said.phone),
        id_hash=id_hash(tx.site_key, said.id_number), born=tx.seal(subject, said.born),
        plate=tx.seal(subject, said.plate), unit=tx.seal(subject, said.unit),
        say=tx.seal(subject, said.say), reason=tx.seal(subject, said.reason),
        until_at=until, entered_at=tx.now, entered_by=tx.by, signed_by=proof.person.staff_no,
        signed_means=proof.means.value,
    ))  # fmt: skip
    index(tx, entry)
    tx.record(
        "watch.added",
        number=entry.number, level=entry.level.value, signed_by=entry.signed_by,
        means=entry.signed_means, until=said.until.isoformat() if said.until else "",
    )  # fmt: skip
    return entry


def _refuse_unknown(book: Book, whom: str) -> None:
    if not whom:
        return
    try:
        person_by_staff_no(book, whom)
    except Refused:
        raise Refused("watch.whom_unknown", field="whom") from None


def _end_of(desk: Desk, day: date | None) -> datetime | None:
    """Return the moment at which the last day is over on the site's clock."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=desk.zone)


def id_hash(key: SiteKey, number: str) -> str:
    """Return the keyed hash that visits keep of an identity number too; "" for none."""
    return key.blind(f"citizen id {number}") if number else ""


def _phone_hash(tx: Transaction, phone: str) -> str:
    return hashed(tx.site_key, Way.PHONE, phone) if len(phone) >= _WHOLE_PHONE else ""


def hashed(key: SiteKey, way: Way, text: str) -> str:
    """Return what stands in the index for one way of being alike: nothing leads back from it."""
    return key.blind(f"watch {way.value} {text}")


def end(desk: Desk, by: str, entry_id: str, why: str, proof: Proof) -> str:
    """End an entry, signed by ``proof``: it matches nobody any more; return its number.

    Raises ``Refused``: ``watch.not_yours``, ``watch.reason_missing``, ``watch.ended_already``.
    """
    refuse_other(proof.person)
    words = _words("reason", why)
    if not words:
        raise Refused("watch.reason_missing", field="reason")
    with desk.write(by=by) as tx:
        entry = tx.one(ENTRY, id=entry_id)
        if entry is None or entry.ended_at is not None:
            raise Refused("watch.ended_already")
        entry.ended_at, entry.ended_by = tx.now, proof.person.staff_no
        entry.ended_why = tx.seal(entry.subject, words)
        tx.put(entry)
        forget(tx, entry.id)
        tx.record(
            "watch.ended",
            number=entry.number, signed_by=entry.ended_by, means=proof.means.value,
            reason=entry.ended_why,
        )  # fmt: skip
        return entry.number


def open_list(desk: Desk, proof: Proof) -> list[Listed]:
    """Return every entry not ended, for who signed to see it; recorded as ``watch.seen``.

    Raises ``Refused("watch.not_yours")``.
    """
    refuse_other(proof.person)
    with desk.write(by=proof.person.staff_no) as tx:
        tx.record("watch.seen", means=proof.means.value)
    return entries(desk)


def entries(desk: Desk) -> list[Listed]:
    """Return every entry that is not ended, oldest first."""
    with desk.read() as book:
        return [opened(book, entry) for entry in book.all(NOT_ENDED)]


def opened(book: Book, entry: WatchEntry) -> Listed:
    """Return an entry with its words opened; what is damaged says so."""
    sealed = ("name", "other_names", "phone_tail", "born", "plate", "unit", "say", "reason")
    return Listed(entry, **{field: book.read_sealed(getattr(entry, field)) for field in sealed})


def last_day(desk: Desk, entry: WatchEntry) -> str:
    """Return the last day, the site's, on which an entry counts; "" for no end."""
    if entry.until_at is None:
        return ""
    return f"{desk.local(entry.until_at - timedelta(seconds=1)):%Y-%m-%d}"


# The index.


def index(tx: Transaction, entry: WatchEntry) -> None:
    """Write the entry's keys anew; belongs to the entry of the journal recorded next."""
    for way, text in _keys_of(tx, entry):
        tx.keep(WatchKey(entry_id=entry.id, way=way.value, key=hashed(tx.site_key, way, text)))
    if entry.phone_hash:
        tx.keep(WatchKey(entry_id=entry.id, way=Way.PHONE.value, key=entry.phone_hash))


def _keys_of(book: Book, entry: WatchEntry) -> Iterator[tuple[Way, str]]:
    names = (book.unseal(entry.name), *BETWEEN_NAMES.split(book.unseal(entry.other_names)))
    known = Traits(
        names=tuple(name for name in names if name.strip()), id_hash=entry.id_hash,
        plates=(book.unseal(entry.plate),), unit="" if entry.name else book.unseal(entry.unit),
    )  # fmt: skip
    yield from keys(known)


def forget(tx: Transaction, entry_id: str) -> None:
    """Take the entry's keys away: it is found no more."""
    for key in tx.all(KEYS_OF, entry=entry_id):
        tx.forget(key)


def absorb(tx: Transaction, rows: Sequence[Row], gone: Sequence[tuple[str, str]]) -> None:
    """Write anew the keys of entries that came in from another desk; none of an ended one."""
    del gone  # an entry whose words were erased comes in as a row
    for entry in rows:
        if isinstance(entry, WatchEntry):
            forget(tx, entry.id)
            if entry.ended_at is None:
                with suppress(Erased):
                    index(tx, entry)


def reindex(tx: Transaction) -> None:
    """Rebuild every key from the entries; an erased entry is found by nothing."""
    for key in tx.all(ALL_KEYS):
        tx.forget(key)
    for entry in tx.all(NOT_ENDED):
        with suppress(Erased):
            index(tx, entry)
