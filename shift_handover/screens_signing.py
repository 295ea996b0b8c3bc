"""Step three: the two signatures, each with badge and PIN, or staff number and PIN marked 无卡."""

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.people import DESK_ROLES, Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import _
from kiosk.ui.dialogs import AskProof, Dialog
from kiosk.ui.form import LabelledInput


class Signs(AskProof):
    """Asks for a proof and looks at once whether this person may sign on this side."""

    def check(self, proof: Proof) -> None:
        """Raise ``Refused`` when this person cannot sign on this side."""

    async def _prove(self, staff_no: str, pin: str) -> Proof:
        proof = await super()._prove(staff_no, pin)
        self.check(proof)
        return proof


class WhoReads(Dialog[Person | None]):
    """Asks the incoming to say who they are before reading: every mark is in their name."""

    def __init__(self, outgoing: Person) -> None:
        super().__init__(
            lambda: _("The incoming reads"),
            lambda: _("Incoming, please tap your badge. No badge: type the staff number."),
        )
        self._outgoing = outgoing

    def parts(self) -> ComposeResult:
        """Yield the field for who has no badge."""
        yield LabelledInput(lambda: _("Staff number"), id="staff-no", limit=20)

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one("#staff-no", LabelledInput).focus()

    def accepts(self, bearer: Bearer) -> bool:
        """Take the badge of anybody who could take the post over."""
        return isinstance(bearer, StaffCard) and self._may_read(bearer.person)

    def _may_read(self, person: Person) -> bool:
        return person.id != self._outgoing.id and person.role in DESK_ROLES

    async def take_card(self, bearer: Bearer) -> None:
        """Take the badge; reading is no signature, so no PIN yet."""
        if isinstance(bearer, StaffCard):
            self.dismiss(bearer.person)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the typed number of somebody who could take the post over."""
        event.stop()
        number = self.query_one("#staff-no", LabelledInput).text
        try:
            self.dismiss(await self.aside(self._person, number))
        except Refused as refused:
            self.refused(refused)

    def _person(self, number: str) -> Person:
        with self.kiosk.desk.read() as book:
            person = person_by_staff_no(book, number)
        if person.id == self._outgoing.id:
            raise Refused("sign.same_person", name=person.name)
        if person.role not in DESK_ROLES:
            raise Refused("post.not_a_guard", name=person.name)
        return person


class OutgoingSigns(Signs):
    """The outgoing signs first and stays responsible until the second signature."""

    def __init__(self, outgoing: Person) -> None:
        super().__init__(
            lambda: _("{name} hands over and signs").format(name=outgoing.name),
            may=lambda person: person.id == outgoing.id,
        )
        self._outgoing = outgoing

    def check(self, proof: Proof) -> None:
        """Only the outgoing."""
        if proof.person.id != self._outgoing.id:
            raise Refused("handover.not_outgoing", name=self._outgoing.name)


class IncomingSigns(Signs):
    """The incoming signs: anybody who works at the desk, but not the outgoing."""

    def __init__(self, outgoing: Person) -> None:
        super().__init__(lambda: _("Now the incoming signs"), may=self._could_take_over)
        self._outgoing = outgoing

    def _could_take_over(self, person: Person) -> bool:
        return person.id != self._outgoing.id and person.role in DESK_ROLES

    def check(self, proof: Proof) -> None:
        """Another person than the outgoing, with a role that keeps a desk."""
        if proof.person.id == self._outgoing.id:
            raise Refused("sign.same_person", name=proof.person.name)
        if proof.person.role not in DESK_ROLES:
            raise Refused("post.not_a_guard", name=proof.person.name)
