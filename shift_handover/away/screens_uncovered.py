"""Nobody is on the post: where F6 leads, and the next guard opens the desk."""

from kiosk.desk.words import _
from kiosk.ui.dialogs import Choose

_OPENS = "opens"


class NobodyOnPost(Choose):
    """Say that the post is taken by opening the desk, and lead there; Esc leaves it as it is."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Nobody is on this post"),
            [
                (_OPENS, lambda: _("A guard takes the post: badge and PIN")),
                ("leave", lambda: _("Nobody is here to take it yet")),
            ],
            lambda: _("Who opens the desk has the post. It stays red until then."),
        )

    async def answered(self, key: str) -> None:
        """Lock the desk of who is at it, and ask the guard for badge and PIN."""
        kiosk, app = self.kiosk, self.app
        async with self.answering():
            self.dismiss(key)
            if key == _OPENS:
                await kiosk.lock("asked")
                # The answer to what is asked next must not come to this question: it is gone then.
                app.call_later(app.ask_to_open)
