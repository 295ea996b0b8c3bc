"""A line between desks in words: on its way, there and not read, or read by whom."""

from collections.abc import Mapping

from kiosk.desk.desk import Desk
from kiosk.desk.site_desks import SiteDesks
from kiosk.desk.words import N_, _
from kiosk.desk_line.models import DeskLineRead, Reply
from kiosk.desk_line.service import Sent

REPLY_WORDS: Mapping[Reply, str] = {
    Reply.READ: N_("Understood"),
    Reply.COMING: N_("Coming at once"),
    Reply.CANNOT: N_("Cannot leave the post now"),
}


def standing_of(
    desk: Desk, desks: SiteDesks, sent: Sent, names: Mapping[str, str]
) -> str:  # fmt: skip
    """Return how a line stands; one to several desks says where it is still unread."""
    if len(sent.readings) == 1:
        return _standing(desk, sent.readings[0][1], names)
    unread = sent.unread
    if not unread:
        return _("read at all {n} desks").format(n=len(sent.readings))
    read = _("read at {n} of {all} desks, not at: {desks}")
    named = " ".join(desks.name(gate) for gate in unread)
    return read.format(n=len(sent.readings) - len(unread), all=len(sent.readings), desks=named)


def _standing(desk: Desk, reading: DeskLineRead | None, names: Mapping[str, str]) -> str:
    if reading is None:
        return _("not delivered yet")
    if reading.read_at is None:
        came = f"{desk.local(reading.came_at):%H:%M}"
        return _("there since {time}, not read").format(time=came)
    reader = names.get(reading.read_by, reading.read_by)
    read = _("read at {time} by {name}")
    told = read.format(time=f"{desk.local(reading.read_at):%H:%M}", name=reader)
    if reading.reply is None or reading.reply is Reply.READ:
        return told
    return _("{read}: {reply}").format(read=told, reply=_(REPLY_WORDS[reading.reply]))
