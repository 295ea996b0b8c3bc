"""``kiosk init``: a new site in a folder: settings, site key, book, the first administrator."""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import secrets as chance
import sys
from dataclasses import dataclass
from pathlib import Path

from kiosk.commands import account
from kiosk.commands.pin import ask_new_pin
from kiosk.commands.work import DONE
from kiosk.desk import settings as desk_settings
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.words import _, current, use

_PIN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new site needs to know; ``pin`` is "" until one is chosen."""

    language: str
    site_name: str
    gate: str
    gate_name: str
    admin_name: str
    admin_no: str
    pin: str
    pin_was_made: bool


def init(args: argparse.Namespace) -> int:
    """Make the site; nothing is left behind when it cannot be finished.

    Raises ``Refused``: ``init.not_empty`` for a folder that has a site, those of settings and PIN.
    """
    folder: Path = args.folder
    if folder.exists() and not folder.is_dir():
        raise Refused("init.folder", folder=str(folder), why=os.strerror(errno.ENOTDIR))
    taken = [n for n in ("kiosk.toml", "site.key", "kiosk.db") if (folder / n).exists()]
    if taken:
        raise Refused("init.not_empty", folder=str(folder), found=taken)
    founding = _ask(args)
    use(founding.language)
    _found(folder, founding)
    _tell(folder, founding)
    return DONE


def _ask(args: argparse.Namespace) -> Founding:
    language = args.language or current()
    use(language)
    asked = sys.stdin is not None and sys.stdin.isatty()

    def one(given: str | None, question: str, usual: str) -> str:
        if given is None and asked:
            given = input(f"{question} [{usual}]: ")
        return clean(given or "", 40) or usual

    site_name = one(args.site_name, _("Name of the house"), _("Our house"))
    gate = one(args.gate, _("Short name of this gate in Latin letters"), "east")
    gate_name = one(args.gate_name, _("Name of this gate on the screen"), _("East gatehouse"))
    admin_name = one(args.admin_name, _("Name of the first administrator"), _("Administrator"))
    admin_no = one(args.admin_no, _("Staff number of the first administrator"), "9001")
    pin, made = _pin(asked=asked)
    return Founding(language, site_name, gate, gate_name, admin_name, admin_no, pin, made)


def _pin(*, asked: bool) -> tuple[str, bool]:
    """Return the administrator's PIN: typed, piped, or made by chance and told once."""
    from kiosk.desk.secrets import check_new_pin  # noqa: PLC0415 - only a new site needs it

    try:
        typed = ask_new_pin(sys.stdin) if sys.stdin is not None else ""
    except Refused as refused:
        if asked or refused.code != "pin.not_given":
            raise
        typed = ""
    if typed:
        check_new_pin(typed)
        return typed, False
    while True:
        made = "".join(chance.choice("0123456789") for _digit in range(_PIN_DIGITS))
        try:
            check_new_pin(made)
        except Refused:
            continue
        return made, True


def _found(folder: Path, founding: Founding) -> None:
    from kiosk import features  # noqa: F401, PLC0415 - registers every feature's tables
    from kiosk.desk.desk import Desk  # noqa: PLC0415 - 0.3 s that `--help` does not wait for
    from kiosk.desk.secrets import SiteKey  # noqa: PLC0415 - the same

    made = not folder.exists()
    file = folder / "kiosk.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        desk_settings.write_example(file, _answers(founding))
        settings = desk_settings.load(file, {})
        SiteKey.create(settings.desk.site_key)
        desk = Desk.open(settings)
        try:
            _first_entries(desk, founding)
        finally:
            desk.close()
    except OSError as error:
        _undo(folder, made=made)
        raise Refused(
            "init.folder", folder=str(folder), why=os.strerror(error.errno or 0)
        ) from error
    except BaseException:
        _undo(folder, made=made)
        raise


def _answers(founding: Founding) -> dict[str, object]:
    return {
        "site.gate": founding.gate,
        "site.name": founding.site_name,
        "site.gate_name": founding.gate_name,
        "site.language": founding.language,
    }


def _undo(folder: Path, *, made: bool) -> None:
    for name in (
        "kiosk.toml",
        "site.key",
        "kiosk.db",
        "kiosk.db-wal",
        "kiosk.db-shm",
        "kiosk.db.lock",
    ):
        with contextlib.suppress(OSError):  # why it could not be made says also why this fails
            (folder / name).unlink(missing_ok=True)
    if made and folder.exists() and not any(folder.iterdir()):
        folder.rmdir()


def _first_entries(desk: object, founding: Founding) -> None:
    from kiosk.desk.desk import Desk  # noqa: PLC0415 - see _found
    from kiosk.desk.names import pinyin_of  # noqa: PLC0415 - the same
    from kiosk.desk.people import Person, Rank, Role  # noqa: PLC0415 - the same
    from kiosk.desk.signing import set_pin  # noqa: PLC0415 - the same

    assert isinstance(desk, Desk)  # noqa: S101 - imported late, so typed here
    pinyin, initials = pinyin_of(founding.admin_name)
    with desk.write(account=account.own()) as tx:
        tx.record("site.founded", gate=founding.gate)
        admin = tx.put(
            Person(
                staff_no=founding.admin_no,
                name=founding.admin_name,
                pinyin=pinyin,
                initials=initials,
                rank=Rank.ORDINARY,
                role=Role.ADMINISTRATOR,
            )
        )
        tx.record("person.added", person=admin.staff_no)
        set_pin(tx, desk.site_key, admin, founding.pin)


def _tell(folder: Path, founding: Founding) -> None:
    lines = [
        _("The site is made in {folder}.").format(folder=folder),
        _("Administrator {name}, staff number {number}.").format(
            name=founding.admin_name, number=founding.admin_no
        ),
    ]
    if founding.pin_was_made:
        lines.append(
            _(
                "PIN {pin} - note it now, it is not shown again;"
                " change it with: kiosk people set-pin {number} --config {file}"
            ).format(pin=founding.pin, number=founding.admin_no, file=folder / "kiosk.toml")
        )
    following = _("Next: name reader and printer in {file}, then: kiosk run --config {file}")
    lines.append(following.format(file=folder / "kiosk.toml"))
    print("\n".join(lines))  # noqa: T201 - this is the command line
