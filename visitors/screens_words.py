"""How a visit is said on the screen: rows of the list, the facts of a visit, what to say aloud."""

from collections.abc import Iterator
from datetime import timedelta

from textual.content import Content

from kiosk.desk.desk import Desk
from kiosk.desk.words import N_, _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.ages import hour, span
from kiosk.ui.palette import Tone
from kiosk.ui.words_on_screen import fitted, lines, plain, row
from visitors.cards import HostCard, VisitCard
from visitors.ladder.rungs import Rung
from visitors.ladder.words import RUNG_WORDS
from visitors.models import Answer, How, Origin, ReturnSlip, State
from visitors.screens_appointment_words import detour
from visitors.screens_ladder_words import asked_by, asked_fact, clock_words, who
from visitors.screens_lane_words import helmet_words, standing_of_kind
from visitors.screens_watch import tone_of_watch
from visitors.watch_models import BEFORE_INSIDE
from visitors.wording import (
    CANCEL_WORDS,
    FIELD_WORDS,
    HOW_WORDS,
    LEFT_WORDS,
    PRESENCE_WORDS,
    REFUSAL_WORDS,
    SHORT_ANSWERS,
    day_and_hour,
    named,
    state_word,
)

_LABEL_CELLS = 10


def tone_of(visit: VisitCard) -> Tone | None:
    """Return what the visit wants: somebody now, somebody soon, your key, or nothing."""
    if _held(visit):
        return tone_of_watch(visit.watch)
    if _asked_after(visit):
        return Tone.AMBER
    if visit.state in {State.WAITING, State.HOST_ASKED}:
        if visit.has_yes:
            return Tone.GOOD
        return Tone.RED if visit.answer in {Answer.NO, Answer.NOT_REACHED} else Tone.AMBER
    if visit.state is State.EXPECTED:
        return Tone.INFO
    return Tone.GOOD if visit.state is State.ADMITTED else None


def _asked_after(visit: VisitCard) -> bool:
    """Say whether somebody must ask: for the slip, the day, the gate, or where the visitor is."""
    unproved = visit.return_slip is ReturnSlip.MISSING or visit.off_day or visit.other_gate
    return bool(unproved) or visit.state in {State.ASSUMED_LEFT, State.UNKNOWN}


def _held(visit: VisitCard) -> bool:
    """Say whether the watch list keeps a visitor outside who is not inside yet."""
    return visit.watch.holds and visit.state in BEFORE_INSIDE


def headline(desk: Desk, visit: VisitCard) -> Content:
    """Return the two lines at the head of a visit: who it is, and how it stands."""
    tone = tone_of(visit)
    colour = palette.COLOUR[tone] if tone else palette.MUTED
    sign = palette.SIGN[tone] if tone else " "
    who = row(
        plain(visit.listed, f"bold {palette.TEXT}"),
        plain(" ".join(named(visit)), f"bold {palette.TEXT}"),
        plain(visit.plate, palette.TEXT),
        plain("" if visit.unit == visit.name else visit.unit, palette.TEXT),
        plain(_party(visit), palette.TEXT),
        plain(visit.kind, palette.INFO),
        gap=2,
    )
    how = row(
        plain(f"{sign} {standing(desk, visit)}", f"bold {colour}"),
        plain(punctual(desk, visit) or clock_words(desk, visit), palette.AMBER),
    )
    return lines(who, how)


def _party(visit: VisitCard) -> str:
    """Say how many came, and how many of them are still inside."""
    if visit.gone and visit.state is State.ADMITTED:
        return _("{n} of {all} people inside").format(n=visit.remaining, all=visit.people)
    return _persons(visit.people)


def _persons(count: int) -> str:
    return ngettext("{n} person", "{n} people", count).format(n=count) if count > 1 else ""


def standing(desk: Desk, visit: VisitCard) -> str:
    """Say how the visit stands in one line, for somebody who has just opened it."""
    if elsewhere := detour(visit):
        return elsewhere
    template = standing_of_kind(visit) or _at_the_door(visit)
    return _(template).format(host=who(visit)) if template else _over(desk, visit)


_CONFIRMED = N_("Expected and confirmed by {host}. You may admit.")
_UNCONFIRMED = N_("Expected, not confirmed. Please ask {host} first.")
_HELD = N_("Waits outside. Please do as written below.")
_ASKING = N_("Asking {host}: what is the answer?")
_WAITING = N_("Waiting outside. Please ask {host}.")
_ANSWERS = {
    Answer.YES: N_("{host} agrees. You may admit."),
    Answer.WAIT: N_("{host} asks the visitor to wait a little."),
    Answer.NO: N_("{host} declines. Please tell the visitor politely."),
    Answer.NOT_REACHED: N_("{host} was not reached. That is no yes: please try again."),
}


def _at_the_door(visit: VisitCard) -> str:
    """Return what to say of somebody expected or waiting; "" once the visit has gone on."""
    if _held(visit):
        return _HELD
    if visit.state is State.EXPECTED:
        return _CONFIRMED if visit.has_yes else _UNCONFIRMED
    if visit.state not in {State.WAITING, State.HOST_ASKED}:
        return ""
    if visit.answer is not None:
        return _ANSWERS[visit.answer]
    return _ASKING if visit.state is State.HOST_ASKED else _WAITING


def _over(desk: Desk, visit: VisitCard) -> str:
    if visit.state is State.ADMITTED:
        since = day_and_hour(desk, visit.admitted_at)
        until = day_and_hour(desk, visit.until_at)
        if visit.origin is Origin.EMERGENCY:
            return _("Let in at once at {since}, an emergency").format(since=since)
        return _("Inside since {since}, until {until}").format(since=since, until=until)
    if visit.state in {State.LEFT, State.ASSUMED_LEFT, State.UNKNOWN}:
        return f"{state_word(visit)}  {day_and_hour(desk, visit.left_at)}"
    if visit.state is State.NO_SHOW:
        return f"{state_word(visit)}  {day_and_hour(desk, visit.from_at)}"
    known = {**REFUSAL_WORDS, **CANCEL_WORDS}.get(visit.reason_code)
    why = _(known) if known else visit.reason
    return f"{state_word(visit)}  {why}  {_gone(desk, visit)}".rstrip()


def _gone(desk: Desk, visit: VisitCard) -> str:
    """Say of a void visit that somebody left with its slip all the same; "" for no such thing."""
    left = _(LEFT_WORDS[visit.left_how]) if visit.left_how else ""
    return f"{left} {day_and_hour(desk, visit.left_at)}".strip()


def punctual(desk: Desk, visit: VisitCard) -> str:
    """Say when an expected visitor is early, or later than the house's patience; else ""."""
    if visit.state is not State.EXPECTED or visit.off_day:
        return ""
    now = desk.clock()
    if now < visit.from_at - timedelta(minutes=5):
        return _("{span} early").format(span=span(visit.from_at - now))
    return lateness(desk, visit)


def lateness(desk: Desk, visit: VisitCard) -> str:
    """Say by how much an expected visitor is later than the house's patience; else ""."""
    now, patience = desk.clock(), timedelta(minutes=desk.rules.visit_late_arrival_min)
    if visit.state is not State.EXPECTED or now <= visit.from_at + patience:
        return ""
    return _("{span} late").format(span=span(now - visit.from_at))


def visitor_facts(desk: Desk, visit: VisitCard) -> Content:
    """Return what is known of the visitor, one fact a line."""
    times = f"{hour(visit.from_at, desk.zone)} - {hour(visit.until_at, desk.zone)}"
    tail = f"***{visit.phone[-4:]}" if visit.phone else ""
    worn = helmet_words(visit)
    return lines(
        *_facts(
            ("matter", visit.about),
            (visit.asks.besides, visit.besides),
            ("goods", visit.goods),
            ("lent", pgettext("list", ", ").join(visit.lent)),
            ("area", "  ".join(part for part in (visit.area, worn) if part)),
            ("phone", tail),
            ("id_number", visit.id_masked),
            ("times", times),
        )
    )


def _facts(*facts: tuple[str, str]) -> Iterator[Content]:
    for field, value in facts:
        if value:
            yield fact(_(FIELD_WORDS.get(field, field)), plain(value, palette.TEXT))


def fact(label: str, value: Content) -> Content:
    """Return one label with its value, the labels in one column."""
    return Content("").join([plain_label(fitted(label, _LABEL_CELLS)), value])


def plain_label(text: str) -> Content:
    """Return a label that keeps its trailing spaces."""
    return Content.styled(text, palette.MUTED)


def host_facts(desk: Desk, visit: VisitCard) -> Content:
    """Return who is visited, where he is now, and what he has said."""
    host = visit.host
    if not visit.host_named:
        return fact(_("Host"), plain(_("not named yet"), palette.AMBER))
    shown = [
        fact(_("Host"), plain(_host(visit), f"bold {palette.TEXT}")),
        fact(_("Place"), presence(desk, visit)),
    ]
    if host.place:
        shown.append(fact(_("Room"), plain(host.place, palette.TEXT)))
    if host.extension:
        shown.append(fact(_("Extension"), plain(host.extension, f"bold {palette.INFO}")))
    if visit.answer is not None:
        shown.append(fact(_("Answer"), _answered(desk, visit, visit.answer)))
    elif (asked := asked_fact(desk, visit)) is not None:
        shown.append(fact(pgettext("ladder", "Asked"), asked))
    return lines(*shown)


def _host(visit: VisitCard) -> str:
    host = visit.host
    return host.name if host.address == host.name else f"{host.address} ({host.name})"


def presence(desk: Desk, visit: VisitCard) -> Content:
    """Return where the host is, in words and colour."""
    host = visit.host
    colour = palette.GOOD if host.presence == "in" else palette.AMBER
    sign = palette.SIGN[Tone.GOOD if host.presence == "in" else Tone.AMBER]
    since = (
        _("since {time}").format(time=hour(host.presence_since, desk.zone))
        if host.presence_since
        else ""
    )
    words = _(PRESENCE_WORDS[host.presence])
    return row(
        plain(f"{sign} {words}", f"bold {colour}"),
        plain(since, palette.MUTED),
        gap=1,
    )


def presence_word(host: HostCard) -> str:
    """Return where a host is, in a word or two."""
    return _(PRESENCE_WORDS[host.presence])


def _answered(desk: Desk, visit: VisitCard, answer: Answer) -> Content:
    colour = palette.GOOD if visit.has_yes else palette.AMBER
    how = _(HOW_WORDS[visit.answer_how]) if visit.answer_how else ""
    other = visit.answer_rung not in {None, Rung.HOST}
    rung = _(RUNG_WORDS[visit.answer_rung]) if visit.answer_rung and other else ""
    return row(
        plain(_(SHORT_ANSWERS[answer]), f"bold {colour}"),
        *([plain(rung, palette.TEXT)] if rung else []),
        plain(_called_in_vain(visit) or how, palette.TEXT),
        plain(hour(visit.answered_at, desk.zone), palette.MUTED),
        gap=1,
    )


def _called_in_vain(visit: VisitCard) -> str:
    """Return which other desk did not reach who was asked, and how often it tried.

    It stands in place of the way: a line of the narrow screen holds no more.
    """
    asked = visit.ladder.asked
    if visit.answer is not Answer.NOT_REACHED or asked is None or not asked.desk:
        return ""
    return asked_by(asked)


def asked_word(how: How, visit: VisitCard) -> str:
    """Return the line that asks the host in this way."""
    if how is How.PHONE and visit.host.extension:
        return _("Ask {host} by telephone, extension {extension}").format(
            host=visit.host.address, extension=visit.host.extension
        )
    if how is How.PHONE:
        return _("Ask {host} by telephone").format(host=visit.host.address)
    return _("Ask {host} by message").format(host=visit.host.address)
