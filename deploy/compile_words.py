"""Compile the word catalogues when the package is built, so that a checkout holds no binaries."""
# ruff: noqa: INP001 - deploy/ is a folder of scripts, not a package

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILED = "words.mo"
LISTED, IN = "catalogues", "compiled"
"""The message that lists the catalogues in a compiled one, and its context."""


def compile_catalogues(locale_folder: Path) -> list[Path]:
    """Write every ``.po`` of each language into its one ``words.mo``; return what was written.

    One file is read far faster than one for each feature. It lists the catalogues in it, so that
    one that is missing is noticed at the start. Raises ``babel.messages.pofile.PoFileError`` for a
    catalogue that cannot be read.
    """
    return [_compile(folder) for folder in sorted(locale_folder.glob("*/LC_MESSAGES"))]


def _compile(folder: Path) -> Path:
    sources = sorted(folder.glob("*.po"))
    joined = Catalog(locale=folder.parent.name, fuzzy=False)
    for source in sources:
        with source.open("rb") as readable:
            for message in read_po(readable, abort_invalid=True):
                if message.id and not message.fuzzy:
                    joined[message.id] = message
    joined.add(LISTED, " ".join(source.name for source in sources), context=IN)
    for old in folder.glob("*.mo"):
        old.unlink()
    with (folder / COMPILED).open("wb") as writable:
        write_mo(writable, joined)
    return folder / COMPILED


class CompileWords(BuildHookInterface[Any]):
    """Hatchling's hook: runs for wheels and for editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are collected."""
        del version, build_data
        compile_catalogues(Path(self.root) / "kiosk" / "locale")
