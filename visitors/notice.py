"""The notice for visitors: house rules and what becomes of their data (个人信息保护法 17).

It stands on the visitor's part of the slip with its version, and the version stands with the visit:
so it is known which words somebody was given, and who comes again is told only what is new.
"""

import hashlib

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book
from kiosk.desk.words import _
from visitors.models import WORDS, Visit

_DIGITS = 6
_LAST_TOLD = """
SELECT notice FROM visit WHERE admitted_at IS NOT NULL AND notice <> '' AND id <> ?1 AND id IN (
    SELECT id FROM visit WHERE id_hash = ?2 AND id_hash <> ''
    UNION SELECT id FROM visit_words WHERE same_phone = ?3 AND same_phone <> ''
    UNION SELECT id FROM visit_words WHERE same_unit = ?4 AND same_unit <> ''
) ORDER BY admitted_at DESC, id DESC LIMIT 1
"""


def about_data(desk: Desk) -> str:
    """Return what is said of the visitor's data: the site's own words, else the usual ones."""
    usual = _("What is written here serves this visit only and is deleted after {days} days.")
    own = desk.settings.site.privacy_notice
    return own or usual.format(days=desk.rules.visitor_words_days)


def version(desk: Desk) -> str:
    """Return the version of the notice: six hex digits that change with its content."""
    site = desk.settings.site
    content = [*site.house_rules, site.privacy_notice, str(desk.rules.visitor_words_days)]
    return hashlib.sha256("\n".join(content).encode()).hexdigest()[:_DIGITS].upper()


def is_new(desk: Desk, book: Book, visit: Visit) -> bool:
    """Say whether the visitor was here before with another notice than today's."""
    words = book.one(WORDS, id=visit.id)
    marks = (words.same_phone, words.same_unit) if words is not None else ("", "")
    found = book.connection.execute(_LAST_TOLD, (visit.id, visit.id_hash, *marks)).fetchone()
    return found is not None and found[0] != version(desk)
