"""A day of the calendar as it is typed on the command line."""

from datetime import date

from kiosk.desk.refusal import Refused

_YEARS = range(1970, 9000)
"""Years that a book can be asked about: the days beside them still are days in every zone."""


def day_typed(text: str, typed: str = "") -> date:
    """Return the day that ``text`` names; ``typed`` is what the person wrote, where it differs.

    Raises ``Refused("report.bad_date")`` for what is no day, or no day of any book.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused("report.bad_date", typed=typed or text) from None
    if day.year not in _YEARS:
        raise Refused("report.bad_date", typed=typed or text)
    return day
