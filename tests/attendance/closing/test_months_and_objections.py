"""A month's books: published once its days are closed, objected to in time, and then final."""

from datetime import date

import november
import pytest
from month_of_work import close_all, proof, remark
from sqlmodel import select

from kiosk.attendance.closing import months, purging, service
from kiosk.attendance.closing.models import Objection
from kiosk.attendance.closing.outcome import Outcome, read, written
from kiosk.attendance.closing.outstanding import outstanding
from kiosk.attendance.closing.sheet import month_sheet
from kiosk.attendance.days.derived import Standing
from kiosk.attendance.remarks.models import About
from kiosk.desk.refusal import Refused

SIXTH = date(2026, 11, 6)


@pytest.fixture
def book(desk, people, desk_clock):
    """November with every day closed."""
    november.written(desk, people, desk_clock)
    close_all(desk, people["9001"], november.LAST)
    return desk


@pytest.fixture
def office(book, people):
    return proof(book, people["9001"])


def refused(call, *arguments, **more) -> str:
    with pytest.raises(Refused) as told:
        call(*arguments, **more)
    return told.value.code


def objection(book) -> Objection:
    with book.read() as view:
        (one,) = view.all(select(Objection))
    return one


def test_a_month_with_an_open_day_is_not_published(desk, people, desk_clock):
    november.written(desk, people, desk_clock)
    office = proof(desk, people["9001"])
    with pytest.raises(Refused) as told:
        months.publish(desk, office, november.FIRST)
    assert (told.value.code, told.value.facts) == (
        "closing.days_open", {"first": "2026-11-30", "n": 1},
    )  # fmt: skip
    assert refused(months.publish, desk, office, date(2026, 12, 1)) == "closing.month_runs"
    stranger = proof(desk, people["1001"])
    assert refused(months.publish, desk, stranger, november.FIRST) == "closing.not_yours"


def test_objections_are_taken_until_the_last_day_and_no_longer(book, people, office, desk_clock):
    zhang = proof(book, people["1001"])
    assert refused(months.enter_objection, book, zhang, SIXTH, "在村里") == "objection.not_taken"
    until = months.publish(book, office, november.FIRST)
    assert until == date(2026, 12, 8)
    assert refused(months.publish, book, office, november.FIRST) == "closing.published"
    assert refused(months.enter_objection, book, zhang, SIXTH, " ") == "objection.words_missing"
    desk_clock.advance(days=7)
    assert months.enter_objection(book, zhang, SIXTH, "在村里") == "OB1"
    desk_clock.advance(days=1)
    assert refused(months.enter_objection, book, zhang, SIXTH, "在村里") == "objection.not_taken"


def test_a_month_is_final_only_when_every_objection_is_answered(book, people, office, desk_clock):
    assert refused(months.close_month, book, office, november.FIRST) == "closing.not_published"
    months.publish(book, office, november.FIRST)
    months.enter_objection(book, proof(book, people["1001"]), SIXTH, "在村里")
    assert refused(months.close_month, book, office, november.FIRST) == "closing.objections_taken"
    desk_clock.advance(days=8)
    assert refused(months.close_month, book, office, november.FIRST) == "closing.objections_open"
    one = objection(book)
    answer = months.answer_objection
    assert refused(answer, book, office, one.id, "", accepted=True) == "objection.answer_missing"
    assert answer(book, office, one.id, "请补备注", accepted=True) == "OB1"
    assert refused(answer, book, office, one.id, "再", accepted=True) == "objection.answered"
    months.close_month(book, office, november.FIRST)
    assert refused(months.close_month, book, office, november.FIRST) == "closing.month_final"


def test_nobody_answers_his_own_objection(book, people, office):
    months.publish(book, office, november.FIRST)
    months.enter_objection(book, office, SIXTH, "我那天在")
    one = objection(book)
    told = refused(months.answer_objection, book, office, one.id, "好", accepted=True)
    assert told == "objection.own"
    guard = proof(book, people["2001"])
    told = refused(months.answer_objection, book, guard, one.id, "好", accepted=True)
    assert told == "closing.not_yours"


def test_an_objection_is_a_quiet_open_thing_that_says_no_words_of_it(book, people, office):
    months.publish(book, office, november.FIRST)
    months.enter_objection(book, proof(book, people["1001"]), SIXTH, "在医院")
    with book.read() as view:
        (thing,) = (one for one in outstanding(book, view) if one.kind == "closing.objection")
    assert (thing.number, "张伟" in thing.what.text()) == ("OB1", True)
    assert "医院" not in f"{thing}"


def test_the_words_of_an_objection_go_when_their_time_is_over(book, people, office, desk_clock):
    months.publish(book, office, november.FIRST)
    months.enter_objection(book, proof(book, people["1001"]), SIXTH, "在医院")
    with book.read() as view:
        assert purging.naming(view, "医院") == ["OB1"]
    months.answer_objection(book, office, objection(book).id, "好的", accepted=True)
    desk_clock.advance(days=179)
    assert purging.WORDS.purge(book).count == 0
    desk_clock.advance(days=2)
    assert purging.WORDS.purge(book).count == 1
    with book.read() as view:
        assert view.read_sealed(objection(book).words, "gone") == "gone"
    assert objection(book).accepted


@pytest.mark.parametrize("standing", list(Standing))
def test_an_outcome_is_read_as_it_was_written(standing):
    one = {"p": Outcome(standing, Standing.PRESENT, 12, 3), "q": Outcome(Standing.OFF, standing)}
    kept = {key: value for key, value in one.items() if value != Outcome()}
    assert read(written(one)) == kept


def test_what_changes_after_the_month_is_final_stays_beside_it(book, people, office, desk_clock):
    months.publish(book, office, november.FIRST)
    desk_clock.advance(days=8)
    months.close_month(book, office, november.FIRST)
    third, zhang = november.day(3), people["1001"]
    remark(book, zhang, third, About.LATE, signed=True)
    desk_clock.advance(minutes=1)
    assert service.close_day(book, office, third).again
    with book.read() as view:
        sheet = month_sheet(book, view, november.FIRST, november.LAST, only=zhang)
    changed = [one for one in sheet.people[0].days if one.differs]
    assert [(one.day.day, one.was.late_min, one.day.late_counts) for one in changed] == [
        (third, 30, False)
    ]
