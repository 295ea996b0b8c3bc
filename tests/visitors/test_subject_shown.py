"""What a visitor is told: everything with its words, and on paper nothing that is the office's."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.desk.signing import Means, Proof
from visitors import cards, reception, subject, watch_gate, watch_list
from visitors.appointments import expect
from visitors.appointments_change import Changed, Wish, cancel, change
from visitors.exit import parting
from visitors.models import Answer, How
from visitors.rules import Details
from visitors.service import Times, visit_of
from visitors.subject_history import HAPPENED
from visitors.watch_list import Listing
from visitors.watch_models import Decision, Level

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
PLAIN = Details(name="王小明", matter="送货", phone="13911112222")


def told(desk, visit):
    with desk.read() as book:
        return subject.as_lines(subject.told(desk, book, *visit_of(book, visit), []))


def on_paper(desk, visit):
    with desk.read() as book:
        shown = subject.told(desk, book, *visit_of(book, visit), [], on_paper=True)
        return subject.as_slip(desk, shown, desk.clock()).to_json()


def test_everything_that_happens_to_a_visit_has_words():
    recorded = re.compile(r'(?:save|record)\(\s*(?:tx, visit, )?"((?:visit|watch)\.\w+)"')
    of_the_list = {"watch.added", "watch.ended", "watch.seen", "watch.exported"}
    sources = Path(subject.__file__).parent.rglob("*.py")
    found = {code for file in sources for code in recorded.findall(file.read_text("utf-8"))}
    assert len(found) > 20
    assert found - of_the_list <= HAPPENED.keys()


def test_the_desks_note_is_on_the_screen_and_not_on_the_paper(desk):
    visit = expect(desk, GUARD, replace(PLAIN, note="难缠"), HOST)
    details, host = replace(PLAIN, note="请走侧门"), "3001"
    times = cards.visit_card(desk, visit)
    wanted = Changed(details, host, Times(times.from_at, times.until_at))
    change(desk, GUARD, visit, wanted, Wish.HOST)
    cancel(desk, GUARD, visit, "改期")
    said, paper = told(desk, visit), on_paper(desk, visit)
    for words in ("请走侧门", "难缠", "appointment changed", "appointment cancelled 改期"):
        assert words in said, words
    assert "王小明" in paper
    assert not any(words in paper for words in ("请走侧门", "难缠"))


def test_the_watch_list_is_told_and_its_reasons_are_on_no_paper(desk, people):
    proof = Proof(people["9001"], Means.BADGE, desk.clock())
    listing = Listing(level=Level.REFUSE, name="王小明", reason="曾大闹前台", whom=HOST)
    watch_list.add(desk, GUARD, listing, proof)
    visit = reception.walk_in(desk, GUARD, PLAIN, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    watch_gate.decide(desk, GUARD, visit, Decision.ADMIT, "已谈妥", proof)
    said, paper = told(desk, visit), on_paper(desk, visit)
    for words in ("likely a listed person", "decided to let in", "已谈妥", "9001"):
        assert words in said, words
    assert "decided to let in" in paper
    assert "已谈妥" not in paper
    assert "曾大闹前台" not in said + paper


def test_the_kind_the_helmets_and_who_left_before_are_told(desk):
    details = replace(PLAIN, unit="建筑公司", lane="construction", people=2)
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit, "12 O")
    parting.part_leaves(desk, GUARD, visit, 1)
    said = told(desk, visit)
    for words in (
        "Kind of visit: Works", "Helmet: 12 own helmet", "Left before the others: 1",
    ):  # fmt: skip
        assert words in said, words
    assert "slip printed" not in told(desk, officers(desk))  # they are given none


def officers(desk):
    details = Details(name="周亮", matter="", unit="派出所", besides="警官证 012345", lane="law")
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return visit
