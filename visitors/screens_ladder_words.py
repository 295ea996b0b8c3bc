"""How the ladder is said: who is asked, for how long already, and who is next."""

from datetime import timedelta

from textual.content import Content

from kiosk.desk.desk import Desk
from kiosk.desk.words import N_, _
from kiosk.ui import palette
from kiosk.ui.ages import hour
from kiosk.ui.words_on_screen import plain, row
from visitors.cards import VisitCard
from visitors.ladder import rules
from visitors.ladder.rungs import Rung
from visitors.ladder.steps import LadderStep
from visitors.ladder.words import DELIVERY_WORDS, RUNG_WORDS
from visitors.models import Answer, State
from visitors.wording import PRESENCE_WORDS


def is_on_the_clock(visit: VisitCard) -> bool:
    """Say whether somebody was asked and has said nothing yet."""
    return visit.state is State.HOST_ASKED and visit.answer is None and visit.asked_at is not None


def clock(length: timedelta) -> str:
    """Return minutes and seconds as a clock shows them: 0:35."""
    minutes, seconds = divmod(max(0, int(length.total_seconds())), 60)
    return f"{minutes}:{seconds:02}"


def clock_words(desk: Desk, visit: VisitCard) -> str:
    """Say how long the answer is waited for, and when the next is due; "" where no clock runs."""
    if not is_on_the_clock(visit) or visit.asked_at is None:
        return ""
    gone = clock(desk.clock() - visit.asked_at)
    left = rules.due_in(desk, visit.asked_at)
    if left <= timedelta():
        return f"{gone}  {next_words(visit)}"
    after = visit.ladder.next
    words = _("{gone}, in {left} ask: {next}") if after else _("{gone}, give up in {left}")
    return words.format(gone=gone, left=clock(left), next=_rung(after))


def next_words(visit: VisitCard) -> str:
    """Say what to do now that nobody answered in time."""
    after = visit.ladder.next
    if after is None:
        return _("Nobody was reached. Please ask the visitor to come again.")
    return _("No answer. Now ask: {next}").format(next=_rung(after))


def waits_words(visit: VisitCard) -> str:
    """Say the same where everybody reads it: no name, and nobody is named who was asked."""
    words = _("Visitor {number} waits, and nobody has answered. F10 opens the desk.")
    return words.format(number=visit.listed)


def _rung(step: LadderStep | None) -> str:
    return _(RUNG_WORDS[step.rung]) if step is not None else ""


def clock_of(desk: Desk, visit: VisitCard) -> str:
    """Return how long the answer of a visit in the list is waited for; "" where no clock runs."""
    if not is_on_the_clock(visit) or visit.asked_at is None:
        return ""
    late = rules.due_in(desk, visit.asked_at) <= timedelta()
    gone = clock(desk.clock() - visit.asked_at)
    return (_("no answer {clock}") if late else _("asked {clock}")).format(clock=gone)


def ask_words(step: LadderStep) -> str:
    """Return the line that asks who stands on a rung, with where they are and their extension."""
    words = _ASK_BY_PHONE if step.extension else _ASK
    return _(words).format(
        rung=_(RUNG_WORDS[step.rung]), person=step.address,
        presence=_(PRESENCE_WORDS[step.presence]), extension=step.extension,
    )  # fmt: skip


_ASK_BY_PHONE = N_("Ask the {rung} {person} ({presence}), extension {extension}")
_ASK = N_("Ask the {rung} {person} ({presence})")


def who(visit: VisitCard) -> str:
    """Return by their form of address whose answer is waited for, or who gave it."""
    step = visit.ladder.named(visit.answer_by) if visit.answer is not None else visit.ladder.asked
    return step.address if step is not None else visit.host.address


def asked_fact(desk: Desk, visit: VisitCard) -> Content | None:
    """Return who was asked last, by which other desk and how the notice fared; None for no news."""
    asked = visit.ladder.asked
    if asked is None or (asked.rung is Rung.HOST and asked.delivery is None and not asked.desk):
        return None
    said = "" if asked.delivery is None else _(DELIVERY_WORDS[asked.delivery])
    rung = _(RUNG_WORDS[asked.rung])
    named = "" if asked.rung is Rung.HOST else f"{rung} {asked.address}"
    parts = [plain(named, palette.TEXT), plain(asked.extension if named else "", palette.INFO)]
    there = plain(_asked_there(desk, asked), palette.TEXT)
    return row(*[one for one in (*parts, there, plain(said, palette.AMBER)) if one.plain], gap=1)


def _asked_there(desk: Desk, asked: LadderStep) -> str:
    """Say which other desk asked, and when last; "" where this one did."""
    if not asked.desk:
        return ""
    time = hour(asked.asked_at, desk.zone)
    return _("{desk} at {time}").format(desk=asked_by(asked), time=time)


def asked_by(asked: LadderStep) -> str:
    """Return the other desk that asked, with how often where it was more than once."""
    if asked.times < 2:  # noqa: PLR2004 - once
        return asked.desk
    return _("{desk} {n}×").format(desk=asked.desk, n=asked.times)


def to_say(visit: VisitCard) -> str:
    """Return the sentence to say to who is asked, and to read back; at the end, to the visitor."""
    at_the_end = visit.ladder.steps and visit.ladder.next is None
    if at_the_end and visit.answer is Answer.NOT_REACHED:
        return _(_SAY_NOBODY)
    if visit.ladder.asked is not None and visit.ladder.asked.rung is not Rung.HOST:
        words = _SAY_FOR_HOST_WITH_UNIT if visit.unit else _SAY_FOR_HOST
        return _(words).format(
            person=who(visit), host=visit.host.address, visitor=visit.address, unit=visit.unit,
            matter=visit.about,
        )  # fmt: skip
    asked = _SAY_WITH_UNIT if visit.unit else _SAY
    return _(asked).format(
        host=visit.host.address, visitor=visit.address, unit=visit.unit, matter=visit.about
    )


_SAY = N_('Say: "{host}, {visitor} is at the gate about {matter}. May the visitor enter?"')
_SAY_WITH_UNIT = N_(
    'Say: "{host}, {visitor} of {unit} is at the gate about {matter}. May the visitor enter?"'
)


_SAY_FOR_HOST = N_(
    'Say: "{person}, {visitor} wishes to see {host} about {matter}. May you answer for {host}?"'
)
_SAY_FOR_HOST_WITH_UNIT = N_(
    'Say: "{person}, {visitor} of {unit} wishes to see {host} about {matter}. '
    'May you answer for {host}?"'
)
_SAY_NOBODY = N_(
    'Say: "I am sorry, I cannot reach anybody now. May I note down your message, '
    'or would you kindly call before you come again?"'
)
