"""The words for a visit's codes, in the language of this moment: for screens and paper."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from kiosk.desk.desk import Desk
from kiosk.desk.words import N_, _
from visitors.models import Answer, How, LeftHow, ReturnSlip, State

FORM_WORDS: Mapping[str, str] = {"Mr": N_("Mr"), "Ms": N_("Ms")}
STATE_WORDS: Mapping[State, str] = {
    State.EXPECTED: N_("expected"),
    State.WAITING: N_("waiting outside"),
    State.HOST_ASKED: N_("host asked"),
    State.ADMITTED: N_("inside"),
    State.LEFT: N_("left"),
    State.ASSUMED_LEFT: N_("assumed left"),
    State.UNKNOWN: N_("nobody knows"),
    State.REFUSED: N_("not admitted"),
    State.NO_SHOW: N_("did not come"),
    State.VOIDED: N_("void"),
}
ANSWER_WORDS: Mapping[Answer, str] = {
    Answer.YES: N_("host agrees"),
    Answer.WAIT: N_("please wait"),
    Answer.NO: N_("host declines"),
    Answer.NOT_REACHED: N_("host not reached"),
}
SHORT_ANSWERS: Mapping[Answer, str] = {
    Answer.YES: N_("yes"),
    Answer.WAIT: N_("please wait"),
    Answer.NO: N_("no"),
    Answer.NOT_REACHED: N_("not reached"),
}
HOW_WORDS: Mapping[How, str] = {
    How.BADGE: N_("own badge"),
    How.PHONE: N_("telephone"),
    How.MESSAGE: N_("message"),
    How.IN_PERSON: N_("in person"),
    How.STANDING: N_("standing yes of the window"),
}
LEFT_WORDS: Mapping[LeftHow, str] = {
    LeftHow.SCANNED: N_("left (scanned)"),
    LeftHow.CARD: N_("left (visitor card)"),
    LeftHow.GUARD_SAW: N_("left (guard saw)"),
    LeftHow.OTHER_GATE: N_("left (by another gate)"),
    LeftHow.HOST_SAYS: N_("left (the host says)"),
    LeftHow.ASSUMED: N_("assumed left"),
    LeftHow.AT_GATE: N_("handed over at the gate"),
}
SLIP_WORDS: Mapping[ReturnSlip, str] = {
    ReturnSlip.NONE: "",
    ReturnSlip.DUE: N_("not yet back"),
    ReturnSlip.SIGNED: N_("signed"),
    ReturnSlip.MISSING: N_("missing"),
    ReturnSlip.SETTLED: N_("settled"),
}
PRESENCE_WORDS: Mapping[str, str] = {
    "in": N_("present"),
    "out": N_("away"),
    "not_signed": N_("not signed in"),
}
REFUSAL_WORDS: Mapping[str, str] = {
    "host_declines": N_("The host declines"),
    "host_not_reached": N_("The host was not reached"),
    "nobody_reached": N_("Nobody could be reached"),
    "gave_up": N_("The visitor gave up waiting"),
    "no_purpose": N_("No purpose or no host named"),
    "pets": N_("With a pet (not admitted)"),
    "selling": N_("Wants to sell or advertise"),
    "intoxicated": N_("Intoxicated"),
    "instruction": N_("Asked politely to come another time"),
}
CANCEL_WORDS: Mapping[str, str] = {
    "file": N_("cancelled in the file"),
    "came_other_day": N_("came on another day"),
}
FIELD_WORDS: Mapping[str, str] = {
    "name": N_("Name"),
    "form": N_("Mr / Ms"),
    "unit": N_("Unit"),
    "matter": N_("Matter"),
    "host": N_("Host"),
    "people": N_("People"),
    "goods": N_("Carries"),
    "plate": N_("Plate"),
    "lent": N_("Has"),
    "area": N_("Area"),
    "phone": N_("Phone"),
    "id_number": N_("ID number"),
    "times": N_("Time"),
    "from": N_("From"),
    "until": N_("Until"),
    "confirmed": N_("Confirmed"),
    "reason": N_("Reason"),
    "day": N_("Day"),
    "companions": N_("Companions"),
    "repeat": N_("Comes again"),
    "weekdays": N_("Weekdays"),
    "last_day": N_("Last day"),
    "note": N_("Desk's note"),
    "wish": N_("Who wants it"),
    "told": N_("Who was told"),
    "gate": N_("Gate"),
    "lane": N_("Kind of visit"),
    "besides": N_("Besides"),
    "helmet": N_("Helmet"),
}


class Named(Protocol):
    """Whoever has a name and a form of address."""

    @property
    def name(self) -> str:
        """The full name."""

    @property
    def form(self) -> str:
        """Mr, Ms or nothing."""


class Standing(Protocol):
    """A visit as far as the words for where it stands need it."""

    @property
    def state(self) -> State:
        """Where it stands."""

    @property
    def number(self) -> int | str:
        """The number of the day, as a figure or as it is said; 0 or "" until arrival."""

    @property
    def answer(self) -> Answer | None:
        """What the host said."""

    @property
    def return_slip(self) -> ReturnSlip:
        """Whether the slip came back."""


def day_and_hour(desk: Desk, moment: datetime | None) -> str:
    """Return the site's hour of a moment, with the day where that is not today; "" for none."""
    return "" if moment is None else desk.day_and_hour(moment)


def form_word(form: str) -> str:
    """Return 先生 or 女士 (Mr, Ms), "" where nobody said or it cannot be read."""
    return _(FORM_WORDS[form]) if form in FORM_WORDS else ""


def named(visit: Named) -> tuple[str, ...]:
    """Return name and form in the order people say them: 王小明 先生, Mr John Smith."""
    form = form_word(visit.form)
    if not form:
        return (visit.name,)
    return (form, visit.name) if visit.name.isascii() and form.isascii() else (visit.name, form)


def state_word(visit: Standing) -> str:
    """Return where the visit stands, with the host's answer while the visitor waits."""
    if visit.state in {State.WAITING, State.HOST_ASKED} and visit.answer is not None:
        return _(ANSWER_WORDS[visit.answer])
    if visit.state is State.EXPECTED and visit.answer is Answer.YES:
        return _("confirmed")
    if visit.state is State.VOIDED and not visit.number:
        return _("cancelled")
    if visit.state is State.LEFT and visit.return_slip is ReturnSlip.MISSING:
        return _("return slip missing")
    return _(STATE_WORDS[visit.state])
