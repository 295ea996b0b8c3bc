"""What every test may ask for: settings, a fresh desk with a clock one can move, and its people."""

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import hypothesis
import pytest

from kiosk import no_orm  # noqa: F401 - as the command does, before the tables
from kiosk.desk import signing, words
from kiosk.desk.desk import Desk
from kiosk.desk.names import pinyin_of
from kiosk.desk.people import EVERYONE, Badge, BadgeState, Department, Person, Rank, Role
from kiosk.desk.secrets import SiteKey
from kiosk.desk.settings import Printer, Reader, Settings
from kiosk.desk.settings_site import DeskFiles, Site

# How long one example takes says more about the machine's other work than about our code.
# The proof of a tree draws the same examples every time; ``make hunt`` draws new ones.
hypothesis.settings.register_profile("hunt", deadline=None, print_blob=True)
hypothesis.settings.register_profile("kiosk", deadline=None, derandomize=True)
hypothesis.settings.load_profile("kiosk")

ROOT = Path(__file__).parent.parent
PIN = "2580"
MONDAY = datetime(2026, 11, 23, 0, 20, tzinfo=UTC)  # 08:20 on a workday in Shanghai

_STAFF = (
    ("1001", "张伟", "04A1B2C3D4E501", Role.STAFF, Rank.HEAD_OF_STATION, "科长"),
    ("2001", "李建国", "04A1B2C3D4E502", Role.GUARD, Rank.ORDINARY, ""),
    ("2002", "王磊", "04A1B2C3D4E503", Role.GUARD, Rank.ORDINARY, ""),
    ("3001", "李娜", "04A1B2C3D4E504", Role.RECEPTIONIST, Rank.ORDINARY, ""),
    ("9001", "陈静", "04A1B2C3D4E505", Role.ADMINISTRATOR, Rank.ORDINARY, ""),
)


_LATER = ("drivers", "screens", "ui", "cli", "faults", "stories")
"""What takes long, from little to much; rules and book, which take none of it, come first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the fast tests first, ``-m unit``."""
    for item in items:
        if not _turn(item):
            item.add_marker("unit")
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    stem = item.path.stem
    kind = "screens" if stem.endswith("_screens") else item.path.parent.name
    kind = "drivers" if stem == "test_printing" or kind == "printing" else kind
    return _LATER.index(kind) + 1 if kind in _LATER else 0


@dataclass
class MovableClock:
    """A clock that stands until a test moves it."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **step: float) -> None:
        """Move on by ``seconds=``, ``minutes=``, ``hours=`` or ``days=``."""
        self.now += timedelta(**step)


@dataclass(frozen=True)
class Built:
    """A finished desk's files, made once and copied for each test that wants one."""

    folder: Path

    def copy(self, name: str, settings: Settings) -> None:
        shutil.copy(self.folder / f"{name}.db", settings.desk.database)
        shutil.copy(self.folder / "site.key", settings.desk.site_key)


def _settings(folder: Path) -> Settings:
    return Settings(
        site=Site(
            gate="gate-1",
            gate_name="南门",
            name="双河镇人民政府",
            hotline="2046204",
            emergency_phone="110",
            house_rules=("请佩戴来客联", "离开时请交回"),
        ),
        desk=DeskFiles(database=folder / "kiosk.db", site_key=folder / "site.key", sounds=False),
        readers=(Reader(name="door", address="nfc+pn532:/dev/null", role="door"),),
        printers=(Printer(name="slips", address="escpos+tcp:127.0.0.1:9"),),
        file=folder / "kiosk.toml",
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The database as the migrations make it, and the same with the people in it."""
    folder = tmp_path_factory.mktemp("built")
    settings = _settings(folder)
    SiteKey.create(settings.desk.site_key)
    desk = Desk.open(settings, MovableClock())
    desk.close()
    shutil.copy(settings.desk.database, folder / "empty.db")
    desk = Desk.open(settings, MovableClock())
    _engage(desk)
    desk.close()
    shutil.copy(settings.desk.database, folder / "people.db")
    return Built(folder)


def _engage(desk: Desk) -> None:
    with desk.write() as tx:
        office = tx.put(Department(name="办公室"))
        for staff_no, name, uid, role, rank, title in _STAFF:
            pinyin, initials = pinyin_of(name)
            person = tx.put(
                Person(
                    staff_no=staff_no,
                    name=name,
                    pinyin=pinyin,
                    initials=initials,
                    department_id=office.id,
                    title=title,
                    rank=rank,
                    role=role,
                    extension="8" + staff_no[-3:],
                )
            )
            tx.put(Badge(uid=uid, person_id=person.id, state=BadgeState.ACTIVE, enrolled_at=tx.now))
            tx.record("person.added", person=staff_no)
            signing.set_pin(tx, desk.site_key, person, PIN)


@pytest.fixture(scope="session")
def settings_in() -> Callable[[Path], Settings]:
    """Make the settings of a desk whose files lie in the folder given."""
    return _settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a desk whose files lie in this test's own folder."""
    return _settings(tmp_path)


@pytest.fixture
def desk_clock() -> MovableClock:
    """The clock of ``desk``: Monday 2026-11-23, 08:20 in Shanghai, until the test moves it."""
    return MovableClock()


@pytest.fixture
def desk(
    request: pytest.FixtureRequest, settings: Settings, desk_clock: MovableClock, built: Built
) -> Iterator[Desk]:
    """A writable desk on a fresh file; with people in it where the test asks for ``people``."""
    built.copy("people" if "people" in request.fixturenames else "empty", settings)
    opened = Desk.open(settings, desk_clock)
    yield opened
    opened.close()


@pytest.fixture
def people(desk: Desk) -> Mapping[str, Person]:
    """Staff number to person; badges 04A1B2C3D4E501 to …05 in this order, all PINs 2580."""
    with desk.read() as book:
        return {person.staff_no: person for person in book.all(EVERYONE)}


@pytest.fixture(scope="session")
def compiled_words() -> None:
    """Compile every catalogue whose source is newer, as the build does."""
    sources = list((ROOT / "kiosk" / "locale").glob("*/LC_MESSAGES/*.po"))
    if not all(_is_fresh(source) for source in sources):
        sys.path.insert(0, str(ROOT / "deploy"))
        import compile_words  # noqa: PLC0415 - found only after the line above

        compile_words.compile_catalogues(ROOT / "kiosk" / "locale")


def _is_fresh(source: Path) -> bool:
    compiled = source.with_name("words.mo")
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


@pytest.fixture(autouse=True)
def _speak_english() -> Iterator[None]:
    """Every test starts in English, whatever the one before it spoke."""
    words.use("en")
    yield
    words.use("en")


@pytest.fixture
def words_en() -> None:
    """Speak English."""
    words.use("en")


@pytest.fixture
def words_zh(compiled_words: None) -> None:  # noqa: ARG001 - the catalogues must be there
    """Speak Chinese."""
    words.use("zh_CN")


@pytest.fixture
def other_settings(settings: Settings, tmp_path: Path) -> Settings:
    """The settings of a second desk of the same site, gate-2, with files of its own."""
    return replace(
        settings,
        site=replace(settings.site, gate="gate-2"),
        desk=replace(settings.desk, database=tmp_path / "other.db"),
    )
