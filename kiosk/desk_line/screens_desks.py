"""F6, D: the desks of the site side by side, and the line to each (对讲).

Keystrokes of a guard: ``F6 D``, arrows to a desk, ``Enter``, the words, ``Enter``; ``A`` says it to
all. Below the list stands whether it was read, and by whom.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.at_desks import What
from kiosk.desk.freshness import up_to
from kiosk.desk.words import _, pgettext
from kiosk.desk_line import service
from kiosk.desk_line.desks import DeskShown, DesksNow, desks_now
from kiosk.desk_line.models import EVERY_DESK
from kiosk.desk_line.screens_read import ask_words, reaches, sent_verdict
from kiosk.desk_line.service import Sent
from kiosk.desk_line.wording import standing_of
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.desk_ages import COLOURS, SIGNS
from kiosk.ui.list_screen import ListScreen
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.words_on_screen import fitted, lines, plain, row

_ROWS_OF_ONE = 2
"""A desk in the list and the empty row below it."""
_COUNTED = (What.INSIDE, What.WAITING, What.EXPECTED, What.OUT)


class DesksScreen(ListScreen):
    """Every desk with who is on duty, what is there and how fresh that is; this one stands first.

    ``line_id`` is a line that nobody read: the cursor begins at its desk.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("a,A", "say_to_all", show=False),
    ]
    DEFAULT_CSS = """
    DesksScreen #desks-title { height: 2; padding: 0 2; }
    DesksScreen #desks { max-height: 60%; }
    DesksScreen #desks-said { height: 1fr; padding: 1 2 0 2; background: $panel-ground; }
    DesksScreen.-low #desks-title { height: 1; }
    DesksScreen.-low #desks-said { padding: 0 2; }
    """

    def __init__(self, line_id: str = "") -> None:
        super().__init__()
        self._line_id = line_id
        self._now: DesksNow | None = None

    def body(self) -> ComposeResult:
        """Lay the list of the desks, and below it what was said with the one under the cursor."""
        yield Static("", markup=False, id="desks-title")
        yield RowList(spaced=True, id="desks")
        yield Static("", markup=False, id="desks-said")

    def keys(self) -> Iterator[Key]:
        """Show the keys."""
        yield Key("Enter", _("Say something to this desk"), _("Say"))
        yield Key("A", _("Say it to all"), pgettext("desks", "To all"))
        yield Key("Esc", _("Back"))

    async def read_book(self) -> None:
        """Read how the desks stand."""
        kiosk = self.kiosk
        found = await self.aside(desks_now, kiosk.desk, kiosk.outstanding, kiosk.at_desks)
        if not self.alive:
            return
        first, self._now = self._now is None, found
        self._draw()
        if first:
            self._go_to_its_desk(found)

    def _go_to_its_desk(self, now: DesksNow) -> None:
        """Begin at the desk of the line that nobody read, else at the first other desk."""
        sent = next((one for one in now.said if one.line.id == self._line_id), None)
        wanted = sent.unread[0] if sent is not None and sent.unread else ""
        gates = [one.gate for one in now.desks]
        place = gates.index(wanted) if wanted in gates else min(1, len(gates) - 1)
        self.query_one(RowList).action_move(place)

    # Drawing.

    def _draw(self) -> None:
        now = self._now
        if now is None or not self.alive:
            return
        self.query_one("#desks-title", Static).update(self._title(now))
        listed = self.query_one(RowList)
        listed.styles.height = _ROWS_OF_ONE * len(now.desks) + 2
        listed.show([self._row(one) for one in now.desks], _columns())
        self.call_after_refresh(self._draw_said)

    def _title(self, now: DesksNow) -> Content:
        title = plain(_("The desks of this site"), f"bold {palette.TEXT}")
        if len(now.desks) == 1:
            return row(title, plain(_("No other desk is known yet."), palette.AMBER))
        if reaches(self.kiosk):
            return title
        cut = _("The line is cut: what stands here may be old.")
        return row(title, plain(f"! {cut}", palette.AMBER))

    def _row(self, one: DeskShown) -> ListRow:
        desk = self.kiosk.desk
        duty = _("Nobody on duty")
        if one.since is not None:
            duty = row(plain(one.guard), plain(f"{desk.local(one.since):%H:%M}"), gap=1).plain
        counts = (str(one.counts.get(what, 0) or "") for what in _COUNTED)
        colour = COLOURS[one.part.age] if one.part is not None and one.part.age else palette.TEXT
        bar = colour if colour is not palette.TEXT else ""
        return ListRow(
            (one.name, duty, *counts, _open_word(one), self._age(one)),
            key=one.gate, colour=colour, bar=bar,
        )  # fmt: skip

    def _age(self, one: DeskShown) -> str:
        if one.part is None:
            return _("this desk")
        return f"{SIGNS[one.part.age]}{up_to(self.kiosk.desk, one.part.known)}"

    def on_resize(self) -> None:
        """Fit what was said to the new height, once it is laid out."""
        self.call_after_refresh(self._draw_said)

    def on_row_list_pointed(self) -> None:
        """Say what was said with the desk under the cursor."""
        self._draw_said()

    def _pointed(self) -> DeskShown | None:
        current = self.query_one(RowList).current
        desks = self._now.desks if self._now is not None else ()
        return next((one for one in desks if current and one.gate == current.key), None)

    def _draw_said(self) -> None:
        one, now = self._pointed(), self._now
        if one is None or now is None:
            return
        ring = _("telephone {number}").format(number=one.telephone) if one.telephone else ""
        head = row(plain(one.name, f"bold {palette.TEXT}"), plain(ring, palette.INFO))
        said = [sent for sent in now.said if _is_with(sent, one)]
        shown = [line for sent in said for line in self._said(now, sent)]
        nothing = [plain(_("Nothing was said lately."), palette.MUTED)]
        told = self.query_one("#desks-said", Static)
        room = max(1, told.content_size.height - 1)
        told.update(lines(head, *(shown or nothing)[:room]))

    def _said(self, now: DesksNow, sent: Sent) -> Iterator[Content]:
        """Yield a line with its hour and words, then how it stands at each desk it was for."""
        desk, line = self.kiosk.desk, sent.line
        at = f"{desk.local(line.sent_at):%H:%M}"
        who = f"{now.known.name(line.from_gate)} {now.names.get(line.sent_by, line.sent_by)}"
        colour = palette.AMBER if sent.unread else palette.MUTED
        standing = standing_of(desk, now.known, sent, now.names)
        width = max(20, self.size.width - 4)
        told = _("{time} {who}: {words}").format(time=at, who=who, words=now.words[line.id])
        yield plain(fitted(told, width).rstrip(), palette.TEXT)
        yield plain(fitted(f"      {standing}", width).rstrip(), colour)

    # Saying something.

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Ask what the desk under the cursor is to know; one says nothing to oneself."""
        gate = message.row.key
        if gate != self.kiosk.desk.gate:
            self._ask(gate)

    def action_say_to_all(self) -> None:
        """Ask what all the other desks are to know."""
        if self._now is not None and len(self._now.desks) > 1:
            self._ask(EVERY_DESK)

    def _ask(self, gate: str) -> None:
        async def typed(words: str | None) -> None:
            if words is not None:
                await self._send(gate, words)

        self.app.push_screen(ask_words(lambda: self._called(gate)), typed)

    def _called(self, gate: str) -> str:
        if gate == EVERY_DESK or self._now is None:
            return _("all desks")
        return self._now.known.name(gate)

    async def _send(self, gate: str, words: str) -> None:
        kiosk = self.kiosk
        async with self.answering():
            await self.act(service.send, kiosk.desk, kiosk.by, gate, words)
            kiosk.answer(sent_verdict(self._called(gate), reached=reaches(kiosk)))
            await self.refresh_book()


def _is_with(sent: Sent, one: DeskShown) -> bool:
    """Say whether a line went to or came from a desk; one's own line shows all it said."""
    gates = {sent.line.from_gate, *(gate for gate, _reading in sent.readings)}
    return one.gate in gates


def _open_word(one: DeskShown) -> str:
    if not one.open:
        return ""
    return f"{one.open} !{one.urgent}" if one.urgent else str(one.open)


def _columns() -> tuple[Column, ...]:
    return (
        Column(pgettext("desks", "Desk"), share=2, keep=9, least=10),
        Column(pgettext("desks", "On duty"), share=3, keep=9, least=14),
        Column(_("Inside"), 6, keep=8),
        Column(_("Waiting"), 7, keep=6),
        Column(_("Expected"), 8, keep=5),
        Column(pgettext("desks", "Keys out"), 8, keep=7),
        Column(pgettext("desks", "To do"), 7, keep=6),
        Column(pgettext("desks", "Known"), 22, keep=9),
    )
