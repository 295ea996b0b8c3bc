"""What was typed about leave: found by a name, and deleted also where nobody ever closed it."""

from datetime import date

import pytest

from kiosk.attendance.leave import asking, granting, purging, slips
from kiosk.attendance.leave.asking import Word
from kiosk.attendance.leave.halves import Span
from kiosk.attendance.leave.models import APPROVALS
from kiosk.attendance.leave.outstanding import outstanding
from kiosk.desk import print_history
from kiosk.desk.absence import Half, LeaveKind
from kiosk.desk.refusal import Refused

ZHAO, ZHOU, WU, FENG = "5001", "5002", "5003", "5005"


def found(desk, name):
    with desk.read() as book:
        return purging.naming(book, name)


def test_a_name_typed_with_a_no_or_with_a_leaders_word_is_found(house, desk):
    refused = house.ask(house.span(24, 24))
    granting.refuse(desk, "2001", refused, house.proof(ZHOU), "王小明还没回来")
    wanted = house.asking(house.span(24, 30), LeaveKind.PERSONAL)
    asking.ask(desk, "2001", house.proof(ZHAO), wanted, Word(house.proof(WU), "照顾李大爷"))
    assert found(desk, "王小明") == ["QJ1"]
    assert found(desk, "李大爷") == ["QJ2"]
    assert found(desk, "回老家") == ["QJ1", "QJ2"]


def test_the_words_of_a_leave_that_nobody_ever_closed_are_deleted_after_its_last_day(
    house, desk, desk_clock
):
    forgotten, overdue = house.ask(house.span(24, 24)), house.granted(house.span(26, 26))
    ahead = house.ask(house.span(28, 29, month=12))
    desk_clock.advance(days=desk.rules.leave_words_days + 20)
    assert purging.WORDS.purge(desk).counts == {"leaves": 2}
    assert [house.whole(one).reason for one in (forgotten, overdue, ahead)] == ["-", "-", "回老家"]
    with desk.read() as book:
        assert len(book.all(APPROVALS, leave=overdue)) == 1


def test_the_list_of_what_was_printed_shows_nobody_at_the_gate_a_reason(house, desk):
    granted = house.granted(house.span(24, 24))
    slips.print_slip(desk, "2001", granted, house.proof(ZHAO))
    (printed,) = print_history.newest(desk)
    assert (printed.number, printed.paper) == ("QJ1", "Leave slip")
    with pytest.raises(Refused) as refused:
        print_history.slip_of(desk, printed.job_id)
    assert refused.value.code == "slip.private"


def test_the_reminder_before_its_end_does_not_tell_the_gate_the_kind(house, desk, desk_clock):
    for who, kind in ((ZHAO, LeaveKind.MATERNITY), (FENG, LeaveKind.SICK)):
        over = Span(date(2026, 11, 24), Half.MORNING, date(2026, 12, 31), Half.AFTERNOON)
        house.granted(over, who, kind)
    house.granted(house.span(24, 24), ZHOU)  # a day or two needs no reminder
    desk_clock.advance(days=38 - desk.rules.maternity_warn_days)
    with desk.read() as book:
        told = [one.facts["name"] for one in outstanding(desk, book) if one.kind == "leave.ends"]
    assert told == ["赵敏", "冯远"]
