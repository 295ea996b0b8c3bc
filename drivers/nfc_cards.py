"""What a card says of itself when a reader selects it (ISO/IEC 14443-3). No wire, no library."""

from __future__ import annotations

from typing import Any, Final

from drivers.card_presence import Seen

_UID_LENGTHS: Final = frozenset({4, 7, 10})
# SAK values, NXP AN10833; the number alone decides what a tap means, this is for people who look.
ISO_DEP: Final = "type4"
_TECHNOLOGIES: Final = {
    0x00: "type2",
    0x08: "classic_1k",
    0x09: "classic_mini",
    0x18: "classic_4k",
    0x10: "plus_2k",
    0x11: "plus_4k",
    0x20: ISO_DEP,
}


def seen(target: Any) -> Seen | None:  # noqa: ANN401 - nfcpy has no types
    """Return the card that nfcpy found, None when its number is none."""
    if target.rid_res:
        return Seen(bytes(target.rid_res[2:6]), "type1")
    return _card(bytes(target.sdd_res or b""), bytes(target.sel_res or b"\x00")[0])


def _card(uid: bytes, sak: int) -> Seen | None:
    if len(uid) not in _UID_LENGTHS or not any(uid):
        return None
    return Seen(uid, _TECHNOLOGIES.get(sak, f"sak_{sak:02x}"))


def listed(answer: bytes) -> list[Seen]:
    """Read a PN532's list: count, then number, SENS_RES (2), SEL_RES, length, UID for each."""
    cards, rest = [], answer[1:]
    for _ in range(answer[0]):
        uid, sak = rest[5 : 5 + rest[4]], rest[3]
        if (card := _card(uid, sak)) is not None:
            cards.append(card)
        rest = rest[5 + len(uid) :]
    return cards
