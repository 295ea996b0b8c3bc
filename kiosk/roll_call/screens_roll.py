"""The roll call: begun and printed with two keys; scan, tap or Enter marks who is found.

Keystrokes of a guard:

- begin and print: ``F8``, then ``3`` in a danger (``1`` a drill, ``2`` a test);
- somebody is here: scan the slip, tap the badge; or arrows and ``Enter``; or ``Space``, letters of
  the name, ``Enter``. ``H`` needs help, ``N`` is not in the building, ``G`` only some of a group;
- somebody who stands on no list: ``A``, the name, ``Enter``;
- over: ``E 1``. ``Esc`` leaves it running.
"""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from kiosk.desk.words import _, pgettext
from kiosk.roll_call import service
from kiosk.roll_call.models import Mark, RollKind
from kiosk.roll_call.screens_marking import Marking
from kiosk.roll_call.screens_questions import ChooseOne
from kiosk.roll_call.standing import Preview, Standing
from kiosk.roll_call.words import kind_word
from kiosk.ui.bars import Key
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict

_KINDS = tuple(RollKind)
_LONGEST_SEARCH = 24
_TICK_S = 1.0
_TONES = {Mark.FOUND: Tone.GOOD, Mark.NEEDS_HELP: Tone.RED, Mark.NOT_INSIDE: Tone.INFO}
_END, _GO_ON = "end", "go_on"


class RollCallScreen(Marking):
    """The roll call that runs, or who is inside while none does. F8 after the end begins anew."""

    own_function_keys: ClassVar[frozenset[int]] = frozenset({8})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "anew", show=False),
        *[Binding(f"{n}", f"begin({n})", show=False) for n in range(1, len(_KINDS) + 1)],
        Binding("p,P", "print", show=False),
        Binding("k,K", "correct", show=False),
        Binding("e,E", "end", show=False),
    ]

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this moment."""
        if self.runs is not None:
            yield Key("Enter", pgettext("roll", "Found"))
            yield Key("H", pgettext("roll", "Needs help"), pgettext("roll", "Help"), alarm=True)
            yield Key("N", pgettext("roll", "Not in the building"), pgettext("roll", "Away"))
            yield Key("G", pgettext("roll", "Some of them"), pgettext("roll", "Some"))
            yield Key("A", pgettext("roll", "Not listed"), pgettext("roll", "Add"))
            yield Key("U", _("Undo"))
            yield Key("K", pgettext("roll", "Kind"))
            yield Key("P", pgettext("roll", "Print"))
            yield Key("E", pgettext("roll", "End"))
        elif isinstance(self.now, Standing):
            yield Key("F8", pgettext("roll", "New roll call"))
        else:
            yield Key("1", pgettext("roll", "Drill"))
            yield Key("2", pgettext("roll", "Test"))
            yield Key("3", pgettext("roll", "Real danger"), alarm=True)
        yield Key("Esc", _("Back"))

    # Beginning and ending.

    async def action_begin(self, number: int) -> None:
        """Begin a roll call of this kind; its list is printed at once."""
        if isinstance(self.now, Preview):
            kiosk, kind = self.kiosk, _KINDS[number - 1]
            async with self.answering():
                self.roll_id = await self.act(
                    service.begin, kiosk.desk, kiosk.by, kind, kiosk.inside
                )
                self._say_printed(pgettext("roll", "Roll call begun ({kind})."), kind)
                await self.refresh_book()

    def _say_printed(self, begun: str, kind: RollKind) -> None:
        told = begun.format(kind=kind_word(kind))
        paper = self.kiosk.on_paper(
            _("The list is being printed."), _("The list waits for the printer ({trouble}).")
        )
        tone = Tone.AMBER if self.kiosk.printer_trouble() else Tone.INFO
        self.kiosk.answer(Verdict(tone, told, notes=(paper,)))

    async def action_print(self) -> None:
        """Print the list as it is now."""
        now = self.runs
        if now is not None:
            kiosk = self.kiosk
            async with self.answering():
                await self.act(service.print_again, kiosk.desk, kiosk.by, now.roll.id, kiosk.inside)
                self._say_printed(pgettext("roll", "Roll call ({kind})."), now.roll.kind)

    def action_correct(self) -> None:
        """Ask what kind it is after all."""
        if self.runs is not None:
            choices = [(kind.value, partial(kind_word, kind)) for kind in _KINDS]
            question = ChooseOne(self, lambda: _("What kind of roll call is it?"), choices)
            self.app.push_screen(question, self._corrected)

    async def _corrected(self, kind: str | None) -> None:
        if kind is not None:
            kiosk = self.kiosk
            async with self.answering():
                await self.act(
                    service.correct_kind, kiosk.desk, kiosk.by, self.roll_id, RollKind(kind)
                )
                await self.refresh_book()

    def action_end(self) -> None:
        """Ask whether it is over, and say who would be missing."""
        if self.runs is not None:
            choices = [
                (_END, lambda: _("End it: its counts stand")),
                (_GO_ON, lambda: _("Go on looking")),
            ]
            self.app.push_screen(ChooseOne(self, self._end_words, choices), self._ended)

    def _end_words(self) -> str:
        now = self.runs
        counts = now.counts if now else None
        words = _("End the roll call? {n} missing, {help} need help, {u} uncertain.")
        if counts is None:
            return words.format(n=0, help=0, u=0)
        return words.format(n=counts.missing, help=counts.needs_help, u=counts.unclear)

    async def _ended(self, key: str | None) -> None:
        if key != _END:
            return
        kiosk = self.kiosk
        async with self.answering():
            counts = await self.act(service.end, kiosk.desk, kiosk.by, self.roll_id)
            self.forget_name()
            all_there = not counts.missing and not counts.needs_help
            words = _("The roll call has ended.")
            kiosk.answer(Verdict(Tone.GOOD if all_there else Tone.AMBER, words))
            await self.refresh_book()

    async def action_anew(self) -> None:
        """After the end: look again who is inside, to begin another one."""
        if isinstance(self.now, Standing) and self.now.ended:
            self.roll_id = ""
            await self.refresh_book()
