"""Who never got a number is found by id or by name and phone; linked visits go together."""

import pytest

from kiosk.desk.refusal import Refused
from visitors import cards, departures, erasing, reception
from visitors.appointments import expect, usual_times
from visitors.appointments_change import Changed, Wish, cancel, change
from visitors.appointments_today import come_today
from visitors.models import Answer, How
from visitors.no_shows import close_no_shows, come_after_all
from visitors.rules import Details
from visitors.series import Repeat, expect_series
from visitors.service import Times
from visitors.subject_whom import visits_called, visits_like

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
WANG = Details(name="王小明", matter="送货", phone="13911112222")


def ids(desk, typed):
    with desk.read() as book:
        return {visit.id for visit, _host in visits_called(desk, book, typed)}


def erase(desk, typed):
    with desk.write() as tx:
        found = [visit for visit, _host in visits_called(desk, tx, typed)]
        erasing.erase_all(tx, desk, found, "本人要求")


def later(desk, days):
    start = usual_times(desk, desk.clock()).start.replace(hour=2, minute=0)
    times = usual_times(desk, start)
    shift = start.replace(day=start.day + days) - start
    return Times(times.start + shift, times.end + shift)


def goes_in_and_leaves(desk, visit):
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    departures.leave(desk, GUARD, visit, signed=True)


def test_a_cancelled_appointment_is_found_by_id_and_by_name_and_phone(desk):
    visit = expect(desk, GUARD, WANG, HOST)
    cancel(desk, GUARD, visit, "改期")
    with desk.read() as book:
        assert [one.id for one, _host in visits_like(book, "wxm")] == [visit]
        assert visits_like(book, " ") == []
    assert ids(desk, visit) == ids(desk, "王小明 2222") == {visit}
    erase(desk, "王小明 2222")
    assert cards.visit_card(desk, visit).name == "erased"
    with pytest.raises(Refused, match=r"visit\.erased"):
        erase(desk, visit)


@pytest.mark.parametrize("typed", ["王小明 9999", "01a21d87-2e3d-741c-b367-a93c7f502853"])
def test_nobody_is_said_to_be_nobody(desk, typed):
    with pytest.raises(Refused, match=r"subject\.nobody"):
        ids(desk, typed)


def test_who_came_today_for_another_day_is_erased_on_both(desk):
    planned = expect(desk, GUARD, WANG, HOST, later(desk, 1))
    today = come_today(desk, GUARD, planned)
    goes_in_and_leaves(desk, today)
    number = cards.visit_card(desk, today).readable
    assert ids(desk, number) == ids(desk, planned) == {planned, today}
    erase(desk, number)
    assert {cards.visit_card(desk, one).name for one in (planned, today)} == {"erased"}


def test_who_came_after_all_is_erased_on_the_missed_day_too(desk, desk_clock):
    missed = expect(desk, GUARD, WANG, HOST)
    desk_clock.advance(days=1)
    close_no_shows(desk)
    today = come_after_all(desk, GUARD, missed)
    assert ids(desk, missed) == ids(desk, today) == {missed, today}


def test_a_series_goes_whole_when_what_is_to_come_is_cancelled(desk):
    first = later(desk, 1)
    last = desk.local(first.start).date().replace(day=desk.local(first.start).day + 2)
    series = expect_series(desk, GUARD, WANG, HOST, first, Repeat(last))
    other = series.pop()
    card = cards.visit_card(desk, other)
    wanted = Changed(Details(name="李四", matter="送货"), HOST, Times(card.from_at, card.until_at))
    change(desk, GUARD, other, wanted, Wish.HOST)
    assert ids(desk, series[0]) == set(series)
    cancel(desk, GUARD, series[0], "改期")
    with pytest.raises(Refused, match=r"subject\.still_open"):
        erase(desk, series[0])
    assert cards.visit_card(desk, series[0]).name == "王小明"
    cancel(desk, GUARD, series[1], "改期")
    erase(desk, series[0])
    assert {cards.visit_card(desk, one).name for one in series} == {"erased"}
    assert cards.visit_card(desk, other).name == "李四"
