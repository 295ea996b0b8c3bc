"""Compile the word catalogues when the package is built, so that a checkout holds no binaries."""
# ruff: noqa: INP001 - deploy/ is a folder of scripts, not a package

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(locale_folder: Path) -> list[Path]:
    """Write an ``.mo`` beside every ``.po`` under ``locale_folder``; return what was written.

    Raises ``babel.messages.pofile.PoFileError`` for a catalogue that cannot be read.
    """
    written = []
    for source in sorted(locale_folder.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as readable:
            catalogue = read_po(readable, abort_invalid=True)
        with source.with_suffix(".mo").open("wb") as writable:
            write_mo(writable, catalogue)
        written.append(source.with_suffix(".mo"))
    return written


class CompileWords(BuildHookInterface[Any]):
    """Hatchling's hook: runs for wheels and for editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are collected."""
        del version, build_data
        compile_catalogues(Path(self.root) / "kiosk" / "locale")
