"""What the visitors feature tells the kiosk about itself. No Textual here."""

from collections.abc import Mapping, Sequence

from kiosk.desk.desk import Desk
from kiosk.desk.feature import Feature
from kiosk.desk.purge import Purged
from kiosk.desk.report import made_by
from kiosk.desk.row import Row
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import N_
from visitors import (
    decided,
    purging,
    search,
    slips,
    watch_list,
    watch_purging,
    watch_screening,
)
from visitors.at_desks import at_desks
from visitors.emergency.words import EMERGENCY_REFUSALS
from visitors.exit.wording import EXIT_REFUSALS
from visitors.gates import conflict_words
from visitors.gates.settling import FOLLOWED, follow_up
from visitors.gates.words import GATE_REFUSALS
from visitors.inside import inside, inside_of_code, inside_of_tag
from visitors.ladder import notices
from visitors.ladder.note import note
from visitors.ladder.words import LADDER_REFUSALS
from visitors.lanes.words import LANE_REFUSALS
from visitors.no_shows import close_no_shows
from visitors.outstanding import outstanding
from visitors.returning.words import RETURNING_REFUSALS
from visitors.watch_words import WATCH_REFUSALS

REFUSALS: Mapping[str, str] = {
    "visit.unknown": N_("This visit is not in the book. Please look for it again."),
    "visit.number_unknown": N_("There is no visit {number} today. Please read the number again."),
    "visit.number_unclear": N_(
        "Several visitors inside have number {number} ({which}). "
        "Please choose by day or name."
    ),
    "visit.not_possible": N_("Visit {number} has moved on meanwhile. Please look at it again."),
    "visit.erased": N_("The words of visit {number} were deleted. Nobody can change it any more."),
    "subject.number_unclear": N_(
        "{typed} is no number of a visit. Write 20261123-017, or 11-23/017; or the name and the"
        " last four digits of the phone, or an id that subject find NAME shows."
    ),
    "subject.unknown": N_("There is no visit {number} in this gate's book."),
    "subject.nobody": N_("Nobody is found by that. Try subject find NAME."),
    "subject.still_open": N_(
        "Visit {number} is still open: the visitor is expected or here, a slip or something lent is"
        " not back, something differs, or an emergency is not all written down. Close it (F6), then"
        " erase."
    ),
    "subject.reason_names": N_(
        "The reason names the visitor, and it is kept. Please say why without the name."
    ),
    "visit.no_yes": N_("The host has not said yes. Please ask the host first."),
    "visit.other_day": N_(
        "The appointment is for {day}. "
        "Open it and ask the host whether the visitor may come today."
    ),
    "visit.day_unclear": N_("A day like 11-25, +1 for tomorrow, or empty for today, please."),
    "visit.repeat_missing": N_("Every workday or every week? Or empty the two fields below."),
    "visit.series_until": N_("Until which day does it come again? At most until {last}."),
    "visit.series_too_long": N_(
        "At most until {last}: further ahead nobody knows holidays and who is in. "
        "Please give an earlier day, and enter the rest later."
    ),
    "visit.series_empty": N_("None of these days is a working day. Please give a later day."),
    "visit.weekdays_unclear": N_("Digits from 1 for Monday to 7 for Sunday, please, such as 135."),
    "visit.companions_many": N_(
        "{names} names, but {people} come with the leader counted. "
        "Please correct one of them."
    ),
    "visit.wish_missing": N_("Who wants the change? Press 1, 2 or 3."),
    "visit.file_changed": N_("The book has changed meanwhile. Please take the file once more."),
    "visit.field_missing": N_("This is needed. Please fill it in."),
    "visit.field_too_long": N_("Too long: at most {most} characters. Please shorten it."),
    "visit.name_unreadable": N_("The name has signs that cannot be written. Please type it again."),
    "visit.form_unknown": N_("Press 1 for Mr, 2 for Ms, or leave it empty."),
    "visit.people_count": N_(
        "A number from 1 to {most}, please. "
        "Larger groups: write a second visit."
    ),
    "visit.phone_unlikely": N_(
        "This is no telephone number. "
        "Digits only, please, or leave it empty."
    ),
    "visit.id_shape": N_("An identity number has 18 digits (the last may be X). Please check it."),
    "visit.id_birthday": N_(
        "The birthday in the number does not exist. "
        "Please check digits 7 to 14."
    ),
    "visit.id_check": N_(
        "The check digit does not fit: one digit is wrong. "
        "Please compare with the card."
    ),
    "visit.host_unknown": N_(
        "Nobody is found. "
        "Please type the host's name, pinyin or staff number."
    ),
    "visit.host_unclear": N_("Several people fit. Please choose one with the arrows and Enter."),
    "visit.times_backwards": N_("The visit would end before it begins. Please correct the hour."),
    "visit.day_over": N_("This time is already over. Please give a later hour."),
    "visit.hour_unclear": N_("An hour like 14 or 14:30, please."),
    "visit.reason_missing": N_("Please say why in a few words."),
    "visit.read_back": N_(
        "A yes by telephone counts when it was read back. "
        "Please repeat it to the host."
    ),
    "visit.badge_not_host": N_(
        "This badge is not the host's. "
        "Only {host} can answer with a badge."
    ),
    "visit.host_fixed": N_(
        "The visitor is inside with this host's yes. "
        "For another host: back to the gate, close this visit, write a new one."
    ),
    "visit.time_over": N_("The agreed time is over. Please ask the host again, then admit."),
    "visit.no_change": N_("Nothing was changed."),
    "visit.left_already": N_(
        "Visit {number} was closed at {at} already. "
        "If somebody leaves now, let them go and look at the entry (F2)."
    ),
    "visit.no_slip": N_("There is no slip: visit {number} was never admitted."),
    "visit.slip_not_back": N_("Return slip {number} was not counted as signed."),
    "visit.slip_not_missing": N_("Return slip {number} is not missing."),
    "visit.code_unreadable": N_(
        "This code is torn or not from a visitor's slip. "
        "Please type the number."
    ),
    "visit.code_forged": N_(
        "This code was not made by this house. "
        "Please look at the slip and type its number."
    ),
    "visit.code_not_here": N_(
        "These bars were not made at this gate. Please look at the slip: "
        "if it is from another gate, close the visit there."
    ),
    "visit.code_other_gate": N_("This slip is from {gate}. Please close the visit there."),
    "visit.code_unknown": N_("Slip {number} is not in this book. Please ask the office."),
    "visit.code_old_copy": N_(
        "Slip {number} was printed again: this copy no. "
        "{copy} is no longer valid. Please ask for copy no. {newest}."
    ),
    "visit.code_void": N_(
        "Visit {number} is void. "
        "Let the visitor leave, keep the slip and find out why."
    ),
    "visit.void_inside": N_(
        "Somebody may be inside under {number}. Let the visitor out or correct the entry; "
        "to void it, who is on duty states that nobody is inside."
    ),
    "visit.void_not_on_duty": N_(
        "{name} is not on duty here. "
        "Only who is on duty can state that nobody is inside."
    ),
    **LADDER_REFUSALS,
    **WATCH_REFUSALS,
    **RETURNING_REFUSALS,
    **LANE_REFUSALS,
    **EXIT_REFUSALS,
    **EMERGENCY_REFUSALS,
    **GATE_REFUSALS,
}  # fmt: skip


def reindex(tx: Transaction) -> None:
    """Rebuild the words visits are found by, and the keys of the watch list."""
    search.reindex(tx)
    watch_list.reindex(tx)


def absorb(tx: Transaction, rows: Sequence[Row], gone: Sequence[tuple[str, str]]) -> None:
    """Keep the words of visits and the watch list's keys as another desk's rows have them."""
    search.absorb(tx, rows, gone)
    watch_list.absorb(tx, rows, gone)


def lapse(desk: Desk) -> int:
    """Close the appointments nobody came to, and look up who could not be looked up before."""
    done = close_no_shows(desk) + watch_screening.make_up(desk)
    return done + follow_up(desk, {"visit"})


def purge(desk: Desk, account: str = "") -> Purged:
    """Delete one bite of what was kept long enough, of visitors and of the watch list."""
    return Purged.of([watch_purging.purge(desk, account), purging.purge(desk, account)])


def overdue(desk: Desk, book: Book) -> Mapping[str, int]:
    """Count what of visitors and of the watch list was kept long enough and is still there."""
    return {**purging.overdue(desk, book), **watch_purging.overdue(desk, book)}


HAPPENINGS: Mapping[str, str] = {
    "visit.refused": N_("visitor {number} not let in"),
    "visit.emergency_admitted": N_("visitor {number} let in as an emergency"),
    "visit.voided": N_("visit {number} voided"),
    "visit.twice_reinstated": N_("visit {number} stands after all"),
}

VISITORS = Feature(
    id="visitors",
    happenings=HAPPENINGS,
    refusals=REFUSALS,
    outstanding=outstanding,
    reports={
        "visits": made_by("visitors.reports", "visits"),
        "visitors": made_by("visitors.registers", "visitors"),
        "register": made_by("visitors.registers", "register"),
        "hourly": made_by("visitors.figures", "hourly"),
        "times": made_by("visitors.figures", "times"),
        "assumed": made_by("visitors.exit.reports", "assumed"),
        "exits": made_by("visitors.exit.reports", "exits"),
        "mobiles": made_by("visitors.ladder.mobile", "mobiles"),
    },
    prints={slips.KIND: "visit.slip_printed"},
    of_one_person=frozenset({"visits", "visitors", "register", "assumed", "mobiles"}),
    of_one_unit=frozenset({"visits", "visitors", "register", "assumed"}),
    reindex=reindex,
    decided={"visit": decided.follow},
    fork_words={"visit": conflict_words.told},
    absorb=absorb,
    lapse=lapse,
    follow_up=follow_up,
    follows=FOLLOWED,
    purge=purge,
    overdue=overdue,
    inside=inside,
    inside_of_code=inside_of_code,
    inside_of_tag=inside_of_tag,
    note_for_stand_in=True,
    note=note,
    outbox=notices.OUTBOX,
    at_desks=at_desks,
)
