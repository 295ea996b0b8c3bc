"""The list of the safety check on the screen: a manager or the office changes it after signing.

Keystrokes: ``F3 1 L``, badge, PIN; then ``A`` adds, ``N`` names, ``P`` puts an item elsewhere,
``+`` and ``-`` move, ``R`` retires and brings back, a tag's tap hangs it at the place, ``T`` takes
it off.
"""

from collections.abc import Awaitable, Callable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from kiosk.desk.bearer import Bearer, UnknownCard
from kiosk.desk.signing import Proof
from kiosk.desk.words import Words, _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.home import Panel
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow
from kiosk.ui.screen import KioskScreen
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from shift_handover.models import Group
from shift_handover.safety import editing
from shift_handover.safety.models import SafetyPlace, SafetyPoint
from shift_handover.safety.points import House, house
from shift_handover.safety.wording import item_word, place_word, safety_title
from shift_handover.screens_rows import WIDE, GroupedList
from shift_handover.wording_parts import labelled


def open_the_list(screen: KioskScreen, closed: Callable[[], Awaitable[None]]) -> None:
    """Ask a manager or the office for badge and PIN, open the list, then do ``closed``."""

    async def done(_nothing: None) -> None:
        await closed()

    async def act(proof: Proof) -> Verdict:
        await screen.act(editing.open_list, screen.kiosk.desk, proof)
        return Verdict(
            Tone.INFO, _("The list is open; every change is written down."), proof.person.name
        )  # fmt: skip

    def signed(proof: Proof | None) -> None:
        if proof is not None:
            screen.app.push_screen(SafetyListScreen(proof), done)

    asked = SignedAct(
        lambda: _("Change the list of the safety check"), act,
        lambda: _("A manager or the office signs with badge and PIN."), may=editing.may_edit,
    )  # fmt: skip
    screen.app.push_screen(asked, signed)


class SafetyListScreen(KioskScreen):
    """The four groups with their items, and the places; every change is saved at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("a,A", "add", show=False),
        Binding("n,N", "rename", show=False),
        Binding("p,P", "place", show=False),
        Binding("r,R", "retire", show=False),
        Binding("t,T", "tag_off", show=False),
        Binding("minus", "move(-1)", show=False),
        Binding("plus,equals_sign", "move(1)", show=False),
    ]
    DEFAULT_CSS = """
    #safety-list { height: 1fr; padding: 1 1 0 1; margin: 0 0 1 0; }
    SafetyListScreen.-low #safety-list { padding: 0; margin: 0; }
    """

    def __init__(self, proof: Proof) -> None:
        super().__init__()
        self._proof = proof
        self._house: House | None = None
        self._locked = False

    def body(self) -> ComposeResult:
        """Lay the one list of everything."""
        yield Panel(GroupedList(id="points"), id="safety-list")

    def keys(self) -> Iterator[Key]:
        """Show what can be done with the row under the cursor."""
        yield Key("A", pgettext("safety list", "Add"))
        yield Key("N", pgettext("safety list", "Name"))
        yield Key("P", pgettext("safety list", "Place"))
        yield Key("- +", pgettext("safety list", "Move"))
        yield Key("R", _("Retire, bring back"), pgettext("safety list", "Retire"))
        yield Key("T", _("Take the tag off"), pgettext("safety list", "Tag off"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the list."""
        super().on_mount()
        self.query_one("#points", GroupedList).focus()

    async def on_screen_resume(self) -> None:
        """Look at first, and again when coming back."""
        await super().on_screen_resume()
        await self.refresh_book()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    async def read_book(self) -> None:
        """Read the list as it stands; a desk that locked ends what the manager signed for."""
        if self.kiosk.operator is None:
            self._locked = True
            self.dismiss(None)
            return
        self._house = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> House:
        with self.kiosk.desk.read() as book:
            return house(book)

    def _draw(self) -> None:
        if self._house is None:
            return
        asked = len(self._house.items())
        title = labelled(self._proof.person.name, _("{n} items are asked").format(n=asked))
        self.query_one("#safety-list", Panel).entitle(_("List of the safety check"), title)
        wide = (Column("", 24), Column("", 10)) if self.size.width >= WIDE else (Column("", 18),)
        self.query_one("#points", GroupedList).show(
            list(self._rows(self._house)), (Column("", 1), Column(""), *wide)
        )

    def on_resize(self) -> None:
        """Give the place its own column where there is room."""
        self._draw()

    def _rows(self, asked: House) -> Iterator[ListRow]:
        for group in Group:
            yield ListRow((safety_title(group),), colour=palette.INFO)
            for point in asked.points:
                if point.in_group is group:
                    yield _item_row(point, asked.place_of.get(point.place))
        yield ListRow((_("Places, a tag's tap hangs it there"),), colour=palette.INFO)
        yield from map(_place_row, asked.places)

    @property
    def _code(self) -> str:
        row = self.query_one("#points", GroupedList).current
        return str(row.key) if row is not None and row.key is not None else ""

    def _here(self) -> SafetyPlace | SafetyPoint | None:
        """Return what the cursor stands on."""
        if self._house is None:
            return None
        rows: list[SafetyPlace | SafetyPoint] = [*self._house.places, *self._house.points]
        return next((row for row in rows if row.code == self._code), None)

    async def _change(self, said: Words, change: Callable[..., object], *given: object) -> None:
        """Make one change and say so; a refusal is said instead."""
        kiosk = self.kiosk
        if self._locked:  # whoever opened the desk again is not who signed
            return
        async with self.answering():
            await self.act(change, kiosk.desk, self._proof, *given)
            kiosk.answer(Verdict(Tone.GOOD, said()))
        await self.refresh_book()

    def action_leave(self) -> None:
        """Go back to the round, which reads the list again."""
        self.dismiss(None)

    def action_add(self) -> None:
        """Add an item to the group of the cursor, at its place; or a place among the places."""
        here = self._here()
        if here is None:
            return

        async def named(name: str | None) -> None:
            if name is None:
                return
            if isinstance(here, SafetyPlace):
                await self._change(lambda: _("The place is added."), editing.add_place, name)
            else:
                group, place = here.in_group, here.place
                await self._change(
                    lambda: _("The item is added."), editing.add_item, group, place, name
                )

        title = _new_place if isinstance(here, SafetyPlace) else _new_item(here)
        self.app.push_screen(
            AskText(title, lambda: pgettext("safety list", "Name"), limit=editing.LONGEST_NAME),
            named,
        )

    def action_rename(self) -> None:
        """Give the row under the cursor another name."""
        here = self._here()
        if here is None:
            return

        async def named(name: str | None) -> None:
            if name is not None:
                await self._change(lambda: _("Renamed."), editing.rename, here.code, name)

        question = AskText(
            lambda: _("Another name"), lambda: pgettext("safety list", "Name"),
            value=_name_of(here), limit=editing.LONGEST_NAME,
        )  # fmt: skip
        self.app.push_screen(question, named)

    def action_place(self) -> None:
        """Put the item under the cursor at another place."""
        here = self._here()
        if not isinstance(here, SafetyPoint) or self._house is None:
            return

        async def chosen(place: str | None) -> None:
            if place is not None:
                await self._change(lambda: _("Placed."), editing.put_at, here.code, place)

        places = [one for one in self._house.places if one.retired_at is None]
        choices = [(one.code, _words_of(one)) for one in places]
        self.app.push_screen(Choose(lambda: _("Where is it looked at?"), choices), chosen)

    async def action_move(self, by: int) -> None:
        """Move the row under the cursor up or down; the cursor goes with it."""
        if self._code:
            await self._change(lambda: _("Moved."), editing.move, self._code, by)

    async def action_retire(self) -> None:
        """Retire the row under the cursor, or bring it back."""
        here = self._here()
        if here is None:
            return
        back = here.retired_at is not None
        said = (lambda: _("It is asked again.")) if back else (lambda: _("It is retired."))
        await self._change(said, editing.retire, here.code)

    async def action_tag_off(self) -> None:
        """Take the tag off the place under the cursor."""
        if self._code:
            await self._change(lambda: _("The tag is off."), editing.take_tag_off, self._code)

    def accepts(self, bearer: Bearer) -> bool:
        """Wait for a tag while the cursor stands on a place."""
        return isinstance(bearer, UnknownCard) and isinstance(self._here(), SafetyPlace)

    async def take_card(self, bearer: Bearer) -> None:
        """Hang the tag at the place under the cursor."""
        said = _("The tag hangs here now.")
        await self._change(lambda: said, editing.enrol, self._code, bearer.uid)


def _new_place() -> str:
    return _("A new place")


def _new_item(point: SafetyPoint) -> Words:
    return lambda: _("A new item: {group}").format(group=safety_title(point.in_group))


def _words_of(place: SafetyPlace) -> Words:
    return lambda: place_word(place.code, place.name)


def _name_of(row: SafetyPlace | SafetyPoint) -> str:
    return (
        place_word(row.code, row.name)
        if isinstance(row, SafetyPlace)
        else item_word(row.code, row.name)
    )


def _item_row(point: SafetyPoint, place: SafetyPlace | None) -> ListRow:
    where = place_word(point.place, place.name if place else "")
    clause = _("Rule {clause}").format(clause=point.clause) if point.clause else ""
    return _row(point, where, clause)


def _place_row(place: SafetyPlace) -> ListRow:
    return _row(place, _("◎ with a tag") if place.tag else _("no tag"), "")


def _row(row: SafetyPlace | SafetyPoint, where: str, clause: str) -> ListRow:
    retired = row.retired_at is not None
    where = pgettext("safety list", "retired") if retired else where
    colour = palette.MUTED if retired else palette.TEXT
    return ListRow(("-" if retired else "", _name_of(row), where, clause), row.code, colour,
                   faint=(2, 3))  # fmt: skip
