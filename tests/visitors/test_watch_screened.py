"""Who is looked up on the watch list, and when: made up for, by card, corrected, after leaving."""

import sqlite3
import time

import pytest
from gate_desk import (
    _NO_NAMES,
    GUARD,
    ID,
    OFFICE,
    OTHER_ID,
    admitted,
    correct,
    kinds,
    open_of,
    proof_of,
    refused,
    told,
    visit_of,
    watch,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.desk.id_card import IdCard
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from visitors import (
    cards,
    departures,
    feature,
    id_cards,
    watch_gate,
    watch_list,
    watch_screening,
)
from visitors.acts import Act
from visitors.appointments_change import name_companions
from visitors.id_cards import Likeness
from visitors.models import LeftHow
from visitors.screens_actions import offered
from visitors.watch_gate import Asks
from visitors.watch_keys import Traits
from visitors.watch_list import Listing
from visitors.watch_models import Level

pytestmark = pytest.mark.usefixtures("people")


def test_a_list_that_cannot_be_read_stops_nobody_and_is_made_up_for(desk, desk_clock, listed):
    listed(Level.REFUSE)
    with sqlite3.connect(desk.settings.desk.database) as raw:
        raw.execute("ALTER TABLE watch_key RENAME TO watch_key_torn")
    visit = visit_of(desk, "章薇")
    shown = watch(desk, visit)
    assert (shown.unscreened, shown.first) == (True, None)
    assert admitted(desk, visit)
    assert ("visit.unscreened", visit) in kinds(desk)
    assert feature.lapse(desk) == 0
    with sqlite3.connect(desk.settings.desk.database) as raw:
        raw.execute("ALTER TABLE watch_key_torn RENAME TO watch_key")
    desk_clock.advance(hours=1)
    assert feature.lapse(desk) == 1
    assert not watch(desk, visit).unscreened
    assert ("visit.unscreened", visit) not in kinds(desk)
    assert ("visit.watched", visit) in kinds(desk)
    assert [code for code, _, _ in told(desk, "watch.not_screened", "watch.screened_late")] == [
        "watch.not_screened", "watch.screened_late",
    ]  # fmt: skip


def test_the_keys_are_rebuilt_from_the_entries(desk, listed):
    listed(Level.REFUSE, other_names="章微;Zhang V.", phone="13900139000", plate="京A12345")
    with desk.read() as book:
        before = set(book.connection.execute("SELECT entry_id, way, key FROM watch_key"))
    with desk.write() as tx:
        feature.reindex(tx)
        tx.record("test.reindexed")
    with desk.read() as book:
        assert set(book.connection.execute("SELECT entry_id, way, key FROM watch_key")) == before


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=40))
def test_whatever_can_be_listed_is_found_by_the_very_same_name(desk, people, name):
    try:
        number = watch_list.add(
            desk, GUARD, Listing(level=Level.ESCORT, name=name, reason="-"),
            proof_of(people, OFFICE, desk),
        )  # fmt: skip
    except Refused as refused:
        assert refused.code in _NO_NAMES  # noqa: PT017 - one of three
        return
    with desk.read() as book:
        found = watch_screening.find(book, Traits(names=(name,)), desk.clock())
    assert number in {one.entry.number for one in found}


def test_ten_thousand_entries_are_searched_in_a_blink(desk, people):
    proof = proof_of(people, OFFICE, desk)
    surnames, given = "赵钱孙李周吴郑王冯陈", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
    with desk.write(by=GUARD) as tx:
        for n in range(10_000):
            name = surnames[n % 10] + given[n // 10 % 20] + given[n // 200 % 20]
            said = Listing(
                level=Level.ESCORT, name=name, reason="-", phone=f"139{n:08}", unit=f"单位{n}"
            )
            watch_list.put(tx, desk, said, proof)
    who = Traits(names=("周伟芳",), phone="13900000999", unit="单位5", plates=("京A12345",))
    with desk.read() as book:
        began = time.perf_counter()
        found = watch_screening.find(book, who, desk.clock())
        took = time.perf_counter() - began
    print(f"10 000 entries: {took * 1000:.1f} ms, {len(found)} found")  # noqa: T201 - pytest -s shows it
    assert found
    assert took < 0.2


def test_a_visit_renamed_to_a_listed_person_is_not_cleared_by_the_number_before(desk, listed):
    listed(Level.REFUSE, id_number=ID)
    visit = visit_of(desk, "吴用", id_number=OTHER_ID)
    correct(desk, visit, name="章薇")
    assert watch(desk, visit).first.asks is Asks.REFUSE


@pytest.mark.parametrize("said", [{}, {"id_number": OTHER_ID}])
def test_the_card_of_a_listed_person_on_another_s_visit_holds_it(desk, listed, said):
    listed(Level.REFUSE, id_number=ID)
    visit = visit_of(desk, "吴用", **said)
    id_cards.compare(desk, GUARD, visit, IdCard("章薇", "Ms", ID))
    assert watch(desk, visit).first.asks is Asks.REFUSE
    assert refused(desk, visit) == "visit.watched"
    correct(desk, visit, name="吴勇")
    assert watch(desk, visit).first.asks is Asks.REFUSE
    [(_, _, facts)] = told(desk, "watch.matched")
    assert (facts["sure"], facts["ways"]) == ("sure", "card,id,name,shape,sound")


def test_a_card_that_is_only_alike_takes_nothing_from_what_the_name_says(desk, listed):
    listed(Level.REFUSE)
    visit = visit_of(desk, "章薇")
    id_cards.compare(desk, GUARD, visit, IdCard("张伟", "Mr", OTHER_ID))
    assert watch(desk, visit).first.asks is Asks.REFUSE
    assert told(desk, "watch.unmatched") == []


def test_a_card_on_a_list_that_cannot_be_read_is_compared_all_the_same(desk):
    with sqlite3.connect(desk.settings.desk.database) as raw:
        raw.execute("ALTER TABLE watch_key RENAME TO watch_key_torn")
    visit = visit_of(desk, "吴用")
    found = id_cards.compare(desk, GUARD, visit, IdCard("吴用", "Mr", ID))
    assert found is Likeness.TAKEN
    assert watch(desk, visit).unscreened


def test_a_listed_companion_holds_the_party_whatever_number_its_leader_has(desk, listed):
    listed(Level.REFUSE, id_number=ID)
    said = {"people": 3, "companions": "赵六 章薇", "id_number": OTHER_ID}
    assert refused(desk, visit_of(desk, "吴用", **said)) == "visit.watched"


def test_a_listed_companion_named_at_the_gate_holds_the_party(desk, listed):
    listed(Level.REFUSE)
    visit = visit_of(desk, "吴用", people=3)
    assert watch(desk, visit).first is None
    name_companions(desk, GUARD, visit, "赵六、章薇")
    assert refused(desk, visit) == "visit.watched"


@pytest.mark.parametrize("companion", [False, True])
def test_an_entry_written_anew_inside_is_looked_up_and_is_a_red_open_thing(desk, listed, companion):
    listed(Level.REFUSE)
    visit = visit_of(desk, "吴用", people=2)
    assert admitted(desk, visit)
    if companion:
        name_companions(desk, GUARD, visit, "章薇")
    else:
        correct(desk, visit, name="章薇")
    assert ("visit.watched", Urgency.NOW) in open_of(desk, visit)


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("how", [LeftHow.GUARD_SAW, LeftHow.ASSUMED])
def test_a_match_found_after_the_visitor_left_stays_open_until_it_is_told(
    desk, desk_clock, listed, level, how
):
    listed(level)
    visit = visit_of(desk, "吴用")
    assert admitted(desk, visit)
    departures.leave(desk, GUARD, visit, how=how, signed=True)
    desk_clock.advance(minutes=5)
    correct(desk, visit, name="章薇")
    urgency = Urgency.NOW if level in {Level.REFUSE, Level.CALL} else Urgency.WAITING
    assert ("visit.watched", urgency) in open_of(desk, visit)
    assert offered(cards.visit_card(desk, visit))[0].act is Act.TOLD
    watch_gate.told(desk, GUARD, visit)
    assert "visit.watched" not in {kind for kind, _ in open_of(desk, visit)}
    assert Act.TOLD not in {one.act for one in offered(cards.visit_card(desk, visit))}


def test_a_visitor_who_left_before_the_list_could_be_read_is_told_of(desk, desk_clock, listed):
    listed(Level.REFUSE)
    with sqlite3.connect(desk.settings.desk.database) as raw:
        raw.execute("ALTER TABLE watch_key RENAME TO watch_key_torn")
    visit = visit_of(desk, "章薇")
    assert admitted(desk, visit)
    departures.leave(desk, GUARD, visit, how=LeftHow.GUARD_SAW, signed=True)
    with sqlite3.connect(desk.settings.desk.database) as raw:
        raw.execute("ALTER TABLE watch_key_torn RENAME TO watch_key")
    desk_clock.advance(hours=1)
    assert feature.lapse(desk) == 1
    assert open_of(desk, visit) == [("visit.watched", Urgency.NOW)]


def test_what_was_open_when_the_visitor_left_ends_with_the_visit(desk, desk_clock, listed):
    listed(Level.TELL)
    visit = visit_of(desk, "章薇")
    assert admitted(desk, visit)
    desk_clock.advance(minutes=5)
    departures.leave(desk, GUARD, visit, how=LeftHow.GUARD_SAW, signed=True)
    assert open_of(desk, visit) == []


@pytest.mark.parametrize(
    ("number", "born"),
    [(ID, "1949"), ("CAN123488010112", ""), ("USA110199010113", ""), ("USA110019900113", "")],
)
def test_only_a_number_of_eighteen_digits_tells_the_year_of_birth(desk, listed, number, born):
    listed(Level.REFUSE, id_number=number)
    assert [one.born for one in watch_list.entries(desk)] == [born]
    assert refused(desk, visit_of(desk, "吴用", id_number=number)) == "visit.watched"


def test_the_plate_in_its_own_field_is_looked_up(desk, listed):
    listed(Level.CALL, name="", plate="苏E12345")
    assert watch(desk, visit_of(desk, "李四", plate="苏e·i2345")).first.asks is Asks.CALL


def test_who_left_with_the_escort_that_was_asked_for_leaves_nothing_to_tell(
    desk, desk_clock, listed
):
    listed(Level.ESCORT)
    visit = visit_of(desk, "章薇")
    assert admitted(desk, visit)
    desk_clock.advance(minutes=5)
    departures.leave(desk, GUARD, visit, signed=True)
    assert "visit.watched" not in {kind for kind, _ in open_of(desk, visit)}
