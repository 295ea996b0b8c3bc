"""Step three: the two signatures, each with badge and PIN, or staff number and PIN marked 无卡.

A badge of the other side that comes too early is told so here: its usual answer would sign a guard
out in the middle of his own handover.
"""

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.people import DESK_ROLES, Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import _
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from shift_handover.rules import check_incoming


class Signs(AskProof):
    """Asks for a proof and looks at once whether this person may sign on this side."""

    def check(self, person: Person) -> None:
        """Raise ``Refused`` when this person cannot sign on this side."""

    async def take_card(self, bearer: Bearer) -> None:
        """Take the badge of this side; say why the other side's is not the one."""
        if not isinstance(bearer, StaffCard):
            return
        try:
            self.check(bearer.person)
        except Refused as refused:
            self.refused(refused)
        else:
            await super().take_card(bearer)

    async def _prove(self, staff_no: str, pin: str) -> Proof:
        proof = await super()._prove(staff_no, pin)
        self.check(proof.person)
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
        """Take the badge of anybody who works at the desk; the outgoing's is told why not."""
        return isinstance(bearer, StaffCard) and bearer.person.role in DESK_ROLES

    async def take_card(self, bearer: Bearer) -> None:
        """Take the badge; reading is no signature, so no PIN yet."""
        if isinstance(bearer, StaffCard):
            self._take(bearer.person)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the typed number of somebody who could take the post over."""
        event.stop()
        number = self.query_one("#staff-no", LabelledInput).text
        try:
            self._take(await self.aside(self._person, number))
        except Refused as refused:
            self.refused(refused)

    def _take(self, person: Person) -> None:
        try:
            check_incoming(person, self._outgoing.id)
        except Refused as refused:
            self.refused(refused)
        else:
            self.dismiss(person)

    def _person(self, number: str) -> Person:
        with self.kiosk.desk.read() as book:
            return person_by_staff_no(book, number)


class OutgoingSigns(Signs):
    """The outgoing signs first and stays responsible until the second signature."""

    def __init__(self, outgoing: Person, reader: Person | None = None) -> None:
        expected = {person.id for person in (outgoing, reader) if person is not None}
        super().__init__(
            lambda: _("{name} hands over and signs").format(name=outgoing.name),
            may=lambda person: person.id in expected,
        )
        self._outgoing = outgoing

    def check(self, person: Person) -> None:
        """Only the outgoing."""
        if person.id != self._outgoing.id:
            raise Refused("handover.not_outgoing", name=self._outgoing.name)


class IncomingSigns(Signs):
    """The incoming signs: anybody who works at the desk, but not the outgoing."""

    def __init__(self, outgoing: Person, seconds: int) -> None:
        super().__init__(
            lambda: _("Now the incoming signs"),
            lambda: _(
                "Badge and PIN within {seconds} seconds. No badge: staff number and PIN."
            ).format(seconds=seconds),
            may=lambda person: person.role in DESK_ROLES,
        )
        self._outgoing = outgoing

    def check(self, person: Person) -> None:
        """Another person than the outgoing, with a role that keeps a desk."""
        if person.id == self._outgoing.id:
            raise Refused("sign.same_person", name=person.name)
        check_incoming(person, self._outgoing.id)


class IncomingRefuses(Signs):
    """The incoming signs that the post is not taken over."""

    def __init__(self, outgoing: Person) -> None:
        super().__init__(
            lambda: _("The incoming signs the refusal"),
            may=lambda person: person.role in DESK_ROLES,
        )
        self._outgoing = outgoing

    def check(self, person: Person) -> None:
        """Anybody who could have taken the post over."""
        check_incoming(person, self._outgoing.id)
