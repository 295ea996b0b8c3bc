"""What was called and reported is kept for some days after an incident's end, then deleted."""

from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book
from kiosk.incidents.models import EVERY_REPORT, Incident

WORDS = KeptWords(
    kind="incidents",
    due=due_keys(Incident, Incident.subject, Incident.closed_at),
    days=lambda rules: rules.incident_words_days,
)


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the incidents in whose reports the name was typed."""
    rows = ((incident.number, (report.words,)) for incident, report in book.all(EVERY_REPORT))
    return numbers_naming(book, name, rows)
