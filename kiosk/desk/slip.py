"""The one slip kit: a printed paper as an immutable document that survives JSON and back.

Features build a :class:`Slip` from the lines of :mod:`kiosk.desk.slip_lines`; the spool keeps it as
JSON; :mod:`kiosk.desk.slip_image` draws it. This module needs neither fonts nor Pillow.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from kiosk.desk import slip_lines
from kiosk.desk.safe_text import clean
from kiosk.desk.slip_lines import Cut, Line

MOST_LINES = 5000

_Built = TypeVar("_Built", "Slip", Line)


class NotASlip(ValueError):  # noqa: N818 - reads as what it says: the text is not a slip
    """The JSON is not a slip this program wrote; the message says where it differs."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One paper. ``kind`` is its code (``visit``, ``handover``), ``number`` what people call it by.

    ``copy`` is 1 for the original; copy n + 1 prints 补打第 n 次 on each of its parts.
    Raises ``ValueError`` for a copy below 1 or more than 5000 lines.
    """

    kind: str
    number: str
    lines: tuple[Line, ...]
    copy: int = 1

    def __post_init__(self) -> None:
        """Clean the slip's own texts and check its shape."""
        object.__setattr__(self, "kind", clean(self.kind, slip_lines.SHORT))
        object.__setattr__(self, "number", clean(self.number, slip_lines.SHORT))
        object.__setattr__(self, "lines", tuple(self.lines))
        if self.copy < 1:
            raise ValueError(f"copy {self.copy} is below 1")
        if len(self.lines) > MOST_LINES:
            raise ValueError(f"{len(self.lines)} lines are more than {MOST_LINES}")

    def parts(self) -> tuple[tuple[Line, ...], ...]:
        """Return the lines of each part, without the cuts between them."""
        parts: list[list[Line]] = [[]]
        for line in self.lines:
            if isinstance(line, Cut):
                parts.append([])
            else:
                parts[-1].append(line)
        return tuple(map(tuple, parts))

    def to_json(self) -> str:
        """Return the slip as JSON; the same slip always gives the same text."""
        document = _plain(self) | {"lines": [_plain(line) for line in self.lines]}
        return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Slip":
        """Return the slip that ``to_json`` wrote.

        Raises :class:`NotASlip` for anything else: other keys, other types, unknown lines.
        """
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as fault:
            raise NotASlip("not JSON") from fault
        if not isinstance(document, dict) or not isinstance(document.get("lines"), list):
            raise NotASlip("no list of lines")
        lines = tuple(_line(entry) for entry in document["lines"])
        return _built(cls, document | {"lines": lines})


LINES: Mapping[str, type[Line]] = {
    name: kind
    for name, kind in vars(slip_lines).items()
    if isinstance(kind, type) and issubclass(kind, Line) and kind is not Line
}


def _plain(value: Slip | Line) -> dict[str, Any]:
    kind = {"line": type(value).__name__} if isinstance(value, Line) else {}
    return kind | {field.name: _written(getattr(value, field.name)) for field in fields(value)}


def _written(value: object) -> object:
    """Write an enumeration by name: a number would change its meaning with the order."""
    if isinstance(value, Enum):
        return value.name.lower()
    if isinstance(value, tuple):
        return [_written(part) for part in value if not isinstance(part, Line)]
    return value


def _line(entry: object) -> Line:
    if not isinstance(entry, dict):
        raise NotASlip("a line that is no object")
    name = entry.get("line")
    if not isinstance(name, str) or name not in LINES:
        raise NotASlip("a line of an unknown kind")
    try:
        return _built(LINES[name], {key: value for key, value in entry.items() if key != "line"})
    except NotASlip as fault:
        raise NotASlip(f"{name}: {fault}") from fault


def _built(kind: Callable[..., _Built], values: dict[str, Any]) -> _Built:
    hints = _hints(kind)
    if stray := values.keys() - hints.keys():
        raise NotASlip(f"unknown {sorted(stray)}")
    if missing := {name for name, (_, needed) in hints.items() if needed} - values.keys():
        raise NotASlip(f"missing {sorted(missing)}")
    try:
        return kind(**{name: _read(value, hints[name][0]) for name, value in values.items()})
    except NotASlip:
        raise
    except ValueError as fault:
        raise NotASlip(str(fault)) from fault


@lru_cache(maxsize=64)
def _hints(kind: Any) -> Mapping[str, tuple[Any, bool]]:  # noqa: ANN401 - a dataclass, for fields()
    """Return each field's type and whether it has to be given."""
    types = get_type_hints(kind)
    return {field.name: (types[field.name], field.default is MISSING) for field in fields(kind)}


def _read(value: object, hint: Any) -> object:  # noqa: ANN401 - a type hint has no narrower type
    if get_origin(hint) is tuple:
        return _read_all(value, get_args(hint)[0])
    if issubclass(hint, Enum):
        return _member(hint, value)
    if type(value) is not hint:  # not isinstance: JSON's true must not pass for the number 1
        raise NotASlip(f"{type(value).__name__} where {hint.__name__} belongs")
    return value


def _read_all(values: object, hint: Any) -> tuple[object, ...]:  # noqa: ANN401 - as above
    if isinstance(values, tuple):  # the lines, already read
        return values
    if not isinstance(values, list):
        raise NotASlip(f"{type(values).__name__} where a list belongs")
    return tuple(_read(value, hint) for value in values)


def _member(kind: type[Enum], value: object) -> Enum:
    for member in kind:
        if member.name.lower() == value:
            return member
    raise NotASlip(f"{kind.__name__} has no {value!r:.40}")
