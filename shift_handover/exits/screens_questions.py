"""The questions of the exits: a next step read back, the leader's badge, a tap for late words."""

from collections.abc import Sequence
from functools import partial

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.people import DESK_ROLES, Person
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import _, sentence
from kiosk.ui.dialogs import Choose
from shift_handover.exits.rules import check_leader
from shift_handover.records import Record, Saying
from shift_handover.rules import check_incoming
from shift_handover.screens_signing import Signs
from shift_handover.wording import said, text_of


class ReadBackStep(Choose):
    """Which of three is the next step of a red line? A wrong one is told and asked again."""

    def __init__(self, record: Record, steps: Sequence[Saying]) -> None:
        super().__init__(
            lambda: f"{record.number}  {text_of(record)}",
            [(str(place), partial(said, step)) for place, step in enumerate(steps)],
            lambda: _("Incoming: which is the next step? Press its number."),
        )
        self._record, self._steps = record, steps

    @property
    def right(self) -> int:
        """The place of the right step, from 0."""
        return self._steps.index(self._record.next_step) if self._record.next_step else 0

    async def answered(self, key: str) -> None:
        """Return the right one; say of a wrong one that it is not, and stay."""
        if int(key) == self.right:
            self.dismiss(key)
        else:
            facts = {"number": self._record.number}
            self.wrong(partial(sentence, "handover.read_back", facts))


class LeaderSigns(Signs):
    """The duty leader gives badge and PIN: none of the two guards, and of a leader's rank."""

    def __init__(self, others: Sequence[str]) -> None:
        super().__init__(
            lambda: _("The leader on duty signs"), may=lambda person: person.id not in set(others)
        )
        self._others = others

    def check(self, person: Person) -> None:
        """Only a leader who is no party."""
        check_leader(person, self._others)


class TakesOver(Signs):
    """The guard who takes the post over without a handover gives badge and PIN."""

    def __init__(self, outgoing: Person) -> None:
        super().__init__(
            lambda: _("{name} is gone: who takes the post over?").format(name=outgoing.name),
            may=lambda person: person.role in DESK_ROLES,
        )
        self._outgoing = outgoing

    def check(self, person: Person) -> None:
        """Anybody who keeps a desk, but not who is gone."""
        check_incoming(person, self._outgoing.id)


class SignsWords(Signs):
    """One tap signs words added after the signatures; without a badge, number and PIN."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Who adds these words?"),
            lambda: _("Tap your badge. No badge: staff number and PIN."),
            may=lambda person: person.role in DESK_ROLES,
        )

    async def take_card(self, bearer: Bearer) -> None:
        """Take the tap as the signature."""
        if isinstance(bearer, StaffCard):
            self.dismiss(Proof(bearer.person, Means.BADGE, self.kiosk.desk.clock()))
