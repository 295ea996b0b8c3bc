"""Memory that is free inside the process goes back to the machine; the C library keeps it else."""

from contextlib import suppress


def give_back() -> None:
    """Hand freed memory back, after something that took much and is over; it takes 1 to 5 ms.

    Drawing a slip leaves 2 MB behind in small holes. A C library without ``malloc_trim`` keeps
    them.
    """
    import ctypes  # noqa: PLC0415 - off the way to the first paint

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
