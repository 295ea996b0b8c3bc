"""What a command is given, beside a running kiosk or without: book, arguments, a way to speak."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from kiosk.desk.refusal import Refused

if TYPE_CHECKING:
    from kiosk.desk.desk import Desk
    from kiosk.desk.transaction import Transaction

Args = ParamSpec("Args")
Result = TypeVar("Result")

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
"""Exit statuses: done; refused or a check failed; wrong usage."""


class Kiosk(Protocol):
    """The running kiosk, as far as a command carried by it knows it."""

    def next_card(self, seconds: float) -> str:
        """Return the next card at any reader (upper-case hex), "" when none came in time."""

    def device_states(self) -> Mapping[str, str]:
        """Return what each device said last: ``up``, or the code of its trouble."""

    def write(
        self, use_case: Callable[Args, Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        """Run ``use_case`` on the pen, in order with the taps."""

    def queued(self) -> None:
        """Something waits for the printer."""


def _nowhere(content: bytes) -> None:
    """Refuse to lose what was made."""
    raise LookupError(f"nobody takes the file of {len(content)} bytes")


@dataclass
class Work:
    """One command at work; ``kiosk`` is None when no kiosk runs.

    ``account`` is the operating system's account of who gave the command. ``give`` hands the
    content of a file to whoever gave it, who writes it in the folder where the command was typed.
    """

    desk: Desk
    args: argparse.Namespace
    say: Callable[[str], None]
    complain: Callable[[str], None]
    files: Mapping[str, bytes] = field(default_factory=dict)
    typed: str = ""
    kiosk: Kiosk | None = None
    account: str = ""
    give: Callable[[bytes], None] = _nowhere

    def write(
        self, use_case: Callable[Concatenate[Transaction, Args], Result],
        *args: Args.args, **kwargs: Args.kwargs,
    ) -> Result:  # fmt: skip
        """Run a use case in one transaction: on the pen of a running kiosk, else here.

        Each of its entries names the account that gave the command.
        """

        def in_one() -> Result:
            with self.desk.write(account=self.account) as tx:
                return use_case(tx, *args, **kwargs)

        return self.kiosk.write(in_one) if self.kiosk is not None else in_one()

    def file(self, name: str) -> bytes:
        """Return a file named on the command line; raise ``Refused("file.missing")``."""
        if name not in self.files:
            raise Refused("file.missing", file=name)
        return self.files[name]


def read_file(path: Path) -> bytes:
    """Read a file named on the command line. Raises ``Refused`` for one that cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused("file.missing", file=str(path)) from None
    except OSError as error:
        raise Refused("file.unreadable", file=str(path), why=error.strerror or "") from None
