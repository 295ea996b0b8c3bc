"""A desk that the hub takes nothing from any more, among the open things: loudly, with what to do.

It is no row of the book: it is how the line stands now, and goes with its cause.
"""

from collections.abc import Iterator, Mapping

from kiosk.desk.desk import Desk
from kiosk.desk.hub_state import HubState, Standing
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_

CUT_OFF = "desks.cut_off"
"""The kind of open thing; its ``ref`` is the desk's gate."""

_QUARANTINED = N_("The other desks get nothing from this desk: its book does not fit the hub's")
_REFUSED = N_("The hub does not let this desk in: wrong password, or another certificate")
_WHY: Mapping[str, str] = {
    "hub.twice": N_("This desk runs twice: another computer has a copy of its disk"),
    "hub.book_apart": N_("This book is not the one that the hub knows of this desk"),
    "hub.another_site": N_("The hub belongs to another site"),
    "hub.gone": N_("The site has given this desk up"),
}
_HELD = N_("The work of {desk} is not taken in here: its book is in doubt, or it is newer")
_RING = N_("Go on working here; ring {phone} and say: {command}")
_RING_NOBODY = N_("Go on working here; tell the administrator: {command}")
_LOOK, _BACK, _WHY_HELD = "kiosk hub status", "kiosk hub rejoin", "kiosk doctor"
_SECOND_BOOK = ("hub.twice", "hub.book_apart")


def outstanding(desk: Desk, book: Book, state: HubState) -> list[OpenThing]:
    """Return what is wrong with the line for good; a cable that is merely cut is none of it."""
    return list(_things(desk, book, state))


def _things(desk: Desk, book: Book, state: HubState) -> Iterator[OpenThing]:
    if state.standing is Standing.QUARANTINED:
        yield _thing(desk, book, state, desk.gate, _QUARANTINED, Urgency.NOW)
    elif state.standing is Standing.REFUSED:
        yield _thing(desk, book, state, desk.gate, _WHY.get(state.why, _REFUSED), Urgency.NOW)
    for gate in sorted(state.held - {desk.gate}):
        yield _thing(desk, book, state, gate, _HELD, Urgency.WAITING)


def _thing(
    desk: Desk, book: Book, state: HubState, gate: str, template: str, urgency: Urgency
) -> OpenThing:
    site = desk.settings.site
    facts = {"desk": gate_name(desk, book, gate)}
    said = {"phone": site.hotline, "command": _command(desk, state, gate)}
    ring = Wording(_RING if site.hotline else _RING_NOBODY, said)
    since = state.since or desk.clock()
    return OpenThing(
        CUT_OFF, gate, "", urgency, Wording(template, facts), since, next_step=ring, facts=facts
    )  # fmt: skip


def _command(desk: Desk, state: HubState, gate: str) -> str:
    """Return what tells more or mends it: the hub itself does not know of a feed that is held."""
    if gate != desk.gate:
        return _WHY_HELD
    return _BACK if state.why in _SECOND_BOOK else _LOOK
