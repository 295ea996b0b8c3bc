"""One notice, sent by a process of its own: nothing of the library is ever loaded into the kiosk.

It reads the address and the words as JSON from its standard input, because what stands in a command
line everybody on the machine can read, and writes one word: ``sent`` or ``failed``.
"""

import contextlib
import json
import logging
import os
import sys

_FAILED, _SENT = "failed", "sent"
_NICE = 10


def send(url: str, title: str, body: str) -> bool:
    """Send the words to one address; False when it is none or nobody took them."""
    import apprise  # noqa: PLC0415 - loaded where there is something to send

    sender = apprise.Apprise(asset=apprise.AppriseAsset(async_mode=False, app_id="kiosk"))
    return sender.add(url) and bool(
        sender.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT)
    )


def main() -> None:
    """Send what stands on the standard input. No error is told: it could repeat the address."""
    os.nice(_NICE)  # a tap at the same moment goes first
    logging.disable(logging.CRITICAL)
    said = _FAILED
    with contextlib.suppress(Exception):
        asked = json.load(sys.stdin)
        if send(asked["url"], asked["title"], asked["body"]):
            said = _SENT
    sys.stdout.write(said)


if __name__ == "__main__":
    main()
