"""A line from another desk is read: one key says so, with an answer or without."""

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk.desk.hub_state import Standing
from kiosk.desk.people import owner_names
from kiosk.desk.site_desks import site_desks
from kiosk.desk.words import Words, _
from kiosk.desk_line import service
from kiosk.desk_line.models import DeskLine, Reply
from kiosk.desk_line.wording import REPLY_WORDS
from kiosk.ui import palette
from kiosk.ui.context import Context
from kiosk.ui.dialogs import ROOM, AskText, Choose
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, paragraph, plain, row

_WORDS = "words"


class ReadLine(Choose):
    """What was said, and the answers: a digit is the answer, and says that it was read.

    Esc leaves it unread: whoever sent it goes on seeing that.
    """

    def __init__(self, line_id: str) -> None:
        choices: list[tuple[str, Words]] = [
            (reply.value, _reply_words(reply)) for reply in REPLY_WORDS
        ]
        choices.append((_WORDS, lambda: _("Answer in words")))
        super().__init__(self._heading, choices, lambda: _("The number says that it was read."))
        self._line_id = line_id
        self._desk, self._said, self._by = "", "", ""
        self._line: DeskLine | None = None

    def _heading(self) -> str:
        return _("Line from {desk}").format(desk=self._desk)

    def parts(self) -> ComposeResult:
        """Yield what was said over the answers."""
        yield Static("", markup=False, id="said")
        yield from super().parts()

    async def on_mount(self) -> None:  # type: ignore[override] # it reads the book first
        """Read the line and show it."""
        super().on_mount()
        await self.aside(self._read)
        self.entitle(self._heading)
        self._draw()

    def _read(self) -> None:
        with self.kiosk.desk.read() as book:
            line = service.line_by_id(book, self._line_id)
            self._desk = site_desks(self.kiosk.desk, book).name(line.from_gate)
            self._by = owner_names(book, [line.sent_by]).get(line.sent_by, line.sent_by)
            self._said, self._line = book.read_sealed(line.words), line

    def _draw(self) -> None:
        if self._line is None:
            return
        at = f"{self.kiosk.desk.local(self._line.sent_at):%H:%M}"
        who = row(plain(at, palette.MUTED), plain(self._by, palette.MUTED))
        said = paragraph(self._said, f"bold {palette.TEXT}", ROOM)
        self.query_one("#said", Static).update(lines(who, said, plain("")))

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    async def answered(self, key: str) -> None:
        """Write down that it was read, and the answer."""
        if key == _WORDS:
            self.app.push_screen(ask_words(lambda: self._desk), self._in_words)
            return
        kiosk = self.kiosk
        async with self.answering():
            await self.act(service.read, kiosk.desk, kiosk.by, self._line_id, Reply(key))
            self.dismiss(None)
            kiosk.answer(_read_verdict(Reply(key), self._desk, reached=reaches(kiosk)))

    async def _in_words(self, typed: str | None) -> None:
        if typed is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            await self.act(service.answer, kiosk.desk, kiosk.by, self._line_id, typed)
            self.dismiss(None)
            kiosk.answer(sent_verdict(self._desk, reached=reaches(kiosk)))


def _reply_words(reply: Reply) -> Words:
    return lambda: _(REPLY_WORDS[reply])


def ask_words(desk: Words) -> AskText:
    """Return the question what a desk is to know; ``desk`` says its name."""
    return AskText(
        lambda: _("Line to {desk}").format(desk=desk()),
        lambda: _("Words"),
        lambda: _("Short, and no names of visitors. Enter sends it, Esc goes back."),
        limit=service.LONGEST_WORDS,
    )


def reaches(kiosk: Context) -> bool:
    """Say whether what is said now goes out at once."""
    return kiosk.desk.hub_state().standing is Standing.UP


def _read_verdict(reply: Reply, desk: str, *, reached: bool) -> Verdict:
    told = _("{desk} sees it.").format(desk=desk) if reached else _later()
    return Verdict(Tone.GOOD if reached else Tone.AMBER, _(REPLY_WORDS[reply]), notes=(told,))


def _later() -> str:
    return _("The line is cut: it goes out later.")


def sent_verdict(desk: str, *, reached: bool) -> Verdict:
    """Return what the sender is told: on its way, or waiting for the line to the hub."""
    if reached:
        return Verdict(Tone.GOOD, _("The line to {desk} is sent.").format(desk=desk))
    told = _("The line to {desk} waits.").format(desk=desk)
    return Verdict(Tone.AMBER, told, notes=(_later(),))
