"""``kiosk doctor``: what works and what does not, in words a guard can read out on the phone."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from drivers.device import connect
from drivers.events import DeviceDown, DeviceUp
from kiosk.commands.finding import Finding
from kiosk.commands.verify import in_words, key_at_hand
from kiosk.commands.work import DONE, REFUSED, Work
from kiosk.desk import database, fonts
from kiosk.desk.clock import system_clock
from kiosk.desk.old_books import erase_in_old_books, old_books
from kiosk.desk.people import DEPARTMENTS, EVERYONE
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import cells
from kiosk.desk.settings import Printer, Settings
from kiosk.desk.verify import verify
from kiosk.desk.words import _, ngettext, sentence
from kiosk.printing import driver_of

_LOOK_S = 3.0
_LEAST_FREE_BYTES = 500_000_000
_NEWEST = 'SELECT max("at") FROM journal WHERE gate = ?'
_OLDEST_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
_CLOCK_SLACK = timedelta(minutes=2)
_CHECKED_GLYPHS = "䶮张01"


def examine(work: Work) -> int:
    """Look at every part; status 1 when one does not work."""
    findings = [*_findings(work)]
    if work.args.json:
        work.say(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        good, bad_word = _("good"), _("BAD")
        width = max(cells(good), cells(bad_word))
        for finding in findings:
            mark = good if finding.good else bad_word
            work.say(f"{mark}{' ' * (width - cells(mark))}  {finding.words}")
        bad = sum(not finding.good for finding in findings)
        needs = ngettext("{n} thing needs somebody.", "{n} things need somebody.", bad)
        work.say(needs.format(n=bad) if bad else _("Everything works."))
    return DONE if all(finding.good for finding in findings) else REFUSED


def _findings(work: Work) -> Iterator[Finding]:
    states = _states(work)
    settings = work.desk.settings
    for kind, devices in (
        ("reader", settings.readers), ("printer", settings.printers),
        ("scanner", settings.scanners), ("id_reader", settings.id_readers),
    ):  # fmt: skip
        for device in devices:
            state = states.get(device.name, "absent")
            yield _device(kind, device.name, device.address, state)
        if not devices and kind in {"reader", "printer"}:  # few houses have the others
            none = _("{kind}: none is set in kiosk.toml").format(kind=_kinds()[kind]())
            yield Finding(kind, "", good=True, state="not_set", words=none)
    yield _site_key(work)
    yield _book(work)
    yield _clock(work)
    with suppress(sqlite3.DatabaseError):  # a damaged book is named above
        yield from _meant(work)
        yield from _old_books(work)
    yield _disk(settings)
    yield _font()
    if not settings.hub.alone:
        from kiosk.commands.doctor_hub import hub  # noqa: PLC0415 - a desk that stands alone has none

        yield from hub(work)


def _states(work: Work) -> dict[str, str]:
    if work.kiosk is not None:
        return dict(work.kiosk.device_states())
    return _look(work.desk.settings)


def _look(settings: Settings) -> dict[str, str]:
    """Open every device ourselves, for at most three seconds: no kiosk runs."""
    states: dict[str, str] = {}
    known = threading.Semaphore(0)

    def hear(event: object) -> None:
        if isinstance(event, (DeviceUp, DeviceDown)) and states.get(event.device) != "up":
            states[event.device] = "up" if isinstance(event, DeviceUp) else event.reason
            known.release()

    started = [
        *[connect(reader.name, reader.address, hear) for reader in settings.readers],
        *[connect(it.name, it.address, hear, baud=it.baud) for it in settings.on_a_line],
    ]
    for supervisor in started:
        supervisor.start()
    for _supervisor in started:
        known.acquire(timeout=_LOOK_S)
    for supervisor in started:
        supervisor.close()
    for printer in settings.printers:
        states[printer.name] = _ask_printer(printer)
    return states


def _ask_printer(printer: Printer) -> str:
    driver = driver_of(printer)
    status = driver.status()
    driver.close()
    return (status.cause or "up") if status.ready else status.cause


def _device(kind: str, name: str, address: str, state: str) -> Finding:
    good = state in {"up", "near_end"}
    words = _("{kind} {name}: {state} ({address})").format(
        kind=_kinds()[kind](), name=name, state=_state_words(state), address=address
    )
    return Finding(kind, name, good, state, words)


def _kinds() -> dict[str, Callable[[], str]]:
    return {
        "reader": lambda: _("Reader"), "printer": lambda: _("Printer"),
        "scanner": lambda: _("Scanner"), "id_reader": lambda: _("ID reader"),
    }  # fmt: skip


def _state_words(state: str) -> str:
    return {
        "up": _("works"),
        "near_end": _("works, the paper roll is near its end"),
        "absent": _("is not there. Check cable and power"),
        "busy": _("is used by another program"),
        "forbidden": _("may not be opened: the user lacks the right"),
        "silent": _("is there but does not answer. Switch it off and on"),
        "garbled": _("answers nonsense. Is it the right device and speed?"),
        "self_test_failed": _("has failed its own test. It needs a repair"),
        "not_licensed": _("has no licence from its maker. Ask who sold it"),
        "lost": _("was there and is gone. Check the cable"),
        "paper_out": _("has no paper"),
        "cover_open": _("has its cover open"),
        "cutter": _("has a jammed cutter"),
        "hot": _("is too hot and cools down by itself"),
        "offline": _("is off line. Look at its buttons"),
        "feeding": _("is feeding paper"),
        "error": _("reports an error. Switch it off and on"),
    }.get(state, state)


def _site_key(work: Work) -> Finding:
    try:
        work.desk.check_site_key()
    except Refused as wrong:
        words = _("Site key: {what}").format(what=sentence(wrong.code, wrong.facts))
        state = wrong.code.removeprefix("site_key.")
        return Finding("site_key", "", good=False, state=state, words=words)
    return Finding("site_key", "", good=True, state="ok", words=_("Site key: is there"))


def _book(work: Work) -> Finding:
    reader = database.open_reader(work.desk.settings.desk.database)
    try:
        found = verify(reader, work.desk.gate, key_at_hand(work)[0])
    finally:
        reader.close()
    words = (
        _("Book: intact, {n} entries").format(n=found.entries) if found.intact
        else _("Book: {what}").format(what=in_words(found, work.desk))
    )  # fmt: skip
    return Finding("database", "", found.intact, found.problem or "intact", words)


def _clock(work: Work) -> Finding:
    now = system_clock()
    with work.desk.read() as book:
        # Of this desk: another's clock says nothing of this computer's.
        newest = book.connection.execute(_NEWEST, (work.desk.gate,)).fetchone()[0]
    behind = newest is not None and now + _CLOCK_SLACK < datetime.fromisoformat(newest)
    good = now > _OLDEST_CLOCK and not behind
    shown = f"{work.desk.local(now):%Y-%m-%d %H:%M:%S}"
    words = (
        _("Clock: {time}").format(time=shown) if good
        else _("Clock: {time} cannot be right. Set the computer's time").format(time=shown)
    )  # fmt: skip
    return Finding("clock", "", good, "ok" if good else "wrong", words)


def _meant(work: Work) -> Iterator[Finding]:
    """Yield the settings that mean a colleague or a section whom the staff list does not have."""
    with work.desk.read() as book:
        staff = {person.staff_no for person in book.all(EVERYONE)}
        sections = {section.name for section in book.all(DEPARTMENTS)}
    settings = work.desk.settings
    for lane, said in settings.lanes.items():
        if said.host and said.host not in staff:
            words = _("Setting {key}: nobody of the staff has the number {staff_no}")
            key = f"lanes.{lane}.host"
            told = words.format(key=key, staff_no=said.host)
            yield Finding("setting", key, good=False, state="unknown_person", words=told)
    for at, window in enumerate(settings.windows, start=1):
        if window.section not in sections:
            words = _("Setting {key}: no section is called {section}, so nobody is received by it")
            key = f"windows.{at}.section"
            told = words.format(key=key, section=window.section)
            yield Finding("setting", key, good=False, state="unknown_section", words=told)


def _old_books(work: Work) -> Iterator[Finding]:
    """Yield each book that was put away, and whether what was erased is erased in it too."""
    failed = erase_in_old_books(work.desk)
    for file in old_books(work.desk.settings.desk.database):
        good = file not in failed
        words = (
            _("Old book {file}: what was erased is erased in it too. Delete it once unneeded")
            if good
            else _("Old book {file}: cannot be written, so it may open what was erased. Delete it")
        )
        told = words.format(file=file.name)
        yield Finding("old_book", file.name, good, "ok" if good else "not_erased", told)


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.desk.database.parent).free
    good = free > _LEAST_FREE_BYTES
    words = _("Disk: {gb} GB free").format(gb=f"{free / 1e9:.1f}")
    return Finding("disk", "", good, "ok" if good else "nearly_full", words)


def _font() -> Finding:
    good = not fonts.missing_glyphs(_CHECKED_GLYPHS)
    words = (
        _("Font: Chinese names can be printed") if good else _("Font: no Chinese font is installed")
    )
    return Finding("font", "", good, "ok" if good else "missing", words)
