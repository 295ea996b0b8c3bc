"""The words of the ladder: its rungs, how a notice fared, and in a word how the yes came."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from kiosk.desk.outbox import Delivery
from kiosk.desk.words import N_, _, pgettext
from visitors.ladder.rungs import Rung
from visitors.models import Answer, How
from visitors.wording import ANSWER_WORDS, HOW_WORDS, SHORT_ANSWERS

LADDER_REFUSALS: Mapping[str, str] = {
    "visit.rung_empty": N_(
        "Nobody is known there who could answer for {host}. Please ask somebody else."
    ),
    "visit.host_left": N_(
        "{host} does not work here any more. Please write another host into the entry and ask "
        "that one, or ask who answers for {host}."
    ),
    "visit.host_said_no": N_("The host has declined. Nobody else can agree instead."),
    "visit.badge_not_asked": N_(
        "{name} may answer for {host} once asked. Please press the key that asks first."
    ),
    "mobile.not_now": N_(
        "A mobile number is shown only of somebody who was asked and not reached."
    ),
    "mobile.none": N_("No mobile number of {name} is in the book."),
}
RUNG_WORDS: Mapping[Rung, str] = {
    Rung.HOST: N_("the host"),
    Rung.STAND_IN: N_("stand-in"),
    Rung.HEAD: N_("head of section"),
    Rung.DUTY_LEADER: N_("leader on duty"),
}
DELIVERY_WORDS: Mapping[Delivery, str] = {
    Delivery.QUEUED: N_("notice being sent"),
    Delivery.SENT: N_("notice sent"),
    Delivery.FAILED: N_("notice not sent"),
    Delivery.UNKNOWN: N_("notice sent or not: unknown"),
    Delivery.NOT_NEEDED: N_("no notice needed"),
}
_YES_WORDS: Mapping[How, str] = {
    How.BADGE: N_("badge"),
    How.PHONE: N_("telephone, read back"),
    How.MESSAGE: N_("message"),
    How.IN_PERSON: N_("in person"),
    How.STANDING: N_("standing yes of the window"),
}
_YES_OF: Mapping[Rung, str] = {
    Rung.STAND_IN: N_("the stand-in's word"),
    Rung.HEAD: N_("the head of section's word"),
    Rung.DUTY_LEADER: N_("the leader on duty's word"),
}


class Answered(Protocol):
    """A visit as far as these words need it."""

    @property
    def series(self) -> str:
        """The series of the appointment, "" for none."""

    @property
    def answer(self) -> Answer | None:
        """What was said."""

    @property
    def answer_how(self) -> How | None:
        """How it came."""

    @property
    def answer_rung(self) -> Rung | None:
        """From which rung."""

    @property
    def answered_at(self) -> datetime | None:
        """When, UTC."""

    @property
    def arrived_at(self) -> datetime | None:
        """When the visitor came, UTC."""


def yes_word(visit: Answered) -> str:
    """Return in a word how the yes came, as the slip says it; "" without one."""
    if visit.answer is not Answer.YES or visit.answer_how is None:
        return ""
    if visit.answer_rung is not None and visit.answer_rung is not Rung.HOST:
        return _(_YES_OF[visit.answer_rung])
    if _was_given_before(visit):
        # That a word given before was read back, nobody has written down.
        return _("standing appointment") if visit.series else _(HOW_WORDS[visit.answer_how])
    return _(_YES_WORDS[visit.answer_how])


def _was_given_before(visit: Answered) -> bool:
    return (
        visit.answered_at is not None
        and visit.arrived_at is not None
        and visit.answered_at < visit.arrived_at
    )


def answered_words(visit: Answered) -> str:
    """Return what was said, by whom and how, for registers; "" before an answer."""
    if visit.answer is None or visit.answer_how is None:
        return ""
    how = _(HOW_WORDS[visit.answer_how])
    if visit.answer_rung is not None and visit.answer_rung is not Rung.HOST:
        comma = pgettext("between listed things", ", ")
        how = comma.join((_(RUNG_WORDS[visit.answer_rung]), how))
        said = _(SHORT_ANSWERS[visit.answer])
    else:
        said = _(ANSWER_WORDS[visit.answer])
    return f"{said} ({how})"
