"""A function key that means something of its own on a screen keeps it there."""

import importlib
import pkgutil

from textual.binding import Binding

import kiosk
import shift_handover
import visitors
from kiosk.every_screen import FEATURE_SCREENS
from kiosk.ui.screen import UseCases


def every_screen() -> set[type[UseCases]]:
    """Return every screen and question class there is."""
    for package in (kiosk, visitors, shift_handover):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "screens" in module.name:
                importlib.import_module(module.name)
    found, seen = [UseCases], set[type[UseCases]]()
    while found:
        one = found.pop()
        seen.add(one)
        found += [sub for sub in one.__subclasses__() if sub not in seen]
    return seen


def bound(screen: type[UseCases]) -> set[str]:
    """Return the keys that a screen, or what it is made of, binds."""
    bindings = (one for cls in screen.__mro__ for one in vars(cls).get("BINDINGS", ()))
    return {key for one in bindings if isinstance(one, Binding) for key in one.key.split(",")}


def test_no_screen_loses_its_own_function_key_to_a_feature():
    taken = {one.key for one in FEATURE_SCREENS if one.key} | {"f1", "f6"}
    assert "f5" in taken
    own = {screen: bound(screen) & taken for screen in every_screen()}
    assert sum("f5" in keys for keys in own.values()) > 5
    lost = [
        f"{screen.__module__}.{screen.__name__} {key}"
        for screen, keys in own.items()
        for key in keys
        if int(key[1:]) not in screen.own_function_keys
    ]
    assert lost == []
