"""How an appointment is said on the screen: another day or gate, who comes along, what changed."""

from collections.abc import Iterator

from textual.content import Content
from textual.widgets import Static

from kiosk.desk.desk import Desk
from kiosk.desk.words import N_, _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.words_on_screen import fitted, lines, plain, row
from visitors.cards import VisitCard
from visitors.models import State
from visitors.wording import FIELD_WORDS, day_and_hour

_OTHER_DAY = N_("Expected on {day}, not today. Call {host}: may the visitor come today?")
_OTHER_GATE = N_("Expected at gate {gate}, confirmed. You may admit here.")
_OTHER_GATE_UNCONFIRMED = N_("Expected at gate {gate}, not confirmed. Please ask {host} first.")
_LABEL_CELLS = 13
NAMEABLE = frozenset({State.EXPECTED, State.WAITING, State.HOST_ASKED, State.ADMITTED})
"""While a visit stands so, who came along can still be named."""


def detour(visit: VisitCard) -> str:
    """Say that it is for another day or gate, and what to do; "" where it is neither."""
    host = visit.host.address
    if visit.off_day:
        return _(_OTHER_DAY).format(day=f"{visit.words.day:%m-%d}", host=host)
    if visit.other_gate:
        words = _OTHER_GATE if visit.has_yes else _OTHER_GATE_UNCONFIRMED
        return _(words).format(gate=visit.other_gate, host=host)
    return ""


def come_today_words(visit: VisitCard) -> str:
    """Return the line that calls the host now for who came on a wrong day."""
    host, extension = visit.host.address, visit.host.extension
    if not extension:
        return _("Call {host} now: may the visitor come today?").format(host=host)
    words = _("Call {host} now, extension {extension}: may the visitor come today?")
    return words.format(host=host, extension=extension)


def admit_words(visit: VisitCard) -> str:
    """Return the line that lets the visitor in; one of another gate is taken over with it."""
    if not visit.asks.slip:
        return _("Admit; there is no slip")
    if not visit.other_gate:
        return _("Admit and print the slip")
    return _("Take over from gate {gate}: admit and print the slip").format(gate=visit.other_gate)


def unnamed(visit: VisitCard) -> int:
    """Return how many of those who come along have no name yet."""
    named = len([name for name in visit.companions.split("、") if name])
    return max(0, visit.people - 1 - named)


def unnamed_words(visit: VisitCard) -> str:
    """Return the line that names who came along."""
    n = unnamed(visit)
    return ngettext("Name {n} companion", "Name {n} companions", n).format(n=n)


class Notes(Static):
    """What else is known of a visit, a line each; for most visits nothing, and no line is lost."""

    DEFAULT_CSS = """
    Notes { height: auto; max-height: 5; padding: 0 2; margin: 0 0 1 0; display: none; }
    Notes.-shown { display: block; }
    .-crowded Notes { max-height: 1; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)

    def tell(self, desk: Desk, visit: VisitCard, *, one_line: bool = False) -> None:
        """Say companions, series, what was changed and the desk's note."""
        said = list(_notes(desk, visit))
        self.update(row(*said) if one_line else lines(*said))
        self.set_class(bool(said), "-shown")


def has_notes(visit: VisitCard) -> bool:
    """Say whether there is anything else to tell of a visit."""
    again = visit.series and visit.state is State.EXPECTED
    return bool(
        visit.at_gate
        or visit.companions
        or again
        or visit.changed_at
        or visit.note
        or visit.notice_is_new
    )


def _notes(desk: Desk, visit: VisitCard) -> Iterator[Content]:
    if visit.at_gate:
        came = visit.arrived_at is not None
        yield _note(_("Gate"), (_("came to {gate}") if came else _("expected at {gate}")).format(
            gate=visit.at_gate))  # fmt: skip
    if visit.companions:
        yield _note(_("Companions"), _companions(visit))
    if visit.series and visit.state is State.EXPECTED:
        yield _note(_("Comes again"), _("one of a series; each day is an appointment of its own"))
    if visit.changed_at is not None:
        comma = pgettext("between listed things", ", ")
        fields = comma.join(_(FIELD_WORDS[field]) for field in visit.changed)
        yield _note(_("Changed"), f"{day_and_hour(desk, visit.changed_at)} {fields}")
    if visit.note:
        yield _note(_("Desk's note"), visit.note)
    if visit.notice_is_new:
        yield _note(_("Notice"), _("has changed since the last visit: please point it out"))


def _companions(visit: VisitCard) -> str:
    left = unnamed(visit)
    if not left:
        return visit.companions
    more = ngettext("{n} more to be named", "{n} more to be named", left).format(n=left)
    return _("{names} ({more})").format(names=visit.companions, more=more)


def _note(label: str, text: str) -> Content:
    return Content("").join([
        Content.styled(fitted(label, _LABEL_CELLS), palette.MUTED), plain(text, palette.TEXT),
    ])  # fmt: skip
