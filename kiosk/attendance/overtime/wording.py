"""How a spell of overtime is said."""

from kiosk.desk.overtime import Overtime, Spell
from kiosk.desk.people import owner_names
from kiosk.desk.transaction import Book
from kiosk.desk.words import pgettext


def names_along(book: Book, spell: Overtime) -> str:
    """Return the names of who works along."""
    return pgettext("list", ", ").join(owner_names(book, spell.staff_nos_along).values())


def word_words(spell: Overtime) -> str:
    """Return how a spell stands: asked, signed, said on the telephone, refused, taken back."""
    if spell.state is Spell.OPEN and spell.by_phone:
        return pgettext("overtime", "by telephone")
    return {
        Spell.ASKED: pgettext("overtime", "asked"),
        Spell.OPEN: pgettext("overtime", "signed"),
        Spell.REFUSED: pgettext("overtime", "refused"),
        Spell.CANCELLED: pgettext("overtime", "taken back"),
    }[spell.state]
