"""What one desk is set to: ``kiosk.toml``, and over it the environment (``KIOSK_SECTION__KEY``).

Every error names the file (or variable), the key and what is allowed. Addresses of devices are
checked here by their form only; the kiosk asks the drivers whether they exist.
"""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date, time
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar

from kiosk.desk import settings_values as value
from kiosk.desk.clauses import Rules, rule_fields
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_devices import check_devices
from kiosk.desk.settings_example import example, write_example
from kiosk.desk.words import LANGUAGES

__all__ = ["Settings", "config_path", "example", "load", "write_example"]

CONFIG_VARIABLE = "KIOSK_CONFIG"
USUAL_FILE = Path("kiosk.toml")
_PREFIX = "KIOSK_"
_LONGEST_FILE = 1 << 20

Section = TypeVar("Section")


def _key(read: value.Read, default: Any = ...) -> Any:  # noqa: ANN401 - a dataclass field fits any annotation
    meta = {"read": read}
    return field(metadata=meta) if default is ... else field(default=default, metadata=meta)


@dataclass(frozen=True, slots=True)
class Site:
    """The house and this gate of it. ``gate`` is part of every journal entry and never changes."""

    gate: str = _key(value.gate)
    name: str = _key(value.text(40, empty=False))
    gate_name: str = _key(value.text(20), "")
    timezone: str = _key(value.timezone, "Asia/Shanghai")
    language: str = _key(value.one_of(*LANGUAGES), "zh_CN")
    hotline: str = _key(value.text(40), "")
    emergency_phone: str = _key(value.text(40), "")
    house_rules: tuple[str, ...] = _key(value.texts(), ())


@dataclass(frozen=True, slots=True)
class DeskFiles:
    """Where the book lies, and how the screen behaves when nobody touches it."""

    database: Path = field(default=Path("kiosk.db"), metadata={"read": value.path})
    site_key: Path = field(default=Path("site.key"), metadata={"read": value.path})
    idle_lock_s: int = _key(value.number(15, 3600), 120)
    sounds: bool = _key(value.yes_no, default=True)


@dataclass(frozen=True, slots=True)
class Reader:
    """A card reader: ``door`` signs people in and out, ``desk`` serves the guard's screen."""

    name: str = _key(value.text(20, empty=False))
    address: str = _key(value.address("nfc+pn532:/dev/kiosk-reader"))
    role: str = _key(value.one_of("door", "desk"), "door")


@dataclass(frozen=True, slots=True)
class Printer:
    """A slip printer; ``width_dots`` is 384 for 58 mm paper and 576 for 80 mm.

    ``process_id`` says whether it sends a job's mark back (None: the first slip finds out;
    "status": it answers nothing but its status), ``baud`` counts on a serial line, ``font`` is
    asked before the program's own.
    """

    name: str = _key(value.text(20, empty=False))
    address: str = _key(value.address("escpos+tcp:192.168.1.50:9100"))
    width_dots: int = _key(value.number(256, 1024), 576)
    process_id: bool | Literal["status"] | None = _key(value.process_id, None)
    baud: int = _key(value.number(1200, 921600), 115200)
    font: Path | None = field(default=None, metadata={"read": value.path_or_none})


@dataclass(frozen=True, slots=True)
class Scanner:
    """A code scanner on a serial line of ``baud`` bits a second."""

    name: str = _key(value.text(20, empty=False))
    address: str = _key(value.address("scanner+serial:/dev/kiosk-scanner"))
    baud: int = _key(value.number(1200, 921600), 9600)


@dataclass(frozen=True, slots=True)
class Wedge:
    """Readers that type like a keyboard; ``max_gap_ms`` is the longest gap between two keys."""

    enabled: bool = _key(value.yes_no, default=False)
    card_format: str = _key(
        value.one_of("hex", "hex-reversed", "8h10d", "8h10d-reversed", "6h8d", "2h4h", "4h4h"),
        "8h10d",
    )
    max_gap_ms: int = _key(value.number(5, 200), 35)
    min_length: int = _key(value.number(4, 40), 8)


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours on the site's clock; ``grace_minutes`` after the start are not yet late."""

    start: time = field(default=time(8, 30), metadata={"read": value.clock_time})
    end: time = field(default=time(17, 30), metadata={"read": value.clock_time})
    grace_minutes: int = _key(value.number(0, 120), 0)


@dataclass(frozen=True, slots=True)
class SiteDays:
    """The site's own days, over the State's calendar."""

    extra_workdays: frozenset[date] = _key(value.days, frozenset())
    extra_holidays: frozenset[date] = _key(value.days, frozenset())


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything one desk is set to. ``file`` is where it was read from."""

    site: Site
    desk: DeskFiles = DeskFiles()
    readers: tuple[Reader, ...] = ()
    printers: tuple[Printer, ...] = ()
    scanners: tuple[Scanner, ...] = ()
    wedge: Wedge = Wedge()
    hours: Hours = Hours()
    calendar: SiteDays = SiteDays()
    rules: Rules = field(default_factory=Rules)
    file: Path = USUAL_FILE


_TABLES: Mapping[str, type] = {
    "site": Site,
    "desk": DeskFiles,
    "wedge": Wedge,
    "hours": Hours,
    "calendar": SiteDays,
    "rules": Rules,
}
_LISTS: Mapping[str, type] = {"readers": Reader, "printers": Printer, "scanners": Scanner}


def config_path(given: Path | None, env: Mapping[str, str]) -> Path:
    """Return the file to read: the one given, else ``KIOSK_CONFIG``, else ``kiosk.toml`` here."""
    return given or Path(env.get(CONFIG_VARIABLE) or USUAL_FILE)


def load(path: Path | None, env: Mapping[str, str]) -> Settings:
    """Read the settings of one desk; ``env`` is the process's environment.

    Raises ``Refused`` with a ``settings.`` code and ``file``, ``key``, ``allowed``.
    """
    file = config_path(path, env)
    raw = _read(file)
    _known(raw, (*_TABLES, *_LISTS), file, "")
    tables = {name: _table(raw.get(name, {}), file, name) for name in _TABLES}
    sources = _environment(env, tables)
    made: dict[str, Any] = {
        name: _section(kind, tables[name], partial(_where, file, sources, name))
        for name, kind in _TABLES.items()
    }
    for name, kind in _LISTS.items():
        made[name] = _sections(kind, raw.get(name, []), file, name)
    check_devices({name: made[name] for name in _LISTS}, file)
    _check_hours(made["hours"], file)
    made["desk"] = _beside(made["desk"], file.absolute().parent)
    made["printers"] = tuple(_beside(it, file.absolute().parent) for it in made["printers"])
    return Settings(file=file, **made)


def _read(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            content = opened.read(_LONGEST_FILE)
        return tomllib.loads(content.decode("utf-8-sig"))
    except FileNotFoundError:
        raise Refused("settings.missing", file=str(file)) from None
    except OSError as error:
        raise Refused("settings.unreadable", file=str(file), why=error.strerror) from None
    except UnicodeDecodeError:
        raise Refused("settings.not_utf8", file=str(file)) from None
    except tomllib.TOMLDecodeError as error:
        raise Refused("settings.not_toml", file=str(file), why=str(error)) from None


def _table(raw: object, file: Path, key: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Refused("settings.not_a_section", file=str(file), key=key, allowed=f"[{key}]")
    return dict(raw)


def _known(raw: Iterable[str], allowed: Iterable[str], file: object, section: str) -> None:
    names = sorted(allowed)
    for key in raw:
        if key not in names:
            near = difflib.get_close_matches(key, names, n=1)
            full = f"{section}.{key}" if section else key
            if near:
                raise Refused(
                    "settings.misspelt_key", file=str(file), key=full, near=near[0], allowed=names
                )
            raise Refused("settings.unknown_key", file=str(file), key=full, allowed=names)


def _environment(env: Mapping[str, str], tables: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Put the environment's values over the file's; return which key came from which variable."""
    sources: dict[str, str] = {}
    for variable, raw in env.items():
        if not variable.startswith(_PREFIX) or "__" not in variable:
            continue
        section, _, key = variable.removeprefix(_PREFIX).lower().partition("__")
        _known([section], _TABLES, variable, "")
        tables[section][key] = raw
        sources[f"{section}.{key}"] = variable
    return sources


def _where(file: Path, sources: Mapping[str, str], section: str, key: str) -> tuple[str, str]:
    """Return where the value stands (file or variable) and its full key."""
    full = f"{section}.{key}"
    return sources.get(full, str(file)), full


def _section(kind: type[Section], raw: Mapping[str, Any], where: Any) -> Section:  # noqa: ANN401 - a partial of _where
    readers = _readers_of(kind)
    for key in raw:
        source, full = where(key)
        _known([key], readers, source, full.rpartition(".")[0])
    values = {}
    for key, read in readers.items():
        source, full = where(key)
        if key in raw:
            values[key] = _one(read, raw[key], source, full)
        elif key in _required(kind):
            raise Refused("settings.missing_key", file=source, key=full)
    return kind(**values)


def _one(read: value.Read, raw: object, source: str, key: str) -> Any:  # noqa: ANN401 - a setting of any type
    try:
        return read(raw)
    except value.Unfit as unfit:
        raise Refused(unfit.code, file=source, key=key, **unfit.facts) from None


def _readers_of(kind: type) -> dict[str, value.Read]:
    if kind is Rules:
        return {
            name: value.number(rule.metadata["least"], rule.metadata["most"])
            for name, rule in rule_fields().items()
        }
    return {one.name: one.metadata["read"] for one in fields(kind)}


def _required(kind: type) -> frozenset[str]:
    return frozenset(one.name for one in fields(kind) if one.default is MISSING)


def _sections(kind: type[Section], raw: object, file: Path, name: str) -> tuple[Section, ...]:
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        raise Refused("settings.not_a_section", file=str(file), key=name, allowed=f"[[{name}]]")
    return tuple(
        _section(kind, one, partial(_where, file, {}, f"{name}.{at}"))
        for at, one in enumerate(raw, start=1)
    )


def _check_hours(hours: Hours, file: Path) -> None:
    if hours.end <= hours.start:
        raise Refused("settings.end_before_start", file=str(file), key="hours.end")


def _beside(section: Section, folder: Path) -> Section:
    """Return the section with its relative paths taken from ``folder``."""
    moved = {
        one.name: folder / found
        for one in fields(section)  # type: ignore[arg-type] # only our dataclasses come here
        if isinstance(found := getattr(section, one.name), Path)
    }
    return replace(section, **moved)  # type: ignore[type-var] # the same
