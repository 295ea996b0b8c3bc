"""The section of ``kiosk.toml`` about the last person out (clause 92): what the list asks."""

from dataclasses import dataclass

from kiosk.desk import settings_values as value


@dataclass(frozen=True, slots=True)
class LastOut:
    """What the lock-up list asks; empty: the usual list.

    ``checks`` stand before the ``doors``; each is a line in the site's own words.
    """

    checks: tuple[str, ...] = value.key(value.texts(40), ())
    doors: tuple[str, ...] = value.key(value.texts(40), ())


LAST_OUT_EXAMPLE = (
    "last_out",
    (
        (
            "checks", "#[]",
            "最后离开者逐项检查什么，可写明地点，如 [\"二楼电灯已关\"]；空则用通用清单",
            "What the last person out checks, place and thing; empty: the usual list",
        ),
        (
            "doors", "#[]", "须锁的门，每扇一条，最多 12 条，如 [\"大门已锁\"]",
            "The doors to lock, one line each, at most 12",
        ),
    ),
)  # fmt: skip
"""The section as ``settings_example`` writes it."""
