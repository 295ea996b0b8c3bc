"""The words for remarks, in the language spoken now."""

from collections.abc import Mapping
from datetime import datetime

from kiosk.attendance.remarks.models import About, Remark
from kiosk.desk.desk import Desk
from kiosk.desk.words import N_, _, pgettext

_ABOUTS: Mapping[About, str] = {
    About.LATE: N_("Came late"),
    About.EARLY: N_("Left early"),
    About.OUT_OF_WINDOW: N_("Outside the window"),
    About.NO_SIGN_OUT: N_("No sign-out tap"),
    About.NO_TAP: N_("No sign-in tap"),
    About.TAP: N_("Tap is wrong"),
}


def about_word(about: About) -> str:
    """Return what a remark is about."""
    return _(_ABOUTS[about])


def state_word(row: Remark) -> str:
    """Return how far a remark has come: signed, refused, replaced, or what it waits for."""
    if row.replaced_by:
        return pgettext("remark", "replaced")
    if row.refused_at is not None:
        return pgettext("remark", "refused")
    if row.unconfirmed:
        return pgettext("remark", "by phone, to confirm")
    return pgettext("remark", "signed") if row.excuses else _waits_for(row)


def _waits_for(row: Remark) -> str:
    if row.head_at is None and row.leader_at is None:
        return pgettext("remark", "to be signed")
    if row.head_at is None:
        return pgettext("remark", "one more signature")
    return pgettext("remark", "leader to sign")


def hour(desk: Desk, at: datetime | None) -> str:
    """Return a moment as the site's hour, "" for none."""
    return f"{desk.local(at):%H:%M}" if at is not None else ""


def should_be(desk: Desk, row: Remark) -> str:
    """Return the times that the taps should have been, ``08:25-17:30``; "" for none said."""
    came, went = hour(desk, row.came_at), hour(desk, row.went_at)
    return f"{came}-{went}" if came or went else ""


def on_sheet(desk: Desk, row: Remark) -> str:
    """Return a remark as it stands beside the raw taps on the sheet; a replaced one says so."""
    said = [row.number, about_word(row.about), should_be(desk, row), state_word(row)]
    return " ".join(word for word in said if word)
