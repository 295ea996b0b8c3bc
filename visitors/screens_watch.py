"""What the watch list says on a visit's screen: what to do in big words, the sentence to say.

It never says why, nor anything that is known of the listed person. Keystrokes of the guard: to
compare ``1``, Enter over what is not asked, ``1`` same or ``2`` another; to be decided ``1``, the
decision, a reason, and the manager's badge and PIN.
"""

from collections.abc import Mapping

from textual.content import Content

from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _
from kiosk.ui import palette
from kiosk.ui.big_name import big_name
from kiosk.ui.palette import Tone
from kiosk.ui.words_on_screen import lines, paragraph, plain
from visitors.cards import VisitCard
from visitors.id_numbers import id_number
from visitors.models import HERE_STATES, State
from visitors.watch_gate import Asks, Match, Watched
from visitors.watch_keys import Traits, plates_in
from visitors.watch_list import id_hash
from visitors.watch_models import Level, Sure
from visitors.watch_screening import UNREADABLE, find, party

BIG_ROWS = 6
ON_THE_WAY = frozenset({State.EXPECTED, *HERE_STATES})
"""Where a visit is shown with what the list asks: not any more once it is over."""

BIG: Mapping[Asks, str] = {
    Asks.TELL: N_("Tell"),
    Asks.ESCORT: N_("Escort"),
    Asks.COMPARE: N_("Compare"),
    Asks.CALL: N_("Call first"),
    Asks.REFUSE: N_("Do not let in"),
}
_NEXT: Mapping[Asks, str] = {
    Asks.TELL: N_("Let in as usual, and tell {whom} that the visitor is here."),
    Asks.ESCORT: N_("The visitor goes in with an escort only; the slip says so."),
    Asks.COMPARE: N_("The name is like one on the list. Most often it is somebody else: press 1."),
    Asks.CALL: N_("Call {whom} before anybody goes in. A manager decides."),
    Asks.REFUSE: N_("Please send the visitor away politely. Only a manager can admit."),
}
_TONES: Mapping[Asks, Tone] = {
    Asks.TELL: Tone.INFO, Asks.ESCORT: Tone.AMBER, Asks.COMPARE: Tone.AMBER,
    Asks.CALL: Tone.RED, Asks.REFUSE: Tone.RED,
}  # fmt: skip
_SAY = N_("I am sorry, we cannot receive you today. Please make an appointment by telephone.")
_SAY_WAIT = N_("One moment, please. I am calling somebody for you.")
_UNSCREENED = N_(
    "The watch list could not be read: this visitor was not looked up."
    " The visitor may go in; please be watchful, it is looked up later."
)


def whom_said(book: Book, staff_no: str) -> str:
    """Return who is told or called as the gatehouse says it, with the extension."""
    try:
        person = person_by_staff_no(book, staff_no)
    except Refused:
        return staff_no or _("the office")
    return _with_extension(person)


def _with_extension(person: Person) -> str:
    called = names.address(person)
    if not person.extension:
        return called
    return _("{host}, extension {extension}").format(host=called, extension=person.extension)


def banner(watch: Watched, whom: str, width: int, big_rows: int = BIG_ROWS) -> Content:
    """Return the big words, what to do, the sentence to say and who signed; empty for nothing.

    ``width`` is in cells; the big words are ``big_rows`` high.
    """
    match = watch.first
    if match is None:
        return paragraph(_(_UNSCREENED), palette.AMBER, width) if watch.unscreened else plain("")
    colour = palette.COLOUR[_TONES[match.asks]]
    big = [plain(line, colour) for line in big_name(_(BIG[match.asks]), width, big_rows)]
    told = _(_NEXT[match.asks]).format(whom=whom)
    shown = [*big, paragraph(told, f"bold {palette.TEXT}", width)]
    if said := sentence_to_say(match):
        words = _('Say: "{sentence}"').format(sentence=said)
        shown.append(paragraph(words, palette.INFO, width))
    signed = _("On the list by the word of {name}").format(name=match.signed_by)
    return lines(*shown, plain(signed, palette.MUTED))


def sentence_to_say(match: Match) -> str:
    """Return the sentence the guard says to the visitor, "" for none."""
    if match.asks is Asks.REFUSE:
        return match.say or _(_SAY)
    if match.asks is Asks.CALL:
        return match.say or _(_SAY_WAIT)
    return match.say if match.asks in {Asks.ESCORT, Asks.TELL} else ""


def marked(state: str, visit: VisitCard) -> str:
    """Return a visit's state in a list with what the watch list asks; that alone where it holds."""
    watch = visit.watch
    if visit.state not in ON_THE_WAY:
        return state
    if watch.escort:
        return " ".join((state, _("escort")))
    if watch.first is not None:
        return _(BIG[watch.first.asks])
    return _("not looked up") if watch.unscreened else state


def tone_of_watch(watch: Watched) -> Tone | None:
    """Return the colour of what the list asks, None when it asks nothing."""
    match = watch.first
    if match is None:
        return Tone.AMBER if watch.unscreened else None
    return _TONES[match.asks]


def looked_at_while_typing(desk: Desk, details: Mapping[str, str]) -> str:
    """Return what to expect of who is being typed, "" for nothing: the book is only read.

    ``details`` are the fields of the form by their names, as typed so far.
    """
    who = Traits(
        names=(details.get("name", ""),), phone=details.get("phone", ""),
        id_hash=_hash_of(desk, details.get("id_number", "")),
        plates=(details.get("plate", ""), *plates_in(_free_text(details))),
        unit=details.get("unit", ""),
    )  # fmt: skip
    everybody = party(who, details.get("companions", ""))
    try:
        with desk.read() as book:
            found = [one for each in everybody for one in find(book, each, desk.clock())]
    except UNREADABLE:
        return _("The list cannot be read")
    if not found:
        return ""
    if all(one.sure is Sure.MAYBE for one in found):
        return _("Like a listed name: compare")
    if all(one.entry.level in {Level.TELL, Level.ESCORT} for one in found):
        return _("On the list: see after saving")
    return _("On the list: let wait outside")


def _free_text(details: Mapping[str, str]) -> str:
    return " ".join(details.get(field, "") for field in ("goods", "matter", "area"))


def _hash_of(desk: Desk, typed: str) -> str:
    try:
        return id_hash(desk.site_key, id_number(typed))
    except Refused:
        return ""
