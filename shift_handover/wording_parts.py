"""How the parts of a sentence are put together, and moments said: words of every room here."""

from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.words import _, pgettext


def joined(*parts: str) -> str:
    """Return the parts that say something, as one enumeration."""
    return pgettext("between parts", ", ").join(part for part in parts if part)


def labelled(label: str, words: str) -> str:
    """Return words behind their label."""
    return _("{label}: {words}").format(label=label, words=words)


def when(moment: datetime | None, desk: Desk) -> str:
    """Return a moment as people write it: the hour today, else month, day and hour; "" for none."""
    if moment is None:
        return ""
    local = desk.local(moment)
    return local.strftime("%H:%M" if local.date() == desk.today() else "%m-%d %H:%M")
