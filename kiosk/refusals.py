"""What the kiosk and its command line say when they refuse: one sentence for each code."""

from collections.abc import Mapping

from kiosk.desk.words import N_, register
from kiosk.hub.refusals import REFUSALS as OF_THE_HUB

REFUSALS: Mapping[str, str] = {
    **OF_THE_HUB,
    "run.no_terminal": N_("This needs a terminal. Start it in a window or on the console."),
    "demo.headless_alone": N_("Without a terminal the demo must play by itself: add --play."),
    "demo.not_a_demo": N_("{folder} holds a real site. Choose another folder for the demo."),
    "demo.lived_in": N_(
        "{folder} has a demo already. Choose an empty folder, or leave out --play."
    ),
    "demo.folder": N_("{folder} cannot be made ({why}). Choose another folder."),
    "init.not_empty": N_("{folder} has a site already ({found}). Choose an empty folder."),
    "init.folder": N_("{folder} cannot be written ({why}). Nothing was made."),
    "file.missing": N_("There is no file {file}."),
    "file.unreadable": N_("{file} cannot be read: {why}."),
    "badge.none_came": N_("No card came within {seconds} seconds. Nothing was changed."),
    "badge.no_reader": N_("No reader is set in kiosk.toml. Give the number with --uid."),
    "badge.bad_format": N_("{number} is not a card number in the format {format}."),
    "report.unknown": N_("There is no report {name}. There are: {known}."),
    "report.bad_suffix": N_("{file} must end in one of {allowed}."),
    "report.bad_date": N_("{typed} is not a day. Write 2026-11-23, or 2026-11 for a month."),
    "report.bad_time": N_("{typed} is not an hour. Write 14:30."),
    "report.not_of_moment": N_("The report {name} is not about one moment. Leave --at out."),
    "report.date_and_month": N_("Give a day or a month, not both."),
    "verify.bad_code": N_(
        "{typed} is not a code of a sheet: it has 16 digits and letters A to F,"
        " such as 7D02 93AF 00C4 B1E6."
    ),
    "report.only_now": N_(
        "The report {name} says how it stands now, not on another day. "
        "Leave --date and --month out."
    ),
    "report.not_of_thing": N_("The report {name} is not about one thing. Leave --thing out."),
    "report.no_thing": N_(
        "Nothing lent is called {label}. kiosk report stock lists what there is; a label is"
        " written whole."
    ),
    "report.not_of_one": N_("The report {name} is not about one person. Leave --who out."),
    "report.not_of_section": N_(
        "The report {name} is not about one section. Leave --section out."
    ),
    "report.not_of_one_unit": N_("The report {name} is not about one unit. Leave --unit out."),
    "journal.no_reason": N_("Say why: --reveal needs a reason, and it is written down."),
    "journal.export_alone": N_("An export has neither --json nor --reveal. Leave them out."),
    "journal.export_backwards": N_("--since is later than --until. Turn the two days round."),
    "journal.export_exists": N_("{file} is there already. An export is never written over."),
    "pin.not_given": N_("No PIN was given. Type it, or send it on standard input."),
    "pin.differs": N_("The two PINs differ. Nothing was changed."),
    "kiosk.stop_not_yours": N_("Only an administrator may stop the kiosk."),
    "card.unreadable": N_("The card could not be read. Please hold it still and flat."),
    "card.together": N_("Two cards or tags at once. Please tap them one by one."),
    "card.number_unlikely": N_("That was not a card number. Please tap once more."),
    "id_card.unreadable": N_(
        "The ID card could not be read. Lay it on once more and leave it there, or type the number."
    ),
    "id_card.wrong_card": N_(
        "This is no ID card that the reader knows. Please type the number, or leave it empty."
    ),
    "id_card.not_proven": N_(
        "The reader could not prove that this ID card is genuine. "
        "Look at card and face, then type the number or ask the duty leader."
    ),
    "id_card.desk_locked": N_("Please open the desk first (F10), then lay the ID card on again."),
    "id_card.not_here": N_(
        "No ID card is asked for here. Go back to the home screen (Esc), then lay it on again."
    ),
    "badge.is_a_key": N_("This is the tag of {thing}. A badge is asked for here."),
    "thing.tap_at_desk": N_("{thing}: please tap it at the desk's reader."),
    "sign.who": N_("Please tap your badge or type your staff number."),
    "code.unknown": N_("This code is not one of ours. A visitor's slip has the right one."),
    "address.unknown_kind": N_(
        "{file}: {key} is {address}, which is no address of a device."
        " Write, for example: {allowed}."
    ),
    "address.wrong_kind": N_(
        "{file}: {key} is {address}, which is another kind of device."
        " Write, for example: {allowed}."
    ),
    "address.searches_every_port": N_(
        "{file}: {key} is {address}, which would search every port and disturb other devices."
        " Name the one port, such as {allowed}."
    ),
    "address.bad_path": N_(
        "{file}: {key} is {address}, without the full path of one port."
        " Write, for example: {allowed}."
    ),
    "address.bad_usb": N_(
        "{file}: {key} is {address}, without the two times four digits (0-9, a-f) of a USB device."
        " Write, for example: {allowed}."
    ),
    "address.bad_network": N_(
        "{file}: {key} is {address}, without a host and a port from 1 to 65535."
        " Write, for example: {allowed}."
    ),
}  # fmt: skip

register(REFUSALS)
