"""What the status bar and the home screen ask in the night, and when it rings."""

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book
from kiosk.desk.watch import Watch
from kiosk.desk.words import _, pgettext
from shift_handover.away.wording import clock
from shift_handover.presence import rules, service
from shift_handover.presence.rules import Stage


def watch(desk: Desk, book: Book) -> Watch | None:
    """Return the prompt that stands, or that is to be asked now; None for none.

    It rings until a key or the guard's badge answers. No name is in it.
    """
    prompt = service.running(desk, book)
    record = service.keep_up if service.to_do(desk, book) else None
    if prompt is None and record is None:
        return None
    word = pgettext("presence", "At the post?")
    hint = _("Guard: are you there? Press any key or tap your badge.")
    if prompt is None:
        return Watch(word, "", hint, rings=True, record=record, asks=True)
    now = desk.clock()
    if rules.stage(prompt, now, desk.rules) is Stage.OVER:
        over = pgettext("presence", "no answer")
        return Watch(word, over, hint, late=True, rings=True, record=record, asks=True)
    left = clock(rules.left(prompt, now, desk.rules))
    return Watch(word, left, hint, rings=True, record=record, asks=True)
