"""A visit as the screen, the slip and the lists show it: opened once and frozen."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, department_name
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Book
from kiosk.desk.words import _
from visitors import notice, rules
from visitors.emergency.models import owed_by
from visitors.exit.lending import lent_to
from visitors.ladder.rungs import Rung
from visitors.ladder.steps import NO_LADDER, Ladder, ladder_of
from visitors.lanes import helmets, windows
from visitors.lanes.rules import rules_of
from visitors.lanes.table import Lane, LaneRules, lane_of, lane_word
from visitors.models import (
    TODAY,
    Answer,
    How,
    LeftHow,
    Origin,
    ReturnSlip,
    State,
    Visit,
)
from visitors.search import fits, words_of
from visitors.service import presence_of, visit_of
from visitors.visit_queries import COMING, NO_SHOWS
from visitors.visit_words import VisitWords
from visitors.watch_gate import NOT_WATCHED, Watched, watched

NOT_HERE_YET = frozenset({State.EXPECTED, State.NO_SHOW, State.VOIDED})
"""Nobody has come to the gate, or the entry was wrong."""


@dataclass(frozen=True, slots=True)
class HostCard:
    """The host: ``address`` is what visitors hear, ``presence`` in, out or not_signed."""

    id: str
    staff_no: str
    name: str
    address: str
    section: str
    room: str
    extension: str
    presence: str
    presence_since: datetime | None

    @property
    def place(self) -> str:
        """Section and room in one line."""
        return " ".join(part for part in (self.section, self.room) if part)


@dataclass(frozen=True, slots=True)
class VisitCard:
    """One visit, its sealed words opened for the person at the desk. Moments are UTC.

    ``number`` is what its slip says (017), ``listed`` the same with the day where it is not today's
    (11-23/017), ``readable`` unique over the years (20261123-017). An appointment of another day
    is ``off_day``, one that another gate expects names it in ``other_gate``; where the desks are
    one site by their hub nobody takes anything over, and ``at_gate`` says to which gate but this
    one the visitor comes or came. ``note`` is for the desk alone: no paper shows it. Of ``people``,
    ``gone`` left before the others; ``lent`` are the labels of the things the visitor has, ``owed``
    names the fields an emergency admission still owes. ``ladder`` and ``notice_is_new`` (another
    notice than last time) are read for one visit on its screen, never for lists.
    """

    id: str
    number: str
    listed: str
    readable: str
    state: State
    origin: Origin
    name: str
    form: str
    address: str
    unit: str
    phone: str
    id_masked: str
    matter: str
    goods: str
    plate: str
    area: str
    people: int
    gone: int
    host: HostCard
    from_at: datetime
    until_at: datetime
    arrived_at: datetime | None
    asked_at: datetime | None
    answer: Answer | None
    answer_how: How | None
    answered_at: datetime | None
    answer_by: str
    answer_rung: Rung | None
    admitted_at: datetime | None
    admitted_by: str
    copy_no: int
    left_at: datetime | None
    left_how: LeftHow | None
    return_slip: ReturnSlip
    reason_code: str
    reason: str
    companions: str
    note: str
    series: str
    changed_at: datetime | None
    changed: tuple[str, ...]
    off_day: bool
    other_gate: str
    at_gate: str
    words: VisitWords
    lane: Lane
    asks: LaneRules
    besides: str
    helmet: str
    needs_helmet: bool
    window_open: bool
    leader_told_at: datetime | None
    lent: tuple[str, ...] = ()
    watch: Watched = NOT_WATCHED
    owed: tuple[str, ...] = ()
    notice_is_new: bool = False
    ladder: Ladder = NO_LADDER

    @property
    def about(self) -> str:
        """The matter; where nobody typed one, what kind of visit it is."""
        at_once = self.origin is Origin.EMERGENCY
        return self.matter or (_("Emergency admission") if at_once else lane_word(self.lane))

    @property
    def kind(self) -> str:
        """What kind of visit it is; "" for the usual one."""
        return "" if self.lane is Lane.OFFICIAL else lane_word(self.lane)

    @property
    def escort(self) -> bool:
        """Whether the visitor goes in with an escort only."""
        return self.asks.escort or self.watch.escort

    @property
    def leader_waits(self) -> bool:
        """Whether a leader is still to be told of it."""
        told = not self.asks.tells_leader or self.leader_told_at is not None
        return not told and self.state not in NOT_HERE_YET

    @property
    def remaining(self) -> int:
        """How many of the party have not left yet, while the visit is not closed."""
        return self.people - self.gone

    @property
    def host_named(self) -> bool:
        """Whether somebody is named who answers for the visit; in an emergency that comes later."""
        return "host" not in self.owed

    @property
    def has_yes(self) -> bool:
        """Whether the host has said yes."""
        return self.answer is Answer.YES


def card(desk: Desk, book: Book, visit: Visit, host: Person) -> VisitCard:
    """Open a visit's words. An erased visitor shows as such (the statistics stay)."""
    opened, lane = partial(book.read_sealed, erased=""), lane_of(visit.lane)
    name, form = book.read_sealed(visit.name, erased=_("erased")), opened(visit.form)
    phone = opened(visit.phone)
    return VisitCard(
        id=visit.id, number=rules.spoken(visit.number),
        listed=rules.listed(visit.day, visit.number, desk.today()),
        readable=rules.readable(visit.day, visit.number) if visit.number else "",
        state=visit.state, origin=visit.origin, name=name, form=form,
        address=names.visitor_address(name, form), unit=opened(visit.unit), phone=phone,
        id_masked=opened(visit.id_masked), matter=opened(visit.matter),
        goods=opened(visit.goods), plate=opened(visit.plate), area=opened(visit.area),
        people=visit.people, gone=visit.gone,
        host=host_card(desk, book, host),
        from_at=visit.from_at, until_at=visit.until_at, arrived_at=visit.arrived_at,
        asked_at=visit.asked_at, answer=visit.answer, answer_how=visit.answer_how,
        answered_at=visit.answered_at, answer_by=visit.answer_by,
        answer_rung=visit.answer_rung, admitted_at=visit.admitted_at,
        admitted_by=visit.admitted_by, copy_no=visit.copy_no, left_at=visit.left_at,
        left_how=visit.left_how, return_slip=visit.return_slip, reason_code=visit.reason_code,
        reason=opened(visit.reason), companions=opened(visit.companions),
        note=opened(visit.note), series=visit.series, changed_at=visit.changed_at,
        changed=tuple(visit.changed.split()),
        off_day=visit.state is State.EXPECTED and rules.is_off_day(
            visit, desk.today(), desk.clock()
        ),
        other_gate=_expected_elsewhere(desk, visit), at_gate=_gate_elsewhere(desk, book, visit),
        words=words_of(visit, name, phone, opened(visit.plate)),
        lane=lane, asks=rules_of(desk, lane), besides=opened(visit.besides),
        helmet="" if visit.helmet_back_at else visit.helmet,
        needs_helmet=helmets.needed(desk, rules_of(desk, lane), opened(visit.area)),
        window_open=visit.answer is None and windows.receives(desk, book, visit, host),
        leader_told_at=visit.leader_told_at,
        lent=tuple(one.label for one in lent_to(book, visit.id)) if visit.admitted_at else (),
        watch=watched(desk, book, visit),
        owed=owed_by(book, visit),
    )  # fmt: skip


def _expected_elsewhere(desk: Desk, visit: Visit) -> str:
    """Return the gate an appointment is taken over from, where every gate has a book of its own."""
    expected = visit.state is State.EXPECTED and desk.settings.hub.alone
    return visit.gate if expected and visit.gate != desk.gate else ""


def _gate_elsewhere(desk: Desk, book: Book, visit: Visit) -> str:
    elsewhere = visit.gate != desk.gate and not desk.settings.hub.alone
    return gate_name(desk, book, visit.gate) if elsewhere else ""


def host_card(desk: Desk, book: Book, host: Person) -> HostCard:
    """Return the host with where he is now."""
    presence, since = presence_of(desk, book, host)
    return HostCard(
        host.id, host.staff_no, host.name, names.address(host), department_name(book, host),
        host.room, host.extension, presence, since,
    )  # fmt: skip


def host_cards(desk: Desk, people: list[Person]) -> list[HostCard]:
    """Return the hosts a screen offers."""
    with desk.read() as book:
        return [host_card(desk, book, person) for person in people]


def visit_card(desk: Desk, visit_id: str) -> VisitCard:
    """Return one visit with its ladder; raise ``Refused("visit.unknown")`` when there is none."""
    with desk.read() as book:
        visit, host = visit_of(book, visit_id)
        outside = visit.admitted_at is None
        return replace(
            card(desk, book, visit, host), ladder=ladder_of(desk, book, visit, host),
            notice_is_new=outside and notice.is_new(desk, book, visit),
        )  # fmt: skip


def todays(desk: Desk) -> list[VisitCard]:
    """Return today's visits, whoever is still here, and the return slips still missing."""
    with desk.read() as book:
        found = book.all(TODAY, day=desk.today(), now=desk.clock())
        return [card(desk, book, visit, host) for visit, host in found]


MOST_COMING = 20


def coming(desk: Desk, query: str) -> list[VisitCard]:
    """Return who is expected in the next days (``visit_early_days``) and fits ``query``.

    At most ``MOST_COMING``: only their words are opened, so that typing stays fast.
    """
    today = desk.today()
    last = today + timedelta(days=desk.rules.visit_early_days)
    with desk.read() as book:
        fitting = (one for one in book.all(COMING, day=today, last=last) if fits(query, one))
        some = islice(fitting, MOST_COMING)
        return [card(desk, book, *visit_of(book, one.id)) for one in some]


def no_shows(desk: Desk) -> list[VisitCard]:
    """Return whom nobody saw in the last days (``visit_no_show_days``): they may come today."""
    first = desk.today() - timedelta(days=desk.rules.visit_no_show_days)
    with desk.read() as book:
        return [card(desk, book, visit, host) for visit, host in book.all(NO_SHOWS, day=first)]
