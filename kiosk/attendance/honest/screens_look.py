"""F7, L: what the office and the leaders look into - pairs of badges, odd taps, the clock."""

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.attendance.honest import clock
from kiosk.attendance.honest.reading import Odd, OddTap, PairFound, odd_taps, pairs_found
from kiosk.attendance.honest.rules import may_look_into
from kiosk.attendance.honest.screens_void import VoidTap
from kiosk.attendance.honest.wording import detail_of, odd_word, way_word
from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.bars import Key
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.words_on_screen import plain, row

_LOOKED_BACK = timedelta(days=31)


class MayLook(AskProof):
    """Badge and PIN of who may see the list, where a guard has the desk."""

    def __init__(self) -> None:
        super().__init__(lambda: _("Taps to look into: office or leader"))

    async def _prove(self, staff_no: str, pin: str) -> Proof:
        proof = await super()._prove(staff_no, pin)
        if not may_look_into(proof.person):
            raise Refused("tap.look_not_yours", name=proof.person.name)
        return proof


class LookInto(KioskScreen):
    """The last month's pairs that recur, on top, and the taps with a mark, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("v,V", "void", show=False),
    ]
    DEFAULT_CSS = """
    LookInto #odd-counts { height: 4; padding: 1 2; background: $panel-ground; }
    LookInto #odd { padding: 0 1 1 1; }
    LookInto.-low #odd-counts { height: 3; padding: 0 1 1 1; }
    LookInto.-low #odd { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._pairs: list[PairFound] = []
        self._odd_taps: list[OddTap] = []

    def body(self) -> ComposeResult:
        """Lay the counts and the list."""
        yield Static("", markup=False, id="odd-counts")
        yield RowList(id="odd")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        if any(one.two_desks for one in self._odd_taps):
            yield Key("V", _("Void"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Read again when coming here."""
        self.query_one("#odd", RowList).focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read the last month again."""
        self._pairs, self._odd_taps = await self.aside(_read, self.kiosk.desk)
        if self.alive:
            self.show_keys()
            self._draw()

    async def action_void(self) -> None:
        """Declare void the chosen tap, whose way two desks could not agree on."""
        chosen = self.query_one("#odd", RowList).current
        for one in self._odd_taps:
            if one.two_desks and chosen is not None and chosen.key == (one.odd, one.tap.id):
                self.app.push_screen(VoidTap(one.person, one.tap, one.tap.kind))

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        self.query_one("#odd-counts", Static).update(self._counts())
        shown = self.query_one("#odd", RowList)
        shown.empty = _("Nothing to look into in the last month.")
        rows = [self._pair_row(one) for one in self._pairs]
        rows += [self._tap_row(one) for one in self._odd_taps]
        shown.show(rows, _columns())

    def _counts(self) -> Content:
        n, unproven = len(self._pairs), sum(one.odd is Odd.UNPROVEN for one in self._odd_taps)
        pairs = ngettext("{n} pair recurs", "{n} pairs recur", n).format(n=n)
        clock_odd = clock.in_doubt(self.kiosk.desk)
        first = row(
            plain(_("Taps to look into"), f"bold {palette.TEXT}"),
            plain(pairs, palette.AMBER if n else palette.MUTED),
            plain(_("{n} without the PIN").format(n=unproven), palette.MUTED),
            plain(_("compare the clock") if clock_odd else "", palette.RED),
            gap=3,
        )
        hint = plain(
            _("A hint to look, no proof: who queues together is close too."), palette.MUTED
        )
        return Content("\n").join([first, hint])

    def _pair_row(self, one: PairFound) -> ListRow:
        both = pgettext("pair", "{first} and {second}").format(
            first=one.first.name, second=one.second.name
        )
        told = ngettext("{n} day in {month}", "{n} days in {month}", one.pair.days)
        days = told.format(n=one.pair.days, month=f"{one.pair.month:%Y-%m}")
        chance = _("by chance {n}").format(n=f"{one.pair.by_chance:.1f}")
        numbers = f"{one.first.staff_no} {one.second.staff_no}"
        cells = (f"{one.pair.last:%m-%d}", both, _("close together"), f"{days}, {chance}", numbers)
        return ListRow(
            cells, key=("pair", one.pair.month, *one.pair.people), colour=palette.AMBER,
            bar=palette.AMBER, faint=(4,),
        )  # fmt: skip

    def _tap_row(self, one: OddTap) -> ListRow:
        at = self.kiosk.desk.local(one.tap.at)
        what = f"{way_word(one.tap.kind)}: {odd_word(one.odd)}"
        detail = detail_of(self.kiosk.desk, one)
        cells = (f"{at:%m-%d %H:%M}", one.person.name, what, detail, one.person.staff_no)
        return ListRow(cells, key=(one.odd, one.tap.id), faint=(4,))


def _read(desk: Desk) -> tuple[list[PairFound], list[OddTap]]:
    today = desk.today()
    with desk.read() as book:
        pairs = pairs_found(desk, book, (today - _LOOKED_BACK).replace(day=1), today)
        return pairs, odd_taps(desk, book, today - _LOOKED_BACK, today)


def _columns() -> tuple[Column, ...]:
    return (
        Column(pgettext("odd tap", "When"), 11),
        Column(pgettext("odd tap", "Who"), 16),
        Column(pgettext("odd tap", "What"), 17),
        Column(pgettext("odd tap", "More"), least=18),
        Column(_("Staff number"), 12, keep=3),
    )
