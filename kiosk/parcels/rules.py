"""What must be known of a parcel, and how soon it must be collected. Nothing here writes."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desk.clauses import Rules
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.parcels.models import Kind

LONGEST_SENDER, LONGEST_TRACKING, LONGEST_SHELF, MOST_PIECES = 40, 40, 20, 99
_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z-]{2,39}", re.ASCII)
_FEWEST_SCANNED = 6
_KINDS = {"": Kind.PARCEL, "1": Kind.PARCEL, "2": Kind.REGISTERED, "3": Kind.DOCUMENT}


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came. ``tracking`` is the carrier's number, "" for none; ``count`` pieces, 1 to 99."""

    sender: str
    shelf: str
    tracking: str = ""
    kind: Kind = Kind.PARCEL
    count: int = 1


def checked(what: Arrived) -> Arrived:
    """Return what came, cleaned.

    Raises ``Refused`` with the ``field``: ``parcel.number_unlikely``, ``parcel.no_sender``,
    ``parcel.no_shelf``, ``parcel.count_unclear``.
    """
    sender = clean(what.sender, LONGEST_SENDER).strip()
    shelf = clean(what.shelf, LONGEST_SHELF).strip()
    tracking = same_number(what.tracking)
    if tracking and not _NUMBER.fullmatch(tracking):
        raise Refused("parcel.number_unlikely", field="tracking")
    if not sender:
        raise Refused("parcel.no_sender", field="sender")
    if not shelf:
        raise Refused("parcel.no_shelf", field="shelf")
    if not 1 <= what.count <= MOST_PIECES:
        raise Refused("parcel.count_unclear", field="count", most=MOST_PIECES)
    return Arrived(sender, shelf, tracking, what.kind, what.count)


def same_number(typed: str) -> str:
    """Return a carrier's number as it is compared: upper case, half width, without spaces."""
    folded = unicodedata.normalize("NFKC", clean(typed, LONGEST_TRACKING))
    return "".join(folded.upper().split())[:LONGEST_TRACKING]


def is_carriers_number(scanned: str) -> bool:
    """Say whether a scanned code can be a carrier's: letters, digits and hyphens, six or more.

    A visitor's slip is none: its code has colons, and it closes the visit at any screen.
    """
    number = same_number(scanned)
    return len(number) >= _FEWEST_SCANNED and _NUMBER.fullmatch(number) is not None


def typed_kind(typed: str) -> Kind:
    """Return the kind of a digit; raise ``Refused("parcel.kind_unclear")`` for anything else."""
    kind = _KINDS.get(unicodedata.normalize("NFKC", typed).strip())
    if kind is None:
        raise Refused("parcel.kind_unclear", field="kind")
    return kind


def typed_count(typed: str) -> int:
    """Return how many pieces, 1 for nothing typed.

    Raises ``Refused("parcel.count_unclear")`` for what is no number from 1 to 99.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return 1
    count = int(text) if re.fullmatch(r"[0-9]{1,2}", text) else 0
    if not 1 <= count <= MOST_PIECES:
        raise Refused("parcel.count_unclear", field="count", most=MOST_PIECES)
    return count


def urgency(kind: Kind, arrived_at: datetime, now: datetime, rules: Rules) -> Urgency:
    """Return how soon it must be collected; it grows while nobody comes.

    A parcel is quiet, a registered letter or a document is seen at once; after
    ``rules.parcel_late_days`` any of them is amber, after twice as long red.
    """
    waited, late = now - arrived_at, timedelta(days=rules.parcel_late_days)
    if waited >= late:
        return Urgency.NOW if waited >= 2 * late else Urgency.WAITING
    return Urgency.QUIET if kind is Kind.PARCEL else Urgency.SOON
