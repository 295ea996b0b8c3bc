"""What one desk is set to: ``kiosk.toml``, and over it the environment (``KIOSK_SECTION__KEY``).

Every error names the file (or variable), the key and what is allowed. Addresses of devices are
checked here by their form only; the kiosk asks the drivers whether they exist.
"""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from kiosk.desk import settings_values as value
from kiosk.desk.clauses import Rules, rule_fields
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_attendance import Attendance
from kiosk.desk.settings_contacts import EmergencyContact, check_contacts
from kiosk.desk.settings_devices import IdReader, Printer, Reader, Scanner, check_devices
from kiosk.desk.settings_example import example, write_example
from kiosk.desk.settings_hours import Hours, HoursProfile, WorkShift, check_hours
from kiosk.desk.settings_hub import Hub
from kiosk.desk.settings_lanes import LANE_NAMES, Lanes, Window, class_of
from kiosk.desk.settings_last_out import LastOut
from kiosk.desk.settings_leave import LeaveRung, check_ladder
from kiosk.desk.settings_shifts import Shift, check_shifts
from kiosk.desk.settings_site import DeskFiles, Notify, Site, SiteDays, Wedge
from kiosk.desk.settings_slip import SlipLook
from kiosk.desk.settings_weather import USUAL, SignalSetting, check_signals

__all__ = [
    "IdReader", "Printer", "Reader", "Scanner", "Settings", "config_path", "example", "load",
    "write_example",
]  # fmt: skip

CONFIG_VARIABLE = "KIOSK_CONFIG"
USUAL_FILE = Path("kiosk.toml")
_PREFIX = "KIOSK_"
_LONGEST_FILE = 1 << 20

Section = TypeVar("Section")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything one desk is set to. ``file`` is where it was read from."""

    site: Site
    desk: DeskFiles = field(default_factory=DeskFiles)
    readers: tuple[Reader, ...] = ()
    printers: tuple[Printer, ...] = ()
    scanners: tuple[Scanner, ...] = ()
    id_readers: tuple[IdReader, ...] = ()
    windows: tuple[Window, ...] = ()
    contacts: tuple[EmergencyContact, ...] = ()
    shifts: tuple[Shift, ...] = ()
    hours_profiles: tuple[HoursProfile, ...] = ()
    work_shifts: tuple[WorkShift, ...] = ()
    leave_ladder: tuple[LeaveRung, ...] = ()
    weather_signals: tuple[SignalSetting, ...] = USUAL
    lanes: Lanes = field(default_factory=dict)
    wedge: Wedge = field(default_factory=Wedge)
    hours: Hours = field(default_factory=Hours)
    attendance: Attendance = field(default_factory=Attendance)
    calendar: SiteDays = field(default_factory=SiteDays)
    slip: SlipLook = field(default_factory=SlipLook)
    notify: Notify = field(default_factory=Notify)
    last_out: LastOut = field(default_factory=LastOut)
    hub: Hub = field(default_factory=Hub)
    rules: Rules = field(default_factory=Rules)
    file: Path = USUAL_FILE

    @property
    def on_a_line(self) -> tuple[Scanner | IdReader, ...]:
        """What hangs on a serial line and speaks by itself."""
        return (*self.scanners, *self.id_readers)


_TABLES: Mapping[str, type] = {
    "site": Site,
    "desk": DeskFiles,
    "wedge": Wedge,
    "hours": Hours,
    "attendance": Attendance,
    "calendar": SiteDays,
    "slip": SlipLook,
    "notify": Notify,
    "last_out": LastOut,
    "hub": Hub,
    "rules": Rules,
}
_LISTS: Mapping[str, type] = {
    "readers": Reader,
    "printers": Printer,
    "scanners": Scanner,
    "id_readers": IdReader,
    "windows": Window,
    "contacts": EmergencyContact,
    "shifts": Shift,
    "hours_profiles": HoursProfile,
    "work_shifts": WorkShift,
    "leave_ladder": LeaveRung,
    "weather_signals": SignalSetting,
}
_DEVICES = ("readers", "printers", "scanners", "id_readers")
_LANES = "lanes"


def config_path(given: Path | None, env: Mapping[str, str]) -> Path:
    """Return the file to read: the one given, else ``KIOSK_CONFIG``, else ``kiosk.toml`` here."""
    return given or Path(env.get(CONFIG_VARIABLE) or USUAL_FILE)


def load(path: Path | None, env: Mapping[str, str]) -> Settings:
    """Read the settings of one desk; ``env`` is the process's environment.

    Raises ``Refused`` with a ``settings.`` code and ``file``, ``key``, ``allowed``.
    """
    file = config_path(path, env)
    raw = _read(file)
    _known(raw, (*_TABLES, *_LISTS, _LANES), file, "")
    tables = {name: _table(raw.get(name, {}), file, name) for name in _TABLES}
    sources = _environment(env, tables)
    made: dict[str, Any] = {
        name: _section(kind, tables[name], partial(_where, file, sources, name))
        for name, kind in _TABLES.items()
    }
    for name, kind in _LISTS.items():
        made[name] = _sections(kind, raw.get(name, []), file, name)
    made[_LANES] = _lanes(raw.get(_LANES, {}), file)
    check_devices({name: made[name] for name in _DEVICES}, file)
    check_hours(made["hours"], made["hours_profiles"], made["work_shifts"], file)
    _check_rules(made["rules"], file)
    _check_windows(made["windows"], file)
    check_contacts(made["contacts"], file)
    check_shifts(made["shifts"], file)
    check_ladder(made["leave_ladder"], file)
    check_signals(made["weather_signals"], file)
    made["weather_signals"] = made["weather_signals"] or USUAL
    for name in ("desk", "hub"):
        made[name] = _beside(made[name], file.absolute().parent)
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


def _lanes(raw: object, file: Path) -> Lanes:
    lanes = _table(raw, file, _LANES)
    _known(lanes, LANE_NAMES, file, _LANES)
    return {
        name: _section(
            class_of(name), _table(one, file, f"{_LANES}.{name}"),
            partial(_where, file, {}, f"{_LANES}.{name}"),
        )
        for name, one in lanes.items()
    }  # fmt: skip


def _check_windows(windows: Iterable[Window], file: Path) -> None:
    for at, one in enumerate(windows, start=1):
        if one.closes <= one.opens:
            raise Refused("settings.window_backwards", file=str(file), key=f"windows.{at}.closes")


def _check_rules(rules: Rules, file: Path) -> None:
    """Refuse an absence that would tell the superior before the companion was asked."""
    if rules.away_companion_min > rules.away_superior_min:
        raise Refused(
            "settings.asked_too_late", file=str(file), key="rules.away_companion_min",
            later="rules.away_superior_min",
        )  # fmt: skip


def _beside(section: Section, folder: Path) -> Section:
    """Return the section with its relative paths taken from ``folder``."""
    moved = {
        one.name: folder / found
        for one in fields(section)  # type: ignore[arg-type] # only our dataclasses come here
        if isinstance(found := getattr(section, one.name), Path)
    }
    return replace(section, **moved)  # type: ignore[type-var] # the same
