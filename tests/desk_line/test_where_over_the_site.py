"""The whereabouts board and the handover over the site: where somebody tapped, whose it is."""

from kiosk import features
from kiosk.attendance import service as attendance
from kiosk.desk import where as places
from kiosk.desk.where import Place
from shift_handover.from_open_things import records_of
from shift_handover.record_json import from_json, to_json
from shift_handover.service import draft
from shift_handover.wording import text_of
from visitors import reception
from visitors.models import Answer, How
from visitors.rules import Details


def board(desk):
    with desk.read() as book:
        return places.everyone(desk, book)


def test_who_tapped_in_at_the_other_gate_is_in_and_the_board_says_where(site, house_people):
    attendance.tap(site.east, house_people["1001"], "door")
    attendance.tap(site.south, house_people["3001"], "door")
    site.carry()
    here, there = board(site.south), board(site.east)
    zhang, li_na = house_people["1001"].id, house_people["3001"].id
    assert (here[zhang].place, here[zhang].words) == (Place.IN, "东门")
    assert (here[li_na].place, here[li_na].words) == (Place.IN, "")
    assert (there[zhang].words, there[li_na].words) == ("", "南门")


def test_the_guards_of_both_posts_are_on_duty_there(site, house_people):
    found = board(site.south)
    assert found[house_people["2001"].id].words == "南门"
    assert found[house_people["2002"].id].words == "东门"


def test_a_handover_carries_what_concerns_the_site_and_says_which_desks_it_is(site, house_people):
    for desk, by, name in ((site.south, "2001", "王小明"), (site.east, "2002", "赵敏")):
        details = Details(name=name, form="Mr", matter="抄表")
        visit = reception.walk_in(desk, by, details, "1001")
        reception.answer(desk, by, visit, Answer.YES, How.IN_PERSON)
        reception.admit(desk, by, visit)
        reception.walk_in(desk, by, details, "1001")
    site.carry()
    with site.south.read() as book:
        things = features.outstanding(site.south, book)
        document = draft(book, site.south, house_people["2001"], things)
    inside = sorted(one.at for one in document.things if one.kind == "visit.inside")
    waiting = [one.at for one in document.things if one.kind == "visit.waiting"]
    assert inside == ["", "东门"]
    assert waiting == [""]
    [other] = [one for one in document.things if one.kind == "visit.inside" and one.at]
    assert text_of(other).endswith("(东门)")
    assert from_json(to_json(document)) == document
    assert len(records_of(things)) == len(document.things)
