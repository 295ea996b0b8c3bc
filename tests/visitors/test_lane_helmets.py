"""Clause 145: no helmet, no slip for that zone; and every helmet that is out is an open thing."""

from dataclasses import replace

import pytest

from kiosk.desk.journal import entries
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.slip import Slip
from kiosk.desk.words import register, sentence
from visitors import cards, corrections, departures, reception, slip_code
from visitors.corrections import Corrected
from visitors.exit import parting
from visitors.feature import REFUSALS
from visitors.lanes import helmets
from visitors.models import Answer, How, LeftHow, State
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")
register(REFUSALS)
GUARD, HOST = "2001", "1001"
WORKER = Details(name="郑工", unit="宏图建筑", matter="外墙施工", lane="construction")


def agreed(desk, details=WORKER):
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    return visit


def code_of(call, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    assert "{" not in sentence(refusal.value.code, refusal.value.facts)
    return refusal.value.code


def slips(desk, visit):
    with desk.read() as book:
        jobs = book.all(JOBS_OF, slip="visit", number=cards.visit_card(desk, visit).readable)
        return [Slip.from_json(book.unseal(job.document)) for job in jobs]


def on_paper(desk, visit):
    return "\n".join(str(line) for line in max(slips(desk, visit), key=lambda one: one.copy).lines)


def helmet_things(desk):
    with desk.read() as book:
        return [one for one in outstanding(desk, book) if one.kind == "visit.helmet_out"]


def test_without_a_helmet_there_is_no_slip_and_nobody_is_inside(desk):
    visit = agreed(desk)
    assert code_of(reception.admit, desk, GUARD, visit) == "visit.helmet_missing"
    assert cards.visit_card(desk, visit).state is State.HOST_ASKED
    assert slips(desk, visit) == []


@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        ("12", "12", "12 (given back at the exit)"),
        (" Ａ12 ", "A12", "A12 (given back at the exit)"),
        ("o", "own", "own helmet"),
        ("N", "stays_out", "Does not enter where a helmet is worn"),
    ],
)
def test_the_slip_says_which_helmet_or_that_the_visitor_stays_out(desk, typed, kept, said):
    visit = agreed(desk)
    shown = reception.admit(desk, GUARD, visit, typed)
    assert (shown.helmet, shown.state) == (kept, State.ADMITTED)
    assert said in on_paper(desk, visit)


def test_each_of_a_party_has_a_number_or_an_own_helmet(desk):
    visit = agreed(desk, replace(WORKER, people=3))
    for typed, code in [
        ("12", "visit.helmet_count"), ("12 13 12", "visit.helmet_twice"),
        ("12 13 红", "visit.helmet_unclear"), ("12 13 N", "visit.helmet_unclear"),
    ]:  # fmt: skip
        assert code_of(reception.admit, desk, GUARD, visit, typed) == code
    assert reception.admit(desk, GUARD, visit, "12、13，O").helmet == "12 13 own"


def test_a_number_that_is_out_is_not_given_twice(desk):
    first, second = agreed(desk), agreed(desk, replace(WORKER, name="钱工"))
    reception.admit(desk, GUARD, first, "12")
    assert code_of(reception.admit, desk, GUARD, second, "12") == "visit.helmet_out"
    departures.leave(desk, GUARD, first, signed=False, how=LeftHow.ASSUMED)
    assert code_of(helmets.checked, desk, second, "12") == "visit.helmet_out"
    helmets.back(desk, GUARD, first)
    assert reception.admit(desk, GUARD, second, "12").helmet == "12"


def test_who_sees_the_visitor_leave_compares_the_helmet_and_takes_it_back(desk):
    first, second = agreed(desk), agreed(desk, replace(WORKER, name="钱工"))
    reception.admit(desk, GUARD, first, "12")
    assert departures.leave(desk, GUARD, first, signed=True).helmet == "12"
    assert helmet_things(desk) == []
    assert reception.admit(desk, GUARD, second, "12").helmet == "12"


def test_a_slip_scanned_at_the_locked_desk_takes_no_helmet_back(desk):
    visit = agreed(desk)
    reception.admit(desk, GUARD, visit, "12")
    with desk.read() as book:
        code = slip_code.made(desk, visit_of(book, visit)[0], 1)
    departures.leave_by_code(desk, GUARD, code, seen=False)
    assert len(helmet_things(desk)) == 1


def test_a_helmet_is_an_open_thing_until_it_is_back_and_holds_nobody(desk):
    visit = agreed(desk)
    reception.admit(desk, GUARD, visit, "7")
    [worn] = helmet_things(desk)
    departures.leave(desk, GUARD, visit, signed=False, how=LeftHow.ASSUMED)
    [gone] = helmet_things(desk)
    assert gone.urgency < worn.urgency
    assert "7" in gone.what.text()
    helmets.back(desk, GUARD, visit)
    assert helmet_things(desk) == []
    with desk.read() as book:
        [entry] = [
            one for one in entries(book.connection, desk.gate) if one.code == "visit.helmet_back"
        ]
    assert entry.facts_made()["helmets"] == ["7"]
    assert code_of(helmets.back, desk, GUARD, visit) == "visit.no_helmet_out"


@pytest.mark.parametrize("typed", ["o", "n"])
def test_nothing_of_the_house_is_out_with_an_own_helmet(desk, typed):
    visit = agreed(desk)
    reception.admit(desk, GUARD, visit, typed)
    assert helmet_things(desk) == []


@pytest.mark.parametrize("area", ["施工区", "二号施工区 东侧", "施 工 区"])
def test_an_area_asks_for_a_helmet_whatever_kind_of_visit_it_is(desk, area):
    site = replace(desk.settings.site, helmet_areas=("施工区",))
    desk.settings = replace(desk.settings, site=site)
    visit = agreed(desk, Details(name="王小明", matter="水表检修", area=area))
    assert code_of(reception.admit, desk, GUARD, visit) == "visit.helmet_missing"
    other = agreed(desk, Details(name="王小亮", matter="水表检修", area="二楼"))
    reception.admit(desk, GUARD, other)
    assert cards.visit_card(desk, other).state is State.ADMITTED


def test_no_slip_is_printed_again_for_a_zone_that_was_added_without_a_helmet(desk):
    visit = agreed(desk, Details(name="王小明", matter="水表检修"))
    reception.admit(desk, GUARD, visit)
    until = cards.visit_card(desk, visit).until_at
    wanted = Corrected(replace(WORKER, name="王小明"), HOST, until)
    corrections.correct(desk, GUARD, visit, wanted, "去施工区")
    assert code_of(corrections.reprint, desk, GUARD, visit, "改了区域") == "visit.helmet_missing"
    helmets.give(desk, GUARD, visit, "3")
    assert corrections.reprint(desk, GUARD, visit, "改了区域").copy_no == 2
    assert "3 (given back at the exit)" in on_paper(desk, visit)


def test_a_helmet_that_another_wears_since_is_not_out_twice(desk):
    first, second = agreed(desk, replace(WORKER, people=2)), agreed(desk)
    reception.admit(desk, GUARD, first, "12 13")
    departures.leave(desk, GUARD, first, signed=True)
    reception.admit(desk, GUARD, second, "12")
    parting.part_leaves(desk, GUARD, first, 1)
    assert [one.facts["helmets"] for one in helmet_things(desk)] == ["12"]
