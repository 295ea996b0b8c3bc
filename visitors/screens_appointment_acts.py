"""What the digits of an appointment do: come today, change, cancel, name who came along."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from textual.screen import Screen

from kiosk.desk.words import Words, _, ngettext
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from visitors import appointments_change, appointments_today, reception
from visitors.acts import Act
from visitors.cards import VisitCard
from visitors.models import How
from visitors.rules import LIMITS
from visitors.screens_appointment import ChangeScreen
from visitors.screens_reasons import ask_reason

_ONE, _FOLLOWING = "one", "following"


def appointment_acts(
    screen: KioskScreen, visit_id: str, visit: VisitCard | None,
    open_visit: Callable[[str], Screen[None]],
) -> Mapping[Act, Callable[[], Awaitable[None]]]:  # fmt: skip
    """Return what each act of an appointment does on the screen that shows it."""
    if visit is None:
        return {}
    return {
        Act.COME_TODAY: partial(_come_today, screen, visit_id, open_visit),
        Act.CHANGE: partial(_change, screen, visit),
        Act.CANCEL: partial(_cancel, screen, visit),
        Act.NAME_COMPANIONS: partial(_name, screen, visit),
    }


async def _come_today(
    screen: KioskScreen, visit_id: str, open_visit: Callable[[str], Screen[None]]
) -> None:
    """Write the visitor down as here, the host as asked, and wait for his answer."""
    desk, by = screen.kiosk.desk, screen.kiosk.by
    today = await screen.act(appointments_today.come_today, desk, by, visit_id)
    await screen.act(reception.ask, desk, by, today, How.PHONE)
    if screen.is_current:
        screen.app.switch_screen(open_visit(today))


async def _change(screen: KioskScreen, visit: VisitCard) -> None:
    screen.app.push_screen(ChangeScreen(visit))


async def _cancel(screen: KioskScreen, visit: VisitCard) -> None:
    """Ask which of a series, then why."""
    if not visit.series:
        _ask_why(screen, visit, following=False)
        return

    async def chosen(which: str | None) -> None:
        if which is not None:
            _ask_why(screen, visit, following=which == _FOLLOWING)

    choices: list[tuple[str, Words]] = [
        (_ONE, lambda: _("Only this one")),
        (_FOLLOWING, lambda: _("This one and all that follow")),
    ]
    screen.app.push_screen(Choose(lambda: _("Cancel which of the series?"), choices), chosen)


def _ask_why(screen: KioskScreen, visit: VisitCard, *, following: bool) -> None:
    async def because(reason: str) -> None:
        desk, by = screen.kiosk.desk, screen.kiosk.by
        async with screen.answering():
            n = await screen.act(
                appointments_change.cancel, desk, by, visit.id, reason, following=following
            )
            if screen.is_current:
                screen.dismiss(None)
            words = ngettext("{n} appointment cancelled.", "{n} appointments cancelled.", n)
            screen.kiosk.answer(Verdict(Tone.INFO, words.format(n=n), name=visit.address))

    ask_reason(screen, Act.CANCEL, because)


async def _name(screen: KioskScreen, visit: VisitCard) -> None:
    """Ask for the names of who came along, those that are known already standing there."""

    async def typed(names: str | None) -> None:
        if names is None:
            return
        desk, by = screen.kiosk.desk, screen.kiosk.by
        async with screen.answering():
            await screen.act(appointments_change.name_companions, desk, by, visit.id, names)
            await screen.refresh_book()

    asked = AskText(
        lambda: _("Who came along with {visitor}?").format(visitor=visit.address),
        lambda: _("Names"), value=visit.companions, limit=LIMITS["companions"],
    )  # fmt: skip
    screen.app.push_screen(asked, typed)
