"""Open the book and make the devices: everything heavy, after the first picture is painted."""

from kiosk import no_orm  # noqa: F401 - before whatever has a table

# isort: split
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING

from kiosk import features
from kiosk.desk import fonts, spool
from kiosk.desk.clock import Clock
from kiosk.desk.desk import Desk
from kiosk.desk.pen import Pen
from kiosk.desk.settings import Settings
from kiosk.desk.site_desks import introduce
from kiosk.devices import Devices
from kiosk.notifying import Notifier
from kiosk.ui.context import Context
from kiosk.ui.verdict import Verdict

if TYPE_CHECKING:
    from kiosk.hub.uplink import Uplink

log = logging.getLogger("kiosk")


@dataclass(frozen=True, slots=True)
class Opened:
    """A kiosk at work: its book, its devices, and what it sends."""

    context: Context
    devices: Devices
    notifier: Notifier
    uplink: "Uplink | None" = None


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
    introduce(desk)
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
    context.whereabouts = features.whereabouts
    context.at_desks = features.at_desks
    context.inside, context.inside_of_code = features.inside, features.inside_of_code
    context.inside_of_tag = features.inside_of_tag
    return Opened(context, devices, notifier, _uplink(context))


def _uplink(context: Context) -> "Uplink | None":
    """Begin the line to the hub, where there is one; it is dialled beside everything else."""
    if context.desk.settings.hub.alone:
        return None
    from kiosk.following import Following  # noqa: PLC0415 - a desk that stands alone loads none of it
    from kiosk.hub.claims import Claims  # noqa: PLC0415 - the same
    from kiosk.hub.uplink import Uplink  # noqa: PLC0415 - the same

    uplink = Uplink(context.desk, context.pen, context.changed, hooks=features.hooks())
    uplink.each_round.append(Following(context.desk, context.pen))
    context.hub = Claims(context.desk, context.pen, uplink, features.claimed)
    context.hub_state = context.desk.hub_state = uplink.now
    uplink.start()
    return uplink


def _choose_fonts(settings: Settings) -> None:
    """Ask the site's own font first, on paper and for the large name."""
    own = [printer.font for printer in settings.printers if printer.font is not None]
    if own:
        fonts.use_fonts(own)


def close_kiosk(opened: Opened) -> None:
    """Stop the line, notices and devices, finish what is being written, close the book."""
    if opened.uplink is not None:
        opened.uplink.stop()
    opened.notifier.stop()
    opened.devices.stop()
    opened.context.pen.close()
    opened.context.desk.close()
