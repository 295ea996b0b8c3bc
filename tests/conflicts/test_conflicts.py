"""Conflicts between two real books: seen at both, decided with a signature, equal afterwards."""

import pytest
from sqlmodel import select

from kiosk.attendance.spares.models import SpareBadge, SpareLending
from kiosk.conflicts import purging, rules
from kiosk.conflicts.models import ConflictDecision
from kiosk.conflicts.outstanding import CONFLICT, outstanding
from kiosk.conflicts.reading import fork_of, shown
from kiosk.conflicts.reports import conflicts
from kiosk.conflicts.service import BOTH, Asked, decide
from kiosk.desk.loans import Loan, Thing, ThingKind
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import Badge, BadgeState, BlockReason
from kiosk.desk.refusal import Refused
from kiosk.desk.report import SINCE_EVER, Period
from kiosk.desk.signing import Means
from kiosk.desk.site_days import DayKind, SiteDay
from shift_handover.from_open_things import record_of
from shift_handover.records_between_desks import DesksDiffer

UID = "04A1B2C3D4E501"


def change(desk, row, by="2001", code="badge.changed", **values):
    """One desk's own change of a row, with its entry."""
    kind = type(row)
    with desk.write(by=by) as tx:
        mine = next(one for one in tx.all(select(kind)) if one.id == row.id)
        for name, value in values.items():
            setattr(mine, name, value)
        tx.put(mine)
        tx.record(code)


def open_at(desk):
    with desk.read() as book:
        return outstanding(desk, book)


@pytest.fixture
def forked(two):
    """The gate blocks a badge; the reception, cut off, changes the same badge three minutes on."""
    badge = two.badge(two.gate, UID)
    change(
        two.gate, badge, code="badge.blocked", state=BadgeState.BLOCKED,
        blocked_for=BlockReason.LOST, blocked_at=two.clock(),
    )  # fmt: skip
    two.clock.advance(minutes=3)
    change(two.reception, badge, by="3001", code="badge.unblocked", proves=True)
    two.join()
    return badge


@pytest.mark.usefixtures("forked")
def test_both_desks_list_the_same_conflict_once(two):
    (here,), (there,) = open_at(two.gate), open_at(two.reception)
    assert here.kind == CONFLICT
    assert (here.number, here.ref) == (there.number, there.ref)
    assert "张伟" in here.what.text()
    assert "南门 08:20" in here.what.text()
    assert "前台 08:23" in there.what.text()


@pytest.mark.usefixtures("forked")
def test_a_handover_takes_it_over_as_a_conflict_with_both_desks_and_hours(two):
    (thing,) = open_at(two.gate)
    record = record_of(thing)
    assert isinstance(record, DesksDiffer)
    assert (record.table, record.name) == ("badge", "张伟")
    assert record.first == "南门 08:20 blocked it"
    assert record.second == "gate-b 08:23 unblocked it"


def test_the_sides_say_what_differs_who_wrote_it_and_how_it_was_before(two, forked):
    with two.gate.read() as book:
        one = shown(two.gate, book, fork_of(book, "badge", forked.id))
    assert [(side.by, side.gone) for side in one.sides] == [("李建国", False), ("李娜", False)]
    said = {line.column: (line.before, *line.said) for line in one.lines}
    assert said["state"] == ("active", "blocked", "active")
    assert said["blocked_for"] == ("-", "lost", "-")
    assert said["proves"] == ("no", "no", "yes")
    assert "stamp" not in said


def test_a_signed_decision_closes_it_at_both_and_is_kept_with_its_reason(two, forked):
    number = two.decide(two.reception, "badge", forked.id, kept=0)
    two.join()
    assert open_at(two.gate) == open_at(two.reception) == []
    assert two.badge(two.gate, UID).state is BadgeState.BLOCKED
    two.check_same("badge")
    with two.gate.read() as book:
        (decision,) = book.all(select(ConflictDecision))
        assert decision.number == number
        assert book.unseal(decision.reason) == "电话核实"
        table = conflicts(two.gate, book, Period(SINCE_EVER, two.gate.today()))
    assert table.rows[0][0] == number
    assert table.rows[0][-1] == "电话核实"


def test_a_guard_does_not_decide_about_a_badge_and_a_reason_is_needed(two, forked):
    with pytest.raises(Refused) as refused:
        two.decide(two.gate, "badge", forked.id, kept=1, who="2001")
    assert refused.value.code == "conflict.not_yours"
    with two.gate.read() as book:
        seen = shown(two.gate, book, fork_of(book, "badge", forked.id)).seen
    with pytest.raises(Refused) as refused:
        decide(two.gate, "2001", Asked("badge", forked.id, seen, 0), "  ", two.proof("9001"))
    assert refused.value.code == "conflict.reason_missing"


def test_what_changed_since_it_was_looked_at_is_not_decided(two, forked):
    with two.gate.read() as book:
        seen = shown(two.gate, book, fork_of(book, "badge", forked.id)).seen
    change(two.reception, forked, by="3001", proves=False)
    two.join()
    asked = Asked("badge", forked.id, seen, 1)
    with pytest.raises(Refused) as refused:
        decide(two.gate, "2001", asked, "错", two.proof("9001"))
    assert refused.value.code == "conflict.changed"


def test_decided_differently_while_cut_it_comes_back_and_says_who_decided_before(two, forked):
    two.decide(two.gate, "badge", forked.id, kept=0, who="9001")
    two.decide(two.reception, "badge", forked.id, kept=1, who="1001")
    two.join()
    (again,) = open_at(two.gate)
    assert "decided differently" in again.what.text()
    with two.gate.read() as book:
        one = shown(two.gate, book, fork_of(book, "badge", forked.id))
    assert {before.by for before in one.earlier} == {"陈静", "张伟"}
    two.decide(two.gate, "badge", forked.id, kept=1)
    two.join()
    assert open_at(two.gate) == open_at(two.reception) == []
    two.check_same("badge")
    with pytest.raises(Refused) as refused:
        decide(
            two.gate, "2001", Asked("badge", forked.id, one.seen, 0), "x", two.proof("9001")
        )  # fmt: skip
    assert refused.value.code == "conflict.gone"


def test_a_deleted_version_may_stand_or_not(two):
    for kept in (0, 1):
        with two.gate.write(by="9001") as tx:
            thing = tx.put(Thing(label=f"K{kept}", kind=ThingKind.OFFICE_KEY))
            tx.record("thing.added")
        two.join()
        with two.gate.write(by="9001") as tx:
            tx.drop(next(one for one in tx.all(select(Thing)) if one.id == thing.id))
            tx.record("thing.gone")
        two.clock.advance(minutes=1)
        change(two.reception, thing, code="thing.changed", place="柜 2")
        two.join()
        two.decide(two.reception, "thing", thing.id, kept)
        two.join()
        two.check_same("thing")
        assert open_at(two.gate) == []
        with two.gate.read() as book:
            there = [one.id for one in book.all(select(Thing))]
        assert (thing.id in there) == (kept == 1)


def lent(desk, thing, holder):
    with desk.write(by="2001") as tx:
        loan = tx.put(
            Loan(number=f"L-{desk.gate}", thing_id=thing.id, holder_id=holder.id, out_at=tx.now)
        )
        tx.record("loan.out", thing=thing.label)
    return loan


@pytest.mark.parametrize("kept", [0, 1])
def test_one_key_lent_at_both_desks_ends_in_one_hand(two, kept):
    with two.gate.write(by="9001") as tx:
        thing = tx.put(Thing(label="301", kind=ThingKind.OFFICE_KEY))
        tx.record("thing.added")
    two.join()
    lent(two.gate, thing, two.people["1001"])
    two.clock.advance(minutes=1)
    lent(two.reception, thing, two.people["3001"])
    two.join()
    (open_one,) = open_at(two.reception)
    assert "given at two desks" in open_one.what.text()
    row_id = open_one.ref.partition("/")[2]
    two.decide(two.reception, "loan", row_id, kept)
    two.join()
    assert open_at(two.gate) == open_at(two.reception) == []
    two.check_same("loan")
    with two.gate.read() as book:
        out = [one for one in book.all(select(Loan)) if one.returned_at is None]
        assert len(book.all(select(Loan))) == 2
    assert [one.holder_id for one in out] == [two.people[("1001", "3001")[kept]].id]


def test_two_people_with_one_badge_are_decided_and_the_other_badge_goes(two):
    for desk, person in ((two.gate, "1001"), (two.reception, "3001")):
        with desk.write(by="9001") as tx:
            badge = Badge(uid="04FFFFFFFFFF01", person_id=two.people[person].id, enrolled_at=tx.now,
                          state=BadgeState.ACTIVE)  # fmt: skip
            tx.put(badge)
            tx.record("badge.enrolled")
        two.clock.advance(minutes=1)
    two.join()
    (open_one,) = open_at(two.gate)
    two.decide(two.gate, "badge", open_one.ref.partition("/")[2], kept=1)
    two.join()
    two.check_same("badge")
    assert two.badge(two.reception, "04FFFFFFFFFF01").person_id == two.people["3001"].id


def test_two_things_of_one_name_both_stay_and_one_is_renamed(two):
    for desk in (two.gate, two.reception):
        with desk.write(by="9001") as tx:
            tx.put(Thing(label="礼堂", kind=ThingKind.OFFICE_KEY, place=desk.gate))
            tx.record("thing.added")
        two.clock.advance(minutes=1)
    two.join()
    (open_one,) = open_at(two.gate)
    two.decide(two.gate, "thing", open_one.ref.partition("/")[2], kept=0)
    two.join()
    two.check_same("thing")
    with two.reception.read() as book:
        assert sorted(one.label for one in book.all(select(Thing))) == ["礼堂", "礼堂-2"]


def test_why_it_was_decided_is_deleted_after_the_days_of_the_rule(two, forked):
    two.decide(two.gate, "badge", forked.id, kept=0)
    two.clock.advance(days=two.gate.rules.conflict_words_days, minutes=1)
    assert purging.WORDS.purge(two.gate).counts == {"conflicts": 1}
    with two.gate.read() as book:
        (decision,) = book.all(select(ConflictDecision))
        assert book.read_sealed(decision.reason) == "-"


def test_the_guard_decides_about_a_visit_and_not_about_keys_badges_and_leave(two):
    guard, clerk, head = (two.people[one] for one in ("2001", "9001", "1001"))
    assert rules.may_decide("visit", guard)
    assert not any(rules.may_decide(table, guard) for table in ("badge", "loan", "leave", "tap"))
    assert all(rules.may_decide(table, clerk) for table in ("visit", "badge", "leave"))
    assert rules.may_decide("leave", head)


def test_each_changed_something_else_and_both_changes_stand(two):
    with two.gate.write(by="9001") as tx:
        thing = tx.put(Thing(label="302", kind=ThingKind.OFFICE_KEY))
        tx.record("thing.added")
    two.join()
    change(two.gate, thing, place="柜 1")
    change(two.reception, thing, doors="302 档案室")
    two.join()
    with two.gate.read() as book:
        assert shown(two.gate, book, fork_of(book, "thing", thing.id)).together
    two.decide(two.gate, "thing", thing.id, kept=BOTH)
    two.join()
    two.check_same("thing")
    with two.reception.read() as book:
        mine = next(one for one in book.all(select(Thing)) if one.id == thing.id)
    assert (mine.place, mine.doors) == ("柜 1", "302 档案室")
    assert open_at(two.reception) == []


def test_both_are_not_right_when_they_changed_one_column_differently(two):
    with two.gate.write(by="9001") as tx:
        thing = tx.put(Thing(label="303", kind=ThingKind.OFFICE_KEY))
        tx.record("thing.added")
    two.join()
    change(two.gate, thing, place="柜 1")
    change(two.reception, thing, place="柜 2")
    two.join()
    with pytest.raises(Refused) as refused:
        two.decide(two.gate, "thing", thing.id, kept=BOTH)
    assert refused.value.code == "conflict.not_both"


def made_at_both(two, made):
    """Each desk writes its own row, a minute apart; return the conflict that comes of it."""
    for desk, row in ((two.gate, made[0]), (two.reception, made[1])):
        with desk.write(by="9001") as tx:
            tx.put(row(tx))
            tx.record("made")
        two.clock.advance(minutes=1)
    two.join()
    (found,) = open_at(two.gate)
    return found


def test_a_tag_that_two_things_have_stays_with_one_and_both_things_stay(two):
    found = made_at_both(
        two,
        [
            lambda _tx, n=n: Thing(label=f"K{n}", kind=ThingKind.OFFICE_KEY, tag="04AA")
            for n in (1, 2)
        ],
    )
    two.decide(two.reception, "thing", found.ref.partition("/")[2], kept=1)
    two.join()
    two.check_same("thing")
    with two.gate.read() as book:
        tags = {one.label: one.tag for one in book.all(select(Thing))}
    assert tags == {"K1": None, "K2": "04AA"}


def test_a_temporary_badge_lent_at_both_desks_ends_in_one_hand(two):
    with two.gate.write(by="9001") as tx:
        spare = tx.put(SpareBadge(label="7", uid="04BB"))
        tx.record("badge.spare_added")
    two.join()
    found = made_at_both(
        two,
        [
            lambda tx, who=who: SpareLending(
                number=f"LK{who}", spare_id=spare.id, person_id=two.people[who].id,
                day=two.gate.today(), lent_at=tx.now, lent_by="2001", means=Means.NO_BADGE,
            )
            for who in ("1001", "3001")
        ],
    )  # fmt: skip
    two.decide(two.gate, "spare_lending", found.ref.partition("/")[2], kept=0)
    two.join()
    two.check_same("spare_lending")
    with two.reception.read() as book:
        out = [one for one in book.all(select(SpareLending)) if one.returned_at is None]
    assert [one.number for one in out] == ["LK1001"]


def test_a_day_of_the_site_that_both_wrote_down_is_one_day(two):
    found = made_at_both(
        two,
        [
            lambda _tx, kind=kind: SiteDay(day=two.gate.today(), section="", kind=kind, name="x")
            for kind in (DayKind.HOLIDAY, DayKind.WORKDAY)
        ],
    )
    assert found.urgency is Urgency.QUIET
    two.decide(two.gate, "site_day", found.ref.partition("/")[2], kept=1)
    two.join()
    two.check_same("site_day")
    with two.reception.read() as book:
        assert [one.kind for one in book.all(select(SiteDay))] == [DayKind.WORKDAY]
