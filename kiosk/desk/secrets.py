"""Keys and PINs: the site key in its file, sealed personal fields, blind lookups, signed codes.

Personal fields are AES-256-GCM under a key of their own subject, with the subject's id as
associated data, so a sealed text moved to another person does not open. Subject keys lie in the
database wrapped by the site key, which lies in a file outside it. PINs are Argon2id (RFC 9106) with
a pepper from the same file: a stolen database alone gives neither.
"""

import base64
import binascii
import hashlib
import hmac
import os
import stat
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from kiosk.desk.clauses import Rules
from kiosk.desk.refusal import Refused

_KEY_BYTES = 32
_NONCE_BYTES = 12  # NIST SP 800-38D: 96 bits, random, never twice under one key
_HEADING = "gatehouse-kiosk site key 1"
_SEALED = "s1"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_SHORTEST_PIN, _LONGEST_PIN = 4, 12

# Argon2id: 32 MiB and three passes take about 0.1 s on a gatehouse PC and leave its memory alone.
_MEMORY_KIB, _PASSES, _LANES = 32 * 1024, 3, 1

# Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class SiteKey:
    """The key of one site. Its uses are separate keys derived from it with HMAC-SHA-256."""

    secret: bytes = field(repr=False)

    @classmethod
    def create(cls, path: Path) -> "SiteKey":
        """Make a new key file, mode 0600; raise ``Refused("site_key.exists")`` over an old one."""
        made = cls(os.urandom(_KEY_BYTES))
        made.keep(path)
        return made

    def keep(self, path: Path) -> None:
        """Write the key into a new file, mode 0600; raise ``Refused`` as ``create``."""
        secret = self.secret
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise Refused("site_key.exists", file=str(path)) from None
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{_HEADING}\n{secret.hex()}\n{_checksum(secret)}\n")
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(path.parent)

    @classmethod
    def load(cls, path: Path) -> "SiteKey":
        """Read the key file.

        Raises ``Refused``: ``site_key.missing``, ``site_key.open_to_others`` (anybody but its owner
        may read or write it), ``site_key.unreadable``, ``site_key.damaged``.
        """
        try:
            with path.open("rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                content = file.read(1024)
        except (FileNotFoundError, NotADirectoryError):
            raise Refused("site_key.missing", file=str(path)) from None
        except OSError as error:
            raise Refused("site_key.unreadable", file=str(path), why=error.strerror) from None
        if mode & _OTHERS:
            raise Refused("site_key.open_to_others", file=str(path), mode=f"{mode & 0o777:04o}")
        secret = _read_secret(content)
        if secret is None:
            raise Refused("site_key.damaged", file=str(path))
        return cls(secret)

    @cached_property
    def pepper(self) -> bytes:
        """What is mixed into every PIN before it is hashed."""
        return self._derived("pepper")

    @cached_property
    def _wrapping(self) -> bytes:
        return self._derived("wrap")

    @cached_property
    def _blinding(self) -> bytes:
        return self._derived("blind")

    @cached_property
    def _signing(self) -> bytes:
        return self._derived("sign")

    @cached_property
    def card_secret(self) -> bytes:
        """What the keys of badges that prove themselves are made of."""
        return self._derived("card")

    def _derived(self, use: str) -> bytes:
        return hmac.digest(self.secret, f"gatehouse-kiosk {use} 1".encode(), hashlib.sha256)

    def wrap(self, key: bytes) -> str:
        """Return a subject's key, encrypted for the database."""
        return _encrypted(self._wrapping, key, b"subject key")

    def unwrap(self, wrapped: str) -> bytes:
        """Return the subject's key; raise ``Refused("sealed.damaged")`` when it does not open."""
        return _decrypted(self._wrapping, wrapped, b"subject key")

    def unwraps(self, wrapped: str) -> bool:
        """Say whether this is the key, undamaged, that ``wrapped`` was wrapped by."""
        try:
            self.unwrap(wrapped)
        except Refused:
            return False
        return True

    def blind(self, text: str) -> str:
        """Return what ``text`` is looked up by: equal for equal texts, and nothing leads back."""
        return hmac.digest(self._blinding, text.encode(), hashlib.sha256).hex()

    def sign(self, text: str, length: int = 8) -> str:
        """Return ``length`` letters and digits that nobody without the key can make for ``text``.

        Crockford's base 32, 5 bits each, at most 51. Compare with ``hmac.compare_digest``.
        """
        number = self._signed(text)
        return "".join(_ALPHABET[number >> 5 * at & 31] for at in range(length))

    def sign_digits(self, text: str, length: int) -> str:
        """Return ``length`` digits that nobody without the key can make for ``text``.

        For codes that hold digits only; at most 60 of them. Compare as in ``sign``.
        """
        return f"{self._signed(text) % 10**length:0{length}}"

    def _signed(self, text: str) -> int:
        return int.from_bytes(hmac.digest(self._signing, text.encode(), hashlib.sha256), "big")


def _checksum(secret: bytes) -> str:
    return hashlib.sha256(b"site key" + secret).hexdigest()[:16]


def _read_secret(content: bytes) -> bytes | None:
    lines = content.decode("ascii", errors="replace").split()
    try:
        secret, check = bytes.fromhex(lines[-2]), lines[-1]
    except (IndexError, ValueError):
        return None
    known = " ".join(lines[:-2]) == _HEADING and len(secret) == _KEY_BYTES
    return secret if known and check == _checksum(secret) else None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)  # the file's name must survive the power cut as well
    finally:
        os.close(handle)


def _text(stored: object) -> str:
    """Return what the database has in a column of text; SQLite lets any type lie there."""
    if not isinstance(stored, str):
        raise Refused("sealed.damaged")
    return stored


def new_subject_key() -> bytes:
    """Return a new random key for one person's fields."""
    return os.urandom(_KEY_BYTES)


def seal(key: bytes, subject: str, text: str) -> str:
    """Return ``text`` sealed under the key of ``subject``, whose id it carries."""
    return f"{_SEALED}.{subject}.{_encrypted(key, text.encode(), subject.encode())}"


def is_sealed(text: str) -> bool:
    """Say whether ``text`` has the form of a sealed value."""
    return text.startswith(f"{_SEALED}.")


def subject_of(sealed: str) -> str:
    """Return whose key opens ``sealed``; raise ``Refused("sealed.damaged")`` for other text."""
    mark, _, rest = _text(sealed).partition(".")
    subject, _, _ = rest.rpartition(".")
    if mark != _SEALED or not subject:
        raise Refused("sealed.damaged")
    return subject


def open_sealed(key: bytes, subject: str, sealed: str) -> str:
    """Return the text that ``seal`` was given.

    Raises ``Refused("sealed.damaged")`` when one character was changed or it is another subject's.
    """
    if subject_of(sealed) != subject:
        raise Refused("sealed.damaged")
    return _decrypted(key, sealed.rpartition(".")[2], subject.encode()).decode()


def _encrypted(key: bytes, content: bytes, about: bytes) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - off the way to the first paint

    nonce = os.urandom(_NONCE_BYTES)
    return base64.urlsafe_b64encode(nonce + AESGCM(key).encrypt(nonce, content, about)).decode()


def _decrypted(key: bytes, text: str, about: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - off the way to the first paint
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - the same

    try:
        raw = base64.b64decode(_text(text).encode("ascii"), altchars=b"-_", validate=True)
        # The last character has bits that mean nothing: changed ones are a change too.
        about += b"" if base64.urlsafe_b64encode(raw).decode() == text else b"changed"
        return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], about)
    except (InvalidTag, binascii.Error, ValueError):
        raise Refused("sealed.damaged") from None


def _digits(pin: str) -> str:
    """Return the PIN as an input method in full-width mode meant it: ２５８０ is 2580."""
    return unicodedata.normalize("NFKC", pin)


def check_new_pin(pin: str) -> None:
    """Raise ``Refused`` for a PIN nobody should have.

    ``pin.not_digits``, ``pin.bad_length`` (4 to 12 digits), ``pin.too_easy``: one digit over and
    over, a run up or down (1234, 9876), a short group repeated (1212, 123123).
    """
    digits = _digits(pin)
    if not (digits.isascii() and digits.isdigit()):
        raise Refused("pin.not_digits")
    if not _SHORTEST_PIN <= len(digits) <= _LONGEST_PIN:
        raise Refused("pin.bad_length", shortest=_SHORTEST_PIN, longest=_LONGEST_PIN)
    if _is_run(digits) or _is_repeated(digits):
        raise Refused("pin.too_easy")


def _is_run(digits: str) -> bool:
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    return len(steps) == 1 and steps <= {0, 1, 9}


def _is_repeated(digits: str) -> bool:
    return digits in (digits + digits)[1:-1]


def hash_pin(pin: str, pepper: bytes) -> str:
    """Return the Argon2id hash of the PIN in its usual text form; takes about 0.1 s on purpose."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - off the way to the first paint

    hasher = PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=_LANES)
    return hasher.hash(_peppered(pin, pepper))


def verify_pin(pin: str, hashed: str, pepper: bytes) -> bool:
    """Say whether ``pin`` is the one that was hashed; a damaged hash fits none."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - off the way to the first paint
    from argon2.exceptions import Argon2Error  # noqa: PLC0415 - the same

    try:
        return PasswordHasher().verify(hashed, _peppered(pin, pepper))
    except (Argon2Error, ValueError):
        return False


def _peppered(pin: str, pepper: bytes) -> bytes:
    return hmac.digest(pepper, _digits(pin).encode("utf-8", "surrogatepass"), hashlib.sha256)


def pin_wait(wrong: int, rules: Rules) -> int:
    """Return the seconds to wait after ``wrong`` wrong PINs in a row: 0, then doubling."""
    if wrong < rules.pin_tries:
        return 0
    doublings = min(wrong - rules.pin_tries, 30)  # beyond that every longest wait is reached
    return int(min(rules.pin_first_wait_s << doublings, rules.pin_longest_wait_s))
