"""The few colours and their fixed meanings. Colour is never the only sign."""

from enum import StrEnum

from kiosk.desk.outstanding import Urgency

GROUND = "#0f1217"
PANEL = "#171b22"
RAISED = "#212732"
TEXT = "#e9ebee"
MUTED = "#8d95a1"
GOOD = "#4fc48d"
GOOD_GROUND = "#10291d"
AMBER = "#e8b339"
AMBER_GROUND = "#2e2510"
RED = "#f07164"
RED_GROUND = "#351715"
INFO = "#6cabeb"
INFO_GROUND = "#132436"


class Tone(StrEnum):
    """What an answer means: done, waits for somebody, needs somebody now, or tells something."""

    GOOD = "good"
    AMBER = "amber"
    RED = "red"
    INFO = "info"


COLOUR = {Tone.GOOD: GOOD, Tone.AMBER: AMBER, Tone.RED: RED, Tone.INFO: INFO}
GROUND_OF = {
    Tone.GOOD: GOOD_GROUND,
    Tone.AMBER: AMBER_GROUND,
    Tone.RED: RED_GROUND,
    Tone.INFO: INFO_GROUND,
}
SIGN = {Tone.GOOD: "✓", Tone.AMBER: "!", Tone.RED: "✗", Tone.INFO: "i"}
URGENCY_COLOUR = {
    Urgency.NOW: RED,
    Urgency.WAITING: AMBER,
    Urgency.SOON: TEXT,
    Urgency.QUIET: MUTED,
}
URGENCY_SIGN = {Urgency.NOW: "!!", Urgency.WAITING: "! ", Urgency.SOON: "  ", Urgency.QUIET: "  "}


def css_variables() -> dict[str, str]:
    """Return the palette for the stylesheet."""
    return {
        "ground": GROUND, "panel-ground": PANEL, "raised": RAISED, "words": TEXT, "muted": MUTED,
        "good": GOOD, "good-ground": GOOD_GROUND, "amber": AMBER, "amber-ground": AMBER_GROUND,
        "red": RED, "red-ground": RED_GROUND, "info": INFO, "info-ground": INFO_GROUND,
    }  # fmt: skip
