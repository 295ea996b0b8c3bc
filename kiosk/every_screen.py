"""The one list of what the features show, apart from their rules.

It is loaded beside the first taps, so a feature's ``screens.py`` imports no screen at its head:
each is imported where it is made, and costs memory and time at the desks that open it.
"""

from kiosk.attendance.screens import SCREENS as ATTENDANCE
from kiosk.enquiries.screens import SCREENS as ENQUIRIES
from kiosk.incidents.screens import SCREENS as INCIDENTS
from kiosk.keys.screens import SCREENS as KEYS
from kiosk.messages.screens import SCREENS as MESSAGES
from kiosk.parcels.screens import SCREENS as PARCELS
from kiosk.passes.screens import SCREENS as PASSES
from kiosk.roll_call.screens import SCREENS as ROLL_CALL
from kiosk.slip_answers import SCREENS as PRINTING
from kiosk.ui.feature_screens import FeatureScreens
from shift_handover.away.screens import SCREENS as AWAY
from shift_handover.presence.screens import SCREENS as PRESENCE
from shift_handover.screens import SCREENS as SHIFT_HANDOVER
from visitors.screens import SCREENS as VISITORS

FEATURE_SCREENS: tuple[FeatureScreens, ...] = (
    VISITORS, SHIFT_HANDOVER, KEYS, ATTENDANCE, ROLL_CALL, MESSAGES, PARCELS, PASSES,
    ENQUIRIES, INCIDENTS, PRINTING, AWAY, PRESENCE,
)  # fmt: skip
