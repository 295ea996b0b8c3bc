"""A PC at a gate: a folder for its kiosk, and somebody who types commands."""

import io
from pathlib import Path

from kiosk.cli import main
from kiosk.desk import settings as desk_settings


class Machine:
    """A PC with a folder for its kiosk and somebody who types."""

    def __init__(self, folder: Path, capsys, monkeypatch) -> None:
        self.folder, self.file = folder, folder / "kiosk.toml"
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def types(self, *words: str, then: str = "") -> tuple[int, str, str]:
        """Run ``kiosk`` with ``words`` and ``then`` on its input."""
        self._monkeypatch.setattr("sys.stdin", io.StringIO(then + "\n"))
        self._capsys.readouterr()
        status = main([*words, "--config", str(self.file)])
        told = self._capsys.readouterr()
        return status, told.out, told.err

    def founds(self, gate: str) -> "Machine":
        """Make a site of its own here."""
        self._monkeypatch.setattr("sys.stdin", io.StringIO("258025\n"))
        assert main(["init", str(self.folder), "--site-name", "双河镇", "--gate", gate]) == 0
        return self

    @property
    def settings(self):
        return desk_settings.load(self.file, {})


def code_in(told: str) -> str:
    return told.partition("Join code: ")[2].split()[0]
