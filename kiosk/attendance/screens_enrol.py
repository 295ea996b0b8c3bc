"""An unknown card at the open desk becomes somebody's badge."""

from kiosk.attendance import service
from kiosk.attendance.screens_find import FindPerson
from kiosk.desk import badges
from kiosk.desk.bearer import Bearer, UnknownCard
from kiosk.desk.card_proof import said_by
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict

_TAIL = 4


class EnrolCard(FindPerson):
    """Choose a person by staff number, characters or pinyin; Enter makes the card their badge."""

    def __init__(self, uid: str, message: str | None = None) -> None:
        super().__init__(
            lambda: _("A new card"), lambda: _("Whose badge?"), lambda: _("Type who it is for.")
        )
        self._uid, self._message = uid, message

    def _card_words(self) -> str:
        words = _("Card ending in {tail}. Enter gives it to the person. A key's tag: Esc, F4, N.")
        if self._proves():
            words = _("Card ending in {tail}: it proves itself. Enter gives it to the person.")
        elif self._message:
            words = _("Card ending in {tail} does not prove itself here. Enter: an ordinary badge.")
        return words.format(tail=self._uid[-_TAIL:])

    def _proves(self) -> bool:
        return said_by(self.kiosk.desk.site_key, self._uid, self._message) is not None

    def begin(self) -> None:
        """Name the card; say at once when it cannot be a badge."""
        self.help(self._card_words)
        try:
            badges.check_number(self._uid)
        except Refused as refused:
            self.refused(refused)

    def accepts(self, bearer: Bearer) -> bool:
        """Another unknown card takes the place of this one."""
        return isinstance(bearer, UnknownCard)

    async def take_card(self, bearer: Bearer) -> None:
        """Ask about the card that was tapped last."""
        if isinstance(bearer, UnknownCard):
            self._uid, self._message = bearer.uid, bearer.message
        self.wrong()
        self.begin()

    async def found(self, person: Person) -> None:
        """Give the card to the person."""
        kiosk = self.kiosk
        try:
            await self.act(
                service.enrol, kiosk.desk, kiosk.by, self._uid, person.staff_no, self._message
            )
        except Refused as refused:
            self.refused(refused)
            return
        self.dismiss()
        words = _("The card is now the badge. Tap it to sign in.")
        kiosk.answer(Verdict(Tone.GOOD, words, name=person.name))
