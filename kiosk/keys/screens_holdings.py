"""What one person holds: confirmed with the PIN once a year, and complete before leaving (76).

Keystrokes: ``F4 P``, the badge; ``C`` and the PIN confirms all of it; ``L`` shows what must come
back before the badge is closed, and closes it once nothing is left; ``P`` and ``R`` print sheets.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.leaving import CLOSES_BADGES, Holding, leave
from kiosk.desk.loans import Loan, Thing
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import Person, department_name, person_by_id
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.keys import holdings, papers
from kiosk.keys.board import KIND_NAMES
from kiosk.keys.holdings import Holdings
from kiosk.keys.screens_board_rows import back_word, day_hour, urgency_of
from kiosk.keys.screens_card import ThingScreen
from kiosk.keys.screens_lose import DecideLoss
from kiosk.keys.screens_signed import written
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row


class HoldingsScreen(KioskScreen):
    """Everything one person has; Enter opens a thing's card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("c,C", "confirm", show=False),
        Binding("l,L", "leaver", show=False),
        Binding("p,P", "print_held", show=False),
        Binding("r,R", "print_back", show=False),
    ]
    DEFAULT_CSS = """
    HoldingsScreen #person { height: 5; padding: 1 2; background: $panel-ground; }
    HoldingsScreen #held { height: 1fr; margin: 1 0 0 0; padding: 1 1 0 1; }
    HoldingsScreen.-low #person { height: 4; padding: 0 1; }
    HoldingsScreen.-low #held { padding: 0; margin: 0; }
    """

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self._person_id = person_id
        self._holdings: Holdings | None = None
        self._to_return: list[Holding] = []
        self._section = ""
        self._leaving = False

    def body(self) -> ComposeResult:
        """Lay who it is, and what is held."""
        yield Static("", markup=False, id="person")
        yield RowList(id="held")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        if self._leaving:
            yield Key("Enter", _("Show"))
            if not self._to_return and self._holdings and self._holdings.person.active:
                yield Key("L", _("Close the badge"))
            yield Key("P", _("Print the leaver's sheet"), pgettext("key", "Print"))
        else:
            yield Key("Enter", _("Show"))
            yield Key("C", _("All of it is here: confirm"), _("Confirm"))
            yield Key("L", _("Leaves the house"), _("Leaves"))
            yield Key("P", _("Delivery sheet"), pgettext("key", "Delivery"))
            yield Key("R", _("Return sheet"), pgettext("key", "Return"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Read again when the screen comes to the front."""
        self.query_one("#held", RowList).focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read what the person holds."""
        await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> None:
        kiosk = self.kiosk
        with kiosk.desk.read() as book:
            person = person_by_id(book, self._person_id)
            self._holdings = holdings.holdings(book, person)
            self._to_return = kiosk.holdings(kiosk.desk, book, person)
            self._section = department_name(book, person)

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        found = self._holdings
        if found is None:
            return
        self.query_one("#person", Static).update(self._head(found))
        held = self.query_one("#held", RowList)
        if self._leaving:
            held.empty = _("Everything is back.")
            rows = [_return_row(self, one) for one in self._to_return]
            held.show(rows, _return_columns())
        else:
            held.empty = _("{name} holds nothing.").format(name=found.person.name)
            held.show([self._row(*one) for one in found.loans], _columns())
        self.show_keys()

    def _head(self, found: Holdings) -> Content:
        person = found.person
        badges = ngettext("{n} badge", "{n} badges", len(found.badges)).format(n=len(found.badges))
        who = row(
            plain(person.name, f"bold {palette.TEXT}"),
            plain(person.staff_no, palette.MUTED),
            plain(self._section, palette.MUTED),
            plain(badges, palette.TEXT if found.badges else palette.MUTED),
            gap=3,
        )
        return lines(who, plain(""), self._says(found))

    def _says(self, found: Holdings) -> Content:
        n = len(self._to_return) if self._leaving else len(found.loans)
        if not found.person.active:
            return plain(_("Has left the house; the badge is closed."), palette.MUTED)
        if self._leaving and n:
            words = ngettext(
                "Leaves the house: {n} thing must come back before the badge is closed.",
                "Leaves the house: {n} things must come back before the badge is closed.",
                n,
            )
            return plain(words.format(n=n), f"bold {palette.AMBER}")
        if self._leaving:
            words = _("Everything is back. L closes the badge; the office signs.")
            return plain(words, f"bold {palette.GOOD}")
        return plain(ngettext("{n} thing", "{n} things", n).format(n=n), palette.TEXT)

    def _row(self, loan: Loan, thing: Thing) -> ListRow:
        desk = self.kiosk.desk
        now = desk.clock()
        wanted = urgency_of(desk, loan, now) <= Urgency.WAITING
        confirmed = loan.confirmed_at
        cells = (
            loan.number, thing.label, _(KIND_NAMES[thing.kind]), day_hour(desk, loan.out_at),
            back_word(desk, loan, now),
            desk.local(confirmed).strftime("%Y-%m-%d") if confirmed is not None else "",
        )  # fmt: skip
        colour = palette.AMBER if wanted else palette.TEXT
        return ListRow(cells, key=thing.id, colour=colour, bar=colour if wanted else "", faint=(2,))

    # Keys.

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open the thing's card, or what decides a loss; anything else is ended elsewhere."""
        key = message.row.key
        if isinstance(key, Holding):
            if key.kind == "loan.out":
                self.app.push_screen(ThingScreen(loan_id=key.ref))
            elif key.kind == "thing.lost":
                self.app.push_screen(DecideLoss(key.ref))
            else:
                self.kiosk.answer(Verdict(Tone.INFO, key.next_step.text(), name=key.what.text()))
        else:
            self.app.push_screen(ThingScreen(key))

    def action_confirm(self) -> None:
        """Ask the person for badge and PIN: all of it is still here."""
        if self._holdings is None or self._leaving:
            return
        name = self._holdings.person.name
        asked = SignedAct(
            lambda: _("{name} confirms everything in this list").format(name=name),
            self._confirm, may=self._is_this,
        )  # fmt: skip
        self.app.push_screen(asked)

    def _is_this(self, person: Person) -> bool:
        return person.id == self._person_id

    async def _confirm(self, proof: Proof) -> Verdict:
        labels = await written(self.kiosk, holdings.confirm, self.kiosk.desk, proof)
        words = ngettext("{n} thing confirmed", "{n} things confirmed", len(labels))
        return Verdict(Tone.GOOD, words.format(n=len(labels)), name=proof.person.name)

    def action_leaver(self) -> None:
        """Show what must come back first; once all of it is, close the badge."""
        found = self._holdings
        if found is None or not found.person.active:
            return
        if not self._leaving:
            self._leaving = True
            self._draw()
        elif not self._to_return:
            asked = SignedAct(
                lambda: _("{name} leaves: close the badge").format(name=found.person.name),
                self._leave, lambda: _("The office taps the badge and types the PIN."), may=_closes,
            )  # fmt: skip
            self.app.push_screen(asked)

    async def _leave(self, proof: Proof) -> Verdict:
        kiosk = self.kiosk
        person = self._holdings.person if self._holdings is not None else proof.person
        await written(
            kiosk, leave, kiosk.desk, proof, person.staff_no, kiosk.holdings, kiosk.ends_for
        )
        return Verdict(Tone.GOOD, _("The badge is closed."), name=person.name)

    async def action_print_held(self) -> None:
        """Print what the person holds: to sign for it, or before leaving the house."""
        kiosk, found = self.kiosk, self._holdings
        if found is None:
            return
        async with self.answering():
            if self._leaving:
                await self.act(
                    papers.print_leavers_sheet, kiosk.desk, kiosk.by, found.person, kiosk.holdings
                )
            else:
                await self.act(papers.print_held, kiosk.desk, kiosk.by, found.person.id)
            self._say_printing()

    async def action_print_back(self) -> None:
        """Print what the person brought back today."""
        kiosk = self.kiosk
        async with self.answering():
            await self.act(papers.print_back_today, kiosk.desk, kiosk.by, self._person_id)
            self._say_printing()

    def _say_printing(self) -> None:
        said = self.kiosk.on_paper(
            _("The sheet is being printed."),
            _("Printer {trouble}: the sheet prints once ready."),
        )
        self.kiosk.answer(Verdict(Tone.GOOD, said))

    def action_leave(self) -> None:
        """Go back, from the leaver's sheet to the list first."""
        if self._leaving and self._holdings is not None and self._holdings.person.active:
            self._leaving = False
            self._draw()
        elif self.is_current:
            self.dismiss(None)


def _closes(person: Person) -> bool:
    return person.role in CLOSES_BADGES


def _return_row(screen: HoldingsScreen, one: Holding) -> ListRow:
    since = day_hour(screen.kiosk.desk, one.since)
    cells = (one.number, one.what.text(), since, one.next_step.text())
    return ListRow(cells, key=one, colour=palette.AMBER, bar=palette.AMBER, faint=(2,))


def _return_columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 6, keep=9),
        Column(_("What"), share=1, keep=9),
        Column(pgettext("key", "Since"), 11, keep=5),
        Column(_("Next step"), share=2, keep=8, least=30),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 6, keep=8),
        Column(pgettext("key", "Key"), share=1, keep=9, least=26),
        Column(pgettext("key", "Kind"), 18, keep=2),
        Column(pgettext("key", "Since"), 11, keep=6),
        Column(pgettext("key", "Due"), 12, keep=9),
        Column(_("Confirmed"), 10, keep=3),
    )
