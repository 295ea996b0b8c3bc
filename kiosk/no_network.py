"""A gate speaks to its devices over wires and to nobody over a network: TLS stays out of memory.

asyncio and hashlib load the machine's OpenSSL by themselves (3 MB that stay for good) and do
without when it is missing; what is sealed is sealed by ``cryptography``, which brings its own.
Imported before anything else that could load it; what is loaded already stays.
"""

import sys
from importlib.util import find_spec
from typing import Final

_OWN_SHA256: Final = ("_sha256", "_sha2")  # Python's own, of 3.11 and of later ones

_UNLOADED: dict[str, None] = {"ssl": None}
if any(find_spec(name) for name in _OWN_SHA256):
    _UNLOADED["_hashlib"] = None

for _name in _UNLOADED:
    # None makes an import fail as that of a Python built without it.
    sys.modules.setdefault(_name, None)  # type: ignore[arg-type] # Python's own way to say "missing"
