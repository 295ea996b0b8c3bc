"""Each person of a visit is compared on his own, and a card with a wrong digit is looked up too."""

import pytest

from kiosk.desk.id_card import IdCard
from kiosk.desk.journal import entries
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import register
from visitors import appointments, cards, corrections, id_cards, reception, watch_gate, watch_list
from visitors.corrections import Corrected
from visitors.feature import REFUSALS
from visitors.models import Answer, How
from visitors.rules import Details
from visitors.watch_gate import Asks
from visitors.watch_list import Listing
from visitors.watch_models import Level, Same

pytestmark = pytest.mark.usefixtures("people")
register(REFUSALS)
GUARD, HOST, OFFICE = "2001", "1001", "9001"
WRONG_DIGIT = "110105194912310021"


@pytest.fixture(autouse=True)
def listed(desk, people):
    """List 章薇, whose name sounds like 张伟 and 张玮."""
    said = Listing(level=Level.REFUSE, name="章薇", reason="曾大闹前台", whom=HOST)
    watch_list.add(desk, GUARD, said, Proof(people[OFFICE], Means.BADGE, desk.clock()))


def came(desk, name, companions=""):
    people = 1 + len(companions.split())
    details = Details(name=name, matter="办事", people=people, companions=companions)
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    return visit


def first(desk, visit):
    return cards.visit_card(desk, visit).watch.first


def compare(desk, visit, found=Same.ANOTHER):
    watch_gate.compared(desk, GUARD, first(desk, visit).id, found)


def corrected(desk, visit, details):
    until = cards.visit_card(desk, visit).until_at
    corrections.correct(desk, GUARD, visit, Corrected(details, HOST, until), "写错了")


def test_a_companion_is_asked_about_after_the_leader_was_another_person(desk):
    visit = came(desk, "张伟", "赵六 张玮")
    assert (first(desk, visit).asks, first(desk, visit).companion) == (Asks.COMPARE, "")
    compare(desk, visit)
    assert (first(desk, visit).asks, first(desk, visit).companion) == (Asks.COMPARE, "张玮")
    with pytest.raises(Refused, match=r"visit\.compare"):
        reception.admit(desk, GUARD, visit)
    compare(desk, visit)
    assert first(desk, visit) is None
    reception.admit(desk, GUARD, visit)


def test_a_companion_who_is_the_listed_person_holds_the_party(desk):
    visit = came(desk, "张伟", "张玮")
    compare(desk, visit)
    compare(desk, visit, Same.SAME)
    with pytest.raises(Refused, match=r"visit\.watched"):
        reception.admit(desk, GUARD, visit)


def test_two_alike_companions_are_two_questions_and_their_order_asks_none_again(desk):
    visit = came(desk, "吴用", "张伟 张玮")
    asked = {first(desk, visit).companion}
    compare(desk, visit)
    asked.add(first(desk, visit).companion)
    assert asked == {"张伟", "张玮"}
    compare(desk, visit)
    turned = Details(name="吴用", matter="办事", people=3, companions="张玮 张伟")
    corrected(desk, visit, turned)
    assert first(desk, visit) is None


def test_a_companion_written_in_another_s_place_is_asked_about_anew(desk):
    visit = came(desk, "吴用", "张伟")
    compare(desk, visit)
    assert first(desk, visit) is None
    other = Details(name="吴用", matter="办事", people=2, companions="张玮")
    corrected(desk, visit, other)
    assert first(desk, visit).companion == "张玮"


def test_a_card_with_a_wrong_digit_is_refused_and_its_name_is_looked_up(desk):
    visit = appointments.expect(desk, GUARD, Details(name="吴用", matter="办事"), HOST)
    with pytest.raises(Refused, match=r"visit\.id_check"):
        id_cards.compare(desk, GUARD, visit, IdCard("章薇", "Ms", WRONG_DIGIT))
    assert first(desk, visit).asks is Asks.REFUSE
    with desk.read() as book:
        told = [entry.code for entry in entries(book.connection, desk.gate)][-2:]
    assert told == ["visit.id_compared", "watch.matched"]


def test_a_wrong_digit_of_nobody_on_the_list_asks_nothing(desk):
    visit = appointments.expect(desk, GUARD, Details(name="吴用", matter="办事"), HOST)
    with pytest.raises(Refused, match=r"visit\.id_check"):
        id_cards.compare(desk, GUARD, visit, IdCard("吴用", "", WRONG_DIGIT))
    assert first(desk, visit) is None
