"""Compile the gettext catalogues when the package is built, so that a checkout holds no binaries."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DOMAIN = "kiosk"


def compile_catalogues(locale_folder: Path) -> None:
    """Write ``kiosk.mo`` beside every ``kiosk.po`` under ``locale_folder``."""
    for source in locale_folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"):
        with source.open("rb") as readable:
            catalogue = read_po(readable)
        with source.with_suffix(".mo").open("wb") as writable:
            write_mo(writable, catalogue)


class CompileWords(BuildHookInterface[Any]):
    """Hatchling's hook: runs for wheels and for editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are collected."""
        del version, build_data
        compile_catalogues(Path(self.root) / "kiosk" / "locale")
