"""What the ledger of things lent tells the kiosk about itself."""

from collections.abc import Collection, Mapping

from kiosk.desk.desk import Desk
from kiosk.desk.feature import Feature
from kiosk.desk.hub_line import Asked, Claim
from kiosk.desk.leaving import HeldBy
from kiosk.desk.report import made_by
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import N_
from kiosk.keys.at_desks import at_desks
from kiosk.keys.booking import cancel_all_of
from kiosk.keys.elsewhere import ELSEWHERE
from kiosk.keys.holdings import held_for_leaver
from kiosk.keys.inside import inside
from kiosk.keys.outstanding import outstanding

REFUSALS: Mapping[str, str] = ELSEWHERE | {
    "keys.out_already": N_("{holder} has {thing}. It must come back first."),
    "keys.visitors_card": N_(
        "{holder} has {thing}. Close this question (Esc) and tap it once more: that lets them out."
    ),
    "keys.in_already": N_("{thing} is on the board already. Nothing was changed."),
    "keys.gone": N_("This key is not lent any more. Please ask the office."),
    "keys.lost": N_("{thing} is reported lost. If it is here again, say so at F4."),
    "keys.blocked": N_("{thing} is blocked. Only the office puts it back on the board."),
    "keys.no_label": N_("Type what the key is called, for example Key of cabinet 12."),
    "keys.label_taken": N_("There is a key called {label} already. Choose another name."),
    "keys.tag_taken": N_("This tag belongs to {label}. Take another tag."),
    "keys.tag_same": N_("This is the tag of {label} already. Nothing was changed."),
    "keys.desk_locked": N_(
        "{thing} is on the board already. Keys go out at the open desk: F10 opens it."
    ),
    "keys.lost_locked": N_("{thing} is reported lost. Please give it to the guard at the desk."),
    "keys.word_refused": N_("{name} says no. Nothing goes out; the no is recorded."),
    "keys.key_wanted": N_("{name} has tapped. Now the keys, one after another; Enter ends it."),
    "keys.nothing_just_back": N_(
        "Nothing came back in the last {seconds} seconds. Choose the key at F4."
    ),
    "keys.no_place": N_("Type where it goes, for example Fire brigade."),
    "keys.place_is_person": N_(
        "{name} ({staff_no}) is a person and no place: tap the badge, or N without one."
        " A room is typed as, for example, Room 204."
    ),
    "keys.place_has_left": N_(
        "{name} ({staff_no}) has left the house and borrows nothing."
        " A room is typed as, for example, Room 204."
    ),
    "keys.place_not_for_good": N_(
        "Only a person holds a thing for good, and signs for it. To a place it goes with a due"
        " time: P, then W."
    ),
    "keys.person_left": N_("{name} has left the house and borrows nothing."),
    "keys.other_section": N_(
        "{thing} is lent only inside its own section, not to {name}."
        " Somebody of that section can borrow it."
    ),
    "keys.pair": N_(
        "{name} has {other}. Nobody holds it together with {thing}: bring {other} back first,"
        " or somebody else borrows it."
    ),
    "keys.permanent_for_managers": N_("Only managers hold an office key for good, not {name}."),
    "keys.one_office_key": N_(
        "{name} holds {other} already. Each manager has one office key: bring it back first,"
        " or take this one with a due time."
    ),
    "keys.seal_for_good": N_(
        "{thing} is a seal: nobody holds it for good. It goes out with a due time."
    ),
    "keys.reserved": N_(
        "{thing} is reserved for {name} until {until}. Wait until then, take another"
        " one, or cancel the reservation on its card (F4)."
    ),
    "keys.approval_needed": N_("A manager's word is needed first: badge here, or by telephone."),
    "keys.two_needed": N_("Two different managers must say yes."),
    "keys.two_at_hand_out": N_(
        "{thing} needs two managers: both say yes when it goes out. Reserve it without a word;"
        " a request for overtime leaves it out."
    ),
    "keys.approver_is_borrower": N_("{name} borrows it: somebody else must say yes."),
    "keys.not_a_manager": N_("{name} is no manager. Please ask a manager."),
    "keys.same_section": N_(
        "{name} is of the same section. A manager of another one must say yes."
    ),
    "keys.word_given": N_("The word for {number} was given already."),
    "keys.other_approver": N_("{name} gave the word by telephone, and taps for it."),
    "keys.called_already": N_("{thing} is called back already, since {at}. Remind the holder."),
    "keys.out_since": N_(
        "{thing} has been out again since ({number}). If it is damaged, block it on its card (F4)."
    ),
    "keys.still_out": N_("{thing} is still out."),
    "keys.not_the_holder": N_("{holder} has {thing} and must tap to pass it on."),
    "keys.passed_to_self": N_("{name} has it already. The one who takes it over taps now."),
    "keys.reason_missing": N_("Please say why."),
    "keys.lost_already": N_("{thing} is reported lost already."),
    "keys.noticed_later": N_("This time is still to come. When was it noticed?"),
    "keys.decided": N_("{number} is decided already."),
    "keys.not_yours_to_decide": N_("A manager or the office decides this, not {name}."),
    "keys.lost_by_self": N_("{name} lost {thing}: somebody else must decide."),
    "keys.rule_unsigned": N_("Who may have {thing} is changed by a manager or the office only."),
    "keys.less_unsigned": N_(
        "Only a manager or the office adds {thing} so that it asks for nobody's word."
    ),
    "keys.retag_unsigned": N_(
        "{thing} is not for everybody: a manager or the office signs for the new tag."
    ),
    "keys.not_lost": N_("{thing} is not reported lost."),
    "keys.not_on_board": N_("{thing} is not on the board."),
    "keys.not_blocked": N_("{thing} is not blocked."),
    "keys.times_wrong": N_("The end must be after the beginning."),
    "keys.time_over": N_("This time is over. Please give a later one."),
    "keys.overtime_late": N_(
        "Overtime is asked for in advance, and this has begun already. Begin it now or later;"
        " for a key already needed, the manager says yes when it goes out."
    ),
    "keys.booking_over": N_("This is over or was taken back already."),
    "keys.take_over": N_("This count is finished. Begin a new one."),
    "keys.take_old": N_("{number} was begun in an earlier shift. Esc, then I begins a new count."),
    "keys.changed_meanwhile": N_(
        "Somebody changed the keys meanwhile. Nothing was taken: please start again."
    ),
    "keys.count_open": N_("This count is not finished. Finish it, then print its sheet."),
    "keys.holds_nothing": N_("{name} holds nothing."),
    "keys.nothing_back": N_("{name} has brought nothing back today."),
    "keys.nothing_changed": N_("Nothing of {thing} was changed."),
    "keys.hour_wrong": N_("An hour of the day is 0 to 23; empty for the usual hour."),
    "keys.longest_wrong": N_("Minutes from 0 to {most}; empty for no limit."),
    "keys.section_unclear": N_("{typed} names no section, or several. Type more of its name."),
    "keys.no_tick": N_("Nothing was ticked by hand in this count."),
}


def _print_leaver(tx: Transaction, desk: Desk, staff_no: str, held_by: HeldBy) -> None:
    from kiosk.keys.papers import print_leaver  # noqa: PLC0415 - few days have one

    print_leaver(tx, desk, staff_no, held_by)


def _claimed(desk: Desk, claim: Claim) -> Asked:
    from kiosk.keys.custody import answer  # noqa: PLC0415 - one desk alone is never asked

    return answer(desk, claim)


def _follow_up(desk: Desk, tables: Collection[str] = ()) -> int:  # noqa: ARG001 - what changed does not matter
    """Settle what desks took in for each other."""
    if desk.settings.hub.alone:
        return 0
    from kiosk.keys.custody import settle  # noqa: PLC0415 - the same

    return settle(desk)


HAPPENINGS: Mapping[str, str] = {
    "loan.out": N_("{thing} out, to {holder}"),
    "loan.returned": N_("{thing} back, from {holder}"),
    "loan.passed_on": N_("{thing} passed on, to {holder}"),
    "thing.lost": N_("{thing} reported lost, record {number}"),
    "thing.found": N_("{thing} found again, record {number}"),
    "thing.received": N_("{thing} taken in away from its desk"),
    "thing.disputed": N_("{thing}: two desks say different things"),
    "stock.taken": N_("board counted: {present} of {expected} there"),
}

KEYS = Feature(
    id="keys",
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={
        "loans": made_by("kiosk.keys.reports", "loans"),
        "overdue": made_by("kiosk.keys.reports", "overdue"),
        "holder": made_by("kiosk.keys.reports", "holders"),
        "stock": made_by("kiosk.keys.reports", "stock"),
    },
    sheets={"holder": _print_leaver},
    of_one_person=frozenset({"loans", "overdue", "holder"}),
    of_one_thing=frozenset({"loans"}),
    only_now=frozenset({"overdue", "holder", "stock"}),
    refusals=REFUSALS,
    holdings=held_for_leaver,
    inside=inside,
    on_leaving=cancel_all_of,
    claimed=_claimed,
    lapse=_follow_up,
    follow_up=_follow_up,
    follows=frozenset({"custody", "received", "loan"}),
    at_desks=at_desks,
)
