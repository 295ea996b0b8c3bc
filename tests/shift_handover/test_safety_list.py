"""The list of the safety check: a manager changes it, and old rounds keep what they were asked."""

from datetime import timedelta

import pytest

from kiosk.desk import journal
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from shift_handover.models import Found, Group
from shift_handover.rules import ITEMS, Finding
from shift_handover.safety import editing
from shift_handover.safety import service as safety
from shift_handover.safety.points import house
from shift_handover.safety.results import last_results

pytestmark = pytest.mark.usefixtures("people")
NORMAL = Finding(Found.NORMAL)
TAG = "04A1A1A1A1A101"


def codes(desk):
    with desk.read() as book:
        return [item.code for item in house(book).items()]


def refused(code, act, *given):
    with pytest.raises(Refused) as raised:
        act(*given)
    assert raised.value.code == code
    return raised.value


@pytest.fixture
def manager(desk, people):
    """A manager who has just signed."""
    return Proof(people["1001"], Means.BADGE, desk.clock())


def test_the_usual_list_becomes_rows_once(desk, manager):
    assert codes(desk) == [item.code for item in ITEMS]
    editing.open_list(desk, manager)
    safety.begin(desk, "2001")
    with desk.read() as book:
        entries = [one.code for one in journal.entries(book.connection, desk.gate)]
    assert entries.count("safety.list_begun") == 1
    assert codes(desk) == [item.code for item in ITEMS]


def test_a_guard_does_not_change_the_list_and_a_signature_lasts_its_minutes(
    desk, desk_clock, people, manager
):
    guard = Proof(people["2001"], Means.BADGE, desk.clock())
    refused("safety.not_yours", editing.open_list, desk, guard)
    refused("safety.not_yours", editing.add_place, desk, guard, "车库")
    desk_clock.advance(minutes=desk.rules.safety_edit_min)
    editing.add_place(desk, manager, "车库")
    desk_clock.advance(seconds=1)
    refused("safety.sign_again", editing.add_place, desk, manager, "锅炉房")


def test_a_new_item_is_asked_in_its_group_at_its_place(desk, manager):
    place = editing.add_place(desk, manager, "锅炉房")
    item = editing.add_item(desk, manager, Group.FIRE, place, "锅炉已熄火")
    progress = safety.begin(desk, "2001")
    asked = {one.code: one for one in progress.items}
    assert (asked[item].name, asked[item].place_name) == ("锅炉已熄火", "锅炉房")
    fire = [one.code for one in progress.items if one.group is Group.FIRE]
    assert fire == ["extinguishers", "fire_exits", "no_embers", item]


def test_names_are_given_once_and_not_empty(desk, manager):
    refused("safety.name_missing", editing.add_place, desk, manager, "  ")
    refused("safety.name_long", editing.add_place, desk, manager, "长" * 41)
    editing.add_place(desk, manager, "车库")
    refused("safety.name_taken", editing.add_place, desk, manager, "车库")
    editing.add_item(desk, manager, Group.THEFT, "hall", "卷帘门已落")
    refused("safety.name_taken", editing.add_item, desk, manager, Group.THEFT, "hall", "卷帘门已落")
    editing.add_item(desk, manager, Group.THEFT, "stairs", "卷帘门已落")
    refused("safety.gone", editing.add_item, desk, manager, Group.THEFT, "nowhere", "门")


def test_items_move_within_their_group_only(desk, manager):
    editing.move(desk, manager, "fire_exits", -1)
    assert codes(desk)[3:6] == ["fire_exits", "extinguishers", "no_embers"]
    editing.move(desk, manager, "fire_exits", -1)
    assert codes(desk)[3:6] == ["fire_exits", "extinguishers", "no_embers"]
    editing.move(desk, manager, "stairs", 1)
    with desk.read() as book:
        assert [one.code for one in house(book).places][3:5] == ["tea_room", "stairs"]


def test_no_group_and_no_used_place_is_emptied(desk, manager):
    editing.retire(desk, manager, "windows_shut")
    editing.retire(desk, manager, "doors_locked")
    refused("safety.group_last", editing.retire, desk, manager, "keys_locked")
    assert refused("safety.place_used", editing.retire, desk, manager, "hall").facts["n"] == 2
    editing.put_at(desk, manager, "passages_clear", "yard")
    editing.put_at(desk, manager, "extinguishers", "yard")
    assert editing.retire(desk, manager, "hall") is False
    refused("safety.place_retired", editing.retire, desk, manager, "doors_locked")
    assert editing.retire(desk, manager, "hall") is True
    assert editing.retire(desk, manager, "doors_locked") is True
    assert "doors_locked" in codes(desk)


def test_old_rounds_say_what_was_asked_then(desk, manager, check_all, desk_clock):
    editing.rename(desk, manager, "fire_exits", "东侧安全出口畅通")
    check_all(desk, desk_clock, fire_exits=Finding(Found.NOT_CHECKED, reason="门锁着"))
    signed = Proof(manager.person, Means.BADGE, desk.clock())
    editing.rename(desk, signed, "fire_exits", "西侧安全出口畅通")
    editing.retire(desk, signed, "fire_exits")
    with desk.read() as book:
        fire = last_results(book, desk.gate)[1]
    [item] = [one for one in fire.items if one.item == "fire_exits"]
    assert (item.name, item.reason) == ("东侧安全出口畅通", "门锁着")
    assert "fire_exits" not in [one.code for one in safety.begin(desk, "2001").items]


def test_an_item_retired_during_a_round_is_not_waited_for(desk, manager):
    progress = safety.begin(desk, "2001")
    editing.retire(desk, manager, "no_embers")
    for item in ITEMS:
        if item.code != "no_embers":
            progress = safety.answer(
                desk, "2001", progress.round_id, item.code, Finding(Found.NORMAL)
            )
    assert progress.next_item is None
    refused(
        "safety.retired",
        safety.answer,
        desk,
        "2001",
        progress.round_id,
        "no_embers",
        Finding(Found.NORMAL),
    )
    assert safety.finish(desk, "2001", progress.round_id).done_at


def test_a_tag_hangs_at_one_place_and_is_nobodys_badge(desk, manager):
    editing.enrol(desk, manager, "hall", TAG)
    assert refused("safety.tag_taken", editing.enrol, desk, manager, "yard", TAG).facts["place"]
    refused("safety.tag_known", editing.enrol, desk, manager, "yard", "04A1B2C3D4E502")
    refused("badge.random_number", editing.enrol, desk, manager, "yard", "08A1B2C3")
    editing.take_tag_off(desk, manager, "hall")
    editing.enrol(desk, manager, "yard", TAG)
    assert safety.begin(desk, "2001").tags == {TAG: "yard"}
    refused("safety.gone", editing.take_tag_off, desk, manager, "hall")
    assert desk.clock() - manager.at < timedelta(minutes=1)
