"""Somebody goes out: one short form, then on whose word, then who stands in.

Keystrokes: where, back by and why are typed with Enter after each; everything else is left empty
with Enter. A digit in the first field takes one of the last places.
"""

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from kiosk.attendance.outing import rules, service
from kiosk.attendance.outing.reading import OutingShown
from kiosk.attendance.outing.rules import Going
from kiosk.attendance.outing.service import Approval
from kiosk.attendance.outing.wording import out_words
from kiosk.attendance.stand_ins.screens_name import name_stand_in
from kiosk.desk.people import Person
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.dialogs import Choose
from kiosk.ui.fields_form import FieldsForm
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain, row

_HERE, _PHONE = "here", "phone"


class OutingForm(FieldsForm):
    """The fields of one outing, what is always said first."""

    DEFAULT_CSS = """
    #outing-form {
        width: 76; max-width: 100%; height: auto; padding: 1 3; background: $panel-ground;
    }
    """

    def __init__(self, person: Person, places: Sequence[str]) -> None:
        super().__init__()
        self._person, self._places = person, tuple(places)

    def body(self) -> ComposeResult:
        """Lay who goes over the fields."""
        with Vertical(id="outing-form"):
            yield self.title_line()
            yield LabelledInput(
                lambda: pgettext("outing", "Where to"), id="place", limit=rules.LONGEST_PLACE,
                hint=self._last_places,
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("outing", "Back by"), id="back", limit=10,
                hint=lambda: _("15:30; 0: not back today; empty: not sure"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("outing", "What for"), id="why", limit=rules.LONGEST_WHY,
                hint=lambda: _("the gate does not see this later"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("outing", "With"), id="companions",
                limit=rules.LONGEST_COMPANIONS, hint=lambda: _("empty: alone"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("outing", "Phone"), id="phone", limit=rules.LONGEST_PHONE,
                hint=lambda: _("for a weather warning; empty for none"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("outing", "Kind"), id="kind", limit=1,
                hint=lambda: _("1 business, 2 private; empty: business"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("outing", "Leaves at"), id="leaves", limit=14,
                hint=lambda: _("empty: now; 13:30; +1 8:00 is tomorrow"),
            )  # fmt: skip

    def headline(self) -> Content:
        """Return who goes."""
        return row(
            plain(_("Goes out:"), palette.MUTED), plain(self._person.name, f"bold {palette.TEXT}"),
            plain(self._person.title, palette.MUTED),
        )  # fmt: skip

    def _last_places(self) -> str:
        if not self._places:
            return _("village, office, site")
        return "  ".join(f"{i} {place}" for i, place in enumerate(self._places, 1))

    def onward(self) -> str:
        """Say what Enter leads to."""
        return _("Next field, then whose word")

    def leave_field(self, field: LabelledInput) -> None:
        """Put one of the last places instead of its digit."""
        if field.id == "place":
            self._take_last_place(field)

    def _take_last_place(self, field: LabelledInput) -> None:
        digits = {str(i): place for i, place in enumerate(self._places, 1)}
        field.input.value = digits.get(field.text, field.text)

    async def finish(self) -> None:
        """Ask on whose word."""
        said = self.checked(self._said)
        if said is not None:
            self._ask_word(said)

    def _said(self) -> Going:
        desk = self.kiosk.desk
        now = desk.local(desk.clock())
        words = self.typed()
        leaves = rules.typed_leaves(words["leaves"], now)
        typed = rules.typed_back(words["back"], (leaves or now).date(), now)
        back = service.back_on_shift(desk, self._person, typed, leaves or now)
        said = Going(
            words["place"], words["why"], back, rules.typed_kind(words["kind"]),
            words["companions"], words["phone"], leaves,
        )  # fmt: skip
        return rules.checked(said, now, desk.rules)

    # On whose word.

    def _ask_word(self, said: Going) -> None:
        own = rules.goes_on_own_word(self._person)
        here = _own_here if own else _approver_here
        phone = _own_phone if own else _approver_phone
        asked = Choose(partial(_word_title, self._person.name), [(_HERE, here), (_PHONE, phone)])
        self.app.push_screen(asked, partial(self._word, said))

    def _word(self, said: Going, how: str | None) -> None:
        if how == _HERE:
            self.app.push_screen(
                SignedAct(
                    partial(_sign_title, self._person.name), partial(self._signed, said),
                    may=self._may,
                ),
                self._stand_in_next,
            )  # fmt: skip
        elif how == _PHONE:
            asked = AskPerson(
                lambda: _("Who said yes on the telephone?"),
                lambda: _("Type number, name or pinyin. The tap is owed."),
                badges=False, check=self._check,
            )  # fmt: skip
            self.app.push_screen(asked, partial(self._phoned, said))

    def _may(self, person: Person) -> bool:
        return rules.may_let_go(person, self._person)

    def _check(self, person: Person) -> None:
        rules.check_approver(person, self._person)

    async def _signed(self, said: Going, proof: Proof) -> Verdict:
        return self._told(await self._start(said, Approval.signed(proof)))

    async def _phoned(self, said: Going, approver: Person | None) -> None:
        if approver is None:
            return
        async with self.answering():
            shown = await self._start(said, Approval(approver))
            await self._leave_form()
            self.kiosk.answer(self._told(shown))

    async def _start(self, said: Going, approval: Approval) -> OutingShown:
        kiosk = self.kiosk
        return await self.act(
            service.start, kiosk.desk, kiosk.by, self._person.staff_no, said, approval
        )

    def _told(self, shown: OutingShown) -> Verdict:
        owed = (_("{name}'s tap is owed").format(name=shown.approver.name),) if (
            shown.owed and shown.approver is not None
        ) else ()  # fmt: skip
        return Verdict(
            Tone.GOOD, out_words(self.kiosk.desk, shown), name=self._person.name, lines=owed
        )

    async def _stand_in_next(self, proof: Proof | None) -> None:
        if proof is not None:
            await self._leave_form()

    async def _leave_form(self) -> None:
        """Go back to the list, and offer there that somebody stands in meanwhile (clause 7)."""
        app, person, kiosk = self.app, self._person, self.kiosk
        self.dismiss()
        await name_stand_in(app, kiosk, person)


def _word_title(name: str) -> str:
    return _("On whose word does {name} go?").format(name=name)


def _sign_title(name: str) -> str:
    return _("{name} goes out: the approver signs").format(name=name)


def _approver_here() -> str:
    return _("The head or leader is here: badge and PIN")


def _approver_phone() -> str:
    return _("Said yes on the telephone; the tap is owed")


def _own_here() -> str:
    return _("On the own word: badge and PIN")


def _own_phone() -> str:
    return _("Says so himself on the telephone; the tap is owed")
