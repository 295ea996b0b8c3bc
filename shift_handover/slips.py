"""The handover sheet: what was open, the safety check, the fingerprint, two lines to sign on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import (
    BlankLines,
    CodeBeside,
    Field,
    Fingerprint,
    Heading,
    Item,
    Line,
    Notice,
    Rule,
    SignatureLine,
    Size,
    Space,
    Spread,
    Text,
    Title,
)
from kiosk.desk.words import _, ngettext, pgettext
from shift_handover.lockup.wording import lock_up_fields
from shift_handover.models import Mark
from shift_handover.records import HandoverDocument, Record, StockCount
from shift_handover.slips_safety import safety_lines
from shift_handover.wording import detail_of, due_of, grouped, mark_word, next_of, text_of
from shift_handover.wording_parts import labelled
from shift_handover.wording_stock import count_words, stock_words

KIND = "handover"


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed when, and what the incoming said of each thing; moments are aware UTC.

    ``on_post_since`` is when the outgoing took the post, ``owners`` are names by staff number.
    ``more`` stands between the things to do and the foot; an outgoing who is gone has no line.
    """

    incoming_name: str
    at: datetime
    fingerprint: str
    marks: Mapping[tuple[str, str], Mark] = field(default_factory=dict)
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    more: tuple[Line, ...] = ()
    outgoing_signs: bool = True
    outgoing_no_badge: bool = False
    incoming_no_badge: bool = False
    on_post_since: datetime | None = None
    owners: Mapping[str, str] = field(default_factory=dict)


def handover_slip(
    document: HandoverDocument, signed: Signed, desk: Desk, copied_at: datetime | None = None
) -> Slip:
    """Return the sheet for the folder, in the language spoken now.

    One made later from the book says so, with the moment ``copied_at``.
    """
    lines = (
        *_head(document, signed, desk),
        *_copied(copied_at, desk),
        *_locked_up(document, desk),
        *safety_lines(document, desk),
        *_stock(document.stock, desk),
        *_things(document, signed, desk),
        *signed.more,
        *_foot(document, signed),
    )
    return Slip(KIND, document.number, lines)


def worn_slip(document: HandoverDocument, signed: Signed, desk: Desk, copied_at: datetime) -> Slip:
    """Return what is left of a sheet whose words were deleted after their time: who and when."""
    lines = (
        *_head(document, signed, desk),
        *_copied(copied_at, desk),
        Space(8),
        Text(document.note),
        *_code(signed),
    )
    return Slip(KIND, document.number, lines)


def _copied(copied_at: datetime | None, desk: Desk) -> Iterator[Line]:
    if copied_at is not None:
        made = _("Copy from the book, made {moment}").format(moment=_date(copied_at, desk))
        yield Text(made, Size.SMALL)


def _head(document: HandoverDocument, signed: Signed, desk: Desk) -> Iterator[Line]:
    site = desk.settings.site
    yield Title(_("Shift handover"), f"{site.name} {site.gate_name}".strip())
    yield Spread(document.number, "", _date(signed.at, desk))
    yield Rule(heavy=True)
    yield Field(_("Outgoing"), _name(document.outgoing_name, no_badge=signed.outgoing_no_badge))
    if document.lock_up is None:
        yield Field(_("Incoming"), _name(signed.incoming_name, no_badge=signed.incoming_no_badge))
    if signed.on_post_since is not None:
        yield Field(_("On post since"), _date(signed.on_post_since, desk))
    yield Field(_("Frozen at"), _date(document.frozen_at, desk))
    yield Field(_("Signed at"), _date(signed.at, desk))


def _locked_up(document: HandoverDocument, desk: Desk) -> Iterator[Line]:
    if document.lock_up is None:
        return
    yield Space(8)
    yield Notice(_("Nobody takes over: the post is locked up and empty."))
    for label, words in lock_up_fields(document.lock_up, desk):
        yield Field(label, words)


def _name(name: str, *, no_badge: bool) -> str:
    return _("{name} (no badge)").format(name=name) if no_badge else name


def _date(moment: datetime, desk: Desk) -> str:
    return desk.local(moment).strftime("%Y-%m-%d %H:%M")


def _stock(stock: StockCount | None, desk: Desk) -> Iterator[Line]:
    if stock is None:
        return
    yield Space(8)
    yield Heading(
        pgettext("handover", "Keys and things"),
        pgettext("handover", "{n} in the ledger").format(n=stock.all),
    )
    yield Field(pgettext("handover", "Ledger"), stock_words(stock))
    yield Field(pgettext("handover", "Counted"), count_words(stock, desk))


def _things(document: HandoverDocument, signed: Signed, desk: Desk) -> Iterator[Line]:
    yield Space(8)
    if not document.things:
        yield Heading(_("To do"), _("Nothing is open."))
    for group in grouped(document.things):
        yield Heading(group.title, str(len(group.records)))
        for record in group.records:
            yield _item(record, signed, desk)
    if document.note:
        yield Heading(_("For the next shift"))
        yield Text(document.note)


def _item(record: Record, signed: Signed, desk: Desk) -> Item:
    question = signed.marks.get(record.key) is Mark.QUESTION
    note = labelled(mark_word(Mark.QUESTION), signed.notes.get(record.key, "")) if question else ""
    answer = signed.answers.get(record.key, "") if question else ""
    answered = labelled(pgettext("relief", "Answer"), answer) if answer else ""
    owner = signed.owners.get(record.owner, record.owner)
    owned = labelled(pgettext("handover", "Owner"), owner) if owner else ""
    more = [detail_of(record), owned, next_of(record), note, answered]
    detail = pgettext("between sentences", "; ").join(part for part in more if part)
    return Item(record.number, text_of(record), detail, record.urgency, due_of(record, desk))


def _foot(document: HandoverDocument, signed: Signed) -> Iterator[Line]:
    questions = sum(mark is Mark.QUESTION for mark in signed.marks.values())
    yield Space(8)
    if questions:
        yield Notice(_("Taken over with questions: {n}").format(n=questions))
    n = len(document.things)
    count = ngettext(
        "{n} thing to do, under its own number", "{n} things to do, each under its own number", n
    )
    yield Text(count.format(n=n), Size.SMALL)
    if n:
        unowned = _("What names no owner belongs to the post: the guard on duty does it.")
        yield Text(unowned, Size.SMALL)
    if document.log_lines is not None:
        yield Text(_log(document.log_lines), Size.SMALL)
    known = len(signed.marks) - questions
    if signed.marks:
        marks = _("Known: {known}. Questions: {n}.").format(known=known, n=questions)
        yield Text(marks, Size.SMALL)
    yield from _code(signed)
    yield Space(12)
    if signed.outgoing_signs:
        yield SignatureLine(_("Outgoing"), _("Time"))
    yield SignatureLine(_("Incoming"), _("Time"))
    yield BlankLines(1)


def _code(signed: Signed) -> Iterator[Line]:
    """Yield the 校验码 as a QR code and in groups: the journal's head when both signed."""
    if signed.fingerprint:
        how = _("To check this sheet: kiosk verify --code, then scan this code or type it in.")
        yield CodeBeside(signed.fingerprint, (how,))
    yield Fingerprint(_("Fingerprint"), signed.fingerprint.replace(" ", ""))


def _log(n: int) -> str:
    told = ngettext("Duty log of the shift: {n} line", "Duty log of the shift: {n} lines", n)
    return told.format(n=n)
