"""The sentences of the handover's exits: what is refused, and what the journal says happened."""

from collections.abc import Mapping

from kiosk.desk.words import N_
from shift_handover.exits.models import Counted

COUNTED: Mapping[Counted, str] = {
    Counted.PARCEL: N_("Parcels here"),
    Counted.HELMET: N_("Helmets in the rack"),
}

EXIT_REFUSALS: Mapping[str, str] = {
    "handover.read_back": N_(
        "That is not the next step of {number}. Please read it again or ask the outgoing."
    ),
    "handover.read_by_other": N_(
        "{reader} has read this. {name} reads it before signing: tap, please."
    ),
    "handover.unanswered": N_("{left} questions have no answer of the outgoing yet."),
    "handover.answer_missing": N_("Please say what the answer is."),
    "handover.no_question": N_("Nobody has asked about this line."),
    "handover.count_unclear": N_("A whole number up to {most}, please."),
    "handover.nobody_on_post": N_("Nobody is on this post. Open the desk to take it."),
    "handover.leader_missing": N_("Please say which leader, and what was said."),
    "handover.not_a_leader": N_("{name} is no leader on duty or in charge."),
    "handover.leader_is_party": N_("{name} is one of the two guards. Another leader must say it."),
    "handover.why_missing": N_("Please say why nobody hands over."),
    "handover.beside_already": N_("{name} is on the post already."),
    "handover.not_beside": N_("{name} is not on the post beside you."),
    "handover.not_signed": N_("Handover {number} is not signed: nothing is added to it."),
    "handover.words_missing": N_("Please say what is to be added."),
    "handover.words_gone": N_("The words of handover {number} were deleted after their time."),
}
EXIT_HAPPENINGS: Mapping[str, str] = {
    "handover.reader": N_("shift handover {number}: {reader} reads it now"),
    "handover.answered": N_("shift handover {number}: a question answered"),
    "handover.counted": N_("shift handover {number}: {counted} counted: {found}"),
    "handover.relief_came": N_("{person} came to relieve, {late_min} min after the time"),
    "handover.relief_left": N_("{person} left the post beside its holder"),
    "handover.previewed": N_("{person} read ahead what is open"),
    "handover.unrelieved": N_("no relief for {person} ({number}); the duty leader was told"),
    "handover.taken_over": N_(
        "{incoming} took the post over from {outgoing} on a leader's word ({number})"
    ),
    "handover.addendum": N_("shift handover {number}: words added by {person}"),
}
