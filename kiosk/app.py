"""The composition root: opens desk and devices, lists the screens, routes a tap. It holds no rules."""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from drivers.device import connect
from drivers.events import (
    CardNumberTyped,
    CardPresented,
    CardsTogether,
    CardUnreadable,
    CodeScanned,
    Event,
)
from drivers.slip_printer import SlipPrinter
from drivers.supervisor import Supervisor
from kiosk import features, front_door, screens_list, status
from kiosk.desk import posts, spool
from kiosk.desk.bearer import Bearer
from kiosk.desk.desk import Desk
from kiosk.desk.pen import Pen
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, current, use
from kiosk.printing import Spooler
from kiosk.sounds import Sounds
from kiosk.taps import Repeats, bearer_of, uid_text
from kiosk.ui import palette
from kiosk.ui.bars import Key, StatusBar
from kiosk.ui.context import Context
from kiosk.ui.dialogs import AskProof, Dialog
from kiosk.ui.home import HomeScreen
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import SHOWN_S, Verdict, broken, refusal

log = logging.getLogger("kiosk.app")
_TICK_S = 1.0
_REST_AFTER_S, _REST_AFTER_ENTRIES = 2.0, 200
_AFTER_DIALOG_S = 0.7
_LOW_ROWS = 30


@dataclass
class DeviceSaid(Message):
    """A device's event, carried from its thread into the application."""

    event: Event


class KioskApp(App[None]):
    """The kiosk at one gate."""

    CSS_PATH = "kiosk.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "change_operator", show=False, priority=True),
        Binding("f12", "change_language", show=False, priority=True),
    ]
