"""The register of presence prompts: when the guard was asked, and when he answered."""

from datetime import datetime, time, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from shift_handover.presence.models import BETWEEN, PresencePrompt


def presence(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of the prompts asked on the days, of everybody or of ``period.who``."""
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    after = datetime.combine(period.last + timedelta(days=1), midnight)
    found = [
        (prompt, guard)
        for prompt, guard in book.all(BETWEEN, post=desk.gate, first=first, after=after)
        if period.who in {"", guard.staff_no}
    ]
    rows = tuple(
        (
            prompt.number, guard.staff_no, guard.name, _moment(desk, prompt.asked_at),
            _moment(desk, prompt.answered_at), _outcome(prompt), book.read_sealed(prompt.why),
        )
        for prompt, guard in found
    )  # fmt: skip
    columns = (
        _("No."), _("Staff number"), pgettext("presence", "Guard"), pgettext("presence", "Asked"),
        pgettext("presence", "Answered"), pgettext("presence", "Outcome"),
        pgettext("presence", "Why"),
    )  # fmt: skip
    title = _("Presence prompts {first} to {last}").format(first=period.first, last=period.last)
    missed = sum(prompt.missed_at is not None for prompt, _guard in found)
    foot = _("Asked {asked} times, missed {missed}").format(asked=len(found), missed=missed)
    return Table(title, columns, rows, _("Nobody was asked in these days."), foot=(foot,))


def _outcome(prompt: PresencePrompt) -> str:
    if prompt.missed_at is not None:
        return pgettext("presence", "missed")
    if prompt.answered_at is not None:
        return pgettext("presence", "in time")
    return pgettext("presence", "cut short") if prompt.ended_at else pgettext("presence", "running")


def _moment(desk: Desk, at: datetime | None) -> str:
    return desk.local(at).strftime("%Y-%m-%d %H:%M") if at else ""
