"""By what a visit is found: plain words beside the journal, deleted with the visitor's own."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field

from kiosk.desk.columns import day
from kiosk.desk.row import SideRow


class VisitWords(SideRow, table=True):
    """By what a visit is found; its id is the visit's. Purged with the subject.

    ``phone_day`` is the visit's day where there is a phone number: that is deleted before the rest.
    ``spelled`` is the pinyin as it is typed, without spaces and with u for ü; ``given`` and what
    begins with it are the same of the name without the surname. ``same_phone`` and ``same_unit``
    are keyed hashes of the name with the phone and with the unit, "" where there is none: who has
    one of them in common was here before.
    """

    __tablename__ = "visit_words"
    __table_args__ = tuple(
        Index(f"ix_visit_words_{word}", word, "day")
        for word in (
            "name", "given", "initials", "given_initials", "spelled", "given_spelled",
            "phone_tail", "plate", "plate_number",
        )
    )  # fmt: skip

    phone_day: date | None = day(optional=True, index=True)
    day: date = day(index=True)
    name: str
    pinyin: str
    initials: str
    phone_tail: str = ""
    number: str = ""
    given: str = ""
    given_initials: str = ""
    spelled: str = ""
    given_spelled: str = ""
    plate: str = ""
    plate_number: str = ""
    same_phone: str = Field(default="", index=True)
    same_unit: str = Field(default="", index=True)
