"""The one-time notice 一次告知: everything that is missing, where to go, when, and polite words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, department_name
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Emphasis, Field, Line, Rule, Space, Spread, Text, Title
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext

if TYPE_CHECKING:
    from kiosk.enquiries.service import EnquiryShown

KIND = "one-time-notice"


def notice_slip(
    desk: Desk, book: Book, enquiry: EnquiryShown, meant: Person, lines: Sequence[str]
) -> Slip:
    """Return the notice in the language spoken now; ``meant`` is whose duty the matter is.

    Opening hours are the house's working hours, in the site's time.
    """
    return Slip(KIND, enquiry.number, tuple(_lines(desk, book, enquiry, meant, lines)))


def _lines(
    desk: Desk, book: Book, enquiry: EnquiryShown, meant: Person, lines: Sequence[str]
) -> Iterator[Line]:
    site = desk.settings.site
    yield Title(_("One-time notice"), site.name)
    yield Spread(enquiry.number, "", f"{desk.local(desk.clock()):%Y-%m-%d %H:%M}")
    yield Rule()
    if enquiry.enquirer:
        yield Field(pgettext("enquiry", "For"), enquiry.enquirer)
    yield Field(pgettext("enquiry", "Matter"), enquiry.matter)
    yield Rule()
    yield Text(_("Please bring or do all of the following; nothing else will be asked:"), bold=True)
    yield from (Text(f"{n}. {line}") for n, line in enumerate(lines, 1))
    yield Rule()
    yield from _where(desk, book, meant)
    yield Rule()
    yield Text(_("Thank you for coming. With all of it your matter is settled in one visit."))
    yield Field(pgettext("enquiry", "Asked first"), enquiry.first.name)
    if site.hotline:
        yield Field(pgettext("enquiry", "Questions"), site.hotline)
    yield Space()


def _where(desk: Desk, book: Book, meant: Person) -> Iterator[Line]:
    hours = desk.settings.hours
    section = department_name(book, meant)
    open_from = f"{hours.start:%H:%M} - {hours.end:%H:%M}"
    for label, value in (
        (pgettext("enquiry", "Section"), section),
        (pgettext("enquiry", "Room"), meant.room),
        (pgettext("enquiry", "Extension"), meant.extension),
    ):
        if value:
            yield Field(label, value, Emphasis.STRONG)
    yield Field(pgettext("enquiry", "Ask for"), meant.name)
    told = _("workdays {hours}").format(hours=open_from)
    yield Field(pgettext("enquiry", "Open"), told, Emphasis.STRONG)
