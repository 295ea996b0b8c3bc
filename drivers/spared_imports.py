"""Libraries that a library imports and nothing here calls, left out of memory and of the start."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Final

_NOTHING: Final[Mapping[str, object]] = {}


@contextlib.contextmanager
def spared(modules: Mapping[str, Mapping[str, object]]) -> Iterator[None]:
    """Import with empty modules in the place of `modules`, which have only the names given.

    A module that is imported already stays; afterwards everybody else can import the real ones.
    """
    placed = {name: ModuleType(name) for name in modules if name not in sys.modules}
    for name, module in placed.items():
        vars(module).update(modules[name])
    sys.modules.update(placed)
    try:
        yield
    finally:
        for name, module in placed.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def nothing_in(*modules: str) -> dict[str, Mapping[str, object]]:
    """Return `modules` without any names, for `spared`."""
    return dict.fromkeys(modules, _NOTHING)
