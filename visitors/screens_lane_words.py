"""How a kind of visit is said on its screen: what to say, how it stands, helmets at the exit."""

from kiosk.desk.words import N_, _
from visitors.cards import VisitCard
from visitors.lanes.helmets import numbers, word
from visitors.lanes.rules import said
from visitors.watch_models import BEFORE_INSIDE

_NOT_PAST = N_("At the gate for {host}. Not let in: please hand over here.")
_WINDOW = N_("The window of {host} is open. You may admit.")


def standing_of_kind(visit: VisitCard) -> str:
    """Return how a visitor of this kind stands at the gate; "" where that is as for everybody."""
    if visit.state not in BEFORE_INSIDE:
        return ""
    if visit.asks.at_gate:
        return _NOT_PAST
    return _WINDOW if visit.window_open else ""


def script_of(visit: VisitCard) -> str:
    """Return what is said to a visitor of this kind at the gate; "" for the usual kind."""
    at_gate = visit.state in BEFORE_INSIDE and not visit.has_yes
    if not at_gate or not visit.kind or visit.watch.holds or not visit.asks.script:
        return ""
    return _('Say: "{sentence}"').format(sentence=said(visit.asks.script))


def helmet_words(visit: VisitCard) -> str:
    """Return which helmet the visitor wears, as it stands beside the area; "" for none."""
    if not numbers(visit.helmet):
        return word(visit.helmet)
    return _("helmet {helmets}").format(helmets=word(visit.helmet))
