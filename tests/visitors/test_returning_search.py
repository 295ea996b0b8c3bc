"""Every visit there ever was is found, newest first; who is erased or purged is found no more."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.desk.refusal import Refused
from visitors import departures, erasing, purging, reception, search
from visitors.models import Answer, How
from visitors.returning import finding
from visitors.returning.finding import find
from visitors.returning.known import called, host_before, known, last_time
from visitors.rules import Details

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
SHAN = Details(
    name="单小明", matter="送货", unit="东川供水公司", phone="13900005678", plate="苏ED12345"
)


@pytest.fixture
def was_here(desk, desk_clock):
    def visit(details=SHAN, days=1):
        made = reception.walk_in(desk, GUARD, details, HOST)
        reception.answer(desk, GUARD, made, Answer.YES, How.IN_PERSON)
        reception.admit(desk, GUARD, made)
        departures.leave(desk, GUARD, made, signed=True)
        desk_clock.advance(days=days)
        return made

    return visit


def found(desk, query):
    with desk.read() as book:
        return find(book, query)


@pytest.mark.parametrize(
    "query",
    [
        "单小明", "单", "小明", "小", "shan", "shanxiaoming", "shan xiao", "SXM", "sx", "xm",
        "xiaoming", "shxm", "shanxm", "5678", "56", "678", "67", "13900005678", "苏ED12345",
        "苏e·d1", "ED12345", "ed123", "D12345", "d12", "20261123-001", "11-23/001", "1123-1",
    ],
)  # fmt: skip
def test_a_visit_of_long_ago_is_found_by(desk, was_here, query):
    visit = was_here(days=90)
    was_here(replace(SHAN, name="欧阳娜", phone="13811112222", plate="京A88888", unit=""))
    assert visit in found(desk, query)


@pytest.mark.parametrize(
    "query", ["", " ", "王", "zw", "9999", "苏E99999", "20261123-002", "1-1/1"]
)
def test_nobody_else_is_found_by(desk, was_here, query):
    was_here()
    assert found(desk, query) == []


def test_a_surname_of_two_characters_is_parted_and_u_stands_for_the_umlaut(desk, was_here):
    ouyang = was_here(replace(SHAN, name="欧阳绿"))
    for query in ("欧阳", "绿", "lv", "lu", "oyl", "ouyanglv", "l"):
        assert ouyang in found(desk, query), query


def test_the_newest_stands_first_and_the_list_is_bounded(desk, was_here):
    visits = [was_here() for _ in range(5)]
    assert found(desk, "sxm") == visits[::-1]
    with desk.read() as book:
        assert find(book, "sxm", 2) == visits[:-3:-1]


def test_a_common_name_is_read_backwards_and_the_newest_are_found(desk, was_here, monkeypatch):
    monkeypatch.setattr(finding, "_LONG_RANGE", 3)
    visits = [was_here() for _ in range(10)]
    assert found(desk, "s") == visits[::-1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(query=st.text(max_size=30))
def test_no_text_crashes_the_search(desk, query):
    assert found(desk, query) == []


def test_one_line_a_person_with_the_last_day_and_how_often(desk, was_here):
    was_here(days=5)
    was_here(replace(SHAN, unit="河西供水公司"))  # the same phone: the same person
    newest = was_here(replace(SHAN, phone=""))  # the same unit too
    other = was_here(replace(SHAN, phone="13811112222", unit="审计局"))
    lines = known(desk, "单小明")
    assert [line.visit_id for line in lines] == [other, newest]
    assert [line.times for line in lines] == [1, 3]
    assert [f"{line.day:%m-%d}" for line in lines] == ["11-30", "11-29"]
    assert (lines[0].phone_tail, lines[0].host) == ("2222", "张科长")


def test_two_id_numbers_are_two_people_whatever_else_is_the_same(desk, was_here):
    one = was_here(replace(SHAN, id_number="11010519491231002X"))
    again = was_here(replace(SHAN, id_number="11010519491231002X", unit="搬家公司", phone=""))
    other = was_here(replace(SHAN, id_number="440524188001010014"))
    lines = known(desk, "sxm")
    assert [line.visit_id for line in lines] == [other, again]
    assert [line.times for line in lines] == [1, 2]
    assert one not in {line.visit_id for line in lines}


def test_who_was_never_inside_was_not_here_before(desk):
    visit = reception.walk_in(desk, GUARD, SHAN, HOST)
    reception.refuse(desk, GUARD, visit, "gave_up")
    assert found(desk, "sxm") == [visit]
    assert known(desk, "sxm") == []


def test_only_the_very_name_is_called_so(desk, was_here):
    was_here()
    assert called(desk, "单小") == []
    assert [line.name for line in called(desk, "单小明")] == ["单小明"]


@pytest.mark.parametrize("how", ["erased", "purged"])
def test_who_is_erased_or_purged_is_found_by_nothing_and_no_byte_is_left(
    desk, desk_clock, was_here, how
):
    visit = was_here()
    if how == "erased":
        with desk.write() as tx:
            erasing.erase(tx, desk, visit, "本人要求")
    else:
        desk_clock.advance(days=desk.rules.visitor_words_days + 1)
        purging.purge(desk)
    for query in ("单小明", "sxm", "xiaoming", "5678", "苏ED12345", "D12345", "20261123-001"):
        assert found(desk, query) == [], query
    assert known(desk, "单小明") == called(desk, "单小明") == []
    with pytest.raises(Refused, match=r"visit\.erased"):
        last_time(desk, visit)
    assert desk.empty_log()
    content = desk.settings.desk.database.read_bytes()
    for words in ("单小明", "小明", "shanxiaoming", "xiaoming", "苏ED12345"):
        assert words.encode() not in content, words


def test_a_deleted_phone_number_is_found_no_more_and_the_rest_is(desk, desk_clock, was_here):
    was_here()
    desk_clock.advance(days=desk.rules.visitor_phone_days + 1)
    purging.purge(desk)
    assert found(desk, "5678") == []
    [line] = known(desk, "sxm")
    assert line.phone_tail == ""
    assert last_time(desk, line.visit_id).values["phone"] == ""


def test_a_rebuilt_index_finds_what_the_first_one_found(desk, was_here):
    visits = [was_here(), was_here(replace(SHAN, phone="", unit=""))]
    queries = ("小明", "sxm", "D12", "5678", "shan")
    before = [found(desk, query) for query in queries], known(desk, "sxm")
    with desk.write() as tx:
        search.reindex(tx)
        tx.record("test.reindexed")
    assert ([found(desk, query) for query in queries], known(desk, "sxm")) == before
    assert found(desk, "小明") == visits[::-1]


def test_the_host_before_is_the_last_one_written_here(desk, was_here):
    with pytest.raises(Refused, match=r"visit\.no_host_before"):
        host_before(desk)
    was_here()
    assert host_before(desk).staff_no == HOST
