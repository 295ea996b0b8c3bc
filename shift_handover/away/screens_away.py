"""F3 5: leave the post for a while, rest, or deal with an absence that runs."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key as KeyPressed
from textual.widgets import Static

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.people import Person
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.bars import Key
from kiosk.ui.home import Panel
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row
from shift_handover.away import rules, service
from shift_handover.away.models import Door, Kind
from shift_handover.away.rules import Rung
from shift_handover.away.screens import back_verdict
from shift_handover.away.screens_cover import (
    CompanionTaps,
    ask_door,
    ask_minutes,
    ask_word,
    read_back_to,
)
from shift_handover.away.screens_form import AwayForm
from shift_handover.away.service import AwayShown
from shift_handover.away.wording import clock, cover_word, door_word, kind_word, place_word

Act = tuple[str, str, str, Callable[[], Any]]
_SHOWN_RED = frozenset({Rung.OVERDUE, Rung.COMPANION, Rung.SUPERIOR, Rung.TOLD})


class AwayScreen(KioskScreen):
    """What can be done now; digits choose. The badge of who is away ends the absence."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]
    DEFAULT_CSS = """
    #away-state { height: 1fr; padding: 1 1 0 1; }
    #away-state #away-words { height: auto; margin: 1 0 0 0; }
    #away-state RowList { margin: 1 0 0 0; }
    #away-actions-panel { height: 8; padding: 1 1 0 1; margin: 1 0; }
    #away-actions-panel RowList { margin: 1 0 0 0; }
    AwayScreen.-low #away-state { padding: 0 1; }
    AwayScreen.-low #away-actions-panel { height: 6; padding: 0 1; margin: 1 0 0 0; }
    AwayScreen.-low #away-actions-panel RowList { margin: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._away: AwayShown | None = None
        self._last: list[AwayShown] = []

    def body(self) -> ComposeResult:
        """Lay the state over the actions."""
        last = RowList(
            Column("", 5), Column("", 12), Column("", 12), Column("", share=1), Column("", 20),
            header=False, spaced=True, id="away-last",
        )  # fmt: skip
        last.can_focus = False
        yield Panel(Static("", markup=False, id="away-words"), last, id="away-state")
        actions = RowList(
            Column("", 1), Column("", share=2), Column("", share=3, keep=5),
            header=False, spaced=True, id="away-actions",
        )  # fmt: skip
        yield Panel(actions, id="away-actions-panel")

    def keys(self) -> Iterator[Key]:
        """Show the digits and the way back."""
        yield Key("1-4" if self._away is None else "1-3", _("Choose"))
        yield Key("Enter", pgettext("handover", "Open"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the list; what is left of the time is drawn every second."""
        super().on_mount()
        self.query_one("#away-actions", RowList).focus()
        self.set_interval(1.0, self._draw_state)

    async def on_screen_resume(self) -> None:
        """Look at first, and again when coming back."""
        await self.refresh_book()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    async def read_book(self) -> None:
        """Read what runs and the last absences."""
        await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> None:
        with self.kiosk.desk.read() as book:
            self._away = service.running(self.kiosk.desk, book)
            self._last = service.last_ones(self.kiosk.desk, book)

    def _draw(self) -> None:
        self._draw_state()
        self.show_keys()
        self.query_one("#away-actions-panel", Panel).entitle(_("What would you like to do?"))
        rows = [
            ListRow((d, words, more), key=do, faint=(2,)) for d, words, more, do in self._acts()
        ]
        self.query_one("#away-actions", RowList).show(rows)

    def _draw_state(self) -> None:
        if not self.alive:
            return
        away = self._away
        title = _("Last absences") if away is None else kind_word(away.kind)
        self.query_one("#away-state", Panel).entitle(title, away.number if away else "")
        words, last = self.query_one("#away-words", Static), self.query_one("#away-last", RowList)
        words.display, last.display = away is not None, away is None
        if away is not None:
            words.update(self._words(away))
        else:
            last.empty = _("Nobody has been away yet.")
            last.show([self._last_row(one) for one in self._last])

    def _words(self, away: AwayShown) -> Content:
        desk = self.kiosk.desk
        over = away.rung in _SHOWN_RED
        left = away.due_at - desk.clock()
        colour = palette.RED if over else palette.AMBER
        shown = _("The time is over.") if over else _("{left} left").format(left=clock(left))
        until = pgettext("away", "until {time}").format(time=f"{desk.local(away.due_at):%H:%M}")
        where = " ".join(part for part in (place_word(away.kind, away.place), away.why) if part)
        return lines(
            row(plain(away.person.name, f"bold {palette.TEXT}"), plain(shown, f"bold {colour}"),
                plain(until, palette.MUTED)),
            plain(where, palette.TEXT),
            row(plain(cover_word(away.cover), palette.MUTED), plain(away.keeper, palette.TEXT),
                plain(door_word(away.door), palette.MUTED)),
        )  # fmt: skip

    def _last_row(self, one: AwayShown) -> ListRow:
        desk = self.kiosk.desk
        back = f"{desk.local(one.ended_at):%H:%M}" if one.ended_at else ""
        at = f"{desk.local(one.started_at):%m-%d %H:%M}"
        where = " ".join(part for part in (place_word(one.kind, one.place), one.why) if part)
        late = one.ended_at is not None and rules.lasted(one.due_at, one.ended_at) > 0
        colour = palette.AMBER if late else palette.TEXT
        cells = (one.number, at, one.person.name, where, f"{kind_word(one.kind)} {back}")
        return ListRow(cells, one.id, colour, faint=(0,))

    def _acts(self) -> Iterator[Act]:
        if self._away is not None:
            name = self._away.person.name
            taps = _("{name} taps the badge here at any time").format(name=name)
            yield "1", _("Back, without a badge"), taps, self._back_without_badge
            yield "2", _("Companion gives more time"), _("Companion's tap"), self._confirm
            yield "3", _("The superior was told"), _("Who, what was said"), self._superior
            return
        yield "1", _("Step away"), _("Where, why, minutes, companion's tap"), self._form(Kind.AWAY)
        yield "2", _("Rest in the rest room"), _("Minutes, companion's tap"), self._form(Kind.REST)
        yield "3", _("Emergency: go at once"), _("Only the reason"), self._form(Kind.EMERGENCY)
        yield "4", _("Leave the post empty"), _("Only on a superior's word"), self._leave

    def on_key(self, event: KeyPressed) -> None:
        """Take a digit as the choice."""
        for one in self.query_one("#away-actions", RowList).rows:
            if event.character == one.cells[0]:
                event.stop()
                one.key()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Do what the cursor stands on."""
        message.row.key()

    def _form(self, kind: Kind) -> Callable[[], Any]:
        return lambda: self.app.push_screen(AwayForm(kind))

    # Back again.

    def accepts(self, bearer: Bearer) -> bool:
        """Take the badge of who is away."""
        return isinstance(bearer, StaffCard) and self._is_absent(bearer.person)

    def _is_absent(self, person: Person) -> bool:
        return self._away is not None and person.id == self._away.person.id

    async def take_card(self, bearer: Bearer) -> None:
        """End the absence."""
        if isinstance(bearer, StaffCard):
            await self._come_back(bearer.person, Means.BADGE)

    async def _come_back(self, person: Person, means: Means) -> None:
        ended = await self.act(service.come_back, self.kiosk.desk, person, means)
        self.kiosk.answer(back_verdict(ended))

    def _back_without_badge(self) -> None:
        async def proved(proof: Proof | None) -> None:
            if proof is not None:
                async with self.answering():
                    await self._come_back(proof.person, proof.means)

        self.app.push_screen(AskProof(lambda: _("Back at the post"), may=self._is_absent), proved)

    # Not back in time.

    def _confirm(self) -> None:
        if self._away is None:
            return

        def tapped(found: tuple[Person, Means] | None) -> None:
            if found is not None:
                ask_minutes(self, str, partial(self._confirmed, *found))

        title = partial(_more_time_for, self._away.person.name)
        self.app.push_screen(CompanionTaps(title, self._away.person), tapped)

    async def _confirmed(self, companion: Person, means: Means, minutes: int) -> Verdict:
        kiosk = self.kiosk
        await self.act(service.confirm, kiosk.desk, kiosk.by, companion, means, minutes)
        return Verdict(Tone.GOOD, _("{n} min more").format(n=minutes))

    def _superior(self) -> None:
        def spoken(superior: Person, words: str) -> None:
            then = partial(self._told, superior, words)
            ask_minutes(self, read_back_to(superior, words), then, none=True)

        ask_word(self, spoken)

    async def _told(self, superior: Person, words: str, minutes: int) -> Verdict:
        kiosk = self.kiosk
        await self.act(service.tell_superior, kiosk.desk, kiosk.by, superior, words, minutes)
        return Verdict(Tone.GOOD, _("Noted."), name=superior.name)

    # Nobody after.

    def _leave(self) -> None:
        def spoken(leader: Person, words: str) -> None:
            ask_door(self, read_back_to(leader, words), partial(self._left, leader, words))

        ask_word(self, spoken)

    async def _left(self, leader: Person, words: str, door: Door) -> None:
        kiosk = self.kiosk
        async with self.answering():
            await self.act(service.leave_post, kiosk.desk, kiosk.by, leader, words, door)
            told = _("Nobody is on this post now; it is written down.")
            kiosk.answer(Verdict(Tone.AMBER, told))
            await kiosk.lock("away")


def _more_time_for(name: str) -> str:
    return _("{name} needs more time").format(name=name)
