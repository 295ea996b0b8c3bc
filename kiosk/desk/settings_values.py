"""One value of the settings: from TOML or the environment to its type, or what would fit.

A reader is given the raw value and returns the typed one; it raises ``Unfit`` with the refusal's
code and what is allowed. File and key are added by whoever knows them.
"""

import re
from collections.abc import Callable
from dataclasses import field
from datetime import date, time
from pathlib import Path
from typing import Any, Literal, NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.desk.safe_text import clean

Read = Callable[[object], Any]

_ADDRESS = re.compile(r"[a-z]+(?:\+[a-z0-9]+)?:[^\s:]\S*")
_HOST_AND_PORT = re.compile(r"([\w.-]{1,200}|\[[0-9A-Fa-f:.]{2,40}\]):\d{1,5}", re.ASCII)
_NOTIFY = re.compile(r"[a-z][a-z0-9]{0,19}://\S{1,400}")
_YES, _NO = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DAY_OF_YEAR = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
_LEAP_YEAR = 2024
_PHONE = re.compile(r"[+(]?[0-9][0-9 ()-]{0,17}[0-9]", re.ASCII)
_GATE = re.compile(r"[a-z][a-z0-9-]{0,19}")


def key(read: Read, default: Any = ...) -> Any:  # noqa: ANN401 - a dataclass field fits any annotation
    """Return the field of a section that ``read`` reads, with its usual value if it has one."""
    meta = {"read": read}
    return field(metadata=meta) if default is ... else field(default=default, metadata=meta)


class Unfit(ValueError):  # noqa: N818 - reads as what it says
    """The value does not fit; ``code`` is the refusal's, ``facts`` what is allowed."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def _unfit(code: str, **facts: object) -> NoReturn:
    raise Unfit(code, **facts)


def text(longest: int = 80, *, empty: bool = True) -> Read:
    """Read one line of at most ``longest`` characters, which may be ``empty`` or not."""

    def read(raw: object) -> str:
        shown = clean(raw, longest + 1) if isinstance(raw, str) else None
        if shown is None or len(shown) > longest or not (shown or empty):
            if empty:
                _unfit("settings.text_too_long", longest=longest)
            _unfit("settings.not_text", longest=longest)
        return shown

    return read


def texts(longest: int = 60, most: int = 12) -> Read:
    """Read a list of lines; in the environment they are separated by ``|``."""
    one = text(longest, empty=False)

    def read(raw: object) -> tuple[str, ...]:
        listed = _listed(raw, "|")
        if len(listed) > most:
            _unfit("settings.too_many", most=most)
        return tuple(one(item) for item in listed)

    return read


def _listed(raw: object, separator: str) -> list[object]:
    if isinstance(raw, str):
        return [part.strip() for part in raw.split(separator) if part.strip()]
    if not isinstance(raw, list):
        _unfit("settings.not_a_list")
    return raw


def number(least: int, most: int) -> Read:
    """Read a whole number between both, included."""

    def read(raw: object) -> int:
        if isinstance(raw, str) and re.fullmatch(r"-?\d{1,9}", raw.strip(), re.ASCII):
            raw = int(raw)
        if not isinstance(raw, int) or isinstance(raw, bool) or not least <= raw <= most:
            _unfit("settings.not_a_number", least=least, most=most)
        return raw

    return read


def yes_no(raw: object) -> bool:
    """Read true or false; the environment may also say yes, no, on, off, 1, 0."""
    if isinstance(raw, bool):
        return raw
    word = raw.strip().lower() if isinstance(raw, str) else ""
    if word not in _YES | _NO:
        _unfit("settings.not_yes_no")
    return word in _YES


def process_id(raw: object) -> bool | Literal["status"] | None:
    """Read true or false, ``"auto"`` (None: the kiosk finds it out) or ``"status"``."""
    if raw == "auto":
        return None
    if raw == "status":
        return "status"
    if isinstance(raw, bool):
        return raw
    _unfit("settings.not_one_of", allowed=("auto", "true", "false", "status"))


def one_of(*allowed: str) -> Read:
    """Read one of the words in ``allowed``."""

    def read(raw: object) -> str:
        if raw not in allowed:
            _unfit("settings.not_one_of", allowed=allowed)
        return str(raw)

    return read


def some_of(*allowed: str) -> Read:
    """Read a list of some of the words in ``allowed``, each once; it may be empty."""
    one = one_of(*allowed)

    def read(raw: object) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one(item) for item in _listed(raw, ",")))

    return read


def only_yes(raw: object) -> bool:
    """Read true: what cannot be switched off."""
    if raw is not True:
        _unfit("settings.not_one_of", allowed=("true",))
    return raw


def clock_time(raw: object) -> time:
    """Read ``"08:30"`` or a TOML time, without a time zone: the site's wall clock."""
    if isinstance(raw, time):
        return raw.replace(tzinfo=None)
    found = _TIME.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        _unfit("settings.not_a_time", allowed="08:30")
    return time(int(found[1]), int(found[2]))


def days(raw: object) -> frozenset[date]:
    """Read a list of days, TOML dates or text; in the environment separated by commas."""
    return frozenset(_day(item) for item in _listed(raw, ","))


def day_or_none(raw: object) -> date | None:
    """Read one day, TOML's or text; None when empty."""
    if raw == "":
        return None
    try:
        return _day(raw)
    except Unfit:
        _unfit("settings.not_one_day", allowed="2026-10-10")


def day_of_year(raw: object) -> tuple[int, int]:
    """Read a day of every year as ``"05-01"``: its month and its day; 29 February is one."""
    found = _DAY_OF_YEAR.fullmatch(raw.strip()) if isinstance(raw, str) else None
    try:
        day = date(_LEAP_YEAR, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        _unfit("settings.not_a_day_of_year", allowed="05-01")
    return day.month, day.day


def _day(raw: object) -> date:
    if type(raw) is date:
        return raw
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) else _unfit_day()
    except ValueError:
        _unfit_day()


def _unfit_day() -> NoReturn:
    _unfit("settings.not_a_day", allowed="2026-10-10")


def timezone(raw: object) -> str:
    """Read the name of a time zone of the IANA database."""
    try:
        return ZoneInfo(raw).key if isinstance(raw, str) else _unfit_zone()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        _unfit_zone()


def _unfit_zone() -> NoReturn:
    _unfit("settings.not_a_timezone", allowed="Asia/Shanghai")


def gate(raw: object) -> str:
    """Read a gate's short name: it is part of every entry and can never change."""
    if not isinstance(raw, str) or not _GATE.fullmatch(raw):
        _unfit("settings.not_a_gate", allowed="gate-1")
    return raw


def address(example: str) -> Read:
    """Read a device's address, such as ``example``, by its form only: the drivers know the rest."""

    def read(raw: object) -> str:
        if not isinstance(raw, str) or not raw.isprintable() or not _ADDRESS.fullmatch(raw):
            _unfit("settings.not_an_address", allowed=example)
        return raw

    return read


def host_and_port(raw: object) -> str:
    """Read where a server listens, "" for nowhere, by its form only."""
    if raw == "":
        return ""
    if not isinstance(raw, str) or not _HOST_AND_PORT.fullmatch(raw):
        _unfit("settings.not_an_address", allowed="192.168.1.10:5432")
    return raw


def notify_address(raw: object) -> str:
    """Read where notices go, "" for nowhere; by its form only, and no error ever repeats it."""
    if raw == "":
        return ""
    if not isinstance(raw, str) or not raw.isprintable() or not _NOTIFY.fullmatch(raw):
        _unfit("settings.not_an_address", allowed="wecombot://KEY")
    return raw


def phone(raw: object) -> str:
    """Read a telephone number by its form: digits, spaces, hyphens, brackets, a plus in front."""
    if not isinstance(raw, str) or not _PHONE.fullmatch(raw.strip()):
        _unfit("settings.not_a_phone", allowed="0717-2046204")
    return raw.strip()


def path(raw: object) -> Path:
    """Read a file's path; a relative one belongs to the folder of ``kiosk.toml``."""
    if not isinstance(raw, str) or not raw.strip() or "\0" in raw:
        _unfit("settings.not_a_path", allowed="kiosk.db")
    return Path(raw.strip())


def path_or_none(raw: object) -> Path | None:
    """Read a file's path, None when empty."""
    return None if raw == "" else path(raw)
