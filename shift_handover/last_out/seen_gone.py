"""Somebody forgot to sign out: the guard saw them go, and the last out is found anew (clause 92).

The raw taps stay as they are: the day still shows that nobody signed out.
"""

import re
from datetime import datetime, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person
from kiosk.desk.presence import PRESENCE, Whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, pgettext
from shift_handover.last_out.models import OTHERS_IN
from shift_handover.last_out.presence import still_in

STILL_IN = "lastout.still_in"
_HOUR = re.compile(r"([01]?\d|2[0-3])(?:[:：.]?([0-5]\d))?")


def went_at(typed: str, now: datetime) -> datetime:
    """Return the last moment until ``now`` (aware) with the hour typed as ``17``, ``17:40``.

    Raises ``Refused("lastout.hour_unclear")``.
    """
    found = _HOUR.fullmatch(typed.strip())
    if found is None:
        raise Refused("lastout.hour_unclear", typed=typed)
    at = now.replace(hour=int(found[1]), minute=int(found[2] or 0), second=0, microsecond=0)
    return at if at <= now else at - timedelta(days=1)


def see_gone(desk: Desk, by: str, person_id: str, typed: str) -> Person:
    """Write down that the guard saw somebody go at the hour ``typed``, who did not sign out.

    Records ``presence.seen_gone``; the person is out from then on. Raises ``Refused``:
    ``lastout.hour_unclear``, ``lastout.not_in`` for who is not in any more, and
    ``lastout.came_later`` for an hour before the last tap.
    """
    with desk.write(by=by) as tx:
        at = went_at(typed, desk.local(tx.now))
        found = next((one for one in still_in(desk, tx) if one.person.id == person_id), None)
        here = tx.one(PRESENCE, person=person_id)
        if found is None or here is None:
            raise Refused("lastout.not_in")
        if at < desk.local(here.tapped_at).replace(second=0, microsecond=0):
            since = desk.local(here.tapped_at)
            raise Refused("lastout.came_later", name=found.person.name, time=f"{since:%H:%M}")
        here.state = Whereabouts.OUT
        here.since = here.tapped_at = max(at, here.tapped_at)
        tx.put(here)
        tx.record(
            "presence.seen_gone", person=found.person.staff_no,
            at=f"{desk.local(here.since):%H:%M}",
        )  # fmt: skip
        return found.person


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return that people are in by the taps, once work is over by ``rules.still_in_grace_min``."""
    now = desk.local(desk.clock())
    today = desk.work_day(now)
    end = desk.calendar.end(today)
    if end is None or now < end + timedelta(minutes=desk.rules.still_in_grace_min):
        return []
    if not book.all(OTHERS_IN, day=today):
        return []
    found = still_in(desk, book)
    names = pgettext("list", ", ").join(one.person.name for one in found)
    return [
        OpenThing(
            kind=STILL_IN, ref=f"still-in-{today:%Y%m%d}", number=f"U{today:%m%d}",
            urgency=Urgency.SOON, since=end,
            what=Wording(N_("Still in by the taps: {names}"), {"names": names}),
            next_step=Wording(N_("See who is there; who has gone: F3, 8, then G")),
            facts={"names": names},
        )
    ]  # fmt: skip
