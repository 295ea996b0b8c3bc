"""What is said when the hub refuses, or when it is away (``kiosk/refusals.py`` registers it)."""

from collections.abc import Mapping

from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "hub.password": N_("The hub at {address} does not accept this desk's password."),
    "hub.no_database": N_("At {address} there is no hub of this program. Check address and name."),
    "hub.unencrypted": N_("The hub at {address} does not speak TLS, or not with this machine."),
    "hub.certificate": N_(
        "The hub at {address} shows another certificate than hub.crt. Ask the technician"
        " before going on."
    ),
    "hub.no_certificate": N_("{file} is missing: without it nobody knows whether the hub is ours."),
    "hub.no_password": N_("{file} is missing or unreadable. Join the hub again."),
    "hub.password_open": N_("{file} may be read by others. Give it the mode 0600."),
    "hub.unknown_desk": N_("The hub at {address} does not know this desk. Invite it first."),
    "hub.not_yours": N_("A desk sends only what it wrote itself."),
    "hub.not_allowed": N_("The hub at {address} does not allow this desk to do that."),
    "hub.alone": N_("This desk has no hub. Join one with: kiosk hub join"),
    "hub.owner": N_("PostgreSQL says: {why}"),
    "hub.too_old": N_("This PostgreSQL is too old for a hub. Version 15 or later is needed."),
    "hub.twice": N_(
        "This desk is at work already, on another machine. Shut one of the two down. To go on with"
        " this one, close the kiosk here, then: kiosk hub rejoin"
    ),
    "hub.book_apart": N_(
        "This book is an old copy in which somebody has written. Close the kiosk, then:"
        " kiosk hub rejoin"
    ),
    "hub.book_read": N_("Another command is reading this book. End it and begin again."),
    "hub.broken_feed": N_(
        "What the hub has of {gate} cannot be true from entry {seq} on ({why}). This book is as it"
        " was."
    ),
    "hub.another_site": N_("This is the hub of another site, {name}. Nothing was changed."),
    "hub.not_made": N_("There is no hub in this database yet. Make it with: kiosk hub init"),
    "hub.too_many_desks": N_("The hub has {most} desks already; no more fit."),
    "hub.bad_gate": N_("{gate} is no short name: small letters, digits and hyphens, at most 20."),
    "hub.gone": N_(
        "The site has given this desk up. To bring it back, ask the office for a join code."
    ),
    "hub.own_gate": N_("{gate} is this desk itself. Give it up at another desk."),
    "hub.no_desk": N_("The hub knows no desk {gate}."),
    "hub.needs_certificate": N_(
        "Other machines reach {address}, so name the hub's certificate with --ca."
    ),
    "hub.bad_certificate": N_("{file} is no certificate in PEM form."),
    "hub.made_without_certificate": N_(
        "This hub was made for its own machine only. Make it again with --at and --ca."
    ),
    "hub.code_mistyped": N_("That is no join code: sixteen letters and digits, the last a check."),
    "hub.code_unknown": N_(
        "The hub does not take this code for the desk {gate}: it is another desk's, over, or used"
        " already. Ask for a new one."
    ),
    "hub.code_over": N_("This code is over or was used already. Ask for a new one."),
    "hub.another_key": N_(
        "{file} is the key of another site: what this desk has sealed could not be read with the"
        " others'. Join with an empty folder."
    ),
    "hub.which_gate": N_("Say which desk this is: --gate with its short name."),
    "hub.cut": N_("The hub cannot be reached. This desk goes on alone; nothing is lost."),
    "hub.frozen": N_("The hub does not answer. This desk goes on alone; nothing is lost."),
    "hub.refill_stopped": N_(
        "Entry {seq} of {gate} in this book is not what the hub has ({why}). Nothing was given."
    ),
    "hub.full": N_("The hub's disk is full. This desk goes on alone; nothing is lost."),
    "hub.broken": N_(
        "The line to the hub has a fault of its own, written in the log. This desk goes on alone;"
        " tell the office."
    ),
    "hub.troubled": N_("The hub has a trouble of its own. This desk goes on alone."),
}
