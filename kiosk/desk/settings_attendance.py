"""The section of ``kiosk.toml`` about staff attendance: what the regulations leave to the house."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.desk import settings_values as value


class SecondProof(StrEnum):
    """What says besides the badge that it is its holder who taps (clause 22)."""

    NONE = "none"
    GUARD = "guard"  # he sees who it should be, and may declare the tap void
    PIN = "pin"  # at every tap at the open desk
    SHARE = "share"  # the PIN at a random share of them


@dataclass(frozen=True, slots=True)
class Attendance:
    """``absence_days``: are days of absence workdays or calendar days (clause 21 says only 天).

    ``proof`` is how staff prove that they tap for themselves, a value of ``SecondProof``.
    ``crypto_badges``: some badges prove themselves, and the readers take the time to read them.
    """

    absence_days: str = value.key(value.one_of("work", "calendar"), "work")
    proof: str = value.key(value.one_of(*SecondProof), "guard")
    crypto_badges: bool = value.key(value.yes_no, default=False)


ATTENDANCE_EXAMPLE = (
    "attendance",
    (
        (
            "absence_days", '#"work"',
            "旷工天数按工作日（work）还是日历日（calendar）计",
            "Days of absence are workdays (work) or calendar days (calendar)",
        ),
        (
            "proof", '#"guard"',
            "刷卡之外的证明：none 不要；guard 值班员核对；pin 每次输密码；share 抽查",
            "Second proof of a tap: none; guard looks; pin at each tap; share of taps asks the PIN",
        ),
        (
            "crypto_badges", "#false",
            "部分卡为加密卡（NTAG 424 DNA），刷卡时自行证明；读卡约多 60 毫秒，普通卡不受影响",
            "Some badges prove themselves (NTAG 424 DNA): 60 ms more for these, none for others",
        ),
    ),
)  # fmt: skip
"""The section as ``settings_example`` writes it."""
