"""Instructions and notices (指示, 通知): given by the office or a leader, known by tap once."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import all_reports, features
from kiosk.desk import database, journal, posts
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.signing import Means
from kiosk.desk.verify import verify
from shift_handover import service as handovers
from shift_handover.exits import questions
from shift_handover.feature import SHIFT_HANDOVER
from shift_handover.from_open_things import records_of
from shift_handover.instructions import service
from shift_handover.instructions.models import Sort
from shift_handover.instructions.outstanding import note, outstanding
from shift_handover.instructions.reports import instructions
from shift_handover.instructions.rules import Said, until_at
from shift_handover.models import Mark
from shift_handover.record_kinds import OtherNotice, StaffInstruction
from shift_handover.wording import detail_of, grouped, text_of

pytestmark = pytest.mark.usefixtures("people")
WORDS = "二号楼今晚停电，来车一律走西门"
OUTGOING_BADGE, INCOMING_BADGE = "04A1B2C3D4E502", "04A1B2C3D4E503"


@pytest.fixture
def leader(people):
    """张伟 is a head of station: what he says binds the guard."""
    return people["1001"]


@pytest.fixture
def ordered(desk, leader):
    """Give one instruction, valid for two hours; return its id."""

    def order(words=WORDS, sort=Sort.INSTRUCTION, until=timedelta(hours=2)):
        end = None if until is None else desk.clock() + until
        number = service.give(desk, "2001", leader.staff_no, Said(sort, words, end))
        with desk.read() as book:
            return next(one.id for one in service.in_force(desk, book) if one.number == number)

    return order


def things(desk):
    with desk.read() as book:
        return outstanding(desk, book)


def shown(desk, instruction_id):
    with desk.read() as book:
        return service.instruction_by_id(desk, book, instruction_id)


def refused(act, *args):
    with pytest.raises(Refused) as found:
        act(*args)
    return found.value


def last_entry(desk):
    with desk.read() as book:
        return list(journal.entries(book.connection, desk.gate))[-1]


def test_an_instruction_is_amber_until_the_guard_on_duty_knows_it(desk, ordered, on_post):
    one = ordered()
    [thing] = things(desk)
    assert (thing.kind, thing.urgency, thing.owner) == ("instruction", Urgency.WAITING, "2001")
    assert thing.next_step.text() == "李建国 reads it and taps: F3, then 7"
    assert service.know(desk, "2001", one, on_post, Means.BADGE) is True
    assert service.know(desk, "2001", one, on_post, Means.BADGE) is False
    [thing] = things(desk)
    assert thing.urgency is Urgency.QUIET
    assert shown(desk, one).known_to == (on_post,)


def test_its_record_says_what_it_is_until_when_and_who_knows_it(desk, ordered, on_post):
    one = ordered()
    service.know(desk, "2001", one, on_post, Means.BADGE)
    ordered("食堂今天十一点半开饭", Sort.NOTICE, None)
    instruction, notice = records_of(things(desk))
    assert (type(instruction), type(notice)) == (StaffInstruction, OtherNotice)
    assert instruction.words in text_of(instruction)
    assert "until" in text_of(instruction)
    assert detail_of(instruction) == "known to 李建国"
    assert "until" not in text_of(notice)


def test_it_ends_by_itself_and_nobody_can_know_or_close_it_any_more(
    desk, desk_clock, ordered, on_post
):
    one = ordered()
    desk_clock.advance(hours=2)
    assert things(desk) == []
    assert refused(service.know, desk, "2001", one, on_post, Means.BADGE).code == "instruction.over"
    assert refused(service.close, desk, "2001", one, "完了").code == "instruction.over"


def test_it_is_closed_with_how_it_ended_once(desk, ordered):
    one = ordered("灭火器送检", Sort.NOTICE, None)
    assert refused(service.close, desk, "2001", one, " ").code == "instruction.closing_missing"
    assert service.close(desk, "2001", one, "已送检") == "Z1"
    assert (things(desk), shown(desk, one).over) == ([], True)
    assert refused(service.close, desk, "2001", one, "已送检").code == "instruction.over"


def test_only_the_office_and_leaders_instruct_the_guard(desk, people):
    said = Said(Sort.INSTRUCTION, WORDS, desk.clock() + timedelta(hours=1))
    guard = people["2002"]
    assert refused(service.give, desk, "2001", guard.staff_no, said).code == (
        "instruction.not_leader"
    )
    told = Said(Sort.NOTICE, WORDS)
    assert service.give(desk, "2001", guard.staff_no, told) == "Z1"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(Sort.NOTICE, "  "), "words_missing"),
        (Said(Sort.INSTRUCTION, WORDS), "until_missing"),
        (Said(Sort.NOTICE, WORDS, datetime(2020, 1, 1, tzinfo=UTC)), "until_past"),
        (Said(Sort.NOTICE, WORDS, datetime(2031, 1, 1, tzinfo=UTC)), "until_far"),
    ],
)
def test_what_is_incomplete_is_refused_with_its_field(desk, leader, said, code):
    fault = refused(service.give, desk, "2001", leader.staff_no, said)
    assert fault.code == f"instruction.{code}"
    assert fault.facts["field"] in {"words", "until"}


NOW = datetime(2026, 11, 23, 17, 32, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("18:30", NOW.replace(hour=18, minute=30)), ("8", NOW.replace(day=24, hour=8, minute=0)),
        ("11-30", NOW.replace(day=30, hour=23, minute=59)), ("+0", NOW.replace(hour=23, minute=59)),
        ("1-5", NOW.replace(year=2027, month=1, day=5, hour=23, minute=59)), ("", None),
    ],
)  # fmt: skip
def test_until_when_is_an_hour_a_day_or_days_ahead(typed, end):
    assert until_at(typed, NOW) == end


@given(st.text(max_size=10))
def test_whatever_is_typed_as_the_end_is_a_moment_or_refused(typed):
    end = code = None
    try:
        end = until_at(typed, NOW)
    except Refused as fault:
        code = fault.code
    assert code in {None, "instruction.until_unclear"}
    assert end is None or end > NOW or "-" in typed or "－" in typed


def test_a_guard_who_taps_is_told_how_many_there_are_and_nothing_of_them(
    desk, ordered, people, on_post
):
    one = ordered()
    ordered("西门钥匙交李科长")
    ordered("食堂今天十一点半开饭", Sort.NOTICE, None)
    with desk.read() as book:
        assert note(desk, book, on_post) == "2 instructions to read: F3, then 7"
        assert note(desk, book, people["1001"]) == ""
    service.know(desk, "2001", one, on_post, Means.BADGE)
    with desk.read() as book:
        assert note(desk, book, on_post) == "1 instruction to read: F3, then 7"
        assert note(desk, book, people["2002"]) == "2 instructions to read: F3, then 7"


def test_only_who_keeps_a_desk_marks_it_as_known(desk, ordered, people):
    one = ordered()
    staff = people["1001"]
    assert refused(service.know, desk, "2001", one, staff, Means.BADGE).code == "post.not_a_guard"


@pytest.mark.usefixtures("checked")
def test_the_incoming_reads_them_first_and_knows_them_with_the_second_signature(
    desk, ordered, on_post, open_list, people, prove
):
    known, asked = ordered(), ordered("西门钥匙交李科长")
    service.know(desk, "2001", known, on_post, Means.BADGE)
    service.know(desk, "2001", asked, on_post, Means.BADGE)
    frozen = handovers.freeze(desk, "2001", open_list)
    first = grouped(frozen.document.things)[0]
    assert (first.title, len(first.records)) == ("Instructions and notices", 2)
    assert frozen.document.things[0].urgency is Urgency.NOW  # a red visitor does not go before them
    for thing in frozen.document.things:
        mark = Mark.QUESTION if thing.ref == asked else Mark.KNOWN
        handovers.mark(
            desk, "2002", frozen.id, thing.key, mark, "哪把钥匙？", picked=thing.next_step
        )
        if mark is Mark.QUESTION:
            questions.answer(desk, "2001", frozen.id, thing.key, "301的钥匙")
    handovers.accept(desk, frozen.id, prove(OUTGOING_BADGE), prove(INCOMING_BADGE), open_list)
    assert shown(desk, known).is_known_to(people["2002"].id)
    assert not shown(desk, asked).is_known_to(people["2002"].id)
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2002"
    with closing(database.open_reader(desk.settings.desk.database)) as reader:
        assert verify(reader, desk.gate).intact


def test_the_journal_has_codes_and_numbers_and_no_word_of_it(desk, ordered, on_post):
    one = ordered()
    assert last_entry(desk).code == "instruction.given"
    service.know(desk, "2001", one, on_post, Means.BADGE)
    entry = last_entry(desk)
    assert (entry.code, '"Z1"' in entry.facts) == ("instruction.known", True)
    service.close(desk, "2001", one, "电已来")
    assert last_entry(desk).code == "instruction.closed"
    with desk.read() as book:
        told = [str(one.facts) + str(one.images) for one in
                journal.entries(book.connection, desk.gate)]  # fmt: skip
    assert not any("停电" in one or "电已来" in one for one in told)


def test_the_register_has_each_one_with_its_end_and_who_knows_it(desk, ordered, on_post):
    one = ordered()
    service.know(desk, "2001", one, on_post, Means.BADGE)
    service.close(desk, "2001", one, "电已来")
    today = desk.today()
    with desk.read() as book:
        [row] = instructions(desk, book, Period(today, today)).rows
        other = instructions(desk, book, Period(today, today, "2002")).rows
        assert instructions(desk, book, Period(date(2020, 1, 1), date(2020, 1, 2))).rows == ()
    assert (row[0], row[4], row[5], row[-1]) == ("Z1", shown(desk, one).giver.name, WORDS, "电已来")
    assert row[7].startswith("李建国 ")
    assert other == ()
    assert "instructions" in all_reports.reports()


def test_the_words_go_after_their_time_and_the_row_stays(desk, desk_clock, ordered):
    closed, lapsed, kept = ordered(), ordered(), ordered("消火栓检修", Sort.NOTICE, None)
    service.close(desk, "2001", closed, "电已来")
    desk_clock.advance(days=180, hours=1)
    with desk.read() as book:
        assert SHIFT_HANDOVER.overdue(desk, book)["instructions"] == 1
    desk_clock.advance(hours=2)
    assert SHIFT_HANDOVER.purge(desk).counts["instructions"] == 2
    assert SHIFT_HANDOVER.purge(desk).count == 0
    assert "停电" not in shown(desk, closed).words + shown(desk, lapsed).words
    assert shown(desk, kept).words == "消火栓检修"


def test_who_erases_a_visitor_is_told_where_the_name_was_typed(desk, ordered):
    ordered("王小明今天不得入内")
    with desk.read() as book:
        assert features.naming(book, "王小明") == ["Z1"]
        assert features.naming(book, "赵敏") == []


@pytest.mark.usefixtures("words_zh")
def test_the_register_lists_who_knows_it_as_the_language_does(desk, ordered, on_post, people):
    one = ordered()
    for reader in (on_post, people["2002"]):
        service.know(desk, reader.staff_no, one, reader, Means.BADGE)
    with desk.read() as book:
        [row] = instructions(desk, book, Period(desk.today(), desk.today())).rows
    known = row[7].split("、")
    assert [one.split(" ")[0] for one in known] == [on_post.name, people["2002"].name]
