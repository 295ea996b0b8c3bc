"""What is refused and what is told of the last out, the lock-up list and the lock-up record."""

from collections.abc import Mapping

from kiosk.desk.words import N_

LOCKING_REFUSALS: Mapping[str, str] = {
    "lastout.nobody": N_("Nobody has tapped yet. Who leaves signs the list."),
    "lastout.not_all": N_("{left} lines of the list have no answer yet."),
    "lastout.reason_missing": N_("Line {place} is not done: please say why."),
    "lastout.own_list": N_("You signed list {number} yourself. Somebody else looks it over."),
    "lastout.checked": N_("Line {number} is looked over already."),
    "lastout.found_missing": N_("Please say what you found."),
    "lastout.closing_missing": N_("Please say what was done."),
    "lastout.settled": N_("{number} is settled already."),
    "lastout.hour_unclear": N_("An hour such as 17 or 17:40, please."),
    "lastout.not_in": N_("Nobody of this name is in by the taps any more."),
    "lastout.came_later": N_("{name} tapped in at {time}: an hour after that, please."),
    "lockup.incomplete": N_("Whom you told, the answer, the doors, the keys: all are needed."),
    "lockup.hour_unclear": N_("An hour such as 22 or 22:30, please, or leave it empty for now."),
    "lockup.take_post_first": N_("{name} does not keep the post. Who keeps it now signs."),
    "lockup.read_already": N_("Lock-up record {number} is signed as read already."),
}

LOCKING_HAPPENINGS: Mapping[str, str] = {
    "lastout.signed": N_("lock-up list {number} signed, done: {done}, not done: {not_done}"),
    "lastout.confirmed": N_("lock-up list {number}, line {line} confirmed"),
    "lastout.disputed": N_("lock-up list {number}, line {line} disputed"),
    "lastout.settled": N_("lock-up list {number}, line {line} settled"),
    "lastout.missed": N_("the last out left without the lock-up list: {number}"),
    "presence.seen_gone": N_("{person} seen to have gone at {at}, not signed out"),
    "handover.locked_up": N_("shift handover {number} locked up by {outgoing} without a successor"),
    "lockup.read": N_("lock-up record {number} read by {incoming}, empty for {empty_min} minutes"),
    "post.empty": N_("the post was empty for {minutes} minutes"),
}
