"""A remark is opened with badge and PIN: who that is decides what is shown and what can be done."""

from collections.abc import Awaitable, Callable
from functools import partial

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from kiosk.attendance.remarks import rules, service
from kiosk.attendance.remarks.models import Remark
from kiosk.attendance.remarks.rules import LONGEST_CAUSE
from kiosk.attendance.remarks.screens_form import RemarkForm, told
from kiosk.attendance.remarks.wording import about_word
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book
from kiosk.desk.words import Words, _, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain

_SIGN, _REFUSE, _CONFIRM, _REPLACE, _SHUT = "sign", "refuse", "confirm", "replace", "shut"


def open_remark(screen: KioskScreen, row: Remark, person: Person) -> None:
    """Ask who wants to open the remark; then show its cause to who may read it."""
    title = partial(_title, row, person)
    screen.app.push_screen(AskProof(title), partial(_proved, screen, row))


def _title(row: Remark, person: Person) -> str:
    return f"{row.number}  {person.name}  {row.day:%m-%d}  {about_word(row.about)}"


async def _proved(screen: KioskScreen, row: Remark, proof: Proof | None) -> None:
    if proof is not None:
        async with screen.answering():
            opened = await screen.aside(Opened.read, screen.kiosk.desk, row.id, proof)
            screen.app.push_screen(WhatToDo(opened), partial(_chosen, screen, opened))


class Opened:
    """A remark opened for who has proved who he is: its cause, and what that person can do."""

    def __init__(
        self, row: Remark, person: Person, proof: Proof, cause: str, *, late: bool
    ) -> None:
        self.row, self.person, self.proof, self.cause, self.late = row, person, proof, cause, late
        self.signs = self.writes = self.above = False
        self.earlier = ""
        """The remark that this one took the place of, with its cause; "" for none."""

    @classmethod
    def read(cls, desk: Desk, remark_id: str, proof: Proof) -> "Opened":
        """Read it anew. Raises ``Refused("remark.not_yours_to_read")`` for whom it is not for."""
        with desk.read() as book:
            row, person = service.remark_by_id(book, remark_id)
            stand = service.above(desk, book, person, row.day)
            if not rules.may_read(row, proof.person, stand):
                raise Refused("remark.not_yours_to_read", name=proof.person.name)
            opened = cls(
                row, person, proof, book.read_sealed(row.cause), late=service.is_late(desk, row)
            )
            opened.earlier = _earlier(book, row)
        opened.above = proof.person.id in stand.signers
        opened.signs = _fits(lambda: rules.slot_for(row, proof.person, stand, late=opened.late))
        opened.writes = _fits(lambda: rules.writes_as(person, proof.person, stand))
        return opened

    @property
    def confirms(self) -> bool:
        """Say whether it was written for this very person and waits for his word."""
        return self.row.unconfirmed and self.proof.person.id == self.person.id

    @property
    def refuses(self) -> bool:
        """Say whether this person may say no."""
        return not self.row.excuses and (self.above or self.confirms)


def _earlier(book: Book, row: Remark) -> str:
    if not row.replaces:
        return ""
    old, _person = service.remark_by_id(book, row.replaces)
    return f"{old.number} {book.read_sealed(old.cause)}"


def _fits(asked: Callable[[], object]) -> bool:
    try:
        asked()
    except Refused:
        return False
    return True


class WhatToDo(Choose):
    """The cause, and what the one who proved himself can do with the remark."""

    DEFAULT_CSS = """
    WhatToDo #earlier { height: auto; margin: 0 0 1 0; }
    """

    def __init__(self, opened: Opened) -> None:
        choices: list[tuple[str, Words]] = []
        if opened.confirms:
            choices.append((_CONFIRM, lambda: _("Yes, I telephoned: confirm it")))
        if opened.signs:
            choices.append((_SIGN, lambda: _("Sign it")))
        if opened.refuses:
            choices.append((_REFUSE, lambda: _("Say no, with a reason")))
        if opened.writes:
            choices.append((_REPLACE, lambda: _("Correct it with a new remark")))
        choices.append((_SHUT, lambda: _("Only read it")))
        super().__init__(
            partial(_title, opened.row, opened.person), choices, partial(_cause, opened.cause)
        )
        self._earlier = opened.earlier

    def parts(self) -> ComposeResult:
        """Yield what this remark took the place of, struck through, then what can be done."""
        if self._earlier:
            yield Static(
                plain(self._earlier, f"strike {palette.MUTED}"), markup=False, id="earlier"
            )
        yield from super().parts()


def _cause(cause: str) -> str:
    return _("Cause: {cause}").format(cause=cause)


async def _chosen(screen: KioskScreen, opened: Opened, what: str | None) -> None:
    if what == _CONFIRM:
        await _act(screen, opened, service.confirm)
    elif what == _REPLACE:
        row = opened.row
        screen.app.push_screen(RemarkForm(opened.person, row.about, row.day, row))
    elif what == _REFUSE:
        _ask_why(screen, lambda: _("Why no?"), partial(_refused, screen, opened))
    elif what == _SIGN and opened.late:
        _ask_why(screen, lambda: _("Why is it signed only now?"), partial(_signed, screen, opened))
    elif what == _SIGN:
        await _act(screen, opened, service.sign)


def _ask_why(
    screen: Screen[None], title: Words, then: Callable[[str | None], Awaitable[None]]
) -> None:
    asked = AskText(title, lambda: pgettext("remark", "Why"), limit=LONGEST_CAUSE)
    screen.app.push_screen(asked, then)


async def _signed(screen: KioskScreen, opened: Opened, why: str | None) -> None:
    if why is not None:
        await _act(screen, opened, service.sign, why)


async def _refused(screen: KioskScreen, opened: Opened, why: str | None) -> None:
    if why is None:
        return
    kiosk = screen.kiosk
    async with screen.answering():
        row = await screen.act(
            service.refuse, kiosk.desk, kiosk.by, opened.row.id, opened.proof, why
        )
        words = _("{number} is refused: the day counts as it is.").format(number=row.number)
        kiosk.answer(Verdict(Tone.AMBER, words, name=opened.proof.person.name))


async def _act(
    screen: KioskScreen, opened: Opened, use_case: Callable[..., Remark], *more: str
) -> None:
    kiosk = screen.kiosk
    async with screen.answering():
        row = await screen.act(use_case, kiosk.desk, kiosk.by, opened.row.id, opened.proof, *more)
        kiosk.answer(Verdict(Tone.GOOD, told(row), name=opened.proof.person.name))
