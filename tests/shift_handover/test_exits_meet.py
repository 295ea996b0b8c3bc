"""Where the ways out of a handover meet the rest of the gatehouse: absences, counts, locking up."""

import pytest

from kiosk.desk import journal
from kiosk.desk.signing import Means, Proof
from shift_handover.away import service as away
from shift_handover.away.models import Cover, Kind
from shift_handover.away.rules import Asked, Keeping
from shift_handover.exits import leader
from shift_handover.exits.leader import Word
from shift_handover.lockup import service as lockup
from shift_handover.lockup.rules import Told

OUTGOING_BADGE, INCOMING_BADGE = "04A1B2C3D4E502", "04A1B2C3D4E503"
BY_PHONE = Word("赵局长", "同意，先接岗，我让人去医院")
TOLD = Told("赵主任", "", "可以锁门，明早七点有人来", "大门、侧门已锁", "柜内 12 把，已锁")
OUT = Asked(Kind.AWAY, 5, "水表间", "抄表")

pytestmark = pytest.mark.usefixtures("people", "checked", "on_post")


def signed_by(desk, person):
    return Proof(person, Means.BADGE, desk.clock())


def steps_away(desk, companion, by="2001"):
    away.start(desk, by, OUT, Keeping(Cover.COMPANION, companion, Means.BADGE))


def running(desk):
    with desk.read() as book:
        return away.running(desk, book)


def codes(desk):
    with desk.read() as book:
        return [one.code for one in journal.entries(book.connection, desk.gate)]


def test_a_takeover_ends_the_absence_of_who_did_not_come_back(desk, people, open_list, prove):
    steps_away(desk, people["2002"])
    leader.take_over(desk, prove(INCOMING_BADGE), BY_PHONE, "去抄表未归", open_list)
    assert running(desk) is None
    assert "away.taken_over" in codes(desk)
    assert "away.ended" not in codes(desk)
    steps_away(desk, people["2001"], by="2002")  # the next holder may leave the post as well


def test_a_lock_up_ends_the_absence_of_who_signs_it(desk, people, open_list):
    steps_away(desk, people["2002"])
    lockup.lock_up(desk, signed_by(desk, people["2001"]), TOLD, open_list)
    assert running(desk) is None
    assert codes(desk).index("away.ended") < codes(desk).index("post.left")
