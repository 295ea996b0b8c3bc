"""``kiosk hub status``: how every desk of the site stands, by the hub and by this book."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version

from kiosk.commands.work import DONE, REFUSED, Work
from kiosk.desk import database
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, sentence
from kiosk.hub import sending
from kiosk.hub.founding import fingerprint
from kiosk.hub.troubles import HubGone
from kiosk.hub.wire import DeskThere, Hello, Wire

PROGRAM = "gatehouse-kiosk"


@dataclass(frozen=True, slots=True)
class Standing:
    """One desk; ``name`` is the one it was invited by.

    ``here`` and ``at_hub`` are its newest entries in this book and at the hub, ``seen_s`` is how
    long ago the hub heard of it, None for never; ``clock_ms`` how far its clock was ahead of the
    hub's then; ``quarantined`` is "" or why, ``gone`` says that the site has given it up.
    """

    gate: str
    name: str
    number: int
    here: int
    at_hub: int
    seen_s: int | None
    clock_ms: int
    program: str
    quarantined: str
    gone: bool


def status(work: Work) -> int:
    """Say it; with the hub away, what this book has of each desk, and status 1.

    Raises ``Refused``: ``hub.alone`` for a desk without a hub, ``hub.another_site``, those of its
    line.
    """
    if work.desk.settings.hub.alone:
        raise Refused("hub.alone")
    here = sending.heads_here(work.desk)
    try:
        hello = _hello(work)
    except HubGone as gone:
        return _away(work, gone.why, here)
    desks = [_standing(desk, here, hello.clock) for desk in hello.desks]
    if work.args.json:
        work.say(json.dumps([asdict(desk) for desk in desks], ensure_ascii=False))
    else:
        for line in _lines(work, desks):
            work.say(line)
    return REFUSED if any(desk.quarantined and not desk.gone for desk in desks) else DONE


def _hello(work: Work) -> Hello:
    wire = Wire.of(work.desk.settings)
    try:
        with work.desk.read() as book:
            revision = database.revision(book.connection) or ""
        hello = wire.hello(version(PROGRAM), revision, work.desk.clock())
    finally:
        wire.close()
    if hello.fingerprint != fingerprint(work.desk.site_key):
        raise Refused("hub.another_site", name=hello.site)
    return hello


def _standing(desk: DeskThere, here: dict[str, int], now: datetime) -> Standing:
    seen = None if desk.seen_at is None else round((now - desk.seen_at).total_seconds())
    return Standing(
        desk.gate, desk.name, desk.number, here.get(desk.gate, 0), desk.head, seen,
        desk.clock_offset_ms, desk.program, desk.quarantined, desk.gone,
    )  # fmt: skip


def _away(work: Work, why: str, here: dict[str, int]) -> int:
    if work.args.json:
        work.say(json.dumps({"away": why, "here": here}, ensure_ascii=False))
    else:
        for gate, seq in sorted(here.items()):
            work.say(_("{gate}: {here} entries here").format(gate=gate, here=seq))
    work.complain(sentence(why, {}))
    return REFUSED


def _lines(work: Work, desks: list[Standing]) -> Iterator[str]:
    for desk in desks:
        head = _("{number} {gate}: {here} entries here, {at_hub} at the hub")
        gate = desk.gate if desk.name in {"", desk.gate} else f"{desk.gate} {desk.name}"
        told = [
            head.format(number=desk.number, gate=gate, here=desk.here, at_hub=desk.at_hub),
            *_troubles(work, desk),
        ]
        yield _("; ").join(told)


def _troubles(work: Work, desk: Standing) -> Iterator[str]:
    if desk.gone:
        yield _("given up")
        return
    if desk.seen_s is None:
        yield _("never seen")
        return
    yield _("seen {seconds} s ago").format(seconds=desk.seen_s)
    yield _("version {version}").format(version=desk.program)
    if abs(desk.clock_ms) > work.desk.rules.hub_clock_s * 1000:
        told = _("its clock is {seconds} s ahead") if desk.clock_ms > 0 else _(
            "its clock is {seconds} s behind"
        )  # fmt: skip
        yield told.format(seconds=round(abs(desk.clock_ms) / 1000))
    if desk.quarantined:
        yield _QUARANTINED[desk.quarantined]()


_QUARANTINED = {
    "fork": lambda: _("QUARANTINED: a second book of this desk"),
    "gap": lambda: _("QUARANTINED: entries are missing"),
    "forged": lambda: _("QUARANTINED: an entry was changed"),
}
