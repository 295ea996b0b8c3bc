"""Desks of one site in a test, each with its own book, pen and line to the hub."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hub_site import TestHub

from kiosk.desk.clauses import Rules
from kiosk.desk.desk import Desk
from kiosk.desk.hub_state import Standing
from kiosk.desk.journal import Entry, entries
from kiosk.desk.pen import Pen
from kiosk.desk.people import EVERYONE, Person
from kiosk.desk.purge import forget_keys
from kiosk.desk.secrets import SiteKey
from kiosk.desk.settings import Settings
from kiosk.desk.transaction import SUBJECT_KEY
from kiosk.hub.founding import as_owner, fingerprint
from kiosk.hub.uplink import Uplink

SOON_S = 60.0
"""No test waits longer: it fails then. Everything here takes milliseconds on an idle machine."""
RULES = replace(Rules(), hub_poll_s=1, hub_wait_s=1)


@dataclass
class RealClock:
    """The machine's clock, and what it is wrong by."""

    off: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(time.clock_gettime(time.CLOCK_REALTIME), UTC) + self.off


@dataclass
class Post:
    """One desk at work."""

    desk: Desk
    pen: Pen
    uplink: Uplink | None
    clock: RealClock

    @property
    def standing(self) -> Standing:
        return self.uplink.state.standing

    def rename(self, staff_no: str, name: str) -> None:
        """Change a person's name in this book, as a correction at the desk does."""

        def change() -> None:
            with self.desk.write(by="9001") as tx:
                person = next(one for one in tx.all(EVERYONE) if one.staff_no == staff_no)
                person.name = name
                tx.put(person)
                tx.record("person.changed", person=staff_no)

        self.pen.queue(change).result()

    def name(self, staff_no: str) -> str:
        return self.person(staff_no).name

    def person(self, staff_no: str) -> Person:
        with self.desk.read() as book:
            return next(one for one in book.all(EVERYONE) if one.staff_no == staff_no)

    def seal_a_remark(self, words: str) -> tuple[str, str]:
        """Write something sealed; return its subject and the sealed value."""

        def write() -> tuple[str, str]:
            with self.desk.write(by="9001") as tx:
                subject = tx.new_subject()
                sealed = tx.seal(subject, words)
                tx.record("remark.made", words=sealed)
            return subject, sealed

        return self.pen.queue(write).result()

    def unsealed(self, sealed: str) -> str:
        with self.desk.read() as book:
            return book.read_sealed(sealed)

    def erase(self, subject: str) -> None:
        def erase() -> None:
            with self.desk.write() as tx:
                forget_keys(tx, [tx.one(SUBJECT_KEY, id=subject)])
                tx.record("subjects.purged", subjects=1)

        self.pen.queue(erase).result()

    def chain(self, gate: str) -> list[Entry]:
        with self.desk.read() as book:
            return list(entries(book.connection, gate))


class Site:
    """Desks that share a site key and a hub."""

    def __init__(self, hub: TestHub, book: Path, key: Path, settings: Settings) -> None:
        self.hub, self._book, self._key, self._settings = hub, book, key, settings
        hub.key = SiteKey.load(key)
        with as_owner(hub.owner) as connection:
            connection.execute("UPDATE kiosk.site SET fingerprint = %s", (fingerprint(hub.key),))
        self.posts: list[Post] = []

    def settings(self, gate: str, address: str = "") -> Settings:
        """Return the settings of the desk ``gate``; it joins the hub at its first time."""
        if not self.hub.see("SELECT 1 FROM kiosk.desk WHERE gate = %s", gate):
            self.hub.add(gate)
        folder = self.hub.folder / gate
        files = replace(
            self._settings.desk, database=folder / "kiosk.db", site_key=folder / "site.key"
        )
        if not folder.exists():
            folder.mkdir()
            shutil.copy(self._book, files.database)
            shutil.copy(self._key, files.site_key)
        return replace(
            self._settings,
            site=replace(self._settings.site, gate=gate), desk=files,
            hub=self.hub.settings(gate, address), rules=RULES,
        )  # fmt: skip

    def open(self, gate: str, address: str = "", off: timedelta = timedelta()) -> Post:
        """Open the desk ``gate`` and begin its line."""
        return self.open_with(self.settings(gate, address), off)

    def open_with(self, settings: Settings, off: timedelta = timedelta()) -> Post:
        clock = RealClock(off)
        desk, pen = Desk.open(settings, clock), Pen()
        post = Post(desk, pen, Uplink(desk, pen, lambda: None), clock)
        post.uplink.start()
        self.posts.append(post)
        return post

    def copy_of(self, gate: str, book: Path) -> Post:
        """Open a desk that believes to be ``gate``, from a copy of its disk."""
        settings = self.settings(gate)
        files = replace(settings.desk, database=book)
        return self.open_with(replace(settings, desk=files))

    def close(self, post: Post) -> None:
        self.posts.remove(post)
        post.uplink.stop()
        post.pen.close()
        post.desk.close()

    def close_all(self) -> None:
        for post in list(self.posts):
            self.close(post)


@contextmanager
def site_of(hub: TestHub, book: Path, key: Path, settings: Settings) -> Iterator[Site]:
    """Give a site whose desks are closed at the end."""
    site = Site(hub, book, key, settings)
    try:
        yield site
    finally:
        site.close_all()


def until(what: str, true: Callable[[], object]) -> None:
    """Wait until something is so; fail with ``what`` when it does not come about."""
    limit = time.monotonic() + SOON_S
    while not true():
        assert time.monotonic() < limit, what
        time.sleep(0.005)
