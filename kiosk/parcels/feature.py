"""What parcels tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_
from kiosk.parcels.outstanding import held_for_leaver, note, outstanding
from kiosk.parcels.purging import WORDS, naming

REFUSALS: Mapping[str, str] = {
    "parcel.number_unlikely": N_(
        "A carrier's number has letters, digits and hyphens only. Scan it again, or leave it empty."
    ),
    "parcel.no_sender": N_("From whom is it? The carrier's name will do."),
    "parcel.no_shelf": N_("Please say where it lies, such as shelf 2."),
    "parcel.kind_unclear": N_("1, 2 or 3, please; empty for a parcel."),
    "parcel.count_unclear": N_("How many pieces? A number from 1 to {most}, please."),
    "parcel.here_already": N_("This number lies here already: {number} for {name}."),
    "parcel.none_chosen": N_("Nothing is chosen. Space chooses a line."),
    "parcel.not_yours": N_(
        "{name} is not {addressee}. For a colleague: C first, and how {addressee} agreed."
    ),
    "parcel.closed": N_("{number} does not lie here any more."),
    "parcel.reason_missing": N_("Please say why the parcel goes."),
}

HAPPENINGS: Mapping[str, str] = {
    "parcel.arrived": N_("{number} arrived for {receiver}"),
    "parcel.handed_out": N_("parcels for {addressee} handed to {receiver}"),
    "parcel.returned": N_("{number} for {addressee} given back to the carrier"),
    "parcel.voided": N_("entry {number} for {addressee} voided"),
}

PARCELS = Feature(
    id="parcels",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={"parcels": made_by("kiosk.parcels.reports", "parcels")},
    of_one_person=frozenset({"parcels"}),
    naming=naming,
    holdings=held_for_leaver,
    note=note,
    note_for_stand_in=True,
    purge=WORDS.purge,
    overdue=WORDS.overdue,
)
