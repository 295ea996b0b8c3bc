"""Temporary badges: lent to one known person for the day, then they open nothing."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kiosk import all_reports, features
from kiosk.attendance import service as taps
from kiosk.attendance.models import TAPS_BETWEEN
from kiosk.attendance.spares import service
from kiosk.desk.bearer import ClosedCard, StaffCard, UnknownCard, whose
from kiosk.desk.leaving import leave
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import BADGE, BADGES_OF, BlockReason
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.signing import Means, Proof, prove_by_badge

GUARD, ZHANG, LI_NA, OFFICE = "2001", "1001", "3001", "9001"
CARD, OTHER = "04AABBCCDD1101", "04AABBCCDD1102"
ZHANGS = "04A1B2C3D4E501"
pytestmark = pytest.mark.usefixtures("people")


def refused(use_case, *args) -> str:
    with pytest.raises(Refused) as caught:
        use_case(*args)
    return caught.value.code


def proof(desk, people, staff_no=ZHANG) -> Proof:
    return Proof(people[staff_no], Means.NO_BADGE, desk.clock())


def card(desk, uid=CARD):
    with desk.read() as book:
        return whose(book, uid)


def things(desk) -> list:
    with desk.read() as book:
        return [one for one in features.outstanding(desk, book) if one.kind == "badge.lent"]


@pytest.fixture
def spare(desk):
    return service.add(desk, GUARD, CARD, "1")


def test_a_temporary_badge_counts_as_the_badge_of_who_has_it(desk, people, spare):
    assert isinstance(card(desk), UnknownCard)
    lent = service.lend(desk, GUARD, spare.id, proof(desk, people))
    found = card(desk)
    assert isinstance(found, StaffCard)
    assert found.person.id == people[ZHANG].id
    taps.tap(desk, found.person, "door")
    with desk.read() as book:
        (tap,) = book.all(TAPS_BETWEEN, first=desk.today(), last=desk.today())
    assert (tap.person_id, lent.number) == (people[ZHANG].id, "LK1")
    assert prove_by_badge(desk, CARD, "2580").person.id == people[ZHANG].id


def test_it_opens_nothing_once_it_is_back(desk, people, spare):
    service.lend(desk, GUARD, spare.id, proof(desk, people))
    assert service.take_back(desk, GUARD, spare.id) == "张伟"
    assert isinstance(card(desk), UnknownCard)
    assert refused(prove_by_badge, desk, CARD, "2580") == "badge.unknown"
    assert things(desk) == []
    assert refused(service.take_back, desk, GUARD, spare.id) == "spare.not_lent"


def test_it_opens_nothing_once_the_sites_day_is_over_and_is_asked_for(
    desk, people, spare, desk_clock
):
    service.lend(desk, GUARD, spare.id, proof(desk, people))
    (quiet,) = things(desk)
    assert quiet.urgency is Urgency.QUIET
    desk_clock.now += timedelta(hours=19, minutes=39)  # 03:59: the site's day runs until four
    features.lapse(desk)
    assert isinstance(card(desk), StaffCard)
    desk_clock.advance(minutes=1)
    assert service.lapse(desk) == 1
    assert service.lapse(desk) == 0
    assert isinstance(card(desk), UnknownCard)
    (late,) = things(desk)
    assert (late.urgency, late.number) == (Urgency.WAITING, "LK1")
    assert refused(service.lend, desk, GUARD, spare.id, proof(desk, people, LI_NA)) == (
        "spare.lent_already"
    )
    service.take_back(desk, GUARD, spare.id)
    assert things(desk) == []


def test_never_to_two_people_and_nobody_has_two(desk, people, spare):
    second = service.add(desk, GUARD, OTHER, "2")
    service.lend(desk, GUARD, spare.id, proof(desk, people))
    asked = (desk, GUARD, spare.id, proof(desk, people, LI_NA))
    assert refused(service.lend, *asked) == "spare.lent_already"
    again = (desk, GUARD, second.id, proof(desk, people))
    assert refused(service.lend, *again) == "spare.has_one"


def test_a_card_of_the_pool_never_becomes_somebodys_own(desk, people, spare):
    assert refused(taps.enrol, desk, GUARD, CARD, LI_NA) == "badge.hangs"
    service.lend(desk, GUARD, spare.id, proof(desk, people))
    assert refused(taps.enrol, desk, GUARD, CARD, LI_NA) == "badge.taken"
    assert refused(service.add, desk, GUARD, CARD, "9") == "badge.taken"


@pytest.mark.parametrize(
    ("uid", "label", "code"),
    [
        (ZHANGS, "2", "badge.taken"),
        (CARD, "1", "spare.label_taken"),
        (CARD, "2", "badge.hangs"),
        (OTHER, "", "spare.label"),
        (OTHER, "一号", "spare.label"),
        ("08AABBCC", "2", "badge.random_number"),
    ],
)
@pytest.mark.usefixtures("spare")
def test_what_is_something_already_does_not_join_the_pool(desk, uid, label, code):
    assert refused(service.add, desk, GUARD, uid, label) == code


def test_a_lost_temporary_badge_is_blocked_at_once_and_stays_so(desk, people, spare, desk_clock):
    service.lend(desk, GUARD, spare.id, proof(desk, people))
    taps.block_badge(desk, GUARD, CARD, BlockReason.LOST)
    assert isinstance(card(desk), ClosedCard)
    desk_clock.advance(days=1)
    service.lapse(desk)
    assert isinstance(card(desk), ClosedCard)
    service.take_back(desk, GUARD, spare.id)
    assert isinstance(card(desk), UnknownCard)


def test_his_own_badge_that_was_found_works_beside_it(desk, people, spare):
    taps.block_badge(desk, GUARD, ZHANGS, BlockReason.LOST)
    service.lend(desk, GUARD, spare.id, proof(desk, people))
    assert isinstance(card(desk, ZHANGS), ClosedCard)
    taps.unblock_badge(desk, people[OFFICE], ZHANGS, "found")
    assert card(desk, ZHANGS).person.id == card(desk).person.id == people[ZHANG].id


def test_clause_76_who_leaves_brings_the_temporary_badge_back_first(desk, people, spare):
    service.lend(desk, GUARD, spare.id, proof(desk, people))
    office = Proof(people[OFFICE], Means.BADGE, desk.clock())
    asked = (desk, office, ZHANG, features.holdings, features.end_for_leaver)
    assert refused(leave, *asked) == "person.still_holds"
    assert isinstance(card(desk, ZHANGS), StaffCard)
    service.take_back(desk, GUARD, spare.id)
    assert leave(*asked) == 1
    assert isinstance(card(desk, ZHANGS), ClosedCard)


def test_a_replacement_card_signs_for_the_same_person_and_the_lost_one_does_not(desk, people):
    taps.block_badge(desk, GUARD, ZHANGS, BlockReason.LOST)
    taps.enrol(desk, GUARD, OTHER, ZHANG)
    assert card(desk, OTHER).person.id == people[ZHANG].id
    assert isinstance(card(desk, ZHANGS), ClosedCard)
    with desk.read() as book:
        assert len(book.all(BADGES_OF, person=people[ZHANG].id)) == 2


@pytest.mark.parametrize("device", ["door", "desk", ""])
def test_a_cards_number_names_one_person_at_every_reader(desk, people, device):
    assert refused(taps.enrol, desk, GUARD, ZHANGS, LI_NA) == "badge.taken"
    result = taps.tap(desk, card(desk, ZHANGS).person, device)
    assert result.person.id == people[ZHANG].id


def test_the_register_says_who_had_it_and_when_it_was_back(desk, people, spare, desk_clock):
    service.lend(desk, GUARD, spare.id, proof(desk, people))
    desk_clock.advance(hours=9)
    service.take_back(desk, "2002", spare.id)
    with desk.read() as book:
        table = all_reports.reports()["temporary-badges"](
            desk, book, Period(desk.today(), desk.today())
        )
    assert table.rows == (
        ("LK1", "1", ZHANG, "张伟", "2026-11-23 08:20", GUARD, "2026-11-23 17:20", "2002"),
    )


@given(
    st.lists(st.tuples(st.sampled_from("lbd"), st.integers(0, 1), st.integers(0, 1)), max_size=14)
)
@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_in_any_order_a_card_is_one_persons_and_only_on_its_day(desk, people, desk_clock, steps):
    pool = _pool(desk)
    for what, which, who in steps:
        try:
            if what == "l":
                service.lend(desk, GUARD, pool[which].id, proof(desk, people, (ZHANG, LI_NA)[who]))
            elif what == "b":
                service.take_back(desk, GUARD, pool[which].id)
            else:
                desk_clock.advance(days=1)
                service.lapse(desk)
        except Refused:
            continue
        today = desk.work_day(desk.clock())
        with desk.read() as book:
            open_ = book.all(service.LENT)
            works = {spare.uid for lending, spare, _p in open_ if lending.day == today}
            assert len({person.id for _l, _s, person in open_}) == len(open_)
            for one in pool:
                assert (book.one(BADGE, uid=one.uid) is not None) == (one.uid in works)


def _pool(desk) -> list:
    with desk.read() as book:
        known = [book.one(service.SPARE_BY_LABEL, label=label) for label in ("8", "9")]
    if all(known):
        return known
    return [service.add(desk, GUARD, uid, label) for uid, label in ((CARD, "8"), (OTHER, "9"))]
