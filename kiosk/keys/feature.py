"""What the key board tells the kiosk about itself."""

from kiosk.desk.feature import Feature
from kiosk.desk.words import N_
from kiosk.keys.board import keys_report, outstanding

KEYS = Feature(
    id="keys",
    outstanding=outstanding,
    reports={"keys": keys_report},
    refusals={
        "keys.out_already": N_("{holder} has {thing}. It must come back first."),
        "keys.in_already": N_("{thing} is on the board already. Nothing was changed."),
        "keys.gone": N_("This key is not lent any more. Please ask the office."),
        "keys.no_label": N_("Type what the key is called, for example Key of cabinet 12."),
        "keys.label_taken": N_("There is a key called {label} already. Choose another name."),
        "keys.tag_taken": N_("This tag belongs to {label}. Take another tag."),
        "keys.desk_locked": N_("Keys go out at the open desk. Open it first (F10)."),
    },
)
