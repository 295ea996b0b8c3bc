"""How moments and minutes are said in a book of many years."""

from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.safe_text import cells
from shift_handover.models import HandoverState
from shift_handover.wording import state_word
from shift_handover.wording_parts import when


def moment_in_book(moment: datetime | None, desk: Desk) -> str:
    """Return a moment as short as it is clear: with its year when that is not this one's."""
    if moment is None:
        return ""
    local = desk.local(moment)
    return f"{local:%Y-%m-%d %H:%M}" if local.year != desk.today().year else when(moment, desk)


def minutes_between(start: datetime, end: datetime | None) -> int | None:
    """Return the whole minutes from ``start`` to ``end``, None while there is no end."""
    return None if end is None else int((end - start).total_seconds() // 60)


def widest_state() -> int:
    """Return the cells of the longest way a handover can end, in the language spoken now."""
    return max(cells(state_word(state)) for state in HandoverState)
