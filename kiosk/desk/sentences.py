"""What the desk itself tells people when it refuses: one sentence for each code."""

from collections.abc import Mapping

from kiosk.desk.words import N_

SENTENCES: Mapping[str, str] = {
    "badge.unknown": N_("Unknown card. Please come to the desk."),
}
