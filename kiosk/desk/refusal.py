"""The one error meant for people: the kiosk says no, why, and what to do next."""

from typing import Any


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """The kiosk refuses, with a code and the facts of the case.

    ``code`` is ``area.reason`` (``badge.blocked``); words are made from it at the edge with
    ``words.sentence``. ``facts`` are the values the sentence names. Never the answer to a bug.
    """

    def __init__(self, code: str, **facts: Any) -> None:  # noqa: ANN401 - facts are whatever the sentence names
        super().__init__(code)
        self.code = code
        self.facts: dict[str, Any] = facts

    def __str__(self) -> str:
        """Return ``code name='value'`` for logs, never for a screen."""
        shown = " ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code} {shown}".rstrip()
