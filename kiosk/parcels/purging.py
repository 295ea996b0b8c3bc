"""From whom a parcel was is kept for some days after it left, then deleted."""

from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.parcels.models import Parcel

WORDS = KeptWords(
    kind="parcels",
    due=due_keys(Parcel, Parcel.subject, Parcel.closed_at),
    days=lambda rules: rules.caller_words_days,
)
