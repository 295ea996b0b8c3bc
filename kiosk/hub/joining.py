"""A desk joins its site: the code opens the parcel with the site key, and the files are written."""

from __future__ import annotations

import json
import os
import secrets as chance
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.desk import secrets
from kiosk.desk import settings as desk_settings
from kiosk.desk.clauses import Rules
from kiosk.desk.refusal import Refused
from kiosk.desk.secrets import SiteKey
from kiosk.desk.settings import Settings
from kiosk.desk.settings_example import write_example
from kiosk.hub.founding import Parcel
from kiosk.hub.join_code import JoinSecrets, secrets_of
from kiosk.hub.kiosk_toml import set_hub
from kiosk.hub.line import Line, is_here
from kiosk.hub.wire import HubGone, Wire, role_of

_PASSWORD_BYTES = 32
CA_FILE, PASSWORD_FILE = "hub.crt", "hub.password"


@dataclass(frozen=True, slots=True)
class Joining:
    """Which desk joins which hub: ``file`` is its kiosk.toml, which may not be there yet."""

    file: Path
    gate: str
    address: str
    database: str
    language: str


def join(asked: Joining, code: str, env: Mapping[str, str]) -> Settings:
    """Join with ``code`` and return the desk's settings; nothing is used up when it fails.

    A desk that the hub has taken already, and that was stopped before it said so, has joined.
    Raises ``HubGone`` and ``Refused``: ``hub.code_mistyped``, ``hub.code_unknown`` (wrong, over or
    used: the hub does not say which), ``hub.code_over``, ``hub.another_key``, those of settings.
    """
    worth = secrets_of(code, asked.gate)
    try:
        return _joined(asked, worth, env)
    except Refused as refused:
        made = _taken_already(asked, env) if refused.code == "hub.code_unknown" else None
        if made is None:
            raise
        return made


def _taken_already(asked: Joining, env: Mapping[str, str]) -> Settings | None:
    """Return the settings of a desk whose own password the hub takes, None for any other."""
    if not asked.file.exists():
        return None
    made = desk_settings.load(asked.file, env)
    if (made.hub.address, made.hub.database) != (asked.address, asked.database):
        return None
    try:
        Wire.of(made).close()
    except (HubGone, Refused):
        return None
    return made


def _joined(asked: Joining, worth: JoinSecrets, env: Mapping[str, str]) -> Settings:
    with _first_line(asked, worth.password) as line:
        password = chance.token_urlsafe(_PASSWORD_BYTES)
        line.ask("BEGIN")
        verifier = line.verifier(password, role_of(asked.gate))
        [(sealed,)] = line.ask("SELECT kiosk.join(%s)", (verifier,))
        text = secrets.open_sealed(worth.key, f"join-{asked.gate}", sealed)
        made = _unpack(asked, Parcel(**json.loads(text)), password, env)
        line.ask("COMMIT")
    Wire.of(made).close()
    return made


@contextmanager
def _first_line(asked: Joining, password: str) -> Iterator[Line]:
    wait_s = float(Rules().hub_wait_s)
    try:
        line = Line(
            asked.address, asked.database, role_of(asked.gate), password, ca="", wait_s=wait_s
        )
    except Refused as refused:
        if refused.code == "hub.password":
            raise Refused("hub.code_unknown", gate=asked.gate) from None
        raise
    try:
        yield line
    finally:
        line.close()


def _unpack(asked: Joining, parcel: Parcel, password: str, env: Mapping[str, str]) -> Settings:
    _check_certificate(asked, parcel)
    key = SiteKey(bytes.fromhex(parcel.site_key))
    folder = asked.file.parent
    folder.mkdir(parents=True, exist_ok=True)
    _write_settings(asked, parcel)
    settings = desk_settings.load(asked.file, env)
    _check_key(settings, key)
    if not settings.desk.site_key.exists():
        key.keep(settings.desk.site_key)
    if parcel.ca:
        (folder / CA_FILE).write_text(parcel.ca, "utf-8")
    _write_private(folder / PASSWORD_FILE, password)
    set_hub(asked.file, _section(asked, parcel))
    return desk_settings.load(asked.file, env)


def _check_certificate(asked: Joining, parcel: Parcel) -> None:
    if not parcel.ca and not is_here(asked.address):
        raise Refused("hub.made_without_certificate")


def _write_settings(asked: Joining, parcel: Parcel) -> None:
    if asked.file.exists():
        return
    answers = {
        "site.gate": asked.gate, "site.name": parcel.site_name, "site.gate_name": parcel.gate_name,
        "site.timezone": parcel.timezone, "site.language": asked.language,
    }  # fmt: skip
    write_example(asked.file, answers)


def _check_key(settings: Settings, key: SiteKey) -> None:
    """Refuse to mix two sites: what is sealed under one key opens with no other."""
    file, book = settings.desk.site_key, settings.desk.database
    if file.exists() and SiteKey.load(file) != key:
        raise Refused("hub.another_key", file=str(file))
    if book.exists():
        from kiosk.desk.clock import system_clock  # noqa: PLC0415 - most desks join without a book
        from kiosk.desk.desk import Desk  # noqa: PLC0415 - the same

        desk = Desk(settings, system_clock, key)
        try:
            desk.check_site_key()
        finally:
            desk.close()


def _section(asked: Joining, parcel: Parcel) -> dict[str, object]:
    return {
        "address": asked.address, "database": asked.database, "ca": CA_FILE,
        "password": PASSWORD_FILE, "desk_number": parcel.number, "keeper": parcel.number == 0,
    }  # fmt: skip


def _write_private(file: Path, content: str) -> None:
    beside = file.with_name(f".{file.name}.part")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as made:
        made.write(content + "\n")
        made.flush()
        os.fsync(made.fileno())
    beside.replace(file)
