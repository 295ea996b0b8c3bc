"""A seal, a lock-up, a takeover: cut off between two writes, nothing of it is there."""

import pytest

from kiosk import features
from kiosk.desk import journal, posts
from kiosk.desk.signing import Means, Proof
from kiosk.desk.transaction import Transaction
from shift_handover import service
from shift_handover.away import service as away
from shift_handover.away.models import Cover, Kind
from shift_handover.away.rules import Asked, Keeping
from shift_handover.exits import relief
from shift_handover.exits.leader import Word, take_over
from shift_handover.lockup.rules import Told
from shift_handover.lockup.service import lock_up
from shift_handover.models import Mark

TOLD = Told(leader="陈主任", at="", said="锁好门", doors="都锁了", keys="12把")


class PowerCut(Exception):  # noqa: N818 - what it stands for
    """The machine stops here."""


def proof(desk, person):
    return Proof(person, Means.BADGE, desk.clock())


def seal(desk, people, open_list):
    frozen = service.freeze(desk, "2001", open_list)
    for thing in frozen.document.things:
        frozen = service.mark(
            desk, "2002", frozen.id, thing.key, Mark.KNOWN, picked=thing.next_step
        )
    both = proof(desk, people["2001"]), proof(desk, people["2002"])
    return lambda: service.accept(desk, frozen.id, *both, open_list)


def lock(desk, people, open_list):
    return lambda: lock_up(desk, proof(desk, people["2001"]), TOLD, open_list)


def takeover(desk, people, open_list):
    word = Word("陈主任", "你先接")
    return lambda: take_over(desk, proof(desk, people["2002"]), word, "病", open_list)


@pytest.mark.usefixtures("on_post", "checked")
@pytest.mark.parametrize("prepare", [seal, lock, takeover])
def test_cut_off_before_any_of_its_writes_or_entries_it_leaves_nothing(
    desk, people, open_list, monkeypatch, prepare
):
    keeping = Keeping(Cover.COMPANION, people["2002"], Means.BADGE)
    away.start(desk, "2001", Asked(Kind.AWAY, 10, "水表间", "抄表"), keeping)
    relief.come(desk, "3001")
    act = prepare(desk, people, open_list)

    def now():
        with desk.read() as book:
            entries = [one.hash for one in journal.entries(book.connection, desk.gate)]
            running, beside = away.running(desk, book), relief.beside(book, desk.gate)
            held = posts.on_duty(book, desk.gate)
            kinds = [(one.kind, one.ref) for one in features.outstanding(desk, book)]
        return entries, held[1].staff_no, running.id, len(beside), kinds

    before, cut, steps = now(), 0, [0]
    put, record = Transaction.put, Transaction.record

    def counted(real):
        def cut_off(*args, **kwargs):
            if steps[0] == cut:
                raise PowerCut
            steps[0] += 1
            return real(*args, **kwargs)

        return cut_off

    monkeypatch.setattr(Transaction, "put", counted(put))
    monkeypatch.setattr(Transaction, "record", counted(record))
    while True:
        steps[0] = 0
        try:
            act()
        except PowerCut:
            assert now() == before
            cut += 1
        else:
            break
    assert cut > 8
