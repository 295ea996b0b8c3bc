"""F7, B: block a lost badge with a few keys; clerk or administrator lets it work again."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial

from textual.app import ComposeResult

from kiosk.attendance import service
from kiosk.attendance.screens_find import FindPerson
from kiosk.desk.badges import LONGEST_NOTE, MAY_UNBLOCK, REASON_NAMES
from kiosk.desk.bearer import Bearer, ClosedCard
from kiosk.desk.people import BADGES_OF, Badge, BadgeState, BlockReason, Person
from kiosk.desk.signing import Proof
from kiosk.desk.words import Words, _, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import AskText, Choose, Dialog
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.verdict import Verdict

_TAIL = 6
_SHOWN = 4


class FindBadges(FindPerson):
    """Whose badge is it about? A found card that is blocked already answers by a tap."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Badges: block or give back"),
            lambda: _("Whose?"),
            lambda: _("Type who has lost a badge."),
        )

    def begin(self) -> None:
        """Say what a tap does here."""
        self.help(lambda: _("Type the person, Enter. Found a blocked card? Tap it."))

    def accepts(self, bearer: Bearer) -> bool:
        """Take a blocked card; who taps a working badge signs in or out as always."""
        return isinstance(bearer, ClosedCard)

    async def take_card(self, bearer: Bearer) -> None:
        """Show the badges of whose card it is."""
        if isinstance(bearer, ClosedCard):
            await self.found(bearer.person)

    async def found(self, person: Person) -> None:
        """Show the person's badges."""
        self.dismiss()
        self.kiosk.show(BadgesOf(person))


class BadgesOf(Dialog[None]):
    """One person's badges; Enter blocks a working one, lets a blocked one work again."""

    def __init__(self, person: Person) -> None:
        super().__init__(
            lambda: _("Badges of {name}, {staff_no}").format(
                name=person.name, staff_no=person.staff_no
            ),
            lambda: _("Enter blocks the badge, or lets a blocked one work again."),
        )
        self._person = person
        self._badges: Sequence[Badge] = ()

    def parts(self) -> ComposeResult:
        """Yield the list."""
        yield RowList(id="badges")

    async def on_screen_resume(self) -> None:
        """Read the badges when coming here or back from a question."""
        await self.aside(self._read)
        shown = self.query_one("#badges", RowList)
        shown.styles.height = _SHOWN + 1
        self._draw()
        shown.focus()

    def translate(self) -> None:
        """Say it again in the language chosen now; the cursor stays on its badge."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        shown = self.query_one("#badges", RowList)
        shown.empty = _("No badge was given out yet. Tap a new card at the home screen.")
        columns = (
            Column(pgettext("badge", "Card"), 8),
            Column(pgettext("badge", "State"), 10),
            Column(pgettext("badge", "Since"), share=1),
        )
        shown.show([self._row(badge) for badge in self._badges], columns)

    def _read(self) -> None:
        with self.kiosk.desk.read() as book:
            found = book.all(BADGES_OF, person=self._person.id)
        self._badges = sorted(found, key=lambda one: one.state is BadgeState.BLOCKED)

    def _row(self, badge: Badge) -> ListRow:
        blocked = badge.blocked_for is not None
        state = pgettext("badge", "blocked") if blocked else pgettext("badge", "works")
        colour = palette.AMBER if blocked else palette.TEXT
        shown = (badge.uid[-_TAIL:], state, self._since(badge))
        return ListRow(shown, key=badge.uid, colour=colour, bar=colour if blocked else palette.GOOD)

    def _since(self, badge: Badge) -> str:
        if badge.blocked_at is None or badge.blocked_for is None:
            return self._day(badge.enrolled_at, "%Y-%m-%d")
        reason = _(REASON_NAMES[badge.blocked_for])
        return f"{self._day(badge.blocked_at, '%Y-%m-%d %H:%M')} {reason}"

    def _day(self, moment: datetime, shape: str) -> str:
        return self.kiosk.desk.local(moment).strftime(shape)

    # Blocking, and giving back.

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Ask why a working badge is blocked; ask who lets a blocked one work again."""
        uid: str = message.row.key
        badge = next(one for one in self._badges if one.uid == uid)
        if badge.state is BadgeState.ACTIVE:
            self._ask_why_blocked(uid)
        else:
            self._ask_who_gives_back(uid)

    def _ask_why_blocked(self, uid: str) -> None:
        reasons = [
            (reason.value, partial(_, name))
            for reason, name in REASON_NAMES.items()
            if reason is not BlockReason.LEFT  # who leaves gives back everything first: F4, P
        ]

        def title() -> str:
            return _("Block the badge of {name}: why?").format(name=self._person.name)

        async def chosen(key: str | None) -> None:
            if key == BlockReason.OTHER:
                self._ask_note(title, lambda note: self._block(uid, BlockReason.OTHER, note))
            elif key is not None:
                await self._block(uid, BlockReason(key))

        self.app.push_screen(Choose(title, reasons), chosen)

    def _ask_note(self, title: Words, then: Callable[[str], Awaitable[None]]) -> None:
        async def told(note: str | None) -> None:
            if note is not None:
                await then(note)

        self.app.push_screen(AskText(title, lambda: _("Reason"), limit=LONGEST_NOTE), told)

    async def _block(self, uid: str, reason: BlockReason, note: str = "") -> None:
        kiosk = self.kiosk
        async with self.answering():
            await self.act(service.block_badge, kiosk.desk, kiosk.by, uid, reason, note)
            self._done(_("The badge is blocked. Nobody gets in with it."))

    def _ask_who_gives_back(self, uid: str) -> None:
        operator = self.kiosk.operator
        if operator is not None and _may_unblock(operator):
            self._ask_why_given_back(uid, operator)
            return

        def proved(proof: Proof | None) -> None:
            if proof is not None:
                self._ask_why_given_back(uid, proof.person)

        question = AskProof(
            lambda: _("Clerk or administrator: let the badge work again"), may=_may_unblock
        )
        self.app.push_screen(question, proved)

    def _ask_why_given_back(self, uid: str, by: Person) -> None:
        def title() -> str:
            return _("{name}'s badge works again: why?").format(name=self._person.name)

        self._ask_note(title, lambda note: self._unblock(uid, by, note))

    async def _unblock(self, uid: str, by: Person, note: str) -> None:
        async with self.answering():
            await self.act(service.unblock_badge, self.kiosk.desk, by, uid, note)
            self._done(_("The badge works again."))

    def _done(self, headline: str) -> None:
        kiosk = self.kiosk
        self.dismiss()
        kiosk.answer(Verdict(Tone.GOOD, headline, name=self._person.name))


def _may_unblock(person: Person) -> bool:
    return person.role in MAY_UNBLOCK
