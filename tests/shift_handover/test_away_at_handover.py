"""Whose absence still runs while he signs the handover is back: the signature ends it."""

import pytest

from kiosk.desk import journal
from kiosk.desk.signing import Means, Proof
from shift_handover import service
from shift_handover.away import service as away
from shift_handover.away.models import EVERY_AWAY, Cover, Door, Kind
from shift_handover.away.rules import Asked, Keeping
from shift_handover.exits import relief
from shift_handover.frozen import open_handover
from shift_handover.lockup.rules import Told
from shift_handover.lockup.service import lock_up
from shift_handover.models import Mark

TOLD = Told(leader="陈主任", at="", said="锁好门", doors="都锁了", keys="12把")
OUTGOING_BADGE, INCOMING_BADGE = "04A1B2C3D4E502", "04A1B2C3D4E503"


@pytest.mark.usefixtures("on_post", "checked")
def test_the_outgoings_signature_ends_his_absence(desk, people, open_list, prove):
    keeping = Keeping(Cover.COMPANION, people["2002"], Means.BADGE)
    away.start(desk, "2001", Asked(Kind.AWAY, 10, "水表间", "抄表"), keeping)
    frozen = service.freeze(desk, "2001", open_list)
    for thing in frozen.document.things:
        frozen = service.mark(
            desk, "2002", frozen.id, thing.key, Mark.KNOWN, picked=thing.next_step
        )
    service.accept(desk, frozen.id, prove(OUTGOING_BADGE), prove(INCOMING_BADGE), open_list)
    with desk.read() as book:
        assert away.running(desk, book) is None
        (row,) = book.all(EVERY_AWAY)
        codes = [one.code for one in journal.entries(book.connection, desk.gate)]
    assert (row.ended_at, row.ended_means) == (desk.clock(), Means.BADGE)
    assert codes[-5:-1] == ["away.ended", "post.left", "post.taken", "handover.accepted"]


@pytest.mark.usefixtures("on_post", "checked")
def test_locking_up_ends_the_absence_and_leaves_nobody_beside_the_post(desk, people, open_list):
    keeping = Keeping(Cover.COMPANION, people["2002"], Means.BADGE)
    away.start(desk, "2001", Asked(Kind.AWAY, 10, "水表间", "抄表"), keeping)
    relief.come(desk, "3001")
    lock_up(desk, Proof(people["2001"], Means.BADGE, desk.clock()), TOLD, open_list)
    with desk.read() as book:
        assert away.running(desk, book) is None
        assert relief.beside(book, desk.gate) == []


@pytest.mark.usefixtures("on_post", "checked")
def test_who_leaves_the_post_on_a_leaders_word_leaves_no_handover_waiting(desk, people, open_list):
    service.freeze(desk, "2001", open_list)
    away.leave_post(desk, "2001", people["1001"], "可以", Door.LOCKED)
    with desk.read() as book:
        assert open_handover(book, desk.gate) is None
