"""Where a site has several desks, nothing open is shown twice or nowhere, and says whose it is."""

from dataclasses import replace
from itertools import pairwise

from kiosk import features
from kiosk.desk import at_desks as counts
from kiosk.desk.loans import ThingKind
from kiosk.desk.open_kinds import known_kinds
from kiosk.desk.open_scope import SCOPES
from kiosk.desk.row import journalled
from kiosk.keys import enrolling
from kiosk.keys import service as keys
from shift_handover.matters import Entrusting, entrust
from shift_handover.models import OPEN_MATTERS, GiverKind
from visitors import reception
from visitors.models import Answer, How
from visitors.rules import Details

HOST = "1001"


def opened(desk):
    with desk.read() as book:
        return features.outstanding(desk, book)


def kinds(desk, *wanted):
    return sorted((one.kind, one.gate) for one in opened(desk) if one.kind in wanted)


def arrive(desk, by, name, *, admit=True):
    visit = reception.walk_in(desk, by, Details(name=name, form="Mr", matter="抄表"), HOST)
    if admit:
        reception.answer(desk, by, visit, Answer.YES, How.IN_PERSON)
        reception.admit(desk, by, visit)
    return visit


def work_at(desk, by, people, n):
    """Leave one of many kinds open at a desk."""
    arrive(desk, by, f"王小明{n}")
    arrive(desk, by, f"赵敏{n}", admit=False)
    thing = enrolling.add_thing(desk, by, f"04DD{n:010X}", f"会议室{n}", ThingKind.DESK_KEY, "A")
    keys.lend(desk, thing.id, people[HOST], by)


def test_every_kind_of_open_thing_has_its_scope_and_every_scope_a_kind():
    assert known_kinds() == set(SCOPES)


def test_every_scope_names_a_table_and_a_column_that_there_is():
    tables = journalled()
    for kind, scope in SCOPES.items():
        if scope.table:
            assert scope.column in tables[scope.table].__table__.columns, kind


def test_what_is_a_posts_own_stands_there_alone_and_what_concerns_the_site_everywhere_once(
    site, house_people
):
    work_at(site.south, "2001", house_people, 1)
    work_at(site.east, "2002", house_people, 2)
    site.carry()
    south, east = opened(site.south), opened(site.east)
    for things in (south, east):
        names = sorted((one.kind, one.ref) for one in things)
        assert all(before != after for before, after in pairwise(names))
    assert kinds(site.south, "visit.inside") == kinds(site.east, "visit.inside")
    assert kinds(site.south, "visit.inside") == [
        ("visit.inside", "gate-1"), ("visit.inside", "gate-2"),
    ]  # fmt: skip
    assert kinds(site.south, "visit.waiting") == [("visit.waiting", "gate-1")]
    assert kinds(site.east, "visit.waiting") == [("visit.waiting", "gate-2")]
    assert kinds(site.east, "loan.out") == kinds(site.south, "loan.out")
    assert {gate for _kind, gate in kinds(site.east, "loan.out")} == {"gate-1", "gate-2"}


def test_nothing_that_one_desk_alone_would_show_stands_nowhere(site, house_people):
    """Every thing of the union is on the lists of at least one desk: its own where it is own."""
    work_at(site.south, "2001", house_people, 1)
    work_at(site.east, "2002", house_people, 2)
    site.carry()
    alone = replace(site.south.settings, hub=replace(site.south.settings.hub, address=""))
    together, site.south.settings = site.south.settings, alone
    everything = {(one.kind, one.ref) for one in opened(site.south) if "stock" not in one.kind}
    site.south.settings = together
    shown = {(one.kind, one.ref) for desk in (site.south, site.east) for one in opened(desk)}
    assert everything
    assert everything <= shown


def test_a_desk_that_stands_alone_marks_nothing(desk, people):
    arrive(desk, "2001", "王小明")
    assert {one.gate for one in opened(desk)} == {""}
    assert people


def test_visitors_and_keys_are_counted_by_desk(site, house_people):
    work_at(site.south, "2001", house_people, 1)
    work_at(site.east, "2002", house_people, 2)
    arrive(site.east, "2002", "孙丽")
    site.carry()
    with site.south.read() as book:
        found = {(one.gate, one.what): one.n for one in features.at_desks(site.south, book)}
    assert found[("gate-2", counts.What.INSIDE)] == 2
    assert found[("gate-1", counts.What.INSIDE)] == 1
    assert found[("gate-2", counts.What.WAITING)] == 1
    assert found[("gate-2", counts.What.OUT)] == 1


def test_what_was_entrusted_to_a_post_stays_there_though_another_desk_touched_its_row(site):
    entrust(site.south, "2001", Entrusting(GiverKind.INSIDER, "张伟", "李娜", "一串钥匙"))
    site.carry()
    with site.east.write() as tx:
        [matter] = tx.all(OPEN_MATTERS)
        matter.left_here = tx.seal(matter.subject, "")
        tx.put(matter)
        tx.record("matter.entrusted", number=matter.number)
    site.carry()
    for desk, expected in ((site.south, 1), (site.east, 0)):
        with desk.read() as book:
            kinds = [one.kind for one in features.outstanding(desk, book)]
        assert kinds.count("matter") == expected
