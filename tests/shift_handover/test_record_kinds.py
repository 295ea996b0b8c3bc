"""Every class of record: through JSON and back, read from a newer version, and named for people."""

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.open_kinds import AREAS, area_of, kind_word, known_kinds
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.slip_lines import Item
from kiosk.every_screen import FEATURE_SCREENS
from shift_handover.from_open_things import record_of
from shift_handover.models import Group
from shift_handover.record_json import NotADocument, from_json, to_json
from shift_handover.record_kinds import KIND_OF, RECORDS
from shift_handover.records import (
    HandoverDocument,
    OtherOpenThing,
    RecordOfNewer,
    SafetyResult,
    Saying,
)
from shift_handover.slips import Signed, handover_slip
from shift_handover.wording import detail_of, group_titles, grouped, text_of

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TEXT = st.text(max_size=12)
MOMENT = st.timedeltas(timedelta(0), timedelta(days=99)).map(lambda later: NOW + later)
COUNT = st.integers(-(2**53), 2**53)
SAYING = st.builds(
    Saying, TEXT, st.lists(st.tuples(TEXT, st.one_of(TEXT, COUNT, MOMENT)), max_size=3).map(tuple)
)
OF_TYPE = {
    str: TEXT, int: COUNT, datetime: MOMENT, datetime | None: st.none() | MOMENT,
    Urgency: st.sampled_from(Urgency), Saying: SAYING, Saying | None: st.none() | SAYING,
}  # fmt: skip
OURS = [kind for kind in RECORDS if kind is not RecordOfNewer]
NEVER = tuple(
    SafetyResult(group=group, checked_at=None, by="", too_fast=False, items=()) for group in Group
)


def any_of(kind):
    types = get_type_hints(kind)
    return st.builds(kind, **{one.name: OF_TYPE[types[one.name]] for one in fields(kind)})


def document(*records):
    return HandoverDocument(
        number="H1", gate="gate-1", outgoing="2001", outgoing_name="李建国", frozen_at=NOW,
        safety=NEVER, things=records,
    )  # fmt: skip


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
@given(st.data())
@settings(max_examples=25, deadline=None)
def test_every_class_of_record_comes_back_from_json_as_it_was(kind, data):
    before = data.draw(any_of(kind))
    text = to_json(document(before))
    [after] = from_json(text).things
    assert type(after) is kind
    assert after == before
    assert to_json(document(after)) == text


JSON = st.recursive(
    st.none() | st.booleans() | COUNT | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
OWN_NAME = st.text("abcdefgh_", min_size=4, max_size=12).filter(lambda name: name != "record")


@given(any_of(OtherOpenThing), st.sampled_from(["Drone", "LoanOut", "VisitInside"]), st.data())
@settings(max_examples=150, deadline=None)
def test_a_record_of_a_newer_version_keeps_what_is_unknown_here(common, name, data):
    more = data.draw(st.dictionaries(OWN_NAME.map("newer_{}".format), JSON, min_size=1))
    plain = json.loads(to_json(document(common)))
    plain["things"][0] |= more | {"record": name}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    read = from_json(text)
    assert read.things[0].key == common.key
    assert to_json(read) == text


def test_what_a_newer_version_froze_is_said_in_its_own_sentence_and_grouped_by_its_kind():
    said = Saying("{thing} flies over the yard", (("thing", "drone 7"),))
    record = OtherOpenThing(
        kind="safety.drone", ref="r", number="V1", urgency=Urgency.NOW, since=NOW, what=said
    )
    plain = json.loads(to_json(document(record)))
    plain["things"][0] |= {"record": "DroneSeen", "height_m": 40, "seen": [1, {"by": "李建国"}]}
    [read] = from_json(json.dumps(plain)).things
    assert type(read) is RecordOfNewer
    assert text_of(read) == "drone 7 flies over the yard"
    assert detail_of(read) == "written by a newer version"
    assert [(group.title, group.records) for group in grouped([read])] == [
        ("Other things to do", (read,))
    ]


def test_what_a_newer_version_froze_stands_on_the_paper_under_its_number(desk):
    said = Saying("{thing} flies over the yard", (("thing", "drone 7"),))
    record = OtherOpenThing(
        kind="safety.drone", ref="r", number="V1", urgency=Urgency.NOW, since=NOW, what=said
    )
    plain = json.loads(to_json(document(record)))
    plain["things"][0] |= {"record": "DroneSeen", "height_m": 40}
    sheet = handover_slip(
        from_json(json.dumps(plain)), Signed("王磊", NOW, "0000 0000 0000 0000"), desk
    )
    [item] = [line for line in sheet.lines if isinstance(line, Item) and line.number == "V1"]
    assert (item.text, item.urgency) == ("drone 7 flies over the yard", Urgency.NOW)


def test_what_a_newer_version_froze_without_a_sentence_is_named_by_its_area():
    plain = json.loads(
        to_json(document(OtherOpenThing(
            kind="loan.swapped", ref="r", number="K1", urgency=Urgency.SOON, since=NOW)))
    )  # fmt: skip
    plain["things"][0] |= {"record": "LoanSwapped", "with": "K2"}
    assert text_of(from_json(json.dumps(plain)).things[0]) == "Keys and things"


@pytest.mark.parametrize("lacking", ["kind", "ref", "number", "urgency", "since"])
def test_a_record_that_lacks_what_every_record_has_is_none(lacking):
    plain = json.loads(
        to_json(document(OtherOpenThing(
            kind="x", ref="r", number="7", urgency=Urgency.SOON, since=NOW)))
    )  # fmt: skip
    plain["things"][0]["record"] = "Drone"
    del plain["things"][0][lacking]
    with pytest.raises(NotADocument):
        from_json(json.dumps(plain))


def test_every_kind_that_a_screen_deals_with_has_a_class_a_word_and_a_titled_group():
    led_to = {kind for feature in FEATURE_SCREENS for kind in feature.goes_to}
    assert led_to <= set(KIND_OF)
    assert set(KIND_OF) == known_kinds()
    assert {kind.GROUP for kind in RECORDS} == {key for key, _title in group_titles()}
    assert {area_of(kind) for kind in KIND_OF} == set(AREAS) - {""}
    assert len({kind_word(kind) for kind in KIND_OF}) >= len(KIND_OF) - 1


@pytest.mark.parametrize("kind", sorted(KIND_OF))
def test_a_thing_without_its_facts_is_never_left_out(kind):
    what = Wording("{n} of somebody", {"n": 5})
    record = record_of(OpenThing(kind, "r", "7", Urgency.SOON, what, NOW))
    assert (record.kind, record.number) == (kind, "7")
    assert text_of(record) == "5 of somebody"
