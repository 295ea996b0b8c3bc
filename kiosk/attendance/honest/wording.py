"""What is odd about a tap, in words, for the screen and the reports alike."""

from collections.abc import Mapping

from kiosk.attendance.honest.feature import REASONS
from kiosk.attendance.honest.reading import Odd, OddTap, TwoDesks
from kiosk.desk.desk import Desk
from kiosk.desk.presence import Whereabouts
from kiosk.desk.site_desks import shortened
from kiosk.desk.words import N_, _, pgettext

_ODD: Mapping[Odd, str] = {
    Odd.UNPROVEN: N_("not proven"),
    Odd.CLOCK: N_("clock?"),
    Odd.AFTER_CLOSING: N_("after closing"),
    Odd.COPY: N_("copied badge?"),
    Odd.TWO_DESKS: N_("two desks"),
    Odd.VOID: N_("void"),
}


def odd_word(odd: Odd) -> str:
    """Return what is odd, in the language spoken now."""
    return _(_ODD[odd])


def way_word(kind: Whereabouts) -> str:
    """Return which way a tap went."""
    return pgettext("tap", "in") if kind is Whereabouts.IN else pgettext("tap", "out")


def detail_of(desk: Desk, one: OddTap) -> str:
    """Return what more there is to say of it, "" for nothing."""
    if one.newest_at is not None:
        newest = desk.local(one.newest_at).strftime("%m-%d %H:%M")
        return _("the tap before: {time}").format(time=newest)
    if one.two_desks is not None:
        return _said_of_desks(desk, one.two_desks)
    if one.void_for is None:
        return ""
    why, by = _(REASONS[one.void_for.value]), one.void_by
    if one.carrier is None:
        return _("{why} ({by})").format(why=why, by=by)
    told = _("{why}: {carrier} {staff_no} ({by})")
    return told.format(why=why, carrier=one.carrier.name, staff_no=one.carrier.staff_no, by=by)


def _said_of_desks(desk: Desk, both: TwoDesks) -> str:
    hours = (desk.local(at).strftime("%H:%M") for at in (both.first_at, both.second_at))
    return _("{first} {first_time}, {second} {second_time}").format(
        first=shortened(both.first), first_time=next(hours),
        second=shortened(both.second), second_time=next(hours),
    )  # fmt: skip
