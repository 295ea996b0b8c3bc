"""What enquiries tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_
from kiosk.enquiries.outstanding import led_to_leaver, note, outstanding
from kiosk.enquiries.purging import WORDS, naming

REFUSALS: Mapping[str, str] = {
    "enquiry.matter_missing": N_("What is it about? Please write the matter in a few words."),
    "enquiry.too_long": N_("Too long: at most {most} characters, please."),
    "enquiry.phone_unlikely": N_("This is no telephone number. Please ask, or leave it empty."),
    "enquiry.duty_missing": N_("Is it the own duty of who was asked? Press 1 for yes, 2 for no."),
    "enquiry.led_to_first": N_("{name} was asked first. Please lead to somebody else."),
    "enquiry.not_led": N_("Enquiry {number} was led to nobody yet. Please lead it on first."),
    "enquiry.not_led_to_you": N_("Enquiry {number} was led to {name}. Only {name} receives it."),
    "enquiry.not_own_duty": N_(
        "Enquiry {number} is not the own duty of {name}. Please lead it to whose duty it is."
    ),
    "enquiry.closed": N_("Enquiry {number} is closed already."),
    "enquiry.no_lines": N_("Nothing is chosen yet. What is missing? Digits choose, W writes."),
    "enquiry.too_many_lines": N_("At most {most} lines, please."),
    "enquiry.reason_missing": N_("Please say in a few words why the enquirer leaves."),
}

HAPPENINGS: Mapping[str, str] = {
    "enquiry.opened": N_("enquiry {number}: {first} was asked first"),
    "enquiry.led": N_("enquiry {number} led to {receiver}"),
    "enquiry.received": N_("enquiry {number} received by {receiver}"),
    "enquiry.notice_printed": N_("one-time notice for enquiry {number} printed"),
    "enquiry.closed": N_("enquiry {number} closed"),
}

ENQUIRIES = Feature(
    id="enquiries",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={"enquiries": made_by("kiosk.enquiries.reports", "enquiries")},
    of_one_person=frozenset({"enquiries"}),
    holdings=led_to_leaver,
    note=note,
    naming=naming,
    purge=WORDS.purge,
    overdue=WORDS.overdue,
)
