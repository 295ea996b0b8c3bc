"""The one list of what the features show, apart from their rules.

It is loaded beside the first taps, so a feature's ``screens.py`` imports no screen at its head:
each is imported where it is made, and costs memory and time at the desks that open it.
"""

from kiosk.attendance.closing.screens import SCREENS as CLOSING
from kiosk.attendance.counters.screens import SCREENS as CASES
from kiosk.attendance.leave.screens import SCREENS as LEAVE
from kiosk.attendance.outing.screens import SCREENS as OUTING
from kiosk.attendance.overtime.screens import SCREENS as OVERTIME
from kiosk.attendance.remarks.screens import SCREENS as REMARKS
from kiosk.attendance.screens import SCREENS as ATTENDANCE
from kiosk.attendance.spares.screens import SCREENS as SPARES
from kiosk.attendance.stand_ins.screens import SCREENS as STAND_INS
from kiosk.attendance.weather.screens import SCREENS as WEATHER
from kiosk.conflicts.screens import SCREENS as CONFLICTS
from kiosk.desk_line.screens import SCREENS as DESK_LINE
from kiosk.enquiries.screens import SCREENS as ENQUIRIES
from kiosk.incidents.screens import SCREENS as INCIDENTS
from kiosk.keys.screens import SCREENS as KEYS
from kiosk.messages.screens import SCREENS as MESSAGES
from kiosk.parcels.screens import SCREENS as PARCELS
from kiosk.passes.screens import SCREENS as PASSES
from kiosk.roll_call.screens import SCREENS as ROLL_CALL
from kiosk.slip_answers import SCREENS as PRINTING
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.whereabouts.screens import SCREENS as WHEREABOUTS
from shift_handover.away.screens import SCREENS as AWAY
from shift_handover.presence.screens import SCREENS as PRESENCE
from shift_handover.screens import SCREENS as SHIFT_HANDOVER
from visitors.screens import SCREENS as VISITORS

FEATURE_SCREENS: tuple[FeatureScreens, ...] = (
    VISITORS, SHIFT_HANDOVER, KEYS, ATTENDANCE, ROLL_CALL, MESSAGES, PARCELS, PASSES,
    ENQUIRIES, INCIDENTS, PRINTING, AWAY, PRESENCE, CASES, REMARKS, WHEREABOUTS, OUTING, STAND_INS,
    CLOSING, LEAVE, WEATHER, OVERTIME, SPARES, CONFLICTS, DESK_LINE,
)  # fmt: skip
