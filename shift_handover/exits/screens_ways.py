"""X: the other ways of a relief. Each is asked step by step; nothing is written before its end."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from textual.screen import Screen

from kiosk.desk.people import Person
from kiosk.desk.posts import on_duty
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import Words, _, pgettext
from kiosk.ui import palette
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from shift_handover.away.service import AwayShown, running
from shift_handover.exits import counts, leader, relief
from shift_handover.exits.leader import Word
from shift_handover.exits.models import Counted
from shift_handover.exits.rules import counted
from shift_handover.exits.screens_questions import LeaderSigns, TakesOver
from shift_handover.exits.wording import away_until, count_line, counted_word, late_words
from shift_handover.frozen import FrozenHandover, open_handover
from shift_handover.screens_signing import WhoReads


@dataclass(frozen=True, slots=True)
class Standing:
    """Who holds the post, who is beside, and the handover that waits."""

    holder: Person | None
    beside: tuple[Person, ...]
    frozen: FrozenHandover | None
    away: AwayShown | None = None


class Ways(Choose):
    """What can be done when a relief does not go its usual way. Returns a key once it is done.

    ``incoming`` has proved to be there at a locked desk that another guard holds: then only the
    takeover is offered. When that guard is away for a while, until when and where is said first,
    and to wait is the first choice.
    """

    def __init__(self, incoming: Proof | None = None) -> None:
        super().__init__(lambda: _("How does the relief go on?"), ())
        self._incoming = incoming
        self._standing = Standing(None, (), None)

    def on_mount(self) -> None:
        """Offer what is possible now."""
        super().on_mount()
        self.call_later(self._look)

    async def _look(self) -> None:
        self._standing = await self.aside(self._read)
        if not self.is_attached:
            return
        away = self._standing.away
        if self._incoming is not None and away is not None:
            self.help(partial(away_until, away, self.kiosk.desk), palette.AMBER)
        self.offer(list(self._ways()))

    def _read(self) -> Standing:
        desk = self.kiosk.desk
        with desk.read() as book:
            held = on_duty(book, desk.gate)
            beside = tuple(person for _row, person in relief.beside(book, desk.gate))
            waits, away = open_handover(book, desk.gate), running(desk, book)
            return Standing(held[1] if held else None, beside, waits, away)

    def _ways(self) -> Iterator[tuple[str, Words]]:
        if self._incoming is None:
            yield "come", lambda: _("The relief is here, beside me")
            yield "preview", lambda: _("The relief reads ahead what is open")
            yield "unrelieved", lambda: _("No relief comes: the leader on duty was told")
        elif self._standing.away is not None:
            yield "wait", lambda: _("Wait until the guard is back")
        yield "takeover", lambda: _("Take the post over: who had it is gone")
        if self._incoming is None and self._standing.frozen is not None:
            yield "parcel", lambda: _("Count the parcels together")
            yield "helmet", lambda: _("Count the helmets in the rack together")
        if self._incoming is None and self._standing.beside:
            yield "go", lambda: _("Who came to relieve goes again")

    async def answered(self, key: str) -> None:
        """Go this way; a way left with Esc comes back here. To wait leaves all as it is."""
        if key == "wait":
            self.dismiss(None)
            return
        ways: dict[str, Callable[[], Awaitable[Verdict | None]]] = {
            "come": self._come, "preview": self._preview, "unrelieved": self._unrelieved,
            "takeover": self._take_over, "go": self._go,
            "parcel": lambda: self._count(Counted.PARCEL),
            "helmet": lambda: self._count(Counted.HELMET),
        }  # fmt: skip
        self.run_worker(self._way(key, ways[key]), exclusive=True)

    async def _way(self, key: str, way: Callable[[], Awaitable[Verdict | None]]) -> None:
        kiosk = self.kiosk
        try:
            told = await way()
        except Refused as refused:
            self.refused(refused)
            return
        if told is not None:
            self.dismiss(key)
            kiosk.answer(told)

    async def _ask(self, question: Screen[Any]) -> Any:  # noqa: ANN401 - each question has its own answer
        return await self.app.push_screen_wait(question)

    async def _who(self) -> Person | None:
        if self._standing.holder is None:
            raise Refused("handover.nobody_on_post")
        found: Person | None = await self._ask(WhoReads(self._standing.holder))
        return found

    async def _come(self) -> Verdict | None:
        person = await self._who()
        if person is None:
            return None
        row = await self.act(relief.come, self.kiosk.desk, person.staff_no)
        holder = self._standing.holder
        words = _("Here, {late}. {holder} stays responsible until both have signed.").format(
            late=late_words(row.late_min), holder=holder.name if holder else ""
        )
        tone = Tone.AMBER if row.late_min else Tone.GOOD
        return Verdict(tone, words, name=person.name)

    async def _go(self) -> Verdict | None:
        person = await self._who()
        if person is None:
            return None
        await self.act(relief.go, self.kiosk.desk, person.staff_no)
        return Verdict(Tone.INFO, _("Not on the post any more."), name=person.name)

    async def _preview(self) -> Verdict | None:
        person = await self._who()
        if person is None:
            return None
        from shift_handover.exits.screens_preview import PreviewScreen  # noqa: PLC0415 - it shows X

        await self.act(relief.previewed, self.kiosk.desk, person.staff_no)
        await self._ask(PreviewScreen(person))
        return Verdict(Tone.INFO, _("Read ahead. Nothing is handed over yet."), name=person.name)

    async def _count(self, kind: Counted) -> Verdict | None:
        frozen = self._standing.frozen
        typed = await self._ask(
            AskText(lambda: counted_word(kind), lambda: _("Both counted"), limit=4)
        )
        if frozen is None or typed is None:
            return None
        kiosk = self.kiosk
        done = await self.act(counts.count, kiosk.desk, kiosk.by, frozen.id, kind, counted(typed))
        tone = Tone.GOOD if done.expected in {None, done.found} else Tone.AMBER
        return Verdict(tone, count_line(done.expected, done.found), name=counted_word(kind))

    async def _unrelieved(self) -> Verdict | None:
        holder = self._standing.holder
        if holder is None:
            raise Refused("handover.nobody_on_post")
        word = await self._leaders_word([holder.id])
        if word is None:
            return None
        number = await self.act(leader.unrelieved, self.kiosk.desk, self.kiosk.by, word)
        words = _("{number} is written down. The post stays with {name}.")
        return Verdict(Tone.AMBER, words.format(number=number, name=holder.name))

    async def _take_over(self) -> Verdict | None:
        kiosk, holder = self.kiosk, self._standing.holder
        if holder is None:
            raise Refused("handover.nobody_on_post")
        why = await self._ask(
            AskText(lambda: _("Why does nobody hand over?"), lambda: _("Why"), limit=120)
        )
        word = await self._leaders_word([holder.id]) if why is not None else None
        if why is None or word is None:
            return None
        incoming = self._fresh() or await self._ask(TakesOver(holder))
        if incoming is None:
            return None
        taken = await self.act(leader.take_over, kiosk.desk, incoming, word, why, kiosk.outstanding)
        if self._incoming is None:
            kiosk.operator = incoming.person
            kiosk.changed()
        words = _("The post is taken over as {number}. Read what is open; the sheet prints.")
        return Verdict(Tone.AMBER, words.format(number=taken.number), name=incoming.person.name)

    def _fresh(self) -> Proof | None:
        """Return the proof given at the locked desk while it still counts as a signature."""
        desk, proof = self.kiosk.desk, self._incoming
        window = timedelta(seconds=desk.rules.signature_window_s)
        return proof if proof is not None and desk.clock() - proof.at <= window else None

    async def _leaders_word(self, others: list[str]) -> Word | None:
        here = await self._ask(
            Choose(
                lambda: _("How does the leader on duty say it?"),
                [
                    ("phone", lambda: _("By telephone: name and words")),
                    ("badge", lambda: _("Here: badge and PIN")),
                ],
            )
        )
        if here == "badge":
            proof = await self._ask(LeaderSigns(others))
            return None if proof is None else Word(proof=proof)
        return await self._by_telephone() if here else None

    async def _by_telephone(self) -> Word | None:
        name = await self._ask(
            AskText(
                lambda: _("Which leader was reached?"),
                lambda: pgettext("relief", "Leader"),
                limit=40,
            )
        )
        said = None if name is None else await self._ask(
            AskText(lambda: _("What did the leader say?"), lambda: _("Words"), limit=120)
        )  # fmt: skip
        return None if said is None else Word(name, said)
