"""Whose absence still runs while he signs the handover is back: the signature ends it."""

import pytest

from kiosk.desk import journal
from kiosk.desk.signing import Means
from shift_handover import service
from shift_handover.away import service as away
from shift_handover.away.models import EVERY_AWAY, Cover, Kind
from shift_handover.away.rules import Asked, Keeping
from shift_handover.models import Mark

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
