"""What is refused about a kind of visit, in sentences for people."""

from collections.abc import Mapping

from kiosk.desk.words import N_

LANE_REFUSALS: Mapping[str, str] = {
    "visit.not_past_gate": N_(
        "Couriers are not let in. Press 1 when it is handed over at the gate."
    ),
    "visit.past_gate": N_("Only couriers hand over at the gate. Please ask the host."),
    "visit.papers_number": N_("Which papers, and their number? Please write both."),
    "visit.petition_alone": N_(
        "Nobody with a petition is sent away by the gate alone. "
        "Please call the section, and write down its answer."
    ),
    "visit.window_closed": N_("The window of {section} has closed. Please ask the host."),
    "visit.helmet_missing": N_(
        "A helmet is needed there: its number, O for an own one, or N: does not go in there."
    ),
    "visit.helmet_unclear": N_("The number on the helmet, such as 12; else O or N."),
    "visit.helmet_count": N_(
        "{n} helmets for {people} people. One number or O for each, please: 12 13 O"
    ),
    "visit.helmet_twice": N_("The same number stands there twice. Please look at the helmets."),
    "visit.helmet_out": N_(
        "Helmet {helmet} is still out with {number}. Please look at the number again."
    ),
    "visit.helmet_not_out": N_(
        "Helmet {helmet} is not with this visit; out are {out}. Please look at the number again."
    ),
    "visit.no_helmet_out": N_("No helmet is out with visit {number}."),
    "visit.not_a_leader": N_("{name} is no leader. Please choose another."),
    "visit.leader_not_asked": N_("No leader is to be told of visit {number} any more."),
    "visit.lane_no_slip": N_("This kind of visit has no slip."),
}
