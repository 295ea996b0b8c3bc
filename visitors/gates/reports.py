"""Over which gates a list of visitors goes, and by which of them each came and went.

Where the desks have a hub, every desk's list is the whole site's and says so in its head: a visitor
is in it once, whichever gates he used. A desk that stands alone lists its own gate's, and says
nothing of others.
"""

from dataclasses import replace

from kiosk.desk.desk import Desk
from kiosk.desk.report import Table
from kiosk.desk.site_desks import SiteDesks
from kiosk.desk.words import _
from visitors.models import Visit


def of_site(desk: Desk, table: Table) -> Table:
    """Return the table with the head that says it is about all gates, where that is so."""
    if desk.settings.hub.alone:
        return table
    return replace(table, title=_("{title}, all gates").format(title=table.title))


def gate_columns(desk: Desk) -> tuple[str, ...]:
    """Return the heading of ``gates_of``; none at a desk that stands alone."""
    return () if desk.settings.hub.alone else (_("Gate"),)


def gates_of(desk: Desk, desks: SiteDesks, visit: Visit) -> tuple[str, ...]:
    """Return by which desk the visitor came, and by which he left where that was another."""
    if desk.settings.hub.alone:
        return ()
    came = desks.name(visit.gate)
    other = visit.left_gate and visit.left_gate != visit.gate
    return (f"{came} → {desks.name(visit.left_gate)}" if other else came,)
