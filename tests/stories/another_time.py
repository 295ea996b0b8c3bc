"""Run ``kiosk`` at another time: the first word names a file with the seconds that have passed.

Only the computer's clock is another one, as if the hours of a night had gone by; everything else is
the program itself.
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.desk import clock


def main() -> int:
    """Put the clock on by what the file says now, at every look, then run the command."""
    file = Path(sys.argv[1])

    real = clock.system_clock

    def shifted() -> datetime:
        return real() + timedelta(seconds=float(file.read_text(encoding="ascii")))

    clock.system_clock = shifted
    from kiosk.cli import main as kiosk  # noqa: PLC0415 - whoever asks for the clock comes after

    return kiosk(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
