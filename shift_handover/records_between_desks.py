"""What is open between a site's desks, as records of a handover; ``record_kinds`` joins them."""

from dataclasses import dataclass

from shift_handover.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class DesksDiffer(Record):
    """A row that two desks changed while they could not hear each other; ``table`` is its kind.

    ``first`` and ``second`` name the desks with the hour, ``name`` what the row is about.
    """

    KINDS = ("conflict.open",)
    GROUP = "desks"

    table: str
    name: str
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCutOff(Record):
    """The hub takes nothing from a desk any more: its book forked, or another one has its name."""

    KINDS = ("desks.cut_off",)
    GROUP = "desks"

    desk: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBetweenDesks(Record):
    """A line of another desk that nobody here has read, or one of ours that nobody has there."""

    KINDS = ("desk_line.unread", "desk_line.not_read")
    GROUP = "post"

    desk: str = ""


BETWEEN_DESKS: tuple[type[Record], ...] = (DesksDiffer, DeskCutOff, LineBetweenDesks)
"""Every class of this file."""
