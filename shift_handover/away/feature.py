"""What stepping away tells the kiosk about itself. No Textual here."""

from collections.abc import Mapping

from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_
from shift_handover.away import purging
from shift_handover.away.outstanding import outstanding
from shift_handover.away.service import stands_in
from shift_handover.away.watch import watch
from shift_handover.away.whereabouts import whereabouts

REFUSALS: Mapping[str, str] = {
    "away.place_missing": N_("Where to? Please say it to your companion and type it."),
    "away.why_missing": N_("What for? Please say why you leave the post."),
    "away.minutes_unclear": N_("For how many minutes? A number, please."),
    "away.too_long": N_(
        "At most {most} minutes at a time. For longer, hand the post over (F3, 3)."
    ),
    "away.companion_is_self": N_("{name} is the one who leaves. The companion taps, please."),
    "away.not_a_companion": N_("{name} keeps no desk. A guard, the reception or a clerk does."),
    "away.not_a_superior": N_(
        "{name} cannot give this word: a manager, head of station or leader can, not who goes."
    ),
    "away.rest_alone": N_("No rest without a companion on the post: the companion taps, please."),
    "away.needs_cover": N_(
        "Alone at most {most} minutes. For longer: a companion's tap, or a superior's word."
    ),
    "away.words_missing": N_("What did the superior say? Please type it and read it back."),
    "away.door_missing": N_("How do you leave the door? Please choose."),
    "away.nobody_on_duty": N_("Nobody is on duty here. Open the desk first (F10)."),
    "away.running": N_("{name} is away already ({number}). The badge ends it."),
    "away.none_running": N_("Nobody is away."),
    "away.not_yours": N_("{name} is away: only {name}'s own badge ends it."),
    "away.superior_next": N_("{name} was given more time once. Now the superior decides."),
    "errand.closed": N_("{number} is closed and stays as it is."),
    "errand.not_yours": N_("{number} was refused by another guard."),
    "errand.not_a_superior": N_("{name} cannot see this list: it is for superiors."),
}

HAPPENINGS: Mapping[str, str] = {
    "away.started": N_("{number}: {person} left the post for {minutes} minutes"),
    "away.ended": N_("{number}: {person} back after {minutes} minutes, late {late}"),
    "away.taken_over": N_("{number}: the post of {person} was taken over meanwhile"),
    "away.overdue": N_("{number}: the time away was over"),
    "away.confirmed": N_("{number}: {companion} gave {minutes} minutes more"),
    "away.superior_told": N_("{number}: {superior} was told"),
    "post.uncovered": N_("nobody kept the post from now on ({number})"),
    "errand.refused": N_("private errand {number} refused by {guard}"),
    "errand.voided": N_("refused errand {number} taken back"),
}

AWAY = Feature(
    id="away",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={
        "away": made_by("shift_handover.away.reports", "absences"),
        "on-duty": made_by("shift_handover.away.reports", "duty"),
        "errands": made_by("shift_handover.away.reports", "errands"),
    },
    of_one_person=frozenset({"away", "on-duty"}),
    of_one_moment=frozenset({"on-duty"}),
    purge=purging.purge,
    overdue=purging.overdue,
    naming=purging.naming,
    watch=watch,
    stands_in=stands_in,
    whereabouts=whereabouts,
)
