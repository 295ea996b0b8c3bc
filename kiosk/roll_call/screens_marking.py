"""Marking who is found: by the keys of the list, by badge, by the visitor's slip or card."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from kiosk.desk.bearer import Bearer, StaffCard, ThingTag
from kiosk.desk.words import _
from kiosk.roll_call import service
from kiosk.roll_call.models import Mark
from kiosk.roll_call.screens_questions import AskHowMany, AskName
from kiosk.roll_call.screens_view import RollView
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from kiosk.ui.verdict import Verdict


class Marking(RollView):
    """The roll call with everything that marks somebody."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h,H", f"mark('{Mark.NEEDS_HELP.value}')", show=False),
        Binding("n,N", f"mark('{Mark.NOT_INSIDE.value}')", show=False),
        Binding("g,G", "some", show=False),
        Binding("u,U,backspace", "unmark", show=False),
        Binding("a,A", "add", show=False),
    ]

    # Marking: by key.

    def _under_cursor(self) -> str:
        current = self.query_one("#roll", RowList).current
        running = self.runs is not None and current is not None
        return str(current.key or "") if running and current is not None else ""

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Mark who is under the cursor as found."""
        del message
        await self._mark(Mark.FOUND)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Mark the first that fits what was typed; the field is ready for the next name."""
        event.stop()
        if self._typed:
            await self._mark(Mark.FOUND)
            event.input.value = ""

    async def action_mark(self, state: str) -> None:
        """Mark who is under the cursor."""
        await self._mark(Mark(state))

    async def _mark(self, state: Mark, here: int | None = None) -> None:
        mark_id = self._under_cursor()
        if not mark_id:
            return
        kiosk = self.kiosk
        async with self.answering():
            done = await self.act(service.mark, kiosk.desk, kiosk.by, mark_id, state, here)
            self.tell(state, done)
            self.stay = True
            await self.refresh_book()

    def action_some(self) -> None:
        """Ask how many of the group under the cursor are here."""
        now, mark_id = self.runs, self._under_cursor()
        entry = next((one for one in now.entries if one.mark.id == mark_id), None) if now else None
        if entry is not None and entry.mark.people > 1:
            question = AskHowMany(self, entry.said.name, entry.mark.people)
            self.app.push_screen(question, self._some)

    async def _some(self, typed: str | None) -> None:
        if typed is not None:
            await self._mark(Mark.FOUND, int(typed) if typed.isdecimal() else 0)

    async def action_unmark(self) -> None:
        """Take the mark of who is under the cursor back."""
        mark_id = self._under_cursor()
        if mark_id:
            kiosk = self.kiosk
            async with self.answering():
                name = await self.act(service.unmark, kiosk.desk, kiosk.by, mark_id)
                self.forget_name()
                kiosk.answer(Verdict(Tone.INFO, _("not marked any more"), name=name))
                await self.refresh_book()

    def action_add(self) -> None:
        """Ask for the name of who is here and not on the list."""
        if self.runs is not None:
            self.app.push_screen(AskName(self), self._added)

    async def _added(self, name: str | None) -> None:
        if name is not None:
            kiosk = self.kiosk
            async with self.answering():
                done = await self.act(service.add, kiosk.desk, kiosk.by, self.roll_id, name)
                self.tell(Mark.FOUND, done)
                await self.refresh_book()

    # Marking: by badge, slip and visitor card. Nobody signs in or out by it, or leaves.

    def accepts(self, bearer: Bearer) -> bool:
        """Take badges and visitors' cards while it runs; a key's tag gets its usual answer."""
        if self.runs is None:
            return False
        return isinstance(bearer, StaffCard) or self._stands_for_somebody(bearer)

    def _stands_for_somebody(self, bearer: Bearer) -> bool:
        kiosk = self.kiosk
        if not isinstance(bearer, ThingTag):
            return False
        with kiosk.desk.read() as book:
            return kiosk.inside_of_tag(kiosk.desk, book, bearer.thing) is not None

    async def take_card(self, bearer: Bearer) -> None:
        """Mark whose badge or card it is."""
        kiosk = self.kiosk
        kiosk.worked()
        desk, by, roll = kiosk.desk, kiosk.by, self.roll_id
        match bearer:
            case StaffCard(person=person):
                done = await self.act(service.mark_badge, desk, by, roll, person)
            case ThingTag(thing=thing):
                done = await self.act(service.mark_card, desk, by, roll, thing, kiosk.inside_of_tag)
            case _:
                return
        self.tell(Mark.FOUND, done)
        await self.refresh_book()

    async def take_code(self, text: str) -> bool:
        """Mark whose slip it is; a code that is no slip is not for this screen."""
        if self.runs is None:
            return False
        kiosk = self.kiosk
        kiosk.worked()
        done = await self.act(
            service.mark_code, kiosk.desk, kiosk.by, self.roll_id, text, kiosk.inside_of_code
        )
        if done is None:
            return False
        self.tell(Mark.FOUND, done)
        await self.refresh_book()
        return True
