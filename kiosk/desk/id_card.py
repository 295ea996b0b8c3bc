"""What an ID card on the reader has said, on its way to whoever asked for it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class IdCard:
    """Name, form of address (``Mr``, ``Ms`` or "") and number of one card; no log shows them.

    It lives as long as the form or the comparison that needs it: stored are only a masked number
    and a keyed hash (clauses 101-104).
    """

    name: str = field(repr=False)
    form: str = field(repr=False)
    number: str = field(repr=False)
