"""Before the first paint: opening the desk loads nothing that only a later act needs."""

import hashlib
import hmac
import subprocess
import sys

HEAVY = (
    "alembic",
    "argon2",
    "cryptography",
    "holidays",
    "openpyxl",
    "PIL",
    "psycopg",
    "pypinyin",
    "textual",
)

OPENED = """
import sys
from pathlib import Path
from kiosk.desk.desk import Desk
from kiosk.desk.settings import load
desk = Desk.open(load(Path(sys.argv[1]), {}))
with desk.write() as tx:
    tx.record("desk.started")
desk.close()
print(*sys.modules)
"""


def test_opening_the_desk_and_writing_an_entry_loads_nothing_heavy(settings, built):
    built.copy("people", settings)
    settings.file.write_text('[site]\ngate = "gate-1"\nname = "双河镇人民政府"\n', "utf-8")
    command = [sys.executable, "-c", OPENED, str(settings.file)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603 - our own program
    loaded = {name.partition(".")[0] for name in ran.stdout.split()}
    assert "sqlmodel" in loaded
    assert sorted(loaded.intersection(HEAVY)) == []


def test_every_screen_and_table_loads_no_other_database_than_the_book():
    asked = "import sys, kiosk.every_screen, kiosk.features; print(*sys.modules)"
    command = [sys.executable, "-c", asked]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603 - our own program
    loaded = set(ran.stdout.split())
    assert "sqlalchemy.dialects.sqlite" in loaded
    assert (
        sorted(name for name in loaded if name.startswith("sqlalchemy.dialects.postgresql")) == []
    )


def test_before_the_first_picture_no_table_is_made():
    asked = "import sys, kiosk.cli, kiosk.run, kiosk.app; print(*sys.modules)"
    command = [sys.executable, "-c", asked]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603 - our own program
    loaded = set(ran.stdout.split())
    assert "textual.app" in loaded
    assert sorted(loaded & {"sqlmodel", "sqlalchemy", "pydantic", "kiosk.desk.row"}) == []


LAZY = """
import sys
from kiosk.cli import main
import kiosk.app, kiosk.opening, kiosk.every_screen, kiosk.tap_router
import drivers.nfc_reader, drivers.slip_printer, kiosk.printing
print(*(name for name, module in sys.modules.items() if module is not None))
"""


def test_a_day_of_taps_loads_no_screen_that_a_guard_opens_no_report_and_no_tls():
    command = [sys.executable, "-c", LAZY]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603 - our own program
    loaded = set(ran.stdout.split())
    opened = {
        name for name in loaded
        if ".screens_" in name and not name.startswith("kiosk.attendance.")  # the door's own
    }  # fmt: skip
    reports = {"visitors.reports", "visitors.registers", "kiosk.keys.reports", "kiosk.keys.papers"}
    reports.add("shift_handover.record_kinds")
    assert "kiosk.every_screen" in loaded
    assert sorted(opened) == []
    hub = {name for name in loaded if name.startswith(("kiosk.hub.", "psycopg"))}
    assert hub <= {"kiosk.hub.refusals"}  # a desk that stands alone has the words only
    later = {"ssl", "_ssl", "_hashlib", "openpyxl", "psycopg", "pypinyin", "usb1"}
    assert sorted(loaded & (reports | later)) == []
    assert "sqlmodel" in loaded
    assert sorted(name for name in loaded if name.startswith("sqlalchemy.orm")) == []


def test_what_needs_no_tls_hashes_and_blinds_as_with_it():
    asked = (
        "from kiosk.cli import main; import asyncio, hashlib, hmac;"
        "print(hashlib.sha256(b'gate').hexdigest(), hmac.digest(b'k', b'm', hashlib.sha256).hex(),"
        " asyncio.run(asyncio.sleep(0, 'ran')))"
    )
    command = [sys.executable, "-c", asked]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603 - our own program
    hashed, blinded, ran_on = ran.stdout.split()
    assert hashed == hashlib.sha256(b"gate").hexdigest()
    assert blinded == hmac.digest(b"k", b"m", hashlib.sha256).hex()
    assert ran_on == "ran"


MAPPERS = """
import kiosk.features, kiosk.every_screen
from sqlmodel import SQLModel
print(len(SQLModel.metadata.tables), len(list(SQLModel._sa_registry.mappers)))
"""


def test_the_tables_of_the_book_are_no_mapped_classes():
    command = [sys.executable, "-c", MAPPERS]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603 - our own program
    tables, mappers = map(int, ran.stdout.split())
    assert tables > 20
    assert mappers == 0


BOTH = """
import kiosk.opening
from sqlmodel import SQLModel
import kiosk.features
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, Mapped
from sqlalchemy import create_engine
class Base(DeclarativeBase): pass
class Thing(Base):
    __tablename__ = "thing"
    id: Mapped[int] = mapped_column(primary_key=True)
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Thing(id=7))
    session.commit()
    print(session.get(Thing, 7).id, "person" in SQLModel.metadata.tables)
"""


def test_who_needs_the_orm_has_the_real_one_although_the_command_left_it_out():
    command = [sys.executable, "-c", BOTH]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603 - our own program
    assert ran.stdout.split() == ["7", "True"]


TABLES = """
import importlib, pkgutil, sys
import kiosk, shift_handover, visitors, kiosk.features
from sqlmodel import SQLModel
known = set(SQLModel.metadata.tables)
for package in (kiosk, shift_handover, visitors):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
print(len(known), *(set(SQLModel.metadata.tables) - known))
"""


def test_the_list_of_features_knows_every_table_that_a_replay_meets():
    command = [sys.executable, "-c", TABLES]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)  # noqa: S603 - our own program
    known, *later = ran.stdout.split()
    assert int(known) > 20
    assert later == []
