"""The form of a remark: the day, the cause, what the taps should have been; then who writes it."""

from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from kiosk.attendance.remarks import rules, service
from kiosk.attendance.remarks.models import About, Remark
from kiosk.attendance.remarks.rules import Said
from kiosk.attendance.remarks.wording import about_word
from kiosk.desk.people import Person
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.fields_form import FieldsForm
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain

_CALL = ("called-by", "called-at")


class RemarkForm(FieldsForm):
    """A remark about one day of ``person``; ``old`` is the remark that it takes the place of.

    For a leader two more fields take who telephoned when; left empty, the leader writes it himself.
    """

    DEFAULT_CSS = """
    #remark-form {
        width: 76; max-width: 100%; height: auto; padding: 1 3; background: $panel-ground;
    }
    """

    def __init__(
        self, person: Person, about: About, day: date | None = None, old: Remark | None = None
    ) -> None:
        super().__init__()
        self._person, self._about, self._day, self._old = person, about, day, old

    def body(self) -> ComposeResult:
        """Lay the fields; the call's only for who may telephone."""
        day = f"{self._day:%m-%d}" if self._day else ""
        with Vertical(id="remark-form"):
            yield self.title_line()
            yield LabelledInput(
                lambda: _("Day"), id="day", value=day, limit=10,
                hint=lambda: _("11-23; empty: today"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("remark", "Cause"), id="cause", limit=rules.LONGEST_CAUSE,
                hint=lambda: _("sealed: head and leaders read it"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("remark", "Came at"), id="came", limit=5,
                hint=lambda: _("8:25, if the tap is wrong or missing"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("remark", "Went at"), id="went", limit=5,
                hint=lambda: _("17:30, if the tap is wrong or missing"),
            )  # fmt: skip
            if self._person.rank in rules.PHONED:
                yield LabelledInput(
                    lambda: pgettext("remark", "Who called"), id="called-by",
                    limit=rules.LONGEST_CALLER, hint=lambda: _("only for a telephone call"),
                )  # fmt: skip
                yield LabelledInput(
                    lambda: pgettext("remark", "Called at"), id="called-at", limit=5,
                    hint=lambda: _("time of the call"),
                )  # fmt: skip

    def is_typed(self) -> bool:
        """Say whether anything would be lost: the day is filled in already."""
        return any(one.text for one in self.query(LabelledInput) if one.id != "day")

    def beginning(self) -> LabelledInput:
        """Return the cause, or the day when it is not known."""
        return self.fields()[1 if self._day else 0]

    def headline(self) -> Content:
        """Return whose remark it is, and about what."""
        title = f"{self._person.name}  {about_word(self._about)}"
        return plain(title, f"bold {palette.TEXT}")

    async def finish(self) -> None:
        """Let who writes it prove who he is."""
        said = self.checked(self._said)
        if said is not None:
            self._ask_who(said)

    def _said(self) -> Said:
        desk = self.kiosk.desk
        words = self.typed()
        today = desk.work_day(desk.clock())
        day = rules.typed_day(words["day"], today)
        times = {
            name: rules.typed_time(words.get(name, ""), day, desk.zone, name)
            for name in ("came", "went", "called-at")
        }
        called = words.get("called-by", "")
        said = Said(
            day, self._about, words["cause"], times["came"], times["went"], called,
            times["called-at"],
        )  # fmt: skip
        rules.checked(said, today, phoned=bool(called or times["called-at"]))
        return said

    def _ask_who(self, said: Said) -> None:
        async def act(proof: Proof) -> Verdict:
            row = await self._write(said, proof)
            self.dismiss()
            return Verdict(Tone.GOOD, told(row), name=self._person.name)

        self.app.push_screen(SignedAct(lambda: _("Who writes this remark?"), act, _who_writes))

    async def _write(self, said: Said, proof: Proof) -> Remark:
        kiosk, old = self.kiosk, self._old
        if old is None:
            no = self._person.staff_no
            return await self.act(service.enter, kiosk.desk, kiosk.by, no, said, proof)
        return await self.act(service.replace, kiosk.desk, kiosk.by, old.id, said, proof)


def _who_writes() -> str:
    return _("The person, the head or a leader: badge and PIN. The office after a leader's call.")


def told(row: Remark) -> str:
    """Return what is answered about a remark: its number and how many signatures are missing."""
    if row.unconfirmed:
        return _("{number} is written; the leader confirms it.").format(number=row.number)
    if not row.missing:
        return _("{number} has its signatures: the day is excused.").format(number=row.number)
    words = ngettext(
        "{number}: {n} signature is missing.", "{number}: {n} signatures are missing.", row.missing
    )
    return words.format(number=row.number, n=row.missing)
