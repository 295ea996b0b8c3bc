"""What the exit says: its refusals, and the words of its codes."""

from collections.abc import Mapping

from kiosk.desk.words import N_
from visitors.exit.models import Differs, Settled

EXIT_REFUSALS: Mapping[str, str] = {
    "visit.lent_not_inside": N_(
        "Visit {number} is not inside. Please admit the visitor first, then lend."
    ),
    "visit.lent_unknown": N_(
        "No such thing is in the ledger. Please tap its tag or type its name."
    ),
    "visit.lent_unclear": N_("Several things fit ({which}). Please type the whole name."),
    "visit.lent_lost": N_("{thing} is reported lost. Please report it found first (F4)."),
    "visit.lent_blocked": N_("{thing} is blocked and not lent. Please take another one."),
    "visit.lent_out": N_("{holder} has {thing}. Please take it back first."),
    "visit.lent_needs_word": N_(
        "{thing} needs a manager's word. Please lend it to {host}, who answers for it (F4)."
    ),
    "visit.lent_section": N_("{thing} is for another section only. Please ask that section."),
    "visit.lent_back_already": N_("This is back already. Nothing was changed."),
    "visit.card_of_nobody": N_(
        "No visitor has {card}. To give it out: open the visit, then tap the card."
    ),
    "visit.card_admit_first": N_(
        "The visitor is not inside yet. Please admit first, then tap {card} once more."
    ),
    "visit.part_none": N_("How many leave now? A number from 1, please."),
    "visit.part_more": N_(
        "{leaving} leave, but only {inside} are inside under {number}. Let them go; "
        "please correct the number of people first, then count them out."
    ),
    "visit.part_all": N_(
        "These are all of {number}. Please scan the slip or choose that they leave."
    ),
    "visit.nothing_just_left": N_(
        "Nobody left in the last {seconds} seconds. Please open the visit with F2."
    ),
    "visit.differs_not_gone": N_("Nobody of visit {number} has left yet. Compare when they leave."),
    "visit.differs_already": N_("This is written down for {number} already, as {difference}."),
    "visit.differs_settled": N_("{number} was settled meanwhile. Nothing was changed."),
    "visit.left_with_other_slip": N_(
        "Slip {number} is from {gate}: let the visitor go. That gate is to be told (F6)."
    ),
    "visit.gate_told_already": N_("Somebody has said so already. Nothing was changed."),
    "visit.people_gone": N_(
        "{gone} of them have left already. Please give a larger number of people."
    ),
}
SETTLED_WORDS: Mapping[Settled, str] = {
    Settled.BROUGHT: N_("It was brought back"),
    Settled.HOST_EXPLAINS: N_("The host explains it"),
    Settled.ALLOWED_OUT: N_("A property-out pass was shown"),
    Settled.LOST: N_("It is lost, the office knows"),
    Settled.MISTAKE: N_("It agrees after all"),
}
DIFFERS_WORDS: Mapping[Differs, str] = {
    Differs.GOODS: N_("Carries"),
    Differs.PLATE: N_("Vehicle"),
    Differs.HELMET: N_("Helmet"),
}
