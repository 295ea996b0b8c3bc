"""How the questions about taps, days and leave are made."""

from kiosk.attendance.honest.screens_look import MayLook
from kiosk.attendance.honest.screens_prove import AskedTap, ProveTap
from kiosk.attendance.honest.screens_void import VoidTap, WhoTapped
from kiosk.attendance.leave.halves import Span
from kiosk.attendance.leave.models import Granter
from kiosk.attendance.leave.reading import Preview
from kiosk.attendance.leave.rules import Asking
from kiosk.attendance.leave.screens_back import ReportBack
from kiosk.attendance.leave.screens_send import SendLeave
from kiosk.attendance.models import Tap
from kiosk.attendance.remarks.models import About, Remark
from kiosk.attendance.remarks.screens_sign import Opened, WhatToDo
from kiosk.desk.absence import Half, LeaveKind
from kiosk.desk.presence import Whereabouts
from kiosk.desk.signing import Means, Proof
from kiosk.desk.where import Place, Where
from kiosk.whereabouts.board import Line
from kiosk.whereabouts.screens_person import PersonWhere


def questions_of_leave(person, today):
    """Return how to make the questions about leave."""
    asking = Asking(LeaveKind.PERSONAL, Span(today, Half.MORNING, today, Half.AFTERNOON), "-")
    preview = Preview(2, 2, 1, [Granter.HEAD, Granter.LEADER_IN_CHARGE])
    return {
        ReportBack: ReportBack,
        SendLeave: lambda: SendLeave(person, None, asking, preview, "王磊", lambda _refused: None),
    }


def questions_about_taps(desk, person):
    """Return how to make the questions about a tap that is in the book."""
    at = desk.clock()
    tap = Tap(person_id=person.id, day=desk.today(), at=at, kind=Whereabouts.IN, means=Means.BADGE)
    return {
        VoidTap: lambda: VoidTap(person, tap, Whereabouts.IN),
        WhoTapped: lambda: WhoTapped(tap, person),
        MayLook: MayLook,
        ProveTap: lambda: ProveTap(AskedTap("04AABBCCDDEE80", person, tap.id, at)),
    }


def questions_about_days(desk, person, other):
    """Return how to make the questions about somebody's day and whereabouts."""
    row = Remark(
        number="BZ1", subject="", person_id=person.id, day=desk.today(), about=About.LATE,
        cause="", written_at=desk.clock(), written_by="1001", by_phone=True,
    )  # fmt: skip
    opened = Opened(row, person, Proof(person, Means.BADGE, desk.clock()), "大雨", late=False)
    opened.signs = opened.writes = opened.above = True
    line = Line(person, "", Where(Place.OUTING, desk.clock(), late=True, until=desk.clock()), other)
    return {WhatToDo: lambda: WhatToDo(opened), PersonWhere: lambda: PersonWhere(line)}
