"""Somebody stands in: visitors, calls and parcels of who is away go to him (clause 7)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk import features
from kiosk.attendance import service as taps
from kiosk.attendance.outing import service as outing
from kiosk.attendance.outing.rules import Back, Going
from kiosk.attendance.outing.service import Approval
from kiosk.attendance.stand_ins import rules, service
from kiosk.attendance.stand_ins.outstanding import note, outstanding
from kiosk.desk import journal
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.stand_in import stand_in_of, stood_in_for
from kiosk.messages import service as messages
from kiosk.messages.rules import Said
from kiosk.parcels import service as parcels
from kiosk.parcels.rules import Arrived
from visitors.ladder.rules import places
from visitors.ladder.rungs import Rung

GUARD, WANG, ZHANG, LI_NA, CHEN = "2001", "2002", "1001", "3001", "9001"


@pytest.fixture(autouse=True)
def everybody_in(desk, people, desk_clock):
    for one in people.values():
        taps.tap(desk, one, "door")
    desk_clock.advance(hours=1)


def proof(desk, people, staff_no):
    return Proof(people[staff_no], Means.BADGE, desk.clock())


def ask(desk, absent, stand_in, what=None):
    what = what or service.until_end_of(desk, desk.today())
    return service.ask(desk, GUARD, absent, stand_in, what)


def stand_in(desk, people, absent, who, what=None):
    entry = ask(desk, absent, who, what)
    service.accept(desk, proof(desk, people, who), entry)
    return entry


def goes_to(desk, people, absent):
    with desk.read() as book:
        found = stand_in_of(book, people[absent], desk.clock())
    return found.staff_no if found else None


def go_out(desk, people, who, hours=6):
    back = Back(desk.local(desk.clock()) + timedelta(hours=hours))
    return outing.start(
        desk, GUARD, who, Going("县里", "开会", back), Approval(people[ZHANG], Means.BADGE)
    )


def codes(desk):
    with desk.read() as book:
        return [one.code for one in journal.entries(book.connection, desk.gate)]


def test_clause_7_nobody_stands_in_before_his_own_tap_has_accepted_it(desk, people):
    entry = ask(desk, LI_NA, CHEN)
    assert goes_to(desk, people, LI_NA) is None
    with desk.read() as book:
        assert [one.kind for one in outstanding(desk, book)] == ["standin.unanswered"]
        assert "李娜" in note(desk, book, people[CHEN])
    with pytest.raises(Refused) as refused:
        service.accept(desk, proof(desk, people, WANG), entry)
    assert refused.value.code == "standin.not_yours"
    service.accept(desk, proof(desk, people, CHEN), entry)
    assert goes_to(desk, people, LI_NA) == CHEN
    with desk.read() as book:
        assert outstanding(desk, book) == []


def test_clause_7_a_visitor_for_an_absent_host_goes_to_the_stand_in_first(desk, people):
    stand_in(desk, people, LI_NA, CHEN)
    with desk.read() as book:
        ladder = [(one.rung, one.person.staff_no) for one in places(desk, book, people[LI_NA])]
    assert ladder[:2] == [(Rung.STAND_IN, CHEN), (Rung.HOST, LI_NA)]


def test_clause_7_the_stand_in_collects_the_parcel_and_receives_the_message(desk, people):
    parcels.arrive(desk, GUARD, LI_NA, Arrived("顺丰", "A1"))
    messages.take(desk, GUARD, LI_NA, Said("县办", "回电"))
    with desk.read() as book:
        [parcel] = parcels.lying_for(book, people[LI_NA].id)
        [message] = messages.waiting_for(book, people[LI_NA].id)
    for act in (
        lambda: parcels.hand_out(desk, GUARD, [parcel.id], people[CHEN], Means.BADGE),
        lambda: messages.receive(desk, GUARD, [message.id], people[CHEN], Means.BADGE),
    ):
        with pytest.raises(Refused):
            act()
    stand_in(desk, people, LI_NA, CHEN)
    told = features.notes(desk, people[CHEN])
    assert [line for line in told if line.startswith("For 李娜")] == [
        "For 李娜: 1 message: to the window, please", "For 李娜: 1 parcel: at the window",
    ]  # fmt: skip
    assert parcels.hand_out(desk, GUARD, [parcel.id], people[CHEN], Means.BADGE) == ("P1",)
    assert messages.receive(
        desk, GUARD, [message.id], people[CHEN], Means.BADGE, on_paper=True
    ) == ("N1",)
    with desk.read() as book:
        written = [*journal.entries(book.connection, desk.gate)]
    told = [one.facts for one in written if one.code == "parcel.handed_out"]
    assert '"word":"stand_in"' in told[0]


@pytest.mark.parametrize("who", [LI_NA, CHEN, WANG])
def test_clause_7_nobody_who_is_away_himself_stands_in(desk, people, who):
    if who == CHEN:
        go_out(desk, people, CHEN)
    if who == WANG:
        taps.tap(desk, people[WANG], "door")
    with pytest.raises(Refused) as refused:
        ask(desk, LI_NA, who)
    assert refused.value.code == {
        LI_NA: "standin.himself", CHEN: "standin.is_out", WANG: "standin.not_in",
    }[who]  # fmt: skip


def test_a_chain_leads_to_who_is_there_and_a_circle_is_refused(desk, people):
    stand_in(desk, people, LI_NA, CHEN)
    stand_in(desk, people, CHEN, WANG)
    assert goes_to(desk, people, LI_NA) == WANG
    with desk.read() as book:
        stood = {one.staff_no for one in stood_in_for(book, people[WANG], desk.clock())}
        assert stood == {LI_NA, CHEN}
        assert stood_in_for(book, people[CHEN], desk.clock()) == []
    with pytest.raises(Refused) as refused:
        ask(desk, WANG, LI_NA)
    assert refused.value.code == "standin.circle"


def test_a_stand_in_for_an_outing_ends_with_the_tap_on_return(desk, people, desk_clock):
    go_out(desk, people, LI_NA)
    with desk.read() as book:
        what = service.behind(desk, book, people[LI_NA])
    stand_in(desk, people, LI_NA, CHEN, what)
    desk_clock.advance(hours=2)
    taps.tap(desk, people[LI_NA], "door")
    assert goes_to(desk, people, LI_NA) is None
    assert codes(desk)[-3:] == ["outing.ended", "standin.ended", "staff.signed_in"]


def test_a_stand_in_for_a_time_ends_with_it(desk, people, desk_clock):
    stand_in(desk, people, LI_NA, CHEN)
    assert service.lapse(desk) == 0
    desk_clock.advance(days=1)
    assert goes_to(desk, people, LI_NA) is None
    assert service.lapse(desk) == 1
    assert service.lapse(desk) == 0


def test_either_of_the_two_ends_it_and_nobody_else(desk, people):
    entry = stand_in(desk, people, LI_NA, CHEN)
    with pytest.raises(Refused) as refused:
        service.revoke(desk, proof(desk, people, WANG), entry)
    assert refused.value.code == "standin.not_of_two"
    service.revoke(desk, proof(desk, people, LI_NA), entry)
    assert goes_to(desk, people, LI_NA) is None


def test_who_says_no_stands_in_for_nobody(desk, people):
    entry = ask(desk, LI_NA, CHEN)
    service.decline(desk, proof(desk, people, CHEN), entry)
    assert (goes_to(desk, people, LI_NA), codes(desk)[-1]) == (None, "standin.declined")
    with pytest.raises(Refused) as refused:
        service.accept(desk, proof(desk, people, CHEN), entry)
    assert refused.value.code == "standin.over"


def test_a_stand_in_who_goes_out_himself_is_told_and_so_is_the_gate(desk, people):
    taps.tap(desk, people[LI_NA], "door")
    stand_in(desk, people, LI_NA, CHEN)
    taps.tap(desk, people[CHEN], "door")
    told = features.notes(desk, people[CHEN])
    assert "You stand in for 李娜: tell your head before you go" in told
    with desk.read() as book:
        assert [one.kind for one in outstanding(desk, book)] == ["standin.gone"]


def test_who_leaves_the_house_for_good_stands_in_for_nobody(desk, people):
    stand_in(desk, people, LI_NA, CHEN)
    with desk.write() as tx:
        service.end_for_leaver(tx, people[CHEN])
    assert goes_to(desk, people, LI_NA) is None


def test_two_stand_ins_for_one_time_are_refused(desk):
    ask(desk, LI_NA, CHEN)
    with pytest.raises(Refused) as refused:
        ask(desk, LI_NA, WANG)
    assert refused.value.code == "standin.has_one"


def test_the_staff_list_names_who_is_offered_if_he_is_there(desk, people):
    with desk.write() as tx:
        people[LI_NA].deputy_no = CHEN
        tx.put(people[LI_NA])
        tx.record("person.changed", person=LI_NA)

    def offered():
        with desk.read() as book:
            return rules.default_stand_in(desk, book, people[LI_NA])

    assert offered().staff_no == CHEN
    go_out(desk, people, CHEN)
    assert offered() is None


@pytest.mark.parametrize(
    ("most_min", "hours", "asks"), [(0, 1, True), (120, 1, False), (120, 6, True), (1440, 6, False)]
)
def test_clause_7_a_long_outing_waits_for_the_stand_ins_yes_where_the_house_asks_it(
    desk, people, most_min, hours, asks
):
    desk.rules = replace(desk.rules, outing_alone_min=most_min)
    if asks:
        with pytest.raises(Refused) as refused:
            go_out(desk, people, LI_NA, hours)
        assert (refused.value.code, refused.value.facts) == (
            "outing.no_stand_in", {"name": people[LI_NA].name},
        )  # fmt: skip
        asked = ask(desk, LI_NA, ZHANG)
        with pytest.raises(Refused, match="no_stand_in"):
            go_out(desk, people, LI_NA, hours)
        assert "outing.started" not in codes(desk)
        service.accept(desk, proof(desk, people, ZHANG), asked)
    go_out(desk, people, LI_NA, hours)
    assert "outing.started" in codes(desk)


def test_clause_7_who_is_not_sure_how_long_needs_a_stand_in_too_where_the_house_asks_it(
    desk, people
):
    desk.rules = replace(desk.rules, outing_alone_min=240)
    going = Going("县里", "开会")
    with pytest.raises(Refused, match="no_stand_in"):
        outing.start(desk, GUARD, LI_NA, going, Approval(people[ZHANG], Means.BADGE))
