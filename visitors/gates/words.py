"""What the gates of one site say: their refusals."""

from collections.abc import Mapping

from kiosk.desk.words import N_

GATE_REFUSALS: Mapping[str, str] = {
    "visit.code_denied": N_(
        "Visit {number} was denied at another gate. "
        "Let the visitor leave, keep the slip and tell the office."
    ),
    "visit.twice_not_yours": N_(
        "{name} may not decide it. A guard, the office or a manager signs."
    ),
    "visit.twice_decided": N_("It is decided, or one of the two has left. Nothing was changed."),
    "visit.hub_stale": N_(
        "Nothing was heard from {gate} since {since}. "
        "A manager or the office must answer for this admission, with badge and PIN."
    ),
    "visit.hub_stale_not_yours": N_(
        "{name} may not answer for it. A manager or the office must sign."
    ),
}
