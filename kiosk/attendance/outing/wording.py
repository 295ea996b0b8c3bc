"""How an outing is said: at the tap, in the list and in the register."""

from kiosk.attendance.outing.reading import OutingShown
from kiosk.attendance.tap_result import TapResult
from kiosk.desk.desk import Desk
from kiosk.desk.presence import Whereabouts
from kiosk.desk.words import _, pgettext


def outing_headline(desk: Desk, result: TapResult) -> str:
    """Return 外出 with the hour of return, or 外出返回; "" for a tap without an outing."""
    outing = result.outing
    if outing is None:
        return ""
    if result.kind is Whereabouts.IN:
        return _("Back from outing")
    if outing.not_back_today:
        return _("Out, not back today")
    if outing.back_by is None:
        return pgettext("outing", "Out")
    return _("Out (back by {hour})").format(hour=f"{desk.local(outing.back_by):%H:%M}")


def leaves_words(desk: Desk, one: OutingShown) -> str:
    """Return when somebody left or leaves: the hour, with the day when it is not today."""
    return desk.day_and_hour(one.started_at)


def back_words(desk: Desk, one: OutingShown) -> str:
    """Return when somebody is back: an hour, 今日不回 or 不定."""
    if one.not_back_today:
        return _("not back today")
    return desk.day_and_hour(one.back_by) if one.back_by is not None else _("not sure")


def state_words(one: OutingShown) -> str:
    """Return how it stands with an outing."""
    if one.cancelled:
        return _("outing not taken")
    if one.assumed:
        return _("assumed not returned that day")
    if one.ended_at is not None:
        return pgettext("outing", "back")
    if one.planned:
        return pgettext("outing", "planned")
    return _("overdue from outing") if one.late else pgettext("outing", "out now")


def out_words(desk: Desk, one: OutingShown) -> str:
    """Return what is answered once somebody may go: his way, and when he is back."""
    facts = {"number": one.number, "leaves": leaves_words(desk, one), "back": back_words(desk, one)}
    if one.planned:
        return _("{number} planned: leaves {leaves}, back: {back}").format(**facts)
    return _("{number} out now, back: {back}").format(**facts)
