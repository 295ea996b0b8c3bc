"""What counters and case cards tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.attendance.counters import purging
from kiosk.attendance.counters.outstanding import note, outstanding
from kiosk.attendance.counters.papers import PRIVATE
from kiosk.attendance.counters.service import lapse
from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "case.not_yours": N_(
        "{name}: case cards are read by the office, by leaders and by the head of section."
    ),
    "case.nothing_done": N_("What was done about it? A few words, please."),
    "case.is_closed": N_("Card {number} is closed already."),
    "case.not_leader": N_("{name} is no leader in charge and no principal leader."),
    "case.own": N_("{name}: nobody closes a card about himself."),
    "case.own_hand": N_("{name}, somebody else says who tapped with your badge."),
    "case.no_proxy": N_("Card {number}: who tapped is named already, or no tap was another's."),
    "case.hand_is_holder": N_("This is {name}'s own badge: somebody else tapped with it."),
}

HAPPENINGS: Mapping[str, str] = {
    "case.opened": N_("case card {number} was opened"),
    "case.closed": N_("case card {number} was closed with what was done"),
    "case.no_longer_reached": N_("case card {number}: the limit is no longer reached"),
    "case.reached_again": N_("case card {number}: the limit is reached again"),
}

COUNTERS = Feature(
    id="counters",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={
        "cases": made_by("kiosk.attendance.counters.reports", "cases"),
        "case-sheet": made_by("kiosk.attendance.counters.reports", "case_sheet"),
    },
    of_one_person=frozenset({"cases", "case-sheet"}),
    private_prints=PRIVATE,
    lapse=lapse,
    note=note,
    purge=purging.WORDS.purge,
    overdue=purging.WORDS.overdue,
    naming=purging.naming,
)
