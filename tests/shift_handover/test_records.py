import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from shift_handover.from_open_things import record_of, records_of
from shift_handover.models import Found, Group
from shift_handover.record_json import NotADocument, from_json, to_json
from shift_handover.record_kinds import EntrustedMatter, HouseFault, PaperOpen
from shift_handover.records import HandoverDocument, OtherOpenThing, SafetyItem, SafetyResult
from shift_handover.records_of_loans import LoanOut
from shift_handover.records_of_visits import PendingVisitorRequest, VisitInside

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TEXT = st.text(max_size=12)
MOMENT = st.timedeltas(timedelta(0), timedelta(days=99)).map(lambda later: NOW + later)
FACTS = {
    "visit.waiting": {"visitor": "王小明", "host": "张科长", "unit": "", "state": "waiting"},
    "visit.inside": {"visitor": "赵敏", "host": "陈主任", "people": 2, "until": NOW},
    "loan.out": {"thing": "12号柜", "holder": "李娜", "out_at": NOW, "due_at": NOW},
    "matter": {"giver_kind": "visitor", "giver": "王小明", "receiver": "张科长", "what": "图纸"},
    "safety.fault": {"place": "楼梯", "what": "灯不亮", "measure": "牌子", "told": ""},
    "slip.unknown": {},
}  # fmt: skip
RECORD = {
    "visit.waiting": PendingVisitorRequest,
    "visit.inside": VisitInside,
    "loan.out": LoanOut,
    "matter": EntrustedMatter,
    "safety.fault": HouseFault,
    "slip.unknown": PaperOpen,
}


@st.composite
def things(draw):
    kind = draw(st.sampled_from(sorted(FACTS)))
    facts = dict(FACTS[kind])
    if draw(st.booleans()) and facts:
        facts[draw(st.sampled_from(sorted(facts)))] = draw(
            st.one_of(TEXT, st.none(), st.integers())
        )
    return OpenThing(
        kind, draw(st.sampled_from("abcdef")), draw(TEXT), draw(st.sampled_from(Urgency)),
        Wording("{n}", {"n": draw(TEXT), "what": draw(st.one_of(TEXT, MOMENT, st.floats()))}),
        draw(MOMENT), draw(st.one_of(st.none(), MOMENT)), draw(TEXT),
        draw(st.one_of(st.none(), st.builds(Wording, TEXT))), facts,
    )  # fmt: skip


def never(group):
    item = SafetyItem(item="lights_off", found=Found.NOT_CHECKED, reason="锁着")
    return SafetyResult(group=group, checked_at=NOW, by="李建国", too_fast=False, items=(item,))


def document(records=(), safety=None):
    return HandoverDocument(
        number="H1", gate="gate-1", outgoing="2001", outgoing_name="李建国", frozen_at=NOW,
        safety=safety or tuple(map(never, Group)), things=records,
    )  # fmt: skip


@given(st.lists(things(), max_size=12))
@settings(max_examples=150, deadline=None)
def test_every_open_thing_is_there_exactly_once_under_its_number(open_things):
    records = records_of(open_things)
    keys = [record.key for record in records]
    assert sorted(keys) == sorted({(thing.kind, thing.ref) for thing in open_things})
    for record in records:
        numbers = {t.number for t in open_things if (t.kind, t.ref) == record.key}
        assert record.number in numbers


@given(st.lists(things(), max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_document_comes_back_from_json_as_it_was(open_things):
    before = document(records_of(open_things))
    text = to_json(before)
    assert from_json(text) == before
    assert to_json(from_json(text)) == text


@pytest.mark.parametrize("kind", sorted(FACTS))
def test_each_kind_has_its_record(kind):
    thing = OpenThing(kind, "r", "7", Urgency.SOON, Wording("x"), NOW, facts=FACTS[kind])
    assert type(record_of(thing)) is RECORD[kind]


def test_a_thing_with_odd_facts_still_appears_in_its_own_words():
    thing = OpenThing("loan.out", "r", "L7", Urgency.NOW, Wording("{n} gone", {"n": 5}), NOW)
    record = record_of(thing)
    assert isinstance(record, OtherOpenThing)
    assert (record.kind, record.number, record.what.facts) == ("loan.out", "L7", (("n", 5),))


def test_the_more_urgent_of_two_that_are_one_counts():
    calm = OpenThing("slip.unknown", "r", "7", Urgency.SOON, Wording("x"), NOW)
    red = OpenThing("slip.unknown", "r", "7", Urgency.NOW, Wording("x"), NOW)
    assert [record.urgency for record in records_of([calm, red])] == [Urgency.NOW]


def test_a_thing_twice_is_no_document():
    record = record_of(OpenThing("x", "r", "7", Urgency.SOON, Wording("x"), NOW))
    with pytest.raises(ValueError, match="twice"):
        document((record, record))


def test_a_group_of_the_check_cannot_be_left_out():
    with pytest.raises(ValueError, match="four groups"):
        document(safety=tuple(map(never, list(Group)[1:])))


def _changed(**change):
    plain = json.loads(
        to_json(document((record_of(OpenThing("x", "r", "7", Urgency.SOON, Wording("x"), NOW)),)))
    )
    plain.update(change)
    return json.dumps(plain)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", "[" * 5000, '{"number": "H1"}', _changed(more=1), _changed(number=1),
        _changed(things={}), _changed(things=[{"record": "Nothing"}]), _changed(safety=[]),
        _changed(frozen_at="2026-11-23"), _changed(frozen_at={"utc": "2026-11-23T10:00:00"}),
        _changed(note=None),
        _changed().replace('"soon"', '"soonish"'), _changed().replace('"fire"', '"water"'),
    ],
)  # fmt: skip
def test_what_was_not_frozen_by_us_is_no_document(text):
    with pytest.raises(NotADocument):
        from_json(text)


def test_moments_are_kept_to_the_microsecond():
    late = NOW + timedelta(microseconds=1)
    record = record_of(OpenThing("x", "r", "7", Urgency.SOON, Wording("x"), late, due=late))
    assert from_json(to_json(document((record,)))).things[0].due == late
