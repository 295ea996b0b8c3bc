"""What a card does when no screen in front waits for it: sign in or out, a key, an unknown card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from kiosk import features
from kiosk.attendance import service as attendance
from kiosk.attendance.honest.rules import asks_pin
from kiosk.attendance.honest.told import to_guard
from kiosk.attendance.screens import EnrolCard
from kiosk.attendance.tap_result import TapResult
from kiosk.attendance.verdicts import refused_card, verdict_of, verdict_of_closed
from kiosk.desk import card_proof, posts
from kiosk.desk.bearer import Bearer, ClosedCard, StaffCard, ThingTag, UnknownCard
from kiosk.desk.card_proof import CardWord
from kiosk.desk.desk import Desk
from kiosk.desk.loans import OPEN_LOAN_OF, Thing
from kiosk.desk.people import DESK_ROLES, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import _
from kiosk.devices import DOOR
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict

if TYPE_CHECKING:
    from textual.screen import Screen

    from kiosk.devices import Devices
    from kiosk.ui.context import Context
    from kiosk.ui.feature_screens import FeatureScreens


class Front(Protocol):
    """The application, as far as the front door knows it."""

    @property
    def kiosk(self) -> Context:
        """The working parts."""

    @property
    def devices(self) -> Devices:
        """The devices of this desk."""

    @property
    def feature_screens(self) -> tuple[FeatureScreens, ...]:
        """The screens of every feature."""

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """The screens, the one in front last."""

    def ask_to_open(self, uid: str = "") -> None:
        """Ask who is there for badge and PIN, and open the desk for them."""

    def show(self, screen: Screen[Any]) -> None:
        """Put a screen in front."""


async def usual_answer(
    front: Front, bearer: Bearer, device: str, beside: Person | None = None
) -> None:
    """Answer a card at the reader ``device``. Raises ``Refused`` for a card that opens nothing.

    ``beside`` is whose badge came just before at that reader: the guard is told of it.
    At the door a card nobody has, and a thing that is not out, are sent to the desk.
    """
    match bearer:
        case StaffCard():
            await _staff(front, bearer, device, beside)
        case ThingTag():
            await _thing(front, bearer, device)
        case ClosedCard():
            await _closed(front.kiosk, bearer)
        case UnknownCard():
            if await _unknown_taken(front, replace(bearer, at_door=_is_door(front, device))):
                return
            if front.kiosk.operator is None or _is_door(front, device):
                raise Refused("badge.unknown")
            front.show(EnrolCard(bearer.uid, bearer.message))


async def _closed(kiosk: Context, card: ClosedCard) -> None:
    """Refuse a closed card; at the open desk the guard is told whose it is and what to do."""
    badge = await kiosk.pen.write(attendance.refuse_closed, kiosk.desk, card)
    if kiosk.operator is not None:
        kiosk.answer(verdict_of_closed(kiosk.desk, badge, card.person))
    else:
        raise refused_card(badge, card.person)


async def _staff(front: Front, card: StaffCard, device: str, beside: Person | None) -> None:
    kiosk = front.kiosk
    at_desk = front.devices.role_of(device) == "desk"
    if await _taken(front, card) and not (at_desk and kiosk.operator is None):
        await refuse_copy(kiosk, card)  # no copy was taken: it keeps the badge's counter
        return
    if at_desk and kiosk.operator is None and _holds_post(kiosk.desk, card.person):
        await refuse_copy(kiosk, card)
        front.ask_to_open(card.uid)
        return
    if at_desk and front.devices.has_door_reader:
        await _desk_only(front, card)
        return
    ask_pin = at_desk and kiosk.operator is not None and _asks_pin(kiosk)
    result = await kiosk.pen.write(
        attendance.tap,
        kiosk.desk,
        card.person,
        device,
        ask_pin=ask_pin,
        card=_asked_to_prove(kiosk, card),
    )
    verdict = verdict_of(kiosk.desk, result, kiosk.notes(card.person))
    kiosk.answer(to_guard(kiosk, verdict, result, beside))
    kiosk.changed()
    if result.pin_asked:
        _ask_pin(front, card.uid, result)
    copied = result.word is CardWord.COPIED
    if (
        at_desk
        and not copied
        and kiosk.operator is None
        and _may_take_post(kiosk.desk, card.person)
    ):
        front.ask_to_open(card.uid)


async def refuse_copy(kiosk: Context, card: StaffCard) -> None:
    """Take no copy of a badge where no tap is written; whoever passes the door still passes.

    Raises ``Refused("badge.copied")``. One that was not read is as good as an ordinary badge.
    """
    if not card.proves or card.message is None:
        return
    judged = await kiosk.pen.write(card_proof.show, kiosk.desk, card)
    if judged.word is CardWord.COPIED:
        raise Refused("badge.copied", name=card.person.name)


def _asked_to_prove(kiosk: Context, card: StaffCard) -> StaffCard | None:
    """Return the badge as one that may prove itself, None at a site whose readers do not ask."""
    return card if kiosk.desk.settings.attendance.crypto_badges else None


def _asks_pin(kiosk: Context) -> bool:
    numbers = kiosk.desk.rules
    proof = kiosk.desk.settings.attendance.proof
    return asks_pin(proof, numbers.proof_share_percent, kiosk.draw)


def _ask_pin(front: Front, uid: str, result: TapResult) -> None:
    """Ask for the PIN of a tap that is in the book; one question holds all who wait."""
    from kiosk.attendance.honest.screens_prove import AskedTap, ProveTap  # noqa: PLC0415 - few sites ask

    asked = AskedTap(uid, result.person, result.tap_id, result.at)
    open_one = next((one for one in front.screen_stack if isinstance(one, ProveTap)), None)
    if open_one is None:
        front.show(ProveTap(asked))
    else:
        open_one.wait_for(asked)


async def _taken(front: Front, card: StaffCard) -> bool:
    """Say whether a feature took the badge of who keeps a desk, such as of who is back.

    No feature takes a copy: nobody is back, or at the post, by it.
    """
    if card.person.role not in DESK_ROLES or card_proof.is_copy(front.kiosk.desk, card):
        return False
    for feature in front.feature_screens:
        if feature.takes_badge is not None and await feature.takes_badge(front.kiosk, card):
            return True
    return False


async def _unknown_taken(front: Front, card: UnknownCard) -> bool:
    """Say whether a feature knows what the card is, such as the tag that hangs at a place."""
    for feature in front.feature_screens:
        if feature.takes_unknown is not None and await feature.takes_unknown(front.kiosk, card):
            return True
    return False


async def _desk_only(front: Front, card: StaffCard) -> None:
    """Answer a badge at the desk's reader of a site whose staff sign in at the door."""
    if front.kiosk.operator is None and card.person.role in DESK_ROLES:
        await refuse_copy(front.kiosk, card)
        front.ask_to_open(card.uid)
        return
    hint = _("This is the desk's reader. Please sign in at the reader by the door.")
    notes = front.kiosk.notes(card.person)
    front.kiosk.answer(Verdict(Tone.INFO, hint, name=card.person.name, lines=notes))


def _is_door(front: Front, device: str) -> bool:
    """Say whether whoever taps stands at the door: no question opens at the guard's desk then."""
    return front.devices.role_of(device) == DOOR


async def _thing(front: Front, tag: ThingTag, device: str) -> None:
    if _is_door(front, device) and not _is_out(front.kiosk.desk, tag.thing):
        raise Refused("thing.tap_at_desk", thing=tag.thing.label)
    for feature in front.feature_screens:
        if feature.takes_tag is not None and await feature.takes_tag(front.kiosk, tag):
            return


def _is_out(desk: Desk, thing: Thing) -> bool:
    with desk.read() as book:
        return book.one(OPEN_LOAN_OF, thing=thing.id) is not None


def _holds_post(desk: Desk, person: Person) -> bool:
    with desk.read() as book:
        held = posts.on_duty(book, desk.gate)
    return held is not None and held[1].id == person.id


def _may_take_post(desk: Desk, person: Person) -> bool:
    with desk.read() as book:
        return person.role in DESK_ROLES and posts.on_duty(book, desk.gate) is None


def open_desk(desk: Desk, proof: Proof) -> None:
    """Open the desk for who proved to be there; an empty post is taken by it."""
    with desk.write(by=proof.person.staff_no) as tx:
        stands_in = features.stands_in(desk, tx, proof.person)
        posts.open_desk(tx, desk.gate, proof.person, proof.means, stands_in=stands_in)


def lock_desk(desk: Desk, person: Person, why: str) -> None:
    """Lock the desk in the name of who worked at it."""
    with desk.write(by=person.staff_no) as tx:
        posts.lock_desk(tx, desk.gate, why)
