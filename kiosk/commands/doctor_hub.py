"""What ``kiosk doctor`` says of the line to the hub.

A kiosk that runs knows how its line stands; nobody at the gate waits until a frozen hub has not
answered. Without one the hub is asked.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from importlib.metadata import version

from kiosk.commands.finding import Finding
from kiosk.commands.hub_status import PROGRAM
from kiosk.commands.work import Work
from kiosk.desk.database import NEWEST_REVISION
from kiosk.desk.desk import Desk
from kiosk.desk.hub_state import HubState, Standing
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext, sentence
from kiosk.hub.founding import fingerprint
from kiosk.hub.own_chain import OwnChain, compare
from kiosk.hub.wire import Hello, HubGone, Wire


def hub(work: Work) -> Iterator[Finding]:
    """Yield whether the hub takes this desk, what else is wrong with it, and how its clock differs.

    Also whether this book is the one that the hub knows.
    """
    state = work.desk.hub_state()
    return _asked(work) if state.standing is Standing.ALONE else _running(work, state)


def _running(work: Work, state: HubState) -> Iterator[Finding]:
    settings = work.desk.settings.hub
    match state.standing:
        case Standing.CUT | Standing.REFUSED:
            file = settings.ca if state.why == "hub.no_certificate" else settings.password
            facts = {"address": settings.address, "name": state.site, "file": str(file)}
            yield _wrong(state.why or "hub.cut", facts)
        case Standing.QUARANTINED:
            words = _("Hub: takes nothing from this desk. Tell the office: kiosk hub status")
            yield Finding("hub", "", good=False, state=state.why, words=words)
        case Standing.HELD:
            yield _held(state)
        case _:
            yield _answers(state.behind)
    yield from _clock(work, state.clock_off_s)


def _held(state: HubState) -> Finding:
    newer = _("Hub: the program of {desks} is newer; its work waits until this desk is updated")
    untrue = _("Hub: what it has of {desks} cannot be true and is not taken in. Tell the office")
    names = pgettext("list", ", ").join(state.names.get(gate, gate) for gate in sorted(state.held))
    told = (newer if state.why == "newer" else untrue).format(desks=names)
    return Finding("hub", "", good=False, state=state.why, words=told)


def _asked(work: Work) -> Iterator[Finding]:
    desk = work.desk
    try:
        with closing(Wire.of(desk.settings)) as wire:
            hello = wire.hello(version(PROGRAM), NEWEST_REVISION, desk.clock())
            _check_book(desk, wire, hello)
    except HubGone as gone:
        yield _wrong(gone.why, {})
        return
    except Refused as refused:
        yield _wrong(refused.code, refused.facts)
        return
    if hello.own.quarantined:
        words = _("Hub: takes nothing from this desk since entry {seq}. Tell the office")
        told = words.format(seq=hello.own.quarantined_seq)
        yield Finding("hub", "", good=False, state=hello.own.quarantined, words=told)
    else:
        yield _answers(max(desk.head.seq - hello.own.head, 0))
    yield from _clock(work, hello.offset.total_seconds())


def _check_book(desk: Desk, wire: Wire, hello: Hello) -> None:
    if hello.fingerprint != fingerprint(desk.site_key):
        raise Refused("hub.another_site", name=hello.site)
    if compare(desk, wire) is OwnChain.APART:
        raise Refused("hub.book_apart", gate=desk.gate)


def _wrong(code: str, facts: Mapping[str, object]) -> Finding:
    words = _("Hub: {what}").format(what=sentence(code, facts))
    return Finding("hub", "", good=False, state=code.removeprefix("hub."), words=words)


def _answers(behind: int) -> Finding:
    words = _("Hub: answers, {n} entries of this desk are not there yet").format(n=behind)
    return Finding("hub", "", good=True, state="up", words=words)


def _clock(work: Work, ahead_s: float) -> Iterator[Finding]:
    off = abs(round(ahead_s))
    if off > work.desk.rules.hub_clock_s:
        words = _("Clock: {n} s away from the hub's. Set the computer's time").format(n=off)
        yield Finding("hub_clock", "", good=False, state="wrong", words=words)
