"""What devices say. Plain values: no words for people, no wall-clock time.

`device` is the name the site gave the device in its settings. `at` is `time.monotonic()` in
seconds, comparable only within this process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Trust: TypeAlias = Literal["name", "proof"]
"""What a card's number is worth.

"name": the card only said it, and any copy can say it too. "proof": a secret in the card was used.
"""


@dataclass(frozen=True, slots=True)
class CardPresented:
    """One card came onto the reader; it is said once, until the card is taken away again.

    `uid` is the card's number as it went over the air (4, 7 or 10 bytes, ISO/IEC 14443-3);
    `technology` is what it says it is ("type2", "type4", "classic_1k", ...), for people who look.
    `message` is the address that the card holds, where the reader is to read it: "" when it holds
    none, None when nobody looked or the card left too soon.
    """

    device: str
    uid: bytes
    technology: str
    trust: Trust
    at: float
    message: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CardsTogether:
    """Two or more cards lie on the reader, so nobody can say whose tap it is.

    `uids` are the ones that could be read, perhaps not all of them.
    """

    device: str
    uids: tuple[bytes, ...]
    at: float


@dataclass(frozen=True, slots=True)
class CardUnreadable:
    """Something lies on the reader that gives no usable number; `reason` is a code.

    "no_number" (several cards in each other's way, or one that is torn or of a kind the reader
    does not know), "random_number" (a phone or card that changes its number at every tap).
    """

    device: str
    reason: str
    at: float


@dataclass(frozen=True, slots=True)
class CardNumberTyped:
    """A reader that types like a keyboard typed `text`; not cleaned, not interpreted."""

    device: str
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class CodeScanned:
    """A code scanner read `text` from a bar code or QR code; not cleaned, not interpreted."""

    device: str
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class IdCardRead:
    """An ID card was laid on its reader; said once, until it is taken away again.

    `kind` is "resident", "permit", "foreigner_2017" or "foreigner_2023", `sex` is "male", "female"
    or "". Name, sex and number are all that ever leaves the driver, and no log shows them.
    """

    device: str
    kind: str
    name: str = field(repr=False)
    sex: str = field(repr=False)
    number: str = field(repr=False)
    at: float


@dataclass(frozen=True, slots=True)
class IdCardUnread:
    """A card on the ID-card reader could not be read; `reason` is a code.

    A name of `id_card_frames.STATUS` ("wrong_card", "card_not_proven", "not_read", ...), "torn"
    (no whole answer came) or "odd_text" (no name or number where they belong).
    """

    device: str
    reason: str
    at: float


@dataclass(frozen=True, slots=True)
class DeviceUp:
    """The device answers; `detail` is what it calls itself ("PN532v1.6")."""

    device: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DeviceDown:
    """The device does not answer; said once until it is back. `reason` is a code.

    "absent" (nothing there), "busy" (another program holds it), "forbidden" (no right to open it),
    "silent" (there, no answer), "garbled" (answers nonsense), "unsupported" (a model the library
    does not know), "no_usb_library" (libusb is not installed), "self_test_failed" or "not_licensed"
    (the module of an ID-card reader), or a printer's cause.
    """

    device: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PaperLow:
    """The printer works, but the roll is near its end."""

    device: str


@dataclass(frozen=True, slots=True)
class PaperOut:
    """The printer has no paper and prints nothing."""

    device: str


@dataclass(frozen=True, slots=True)
class CoverOpen:
    """The printer's cover is open and it prints nothing."""

    device: str


@dataclass(frozen=True, slots=True)
class PrinterReady:
    """The printer can print."""

    device: str


Event: TypeAlias = (
    CardPresented
    | CardsTogether
    | CardUnreadable
    | CardNumberTyped
    | CodeScanned
    | IdCardRead
    | IdCardUnread
    | DeviceUp
    | DeviceDown
    | PaperLow
    | PaperOut
    | CoverOpen
    | PrinterReady
)

Listener: TypeAlias = Callable[[Event], None]
"""Takes one event, on the device's own thread: passes it on, never blocks and never raises."""
