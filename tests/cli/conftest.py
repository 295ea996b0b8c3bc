"""A site of its own for every command."""

from pathlib import Path

import house
import pytest
from house import Site

from kiosk import cli


@pytest.fixture
def site(tmp_path: Path, compiled_words: None) -> Site:  # noqa: ARG001 - the screens speak Chinese
    """A finished site in this test's own folder."""
    return house.copy(house.made_once(), tmp_path / "site")


@pytest.fixture
def run(site, capfd, monkeypatch):
    """Run one command of this site in this process: its status, its output, its complaints."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("KIOSK_CONFIG", raising=False)

    def run(*words, config=True):
        capfd.readouterr()
        chosen = ["--config", str(site.config)] if config else []
        try:
            status = cli.main([*words, *chosen])
        except SystemExit as ended:
            status = ended.code
        said = capfd.readouterr()
        return status, said.out, said.err

    return run
