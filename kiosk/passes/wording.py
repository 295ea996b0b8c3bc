"""The words for what became of a pass, for screens and registers."""

from collections.abc import Mapping
from datetime import date

from kiosk.desk.words import N_, _, pgettext
from kiosk.passes.models import State, Why
from kiosk.passes.reading import ItemShown

_STATES: Mapping[State, str] = {
    State.WAITING: N_("waits for a manager"),
    State.VALID: N_("approved, not used yet"),
    State.OUT: N_("out, comes back"),
    State.USED: N_("gone out"),
    State.RETURNED: N_("all of it is back"),
    State.STAYS_OUT: N_("does not come back after all"),
    State.REFUSED: N_("a manager said no"),
    State.CANCELLED: N_("pass cancelled"),
    State.EXPIRED: N_("over, never used"),
}
_WHY: Mapping[Why, str] = {
    Why.NO_PASS: N_("there was no pass"),
    Why.NOT_ON_PASS: N_("it was not on the pass"),
}


def state_word(state: State) -> str:
    """Return what became of a pass, in the language spoken now."""
    return _(_STATES[state])


def why_word(why: Why) -> str:
    """Return why goods stayed, in the language spoken now."""
    return _(_WHY[why])


def back_word(back_on: date | None) -> str:
    """Return the day something comes back, or that it does not."""
    return f"{back_on:%Y-%m-%d}" if back_on else _("does not come back")


def item_words(item: ItemShown) -> str:
    """Return one line of a pass in a few words: what, how many, which."""
    told = pgettext("pass", "{what} x {n}").format(what=item.what, n=item.quantity)
    if not item.serial:
        return told
    return pgettext("pass", "{item} ({serial})").format(item=told, serial=item.serial)
