"""The words of the board: where somebody is, since or until when, and what to do next."""

from collections.abc import Mapping
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.where import Place, Where
from kiosk.desk.words import N_, _, pgettext
from kiosk.whereabouts.board import Line

_PLACES: Mapping[Place, str] = {
    Place.IN: N_("In the house"),
    Place.OUT: N_("Signed out"),
    Place.OUTING: N_("On an outing"),
    Place.LEAVE: N_("On leave"),
    Place.DUTY: N_("On duty"),
    Place.STEPPED_AWAY: N_("Stepped away"),
    Place.RESTING: N_("Resting"),
    Place.NOT_SIGNED: N_("Not signed in"),
}


def place_word(where: Where) -> str:
    """Return where somebody is, in a word or two."""
    return _(_PLACES[where.place])


def _hour(desk: Desk, at: datetime | None) -> str:
    """Return a moment as the site's hour, with its day when that is another one."""
    if at is None:
        return ""
    local = desk.local(at)
    return f"{local:%H:%M}" if local.date() == desk.today() else f"{local:%m-%d %H:%M}"


def time_word(desk: Desk, where: Where) -> str:
    """Return since when somebody is there, or until when away; "" for who has not signed."""
    if where.place is Place.LEAVE:
        return _leave_word(where)
    if where.not_back_today:
        return _("not back today")
    if where.not_sure:
        return _("back: not sure")
    if where.until is not None:
        until = _hour(desk, where.until)
        words = _("late, due {time}") if where.late else pgettext("whereabouts", "until {time}")
        return words.format(time=until)
    return _("since {time}").format(time=_hour(desk, where.since)) if where.since else ""


def _leave_word(where: Where) -> str:
    day = f"{where.until_day:%m-%d}" if where.until_day else ""
    if where.late:
        return _("ended {day}, not back").format(day=day)
    if where.until_noon:
        return _("until {day} noon").format(day=day)
    return pgettext("whereabouts", "until {day}").format(day=day)


def next_steps(line: Line) -> list[str]:
    """Return what the guard can do about somebody who is wanted now, the best first."""
    person, stand_in, where = line.person, line.stand_in, line.where
    steps = []
    if where.here and person.extension:
        steps.append(_("Call extension {extension}.").format(extension=person.extension))
    elif where.here:
        steps.append(_("There is no extension: ask in the section."))
    if stand_in is not None:
        steps.append(_stand_in_step(stand_in.name, stand_in.extension))
    elif where.away:
        steps.append(_("Nobody stands in: leave a message (F6, N) or ask the section."))
    elif where.place is Place.NOT_SIGNED:
        steps.append(_("Not signed in today: ask the section, or leave a message (F6, N)."))
    if where.late:
        steps.append(_("Expected back already: ask the head of the section."))
    return steps


def _stand_in_step(name: str, extension: str) -> str:
    if extension:
        return _("{name} stands in: extension {extension}.").format(name=name, extension=extension)
    return _("{name} stands in.").format(name=name)


def section_word(section: str) -> str:
    """Return the name of a section; people without one stand together."""
    return section or pgettext("whereabouts", "No section")
