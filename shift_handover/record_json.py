"""A handover document as JSON and back, strictly: what was frozen comes back, or an error.

One thing is read that this version cannot know: a record of a class that a newer version has, or
that has more facts there. Its own facts are kept as they are, and written back as they were.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import Enum, IntEnum
from functools import lru_cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from kiosk.desk.columns import utc_text
from shift_handover.record_kinds import RECORDS
from shift_handover.records import HandoverDocument, Record, RecordOfNewer

_KINDS = {kind.__name__: kind for kind in RECORDS if kind is not RecordOfNewer}
_TAG = "record"
_COMMON = frozenset(field.name for field in fields(Record))


class NotADocument(ValueError):  # noqa: N818 - reads as what it says: the text is not a document
    """The text is not a handover this program froze; the message says where it differs."""


def to_json(document: HandoverDocument) -> str:
    """Return the document as JSON; the same document always gives the same text."""
    return json.dumps(_plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> HandoverDocument:
    """Return the document that ``to_json`` wrote.

    Raises :class:`NotADocument` for anything else: other keys, other types, a thing twice.
    """
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise NotADocument("not JSON") from fault
    document: HandoverDocument = _made(HandoverDocument, plain)
    return document


def _plain(value: Any) -> Any:  # noqa: ANN401 - a field has any of a dozen types
    if isinstance(value, RecordOfNewer):
        common = {name: _plain(getattr(value, name)) for name in _COMMON}
        return {**json.loads(value.more), **common, _TAG: value.newer}
    if is_dataclass(value):
        tag = {_TAG: type(value).__name__} if isinstance(value, Record) else {}
        return tag | {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, datetime):
        return {"utc": utc_text(value)}
    if isinstance(value, IntEnum):
        return value.name.lower()
    return value


def _made(kind: type, plain: object) -> Any:  # noqa: ANN401 - the class decides
    if not isinstance(plain, dict):
        raise NotADocument(f"{kind.__name__}: not an object")
    hints, needed = _shape(kind)
    if plain.keys() - hints.keys():
        raise NotADocument(f"{kind.__name__}: unknown {sorted(plain.keys() - hints.keys())}")
    if needed - plain.keys():
        raise NotADocument(f"{kind.__name__}: missing {sorted(needed - plain.keys())}")
    values = {name: _value(hints[name], value) for name, value in plain.items()}
    try:
        return kind(**values)
    except ValueError as fault:
        raise NotADocument(str(fault)) from fault


@lru_cache(maxsize=64)
def _shape(kind: type[Any]) -> tuple[dict[str, Any], frozenset[str]]:
    types = get_type_hints(kind)
    hints = {field.name: types[field.name] for field in fields(kind)}
    return hints, frozenset(field.name for field in fields(kind) if field.default is MISSING)


def _value(hint: Any, plain: object) -> Any:  # noqa: ANN401 - the hint decides
    origin = get_origin(hint)
    if origin is not None:
        return _all(get_args(hint), plain) if origin is tuple else _one_of(get_args(hint), plain)
    if hint in _READERS:
        return _READERS[hint](plain)
    if is_dataclass(hint):
        return _made(hint, plain)  # type: ignore[arg-type] # a hint is never an instance
    if issubclass(hint, Enum):
        return _member(hint, plain)
    if type(plain) is not hint:  # not isinstance: JSON's true must not pass for the number 1
        raise NotADocument(f"{type(plain).__name__} where {hint.__name__} belongs")
    return plain


def _one_of(hints: tuple[Any, ...], plain: object) -> Any:  # noqa: ANN401 - one of them
    if plain is None and NoneType in hints:
        return None
    fault = NotADocument("none of its types")
    for hint in hints:
        if hint is NoneType:
            continue
        try:
            return _value(hint, plain)
        except NotADocument as why:
            fault = why
    raise fault


def _all(hints: tuple[Any, ...], plain: object) -> tuple[Any, ...]:
    if not isinstance(plain, list):
        raise NotADocument(f"{type(plain).__name__} where a list belongs")
    if len(hints) == 2 and hints[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        return tuple(_value(hints[0], part) for part in plain)
    if len(hints) != len(plain):
        raise NotADocument("a list of the wrong length")
    return tuple(_value(hint, part) for hint, part in zip(hints, plain, strict=True))


def _moment(plain: object) -> datetime:
    if not isinstance(plain, dict) or plain.keys() != {"utc"} or not isinstance(plain["utc"], str):
        raise NotADocument("not a moment")
    try:
        moment = datetime.fromisoformat(plain["utc"])
    except ValueError as fault:
        raise NotADocument("not a moment") from fault
    if moment.tzinfo is None or utc_text(moment) != plain["utc"]:
        raise NotADocument("not a moment in UTC")
    return moment


def _record(plain: object) -> Record:
    if not isinstance(plain, dict) or not isinstance(plain.get(_TAG), str):
        raise NotADocument("a record of no kind")
    values = {name: value for name, value in plain.items() if name != _TAG}
    kind = _KINDS.get(plain[_TAG])
    names = {one.name for one in fields(kind)} if kind is not None else frozenset()
    if kind is None or values.keys() - names:
        return _newer(plain[_TAG], values)
    record: Record = _made(kind, values)
    return record


def _newer(name: str, values: dict[str, object]) -> Record:
    own = {key: value for key, value in values.items() if key not in _COMMON}
    common = {key: value for key, value in values.items() if key in _COMMON}
    more = json.dumps(own, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    record: Record = _made(RecordOfNewer, {**common, "newer": name, "more": more})
    return record


def _member(kind: type[Enum], plain: object) -> Enum:
    for member in kind:
        if plain == (member.name.lower() if issubclass(kind, IntEnum) else member.value):
            return member
    raise NotADocument(f"{kind.__name__} has no {plain!r:.40}")


_READERS: Mapping[type, Callable[[object], object]] = {datetime: _moment, Record: _record}
