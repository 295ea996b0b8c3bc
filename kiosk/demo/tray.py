"""The demo's tray: cards to tap, codes to scan, plugs to pull - each with one key."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from drivers.emulators.id_cards import EmulatedIdCard
from kiosk.demo import cast
from kiosk.demo.names import BLOCKED_UID, ID_NAME, ID_NUMBER, KEYS, PLACE_TAG, UNKNOWN_UID
from kiosk.demo.stage import Stage
from kiosk.desk.safe_text import cells
from kiosk.desk.words import _
from kiosk.ui.words_on_screen import GAP

_HOLD_S = 0.35
_LENT_BADGE = next(iter(cast.SPARE_UIDS.values()))
_ID_CARD_HOLD_S = 1.5  # find, select, read: an ID card takes its time


ID_CARD = EmulatedIdCard(ID_NUMBER, ID_NAME, "female")
"""An invented visitor's card."""


@dataclass(frozen=True, slots=True)
class Trick:
    """One thing a visitor of the demo can do to the devices; one without ``short`` is under F11.

    ``person`` is true for somebody's badge: the tray shows two of them in a line.
    """

    key: str
    label: str
    short: str
    do: Callable[[], None]
    person: bool = False


class Tray:
    """What lies in front of the person who tries the kiosk."""

    def __init__(self, stage: Stage, last_code: Callable[[], str]) -> None:
        self._stage, self._last_code = stage, last_code

    def tricks(self) -> Sequence[Trick]:
        """Return every trick, in the order of its key."""
        known = (
            ("1", "1001", _("Zhang Wei, staff"), "张伟"), ("2", "1002", _("Li Na, staff"), "李娜"),
            ("3", "2001", _("Li Jianguo, guard"), "李建国"),
            ("4", "2002", _("Wang Lei, guard"), "王磊"),
            ("5", "9001", _("Chen Jing, administrator"), "陈静"),
            ("l", "1008", _("Zhou Zhiguo, leader on duty"), ""),
            ("h", cast.HEAD, _("Zhou Haiyan, head of finance"), ""),
            ("g", cast.LEADER, _("Sun Jianhua, leader in charge"), ""),
            ("c", cast.OFFICE, _("Ma Zhiqiang, office clerk"), ""),
        )  # fmt: skip
        badges = [
            Trick(key, f"{no} {told}", short, self._taps(badge_of(no)), person=True)
            for key, no, told, short in known
        ]
        return (
            *badges,
            Trick("6", KEYS[0].label, _("cabinet key"), self._taps(KEYS[0].tag)),
            Trick("7", KEYS[1].label, _("office key"), self._taps(KEYS[1].tag)),
            Trick("k", KEYS[3].label, "", self._taps(KEYS[3].tag)),
            Trick("b", _("Temporary badge 7, which is lent"), "", self._taps(_LENT_BADGE)),
            Trick("t", _("The tag of the safety check in the tea room"), "", self._taps(PLACE_TAG)),
            Trick("8", _("A blocked badge"), _("blocked"), self._taps(BLOCKED_UID)),
            Trick("9", _("A card nobody knows"), _("unknown"), self._taps(UNKNOWN_UID)),
            Trick("0", _("Two badges at once"), _("two"), self._two),
            Trick("s", _("Scan the newest visitor's slip"), _("scan"), self._scan),
            Trick("i", _("Lay a visitor's ID card on its reader"), _("ID"), self._id_card),
            Trick("r", _("Unplug the reader, or plug it in"), _("reader"), self._reader),
            Trick("o", _("Take the paper out, or put it in"), _("paper"), self._paper),
        )

    def lines(self, width: int) -> list[list[str]]:
        """Return the tray for the home screen: lines of ``width`` cells, broken between tricks."""
        shown: list[list[str]] = [[]]
        for part in (
            _("PIN 2580"), _("F11 tray"),
            *(f"{one.key} {one.short}" for one in self.tricks() if one.short),
        ):  # fmt: skip
            longer = [*shown[-1], part]
            if sum(cells(one) + GAP for one in longer) - GAP <= width or not shown[-1]:
                shown[-1] = longer
            else:
                shown.append([part])
        return shown

    def do(self, key: str) -> bool:
        """Do the trick of ``key``; False when there is none."""
        for trick in self.tricks():
            if trick.key == key:
                # A hand holds a card for a third of a second: not on the screen's own thread.
                threading.Thread(target=trick.do, name="tray", daemon=True).start()
                return True
        return False

    def newest_picture(self) -> Path | None:
        """Return the newest printed slip."""
        pictures = self._stage.printer.pictures
        return pictures[-1] if pictures else None

    def _taps(self, *uids: str) -> Callable[[], None]:
        def tap() -> None:
            self._stage.reader.present(*[bytes.fromhex(uid) for uid in uids])
            threading.Event().wait(_HOLD_S)
            self._stage.reader.remove()

        return tap

    def _two(self) -> None:
        self._taps(badge_of("1001"), badge_of("1002"))()

    def _scan(self) -> None:
        code = self._last_code()
        if code:
            self._stage.scanner.scan(code)

    def _id_card(self) -> None:
        self._stage.id_reader.lay(ID_CARD)
        threading.Event().wait(_ID_CARD_HOLD_S)
        self._stage.id_reader.lift()

    def _reader(self) -> None:
        if self._stage.reader.link.exists():
            self._stage.reader.unplug()
        else:
            self._stage.reader.replug()

    def _paper(self) -> None:
        self._stage.printer.state(paper_out=not self._stage.printer.core.condition.paper_out)


def badge_of(staff_no: str) -> str:
    """Return the badge of an invented member of staff."""
    return f"04{int(staff_no):010d}80"
