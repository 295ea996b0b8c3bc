"""``kiosk badges``: give somebody the next card at the reader."""

import threading
from collections.abc import Mapping

from drivers.device import connect
from drivers.events import CardPresented
from kiosk.commands.work import DONE, Work
from kiosk.desk import badges
from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.settings import Settings
from kiosk.desk.words import _


def enrol(work: Work) -> int:
    """Wait for a card, or take the one named, and make it the person's badge."""
    with work.desk.read() as book:
        person = person_by_staff_no(book, work.args.staff_no)
    uid = work.args.uid.replace(":", "").replace(" ", "").upper()
    if not uid:
        work.say(_("Put the new card of {name} on the reader now.").format(name=person.name))
        uid = _next_card(work)
    work.write(_enrol, work.desk, uid, work.args.staff_no)
    work.say(_("Card {uid} is now the badge of {name}.").format(uid=uid, name=person.name))
    return DONE


def _enrol(desk: Desk, uid: str, staff_no: str) -> None:
    with desk.write() as tx:
        badges.enrol(tx, uid, person_by_staff_no(tx, staff_no))


def _next_card(work: Work) -> str:
    seconds = work.args.seconds
    uid = (
        work.kiosk.next_card(seconds) if work.kiosk is not None
        else _listen(work.desk.settings, seconds)
    )  # fmt: skip
    if not uid:
        raise Refused("badge.none_came", seconds=seconds)
    return uid


def _listen(settings: Settings, seconds: float) -> str:
    """Open the readers ourselves: no kiosk runs."""
    came, found = threading.Event(), dict[str, str]()

    def hear(event: object) -> None:
        if isinstance(event, CardPresented) and not found:
            found["uid"] = event.uid.hex().upper()
            came.set()

    readers = [connect(reader.name, reader.address, hear) for reader in settings.readers]
    if not readers:
        raise Refused("badge.no_reader")
    for reader in readers:
        reader.start()
    try:
        came.wait(seconds)
    finally:
        for reader in readers:
            reader.close()
    return _first(found)


def _first(found: Mapping[str, str]) -> str:
    return found.get("uid", "")
