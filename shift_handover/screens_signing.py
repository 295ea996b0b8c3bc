"""Step three: the two signatures, each with badge and PIN, or staff number and PIN marked 无卡."""

from kiosk.desk.people import DESK_ROLES, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import _
from kiosk.ui.dialogs import AskProof


class Signs(AskProof):
    """Asks for a proof and looks at once whether this person may sign on this side."""

    def check(self, proof: Proof) -> None:
        """Raise ``Refused`` when this person cannot sign on this side."""

    async def _prove(self, staff_no: str, pin: str) -> Proof:
        proof = await super()._prove(staff_no, pin)
        self.check(proof)
        return proof


class OutgoingSigns(Signs):
    """The outgoing signs first and stays responsible until the second signature."""

    def __init__(self, outgoing: Person) -> None:
        super().__init__(_("{name} hands over and signs").format(name=outgoing.name))
        self._outgoing = outgoing

    def check(self, proof: Proof) -> None:
        """Only the outgoing."""
        if proof.person.id != self._outgoing.id:
            raise Refused("handover.not_outgoing", name=self._outgoing.name)


class IncomingSigns(Signs):
    """The incoming signs: anybody who works at the desk, but not the outgoing."""

    def __init__(self, outgoing: Person) -> None:
        super().__init__(_("Now the incoming signs"))
        self._outgoing = outgoing

    def check(self, proof: Proof) -> None:
        """Another person than the outgoing, with a role that keeps a desk."""
        if proof.person.id == self._outgoing.id:
            raise Refused("sign.same_person", name=proof.person.name)
        if proof.person.role not in DESK_ROLES:
            raise Refused("post.not_a_guard", name=proof.person.name)
