"""A case card on paper, with lines for the leader's hand."""

from collections.abc import Iterator

from kiosk.attendance.counters import wording
from kiosk.attendance.counters.papers import KIND
from kiosk.attendance.counters.reading import Card
from kiosk.attendance.counters.rules import in_half_days
from kiosk.desk.desk import Desk
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import (
    BlankLines,
    Emphasis,
    Field,
    Item,
    Line,
    Rule,
    SignatureLine,
    Size,
    Space,
    Spread,
    Text,
    Title,
)
from kiosk.desk.words import _, pgettext

_LINES_TO_WRITE = 3


def case_slip(desk: Desk, card: Card) -> Slip:
    """Return the card's paper in the language spoken now; hours are the site's."""
    return Slip(KIND, card.case.number, (*_head(desk, card), *_evidence(card), *_foot(desk, card)))


def _head(desk: Desk, card: Card) -> Iterator[Line]:
    case, at = card.case, desk.local(card.case.opened_at)
    yield Title(_("Attendance case card"), desk.settings.site.name)
    yield Spread(case.number, "", f"{at:%Y-%m-%d %H:%M}")
    yield Rule()
    yield Field(pgettext("case", "Person"), who(card), Emphasis.STRONG)
    yield Field(pgettext("case", "Counted"), wording.counter_name(case.counter))
    yield Field(pgettext("case", "Period"), period(card))
    for label, told in counted(card):
        yield Field(label, told)
    yield Rule()
    yield Text(wording.clause_words(case.counter))
    yield Text(wording.source_of(case.clause), Size.SMALL)


def who(card: Card) -> str:
    """Return name, staff number and section."""
    return " ".join(filter(None, (card.person.name, card.person.staff_no, card.section)))


def period(card: Card) -> str:
    """Return the first and the last day of what was counted."""
    case = card.case
    if case.first_day == case.last_day:
        return f"{case.first_day}"
    return pgettext("case", "{first} to {last}").format(first=case.first_day, last=case.last_day)


def counted(card: Card) -> Iterator[tuple[str, str]]:
    """Yield what stood when the card opened, what it comes to now, and absence both ways."""
    case = card.case
    yield pgettext("case", "When opened"), wording.most_words(case)
    if (case.units, case.most) != (case.units_now, case.most_now) or not case.reached:
        now = wording.amount(case.counter, case.units_now, days_off=case.days_off)
        most = wording.amount(case.counter, case.most_now, days_off=case.days_off)
        told = pgettext("case", "{found}, allowed {most}").format(found=now, most=most)
        state = "" if case.reached else pgettext("case", "below limit")
        yield pgettext("case", "Counted now"), " ".join(filter(None, (told, state)))
    if in_half_days(case.counter):
        work = wording.amount(case.counter, card.workdays)
        days = wording.amount(case.counter, card.calendar, days_off=True)
        yield pgettext("case", "Both ways"), f"{work} / {days}"
    if card.beyond:
        yield "", _("It has lasted longer than this clause speaks of.")


def _evidence(card: Card) -> Iterator[Line]:
    yield Rule()
    for one in card.lines:
        told = (wording.taps_words(one), wording.remark_words(one), wording.line_state(one))
        between = pgettext("between sentences", "; ")
        detail = between.join(filter(None, told))
        yield Item(f"{one.day:%m-%d}", wording.what_word(one), detail)


def _foot(desk: Desk, card: Card) -> Iterator[Line]:
    yield Rule()
    if card.case.closed_at is not None:
        yield Field(pgettext("case", "What was done"), card.done)
        at = f"{desk.local(card.case.closed_at):%Y-%m-%d %H:%M}"
        yield Field(pgettext("case", "Closed by"), f"{card.closed_by} {at}")
    else:
        yield Text(_("What was done (the leader decides):"))
        yield BlankLines(_LINES_TO_WRITE)
    yield SignatureLine(pgettext("case", "Leader in charge"), _("Time"))
    yield SignatureLine(pgettext("case", "Person concerned"), _("Time"))
    yield Space()
