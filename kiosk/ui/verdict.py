"""The answer to a tap or a key: a name, one headline, a few lines, and a sound."""

from typing import NamedTuple

from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, sentence
from kiosk.ui.palette import Tone

SHOWN_S = 3.0


class Verdict(NamedTuple):
    """What the tap area shows for three seconds. ``time`` is the local time of the act, as text."""

    tone: Tone
    headline: str
    name: str = ""
    time: str = ""
    place: str = ""
    lines: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """True for the high tone, False for the two low ones."""
        return self.tone in {Tone.GOOD, Tone.INFO}


def refusal(refused: Refused, name: str = "") -> Verdict:
    """Say why something is refused and what to do next."""
    return Verdict(Tone.AMBER, sentence(refused.code, refused.facts), name=name)


def broken() -> Verdict:
    """Say that a bug stopped the use case before anything was written."""
    return Verdict(
        Tone.RED,
        _("Something went wrong. Nothing was saved."),
        lines=(
            _(
                "Please try once more; if it stays, tell the administrator."
                " The log has the details."
            ),
        ),
    )
