"""Who was asked first is written down once; the record stays open until somebody has the matter."""

import sqlite3
from contextlib import closing

import pytest

from kiosk import all_reports, features
from kiosk.desk import journal, spool, verify
from kiosk.desk.leaving import leave
from kiosk.desk.outstanding import Urgency
from kiosk.desk.print_job import JOBS_OF, JobState
from kiosk.desk.queries import compiled
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.signing import Means, Proof
from kiosk.desk.slip import Slip
from kiosk.enquiries import service
from kiosk.enquiries.models import OPEN, OPEN_FOR, Ending, FirstMeans
from kiosk.enquiries.rules import LONGEST_LINE, MOST_LINES, WHY_LEFT, Asked
from kiosk.enquiries.slips import KIND
from shift_handover.from_open_things import records_of

GUARD, ZHANG, LI_NA = "2001", "1001", "3001"
ASKED = Asked("临时救助怎么申请", False, "徐桂兰", "红旗村", "13300133000")  # noqa: FBT003 - own duty
OWN = Asked("临时救助怎么申请", own_duty=True)
pytestmark = pytest.mark.usefixtures("people")


def opened(desk, asked=ASKED, first=LI_NA, means=FirstMeans.BADGE):
    return service.open_enquiry(desk, GUARD, first, means, asked)


def things(desk):
    with desk.read() as book:
        return [one for one in features.outstanding(desk, book) if one.kind == "enquiry"]


def entries(desk, code):
    with desk.read() as book:
        return [one for one in journal.entries(book.connection, desk.gate) if one.code == code]


def register(desk, who=""):
    with desk.read() as book:
        return all_reports.reports()["enquiries"](
            desk, book, Period(desk.today(), desk.today(), who)
        )


def test_it_is_open_until_the_one_it_was_led_to_taps(desk, people):
    enquiry = opened(desk)
    assert [(one.number, one.owner) for one in things(desk)] == [("Q1", LI_NA)]
    with pytest.raises(Refused, match=r"enquiry\.not_led "):
        service.receive(desk, GUARD, enquiry, people[ZHANG], Means.BADGE)
    service.lead(desk, GUARD, enquiry, ZHANG)
    assert [one.owner for one in things(desk)] == [ZHANG]
    with pytest.raises(Refused, match=r"enquiry\.not_led_to_you"):
        service.receive(desk, GUARD, enquiry, people["2002"], Means.BADGE)
    assert service.receive(desk, GUARD, enquiry, people[ZHANG], Means.BADGE) == "Q1"
    assert things(desk) == []
    shown = service.enquiry_shown(desk, enquiry)
    assert (shown.first.staff_no, shown.handler.staff_no) == (LI_NA, ZHANG)
    assert shown.ending is Ending.RECEIVED
    assert entries(desk, "enquiry.received")[0].by == ZHANG


def test_who_tapped_as_asked_opened_it_and_the_desk_stands_beside(desk):
    opened(desk)
    opened(desk, first=GUARD, means=FirstMeans.OPERATOR)
    first, second = entries(desk, "enquiry.opened")
    assert (first.by, second.by) == (LI_NA, GUARD)
    assert '"desk_by":"2001"' in first.facts


def test_it_is_red_when_nobody_comes_to_whom_it_was_led(desk, desk_clock):
    enquiry = opened(desk)
    desk_clock.advance(days=1)
    assert things(desk)[0].urgency is Urgency.WAITING
    service.lead(desk, GUARD, enquiry, ZHANG)
    desk_clock.advance(minutes=desk.rules.enquiry_late_min, seconds=-1)
    assert things(desk)[0].urgency is Urgency.WAITING
    desk_clock.advance(seconds=1)
    assert things(desk)[0].urgency is Urgency.NOW


def test_no_list_handover_note_or_journal_holds_what_was_asked(desk, people):
    enquiry = opened(desk)
    service.lead(desk, GUARD, enquiry, ZHANG)
    notes = features.notes(desk, people[ZHANG])
    assert notes == ("1 enquirer was led to you: to the window, please",)
    assert features.notes(desk, people[LI_NA]) == ()
    shown = [one.what.text() + one.next_step.text() for one in things(desk)]
    told = [*shown, *notes, str(records_of(things(desk)))]
    service.print_notice(desk, GUARD, enquiry, ["低保证"])
    service.leaves(desk, GUARD, enquiry, "孩子病了先回家")
    with desk.read() as book:
        rows = book.connection.execute("SELECT facts, images FROM journal").fetchall()
    told += [str(rows)]
    secret = ("救助", "徐桂兰", "红旗村", "13300133000", "低保证", "孩子")
    assert not [word for word in secret if any(word in one for one in told)]
    assert "First asked 李娜, led to 张伟" in shown[0]
    service_note = features.notes(desk, people[ZHANG])
    assert service_note == ()


@pytest.mark.parametrize(
    ("query", "index"),
    [(OPEN_FOR, "ix_enquiry_open (led_to_id=?)"), (OPEN, "ix_enquiry_open_since")],
)
def test_taps_and_lists_ask_the_index_of_what_is_open(desk, people, query, index):
    with desk.read() as book:
        plan = book.connection.execute(
            f"EXPLAIN QUERY PLAN {compiled(query).sql}", {"person": people[ZHANG].id}
        ).fetchall()
    assert plan[0][3].endswith(f"enquiry USING INDEX {index}")


def test_the_notice_says_all_that_is_missing_and_where_to_go(desk, people):
    enquiry = opened(desk)
    service.lead(desk, GUARD, enquiry, ZHANG)
    service.print_notice(desk, GUARD, enquiry, ["身份证", " 户口簿 ", "身份证"])
    with desk.read() as book:
        [job] = book.all(JOBS_OF, slip=KIND, number="Q1")
        paper = Slip.from_json(book.unseal(job.document)).to_json()
    for word in (
        "1. 身份证", "2. 户口簿", "徐桂兰", "办公室", "张伟", "8001", "08:30 - 17:30", "Thank you",
        "李娜", "临时救助怎么申请",
    ):  # fmt: skip
        assert word in paper, word
    assert "3. " not in paper
    assert '"lines":2' in entries(desk, "enquiry.notice_printed")[0].facts
    assert [one.number for one in things(desk)] == ["Q1"]
    service.leaves(desk, GUARD, enquiry, "with_notice")
    assert service.enquiry_shown(desk, enquiry).handler.staff_no == people[LI_NA].staff_no


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "enquiry.no_lines"),
        (["", " \u200b "], "enquiry.no_lines"),
        (["证" * (LONGEST_LINE + 1)], "enquiry.too_long"),
        ([str(n) for n in range(MOST_LINES + 1)], "enquiry.too_many_lines"),
    ],
)
def test_a_notice_that_says_nothing_or_too_much_is_not_printed(desk, lines, code):
    enquiry = opened(desk)
    with pytest.raises(Refused) as refused:
        service.print_notice(desk, GUARD, enquiry, lines)
    assert refused.value.code == code
    assert service.enquiry_shown(desk, enquiry).notices == 0


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        (Asked(" ", own_duty=True), "enquiry.matter_missing", "matter"),
        (Asked("事" * 121, own_duty=True), "enquiry.too_long", "matter"),
        (Asked("事", own_duty=True, phone="没有"), "enquiry.phone_unlikely", "phone"),
        (Asked("事", own_duty=True, enquirer="徐" * 41), "enquiry.too_long", "enquirer"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(desk, asked, code, field):
    with pytest.raises(Refused) as refused:
        opened(desk, asked)
    assert (refused.value.code, refused.value.facts["field"]) == (code, field)
    assert things(desk) == []


def test_it_is_led_to_nobody_unknown_gone_or_asked_first(desk, people):
    enquiry = opened(desk)
    office = Proof(people["9001"], Means.BADGE, desk.clock())
    leave(desk, office, ZHANG, features.holdings, features.end_for_leaver)
    for whom, code in (("9999", "person.unknown"), (ZHANG, "person.unknown"),
                       (LI_NA, "enquiry.led_to_first")):  # fmt: skip
        with pytest.raises(Refused) as refused:
            service.lead(desk, GUARD, enquiry, whom)
        assert refused.value.code == code
    with pytest.raises(Refused, match=r"person\.unknown"):
        opened(desk, first=ZHANG)


def test_who_leaves_the_house_first_receives_what_was_led_there(desk, people):
    enquiry = opened(desk)
    service.lead(desk, GUARD, enquiry, ZHANG)
    office = Proof(people["9001"], Means.BADGE, desk.clock())
    with pytest.raises(Refused, match=r"person\.still_holds"):
        leave(desk, office, ZHANG, features.holdings, features.end_for_leaver)
    service.lead(desk, GUARD, enquiry, "2002")
    leave(desk, office, ZHANG, features.holdings, features.end_for_leaver)


def test_another_sections_matter_is_not_settled_by_who_was_asked(desk):
    enquiry = opened(desk)
    with pytest.raises(Refused, match=r"enquiry\.not_own_duty"):
        service.handled(desk, GUARD, enquiry)
    own = opened(desk, OWN)
    assert service.handled(desk, GUARD, own) == "Q2"
    with pytest.raises(Refused, match=r"enquiry\.closed"):
        service.leaves(desk, GUARD, own, "gave_up")


@pytest.mark.parametrize("reason", [*WHY_LEFT, "孩子病了"])
def test_the_enquirer_leaves_with_a_reason(desk, reason):
    enquiry = opened(desk)
    for bad, code in (("  ", "enquiry.reason_missing"), ("长" * 81, "enquiry.too_long")):
        with pytest.raises(Refused) as refused:
            service.leaves(desk, GUARD, enquiry, bad)
        assert refused.value.code == code
    service.leaves(desk, GUARD, enquiry, reason)
    assert things(desk) == []
    assert register(desk).rows[0][10].endswith(WHY_LEFT.get(reason, reason))


def test_the_register_says_who_was_asked_and_how_it_ended_never_the_matter(desk, people):
    first, _second = opened(desk), opened(desk, OWN, first=ZHANG)
    service.lead(desk, GUARD, first, ZHANG)
    service.receive(desk, GUARD, first, people[ZHANG], Means.BADGE)
    rows = register(desk).rows
    assert [row[0] for row in rows] == ["Q1", "Q2"]
    assert (rows[0][3], rows[0][4], rows[0][7], rows[0][9]) == ("李娜", "徐桂兰", "张伟", "张伟")
    assert [row[10] for row in rows] == ["received by whom it was led to", "still open"]
    assert [row[0] for row in register(desk, ZHANG).rows] == ["Q2"]
    assert "救助" not in str(rows)
    assert "1330013" not in str(rows)


def test_its_words_are_deleted_in_their_time_and_what_is_open_keeps_them(desk, desk_clock):
    left, still_open = opened(desk), opened(desk)
    service.print_notice(desk, GUARD, left, ["身份证"])
    service.leaves(desk, GUARD, left, "孩子病了")
    desk_clock.advance(days=desk.rules.caller_words_days - 1)
    features.purge(desk)
    assert service.enquiry_shown(desk, left).enquirer == "徐桂兰"
    day = desk.today()
    desk_clock.advance(days=2)
    assert features.purge(desk).counts["enquiries"] == 1
    assert features.purge(desk).count == 0
    assert service.enquiry_shown(desk, left).matter == "-"
    assert service.enquiry_shown(desk, still_open).enquirer == "徐桂兰"
    with desk.read() as book:
        [slip] = book.all(JOBS_OF, slip=KIND, number="Q1")
        period = Period(day.replace(year=day.year - 1), day)
        table = all_reports.reports()["enquiries"](desk, book, period)
    assert (slip.state, spool.next_job(desk)) == (JobState.SETTLED, None)
    assert (table.rows[0][3], table.rows[0][4], table.rows[1][4]) == ("李娜", "-", "徐桂兰")


def test_the_book_replays_to_the_same_enquiries(desk, people):
    first, second = opened(desk), opened(desk, OWN)
    service.lead(desk, GUARD, first, ZHANG)
    service.print_notice(desk, GUARD, first, ["身份证"])
    service.receive(desk, GUARD, first, people[ZHANG], Means.BADGE)
    service.handled(desk, GUARD, second)
    with closing(sqlite3.connect(desk.settings.desk.database)) as connection:
        assert verify.verify(connection, desk.gate).intact
