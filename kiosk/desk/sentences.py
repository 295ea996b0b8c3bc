"""What the desk itself tells people when it refuses: one sentence for each code.

Each says why, and what to do next. Facts in braces are filled in and cleaned by ``words.sentence``.
"""

from collections.abc import Mapping

from kiosk.desk.words import N_

_CARDS: Mapping[str, str] = {
    "badge.unknown": N_("Unknown card. Please come to the desk."),
    "badge.blocked": N_("This badge is blocked. Please come to the desk."),
    "badge.taken": N_("This card is already the badge of {name} ({staff_no}). Take another card."),
    "badge.taken_blocked": N_(
        "This card is a blocked badge of {name} ({staff_no}). Take another card."
    ),
    "badge.not_enrolled": N_("{uid} is neither a staff number nor a badge here. Check it."),
    "badge.several": N_("{name} ({staff_no}) has several badges. Name the card instead: {uids}."),
    "badge.none_working": N_("{name} ({staff_no}) has no badge that works. Nothing to block."),
    "badge.blocked_already": N_("Badge {uid} of {name} is blocked already. Nothing was changed."),
    "badge.not_blocked": N_("Badge {uid} of {name} is not blocked. Nothing was changed."),
    "badge.no_reason": N_("Say why: it is written down."),
    "badge.hangs": N_("This tag hangs at {place}, for the safety check. Take another card."),
    "badge.is_a_tag": N_("This is the tag of {label} and nobody's badge. Take another card."),
    "badge.bad_number": N_("{uid} is not a card number. Tap the card on the reader again."),
    "badge.random_number": N_(
        "This is a phone or a card that shows a new number at every tap. Take a real card."
    ),
    "person.unknown": N_(
        "Nobody here has the staff number {staff_no}. Check it and type it again."
    ),
    "person.inactive": N_("{staff_no} no longer works here. Please come to the desk."),
    "person.leave_not_yours": N_("Only the office closes a badge, not {name}."),
    "person.leaves_alone": N_("{name} cannot close the own badge. A colleague does it."),
    "person.still_holds": N_("{name} still holds things: {n}. They must come back first."),
}

_SIGNING: Mapping[str, str] = {
    "pin.not_digits": N_("A PIN has digits only. Type 4 to 12 digits."),
    "pin.bad_length": N_("A PIN has {shortest} to {longest} digits. Type another one."),
    "pin.too_easy": N_("This PIN is too easy to guess. Do not take a run or a repeated number."),
    "pin.not_set": N_("{name} has no PIN yet. The office can set one."),
    "pin.wrong": N_("Wrong PIN. Tries left: {left}. After that you have to wait."),
    "pin.wait": N_("Too many wrong PINs. Please wait {seconds} seconds and try again."),
    "sign.same_person": N_("{name} has signed already. The other side needs another person."),
    "sign.too_late": N_(
        "More than {seconds} seconds between the two signatures. Both please sign again."
    ),
    "post.held": N_("{name} is on duty here. Take the post over with a handover."),
    "post.not_a_guard": N_("{name} does not work at the desk. Ask the office for that role."),
    "post.not_holder": N_("{name} is not on duty here, so there is nothing to hand over."),
}

_PAPER: Mapping[str, str] = {
    "slip.not_unknown": N_("Slip {number} is not in doubt any more. Nothing needs to be done."),
    "slip.private": N_("{number} is for few to read: open it where it was printed, with the PIN."),
    "slip.erased": N_("What stood on slip {number} was deleted after its time. It stays deleted."),
    "slip.not_queued": N_("Slip {number} does not wait any more: it is being printed or is done."),
    "font.unreadable": N_("{path} is no font the kiosk can read. Correct it in kiosk.toml."),
}

_BOOK: Mapping[str, str] = {
    "desk.in_use": N_("A kiosk (process {pid}) already works on {database}. Close that one first."),
    "database.missing": N_("There is no book at {database}. Check the path in kiosk.toml."),
    "database.newer": N_(
        "{database} was written by a newer kiosk ({found}; this one knows {newest}). "
        "Install the newer program. Nothing was changed."
    ),
    "database.older": N_(
        "{database} is from an older kiosk. Start the kiosk once, then try again."
    ),
    "database.unreachable": N_(
        "{database} cannot be opened ({why}). Is its folder there, and the kiosk's own?"
    ),
    "database.not_ours": N_(
        "{database} is a database of another program. Check the path in kiosk.toml."
    ),
    "database.damaged": N_(
        "{database} is damaged or no database ({why}). Keep the file, restore the last backup "
        "and tell the office."
    ),
    "sealed.damaged": N_(
        "A sealed field cannot be opened: it was changed, or the site key is another one. "
        "Run kiosk verify and tell the office."
    ),
    "site_key.missing": N_(
        "There is no site key at {file}. Copy it back from its safe place; "
        "only a new site makes a new one, with kiosk init."
    ),
    "site_key.another": N_(
        "The site key {file} is not the one of {database}. Copy the right one back from its safe "
        "place."
    ),
    "site_key.exists": N_("There already is a site key at {file}. It is never written over."),
    "site_key.open_to_others": N_(
        "Others may read or change the site key {file} (mode {mode}). Run: chmod 600 {file}"
    ),
    "site_key.unreadable": N_(
        "The site key {file} cannot be read ({why}). Run the kiosk as the user who owns it."
    ),
    "site_key.damaged": N_("The site key {file} is damaged. Copy it back from its safe place."),
}

_SETTINGS: Mapping[str, str] = {
    "settings.missing": N_(
        "There is no {file}. Name the file with --config, or make a site with kiosk init."
    ),
    "settings.unreadable": N_("{file} cannot be read ({why}). Check who owns it."),
    "settings.exists": N_(
        "{file} is already there. It is never written over: choose another folder."
    ),
    "settings.not_utf8": N_("{file} is not in UTF-8. Save it again in UTF-8."),
    "settings.not_toml": N_("{file} cannot be understood: {why}"),
    "settings.not_a_section": N_("{file}: {key} must be a section and begin with {allowed}."),
    "settings.unknown_key": N_("{file}: there is no setting {key}. Allowed here: {allowed}."),
    "settings.misspelt_key": N_(
        "{file}: there is no setting {key}. Did you mean {near}? Allowed here: {allowed}."
    ),
    "settings.missing_key": N_("{file}: {key} is missing and has no usual value. Please set it."),
    "time.unclear": N_("{typed} is no time. Type 16:30, or 11-30 16:30."),
    "settings.signal_twice": N_(
        '{file}: {key} is "{name}", which another signal is called already. Give it its own name.'
    ),
    "settings.name_twice": N_(
        "{file}: {key} is {name}, and so is {other}. Each device needs a name of its own."
    ),
    "settings.one_printer": N_(
        "{file}: there are {n} sections [[{key}]]. One printer, please, and at most a second one"
        " with fallback = true."
    ),
    "settings.not_text": N_('{file}: {key} must be text in "", of 1 to {longest} characters.'),
    "settings.text_too_long": N_('{file}: {key} must be text in "", at most {longest} characters.'),
    "settings.not_a_list": N_("{file}: {key} must be a list in [ ]."),
    "settings.too_many": N_("{file}: {key} may have at most {most} entries."),
    "settings.not_a_number": N_("{file}: {key} must be a whole number from {least} to {most}."),
    "settings.not_yes_no": N_("{file}: {key} must be true or false."),
    "settings.not_one_of": N_("{file}: {key} must be one of: {allowed}."),
    "settings.not_a_time": N_("{file}: {key} must be a time of day such as {allowed}."),
    "settings.not_a_day": N_("{file}: {key} must be a list of days such as {allowed}."),
    "settings.not_a_timezone": N_("{file}: {key} must be the name of a time zone: {allowed}."),
    "settings.not_a_gate": N_(
        "{file}: {key} must be a short name such as {allowed}: "
        "small letters, digits and hyphens, at most 20, a letter first."
    ),
    "settings.not_an_address": N_("{file}: {key} must be an address such as {allowed}."),
    "settings.not_a_phone": N_("{file}: {key} must be a telephone number such as {allowed}."),
    "settings.not_a_path": N_("{file}: {key} must be a file's path such as {allowed}."),
    "settings.window_backwards": N_("{file}: {key} must be later than its opens."),
    "settings.same_start": N_("{file}: {key} is {time}, when another shift begins already."),
    "settings.same_rank": N_("{file}: {key} is {rank}, which has a rung of the ladder already."),
    "settings.asked_too_late": N_("{file}: {key} must not be more than {later}."),
    "settings.end_before_start": N_("{file}: {key} must be later than {start}."),
    "settings.noon_outside": N_(
        "{file}: {key} and noon_to must lie between start and end, in this order."
    ),
    "settings.profiles_meet": N_(
        "{file}: {key} ({name}) and {other} both count on {day}. Change the days of one."
    ),
    "settings.same_name": N_("{file}: {key} is called {name} like another."),
    "settings.not_one_day": N_("{file}: {key} must be one day such as {allowed}."),
    "settings.not_a_day_of_year": N_(
        "{file}: {key} must be a day of every year such as {allowed}."
    ),
}

_IMPORT: Mapping[str, str] = {
    "file.kind": N_("{file} is neither .csv nor .xlsx. Save the list as one of them."),
    "file.too_big": N_("{file} is too big: at most {most} rows at once. Split it."),
    "file.damaged": N_("{file} cannot be read ({why}). Save it again and try once more."),
    "file.letters": N_(
        "{file} is not in UTF-8 or GB18030. Save it as “CSV UTF-8” and try once more."
    ),
    "file.empty": N_("There is no row in {file}. The first line must name the columns."),
    "file.column_missing": N_("{file} has no column {column}. Add it and try again."),
    "file.column_twice": N_("{file} has the column {column} twice. Keep one of them."),
    "file.bad_rows": N_("Wrong rows: {n}. Nothing was taken: correct them and try again."),
    "people.changed_meanwhile": N_(
        "Somebody changed the people meanwhile. Nothing was taken: please start again."
    ),
    "report.not_written": N_("{file} cannot be written ({why}). Choose another place."),
}

_CUSTODY = {
    "keys.elsewhere": N_("{thing} is lent by {gate}. Please ask there."),
    "keys.unconfirmed": N_(
        "{thing} was taken in at {at}. It is not lent before {gate} has confirmed that."
    ),
    "keys.disputed": N_(
        "Two desks say different things of {thing}. Whoever has it before him signs for it at F6."
    ),
}
_WHY = (
    N_("No such file or directory"),
    N_("Not a directory"),
    N_("Is a directory"),
    N_("File exists"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("Read-only file system"),
    N_("No space left on device"),
    N_("Input/output error"),
    N_("file is not a database"),
    N_("database disk image is malformed"),
    N_("unable to open database file"),
    N_("attempt to write a readonly database"),
    N_("database or disk is full"),
    N_("disk I/O error"),
)
"""What the operating system and SQLite say; it is the fact ``why`` of a sentence."""

SENTENCES: Mapping[str, str] = {
    **_CARDS,
    **_SIGNING,
    **_PAPER,
    **_BOOK,
    **_SETTINGS,
    **_IMPORT,
    **_CUSTODY,
}
