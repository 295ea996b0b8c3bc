"""What the tests of the watch list at the gate share: who is listed, who comes, what is asked."""

import json

import pytest

from kiosk.desk.journal import entries
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import register
from visitors import (
    cards,
    corrections,
    reception,
    watch_list,
)
from visitors.corrections import Corrected
from visitors.feature import REFUSALS
from visitors.models import Answer, How, State
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.watch_list import Listing
from visitors.watch_models import Level

register(REFUSALS)


GUARD, HOST, OFFICE = "2001", "1001", "9001"


_NO_NAMES = {"watch.nobody", "visit.field_too_long", "visit.name_unreadable"}


ID, OTHER_ID = "11010519491231002X", "110105199003070658"


def proof_of(people, staff_no, desk):
    return Proof(people[staff_no], Means.BADGE, desk.clock())


@pytest.fixture
def listed(desk, people):
    """List somebody with the office's signature; return the entry's number."""

    def put(level=Level.REFUSE, **said):
        wanted = {"name": "章薇", "reason": "曾大闹前台", "whom": HOST} | said
        return watch_list.add(
            desk, GUARD, Listing(level=level, **wanted), proof_of(people, OFFICE, desk)
        )

    return put


def visit_of(desk, name, **said):
    visit = reception.walk_in(desk, GUARD, Details(name=name, matter="办事", **said), HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    return visit


def correct(desk, visit, **said):
    before = cards.visit_card(desk, visit)
    details = Details(
        **{"name": before.name, "matter": before.matter, "people": before.people} | said
    )
    corrections.correct(desk, GUARD, visit, Corrected(details, HOST, before.until_at), "写错了")


def watch(desk, visit):
    return cards.visit_card(desk, visit).watch


def admitted(desk, visit):
    return reception.admit(desk, GUARD, visit).state is State.ADMITTED


def refused(desk, visit):
    with pytest.raises(Refused) as why:
        reception.admit(desk, GUARD, visit)
    return why.value.code


def told(desk, *codes):
    with desk.read() as book:
        found = entries(book.connection, desk.gate)
        return [(e.code, e.by, json.loads(e.facts)) for e in found if e.code in codes]


def kinds(desk):
    with desk.read() as book:
        return [(thing.kind, thing.ref) for thing in outstanding(desk, book)]


def open_of(desk, visit):
    with desk.read() as book:
        return [(one.kind, one.urgency) for one in outstanding(desk, book) if one.ref == visit]
