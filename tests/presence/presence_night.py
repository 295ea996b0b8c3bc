"""The night in which the presence prompts are tested, and one second of the running kiosk."""

from datetime import UTC, datetime

from kiosk import features
from kiosk.desk.desk import Desk

NIGHT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""22:00 of a Monday in Shanghai: the hours with prompts begin."""


def second(desk: Desk) -> None:
    """Do what the running kiosk does once a second: have recorded what is to be recorded."""
    with desk.read() as book:
        found = features.watches(desk, book)
    for one in found:
        if one.record is not None:
            one.record(desk)
