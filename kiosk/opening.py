"""Open the book and make the devices: everything heavy, after the first picture is painted."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO

from kiosk import features
from kiosk.desk import fonts, spool
from kiosk.desk.clock import Clock
from kiosk.desk.desk import Desk
from kiosk.desk.pen import Pen
from kiosk.desk.settings import Settings
from kiosk.devices import Devices
from kiosk.notifying import Notifier
from kiosk.ui.context import Context
from kiosk.ui.verdict import Verdict

log = logging.getLogger("kiosk")


@dataclass(frozen=True, slots=True)
class Opened:
    """A kiosk at work: its book, its devices, and what it sends."""

    context: Context
    devices: Devices
    notifier: Notifier


def open_kiosk(
    settings: Settings,
    clock: Clock,
    lock: IO[str] | None,
    listener: Callable[[object], None],
    answer: Callable[[Verdict], None],
    changed: Callable[[], None],
) -> Opened:
    """Open the book, look after what the last run left, and make the devices (not started yet).

    Raises ``Refused`` like ``Desk.open``.
    """
    desk = Desk.open(settings, clock, lock)
    pen = Pen()
    _choose_fonts(settings)
    lost = spool.recover(desk)
    if lost:
        log.warning("%s slips were being printed when the kiosk ended", lost)
    notifier = Notifier(desk, pen, features.outboxes(), changed)
    late = notifier.give_up_old()
    if late:
        log.warning("%s notices were not sent when the kiosk ended", late)
    context = Context(
        desk, pen, features.outstanding, answer, changed, holdings=features.holdings,
        ends_for=features.end_for_leaver, notes=partial(features.notes, desk),
    )  # fmt: skip
    devices = Devices(settings, desk, pen, listener, changed)
    context.printer_trouble = devices.printer_trouble
    context.reader_lost = devices.reader_lost
    context.inside, context.inside_of_code = features.inside, features.inside_of_code
    context.inside_of_tag = features.inside_of_tag
    return Opened(context, devices, notifier)


def _choose_fonts(settings: Settings) -> None:
    """Ask the site's own font first, on paper and for the large name."""
    own = [printer.font for printer in settings.printers if printer.font is not None]
    if own:
        fonts.use_fonts(own)


def close_kiosk(opened: Opened) -> None:
    """Stop the notices and the devices, finish what is being written, close the book."""
    opened.notifier.stop()
    opened.devices.stop()
    opened.context.pen.close()
    opened.context.desk.close()
