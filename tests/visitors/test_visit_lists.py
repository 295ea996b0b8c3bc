"""Finding a visit, rebuilding what finds it, and the two reports."""

from datetime import date, timedelta

import pytest
from sqlalchemy import bindparam
from sqlmodel import select

from kiosk import features
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.transaction import SubjectKey
from visitors import appointments, cards, departures, reception, reports, search
from visitors.feature import VISITORS
from visitors.inside import inside
from visitors.models import ALL_WORDS, Answer, How
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.service import Times, visit_of

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
_KEY = select(SubjectKey).where(SubjectKey.id == bindparam("id"))


def admitted(desk, host=HOST, **said):
    visit = reception.walk_in(desk, GUARD, Details(**{"matter": "事", **said}), host)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return visit


def found(desk, query):
    with desk.read() as book:
        return search.find(book, query, desk.today())


@pytest.mark.parametrize(
    "query",
    ["王", "小明", "wx", "wxm", "wangx", "WANG", "8000", "13800138000", "00", "001", "1", " wxm "],
)
def test_a_visit_is_found_by(desk, query):
    visit = admitted(desk, name="王小明", phone="13800138000")
    other = admitted(desk, name="赵敏", phone="13911112222")
    assert visit in found(desk, query)
    assert other not in found(desk, query)


@pytest.mark.parametrize("query", ["%", "_", "'", "[/nope]", "\x1b", "7" * 5000, "ü", "zzzz"])
def test_odd_queries_find_nobody_and_break_nothing(desk, query):
    admitted(desk, name="王小明")
    assert found(desk, query) == []


def test_the_index_is_rebuilt_from_the_rows(desk):
    kept, erased = admitted(desk, name="王小明"), admitted(desk, name="赵敏")
    with desk.write() as tx:
        for words in tx.all(ALL_WORDS):
            tx.forget(words)
        tx.record("test.index_lost")
    assert found(desk, "wxm") == []
    with desk.write() as tx:
        tx.forget(tx.one(_KEY, id=visit_of(tx, erased)[0].subject))
        VISITORS.reindex(tx)
        tx.record("test.index_rebuilt")
    assert found(desk, "") == [kept]


@pytest.mark.parametrize(
    ("query", "staff_no"),
    [
        ("zk", "1001"),
        ("张科", "1001"),
        ("zw", "1001"),
        ("8001", "1001"),
        ("3001", "3001"),
        ("lina", "3001"),
    ],
)
def test_a_host_is_found_by(desk, query, staff_no):
    with desk.read() as book:
        best = search.best(query, search.host_words(book))
    assert best[0].staff_no == staff_no


def test_nobody_is_offered_before_anything_is_typed(desk):
    with desk.read() as book:
        assert search.best(" ", search.host_words(book)) == []


def report(desk, build, days=0):
    today = desk.today()
    with desk.read() as book:
        return build(desk, book, Period(today - timedelta(days=days), today))


def test_the_visitors_book_has_every_visit_with_its_end(desk, desk_clock):
    gone = admitted(desk, name="王小明", people=2, goods="箱1")
    desk_clock.advance(minutes=30)
    departures.leave(desk, GUARD, gone, signed=False)
    refused = reception.walk_in(desk, GUARD, Details(name="赵敏", matter="事"), HOST)
    reception.refuse(desk, GUARD, refused, "pets")
    table = report(desk, reports.visits)
    first, second = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    assert (first["No."], first["Visitor"], first["People"]) == ("001", "王小明", "2")
    assert (first["Entered"], first["Left at"], first["Return slip"]) == (
        "08:20",
        "08:50",
        "missing",
    )
    assert first["How they left"] == "left (guard saw)"
    assert second["State"] == "not admitted"


@pytest.mark.parametrize("kiosk_runs", [False, True])
def test_who_never_came_is_said_so_the_next_day(desk, desk_clock, kiosk_runs):
    now = desk_clock.now
    details = Details(name="王小明", matter="事")
    appointments.expect(desk, GUARD, details, HOST, Times(now, now + timedelta(hours=1)))
    desk_clock.advance(days=1)
    if kiosk_runs:
        features.lapse(desk)
    [row] = report(desk, reports.visits, days=1).rows
    assert "did not come" in row


def test_an_empty_book_has_no_rows(desk):
    assert report(desk, reports.visits).rows == ()


@pytest.fixture
def two_nights(desk, desk_clock):
    """Two visits 001: of yesterday evening and of this morning, both inside."""
    desk_clock.advance(hours=10)
    earlier = admitted(desk, name="夜客", unit="安装公司")
    desk_clock.advance(hours=14)
    return earlier, admitted(desk, name="早客")


def test_who_stays_over_midnight_has_the_day_before_the_number(desk, two_nights):
    earlier, today = two_nights
    with desk.read() as book:
        things = {thing.ref: thing for thing in outstanding(desk, book)}
    assert (things[earlier].number, things[today].number) == ("11-23/001", "001")
    assert things[earlier].what.text().startswith("11-23/001 ")
    with desk.read() as book:
        listed = {(one.number, one.name, one.certain) for one in inside(desk, book)}
    assert listed == {("11-23/001", "夜客", False), ("001", "早客", True)}


def test_a_missing_return_slip_of_yesterday_has_its_day(desk, two_nights):
    departures.leave(desk, GUARD, two_nights[0], signed=False)
    with desk.read() as book:
        [slip] = [t for t in outstanding(desk, book) if t.kind == "visit.return_slip_missing"]
    assert slip.number == "11-23/001"
    assert "11-23/001" in slip.what.text()


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ("1", (0, 1)), ("001", (0, 1)), ("11-23/001", (0,)), ("1123-1", (0,)),
        ("20261123-001", (0,)), ("11-24/1", (1,)), ("20261124-001", (1,)), ("11-25/001", ()),
    ],
)  # fmt: skip
def test_a_number_with_its_day_finds_that_days_visit(desk, two_nights, query, which):
    said = {visit.id: visit.words for visit in cards.todays(desk)}
    found = {visit for visit in two_nights if search.fits(query, said[visit])}
    assert found == {two_nights[place] for place in which}


def test_a_number_two_visitors_inside_have_is_asked_about(desk, two_nights):
    earlier, today = two_nights
    with pytest.raises(Refused, match=r"visit\.number_unclear") as refused:
        departures.leave_by_number(desk, GUARD, 1, signed=True)
    assert refused.value.facts["which"] == "11-23/001, 001"
    gone = departures.leave_by_number(desk, GUARD, 1, signed=True, day=date(2026, 11, 23))
    assert (gone.visit.id, gone.visit.listed) == (earlier, "11-23/001")
    assert departures.leave_by_number(desk, GUARD, 1, signed=True).visit.id == today


def test_the_number_of_a_visitor_from_yesterday_lets_him_out(desk, two_nights):
    earlier, today = two_nights
    departures.leave(desk, GUARD, today, signed=True)
    gone = departures.leave_by_number(desk, GUARD, 1, signed=True)
    assert gone.visit.id == earlier
    with pytest.raises(Refused, match=r"visit\.left_already") as refused:
        departures.leave_by_number(desk, GUARD, 1, signed=True, day=date(2026, 11, 23))
    assert refused.value.facts["number"] == "11-23/001"
    with pytest.raises(Refused, match=r"visit\.number_unknown"):
        departures.leave_by_number(desk, GUARD, 2, signed=True)


def test_the_visitors_book_says_the_day_of_a_later_departure(desk, desk_clock, two_nights):
    departures.leave(desk, GUARD, two_nights[0], signed=True)
    desk_clock.advance(days=1)
    table = report(desk, reports.visits, days=2)
    [row] = [dict(zip(table.columns, row, strict=True)) for row in table.rows if "夜客" in row]
    assert (row["Day"], row["No."], row["Left at"]) == ("2026-11-23", "001", "11-24 08:20")
