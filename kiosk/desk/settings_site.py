"""The sections of ``kiosk.toml`` about the house, the desk, its days and its notices."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kiosk.desk import settings_values as value
from kiosk.desk.words import LANGUAGES


@dataclass(frozen=True, slots=True)
class Site:
    """The house and this gate of it. ``gate`` is part of every journal entry and never changes.

    Nobody enters ``helmet_areas`` without a helmet (clause 145); ``rooms`` hold one party each.
    """

    gate: str = value.key(value.gate)
    name: str = value.key(value.text(40, empty=False))
    gate_name: str = value.key(value.text(20), "")
    timezone: str = value.key(value.timezone, "Asia/Shanghai")
    language: str = value.key(value.one_of(*LANGUAGES), "zh_CN")
    hotline: str = value.key(value.text(40), "")
    emergency_phone: str = value.key(value.text(40), "")
    house_rules: tuple[str, ...] = value.key(value.texts(), ())
    privacy_notice: str = value.key(value.text(80), "")
    helmet_areas: tuple[str, ...] = value.key(value.texts(), ())
    rooms: tuple[str, ...] = value.key(value.texts(), ())
    notice_lines: tuple[str, ...] = value.key(value.texts(), ())


@dataclass(frozen=True, slots=True)
class DeskFiles:
    """Where the book lies, and how the screen behaves when nobody touches it."""

    database: Path = field(default=Path("kiosk.db"), metadata={"read": value.path})
    site_key: Path = field(default=Path("site.key"), metadata={"read": value.path})
    idle_lock_s: int = value.key(value.number(15, 3600), 120)
    sounds: bool = value.key(value.yes_no, default=True)


@dataclass(frozen=True, slots=True)
class Wedge:
    """Readers that type like a keyboard; ``max_gap_ms`` is the longest gap between two keys."""

    enabled: bool = value.key(value.yes_no, default=False)
    card_format: str = value.key(
        value.one_of("hex", "hex-reversed", "8h10d", "8h10d-reversed", "6h8d", "2h4h", "4h4h"),
        "8h10d",
    )
    max_gap_ms: int = value.key(value.number(5, 200), 35)
    min_length: int = value.key(value.number(4, 40), 8)


@dataclass(frozen=True, slots=True)
class SiteDays:
    """The site's own days, over the State's calendar."""

    extra_workdays: frozenset[date] = value.key(value.days, frozenset())
    extra_holidays: frozenset[date] = value.key(value.days, frozenset())


@dataclass(frozen=True, slots=True)
class Notify:
    """Where notices go for whom no address of their own is known. ``url`` is a secret."""

    url: str = field(default="", repr=False, metadata={"read": value.notify_address})
