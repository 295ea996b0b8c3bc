"""A hub for tests: one server a session, a fresh database a test."""

import itertools
import shutil
from collections.abc import Callable, Iterator

import pytest
from hub_site import TestHub
from machine import Machine
from postgres import Cable, Postgres, temporary_server
from site_books import desks_of

from kiosk.desk.desk import Desk


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = temporary_server()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


_counter = itertools.count(1)


@pytest.fixture
def hub(postgres, tmp_path) -> Iterator[TestHub]:
    """An empty hub of one site: ``hub.wire("gate-1")`` joins a desk and connects as it."""
    if postgres.process.poll() is not None:
        postgres.start()
    name = f"kiosk_{next(_counter)}"
    made = TestHub(postgres, postgres.new_database(name), name, tmp_path)
    try:
        yield made
    finally:
        made.close()
        postgres.thaw()
        postgres.drop_database(name)


@pytest.fixture
def hub_maker(postgres, tmp_path) -> Iterator[Callable[[], TestHub]]:
    """Make one empty hub after the other, for a test of many runs."""
    names: list[str] = []

    def made() -> TestHub:
        names.append(f"kiosk_{next(_counter)}")
        return TestHub(postgres, postgres.new_database(names[-1]), names[-1], tmp_path)

    yield made
    for name in names:
        postgres.drop_database(name)


@pytest.fixture
def cable(postgres) -> Iterator[Cable]:
    """A cable to the server: ``cable.address`` instead of the server's."""
    laid = Cable(postgres.port)
    try:
        yield laid
    finally:
        laid.close()


@pytest.fixture
def machine(tmp_path, capsys, monkeypatch):
    def machine_(name: str) -> Machine:
        return Machine(tmp_path / name, capsys, monkeypatch)

    return machine_


@pytest.fixture
def reception(machine) -> Machine:
    """A desk with a site of its own, as ``kiosk init`` makes it."""
    return machine("reception").founds("reception")


@pytest.fixture
def two(settings, desk_clock, built) -> Iterator[list[Desk]]:
    """Two books of one site, joined by no line: a test carries what it wants carried."""
    opened = desks_of(settings, desk_clock, 2, built)
    yield opened
    for desk in opened:
        desk.close()
