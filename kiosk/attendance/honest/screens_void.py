"""F7, V: the guard declares a tap void, with why and, where he knows it, who tapped (clause 22)."""

from kiosk.attendance.honest import service
from kiosk.attendance.honest.wording import way_word
from kiosk.attendance.models import Tap, VoidReason
from kiosk.attendance.screens_find import FindPerson
from kiosk.desk.people import Person
from kiosk.desk.presence import Whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _
from kiosk.ui.dialogs import Choose
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict

_CAUGHT = "caught"


class VoidTap(Choose):
    """Why does this tap not count? One digit voids it; the raw tap stays on the sheet."""

    def __init__(self, person: Person, tap: Tap, kind: Whereabouts) -> None:
        super().__init__(
            self._question,
            [
                (VoidReason.NOT_HOLDER, lambda: _("Not the holder; nobody knows who tapped")),
                (_CAUGHT, lambda: _("Not the holder; I know who tapped")),
                (VoidReason.TWICE, lambda: _("Tapped once too often")),
                (VoidReason.OTHER, lambda: _("For another cause")),
            ],
            lambda: _("The tap stays on the sheet, marked void, with your name."),
        )
        self._person, self._tap, self._kind = person, tap, kind

    def _question(self) -> str:
        asked = _("Void this tap? {name} {staff_no}, {way} {time}")
        at = self.kiosk.desk.local(self._tap.at).strftime("%H:%M")
        return asked.format(
            name=self._person.name, staff_no=self._person.staff_no, way=way_word(self._kind),
            time=at,
        )  # fmt: skip

    async def answered(self, key: str) -> None:
        """Void the tap, or ask who tapped; a refusal keeps the question."""
        kiosk = self.kiosk
        if key == _CAUGHT:
            self.dismiss()
            kiosk.show(WhoTapped(self._tap, self._person))
            return
        try:
            done = await self.act(service.void, kiosk.desk, kiosk.by, self._tap.id, VoidReason(key))
        except Refused as refused:
            self.refused(refused)
            return
        self.dismiss()
        kiosk.answer(said_of(done))


class WhoTapped(FindPerson):
    """Who had the badge of somebody else? Both sides of a proxy are noted."""

    def __init__(self, tap: Tap, holder: Person) -> None:
        super().__init__(
            lambda: _("Who tapped {name}'s badge?").format(name=holder.name),
            lambda: _("Who?"),
            lambda: _("Type who had the badge in hand, then Enter."),
        )
        self._tap = tap

    async def found(self, person: Person) -> None:
        """Void the tap with this person as who tapped; a refusal keeps the question."""
        kiosk = self.kiosk
        try:
            done = await self.act(
                service.void, kiosk.desk, kiosk.by, self._tap.id, VoidReason.NOT_HOLDER,
                person.staff_no,
            )  # fmt: skip
        except Refused as refused:
            self.refused(refused)
            return
        self.dismiss()
        kiosk.answer(said_of(done))


def said_of(done: service.Voided) -> Verdict:
    """Say that the tap is void, where the person is now by the taps, and what to do."""
    proxy = done.reason is VoidReason.NOT_HOLDER
    to_do = _("Keep the badge, and tell the office both names.") if proxy else ""
    lines = tuple(filter(None, (to_do, _where(done.now))))
    return Verdict(Tone.AMBER, _("This tap is void"), name=done.person.name, lines=lines)


def _where(now: Whereabouts | None) -> str:
    if now is None:
        return _("By the taps: not here yet")
    return _("By the taps: in the house") if now is Whereabouts.IN else _("By the taps: gone")
