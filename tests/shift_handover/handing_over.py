"""Whole handovers in a line, for tests about what is left of them."""

from kiosk.desk.people import BY_STAFF_NO
from kiosk.desk.signing import Means, Proof
from shift_handover import service
from shift_handover.exits import questions as questions_of
from shift_handover.models import Mark


def person(desk, staff_no):
    with desk.read() as book:
        return book.one(BY_STAFF_NO, staff_no=staff_no)


def sign_over(desk, open_list, outgoing, incoming, note="", questions=()):
    """Freeze, read all, sign; ``questions`` are words by the number of what is asked about."""
    frozen = service.freeze(desk, outgoing, open_list, note)
    asked = dict(questions)
    for thing in frozen.document.things:
        words = asked.get(thing.number, "")
        said = Mark.QUESTION if words else Mark.KNOWN
        service.mark(desk, incoming, frozen.id, thing.key, said, words, picked=thing.next_step)
        if words:
            questions_of.answer(desk, outgoing, frozen.id, thing.key, "已说明")
    proofs = (Proof(person(desk, no), Means.BADGE, desk.clock()) for no in (outgoing, incoming))
    return service.accept(desk, frozen.id, *proofs, open_list)
