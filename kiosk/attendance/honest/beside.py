"""What is written beside a tap, never in it: the proof it lacks, and what is odd about it."""

from typing import Any, NamedTuple

from kiosk.attendance.honest.clock import ClockDoubt
from kiosk.attendance.honest.models import PROOF_OPEN_AT, Doubt, TapDoubt, TapProof
from kiosk.attendance.models import Tap
from kiosk.desk.card_proof import CardWord, Judged
from kiosk.desk.people import Person
from kiosk.desk.presence import Presence
from kiosk.desk.transaction import Transaction

_LACKS_PROOF = frozenset({CardWord.UNREAD, CardWord.COPIED})


class Beside(NamedTuple):
    """What is to stand beside one tap; ``closed``: the office had closed its day."""

    clock: ClockDoubt | None
    judged: Judged
    ask_pin: bool
    closed: bool

    def put(self, tx: Transaction, made: Tap) -> None:
        """Write it."""
        if self.ask_pin or self.judged.word in _LACKS_PROOF:
            tx.put(TapProof(tap_id=made.id, day=made.day, asked_at=tx.now))
        if self.clock is not None:
            clock = self.clock
            tx.put(TapDoubt(tap_id=made.id, day=made.day, why=clock.why, newest_at=clock.newest))
        if self.closed:
            tx.put(TapDoubt(tap_id=made.id, day=made.day, why=Doubt.AFTER_CLOSING))
        if self.judged.word is CardWord.COPIED:
            tx.put(TapDoubt(tap_id=made.id, day=made.day, why=Doubt.COPY))

    def facts(self) -> dict[str, Any]:
        """Return what of it the entry of the tap says."""
        word = self.judged.word
        more = {
            "clock": self.clock.why.value if self.clock else "", "pin_asked": self.ask_pin,
            "after_closing": self.closed, "card": "" if word is CardWord.PLAIN else word.value,
        }  # fmt: skip
        return {name: value for name, value in more.items() if value}


def shown_again(tx: Transaction, person: Person, here: Presence, judged: Judged) -> None:
    """Keep what the card proved when no tap is written: it proves the tap before it, too.

    Who took the badge away too soon taps once more. A copy's tap is proved by nobody's badge.
    """
    if judged.word is not CardWord.PROVEN:
        return
    at = {"person": person.id, "day": here.day, "at": here.tapped_at}
    proof = tx.one(PROOF_OPEN_AT, **at)
    if proof is not None:
        proof.proved_at = tx.now
        tx.put(proof)
    tx.record("badge.read", person=person.staff_no, tap=proof.tap_id if proof else "")
