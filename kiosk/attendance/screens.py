"""F7: who has signed in and out today; signing in without a badge; the way to the badges."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.attendance import service
from kiosk.attendance.reports import marks
from kiosk.attendance.screens_badges import FindBadges
from kiosk.attendance.screens_enrol import EnrolCard
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
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
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
    ]
    DEFAULT_CSS = """
    AttendanceScreen #counts { height: 3; padding: 1 2; background: $panel-ground; }
    AttendanceScreen #taps { padding: 0 1 1 1; }
    AttendanceScreen.-low #counts { height: 2; padding: 0 1 1 1; }
    AttendanceScreen.-low #taps { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._people: list[TodaysPerson] = []
        self._directory: Directory = {}

    def body(self) -> ComposeResult:
        """Lay the counts and the list."""
        yield Static("", markup=False, id="counts")
        yield RowList(id="taps")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("N", _("No badge: staff number and PIN"), _("No badge"))
        yield Key("C", _("Change the newest tap: in / out"), _("Change in / out"))
        yield Key("B", _("Badges: block a lost one"), _("Badges"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Read the day again when coming here or back."""
        self.query_one("#taps", RowList).focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read today's taps again."""
        self._people = await self.aside(todays_people, self.kiosk.desk, self._directory)
        if self.alive:
            self._draw()

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        self.query_one("#counts", Static).update(self._counts())
        shown = self.query_one("#taps", RowList)
        shown.empty = _("Nobody has signed in today.")
        rows = [self._row(one) for one in self._people]
        shown.show(rows, _columns(max((cells(row.cells[_REMARK]) for row in rows), default=0)))

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

    # Keys.

    async def action_change(self) -> None:
        """Turn the newest tap round, while that is still possible."""
        async with self.answering():
            await change_last(self.kiosk)

    def action_badges(self) -> None:
        """Block a lost badge, or let a blocked one work again."""
        self.app.push_screen(FindBadges())

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
    return pgettext("tap", "here") if one.day.inside else pgettext("tap", "gone")


def _remarks(one: TodaysPerson) -> Iterator[str]:
    if one.day.late_min:
        yield _("late {n} min").format(n=one.day.late_min)
    yield from marks(one.day)


def _asks_remark(one: TodaysPerson) -> bool:
    return bool(one.day.late_min or one.day.out_of_window)


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
