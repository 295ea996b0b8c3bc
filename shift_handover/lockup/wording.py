"""The words of a lock-up record, for screen and paper alike."""

from kiosk.desk.desk import Desk
from kiosk.desk.words import _, pgettext
from shift_handover.records import LockedUp


def lock_up_fields(lock_up: LockedUp, desk: Desk) -> list[tuple[str, str]]:
    """Return label and words of everything a lock-up record says, in order."""
    told = _("{name} by telephone at {time}").format(
        name=lock_up.leader, time=desk.local(lock_up.told_at).strftime("%m-%d %H:%M")
    )
    return [
        (pgettext("lock-up", "Leader told"), told),
        (pgettext("lock-up", "Leader said"), lock_up.said),
        (pgettext("lock-up", "Doors"), lock_up.doors),
        (pgettext("lock-up", "Keys"), lock_up.keys),
    ]
