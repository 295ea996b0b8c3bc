"""Step two: the incoming reads line by line and says known or question; then both sign."""

from collections.abc import Awaitable, Callable, Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key as KeyPressed

from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.stock import to_count
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from kiosk.ui.verdict import Verdict, refusal
from shift_handover import service
from shift_handover.exits.rules import next_steps
from shift_handover.exits.screens_answers import WithExits
from shift_handover.exits.screens_questions import ReadBackStep
from shift_handover.models import Mark
from shift_handover.records import Record, Saying
from shift_handover.screens_done import DoneScreen
from shift_handover.screens_rows import GroupedList
from shift_handover.screens_signing import (
    IncomingRefuses,
    IncomingSigns,
    OutgoingSigns,
)
from shift_handover.wording import group_key, text_of


class ReadScreen(WithExits):
    """The frozen handover, read by the incoming. Every mark is saved at once."""

    own_function_keys: ClassVar[frozenset[int]] = frozenset({5})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("space", "known", show=False),
        Binding("a,A", "group_known", show=False),
        Binding("s,S", "sign", show=False),
        Binding("r,R", "refuse", show=False),
        Binding("w,W", "withdraw", show=False),
        Binding("k,K", "count", show=False),
        Binding("f5", "freeze_again", show=False),
    ]

    def __init__(self, handover_id: str) -> None:
        super().__init__(handover_id)
        self._asked = False

    async def on_screen_resume(self) -> None:
        """Ask at first who reads: every mark is in the incoming's name."""
        if not self._asked:
            self._asked = True
            await self.refresh_book()
            if self._frozen is not None and self._frozen.unread:
                self._ask_reader()

    def keys(self) -> Iterator[Key]:
        """Show what can be done now; F5 only when something red is new."""
        if self._since.needs_new_freeze:
            yield Key("F5", _("Freeze again"), alarm=True)
        if self._frozen is None or self._frozen.unread:
            yield Key("Enter", pgettext("handover", "Known"))
            yield Key("?", pgettext("handover", "Question"))
            yield Key("A", _("Rest of the group"), pgettext("handover", "Group"))
        else:
            yield Key("Enter", _("Both sign"), pgettext("handover", "Sign"))
            yield Key("?", pgettext("handover", "Question"))
        yield self.count_or_answer()
        yield Key("R", _("Not taking over"), pgettext("handover", "Refuse"))
        yield Key("W", _("Withdraw"))
        yield Key("X", _("Other ways"), pgettext("handover", "Other"))
        yield Key("Esc", _("Back"))

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Mark the line as known; when every line is read, go on to the signatures."""
        message.stop()
        if self._frozen is not None and not self._frozen.unread:
            self.action_sign()
        else:
            await self.action_known()

    async def on_key(self, event: KeyPressed) -> None:
        """Take a question mark of either width; sign where there is no line to choose."""
        if event.character in {"?", "？"}:
            event.stop()
            self._ask_question()
        elif event.key == "enter" and self._frozen and not self._frozen.document.things:
            self.action_sign()

    async def action_known(self) -> None:
        """Mark the line under the cursor as known and move on."""
        record = self._current()
        if record is None or self._frozen is None or not self.is_current:
            return
        steps = next_steps(self._handover_id, record, self._frozen.document.things)
        if record.urgency is not Urgency.NOW or not steps or self._reader is None:
            await self._mark(record, Mark.KNOWN)
            return

        async def picked(place: str | None) -> None:
            if place is not None:
                await self._mark(record, Mark.KNOWN, picked=steps[int(place)])

        self.app.push_screen(ReadBackStep(record, steps), picked)

    def _ask_question(self) -> None:
        record = self._current()
        if record is None:
            return

        async def asked(text: str | None) -> None:
            if text is not None:
                await self._mark(record, Mark.QUESTION, text)

        question = AskText(
            lambda: f"{record.number}  {text_of(record)}", lambda: _("The question"), limit=120
        )
        self.app.push_screen(question, asked)

    async def _mark(
        self, record: Record, mark: Mark, note: str = "", picked: Saying | None = None
    ) -> None:
        if self._reader is None:
            self._ask_reader()
            return
        by = self._reader.staff_no
        async with self.answering():
            self._frozen = await self.act(
                service.mark, self.kiosk.desk, by, self._handover_id, record.key, mark, note, picked
            )
        self._draw()
        self._to_next_unread()

    def _to_next_unread(self) -> None:
        if self._frozen is None or not self._frozen.unread:
            return
        shown = self.query_one(GroupedList)
        unread = {record.key for record in self._frozen.unread}
        order = [*range(shown.cursor, len(shown.rows)), *range(shown.cursor)]
        there = next(i for i in order if shown.rows[i].key in unread)
        shown.action_move(there - shown.cursor)

    async def action_group_known(self) -> None:
        """Mark the rest of this group as known: what was on the screen, and nothing red."""
        here, frozen = self._current(), self._frozen
        if here is None or frozen is None:
            return
        seen = self.query_one(GroupedList).seen
        keys = [
            record.key
            for record in frozen.unread
            if group_key(record) == group_key(here)
            and record.key in seen
            and record.urgency is not Urgency.NOW
        ]
        if not keys:
            self.kiosk.answer(Verdict(Tone.AMBER, _("Red lines are marked one by one.")))
            return
        if self._reader is None:
            self._ask_reader()
            return
        by = self._reader.staff_no
        async with self.answering():
            self._frozen = await self.act(
                service.mark_known, self.kiosk.desk, by, self._handover_id, keys
            )
        self._draw()
        self._to_next_unread()

    async def action_freeze_again(self) -> None:
        """Freeze again because something red is new; marks on unchanged lines stay."""
        if not self._since.needs_new_freeze or self._frozen is None:
            return
        kiosk, note = self.kiosk, self._frozen.document.note
        async with self.answering():
            again = await self.act(service.freeze, kiosk.desk, kiosk.by, kiosk.outstanding, note)
            self._handover_id = again.id
            await self.refresh_book()
            self._to_next_unread()

    def action_count(self) -> None:
        """Count together what hangs on the board; a difference is new since the freeze."""
        self.kiosk.go_to(to_count(self.kiosk.desk.gate, self.kiosk.desk.clock()))

    def action_withdraw(self) -> None:
        """Ask once, then take the handover back."""
        question = Choose(
            lambda: _("Withdraw this handover?"),
            [("yes", lambda: _("Yes, I keep the post")), ("no", lambda: _("No, go on"))],
        )

        async def chosen(key: str | None) -> None:
            if key == "yes":
                await self._ended(
                    service.withdraw, self.kiosk.desk, self.kiosk.by, self._handover_id
                )

        self.app.push_screen(question, chosen)

    async def _ended(self, use_case: Callable[..., None], *args: object) -> None:
        async with self.answering():
            await self.act(use_case, *args)
            words = _("The post stays with {name}.")
            name = self._frozen.outgoing.name if self._frozen else ""
            self.dismiss()
            self.kiosk.answer(Verdict(Tone.AMBER, words.format(name=name)))

    def action_refuse(self) -> None:
        """Ask the incoming why, then for the badge."""
        frozen = self._frozen
        if frozen is None:
            return

        def why(reason: str | None) -> None:
            if reason is None:
                return

            async def proved(proof: Proof | None) -> None:
                if proof is not None:
                    await self._ended(
                        service.refuse, self.kiosk.desk, self._handover_id, proof, reason
                    )

            self.app.push_screen(IncomingRefuses(frozen.outgoing), proved)

        question = AskText(
            lambda: _("Why is the post not taken over?"), lambda: _("Reason"), limit=120
        )
        self.app.push_screen(question, why)

    def action_sign(self) -> None:
        """Ask the outgoing, then the incoming, for badge and PIN."""
        if not self.is_current:  # a second Enter that was pressed before the question stood there
            return
        frozen = self._frozen
        if frozen is None:
            return
        if frozen.unread:
            left = len(frozen.unread)
            words = ngettext("{n} line is not read yet.", "{n} lines are not read yet.", left)
            self.kiosk.answer(Verdict(Tone.AMBER, words.format(n=left)))
            return

        if frozen.unanswered:
            left = len(frozen.unanswered)
            self.kiosk.answer(refusal(Refused("handover.unanswered", left=left)))
            return

        def signed(outgoing: Proof | None) -> None:
            if outgoing is not None:
                seconds = self.kiosk.desk.rules.signature_window_s
                self.app.push_screen(IncomingSigns(frozen.outgoing, seconds), self._both(outgoing))

        self.app.push_screen(OutgoingSigns(frozen.outgoing, self._reader), signed)

    def _both(self, outgoing: Proof) -> Callable[[Proof | None], Awaitable[None]]:
        async def signed(incoming: Proof | None) -> None:
            if incoming is not None:
                await self._accept(outgoing, incoming)

        return signed

    async def _accept(self, outgoing: Proof, incoming: Proof) -> None:
        kiosk = self.kiosk
        async with self.answering():
            try:
                accepted = await self.act(
                    service.accept, kiosk.desk, self._handover_id, outgoing, incoming,
                    kiosk.outstanding,
                )  # fmt: skip
            except Refused as refused:
                if refused.code == "sign.too_late":  # the first signature is too old: ask it again
                    self.action_sign()
                elif refused.code == "handover.read_by_other":
                    self._ask_reader()
                raise
            kiosk.operator = incoming.person
            kiosk.changed()
            words = _("The post is taken over.")
            kiosk.answer(Verdict(Tone.GOOD, words, name=incoming.person.name))
            self.app.switch_screen(DoneScreen(accepted))
