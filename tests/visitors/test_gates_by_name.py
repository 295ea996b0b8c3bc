"""At every place where a guard reads of another desk it is called as people call it."""

import re
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from guard_keys import keys, settled
from site_of_two import Site, at_the_hub, hears

from kiosk.commands import doctor_hub, verify
from kiosk.commands.work import Work
from kiosk.conflicts.outstanding import outstanding as conflicts_of
from kiosk.conflicts.reading import ConflictShown, shown
from kiosk.desk.desk import Desk
from kiosk.desk.forks import open_forks
from kiosk.desk.hub_state import HubState, Standing
from kiosk.desk.journal import Head
from kiosk.desk.people import EVERYONE
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.row_words import reason_word
from kiosk.desk.site_desks import introduce
from kiosk.desk.transaction import Book
from kiosk.desk.verify import Verdict
from kiosk.desk.words import register
from kiosk.passes import asking, pass_code
from kiosk.passes.feature import REFUSALS as PASS_REFUSALS
from kiosk.passes.models import PASS
from kiosk.passes.rules import Asking, Item
from visitors import appointments, departures, inside, reception, registers, reports, slip_code
from visitors.feature import REFUSALS
from visitors.gates.stale import OtherDesks
from visitors.ladder.note import note
from visitors.models import Answer, How
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.service import Times, visit_of
from visitors.subject_history import history
from visitors.wording import REFUSAL_WORDS

register(REFUSALS)
register(PASS_REFUSALS)
GUARD, HOST = "2001", "1001"
WANG = Details(name="王小明", form="Mr", matter="水表检修", phone="13800138000")
CODE = re.compile(r"gate-\d")


def named(settings, gate, number, name):
    at_hub = at_the_hub(settings, gate, number)
    return replace(at_hub, site=replace(at_hub.site, gate_name=name))


@pytest.fixture
def site(desk, people, settings, other_settings, desk_clock) -> Iterator[Site]:
    """The south gate (A), whose screens are shown, and the east gate (B)."""
    assert people
    desk.settings = named(settings, "gate-1", 0, "南门")
    other = Desk.open(named(other_settings, "gate-2", 1, "东门"), desk_clock)
    made = Site(desk, other)
    introduce(made.a)
    introduce(made.b)
    made.heal()
    yield made
    other.close()


def booked(desk: Desk) -> str:
    start = desk.clock()
    times = Times(start, start + timedelta(hours=2))
    visit = appointments.expect(desk, GUARD, WANG, HOST, times)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    return visit


def let_in(desk: Desk) -> str:
    visit = reception.walk_in(desk, GUARD, WANG, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return visit


def said(desk: Desk) -> str:
    with desk.read() as book:
        found = [*outstanding(desk, book), *conflicts_of(desk, book)]
    steps = [one.next_step.text() for one in found if one.next_step is not None]
    return " ".join([*(one.what.text() for one in found), *steps])


def refusal(use_case: Callable[..., object], *args: object) -> str:
    with pytest.raises(Refused) as told:
        use_case(*args)
    return str(told.value)


def check(text: str, *names: str) -> None:
    assert not CODE.search(text), text
    for name in names:
        assert name in text


def test_denied_at_one_gate_and_inside_by_the_other(site, desk_clock):
    visit = booked(site.a)
    hears(site.b, site.a)
    reception.refuse(site.b, GUARD, visit, "instruction")
    desk_clock.advance(minutes=1)
    reception.admit(site.a, GUARD, visit)
    site.heal()
    check(said(site.a), "by 南门", "东门 has denied")
    with site.a.read() as book:
        told = [word for line in _compared(site.a, book).lines for word in line.said]
    assert "Asked politely to come another time" in told
    assert "instruction" not in told


def test_every_reason_for_not_letting_in_has_its_words_in_a_comparison():
    assert {code: reason_word(code) for code in REFUSAL_WORDS} == dict(REFUSAL_WORDS)


def _compared(desk: Desk, book: Book) -> ConflictShown:
    [fork] = open_forks(book)
    return shown(desk, book, fork)


def test_let_in_at_both_gates_is_said_once_and_in_words(site):
    visit = booked(site.a)
    hears(site.b, site.a)
    for desk in (site.a, site.b):
        reception.admit(desk, GUARD, visit)
    site.heal()
    for desk in (site.a, site.b):
        check(said(desk), "王先生 was let in at both desks: 001 at 南门, 1001 at 东门")
        with desk.read() as book:
            [fork] = open_forks(book)
            one = shown(desk, book, fork)
            check(" ".join(word for line in one.lines for word in line.said), "001", "南门", "东门")


def test_what_is_no_admission_says_what_each_desk_did(site, desk_clock):
    visit = reception.walk_in(site.a, GUARD, WANG, HOST)
    hears(site.b, site.a)
    reception.answer(site.a, GUARD, visit, Answer.NO, How.IN_PERSON)
    desk_clock.advance(minutes=1)
    reception.answer(site.b, GUARD, visit, Answer.YES, How.IN_PERSON)
    site.heal()
    check(said(site.a), "南门 08:20 wrote down the answer", "东门 08:21 wrote down the answer")


def test_one_person_inside_by_both_gates(site):
    let_in(site.a)
    let_in(site.b)
    site.heal()
    check(said(site.a), "by 南门", "by 东门")


def test_a_slip_of_the_other_gate_and_an_admission_on_old_data(site):
    code = slip_code.made(site.b, *_slip(site.b, let_in(site.b)))
    check(refusal(departures.leave_by_code, site.a, GUARD, code), "东门")
    old = site.a.clock() - timedelta(hours=site.a.rules.hub_stale_h + 1)
    others = OtherDesks(HubState(Standing.CUT, fresh={"gate-2": old}))
    check(refusal(reception.admit, site.a, GUARD, booked(site.a), "", others), "东门")


def _slip(desk: Desk, visit_id: str) -> tuple[object, int]:
    with desk.read() as book:
        visit, _host = visit_of(book, visit_id)
    return visit, visit.copy_no


def test_the_registers_the_hosts_tap_and_the_history_of_a_visit(site):
    visit = let_in(site.b)
    reception.walk_in(site.b, GUARD, Details(name="章薇", matter="办事"), HOST)
    site.heal()
    departures.leave_by_code(site.a, GUARD, slip_code.made(site.a, *_slip(site.a, visit)))
    today = site.a.today()
    with site.a.read() as book:
        for table in (registers.register, reports.visits):
            made = table(site.a, book, Period(today, today))
            check(" ".join([*map(" ".join, made.rows), *made.foot]), "东门 → 南门")
        host = next(one for one in book.all(EVERYONE) if one.staff_no == HOST)
        check(note(site.a, book, host), "at 东门")
        told = history(site.a, book, visit_of(book, visit)[0], on_paper=False)
        check(" ".join(map(" ".join, told)), "东门")


async def test_the_list_the_visit_and_who_left(site, desktop):
    reception.walk_in(site.b, GUARD, WANG, HOST)
    site.heal()
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        check(desktop.shown(), "东门: ")
        await keys(desktop, pilot, "enter")
        check(desktop.shown(), "came to 东门")


def test_the_doctor_calls_the_other_desk_by_its_name(site):
    site.a.hub_state = lambda: HubState(
        Standing.HELD, held=frozenset({"gate-2"}), names={"gate-2": "东门"}
    )
    [found] = doctor_hub.hub(Work(site.a, Namespace(), print, print))
    check(found.words, "东门")
    broken = Verdict(Head(9, ""), 9, problem="entry_changed", seq=4, gate="gate-2")
    check(verify.in_words(broken, site.a), "东门")


def test_a_pass_that_is_not_known_here_and_a_slip_at_the_roll_call(site):
    code = pass_code.made(site.b, "W1001")
    with site.a.read() as book:
        check(refusal(pass_code.pass_of_code, site.a, book, code), "东门")
        slip = slip_code.made(site.b, *_slip(site.b, let_in(site.b)))
        check(refusal(inside.inside_of_code, site.a, book, slip), "东门")


def test_a_pass_of_the_other_gate_is_opened_by_its_code_as_by_its_number(site):
    asked = Asking((Item("激光打印机", 1, "ZC-2031"),), "送修", "顺达维修")
    passed = asking.ask(site.b, GUARD, HOST, asked, "")
    with site.b.read() as book:
        number = book.one(PASS, id=passed).number
    code = pass_code.made(site.b, number)
    with site.a.read() as book:
        refusal(pass_code.pass_of_code, site.a, book, code)
    site.heal()
    with site.a.read() as book:
        assert pass_code.pass_of_code(site.a, book, code).id == passed
        assert pass_code.pass_of_number(book, number).id == passed
