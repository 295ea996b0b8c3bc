"""The 256 bytes of text on an ID card: four layouts, told apart by a flag (GA/T 490).

UTF-16, each field padded with spaces. What this kiosk asks for is name, sex and number; nothing
here takes anything else out of a card. The emulator writes the other fields with the same table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["resident", "permit", "foreigner_2017", "foreigner_2023"]
"""Resident's card, residence permit of Hong Kong, Macao and Taiwan, the two of foreigners."""
Sex: TypeAlias = Literal["male", "female", ""]
"""As the card says it; "" where it says neither."""

TEXT_BYTES: Final = 256
_FLAG: Final = 248
_FLAGS: Final[Mapping[Kind, str]] = {
    "resident": " ", "permit": "J", "foreigner_2017": "I", "foreigner_2023": "Y",
}  # fmt: skip
_KINDS: Final[Mapping[str, Kind]] = {
    flag: kind for kind, flag in _FLAGS.items() if kind != "resident"
}
_SEX: Final[Mapping[str, Sex]] = {"1": "male", "2": "female"}

_CHINESE: Final = {
    "name": (0, 30), "sex": (30, 32), "nation": (32, 36), "birth": (36, 52), "address": (52, 122),
    "number": (122, 158), "authority": (158, 188), "from": (188, 204), "to": (204, 220),
}  # fmt: skip
LAYOUTS: Final[Mapping[Kind, Mapping[str, tuple[int, int]]]] = {
    "resident": _CHINESE,
    "permit": {
        **{name: place for name, place in _CHINESE.items() if name != "nation"},
        "pass_number": (220, 238), "times_issued": (238, 242),
    },
    "foreigner_2017": {
        "english_name": (0, 120), "sex": (120, 122), "number": (122, 152), "country": (152, 158),
        "name": (158, 188), "from": (188, 204), "to": (204, 220), "birth": (220, 236),
        "version": (236, 240), "authority": (240, 248),
    },
    "foreigner_2023": {
        "name": (0, 30), "sex": (30, 32), "times_issued": (32, 36), "birth": (36, 52),
        "english_name": (52, 122), "number": (122, 158), "from": (188, 204), "to": (204, 220),
        "english_name_end": (220, 242), "country": (242, 248),
    },
}  # fmt: skip
"""Where each field begins and ends, in bytes."""

_NUMBER: Final = re.compile(r"\d{17}[\dX]|[A-Z]{3}\d{12}", re.ASCII)


class OddText(ValueError):  # noqa: N818 - named for what the card holds
    """The text holds no name or no number that a card could have; it says nothing of what it is."""


@dataclass(frozen=True, slots=True)
class CardText:
    """What is taken out of a card; no log shows name and number."""

    kind: Kind
    name: str = field(repr=False)
    sex: Sex = field(repr=False)
    number: str = field(repr=False)


def read_text(text: bytes) -> CardText:
    """Return what `text` says; a foreigner's Chinese name stands before the English one.

    Raises:
        OddText: `text` is not 256 bytes, or name or number cannot be one.

    """
    if len(text) != TEXT_BYTES:
        raise OddText
    kind = _KINDS.get(_cut(text, _FLAG, _FLAG + 2), "resident")
    said = {name: _cut(text, *place) for name, place in LAYOUTS[kind].items() if name in _ASKED}
    name = said["name"] or said.get("english_name", "") + said.get("english_name_end", "")
    if not name or not _NUMBER.fullmatch(said["number"]):
        raise OddText
    return CardText(kind, name, _SEX.get(said["sex"], ""), said["number"])


_ASKED: Final = frozenset({"name", "english_name", "english_name_end", "sex", "number"})


def _cut(text: bytes, start: int, end: int) -> str:
    return text[start:end].decode("utf-16-le", "replace").replace("\0", " ").strip()


def write_text(kind: Kind, fields: Mapping[str, str]) -> bytes:
    """Return the 256 bytes of a card of `kind`; what is too long for its field is cut."""
    text = bytearray(" ".encode("utf-16-le") * (TEXT_BYTES // 2))
    for name, (start, end) in LAYOUTS[kind].items():
        written = fields.get(name, "").encode("utf-16-le")[: end - start]
        text[start : start + len(written)] = written
    text[_FLAG : _FLAG + 2] = _FLAGS[kind].encode("utf-16-le")
    return bytes(text)
