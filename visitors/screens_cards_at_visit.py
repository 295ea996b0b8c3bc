"""Cards tapped while a visit is in front: the badge of who may say yes, a visitor card."""

from kiosk.desk.bearer import Bearer, StaffCard, ThingTag
from kiosk.desk.loans import Thing
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from visitors.cards import VisitCard
from visitors.exit import lending
from visitors.exit.by_card import is_card_of_another, is_for_the_exit
from visitors.models import HERE_STATES, State
from visitors.screens_exit_ask import lent_verdict
from visitors.screens_ladder import ClimbsLadder


class TakesCards(ClimbsLadder):
    """A visit's screen that takes the badge of who may say yes, and a free visitor card."""

    @property
    def card_shown(self) -> VisitCard | None:
        """The visit on the screen, None before it is read."""
        return self._visit

    def accepts(self, bearer: Bearer) -> bool:
        """Take the badge of who may say yes while the visitor waits; and a visitor card.

        A card that another visitor has closes that visit, as everywhere: nobody waits to leave.
        """
        visit = self._visit
        match bearer:
            case StaffCard():
                return super().accepts(bearer)
            case ThingTag() if visit is not None and visit.state in HERE_STATES:
                return self._is_free_or_mine(bearer.thing, visit)
        return False

    def _is_free_or_mine(self, thing: Thing, visit: VisitCard) -> bool:
        with self.kiosk.desk.read() as book:
            ours = is_for_the_exit(book, thing)
            return ours and not is_card_of_another(book, thing, visit.id)

    async def take_card(self, bearer: Bearer) -> None:
        """Record the yes by badge, or tie the visitor card to the visit."""
        visit = self._visit
        if visit is None or self.kiosk.operator is None:
            return
        match bearer:
            case StaffCard():
                await super().take_card(bearer)
            case ThingTag():
                await self._tie(visit, bearer.thing)

    async def _tie(self, visit: VisitCard, thing: Thing) -> None:
        """Tie the card to the visit; tapped again it only says that it is."""
        if thing.label in visit.lent:
            words = _("has {card} already. To leave: Esc, then tap it at the home screen.")
            said = words.format(card=thing.label)
            self.kiosk.answer(Verdict(Tone.INFO, said, name=visit.address))
            return
        if visit.state is not State.ADMITTED:
            raise Refused("visit.card_admit_first", card=thing.label)
        kiosk = self.kiosk
        lent = await self.act(lending.lend, kiosk.desk, kiosk.by, visit.id, thing.id)
        await self.refresh_book()
        kiosk.answer(lent_verdict(lent, visit))
