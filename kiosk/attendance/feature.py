"""What signing in and out tells the kiosk about itself."""

from kiosk.attendance.inside import inside
from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_

ATTENDANCE = Feature(
    id="attendance",
    reports={"attendance": made_by("kiosk.attendance.reports", "attendance")},
    inside=inside,
    happenings={
        "staff.signed_in": N_("{person} signed in"),
        "staff.signed_out": N_("{person} signed out"),
    },
    refusals={
        "attendance.on_post": N_(
            "{name}, you are on duty here. Hand the post over first (F3), then sign out."
        ),
        "attendance.too_late_to_change": N_(
            "A tap can be changed for {seconds} seconds only. Note it as a remark for the office."
        ),
        "badge.unblock_not_yours": N_(
            "{name} may block badges, but only clerk or administrator lets one work again."
        ),
        "attendance.no_tap": N_("Nobody has tapped today. There is nothing to change."),
        "attendance.not_the_last_tap": N_(
            "There is a later tap already. Note it as a remark for the office."
        ),
    },
)
