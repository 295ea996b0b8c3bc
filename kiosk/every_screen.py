"""The one list of what the features show, apart from their rules: loaded beside the first taps."""

from kiosk.attendance.screens import SCREENS as ATTENDANCE
from kiosk.enquiries.screens import SCREENS as ENQUIRIES
from kiosk.keys.screens import SCREENS as KEYS
from kiosk.messages.screens import SCREENS as MESSAGES
from kiosk.parcels.screens import SCREENS as PARCELS
from kiosk.roll_call.screens import SCREENS as ROLL_CALL
from kiosk.slip_answers import SCREENS as PRINTING
from kiosk.ui.feature_screens import FeatureScreens
from shift_handover.screens import SCREENS as SHIFT_HANDOVER
from visitors.screens import SCREENS as VISITORS

FEATURE_SCREENS: tuple[FeatureScreens, ...] = (
    VISITORS, SHIFT_HANDOVER, KEYS, ATTENDANCE, ROLL_CALL, MESSAGES, PARCELS, ENQUIRIES,
    PRINTING,
)  # fmt: skip
