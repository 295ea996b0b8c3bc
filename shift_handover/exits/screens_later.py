"""What the page of an earlier handover says beside its lines: counts, a leader, late words."""

from collections.abc import Iterator

from textual.content import Content

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.words_on_screen import plain, row
from shift_handover.exits.addenda import added_to
from shift_handover.exits.counts import counts_of
from shift_handover.exits.models import WORDS_OF
from shift_handover.exits.wording import count_line, counted_word
from shift_handover.frozen import FrozenHandover
from shift_handover.wording_parts import labelled, when


def later_lines(desk: Desk, book: Book, shown: FrozenHandover) -> Iterator[Content]:
    """Yield one line for each count, each leader's word and each addendum."""
    for one in counts_of(book, shown.id):
        label = plain(counted_word(one.counted), palette.MUTED)
        yield row(label, plain(count_line(one.expected, one.found), palette.TEXT))
    for word in book.all(WORDS_OF, handover=shown.id):
        said = book.read_sealed(word.words) or _("by badge and PIN")
        spoken = labelled(book.read_sealed(word.leader), said)
        label = plain(pgettext("relief", "Leader"), palette.MUTED)
        yield row(label, plain(f"{when(word.at, desk)} {spoken}", palette.AMBER))
    for added in added_to(book, shown.id):
        said = labelled(f"{when(added.at, desk)} {added.name}", added.words)
        yield row(plain(_("Added after signing"), palette.MUTED), plain(said, palette.AMBER))
