"""One visit on the screen: who, to whom, is the host in, what did he say; what to do, by digit.

Keystrokes of a guard with one finger, from the home screen (each target counts the keys below):

- appointment with slip, 12 s: ``F2``, two letters of the name, ``Enter`` (this screen opens,
  host and confirmation stand there), ``Enter`` (admits and prints);
- walk-in, 20 s: ``F2 F5``, the form, ``F5``; then here ``1`` (telephone), ``1`` (agrees, read
  back), ``1`` (admits and prints). A host at the desk taps his badge instead of the first two;
- exit without a scanner: ``F2``, the number, ``Enter``, ``Enter``. With one: the scan alone.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Key as KeyEvent
from textual.widgets import Static

from kiosk.desk.signing import Proof
from kiosk.desk.words import _
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain
from visitors import corrections, departures, no_shows, reception
from visitors.acts import ANSWERS, Act
from visitors.cards import VisitCard, visit_card
from visitors.emergency.screens_debt import DebtScreen
from visitors.models import Answer, How, LeftHow
from visitors.screens_actions import is_asking, next_act, offered
from visitors.screens_appointment_acts import appointment_acts
from visitors.screens_appointment_words import Notes
from visitors.screens_cards_at_visit import TakesCards
from visitors.screens_compare import ComparesIdCard, IdBanner
from visitors.screens_correct import CorrectScreen
from visitors.screens_departure import departure_verdict
from visitors.screens_exit_acts import exit_acts
from visitors.screens_ladder_words import to_say
from visitors.screens_lane_acts import lane_acts
from visitors.screens_lane_words import script_of
from visitors.screens_reasons import ask_reason
from visitors.screens_said import reprinted_words
from visitors.screens_slip import ShowsSlip
from visitors.screens_void import ask_void
from visitors.screens_watch_acts import draw_watch, is_crowded, watch_acts
from visitors.screens_words import headline, host_facts, tone_of, visitor_facts
from visitors.service import visit_of


class VisitScreen(ShowsSlip, ComparesIdCard, TakesCards):
    """One visit; digits and letters choose what to do, Enter does what the cursor is on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    DEFAULT_CSS = """
    VisitScreen #head { height: 4; padding: 1 2 0 2; margin: 0 0 1 0; background: $panel-ground; }
    VisitScreen #head.-good { background: $good-ground; }
    VisitScreen #head.-amber, VisitScreen #watch.-amber { background: $amber-ground; }
    VisitScreen #head.-red, VisitScreen #watch.-red { background: $red-ground; }
    VisitScreen #head.-info, VisitScreen #watch.-info { background: $info-ground; }
    VisitScreen #facts { height: 7; margin: 0 0 1 0; }
    VisitScreen #visitor { width: 4fr; height: 100%; padding: 1 2; background: $panel-ground; }
    VisitScreen #host { width: 5fr; height: 100%; padding: 1 2; margin: 0 0 0 1; }
    VisitScreen #host { background: $panel-ground; }
    VisitScreen .about { height: auto; padding: 0 2; margin: 0 0 1 0; display: none; }
    VisitScreen #say.-shown, VisitScreen.-watched #watch { display: block; }
    VisitScreen #acts { height: 1fr; min-height: 4; padding: 1 1 0 1; }
    VisitScreen.-low #head { height: 2; padding: 0 1; margin: 0; }
    VisitScreen.-low #facts { height: 7; margin: 0; }
    VisitScreen.-low #visitor { padding: 0 1; margin: 1 0 0 0; height: 6; }
    VisitScreen.-low #host { padding: 0 1; margin: 1 0 0 1; height: 6; }
    VisitScreen.-low.-watched #facts { display: none; }
    VisitScreen.-low .about, VisitScreen.-low Notes { padding: 0 1; margin: 0; }
    VisitScreen.-low #acts { padding: 0; margin: 1 0 0 0; }
    """

    def __init__(self, visit_id: str) -> None:
        super().__init__()
        self._visit_id = visit_id
        self._visit: VisitCard | None = None

    def body(self) -> ComposeResult:
        """Lay headline, both sides of the visit, and what can be done."""
        yield Static("", markup=False, id="head")
        yield IdBanner()
        yield Static("", markup=False, id="watch", classes="about")
        with Horizontal(id="facts"):
            yield Static("", markup=False, id="visitor")
            yield Static("", markup=False, id="host")
        yield Notes()
        yield Static("", markup=False, id="say", classes="about")
        yield RowList(Column("", 2), Column(""), header=False, spaced=True, id="acts")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key(self.acts_keys, _("Choose"))
        yield Key("Enter", _("Do it"))
        yield Key("V", _("Slip"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Read the visit when the screen comes to the front."""
        self.query_one("#acts", RowList).focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read the visit again and draw it."""
        self._visit = await self.aside(visit_card, self.kiosk.desk, self._visit_id)
        self._draw(self._visit)
        if act := self.early_act():
            self.call_later(self._do, act)

    def on_resize(self) -> None:
        """Draw again for the new size."""
        self._draw(self._visit)

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self._draw(self._visit)

    def _draw(self, visit: VisitCard | None) -> None:
        if visit is None or not self.query("#head"):  # closed while the book was read
            return
        desk, head = self.kiosk.desk, self.query_one("#head", Static)
        head.update(headline(desk, visit))
        for tone in Tone:
            head.set_class(tone is tone_of(visit), f"-{tone.value}")
        self.query_one("#visitor", Static).update(visitor_facts(desk, visit))
        self.query_one("#host", Static).update(host_facts(desk, visit))
        crowded = is_crowded(visit, self.likeness, self.size.height)
        self.set_class(crowded, "-crowded")
        self.query_one(Notes).tell(desk, visit, one_line=crowded)
        self.tell_likeness(visit)
        draw_watch(self, visit)
        self._draw_say(visit)
        self._draw_acts(visit)

    def _draw_say(self, visit: VisitCard) -> None:
        words = to_say(visit) if is_asking(visit) else script_of(visit)
        say = self.query_one("#say", Static)
        say.update(plain(words, palette.INFO))
        say.set_class(bool(words), "-shown")

    def _draw_acts(self, visit: VisitCard) -> None:
        self.take_acts(offered(visit))
        acts = self.query_one("#acts", RowList)
        opened_now = not acts.rows
        acts.empty = _("Void: nothing more can be done. Let whoever leaves with this slip go.")
        acts.show([ListRow((key, one.words), key=one.act) for key, one in self._acts.items()])
        if opened_now:
            acts.action_move(self.safe_start())

    def action_leave(self) -> None:
        """Go back; everything done so far is saved."""
        self._close()

    def _close(self) -> None:
        """Go back, unless the desk was locked meanwhile and something covers this screen."""
        if self.is_current:
            self.dismiss(None)

    # Digits and Enter.

    async def on_key(self, event: KeyEvent) -> None:
        """Take a digit or a letter as the choice."""
        if self._visit is None:
            self.keep_early(event.character)
        elif act := self.act_of(event.character):
            event.stop()
            await self._do(act)

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Do what the cursor is on."""
        if not self.quiet:
            await self._do(message.row.key)

    async def _do(self, act: Act) -> None:
        async with self.answering():
            if act in ANSWERS:
                await self._answered(ANSWERS[act])
            else:
                await self._doing()[act]()

    def _doing(self) -> Mapping[Act, Callable[[], Awaitable[None]]]:
        return {
            Act.PHONE: partial(self._ask, How.PHONE),
            Act.MESSAGE: partial(self._ask, How.MESSAGE),
            Act.CONFIRM: partial(self._answered, Answer.YES),
            Act.REFUSE: partial(self._with_reason, Act.REFUSE),
            Act.LEAVE: partial(self._leaves, signed=True),
            Act.LEAVE_WITHOUT: partial(self._leaves, signed=False),
            Act.ASSUME_LEFT: partial(self._leaves, signed=False, how=LeftHow.ASSUMED),
            Act.NOT_SIGNED: self._not_signed,
            Act.SETTLE: partial(self._with_reason, Act.SETTLE),
            Act.REPRINT: partial(self._with_reason, Act.REPRINT),
            Act.VOID: self._void,
            Act.CORRECT: self._correct,
            Act.DEBT: self._pay,
            Act.COME_AFTER_ALL: self._come_after_all,
            **self.ladder_acts(),
            **(watch_acts(self, self._visit) if self._visit is not None else {}),
            **(lane_acts(self, self._visit) if self._visit is not None else {}),
            **exit_acts(self, self._visit_id),
            **appointment_acts(self, self._visit_id, self._visit, VisitScreen),
        }

    async def _come_after_all(self) -> None:
        desk, by = self.kiosk.desk, self.kiosk.by
        visit = await self.act(no_shows.come_after_all, desk, by, self._visit_id)
        if self.is_current:
            self.app.switch_screen(VisitScreen(visit))

    async def _ask(self, how: How) -> None:
        await self.act(reception.ask, self.kiosk.desk, self.kiosk.by, self._visit_id, how)
        await self.refresh_book()

    async def _answered(self, said: Answer) -> None:
        desk, how = self.kiosk.desk, await self._asked_how()
        read_back = said is Answer.YES and how is How.PHONE
        by, visit = self.kiosk.by, self._visit_id
        await self.act(reception.answer, desk, by, visit, said, how, read_back=read_back)
        await self.refresh_book()
        if said is Answer.NO:
            self._point_at(Act.REFUSE)
        elif said is Answer.NOT_REACHED and self._visit is not None:
            self._point_at(next_act(self._visit))

    def _point_at(self, act: Act) -> None:
        acts = self.query_one("#acts", RowList)
        acts.action_move(self.place_of(act) - acts.cursor)

    async def _asked_how(self) -> How:
        with self.kiosk.desk.read() as book:
            return visit_of(book, self._visit_id)[0].asked_how or How.PHONE

    async def _leaves(self, *, signed: bool, how: LeftHow = LeftHow.GUARD_SAW) -> None:
        gone = await self.act(
            departures.leave, self.kiosk.desk, self.kiosk.by, self._visit_id, signed=signed, how=how
        )
        self._close()
        self.kiosk.answer(departure_verdict(gone))

    async def _not_signed(self) -> None:
        await self.act(departures.slip_not_signed, self.kiosk.desk, self.kiosk.by, self._visit_id)
        await self.refresh_book()

    async def _pay(self) -> None:
        self.app.push_screen(DebtScreen(self._visit_id))

    async def _correct(self) -> None:
        if self._visit is not None:
            self.app.push_screen(CorrectScreen(self._visit))

    async def _void(self) -> None:
        if self._visit is not None:
            ask_void(self, self._visit, self._void_because, self._correct)

    async def _void_because(self, reason: str, nobody_inside: Proof | None) -> None:
        desk, by = self.kiosk.desk, self.kiosk.by
        async with self.answering():
            await self.act(corrections.void, desk, by, self._visit_id, reason, nobody_inside)
            self._close()
            self.kiosk.answer(Verdict(Tone.INFO, _("The entry is void.")))

    # What needs a reason.

    async def _with_reason(self, act: Act) -> None:
        ask_reason(self, act, partial(self._because, act))

    async def _because(self, act: Act, reason: str) -> None:
        desk, by = self.kiosk.desk, self.kiosk.by
        async with self.answering():
            if act is Act.REFUSE:
                await self.act(reception.refuse, desk, by, self._visit_id, reason)
                self._close()
            elif act is Act.SETTLE:
                await self.act(departures.settle_return_slip, desk, by, self._visit_id, reason)
                self._close()
            else:
                visit = await self.act(corrections.reprint, desk, by, self._visit_id, reason)
                self._tell(Tone.INFO, reprinted_words(self.kiosk, visit), visit)

    def _tell(self, tone: Tone, words: str, visit: VisitCard) -> None:
        self.kiosk.answer(Verdict(tone, words, name=visit.address))
