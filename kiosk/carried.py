"""Commands that a running kiosk does for the command line, in order with the taps."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from kiosk.commands.perform import perform
from kiosk.control import ControlServer, Request, Say
from kiosk.usage import how_of, parser

if TYPE_CHECKING:
    from kiosk.devices import Devices
    from kiosk.tap_router import TapRouter
    from kiosk.ui.context import Context

Args = ParamSpec("Args")
Result = TypeVar("Result")
log = logging.getLogger("kiosk.control")
_ALLOWED = frozenset({"writes", "doctor"})


class Running:
    """The running kiosk as a command sees it."""

    def __init__(self, context: Context, devices: Devices, taps: TapRouter) -> None:
        self._context, self._devices, self._taps = context, devices, taps

    def next_card(self, seconds: float) -> str:
        """Return the next card at any reader; it does nothing else."""
        wanted: Future[str] = Future()
        self._taps.wanted = wanted
        try:
            return wanted.result(timeout=seconds)
        except TookTooLong:
            return ""
        finally:
            self._taps.wanted = None

    def device_states(self) -> Mapping[str, str]:
        """Return what each device said last."""
        return self._devices.states()

    def write(
        self, use_case: Callable[Args, Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        """Run a use case on the pen."""
        done = self._context.pen.queue(use_case, *args, **kwargs).result()
        self._context.changed()
        return done

    def queued(self) -> None:
        """Print what waits."""
        self._devices.queued()


def listen(context: Context, devices: Devices, taps: TapRouter) -> ControlServer:
    """Start listening beside the database."""
    running = Running(context, devices, taps)

    def do(request: Request, say: Say) -> int:
        try:
            args = parser().parse_args(request.argv)
        except SystemExit:
            return 2
        if how_of(args) not in _ALLOWED:
            return 2
        log.info("command line: %s", args.command)
        return perform(
            args, request, context.desk,
            lambda text: say("say", text), lambda text: say("complain", text), running,
            give=lambda content: say("file", base64.b64encode(content).decode()),
        )  # fmt: skip

    server = ControlServer(context.desk.settings.desk.database, do)
    server.start()
    return server
