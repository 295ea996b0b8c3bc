"""The rows of F7, 6: who is out and whether safe, and who telephoned."""

from kiosk.attendance.weather import rules
from kiosk.attendance.weather.reading import Out
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import Urgency
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.row_list import Column, ListRow


def out_row(desk: Desk, one: Out) -> ListRow:
    """Return the row of somebody out: green once safe, red when nobody knows for too long."""
    if one.safe and one.safe_at is not None:
        state = _("safe {time}").format(time=f"{desk.local(one.safe_at):%H:%M}")
        colour, place = palette.GOOD, one.safe_place
    else:
        late = desk.clock() >= one.unheard_since + rules.limit(desk.rules)
        urgency = Urgency.NOW if late else Urgency.WAITING
        state, colour, place = _("safe?"), palette.URGENCY_COLOUR[urgency], one.place
    cells = (one.number, one.person.name, one.section, place, one.companions, one.phone, state)
    return ListRow(cells, key=one.id, colour=colour, bar=colour)


def called_row(called: tuple[str, str, str]) -> ListRow:
    """Return the row of who telephoned: the remark's number, who, and who agreed."""
    number, name, approver = called
    agreed = _("cannot come, {name} agreed").format(name=approver)
    return ListRow((number, name, "", agreed, "", "", ""), colour=palette.MUTED)


def columns() -> tuple[Column, ...]:
    """Return the columns; on a narrow screen section and companions go, never the telephone."""
    return (
        Column(_("No."), 6, keep=6),
        Column(_("Name"), 10, keep=9),
        Column(_("Section"), 12, keep=3),
        Column(pgettext("weather", "Place"), share=2, keep=8, least=26),
        Column(_("Companions"), share=1, keep=4, least=10),
        Column(_("Telephone"), 13, keep=9),
        Column(_("Safe?"), 10, keep=9),
    )
