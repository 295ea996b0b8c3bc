"""What honest taps tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.attendance.honest import models  # noqa: F401 - a replay must know its tables
from kiosk.attendance.honest.clock import watch
from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "tap.voided_already": N_("This tap of {name} is void already."),
    "tap.books_closed": N_("The books of {day} are closed. Note it as a remark for the office."),
    "tap.own_carrier": N_("{name} is whose badge it is. Who tapped it?"),
    "tap.another_proved": N_("This PIN is not {name}'s: nobody signs for another."),
    "tap.proof_too_late": N_("Too late for {name}'s PIN: the tap is kept as unproven."),
    "badge.copied": N_(
        "This card is not {name}'s badge but a copy of it. Keep it and tell the office."
    ),
    "badge.no_card_keys": N_("{uid} is not the number of an NTAG 424 DNA: seven bytes are."),
    "tap.look_not_yours": N_("{name} may not see this list. It is for the office and the leaders."),
}

HAPPENINGS: Mapping[str, str] = {
    "tap.voided": N_("a tap of {person} was declared void: {reason}"),
    "tap.proved": N_("{person} gave the PIN for a tap"),
    "badge.replayed": N_("the badge of {person} was shown by a copy: {why}"),
    "badge.read": N_("the badge of {person} proved itself"),
    "badge.keys_shown": N_("the keys for card {uid} were shown in the shell"),
    "clock.confirmed": N_("the computer's clock was compared and is right"),
}

REASONS: Mapping[str, str] = {
    "not_holder": N_("not the holder"),
    "twice": N_("tapped once too often"),
    "other": N_("another cause"),
}
"""Why a tap is void, to be translated when shown."""

COPIES: Mapping[str, str] = {
    "no_proof": N_("it has no proof at all"),
    "not_signed": N_("its proof is not this house's"),
    "old_counter": N_("its proof was shown before"),
}
"""How a copy of a badge shows, to be translated when shown."""

HONEST = Feature(
    id="honest_taps",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    fact_words={"reason": REASONS, "why": COPIES},
    reports={
        "pairs": made_by("kiosk.attendance.honest.reports", "pairs"),
        "doubtful-taps": made_by("kiosk.attendance.honest.reports", "doubtful_taps"),
    },
    watch=watch,
)
