"""One enquiry: handle it, print the one-time notice, lead it on, or the enquirer leaves: by digit.

The tap of whom it was led to receives it. Keystrokes with the enquiry open: handled ``1``; the
notice ``2``, digits for what is missing, ``Enter``; led on ``3``, two letters, ``Enter``; leaves
``4`` and a digit for why.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key as KeyPressed
from textual.widgets import Static

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.people import Person
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import N_, _, pgettext
from kiosk.enquiries import service
from kiosk.enquiries.rules import LONGEST_REASON, WHY_LEFT
from kiosk.enquiries.screens_notice import NoticeDialog
from kiosk.enquiries.service import EnquiryShown
from kiosk.enquiries.wording import duty_word
from kiosk.ui import palette
from kiosk.ui.ages import hour
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import fitted, lines, paragraph, plain, row

_LABEL = 14
_ROOM = 60
_OTHER = "other"


class Act(StrEnum):
    """What can be done with an open enquiry."""

    HANDLED = "handled"
    NOTICE = "notice"
    LEAD = "lead"
    LEAVES = "leaves"
    NO_BADGE = "no_badge"


_WORDS: Mapping[Act, str] = {
    Act.HANDLED: N_("Handled: the matter is settled here"),
    Act.NOTICE: N_("Print the one-time notice: everything that is missing"),
    Act.LEAD: N_("Lead to whose duty it is"),
    Act.LEAVES: N_("The enquirer leaves"),
    Act.NO_BADGE: N_("Received without a badge: number and PIN"),
}


class EnquiryScreen(KioskScreen):
    """An enquiry, for the desk alone: who asks about what, whom it was led to, what to do."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    DEFAULT_CSS = """
    EnquiryScreen #enquiry { height: auto; padding: 1 2; background: $panel-ground; }
    EnquiryScreen #acts { height: 1fr; min-height: 5; padding: 1 1 0 1; }
    """

    def __init__(self, enquiry_id: str) -> None:
        super().__init__()
        self._enquiry_id = enquiry_id
        self._enquiry: EnquiryShown | None = None

    def body(self) -> ComposeResult:
        """Lay the facts, and what can be done."""
        yield Static("", markup=False, id="enquiry")
        yield RowList(Column("", 2), Column(""), header=False, spaced=True, id="acts")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("1-4", _("Choose"))
        yield Key("Enter", _("Do it"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Read it when the screen comes to the front; a closed one closes its screen."""
        await super().on_screen_resume()
        self.query_one("#acts", RowList).focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read the enquiry again and draw it."""
        self._enquiry = await self.aside(
            service.enquiry_shown, self.kiosk.desk, self._enquiry_id
        )  # fmt: skip
        if self.alive:
            self._draw()

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        enquiry = self._enquiry
        if enquiry is None:
            return
        self.query_one("#enquiry", Static).update(lines(*self._facts(enquiry)))
        rows = [
            ListRow((str(digit), _(_WORDS[act])), key=act)
            for digit, act in enumerate(_offered(enquiry), 1)
        ]
        acts = self.query_one("#acts", RowList)
        acts.empty = _("This enquiry is closed; it stays in the register.")
        acts.show(rows)

    def _facts(self, enquiry: EnquiryShown) -> Iterator[Content]:
        since = hour(enquiry.opened_at, self.kiosk.desk.zone)
        asked = _("{name} was asked first").format(name=enquiry.first.name)
        yield row(
            plain(enquiry.number, f"bold {palette.TEXT}"), plain(asked, f"bold {palette.TEXT}"),
            plain(since, palette.MUTED), gap=2,
        )  # fmt: skip
        yield plain(self._standing(enquiry), palette.AMBER)
        yield plain("")
        for label, value in (
            (pgettext("enquiry", "Enquirer"), enquiry.enquirer),
            (_("Unit"), enquiry.unit),
            (_("Phone"), f"***{enquiry.phone[-4:]}" if enquiry.phone else ""),
            (
                pgettext("enquiry", "Own duty"),
                duty_word(own=enquiry.own_duty),
            ),
            (pgettext("enquiry", "Notices"), str(enquiry.notices or "")),
        ):
            if value:
                yield row(
                    Content.styled(fitted(label, _LABEL), palette.MUTED), plain(value, palette.TEXT)
                )
        yield paragraph(enquiry.matter, f"bold {palette.TEXT}", _ROOM)

    def _standing(self, enquiry: EnquiryShown) -> str:
        led_to = enquiry.led_to
        if enquiry.ending is not None:
            return _("This enquiry is closed; it stays in the register.")
        if led_to is None:
            if enquiry.own_duty:
                return _("Please settle it, or tell everything that is missing in one go.")
            return _("Please lead the enquirer to whose duty it is.")
        where = " ".join(part for part in (enquiry.led_to_section, led_to.room) if part)
        told = _("Led to {name} ({where}) at {time}. {name}, please tap here: received.")
        at = hour(enquiry.led_at, self.kiosk.desk.zone)
        return told.format(name=led_to.name, where=where or "-", time=at)

    def action_leave(self) -> None:
        """Go back; everything done so far is saved."""
        self.dismiss(None)

    # Digits and Enter.

    async def on_key(self, event: KeyPressed) -> None:
        """Take a digit as the choice."""
        typed = event.character or ""
        rows = self.query_one("#acts", RowList).rows
        if typed.isdecimal() and 1 <= int(typed) <= len(rows):
            event.stop()
            await self._do(rows[int(typed) - 1].key)

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Do what the cursor is on."""
        await self._do(message.row.key)

    async def _do(self, act: Act) -> None:
        async with self.answering():
            match act:
                case Act.HANDLED:
                    await self._handled()
                case Act.NOTICE:
                    self.app.push_screen(NoticeDialog(self._enquiry_id))
                case Act.LEAD:
                    self._ask_whom()
                case Act.LEAVES:
                    self._ask_why()
                case Act.NO_BADGE:
                    self._ask_proof()

    async def _handled(self) -> None:
        kiosk = self.kiosk
        number = await self.act(service.handled, kiosk.desk, kiosk.by, self._enquiry_id)
        self._finish(_("Enquiry {number} is settled.").format(number=number))

    def _finish(self, words: str, name: str = "") -> None:
        self.dismiss(None)
        self.kiosk.answer(Verdict(Tone.GOOD, words, name=name))

    def _ask_whom(self) -> None:
        asked = AskPerson(
            lambda: _("To whom is the enquirer led?"),
            lambda: _("Type number, name or pinyin."),
            badges=False,
        )
        self.app.push_screen(asked, self._lead)

    async def _lead(self, person: Person | None) -> None:
        if person is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            await self.act(service.lead, kiosk.desk, kiosk.by, self._enquiry_id, person.staff_no)
            told = _("Please show the way. {name} taps here when the enquirer has arrived.")
            kiosk.answer(Verdict(Tone.INFO, told.format(name=person.name)))
            await self.refresh_book()

    def _ask_why(self) -> None:
        choices = [(code, partial(_, words)) for code, words in WHY_LEFT.items()]
        title = partial(_, N_("Why does the enquirer leave?"))
        asked = Choose(title, [*choices, (_OTHER, lambda: _("Other: type it"))])
        self.app.push_screen(asked, self._why)

    async def _why(self, reason: str | None) -> None:
        if reason == _OTHER:
            title = partial(_, N_("Why does the enquirer leave?"))
            self.app.push_screen(
                AskText(title, lambda: _("Reason"), limit=LONGEST_REASON), self._leaves
            )
        elif reason is not None:
            await self._leaves(reason)

    async def _leaves(self, reason: str | None) -> None:
        if reason is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            number = await self.act(service.leaves, kiosk.desk, kiosk.by, self._enquiry_id, reason)
            self._finish(_("Enquiry {number} is closed.").format(number=number))

    # Received: the tap of whom it was led to, or number and PIN.

    def accepts(self, bearer: Bearer) -> bool:
        """Take the badge of whom it was led to; everybody else's gets its usual answer."""
        return isinstance(bearer, StaffCard) and self._is_meant(bearer.person)

    def _is_meant(self, person: Person) -> bool:
        enquiry = self._enquiry
        if enquiry is None or enquiry.led_to is None or enquiry.ending is not None:
            return False
        return enquiry.led_to.id == person.id

    async def take_card(self, bearer: Bearer) -> None:
        """Receive it in the name of who tapped."""
        if isinstance(bearer, StaffCard) and self.kiosk.operator is not None:
            await self._receive(bearer.person, Means.BADGE)

    def _ask_proof(self) -> None:
        async def proved(proof: Proof | None) -> None:
            if proof is not None:
                async with self.answering():
                    await self._receive(proof.person, proof.means)

        title = partial(_, N_("Whom it was led to: number and PIN"))
        self.app.push_screen(AskProof(title, may=self._is_meant), proved)

    async def _receive(self, person: Person, means: Means) -> None:
        kiosk = self.kiosk
        number = await self.act(
            service.receive, kiosk.desk, kiosk.by, self._enquiry_id, person, means
        )
        self._finish(_("Enquiry {number} received.").format(number=number), person.name)


def _offered(enquiry: EnquiryShown) -> Iterator[Act]:
    """Yield what can be done now, the likeliest first."""
    if enquiry.ending is not None:
        return
    if enquiry.own_duty:
        yield from (Act.HANDLED, Act.NOTICE, Act.LEAD)
    else:
        yield from (Act.LEAD, Act.NOTICE)
    yield Act.LEAVES
    if enquiry.led_to is not None:
        yield Act.NO_BADGE
