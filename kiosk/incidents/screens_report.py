"""A report is typed: what happened, and what else is known already (clause 154)."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from kiosk.desk.words import Words, _, pgettext
from kiosk.incidents import service
from kiosk.incidents.models import Incident, Sort
from kiosk.incidents.rules import LONGEST, Said, checked
from kiosk.incidents.wording import sort_word, title
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.fields_form import FieldsForm
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain, row

_FIELDS: tuple[tuple[str, Words, Words], ...] = (
    ("what", lambda: pgettext("incident", "What"), lambda: _("needed; the rest may stay empty")),
    ("when", lambda: pgettext("incident", "When"), lambda: _("when it began, such as 15:30")),
    ("place", lambda: pgettext("incident", "Where"), str),
    ("hurt", lambda: pgettext("incident", "Hurt"), lambda: _("how many, how badly")),
    ("loss", lambda: pgettext("incident", "Loss"), str),
    ("spread", lambda: pgettext("incident", "Spread"), lambda: _("does it grow, and where to")),
    ("measures", lambda: pgettext("incident", "Measures"), str),
    ("present", lambda: pgettext("incident", "On the spot"), str),
)


class ReportForm(FieldsForm):
    """The first, a follow-up or the ``final`` report of an incident."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    #report { width: 92; max-width: 100%; height: auto; padding: 1 3; background: $panel-ground; }
    #report .field { margin: 0 0 1 0; }
    .-low #report { padding: 0 2; }
    """

    def __init__(self, incident: Incident, *, first: bool = False, final: bool = False) -> None:
        super().__init__()
        self._incident, self._final = incident, final
        self._sort = Sort.FINAL if final else Sort.FIRST if first else Sort.FOLLOW_UP

    def body(self) -> ComposeResult:
        """Lay the eight fields."""
        with Vertical(id="report"):
            yield self.title_line()
            for name, label, hint in _FIELDS:
                yield LabelledInput(label, id=name, limit=LONGEST, hint=hint)

    def headline(self) -> Content:
        """Return the words over the fields."""
        colour = palette.AMBER if self._incident.drill else palette.RED
        return row(
            plain(sort_word(self._sort), f"bold {palette.TEXT}"),
            plain(title(self._incident), f"bold {colour}"),
        )

    def keys(self) -> Iterator[Key]:
        """Show how to go on."""
        yield Key("Enter", pgettext("incident", "Next field"))
        yield Key("Ctrl+S", pgettext("incident", "Report now"))
        yield Key("Esc", _("Back"))

    async def finish(self) -> None:
        """Enter in the last field reports."""
        await self.action_save()

    async def action_save(self) -> None:
        """Write the report down; what is missing is said under its field."""
        said = self.checked(lambda: checked(Said(**self.typed())))
        if said is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            sort = await self.act(
                service.report, kiosk.desk, kiosk.by, self._incident.id, said, final=self._final
            )
            self.dismiss()
            words = _("{number}: {sort} is written down.")
            facts = {"number": self._incident.number, "sort": sort_word(sort)}
            kiosk.answer(Verdict(Tone.GOOD, words.format(**facts)))
