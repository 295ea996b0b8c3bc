"""An ID card where nothing is open: today's visit of its owner, or else a walk-in, filled in."""

from kiosk.desk.id_card import IdCard
from kiosk.desk.refusal import Refused
from kiosk.ui.context import Context
from visitors import id_cards
from visitors.id_cards import OUTSIDE
from visitors.screens_new import WalkInScreen
from visitors.screens_visit import VisitScreen


async def open_for_card(kiosk: Context, card: IdCard) -> None:
    """Open what the card is about. A number that cannot be one opens the form, which says so."""
    try:
        found = id_cards.visit_with(kiosk.desk, card)
    except Refused:
        found = None
    if found is None:
        kiosk.show(WalkInScreen(card=card))
        return
    visit_id, state = found
    screen = VisitScreen(visit_id)
    if state in OUTSIDE:
        screen.likeness = await kiosk.pen.write(
            id_cards.compare, kiosk.desk, kiosk.by, visit_id, card
        )
    kiosk.show(screen)
