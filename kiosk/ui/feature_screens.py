"""What a feature shows on the screen: its function key, and where its open things lead."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from textual.screen import Screen

from kiosk.desk.bearer import StaffCard, ThingTag, UnknownCard
from kiosk.desk.desk import Desk
from kiosk.desk.id_card import IdCard
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.signing import Proof
from kiosk.ui.context import Context
from kiosk.ui.screen import KioskScreen


@dataclass(frozen=True, slots=True)
class Begins:
    """What F6 begins or leads to by a letter (lower case): the screen that asks or shows.

    ``label`` and ``short`` are marked with ``N_``. One that is not ``offered`` at a desk is not
    shown there and does nothing.
    """

    key: str
    label: str
    short: str
    make: Callable[[], Screen[Any]]
    offered: Callable[[Desk], bool] = lambda _desk: True


@dataclass(frozen=True, slots=True)
class FeatureScreens:
    """One feature's screens, as its ``screens.py`` exports them.

    ``key`` is its function key (``f2``; "" and no ``home`` for a feature without one), ``label``
    and ``short`` are marked with ``N_``. ``goes_to`` gives, for each kind of open thing, the screen
    that deals with it, ``begins`` what F6 writes down anew. ``takes_code`` and ``takes_tag`` answer
    a scanned code or a thing's tag that no screen in front has taken; one that is not the
    feature's returns False. ``takes_badge`` answers the badge of who keeps a desk before it signs
    in or out; it returns False for one that means nothing to the feature, and so does
    ``takes_unknown`` for a card that is neither a badge nor a thing's tag. ``letters`` mean
    something at the home screen of the open desk. ``takes_id_card`` answers an ID card at the home
    screen of the open desk. A feature with ``urgent`` is for a danger: its key works over an open
    question too, and at a locked desk this is done at once, before anybody proves who they are; it
    shows no names. With ``without_pin`` its key opens the screen itself over an open question and
    at a locked desk, where it shows nothing that belongs to somebody. ``held_post`` asks a guard
    who cannot open the desk, because another holds the post, whether that one is gone: the desk
    opens once its answer is not None.
    """

    key: str
    label: str
    short: str
    home: Callable[[], KioskScreen] | None
    goes_to: Mapping[str, Callable[[OpenThing], Screen[Any]]] = field(default_factory=dict)
    begins: tuple[Begins, ...] = ()
    takes_code: Callable[[Context, str], Awaitable[bool]] | None = None
    takes_id_card: Callable[[Context, IdCard], Awaitable[None]] | None = None
    takes_tag: Callable[[Context, ThingTag], Awaitable[bool]] | None = None
    takes_badge: Callable[[Context, StaffCard], Awaitable[bool]] | None = None
    takes_unknown: Callable[[Context, UnknownCard], Awaitable[bool]] | None = None
    letters: Mapping[str, Callable[[Context], Awaitable[None]]] = field(default_factory=dict)
    urgent: Callable[[Context], Awaitable[None]] | None = None
    without_pin: bool = False
    held_post: Callable[[Proof], Screen[Any]] | None = None
