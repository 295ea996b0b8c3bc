"""What the exit keeps of a visitor: shown to him, held until it is settled, gone with his words."""

import pytest

from kiosk.desk.loans import Thing, ThingKind
from kiosk.desk.refusal import Refused
from visitors import departures, reception
from visitors.erasing import erase
from visitors.exit import differing, lending
from visitors.exit.models import DIFFERENCES_OF, Differs, Settled
from visitors.exit.subject_lines import at_the_exit
from visitors.models import Answer, How
from visitors.rules import Details
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"


def gone_with_a_difference(desk):
    visit = reception.walk_in(desk, GUARD, Details(name="王小明", matter="水表检修"), HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    with desk.write(by=GUARD) as tx:
        card = tx.put(Thing(label="访客卡7", kind=ThingKind.VISITOR_CARD))
        tx.record("thing.added", thing=card.label)
    lent = lending.lend(desk, GUARD, visit, card.id)
    departures.leave(desk, GUARD, visit, signed=True)
    differing.differs(desk, GUARD, visit, Differs.GOODS, "王小明的电脑没带走")
    return visit, lent


def open_difference(desk, visit):
    with desk.read() as book:
        return book.all(DIFFERENCES_OF, visit=visit)[0]


def shown(desk, visit_id):
    with desk.read() as book:
        visit, _ = visit_of(book, visit_id)
        return list(at_the_exit(desk, book, visit))


def erased(desk, visit):
    with desk.write(by=GUARD) as tx:
        erase(tx, desk, visit, "本人要求")


def test_everything_the_exit_holds_is_shown_to_the_visitor(desk):
    visit, lent = gone_with_a_difference(desk)
    row = open_difference(desk, visit)
    differing.settle(desk, GUARD, row.id, Settled.HOST_EXPLAINS, "张科长说留在二楼")
    assert [label for label, _ in shown(desk, visit)] == [lent.number, "E1"]
    assert "访客卡7, still out" in shown(desk, visit)[0][1]
    words = shown(desk, visit)[1][1]
    assert "王小明的电脑没带走" in words
    assert "张科长说留在二楼" in words


def test_nobody_is_erased_while_something_of_the_exit_is_open(desk):
    visit, lent = gone_with_a_difference(desk)
    with pytest.raises(Refused, match=r"subject\.still_open"):
        erased(desk, visit)
    lending.give_back(desk, GUARD, lent.loan_id)
    with pytest.raises(Refused, match=r"subject\.still_open"):
        erased(desk, visit)
    differing.settle(desk, GUARD, open_difference(desk, visit).id, Settled.BROUGHT)
    erased(desk, visit)


def test_with_the_visitor_the_words_of_a_difference_are_gone_and_its_number_stays(desk):
    visit, lent = gone_with_a_difference(desk)
    lending.give_back(desk, GUARD, lent.loan_id)
    differing.settle(desk, GUARD, open_difference(desk, visit).id, Settled.BROUGHT, "已取走")
    assert "电脑" not in open_difference(desk, visit).words  # sealed in the row
    erased(desk, visit)
    label, words = shown(desk, visit)[1]
    assert label == "E1"
    assert "电脑" not in words
    assert "已取走" not in words
