"""What F9 shows: numbers first, then who is called, how long it rings, and what is due next."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from textual.content import Content

from kiosk.desk.safe_text import cells
from kiosk.desk.words import _, pgettext
from kiosk.incidents.models import Incident, IncidentStep, Outcome
from kiosk.incidents.rules import STATE, Contact
from kiosk.incidents.standing import Reported, Standing
from kiosk.incidents.wording import OUTCOMES, role_word, sort_word, title, whom
from kiosk.ui import palette
from kiosk.ui.row_list import Column, ListRow
from kiosk.ui.words_on_screen import lines, paragraph, plain, row

_PHONE, _STATE, _STATE_AND_DESK, _TIME = 16, 22, 26, 8
_COLOURS = {
    Outcome.CALLED: palette.AMBER,
    Outcome.ANSWERED: palette.GOOD,
    Outcome.NOT_REACHED: palette.RED,
}


def columns(now: Standing) -> tuple[Column, ...]:
    """Return the columns: the number stands first, and a desk has its place where one is named."""
    return (
        Column(pgettext("incident", "Number"), _PHONE),
        Column(pgettext("incident", "Who")),
        Column(pgettext("incident", "State"), _STATE_AND_DESK if now.elsewhere else _STATE),
        Column(pgettext("incident", "At"), _TIME),
    )


def rows(
    now: Standing, contacts: Sequence[Contact], ringing: dict[str, int], zone: tzinfo,
    *, named: bool,
) -> list[ListRow]:  # fmt: skip
    """Return a line for each contact; ``ringing`` has the seconds left of each call.

    Below them stands whom only another desk's list has and was called there.
    """
    late = frozenset(key for key, left in ringing.items() if left <= 0)
    following = now.next_calls(tuple(contacts), late) if now.running else ()
    return [
        _row(now, one, ringing, one.key in following, zone, named=named)
        for one in (*contacts, *now.strangers)
    ]


def _row(
    now: Standing, one: Contact, ringing: dict[str, int], call_now: bool,  # noqa: FBT001 - one of six facts of a row
    zone: tzinfo, *, named: bool,
) -> ListRow:  # fmt: skip
    step = (now.last or {}).get(one.key)
    at = "" if step is None else f"{step.at.astimezone(zone):%H:%M:%S}"
    colour = palette.TEXT if step is None else _COLOURS[step.outcome]
    if call_now or (step is None and one.role == STATE):
        colour = palette.RED
    bar = palette.RED if call_now else ""
    words = (one.phone, whom(one, named=named), _state(now, one, ringing, call_now=call_now), at)
    return ListRow(words, key=one.key, colour=colour, bar=bar)


def _state(now: Standing, one: Contact, ringing: dict[str, int], *, call_now: bool) -> str:
    step = (now.last or {}).get(one.key)
    if step is None:
        return pgettext("incident", "call now") if call_now else ""
    said, there = _outcome(step, ringing.get(one.key)), now.elsewhere.get(one.key)
    if there is None:
        return said
    if there.in_vain > 1 and step.outcome is Outcome.NOT_REACHED:
        words = pgettext("incident", "{n}× {state}, {desk}")
    else:
        words = pgettext("incident", "{state}, {desk}")
    return words.format(n=there.in_vain, state=said, desk=there.desk)


def _outcome(step: IncidentStep, left: int | None) -> str:
    if left is None:
        return _(OUTCOMES[step.outcome])
    if left <= 0:
        return pgettext("incident", "rings too long")
    return pgettext("incident", "calling, {left} s left").format(left=left)


def head(
    now: Standing, contacts: Sequence[Contact], ringing: dict[str, int], moment: datetime,
    zone: tzinfo, width: int, *, drill: bool, named: bool,
) -> Content:  # fmt: skip
    """Return the lines above the list; ``drill`` is what is chosen while none runs."""
    incident = now.incident
    if incident is None:
        return _before(now, width, drill=drill, alone=_nobody_set(contacts))
    shown = [_title(incident, moment, zone)]
    if incident.closed_at is not None:
        shown.append(plain(_("It is closed. N opens another one."), palette.GOOD))
    else:
        shown += [_next(now, contacts, ringing, width), _due(now, moment)]
    if named and now.reports:
        shown.append(_reported(now.reports[-1], zone, width))
    return lines(*shown)


def _nobody_set(contacts: Sequence[Contact]) -> bool:
    return all(one.role == STATE for one in contacts)


def _before(now: Standing, width: int, *, drill: bool, alone: bool) -> Content:
    asked = _("DRILL: what is played? A digit.") if drill else _("What is it? Press its digit.")
    shown = [
        plain(asked, f"bold {palette.AMBER if drill else palette.RED}"),
        plain(_("In danger call 110, 119 or 120 first; the kiosk can wait."), palette.TEXT),
    ]
    if alone:
        shown.append(paragraph(_("No contacts are set up for this gate."), palette.AMBER, width))
    if now.others:
        words = _("Still open: {numbers} (F6)").format(numbers=", ".join(now.others))
        shown.append(plain(words, palette.AMBER))
    return lines(*shown)


def _title(incident: Incident, moment: datetime, zone: tzinfo) -> Content:
    end = incident.closed_at or moment
    seconds = max(0, int((end - incident.opened_at).total_seconds()))
    hours, minutes = divmod(seconds // 60, 60)
    clock = f"{hours}:{minutes:02}:{seconds % 60:02}"
    colour = palette.AMBER if incident.drill else palette.RED
    return row(
        plain(title(incident), f"bold {colour}"),
        plain(f"{incident.opened_at.astimezone(zone):%H:%M:%S}", palette.MUTED),
        plain(clock, f"bold {palette.TEXT}"),
    )


def _next(
    now: Standing, contacts: Sequence[Contact], ringing: dict[str, int], width: int
) -> Content:
    late = frozenset(key for key, left in ringing.items() if left <= 0)
    following = now.next_calls(tuple(contacts), late)
    if following:
        called = [
            pgettext("incident", "{phone} ({who})").format(phone=one.phone, who=role_word(one))
            for one in contacts
            if one.key in following
        ]
        words = _("Call now: {whom}").format(whom=_listed(called))
        return paragraph(words, f"bold {palette.RED}", max(width, cells(words) // 2))
    if any(step.outcome is Outcome.ANSWERED for step in (now.last or {}).values()):
        return plain(_("All who are to be called know of it."), palette.GOOD)
    if ringing and not late:
        return plain(_("It rings: 2 answered, 3 not reached."), palette.AMBER)
    return plain(_("Nobody was reached: call again from the top."), f"bold {palette.RED}")


def _listed(called: list[str]) -> str:
    return pgettext("incident", ", ").join(called)


def _due(now: Standing, moment: datetime) -> Content:
    if now.due is None:
        return plain(_("A drill: E ends it, nothing is reported."), palette.AMBER)
    left = int((now.due - moment).total_seconds() // 60)
    first = not now.reports
    if left < 0:
        words = _("The first report is late: R") if first else _("A follow-up is due: R")
        return plain(words, f"bold {palette.RED}")
    if first:
        words = _("First report (R) within {n} min").format(n=left)
    else:
        words = _("Next report (R) within {n} min; E is the final one").format(n=left)
    return plain(words, palette.TEXT)


def _reported(last: Reported, zone: tzinfo, width: int) -> Content:
    facts = {"sort": sort_word(last.sort), "time": f"{last.at.astimezone(zone):%H:%M}"}
    told = _("{sort} at {time}:").format(**facts)
    words = f"{told} {last.said.what}"
    return paragraph(words[: max(10, width)], palette.MUTED, width)
