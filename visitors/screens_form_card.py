"""A form that an ID card fills: name, form of address and number, the number masked at once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from textual.content import Content
from textual.widgets import Input

from kiosk.desk.id_card import IdCard
from kiosk.desk.refusal import Refused
from kiosk.desk.words import N_, _, sentence
from kiosk.ui import palette
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain, row
from visitors import id_numbers
from visitors.rules import Details
from visitors.screens_fields import FORM, word_of
from visitors.screens_lane_form import LaneForm

_MARGIN = 4
_FITS = N_("ID card {number}, check digit fits")
_WRONG = N_("ID card {number}, CHECK DIGIT WRONG")
_UNTESTED = N_("ID card {number}, no check digit to test")


class IdCardForm(LaneForm):
    """A visit's form at which a card may be laid on the reader, also before it is opened.

    The number itself is in no field: the form shows it masked and hands it on when it is saved.
    Whoever changes the masked number takes the card's away and types another.
    """

    SHORT: ClassVar[str] = ""

    def __init__(
        self, values: Mapping[str, str] | None = None, card: IdCard | None = None
    ) -> None:  # fmt: skip
        super().__init__({**(values or {}), **(_values_of(card) if card else {})})
        self._card = card

    def on_mount(self) -> None:
        """Say what the card that opened this form has said."""
        if self._card is not None:
            self._tell(self._card)
            self._first_empty().focus()

    async def take_id_card(self, card: IdCard) -> bool:
        """Fill the form from the card."""
        self._card = card
        values = _values_of(card)
        self._codes["form"] = values["form"]
        values["form"] = word_of(FORM, card.form)
        for field, value in values.items():
            self.query_one(f"#{field}", LabelledInput).input.value = value
        self.translate()
        self._tell(card)
        self._first_empty().focus()
        return True

    def _tell(self, card: IdCard) -> None:
        tone, words, next_step = _verdict_on(card.number)
        lines = (next_step,) if next_step else ()
        self.kiosk.answer(Verdict(tone, words, name=card.name, lines=lines))

    def title_line(self) -> Content:
        """Return what the form is for, the card's number and its worth, and the list's words.

        Where that is too wide the first is left out: it is what the guard knows already.
        """
        if self._card is None:
            return super().title_line()
        tone, words, _next = _verdict_on(self._card.number)
        worth = plain(words, f"bold {palette.COLOUR[tone]}")
        said = row(worth, self.list_words(id_number=self._card.number))
        whole = row(plain(_(self.SHORT), f"bold {palette.TEXT}"), said)
        return whole if whole.cell_length <= self.size.width - _MARGIN else said

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Forget the card's number once somebody types in its field."""
        shown = self.query_one("#id_number", LabelledInput).input
        if event.input is not shown or self._card is None:
            return
        if shown.value != id_numbers.masked(self._card.number):
            self._card = None
            shown.value = ""
            self.translate()

    def details(self) -> Details:
        """Return what was said, with the card's number where the form shows its mask."""
        said = super().details()
        if self._card is None:
            return said
        return replace(said, id_number=self._card.number)


def _values_of(card: IdCard) -> dict[str, str]:
    return {"name": card.name, "form": card.form, "id_number": id_numbers.masked(card.number)}


def _verdict_on(number: str) -> tuple[Tone, str, str]:
    """Return tone and words on a card's number, and what to do where it is wrong."""
    masked = id_numbers.masked(number)
    try:
        id_numbers.id_number(number)
    except Refused as refused:
        return Tone.RED, _(_WRONG).format(number=masked), sentence(refused.code, refused.facts)
    tested = id_numbers.has_check_digit(number)
    return Tone.GOOD, _(_FITS if tested else _UNTESTED).format(number=masked), ""
