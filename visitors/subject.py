"""Everything the book holds about one visitor, in plain words, on the screen and for his hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col, or_, select

from kiosk.desk.desk import Desk
from kiosk.desk.feature import Mention
from kiosk.desk.people import Person, department_name
from kiosk.desk.print_job import PrintJob
from kiosk.desk.secrets import is_sealed
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Field, Heading, Line, Rule, Size, Space, Text, Title
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from visitors.emergency.models import ENTRY
from visitors.exit.subject_lines import at_the_exit
from visitors.ladder.models import RELEASES_OF
from visitors.ladder.words import answered_words
from visitors.lanes.helmets import word
from visitors.lanes.kinds import kind_word
from visitors.models import Visit
from visitors.purging import kept_until
from visitors.service import is_erased
from visitors.subject_history import OFFICE_ONLY, at_minute, earlier, history, label_of, watched
from visitors.subject_whom import called
from visitors.wording import (
    LEFT_WORDS,
    REFUSAL_WORDS,
    SLIP_WORDS,
    STATE_WORDS,
    form_word,
)

KIND = "subject"
_JOBS = select(PrintJob).where(
    col(PrintJob.number) == bindparam("number"),
    or_(col(PrintJob.subject) == bindparam("subject"), col(PrintJob.slip) == KIND),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the book holds about one visitor: labelled words in groups, in this language."""

    number: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def told(
    desk: Desk,
    book: Book,
    visit: Visit,
    host: Person,
    papers: Sequence[Mention],
    *,
    on_paper: bool = False,
) -> Told:
    """Return everything about a visit; ``papers`` are the sheets that name it.

    For his hand (``on_paper``) without the desk's own note and the reasons of the watch list.
    """
    past = tuple(earlier(book, desk, visit, on_paper=on_paper))
    groups = (
        (_("About you"), tuple(_words(book, visit, on_paper=on_paper))),
        (_("The visit"), tuple(_standing(desk, book, visit, host))),
        (_("What happened"), tuple(history(desk, book, visit, on_paper=on_paper))),
        (_("Mobile numbers shown for the visit"), tuple(_released(desk, book, visit))),
        (_("At the exit"), tuple(at_the_exit(desk, book, visit))),
        (_("Watch list"), tuple(watched(desk, book, visit, on_paper=on_paper))),
        (_("Earlier wording, still readable"), past),
        (_("On paper and in sheets"), tuple(_papers(desk, book, visit, papers))),
        (_("How long it is kept"), tuple(_retention(desk, book, visit))),
    )
    return Told(
        called(visit), tuple(one for one in groups if one[1])
    )  # fmt: skip


def _words(book: Book, visit: Visit, *, on_paper: bool) -> Iterator[tuple[str, str]]:
    """Yield every sealed field that says something, whatever fields a visit has."""
    for name, value in visit.__dict__.items():
        if on_paper and name in OFFICE_ONLY:
            continue
        if isinstance(value, str) and is_sealed(value):
            opened = book.read_sealed(value, erased=_("erased"))
            yield label_of(name), form_word(opened) or opened if name == "form" else opened
    entry = book.one(ENTRY, visit=visit.id)
    if entry is not None and entry.told:
        yield label_of("told"), book.read_sealed(entry.told, erased=_("erased"))
    if visit.id_hash:
        yield _("ID number (keyed hash)"), _("kept to know the same number again; not readable")


def _standing(
    desk: Desk, book: Book, visit: Visit, host: Person
) -> Iterator[tuple[str, str]]:  # fmt: skip
    section = department_name(book, host)
    yield _("Host"), " ".join(part for part in (host.name, section) if part)
    yield _("State"), _(STATE_WORDS[visit.state])
    yield _("Kind of visit"), kind_word(visit)
    yield _("People"), str(visit.people)
    if visit.gone:
        yield _("Left before the others"), str(visit.gone)
    if visit.helmet:
        yield _("Helmet"), word(visit.helmet)
    for label, moment in (
        (_("From"), visit.from_at), (_("Until"), visit.until_at), (_("Arrived"), visit.arrived_at),
        (_("Host asked"), visit.asked_at), (_("Answered at"), visit.answered_at),
        (_("Admitted"), visit.admitted_at), (_("Left at"), visit.left_at),
    ):  # fmt: skip
        if moment is not None:
            yield label, at_minute(desk, moment)
    if answered := answered_words(visit):
        yield _("Answer"), answered
    if visit.left_how is not None:
        yield _("How they left"), _(LEFT_WORDS[visit.left_how])
    if SLIP_WORDS[visit.return_slip]:
        yield _("Return slip"), _(SLIP_WORDS[visit.return_slip])
    if visit.notice:
        yield _("Notice"), visit.notice
    if visit.reason_code in REFUSAL_WORDS:
        yield _("Reason"), _(REFUSAL_WORDS[visit.reason_code])


def _released(desk: Desk, book: Book, visit: Visit) -> Iterator[tuple[str, str]]:
    """Yield who wanted a mobile number for the visit's sake and why; never the number."""
    for release, _person in book.all(RELEASES_OF, visit=visit.id):
        parts = (book.read_sealed(release.asked_by), book.read_sealed(release.reason))
        yield at_minute(desk, release.shown_at), " · ".join(parts)


def _papers(
    desk: Desk, book: Book, visit: Visit, papers: Sequence[Mention]
) -> Iterator[tuple[str, str]]:  # fmt: skip
    number = called(visit)
    for job in book.all(_JOBS, number=number, subject=visit.subject):
        copy = _("copy {n}").format(n=job.copy_no)
        name = _("This print-out") if job.slip == KIND else _("Visitor's slip")
        yield name, f"{copy}, {at_minute(desk, job.queued_at)}"
    yield from papers


def _retention(desk: Desk, book: Book, visit: Visit) -> Iterator[tuple[str, str]]:
    if is_erased(book, visit):
        yield _("Words"), _("erased; only numbers, times and codes are left")
        return
    law = pgettext("privacy", "Personal Information Protection Law, article 19")
    if visit.phone:
        yield _("Phone"), _until(desk, visit, desk.rules.visitor_phone_days)
    yield _("All other words"), _until(desk, visit, desk.rules.visitor_words_days)
    yield _("Numbers, times, codes"), _("stay as statistics; they name nobody")
    yield _("Legal ground"), law


def _until(desk: Desk, visit: Visit, days: int) -> str:
    day = f"{kept_until(desk, visit, days):%Y-%m-%d}"
    return _("deleted on {day}, {days} days after the visit ended").format(day=day, days=days)


def as_lines(shown: Told) -> str:
    """Return it as text for a terminal."""
    lines = [_("What the book holds about visit {number}").format(number=shown.number)]
    for title, rows in shown.groups:
        lines += ["", title, *(f"  {label}: {value}" for label, value in rows)]
    return "\n".join(lines)


def as_slip(desk: Desk, shown: Told, now: datetime) -> Slip:
    """Return it on paper, for the visitor to take along."""
    lines: list[Line] = [
        Title(_("What we keep about you"), desk.settings.site.name),
        Field(_("No."), shown.number),
        Field(pgettext("privacy", "Made on"), at_minute(desk, now)),
        Rule(),
    ]
    for title, rows in shown.groups:
        lines += [Heading(title), *(Field(label, value) for label, value in rows), Space(8)]
    lines += [
        Text(_("Not on this paper: the desk's own note, and reasons on the watch list."),
             Size.SMALL),
        Text(_("You may ask the gate to correct or erase this. Nobody needs a reason from you."),
             Size.SMALL),
    ]  # fmt: skip
    return Slip(KIND, shown.number, (*lines, Space()))
