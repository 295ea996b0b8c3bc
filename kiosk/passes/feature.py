"""What property-out passes tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_
from kiosk.passes import purging
from kiosk.passes.asking import lapse
from kiosk.passes.outstanding import held_for_leaver, note, outstanding

REFUSALS: Mapping[str, str] = {
    "pass.no_what": N_("What is it? A word such as printer, please."),
    "pass.count_unclear": N_("How many pieces? A whole number from 1 to {most}, please."),
    "pass.no_items": N_("Nothing is on the pass yet: what goes out?"),
    "pass.too_many_lines": N_("A pass has at most {most} lines. The rest goes on a second one."),
    "pass.no_purpose": N_("What for? Repair, lent to a school, sold: a few words, please."),
    "pass.no_carrier": N_("Who carries it? A name, please."),
    "pass.day_unclear": N_(
        "A day like 11-30 or +7, please; empty when it does not come back."
    ),
    "pass.day_over": N_("This day is over. When does it come back?"),
    "pass.day_too_far": N_("At most until {last}, please."),
    "pass.not_manager": N_("{name} is no manager: only a manager's tap lets goods out."),
    "pass.carries_himself": N_(
        "{name} carries the goods. Another manager must approve."
    ),
    "pass.asked_himself": N_(
        "{name} asked for this pass or wrote it down. Another manager must approve."
    ),
    "pass.reason_missing": N_("Please say why in a few words, for the register."),
    "pass.waits": N_("Pass {number} waits for a manager: the goods stay until then."),
    "pass.not_approved": N_("A manager said no to pass {number}: the goods stay."),
    "pass.is_cancelled": N_("Pass {number} was cancelled: the goods stay."),
    "pass.is_over": N_("Pass {number} was good until {until}: the goods stay. Ask for a new one."),
    "pass.used_already": N_("Pass {number} was used at {at}, let out by {name}. It works once."),
    "pass.back_already": N_("All that went out on pass {number} is back. It works once."),
    "pass.still_valid": N_("Pass {number} is approved already, and nothing went out on it yet."),
    "pass.nothing_ticked": N_("Nothing is ticked. The digit of a line ticks it."),
    "pass.too_many": N_(
        "Line {place}: {most} and no more. What is more stays here: press S."
    ),
    "pass.kept_from_whom": N_("Who wanted to take it out? A name, a firm or a plate."),
    "pass.code_unreadable": N_(
        "This code is torn or not from a pass. Look for its number in the list (F6)."
    ),
    "pass.code_forged": N_("This code was not made by this house: the goods stay. Ask the office."),
    "pass.code_other_gate": N_("This pass is from {gate}. Please let the goods out there."),
    "pass.number_unknown": N_("There is no pass {number} in this book: the goods stay."),
    "pass.desk_locked": N_("Please open the desk first (F10), then scan the pass again."),
}  # fmt: skip

HAPPENINGS: Mapping[str, str] = {
    "pass.asked": N_("pass {number} asked for by {asker}"),
    "pass.approved": N_("pass {number} approved by {approver}"),
    "pass.refused": N_("pass {number} refused by {approver}"),
    "pass.used": N_("goods let out on pass {number}"),
    "pass.returned": N_("goods of pass {number} came back"),
    "pass.stays_out": N_("goods of pass {number} do not come back, says {approver}"),
    "pass.cancelled": N_("pass {number} is cancelled"),
    "pass.goods_kept": N_("goods stayed at the gate, record {number}"),
}

PASSES = Feature(
    id="passes",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={
        "passes": made_by("kiosk.passes.reports", "passes"),
        "passes-out": made_by("kiosk.passes.reports", "passes_out"),
        "goods-kept": made_by("kiosk.passes.reports", "goods_kept"),
    },
    of_one_person=frozenset({"passes", "passes-out"}),
    only_now=frozenset({"passes-out"}),
    naming=purging.naming,
    holdings=held_for_leaver,
    note=note,
    lapse=lapse,
    purge=purging.purge,
    overdue=purging.overdue,
)
