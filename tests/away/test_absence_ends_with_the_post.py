"""An absence and who stands beside belong to one time on the post: they end when it does."""

import pytest

from kiosk import features
from kiosk.desk.signing import Means, prove_by_badge
from shift_handover.away import service
from shift_handover.away.models import EVERY_AWAY, Cover, Door, Kind
from shift_handover.away.rules import Asked, Keeping
from shift_handover.exits import relief
from shift_handover.exits.leader import Word, take_over

SECOND, PIN = "04A1B2C3D4E503", "2580"


def takes_over(desk):
    second = prove_by_badge(desk, SECOND, PIN)
    take_over(desk, second, Word("陈主任", "你先接"), "联系不上", features.outstanding)


def test_who_takes_over_from_one_that_never_came_back_ends_his_absence(
    desk, people, go, desk_clock, things, entries
):
    go(10)
    desk_clock.advance(minutes=40)
    service.note_overdue(desk)
    takes_over(desk)
    assert things() == []
    with desk.read() as book:
        assert features.watch(desk, book) is None
        (row,) = book.all(EVERY_AWAY)
    assert (row.ended_at, row.ended_means) == (desk.clock(), None)
    assert entries("away.ended") == []
    (cut,) = entries("away.taken_over")
    assert (cut.by, cut.facts_made()["minutes"]) == ("2002", 40)
    keeping = Keeping(Cover.COMPANION, people["3001"], Means.BADGE)
    assert service.start(desk, "2002", Asked(Kind.AWAY, 5, "水表间", "抄表"), keeping) == "A2"


@pytest.mark.usefixtures("on_post")
def test_who_stood_beside_the_one_before_does_not_hide_that_the_next_relief_is_late(desk):
    relief.come(desk, "3001")
    takes_over(desk)
    with desk.read() as book:
        assert relief.beside(book, desk.gate) == []


@pytest.mark.usefixtures("on_post")
def test_leaving_the_post_empty_leaves_nobody_beside_it(desk, people):
    relief.come(desk, "3001")
    service.leave_post(desk, "2001", people["1001"], "可以", Door.LOCKED)
    with desk.read() as book:
        assert relief.beside(book, desk.gate) == []
