"""Emulated ID cards: what a card's chip holds, also all that this kiosk never takes out of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drivers.id_card_text import Kind, Sex, write_text

PHOTO_BYTES: Final = 1024
FINGERPRINT_BYTES: Final = 1024
_PHOTO: Final = b"WLf\0photo of the holder "
_FINGERPRINT: Final = b"C\0finger of the holder "
_SEX: Final = {"male": "1", "female": "2", "": " "}


@dataclass(frozen=True, slots=True)
class EmulatedIdCard:
    """One card. `name` is in Chinese signs, `english_name` a foreigner's; days are YYYYMMDD."""

    number: str
    name: str = ""
    sex: Sex = "male"
    kind: Kind = "resident"
    english_name: str = ""
    nation: str = "01"
    birth: str = "19491231"
    address: str = "测试省测试市试验路999号"
    authority: str = "测试市公安局"

    @property
    def text(self) -> bytes:
        """The 256 bytes of text."""
        fields = {
            "name": self.name, "sex": _SEX[self.sex], "nation": self.nation, "birth": self.birth,
            "address": self.address, "number": self.number, "authority": self.authority,
            "english_name": self.english_name, "english_name_end": self.english_name[35:],
            "from": "20200101", "to": "长期", "country": "UTO", "times_issued": "01",
            "pass_number": "H12345678", "version": "01",
        }  # fmt: skip
        return write_text(self.kind, fields)

    @property
    def photo(self) -> bytes:
        """The photo; no picture at all, but bytes that a test finds again."""
        return (_PHOTO * PHOTO_BYTES)[:PHOTO_BYTES]

    @property
    def fingerprint(self) -> bytes:
        """The fingerprint; the same."""
        return (_FINGERPRINT * FINGERPRINT_BYTES)[:FINGERPRINT_BYTES]
