"""The big words on a visit: the card on the reader is the person registered, or is not."""

from collections.abc import Mapping

from textual.widgets import Static

from kiosk.desk.id_card import IdCard
from kiosk.desk.refusal import Refused
from kiosk.desk.words import N_, _, ngettext
from kiosk.ui import palette
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row
from visitors import id_cards
from visitors.cards import VisitCard
from visitors.id_cards import OUTSIDE, Likeness

_WORDS: Mapping[Likeness, tuple[Tone, str, str]] = {
    Likeness.SAME: (Tone.GOOD, N_("SAME PERSON as registered"), ""),
    Likeness.DIFFERS: (
        Tone.RED,
        N_("NOT THE PERSON who is registered"),
        N_("Ask who this is. Another visitor: go back and write a new visit."),
    ),
    Likeness.TAKEN: (
        Tone.GOOD,
        N_("SAME NAME as registered"),
        N_("The number was not known before; it is noted now, masked."),
    ),
    Likeness.OTHER_NAME: (
        Tone.RED,
        N_("ANOTHER NAME than registered"),
        N_("Compare card and entry. Wrong entry: correct it. Another visitor: write a new visit."),
    ),
}


class IdBanner(Static):
    """What the comparison has shown, three rows high; nothing until a card was laid."""

    DEFAULT_CSS = """
    IdBanner { height: 3; margin: 0 0 1 0; padding: 0 2; display: none; text-style: bold; }
    IdBanner.-good { background: $good-ground; display: block; }
    IdBanner.-red { background: $red-ground; display: block; }
    .-low IdBanner { padding: 0 1; margin: 0; }
    .-crowded IdBanner { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False, id="id-card")

    def tell(self, found: Likeness | None, people: int, *, one_line: bool = False) -> None:
        """Show what was found in a visit of so many people; in one line where it is crowded."""
        if found is None:
            return
        tone, headline, _next = _WORDS[found]
        words = _(headline)
        big = plain(f"{palette.SIGN[tone]} {words}", f"bold {palette.COLOUR[tone]}")
        what = plain(hint(found, people), palette.TEXT)
        self.update(row(big, what) if one_line else lines(plain(""), big, what))
        for one in (Tone.GOOD, Tone.RED):
            self.set_class(one is tone, f"-{one.value}")


def hint(found: Likeness, people: int) -> str:
    """Return what to do next; of a group it may be another one of them."""
    if found is Likeness.DIFFERS and people > 1:
        group = ngettext(
            "{n} person is registered: is it one of them? Ask.",
            "{n} people are registered: is it one of them? Ask.",
            people,
        )
        return group.format(n=people)
    words = _WORDS[found][2]
    return _(words) if words else ""


class ComparesIdCard(KioskScreen):
    """A screen about one visit, on which an ID card is compared. ``likeness`` is what came out."""

    _visit_id: str
    _visit: VisitCard | None
    likeness: Likeness | None = None

    def tell_likeness(self, visit: VisitCard) -> None:
        """Show what came out, while the visitor is still outside."""
        if visit.state in OUTSIDE:
            crowded = self.has_class("-crowded")
            self.query_one(IdBanner).tell(self.likeness, visit.people, one_line=crowded)
        else:
            self.query_one(IdBanner).remove_class("-good", "-red")

    async def take_id_card(self, card: IdCard) -> bool:
        """Compare the card with the visit, while the visitor is outside."""
        visit = self._visit
        if visit is None or visit.state not in OUTSIDE:
            return False
        desk, by = self.kiosk.desk, self.kiosk.by
        try:
            self.likeness = await self.act(id_cards.compare, desk, by, self._visit_id, card)
        except Refused:
            await self.refresh_book()  # the watch list may know the name all the same
            raise
        tone, headline, _next = _WORDS[self.likeness]
        next_step = hint(self.likeness, visit.people)
        self.kiosk.answer(Verdict(tone, _(headline), lines=(next_step,) if next_step else ()))
        await self.refresh_book()
        return True
