"""From one screen to another: function keys, open things, opening and locking the desk."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from kiosk.desk.outstanding import OpenThing
from kiosk.desk.people import DESK_ROLES, Person, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import _
from kiosk.front_door import lock_desk, open_desk
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import Dialog
from kiosk.ui.help import HelpScreen
from kiosk.ui.home import HomeScreen
from kiosk.ui.open_things import OpenThingsScreen
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen, UseCases
from kiosk.ui.verdict import Verdict, broken, refusal

if TYPE_CHECKING:
    from kiosk.frame import Frame
    from kiosk.ui.context import Context

log = logging.getLogger("kiosk.navigation")
Made = TypeVar("Made")
_HELP, _OPEN_THINGS = 1, 6


def go(app: Frame, number: int) -> bool:
    """Go where the function key leads; a locked desk asks for badge and PIN first.

    False when the key leads nowhere: then it belongs to the screen in front.
    """
    make = _screen_of(app, number)
    if make is None:
        return False
    feature = next((f for f in app.feature_screens if f.key == f"f{number}"), None)
    urgent = feature.urgent if feature is not None else None
    without_pin = feature is not None and feature.without_pin
    locked = number != _HELP and app.kiosk.operator is None and not without_pin
    if urgent is not None and locked:
        app.run_worker(_at_once(app, urgent))
    if isinstance(app.screen, Dialog) and not without_pin and (urgent is None or locked):
        return True
    if locked:
        app.ask_to_open(then=lambda: _enter(app, make))
    else:
        _enter(app, make)
    return True


async def _at_once(app: Frame, urgent: Callable[[Context], Awaitable[None]]) -> None:
    front = app.screen
    if isinstance(front, UseCases):
        async with front.answering():
            await urgent(app.kiosk)


def _screen_of(app: Frame, number: int) -> Callable[[], KioskScreen] | None:
    if number == _HELP:
        return HelpScreen
    if number == _OPEN_THINGS:
        return lambda: OpenThingsScreen(app.go_to, app.feature_screens)
    return next((f.home for f in app.feature_screens if f.key == f"f{number}"), None)


def _enter(app: Frame, make: Callable[[], KioskScreen]) -> None:
    screen = _made(app, make)
    front = next(one for one in reversed(app.screen_stack) if not isinstance(one, Dialog))
    if screen is not None and type(screen) is not type(front):
        app.push_screen(screen)


def _made(app: Frame, make: Callable[[], Made]) -> Made | None:
    """Return a screen, loaded at its first use; one that cannot be loaded is told."""
    try:
        return make()
    except Exception:  # a damaged file on the disk ends one screen, not the kiosk
        log.exception("a screen cannot be opened")
        app.answer(broken())
        return None


def _show(app: Frame, make: Callable[[], Any]) -> None:
    screen = _made(app, make)
    if screen is not None:
        app.push_screen(screen)


def go_to(app: Frame, thing: OpenThing) -> None:
    """Open what deals with an open thing."""
    for feature in app.feature_screens:
        make = feature.goes_to.get(thing.kind)
        if make is not None:
            _show(app, partial(make, thing))
            return


def begin(app: Frame, key: str) -> None:
    """Open what a letter begins at F6; a letter that begins nothing does nothing."""
    for feature in app.feature_screens:
        for one in feature.begins:
            if one.key == key and one.offered(app.kiosk.desk):
                _show(app, one.make)
                return


def ask_to_open(app: Frame, uid: str, then: Callable[[], None] | None) -> None:
    """Ask who is there; the desk opens in their name."""
    if isinstance(app.screen, AskProof):
        return

    stays = _stays(app)

    async def proved(proof: Proof | None) -> None:
        if proof is None or not await _opened(app, proof):
            return
        if then is not None:
            then()
        elif stays is not None:
            _enter(app, lambda: stays)

    app.push_screen(AskProof(lambda: _("Open the desk"), uid=uid, may=_keeps_a_desk), proved)


def _stays(app: Frame) -> KioskScreen | None:
    """Return what is in front before and after the desk locks or opens, None for nothing."""
    return app.screen.at_lock() if isinstance(app.screen, KioskScreen) else None


def _keeps_a_desk(person: Person) -> bool:
    return person.role in DESK_ROLES


def _administers(person: Person) -> bool:
    return person.role is Role.ADMINISTRATOR


async def _opened(app: Frame, proof: Proof) -> bool:
    kiosk = app.kiosk
    try:
        await kiosk.pen.write(open_desk, kiosk.desk, proof)
    except Refused as refused:
        app.answer(refusal(refused))
        if refused.code == "post.held":
            _ask_whether_gone(app, proof)
        return False
    _uncover(app, proof)
    kiosk.operator = proof.person
    app.last_operator = proof.person
    app.last_key_at = app.now()
    notes = kiosk.notes(proof.person)
    app.answer(Verdict(Tone.GOOD, _("The desk is open."), name=proof.person.name, lines=notes))
    app.translate_all()
    app.changed()
    return True


def _ask_whether_gone(app: Frame, proof: Proof) -> None:
    """Ask the guard whom another keeps from the desk whether that one is gone (clause 150)."""
    make = next((f.held_post for f in app.feature_screens if f.held_post is not None), None)
    if make is None:
        return

    async def told(answer: object) -> None:
        if answer is not None:
            await _opened(app, proof)

    app.push_screen(make(proof), told)


def _uncover(app: Frame, proof: Proof) -> None:
    """Take the locked picture away: the same person finds all as it was, another starts at home."""
    same = app.last_operator is not None and app.last_operator.id == proof.person.id
    while len(app.screen_stack) > _FIRST_HOME:
        covered = isinstance(app.screen, HomeScreen)
        app.pop_screen()
        if covered and same:
            return


_FIRST_HOME = 1  # the home screen that the application began with


async def lock(app: Frame, why: str) -> None:
    """Lock the desk; what is open on it stays behind a home screen without names."""
    kiosk = app.kiosk
    if kiosk.operator is None:
        return
    person, kiosk.operator = kiosk.operator, None
    app.last_operator = person
    if isinstance(app.screen, HomeScreen):
        app.translate_all()
    else:
        stays = _stays(app)
        await app.push_screen(app.home())
        if stays is not None:
            await app.push_screen(stays)
    app.changed()
    await kiosk.pen.write(lock_desk, kiosk.desk, person, why)


def ask_to_stop(app: Frame) -> None:
    """Stop the kiosk for an administrator; nothing is half written when it ends."""
    if app.context is None:
        app.exit(0)
        return

    def proved(proof: Proof | None) -> None:
        if proof is None:
            return
        if proof.person.role is Role.ADMINISTRATOR:
            app.exit(0)
        else:
            app.answer(refusal(Refused("kiosk.stop_not_yours")))

    if not isinstance(app.screen, AskProof):
        question = AskProof(lambda: _("Stop the kiosk (administrator)"), may=_administers)
        app.push_screen(question, proved)
