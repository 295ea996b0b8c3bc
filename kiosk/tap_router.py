"""Where a tap goes: repeats are dropped, the screen in front comes first, then the usual answer."""

from __future__ import annotations

import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Protocol

from drivers.events import (
    CardNumberTyped,
    CardPresented,
    CardsTogether,
    CardUnreadable,
    CodeScanned,
    IdCardRead,
    IdCardUnread,
)  # fmt: skip
from drivers.wedge import card_bytes
from kiosk.attendance import service as attendance
from kiosk.attendance.honest.closely import Closely
from kiosk.desk.bearer import Bearer, StaffCard, UnknownCard, showing
from kiosk.desk.desk import Desk
from kiosk.desk.id_card import IdCard
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.settings import Settings
from kiosk.desk.words import _
from kiosk.front_door import Front, refuse_copy, usual_answer
from kiosk.taps import Directory, Repeats, uid_text
from kiosk.ui.dialogs import Dialog
from kiosk.ui.home import HomeScreen
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict

if TYPE_CHECKING:
    from textual.screen import Screen

_AFTER_DIALOG_S = 0.7
_FORMS = {"male": "Mr", "female": "Ms"}
_UNREAD = {
    "wrong_card": "id_card.wrong_card",
    "card_not_proven": "id_card.not_proven",
    "module_not_proven": "id_card.not_proven",
    "not_verified": "id_card.not_proven",
}


class Application(Front, Protocol):
    """The application, as far as a tap knows it."""

    dialog_closed_at: float

    @property
    def screen(self) -> Screen[Any]:
        """The screen in front."""


class TapRouter:
    """Takes what readers and scanners say, one at a time."""

    def __init__(self, app: Application, settings: Settings, desk: Desk) -> None:
        self._app = app
        self._repeats = Repeats(settings.rules.repeat_tap_s)
        self._directory = Directory(desk)
        self._closely = Closely(settings.rules)
        self._card_format = settings.wedge.card_format
        self.wanted: Future[str] | None = None
        """A command that waits for the next card; that tap does nothing else."""

    async def take(self, event: object) -> None:
        """Answer one event. Raises ``Refused`` for what is not possible."""
        match event:
            case CardPresented():
                await self._card(uid_text(event), event.uid, event.device, event.at, event.message)
            case CardNumberTyped():
                number = self._number_of(event)
                await self._card(number.hex().upper(), number, event.device, event.at)
            case CardsTogether():
                await self._together(event)
            case CardUnreadable():
                raise Refused("card.unreadable")
            case CodeScanned():
                await self._code(event.text)
            case IdCardRead():
                form = _FORMS.get(event.sex, "")
                await self._id_card(IdCard(event.name, form, event.number))
            case IdCardUnread():
                raise Refused(_UNREAD.get(event.reason, "id_card.unreadable"))

    async def _card(
        self, uid: str, number: bytes, device: str, at: float, message: str | None = None
    ) -> None:
        if self._repeats.repeated(number, at):
            return
        bearer = showing(self._directory.whose(uid), message)
        beside = self._beside(bearer, device, at)
        at_desk = self._app.devices.role_of(device) == "desk"
        if at_desk and self._is_wanted(bearer):
            return
        front = self._app.screen
        # Who passes the door signs in or out, whatever the guard has on the screen.
        if at_desk and isinstance(front, (KioskScreen, Dialog)) and front.accepts(bearer):
            async with front.answering():
                if isinstance(bearer, StaffCard):
                    await refuse_copy(self._app.kiosk, bearer)
                await front.take_card(bearer)
            return
        if at_desk and time.monotonic() - self._app.dialog_closed_at < _AFTER_DIALOG_S:
            self._repeats.forget(number)
            self._app.kiosk.answer(Verdict(Tone.AMBER, _("Please tap once more.")))
            return
        await usual_answer(self._app, bearer, device, beside)

    def _beside(self, bearer: Bearer, device: str, at: float) -> Person | None:
        """Return whose badge came just before this one at the same reader, None for nobody's."""
        if not isinstance(bearer, StaffCard):
            return None
        return self._closely.beside(device, bearer.person, at)

    def _is_wanted(self, bearer: Bearer) -> bool:
        """Give a card nobody has to the command that waits for one."""
        if self.wanted is None or self.wanted.done() or not isinstance(bearer, UnknownCard):
            return False
        self.wanted.set_result(bearer.uid)
        return True

    def _number_of(self, event: CardNumberTyped) -> bytes:
        try:
            return card_bytes(event.text, self._card_format)
        except ValueError:
            raise Refused("card.number_unlikely") from None

    async def _together(self, event: CardsTogether) -> None:
        uids = [uid.hex().upper() for uid in event.uids]
        await self._app.kiosk.pen.write(
            attendance.flag_together, self._app.kiosk.desk, uids, event.device
        )
        raise Refused("card.together")

    async def _id_card(self, card: IdCard) -> None:
        if self._app.kiosk.operator is None:
            raise Refused("id_card.desk_locked")
        self._app.kiosk.worked()
        front = self._app.screen
        if isinstance(front, KioskScreen) and await front.take_id_card(card):
            return
        if isinstance(front, HomeScreen):
            for feature in self._app.feature_screens:
                if feature.takes_id_card is not None:
                    await feature.takes_id_card(self._app.kiosk, card)
                    return
        raise Refused("id_card.not_here")

    async def _code(self, text: str) -> None:
        front = self._app.screen
        if isinstance(front, (KioskScreen, Dialog)) and await front.take_code(text):
            return
        for feature in self._app.feature_screens:
            if feature.takes_code is not None and await feature.takes_code(self._app.kiosk, text):
                return
        raise Refused("code.unknown")
