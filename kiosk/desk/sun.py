"""What an NTAG 424 DNA writes into its own address at every tap, and whether only it could.

NXP AN12196 (secure unique NFC message), AN10922 (a key of its own for every card). A badge shows
its number and a counter that rises at each reading, and signs both with a key that never leaves it.
Nothing here knows the book: whether the counter rose is decided in ``card_proof``.

The mirror is found by its shape, capital hex digits behind the ``?``: 32 digits of encrypted
PICCData, or 14 of the number and 6 of the counter; then perhaps encrypted file data; then the 16
of the MAC. The MAC is taken over the text from the file data to the MAC, over nothing without them.
"""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

PICC_DIGITS, UID_DIGITS, COUNTER_DIGITS, MAC_DIGITS = 32, 14, 6, 16
LONGEST_ADDRESS = 1024
_BLOCK = 16
_UID_BYTES, _COUNTER_BYTES = 7, 3
_PICC_TAG = 0xC7  # number and counter are both mirrored, and the number has seven bytes
_SESSION_MAC = bytes.fromhex("3cc300010080")
_SESSION_ENC = bytes.fromhex("c33c00010080")
_DIVERSIFIED = b"\x01"
_SYSTEM = b"gatehouse kiosk"
_HEX_RUNS = re.compile(r"[0-9A-F]{6,}")


@dataclass(frozen=True, slots=True)
class CardKeys:
    """The two keys of a site's badges, 16 bytes each.

    ``reading`` encrypts number and counter and is on every badge; from ``master`` the key that
    signs is made for each badge, and ``master`` itself is on none.
    """

    reading: bytes = field(repr=False)
    master: bytes = field(repr=False)


def keys_of(secret: bytes) -> CardKeys:
    """Return the keys that a site's secret makes."""
    reading, master = (
        hmac.digest(secret, use, "sha256")[:_BLOCK] for use in (b"reading", b"master")
    )
    return CardKeys(reading, master)


@dataclass(frozen=True, slots=True)
class Mirror:
    """What stands in an address: ``picc``, or ``uid`` and ``counter``; ``signed`` text; the MAC."""

    mac: bytes
    picc: bytes = b""
    uid: bytes = b""
    counter: int = -1
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Number and counter of a badge that proved with its own key that it said them."""

    uid: bytes
    counter: int


def read(address: str, keys: CardKeys) -> Said | None:
    """Return what the badge said, None when no badge of this site can have said it.

    Never raises for an address, whatever it holds: anybody can write one onto a card.
    """
    mirror = parse(address)
    if mirror is None:
        return None
    said = opened(mirror, keys.reading)
    if said is None:
        return None
    right = mac_of(badge_key(keys.master, said.uid), said, mirror.signed.encode())
    return said if hmac.compare_digest(right, mirror.mac) else None


def parse(address: str) -> Mirror | None:
    """Return the mirror in an address, None when it has not the shape of one."""
    if len(address) > LONGEST_ADDRESS or not address.isascii():
        return None
    start = address.find("?") + 1
    if not start:
        return None
    runs = [(found.start() + start, found.group()) for found in _HEX_RUNS.finditer(address[start:])]
    return _arranged(address, _split(runs))


def _split(runs: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Cut runs that stand without a separator: PICCData, number and counter always come first."""
    if not runs:
        return []
    at, first = runs[0]
    length = len(first)
    if length % PICC_DIGITS == MAC_DIGITS and length > MAC_DIGITS:
        sizes = [PICC_DIGITS, length - PICC_DIGITS - MAC_DIGITS, MAC_DIGITS]
    elif length in (UID_DIGITS + COUNTER_DIGITS, UID_DIGITS + COUNTER_DIGITS + MAC_DIGITS):
        sizes = [UID_DIGITS, COUNTER_DIGITS, length - UID_DIGITS - COUNTER_DIGITS]
    else:
        return [*runs]
    parts, rest = [], first
    for size in filter(None, sizes):
        parts.append((at, rest[:size]))
        at, rest = at + size, rest[size:]
    return [*parts, *runs[1:]]


def _arranged(address: str, parts: Sequence[tuple[int, str]]) -> Mirror | None:
    lengths = tuple(len(text) for _, text in parts)
    if len(parts) not in (2, 3) or lengths[-1] != MAC_DIGITS:
        return None
    texts = [text for _, text in parts]
    mac = bytes.fromhex(texts[-1])
    if lengths[:-1] == (UID_DIGITS, COUNTER_DIGITS):
        return Mirror(mac, uid=bytes.fromhex(texts[0]), counter=int(texts[1], 16))
    if lengths[0] != PICC_DIGITS:
        return None
    if len(parts) == 2:  # noqa: PLR2004 - PICCData and MAC
        return Mirror(mac, bytes.fromhex(texts[0]))
    if lengths[1] % PICC_DIGITS:
        return None
    signed = address[parts[1][0] : parts[2][0]]
    return Mirror(mac, bytes.fromhex(texts[0]), signed=signed)


def opened(mirror: Mirror, reading: bytes) -> Said | None:
    """Return number and counter as the mirror claims them; the MAC is not looked at yet."""
    if not mirror.picc:
        return Said(mirror.uid, mirror.counter)
    plain = _aes_cbc(reading, bytes(_BLOCK), mirror.picc)
    if plain[0] != _PICC_TAG:
        return None
    uid, counter = plain[1:][:_UID_BYTES], plain[1 + _UID_BYTES :][:_COUNTER_BYTES]
    return Said(uid, int.from_bytes(counter, "little"))


def mac_of(key: bytes, said: Said, signed: bytes = b"") -> bytes:
    """Return the eight bytes that the badge of ``key`` signs ``said`` and the text with."""
    full = cmac(session_mac_key(key, said), signed)
    return full[1::2]


def session_mac_key(key: bytes, said: Said) -> bytes:
    """Return the key of one reading that signs (AN12196 chapter 3.4, SV2)."""
    return cmac(key, _SESSION_MAC + _counted(said))


def session_enc_key(key: bytes, said: Said) -> bytes:
    """Return the key of one reading that encrypts file data (AN12196, SV1)."""
    return cmac(key, _SESSION_ENC + _counted(said))


def _counted(said: Said) -> bytes:
    return said.uid + said.counter.to_bytes(_COUNTER_BYTES, "little")


def file_data(key: bytes, said: Said, encrypted: bytes) -> bytes:
    """Return the plain file data of one reading."""
    session = session_enc_key(key, said)
    counter = said.counter.to_bytes(_COUNTER_BYTES, "little")
    return _aes_cbc(session, _aes_ecb(session, counter.ljust(_BLOCK, b"\0")), encrypted)


def badge_key(master: bytes, uid: bytes) -> bytes:
    """Return the key that only the badge ``uid`` (seven bytes) has."""
    return diversified(master, uid + _SYSTEM)


def diversified(master: bytes, about: bytes) -> bytes:
    """Return the AES-128 key that AN10922 (chapter 2.2) makes of a master key.

    ``about`` has 16 to 31 bytes: shorter ones would need the note's own padding.
    """
    if not _BLOCK <= len(about) < 2 * _BLOCK:
        raise ValueError(f"{len(about)} bytes to diversify by")
    return cmac(master, _DIVERSIFIED + about)


def cmac(key: bytes, text: bytes) -> bytes:
    """Return the AES-CMAC of NIST SP 800-38B, 16 bytes."""
    from cryptography.hazmat.primitives.ciphers.algorithms import AES  # noqa: PLC0415 - few sites have such badges
    from cryptography.hazmat.primitives.cmac import CMAC  # noqa: PLC0415 - the same

    made = CMAC(AES(key))
    made.update(text)
    return made.finalize()


def _aes_cbc(key: bytes, start: bytes, text: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, modes  # noqa: PLC0415 - at its first use
    from cryptography.hazmat.primitives.ciphers.algorithms import AES  # noqa: PLC0415 - the same

    opened = Cipher(AES(key), modes.CBC(start)).decryptor()
    return opened.update(text) + opened.finalize()


def _aes_ecb(key: bytes, block: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, modes  # noqa: PLC0415 - at its first use
    from cryptography.hazmat.primitives.ciphers.algorithms import AES  # noqa: PLC0415 - the same

    made = Cipher(AES(key), modes.ECB()).encryptor()  # noqa: S305 - one block, as AN12196 says
    return made.update(block) + made.finalize()
