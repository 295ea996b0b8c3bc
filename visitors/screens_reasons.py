"""Why: the usual reasons by digit, the guard's own words behind the last one."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from textual.screen import Screen

from kiosk.desk.words import N_, Words, _
from kiosk.ui.dialogs import AskText, Choose
from visitors.acts import Act
from visitors.service import REASON_LIMIT
from visitors.wording import REFUSAL_WORDS

OTHER = "other"

_TITLES: Mapping[Act, str] = {
    Act.REFUSE: N_("Why is the visitor not admitted?"),
    Act.REPRINT: N_("Why is the slip printed again?"),
    Act.SETTLE: N_("How is the missing return slip settled?"),
    Act.VOID: N_("Why is the entry void?"),
    Act.CANCEL: N_("Why is the appointment cancelled?"),
    Act.OTHER_GATE: N_("Left by the other gate: who says so?"),
    Act.HOST_SAYS: N_("Left then: who says so?"),
    Act.STILL_INSIDE: N_("Still inside: who says so?"),
    Act.UNKNOWN: N_("Nobody knows: who was asked?"),
}
_WHO_SAYS = (
    N_("The host, by telephone"),
    N_("The other gate, by telephone"),
    N_("The visitor, by telephone"),
)
_USUAL: Mapping[Act, tuple[str, ...]] = {
    Act.OTHER_GATE: _WHO_SAYS,
    Act.HOST_SAYS: _WHO_SAYS,
    Act.STILL_INSIDE: _WHO_SAYS,
    Act.UNKNOWN: (N_("Host and other gate, by telephone"), N_("The host, by telephone")),
    Act.REPRINT: (
        N_("The paper is torn or cannot be read"),
        N_("The visitor has lost the slip"),
        N_("The entry was corrected"),
    ),
    Act.SETTLE: (
        N_("The slip was brought later"),
        N_("The host confirmed by telephone"),
        N_("The slip is lost, the host knows"),
    ),
    Act.CANCEL: (
        N_("The host called it off"),
        N_("The visitor called it off"),
        N_("Written twice"),
    ),
    Act.VOID: (
        N_("Written twice"),
        N_("Wrong visitor or wrong host"),
        N_("The visitor or the host called it off"),
    ),
}


def ask_reason(screen: Screen[None], act: Act, then: Callable[[str], Awaitable[None]]) -> None:
    """Ask why, and go on with ``then``; Esc leaves everything as it was."""
    title = partial(_, _TITLES[act])

    async def chosen(reason: str | None) -> None:
        if reason == OTHER:
            screen.app.push_screen(AskText(title, lambda: _("Reason"), limit=REASON_LIMIT), typed)
        elif reason:
            await then(reason if act is Act.REFUSE else _(reason))

    async def typed(reason: str | None) -> None:
        if reason:
            await then(reason)

    choices = [*_choices(act), (OTHER, lambda: _("Other: type it"))]
    screen.app.push_screen(Choose(title, choices), chosen)


def _choices(act: Act) -> list[tuple[str, Words]]:
    """Return each choice's key and words; a refusal's key is its code, else the English words."""
    if act is Act.REFUSE:
        return [(code, partial(_, words)) for code, words in REFUSAL_WORDS.items()]
    return [(words, partial(_, words)) for words in _USUAL[act]]
