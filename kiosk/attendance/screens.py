"""F7: who has signed in and out today; signing in without a badge; the way to the badges."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.attendance import service
from kiosk.attendance.honest import clock
from kiosk.attendance.honest.rules import may_look_into
from kiosk.attendance.jobs import JOBS
from kiosk.attendance.reports import marks
from kiosk.attendance.screens_badges import FindBadges
from kiosk.attendance.screens_enrol import EnrolCard
from kiosk.attendance.screens_jobs import JobsStrip
from kiosk.attendance.today import Directory, TodaysPerson, todays_people
from kiosk.attendance.verdicts import verdict_of
from kiosk.desk.bearer import Bearer
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import cells
from kiosk.desk.signing import Proof
from kiosk.desk.words import N_, _, pgettext
from kiosk.ui import palette
from kiosk.ui.ages import hour
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.bars import Key
from kiosk.ui.context import Context
from kiosk.ui.dialogs import Choose
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain, row

_REMARK, _REMARK_CELLS = 4, 24
_SEEN, _NOT_SEEN = "seen", "not_seen"


class AttendanceScreen(KioskScreen):
    """Today's taps by person, the newest on top."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("n,N", "no_badge", show=False),
        Binding("c,C", "change", show=False),
        Binding("b,B", "badges", show=False),
        Binding("t,T", "spares", show=False),
        Binding("v,V", "void", show=False),
        Binding("l,L", "look", show=False),
        Binding("k,K", "clock_is_right", show=False),
        *(Binding(job.digit, f"begin('{job.digit}')", show=False) for job in JOBS),
    ]
    DEFAULT_CSS = """
    AttendanceScreen #counts { height: 3; padding: 1 2; background: $panel-ground; }
    AttendanceScreen #jobs { height: auto; padding: 0 2 1 2; background: $panel-ground; }
    AttendanceScreen #taps { padding: 0 1 1 1; }
    AttendanceScreen.-low #counts { height: 2; padding: 0 1 1 1; }
    AttendanceScreen.-low #jobs { padding: 0 1; }
    AttendanceScreen.-low #taps { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._people: list[TodaysPerson] = []
        self._directory: Directory = {}
        self._pointed = False

    def body(self) -> ComposeResult:
        """Lay the counts, the jobs with their digits, and the list."""
        yield Static("", markup=False, id="counts")
        yield JobsStrip()
        yield RowList(id="taps")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("N", _("No badge: staff number and PIN"), _("No badge"))
        yield Key("C", _("Change the newest tap: in / out"), pgettext("tap", "In / out"))
        yield Key("B", _("Badges: block a lost one"), _("Badges"))
        yield Key("T", _("Temporary badges"), pgettext("spare", "Spare"))
        yield Key("V", _("Void: not the holder"), _("Void"))
        yield Key("L", _("Taps to look into"), _("Look into"))
        if clock.in_doubt(self.kiosk.desk):
            yield Key("K", _("The computer's clock is right"), _("Clock OK"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Read the day again when coming here or back."""
        self.query_one("#taps", RowList).focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read today's taps again."""
        self._people = await self.aside(todays_people, self.kiosk.desk, self._directory)
        if self.alive:
            self.show_keys()
            self._draw()

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        self.query_one("#counts", Static).update(self._counts())
        self.query_one(JobsStrip).refresh(layout=True)
        shown = self.query_one("#taps", RowList)
        shown.empty = _("Nobody has signed in today.")
        rows = [self._row(one) for one in self._people]
        shown.show(rows, _columns(max((cells(row.cells[_REMARK]) for row in rows), default=0)))
        if not self._pointed:  # the newest tap, until somebody points at another
            shown.cursor = shown.top = 0

    def _counts(self) -> Content:
        inside = sum(one.day.inside for one in self._people)
        asked = sum(_asks_remark(one) for one in self._people)
        return row(
            plain(_("Attendance today"), f"bold {palette.TEXT}"),
            plain(_("{n} have tapped").format(n=len(self._people)), palette.MUTED),
            plain(_("{n} are in").format(n=inside), palette.GOOD),
            plain(_("{n} to remark").format(n=asked) if asked else "", palette.AMBER),
            gap=3,
        )

    def _row(self, one: TodaysPerson) -> ListRow:
        zone = self.kiosk.desk.zone
        remark = " ".join(_remarks(one))
        words = (
            one.person.name, _state(one), hour(one.day.came, zone), hour(one.day.went, zone),
            remark, one.section, one.person.staff_no,
        )  # fmt: skip
        colour = palette.AMBER if _asks_remark(one) else palette.TEXT
        bar = palette.GOOD if one.day.inside else ""
        return ListRow(words, key=one.person.id, colour=colour, bar=bar, faint=(5, 6))

    def on_row_list_pointed(self, message: RowList.Pointed) -> None:
        """Stay on the person pointed at while others tap; the top row is that of the newest tap."""
        self._pointed = message.list.cursor > 0

    # Keys.

    async def action_change(self) -> None:
        """Turn the newest tap round, while that is still possible."""
        async with self.answering():
            await change_last(self.kiosk)

    def action_begin(self, digit: str) -> None:
        """Go to the job of a digit."""
        self.app.push_screen(next(job for job in JOBS if job.digit == digit).make())

    def action_badges(self) -> None:
        """Block a lost badge, or let a blocked one work again."""
        self.app.push_screen(FindBadges())

    def action_spares(self) -> None:
        """Show the pool of temporary badges."""
        from kiosk.attendance.spares.screens_home import SparesHome  # noqa: PLC0415 - at its first use

        self.app.push_screen(SparesHome())

    async def action_void(self) -> None:
        """Declare void the newest tap of the chosen person, else the newest of all."""
        from kiosk.attendance.honest.screens_void import VoidTap  # noqa: PLC0415 - once in a while

        async with self.answering():
            one = self._chosen()
            valid = [it for it in one.day.taps if not it.void] if one else []
            if one is None:
                raise Refused("attendance.no_tap")
            if not valid:
                raise Refused("tap.voided_already", name=one.person.name)
            self.app.push_screen(VoidTap(one.person, valid[-1].tap, valid[-1].kind))

    def _chosen(self) -> TodaysPerson | None:
        row = self.query_one("#taps", RowList).current
        key = row.key if row is not None else None
        return next((one for one in self._people if one.person.id == key), None)

    def action_look(self) -> None:
        """See what the office looks into: pairs of badges, taps without their PIN, the clock."""
        from kiosk.attendance.honest.screens_look import LookInto, MayLook  # noqa: PLC0415 - rare

        def proved(proof: Proof | None) -> None:
            if proof is not None:
                self.app.push_screen(LookInto())

        operator = self.kiosk.operator
        if operator is not None and may_look_into(operator):
            self.app.push_screen(LookInto())
        else:
            self.app.push_screen(MayLook(), proved)

    async def action_clock_is_right(self) -> None:
        """Say in the operator's name that the computer's clock is right: taps are sure again."""
        kiosk = self.kiosk
        if not clock.in_doubt(kiosk.desk):
            return
        async with self.answering():
            await self.act(clock.confirm, kiosk.desk, kiosk.by)
            kiosk.answer(Verdict(Tone.GOOD, _("The clock is taken for right from now on.")))
            self.show_keys()

    def action_no_badge(self) -> None:
        """Sign in or out who has no badge: number and PIN, and the word of who sees them."""
        self.app.push_screen(NumberAndPin(), self._proved)

    def _proved(self, proof: Proof | None) -> None:
        if proof is not None:
            self.app.push_screen(Confirm(proof), lambda seen: self._confirmed(proof, seen))

    async def _confirmed(self, proof: Proof, seen: str | None) -> None:
        if seen != _SEEN:
            return
        kiosk = self.kiosk
        async with self.answering():
            result = await self.act(service.sign_by_number, kiosk.desk, proof, kiosk.by)
            kiosk.answer(verdict_of(kiosk.desk, result, kiosk.notes(result.person)))


class NumberAndPin(AskProof):
    """Staff number and PIN of who has no badge; a badge tapped meanwhile signs in as always."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Sign in or out without a badge"),
            lambda: _("Type staff number and PIN, Enter after each."),
        )

    def accepts(self, bearer: Bearer) -> bool:
        """No card is waited for here."""
        del bearer
        return False


class Confirm(Choose):
    """The guard says that the person who typed the PIN stands at the desk (clause 22)."""

    def __init__(self, proof: Proof) -> None:
        name, staff_no = proof.person.name, proof.person.staff_no
        super().__init__(
            lambda: _("Is this {name}, {staff_no}?").format(name=name, staff_no=staff_no),
            [
                (_SEEN, lambda: _("Yes, this person stands here")),
                (_NOT_SEEN, lambda: _("No, write nothing")),
            ],
            lambda: _("Nobody signs for another. Look at the person, then press the number."),
        )


async def change_last(kiosk: Context) -> None:
    """Turn the newest tap of the day round, from any screen; ``Refused`` when it is too late."""
    people = todays_people(kiosk.desk, {})
    if not people:
        raise Refused("attendance.no_tap")
    newest = people[0]
    by = kiosk.operator.staff_no if kiosk.operator else newest.person.staff_no
    result = await kiosk.pen.write(service.change, kiosk.desk, newest.last_tap, by)
    kiosk.answer(verdict_of(kiosk.desk, result))
    kiosk.changed()


def _state(one: TodaysPerson) -> str:
    if one.on_outing:
        return pgettext("tap", "outing")
    return pgettext("tap", "here") if one.day.inside else pgettext("tap", "gone")


def _remarks(one: TodaysPerson) -> Iterator[str]:
    if one.day.late_min:
        yield _("late {n} min").format(n=one.day.late_min)
    yield from marks(one.day)


def _asks_remark(one: TodaysPerson) -> bool:
    day = one.day
    return day.late_counts or (day.out_of_window and not day.late_min) or day.no_shift


def _columns(longest_remark: int) -> tuple[Column, ...]:
    """Return the columns; a remark is never cut, rather the section is left out."""
    return (
        Column(_("Name"), 14, keep=9),
        Column(pgettext("tap", "Now"), 6, keep=6),
        Column(pgettext("tap", "In"), 5, keep=9),
        Column(pgettext("tap", "Out"), 5, keep=9),
        Column(_("To remark"), max(_REMARK_CELLS, longest_remark), keep=8),
        Column(_("Section"), keep=4, least=10),
        Column(_("Staff number"), 12, keep=3),
    )


SCREENS = FeatureScreens(
    key="f7", label=N_("Attendance"), short=N_("Sign-in"), home=AttendanceScreen
)

__all__ = ["SCREENS", "AttendanceScreen", "EnrolCard", "change_last", "verdict_of"]
