"""What weather signals tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.attendance.weather.outstanding import outstanding, watch
from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "weather.unknown": N_("{signal} is not among the signals of this house (kiosk.toml)."),
    "weather.source_missing": N_("Who gave the signal out? Weather service, radio, the office."),
    "weather.on_already": N_("{signal} is on already ({number})."),
    "weather.off_already": N_("This signal is not on any more."),
    "weather.none_on": N_("No signal is on that keeps people indoors."),
    "weather.clock": N_(
        "The computer's clock is behind the last signal. Set the clock, then write it down."
    ),
    "weather.told_already": N_("The visitors have been told already."),
    "weather.place_missing": N_("Safe where? A few words, please."),
    "weather.back_already": N_("{name} is back already."),
    "weather.safe_already": N_("{name} is known to be safe already."),
    "weather.nobody_out": N_("Nobody is out: there is nothing to print."),
    "weather.cause_missing": N_("Why can they not come? A few words, please."),
    "weather.none_today": N_(
        "No weather signal was on today. An absence is a remark then (F7, 1) or leave (F7, 2)."
    ),
    "weather.came_already": N_("{name} has tapped today and is not absent."),
    "weather.noted_already": N_("{name} has telephoned already ({number})."),
    "weather.excuses_self": N_("{name} cannot excuse themselves: head, leader or office does."),
    "weather.not_approver": N_(
        "{name} cannot excuse {absent}: the head of the section, a leader or the office does."
    ),
}

HAPPENINGS: Mapping[str, str] = {
    "weather.on": N_("{number}: {signal} is on, {visitors} visitors inside"),
    "weather.off": N_("{number}: {signal} was lifted"),
    "weather.visitors_told": N_("the visitors inside were told that they may stay"),
    "weather.absent": N_("{number}: {person} cannot come ({signal}), {approver} agreed"),
    "weather.printed": N_("{number}: the list of who is out was printed once more"),
    "outing.safe": N_("{number}: {person} is safe"),
}

WEATHER = Feature(
    id="weather",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={"weather": made_by("kiosk.attendance.weather.reports", "weather")},
    watch=watch,
)
