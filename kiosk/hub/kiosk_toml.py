"""Write the section ``[hub]`` into a ``kiosk.toml`` and leave every other line as it is."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from kiosk.desk.file_out import write_whole

_HEADER = re.compile(r"^\s*\[hub\]\s*(#.*)?$")
_NEXT = re.compile(r"^\s*\[")


def set_hub(file: Path, answers: Mapping[str, object]) -> None:
    """Set ``answers`` (key: value) in the section ``[hub]``, made at the end where there is none.

    Raises ``Refused("report.not_written")``.
    """
    text = file.read_text("utf-8")
    write_whole(file, with_hub(text, answers).encode())


def with_hub(text: str, answers: Mapping[str, object]) -> str:
    """Return the file's text with ``answers`` in its section ``[hub]``."""
    lines = text.splitlines()
    first = next((at for at, line in enumerate(lines) if _HEADER.match(line)), None)
    if first is None:
        lines += ["", "[hub]"]
        first = len(lines) - 1
    rest = (at for at in range(first + 1, len(lines)) if _NEXT.match(lines[at]))
    after = next(rest, len(lines))
    section = lines[first + 1 : after]
    for key, value in answers.items():
        section = _with_key(section, key, f"{key} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join([*lines[: first + 1], *section, *lines[after:]]) + "\n"


def _with_key(section: list[str], key: str, line: str) -> list[str]:
    """Return the section with the key set where it stands, switched on or off, or else on top."""
    on = re.compile(rf"^\s*{key}\s*=")
    off = re.compile(rf"^\s*#\s*{key}\s*=")
    for form in (on, off):
        for at, there in enumerate(section):
            if form.match(there):
                return [*section[:at], line, *section[at + 1 :]]
    return [line, *section]
