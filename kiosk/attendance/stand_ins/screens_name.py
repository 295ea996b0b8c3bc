"""Somebody is asked to stand in: who, and his own badge and PIN at once or later."""

import asyncio
from functools import partial

from textual.app import App, ComposeResult
from textual.widgets import Input

from kiosk.attendance.stand_ins import rules, service
from kiosk.attendance.stand_ins.service import Behind
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.context import Context
from kiosk.ui.dialogs import Choose, Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict, refusal

_DEFAULT, _OTHER, _NOBODY = "default", "other", "nobody"
Known = tuple[Behind | None, Person | None]


async def name_stand_in(app: App[object], kiosk: Context, absent: Person) -> None:
    """Ask who stands in for somebody: until the outing or leave behind it ends, else until a day.

    Whom the staff list names is offered first, if he is there.
    """
    what, default = await asyncio.to_thread(_known, kiosk.desk, absent)
    if what is not None:
        _ask_who(app, kiosk, absent, what, default)
        return

    def until(chosen: Behind | None) -> None:
        if chosen is not None:
            _ask_who(app, kiosk, absent, chosen, default)

    app.push_screen(AskUntil(absent), until)


def _known(desk: Desk, absent: Person) -> Known:
    with desk.read() as book:
        what = service.behind(desk, book, absent)
        return what, rules.default_stand_in(desk, book, absent)


def _ask_who(
    app: App[object], kiosk: Context, absent: Person, what: Behind, default: Person | None
) -> None:  # fmt: skip
    async def chosen(key: str | None) -> None:
        if key == _DEFAULT and default is not None:
            await _ask(app, kiosk, absent, what, default)
        elif key == _OTHER:
            _ask_other(app, kiosk, absent, what)

    choices = [(_OTHER, _other), (_NOBODY, _nobody)]
    if default is not None:
        choices.insert(0, (_DEFAULT, partial(_by_list, default.name)))
    app.push_screen(Choose(partial(_who_title, absent.name), choices), chosen)


def _ask_other(app: App[object], kiosk: Context, absent: Person, what: Behind) -> None:
    def check(person: Person) -> None:
        with kiosk.desk.read() as book:
            rules.check(kiosk.desk, book, absent, person, what.since, what.until)

    async def found(person: Person | None) -> None:
        if person is not None:
            await _ask(app, kiosk, absent, what, person)

    asked = AskPerson(partial(_who_title, absent.name), check=check)
    app.push_screen(asked, found)


async def _ask(
    app: App[object], kiosk: Context, absent: Person, what: Behind, person: Person
) -> None:  # fmt: skip
    try:
        entry = await kiosk.pen.write(
            service.ask, kiosk.desk, kiosk.by, absent.staff_no, person.staff_no, what
        )
    except Refused as refused:
        kiosk.answer(refusal(refused))
        return
    kiosk.changed()
    app.push_screen(accept_signed(kiosk, entry, absent.name, person))
    told = _("Asked. Not here: Esc, and the next tap says so.")
    kiosk.answer(Verdict(Tone.INFO, told, name=person.name))


def accept_signed(kiosk: Context, entry_id: str, absent: str, person: Person) -> SignedAct:
    """Return the question for the yes of who was asked, by badge and PIN."""

    async def act(proof: Proof) -> Verdict:
        number = await kiosk.pen.write(service.accept, kiosk.desk, proof, entry_id)
        kiosk.changed()
        told = _("{number}: stands in for {absent} from now on")
        return Verdict(Tone.GOOD, told.format(number=number, absent=absent), name=person.name)

    return SignedAct(
        partial(_accept_title, person.name, absent), act,
        lambda: _("Visitors, calls and parcels then come to you. Badge, then PIN."),
        may=lambda one: one.id == person.id,
    )  # fmt: skip


def _how_to_answer() -> str:
    return _("Enter confirms, Esc goes back.")


class AskUntil(Dialog[Behind | None]):
    """Ask until which day somebody stands in, where neither outing nor leave says so."""

    def __init__(self, absent: Person) -> None:
        super().__init__(partial(_until_title, absent.name), _how_to_answer)

    def parts(self) -> ComposeResult:
        """Yield the field."""
        yield LabelledInput(
            lambda: pgettext("stand-in", "Until"), id="until", limit=10,
            hint=lambda: _("11-30 or +3; empty: today"),
        )  # fmt: skip

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one("#until", LabelledInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the time until the end of that day."""
        event.stop()
        desk = self.kiosk.desk
        try:
            self.dismiss(service.until_end_of(desk, rules.typed_day(event.value, desk.today())))
        except Refused as refused:
            self.refused(refused)


def _until_title(name: str) -> str:
    return _("Until which day does somebody stand in for {name}?").format(name=name)


def _who_title(name: str) -> str:
    return _("Who stands in for {name}?").format(name=name)


def _accept_title(name: str, absent: str) -> str:
    return _("{name}, do you stand in for {absent}?").format(name=name, absent=absent)


def _by_list(name: str) -> str:
    return _("{name}, by the staff list").format(name=name)


def _other() -> str:
    return _("Somebody else")


def _nobody() -> str:
    return _("Nobody, or later (F7, 4)")
