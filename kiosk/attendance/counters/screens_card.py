"""One case card: what was counted and the clause, every day of the evidence, and its closing."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.attendance.counters import acting, rules, wording
from kiosk.attendance.counters.evidence import Line
from kiosk.attendance.counters.reading import Card, card_by_id
from kiosk.attendance.counters.screens_reader import ReaderScreen
from kiosk.attendance.counters.slips import counted, period, who
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import fitted, lines, paragraph, plain, row

_LABEL, _MARGIN, _STAFF_NO = 14, 8, 20
_PROXY = "proxy"


class CaseCard(ReaderScreen):
    """A card as it stands now, beside what it opened with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("p,P", "on_paper", show=False),
        Binding("c,C", "close_case", show=False),
        Binding("h,H", "hand", show=False),
    ]
    DEFAULT_CSS = """
    CaseCard #case-facts { height: auto; margin: 0 0 1 0; padding: 0 2; }
    CaseCard.-low #case-facts { margin: 0; }
    CaseCard #case-days { height: 1fr; margin: 0 1; }
    """

    def __init__(self, reader: Person, case_id: str) -> None:
        super().__init__(reader)
        self._case_id = case_id
        self._card: Card | None = None

    def body(self) -> ComposeResult:
        """Lay the facts over the days."""
        yield Static("", markup=False, id="case-facts")
        yield RowList(id="case-days")

    def keys(self) -> Iterator[Key]:
        """Show what can be done with the card."""
        yield Key("P", _("Print the card"), pgettext("case", "Print"))
        if self._is_open:
            yield Key("C", _("A leader closes it"), pgettext("case", "Close"))
        if self._is_open and self._card is not None and self._card.case.counter == _PROXY:
            yield Key("H", _("Who tapped with this badge?"), _("Who tapped"))
        yield Key("Esc", _("Back"))

    @property
    def _is_open(self) -> bool:
        return self._card is not None and self._card.case.closed_at is None

    async def on_screen_resume(self) -> None:
        """Start in the days."""
        self.query_one("#case-days", RowList).focus()
        await super().on_screen_resume()

    async def read_book(self) -> None:
        """Read the card again."""
        self._card = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> Card:
        desk = self.kiosk.desk
        with desk.read() as book:
            return card_by_id(desk, book, self._case_id)

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def on_resize(self) -> None:
        """Fold the clause anew."""
        self._draw()

    def _draw(self) -> None:
        card = self._card
        if card is None:
            return
        facts = self.query_one("#case-facts", Static)
        facts.update(lines(*_facts(self.kiosk.desk, card, self.size.width - _MARGIN)))
        shown = self.query_one("#case-days", RowList)
        shown.show([_day(place, one) for place, one in enumerate(card.lines)], _columns())
        self.show_keys()

    async def action_on_paper(self) -> None:
        """Print the card for who reads it."""
        kiosk = self.kiosk
        async with self.answering():
            number = await self.act(acting.print_card, kiosk.desk, self.reader, self._case_id)
            told = kiosk.on_paper(
                _("Card {number} is printed."), _("Card {number} waits: {trouble}"), number=number
            )
            kiosk.answer(Verdict(Tone.GOOD, told.format(number=number)))

    def action_close_case(self) -> None:
        """Ask what was done, then for the leader's signature."""
        if self._is_open:
            asked = AskText(
                lambda: _("What was done about it?"), lambda: pgettext("case", "What was done"),
                limit=rules.LONGEST_WORDS,
            )  # fmt: skip
            self.app.push_screen(asked, self._said)

    def _said(self, words: str | None) -> None:
        if words is not None:
            self.app.push_screen(
                SignedAct(
                    lambda: _("A leader signs what was done"), partial(self._sign, words), _leader
                )
            )

    async def _sign(self, words: str, proof: Proof) -> Verdict:
        kiosk = self.kiosk
        number = await self.act(
            acting.close_case, kiosk.desk, kiosk.by, self._case_id, proof, words
        )
        told = _("Card {number} is closed.").format(number=number)
        return Verdict(Tone.GOOD, told, name=proof.person.name)

    def action_hand(self) -> None:
        """Ask who tapped with the badge of the person on the card."""
        card = self._card
        if card is not None and self._is_open and card.case.counter == _PROXY:
            asked = AskText(
                lambda: _("Who tapped with this badge?"), lambda: _("Staff number"), limit=_STAFF_NO
            )
            self.app.push_screen(asked, self._hand_named)

    async def _hand_named(self, staff_no: str | None) -> None:
        if staff_no is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            opened = await self.act(
                acting.name_hand, kiosk.desk, self.reader, self._case_id, staff_no
            )
            n = len(opened)
            told = ngettext("Noted: {n} new card", "Noted: {n} new cards", n).format(n=n)
            kiosk.answer(Verdict(Tone.GOOD, told))


def _leader() -> str:
    return _("The leader in charge or the principal leader: badge and PIN; nobody his own card.")


def _facts(desk: Desk, card: Card, width: int) -> Iterator[Content]:
    case = card.case
    late = card.case.closed_at is None and case.reached
    state = plain(wording.state_word(case), f"bold {palette.AMBER if late else palette.MUTED}")
    title = _("Case card {number}").format(number=case.number)
    yield row(plain(title, f"bold {palette.TEXT}"), plain(who(card), palette.TEXT), state)
    counter = f"{wording.counter_name(case.counter)}  {period(card)}"
    yield _fact(pgettext("case", "Counted"), counter)
    for label, told in counted(card):
        yield _fact(label, told)
    clause = f"{wording.clause_words(case.counter)} {wording.source_of(case.clause)}".strip()
    yield paragraph(clause, palette.MUTED, width)
    if case.closed_at is not None:
        yield _fact(pgettext("case", "What was done"), card.done)
        at = f"{desk.local(case.closed_at):%Y-%m-%d %H:%M}"
        yield _fact(pgettext("case", "Closed by"), f"{card.closed_by} {at}")


def _fact(label: str, told: str) -> Content:
    return row(Content.styled(fitted(label, _LABEL), palette.MUTED), plain(told, palette.TEXT))


def _day(place: int, one: Line) -> ListRow:
    words = (
        f"{one.day:%m-%d}", wording.what_word(one), wording.taps_words(one),
        wording.remark_words(one), wording.line_state(one),
    )  # fmt: skip
    return ListRow(words, key=place, colour=palette.TEXT if one.counts else palette.MUTED)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Day"), 5), Column(pgettext("case", "Counted"), share=2),
        Column(pgettext("case", "Taps"), 11), Column(pgettext("case", "Remark"), share=2),
        Column(pgettext("case", "State"), 13, keep=8),
    )  # fmt: skip
