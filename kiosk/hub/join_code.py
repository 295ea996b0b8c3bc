"""The code that brings a desk to the site: sixteen letters and digits, read aloud or on paper.

Fifteen are chance (75 bits), the last tells a slip of the tongue. From the code Argon2id makes two
secrets: the password by which the desk may log in once, and the key under which the site key
travels. The hub has neither: of the password it keeps what SCRAM needs to check it, and of the site
key only the sealed text.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from kiosk.desk.refusal import Refused

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_HEARD = str.maketrans("ILO", "110")  # what people type for what they hear
_CHANCE = 15
_GROUP = 4
_MEMORY_KIB, _PASSES, _LANES, _BYTES = 64 * 1024, 3, 1, 32  # RFC 9106, second choice, one lane


@dataclass(frozen=True, slots=True)
class JoinSecrets:
    """What a code is worth at one gate."""

    password: str = field(repr=False)
    key: bytes = field(repr=False)


def new_code() -> str:
    """Return a new code in groups of four: ``7D02-93AF-00C4-B1E6``."""
    chance = "".join(secrets.choice(_ALPHABET) for _letter in range(_CHANCE))
    whole = chance + _check(chance)
    return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


def _check(chance: str) -> str:
    return _ALPHABET[hashlib.sha256(b"join" + chance.encode()).digest()[0] & 31]


def plain(typed: str) -> str:
    """Return a code as it was made, however it was typed.

    Raises ``Refused("hub.code_mistyped")`` when a letter is missing or wrong.
    """
    code = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(_HEARD)
    if len(code) != _CHANCE + 1 or not set(code) <= set(_ALPHABET) or _check(code[:-1]) != code[-1]:
        raise Refused("hub.code_mistyped")
    return code


def secrets_of(code: str, gate: str) -> JoinSecrets:
    """Return what the code is worth for the desk ``gate``; takes about 0.2 s on purpose.

    Raises ``Refused("hub.code_mistyped")``.
    """
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 - only who joins needs it

    salt = hashlib.sha256(f"gatehouse-kiosk join 1 {gate}".encode()).digest()[:16]
    root = hash_secret_raw(
        plain(code).encode(), salt, _PASSES, _MEMORY_KIB, _LANES, _BYTES, Type.ID
    )
    return JoinSecrets(
        hmac.digest(root, b"password", hashlib.sha256).hex(),
        hmac.digest(root, b"site key", hashlib.sha256),
    )
