"""What runs against the clock at this post: the status bar counts it down, the kiosk rings."""

from collections.abc import Callable
from typing import NamedTuple

from kiosk.desk.desk import Desk


class Watch(NamedTuple):
    """One thing that runs, in the language spoken now; it names nobody: locked screens show it.

    ``word`` and ``left`` stand in the status bar, ``hint`` under the hour. ``late`` is red; a watch
    that ``rings`` does so until somebody has answered. ``record`` is done on the pen;
    done twice it does no more than once. One that ``asks`` is answered by any key.
    """

    word: str
    left: str
    hint: str
    late: bool = False
    rings: bool = False
    record: Callable[[Desk], int] | None = None
    asks: bool = False
