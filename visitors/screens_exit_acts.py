"""What the visit's screen does for the exit: lend, take back, count out, compare, settle."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from kiosk.desk.desk import Desk
from kiosk.desk.words import _
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from visitors.acts import Act
from visitors.exit import lending
from visitors.exit.assumed import Was, settle_assumed
from visitors.screens_cards_at_visit import TakesCards
from visitors.screens_exit import ExitScreen
from visitors.screens_exit_ask import AskHowMany, LendThing, TakeBackThing
from visitors.screens_reasons import ask_reason

_WAS: Mapping[Act, Was] = {
    Act.OTHER_GATE: Was.OTHER_GATE, Act.HOST_SAYS: Was.HOST_SAYS,
    Act.STILL_INSIDE: Was.STILL_INSIDE, Act.UNKNOWN: Was.UNKNOWN,
}  # fmt: skip


def exit_acts(screen: TakesCards, visit_id: str) -> Mapping[Act, Callable[[], Awaitable[None]]]:
    """Return what the exit's acts do with the visit on the screen."""

    async def lend() -> None:
        if screen.card_shown is not None:
            screen.app.push_screen(LendThing(screen.card_shown))

    async def take_back() -> None:
        screen.app.push_screen(
            TakeBackThing(await screen.aside(_lent, screen.kiosk.desk, visit_id))
        )

    async def part_leaves() -> None:
        if screen.card_shown is not None:
            screen.app.push_screen(AskHowMany(screen.card_shown))

    async def differs() -> None:
        screen.app.push_screen(ExitScreen(visit_id))

    return {
        Act.LEND: lend, Act.TAKE_BACK: take_back, Act.PART_LEAVES: part_leaves,
        Act.DIFFERS: differs,
        **{act: partial(_ask_who, screen, visit_id, act) for act in _WAS},
    }  # fmt: skip


def _lent(desk: Desk, visit_id: str) -> tuple[lending.Lent, ...]:
    with desk.read() as book:
        return lending.lent_to(book, visit_id)


async def _ask_who(screen: KioskScreen, visit_id: str, act: Act) -> None:
    ask_reason(screen, act, partial(_settle, screen, visit_id, act))


async def _settle(screen: KioskScreen, visit_id: str, act: Act, reason: str) -> None:
    kiosk = screen.kiosk
    async with screen.answering():
        await screen.act(settle_assumed, kiosk.desk, kiosk.by, visit_id, _WAS[act], reason)
        await screen.refresh_book()
        kiosk.answer(Verdict(Tone.GOOD, _("Noted.")))
