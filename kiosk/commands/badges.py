"""``kiosk badges``: give somebody a card, block it, let it work again, show what they have."""

import json
import threading
from collections.abc import Mapping

from drivers.device import connect
from drivers.events import CardPresented
from kiosk.commands.work import DONE, Work
from kiosk.desk import badges
from kiosk.desk.columns import utc_text
from kiosk.desk.desk import Desk
from kiosk.desk.people import BADGES_OF, BY_STAFF_NO, Badge, Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.settings import Settings
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import _


def enrol(work: Work) -> int:
    """Wait for a card, or take the one named, and make it the person's badge."""
    with work.desk.read() as book:
        person = person_by_staff_no(book, work.args.staff_no)
    uid = badges.plain_number(work.args.uid)
    if not uid:
        _check_reader(work)
        work.say(_("Put the new card of {name} on the reader now.").format(name=person.name))
        uid = _next_card(work)
    work.write(_enrol, uid, work.args.staff_no)
    work.say(_("Card {uid} is now the badge of {name}.").format(uid=uid, name=person.name))
    return DONE


def _enrol(tx: Transaction, uid: str, staff_no: str) -> None:
    badges.enrol(tx, uid, person_by_staff_no(tx, staff_no))


def _check_reader(work: Work) -> None:
    """Ask nobody for a card that nothing can read; one that types needs the running kiosk."""
    settings = work.desk.settings
    types = settings.wedge.enabled and work.kiosk is not None
    if not settings.readers and not types:
        raise Refused("badge.no_reader")


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


def block(work: Work) -> int:
    """Block the badge that a staff number or a card's number means."""
    badge, person = work.write(_block, work.args.who, work.args.reason)
    work.say(_("Badge {uid} of {name} is blocked.").format(uid=badge.uid, name=person.name))
    return DONE


def _block(tx: Transaction, who: str, words: str) -> tuple[Badge, Person]:
    reason, note = badges.reason_of(words)
    badge, person = badges.named(tx, who)
    badges.block(tx, badge, person, reason, note)
    return badge, person


def unblock(work: Work) -> int:
    """Let a blocked badge work again: whoever has the shell stands for the administrator."""
    uid = badges.plain_number(work.args.uid)
    badge, person = work.write(_unblock, uid, work.args.reason)
    work.say(_("Badge {uid} of {name} works again.").format(uid=badge.uid, name=person.name))
    return DONE


def _unblock(tx: Transaction, uid: str, words: str) -> tuple[Badge, Person]:
    badge, person = badges.of_card(tx, uid)
    badges.unblock(tx, badge, person, clean(words, badges.LONGEST_NOTE))
    return badge, person


def show(work: Work) -> int:
    """Say every badge of a person, of one who has left too."""
    staff_no = work.args.staff_no
    with work.desk.read() as book:
        person = book.one(BY_STAFF_NO, staff_no=staff_no)
        if person is None:
            raise Refused("person.unknown", staff_no=staff_no)
        found = book.all(BADGES_OF, person=person.id)
    if not found and not work.args.json:
        work.say(_("{name} has no badge.").format(name=person.name))
    for badge in found:
        work.say(_as_json(badge) if work.args.json else _in_words(work.desk, badge))
    return DONE


def _as_json(badge: Badge) -> str:
    plain = {
        "uid": badge.uid, "state": badge.state.value, "enrolled_at": utc_text(badge.enrolled_at),
        "blocked_at": badge.blocked_at and utc_text(badge.blocked_at),
        "blocked_for": badge.blocked_for and badge.blocked_for.value, "proves": badge.proves,
    }  # fmt: skip
    return json.dumps(plain, ensure_ascii=False)


def _in_words(desk: Desk, badge: Badge) -> str:
    if badge.blocked_at is None or badge.blocked_for is None:
        told = _("{uid}  works, given out {day}")
        return told.format(uid=badge.uid, day=f"{desk.local(badge.enrolled_at):%Y-%m-%d}")
    return _("{uid}  blocked {day}: {reason}").format(
        uid=badge.uid, day=f"{desk.local(badge.blocked_at):%Y-%m-%d %H:%M}",
        reason=_(badges.REASON_NAMES[badge.blocked_for]),
    )  # fmt: skip
