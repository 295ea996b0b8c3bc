"""Cryptographic badges from the reader's wire to the guard's screen: nothing in between is made up.

The emulated PN532 and its cards hang on a real pseudo-terminal, nfcpy reads them.
"""

import asyncio
import queue
from dataclasses import replace

import pytest
from on_screen import settle

from drivers.device import connect
from drivers.emulators.cards import desfire
from drivers.emulators.ntag424 import CopiedType4, Keys, Ntag424Dna, copied_ntag213
from drivers.emulators.pn532 import Pn532Emulator
from drivers.events import CardPresented, DeviceUp
from kiosk.attendance.honest.reading import Odd, odd_taps
from kiosk.attendance.models import TAPS_BETWEEN
from kiosk.attendance.screens_enrol import EnrolCard
from kiosk.desk import badges, journal, sun
from kiosk.desk.card_proof import card_keys
from kiosk.desk.people import BADGE, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_attendance import Attendance
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import use
from kiosk.front_door import open_desk
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.home import HomeScreen
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import refusal
from shift_handover.away import service as away
from shift_handover.away.models import RUNNING, Cover, Kind
from shift_handover.away.rules import Asked, Keeping
from shift_handover.away.screens import SCREENS as AWAY

UID = "04DE5F1EACC040"
NUMBER = bytes.fromhex(UID)
TOO_LONG_S = 8


class Wire:
    """A reader on a line, whose events a test hands to the kiosk one by one."""

    def __init__(self, emulator, events, app):
        self.emulator, self._events, self._app = emulator, events, app
        self._later = 0.0

    async def tap(self, card):
        """Put a card there until it was told; the tap comes three seconds after the last one."""
        self.emulator.present(card)
        event = await asyncio.to_thread(self._next, CardPresented)
        self.emulator.remove()
        assert await asyncio.to_thread(self.emulator.wait_looks, 6, 3)
        self._later += 3
        try:
            await self._app._router.take(replace(event, at=event.at + self._later))
        except Refused as refused:
            self._app.answer(refusal(refused))

    def _next(self, kind):
        while not isinstance(event := self._events.get(timeout=TOO_LONG_S), kind):
            pass
        return event


@pytest.fixture
def desk(desk):
    desk.settings = replace(desk.settings, attendance=Attendance(proof="pin", crypto_badges=True))
    return desk


@pytest.fixture
def wire(app, tmp_path):
    events = queue.Queue()
    with Pn532Emulator(tmp_path / "nfc0") as emulator:
        reader = connect("reader", emulator.address, events.put, reads_messages=True)
        reader.start()
        assert isinstance(events.get(timeout=TOO_LONG_S), DeviceUp)
        yield Wire(emulator, events, app)
        reader.close()


@pytest.fixture
def card(desk, people):  # noqa: ARG001 - somebody must be there to have it
    keys = card_keys(desk.site_key)
    return Ntag424Dna(NUMBER, Keys(keys.reading, sun.badge_key(keys.master, NUMBER)), counter=7)


@pytest.fixture
def enrolled(desk, card):
    """The same card as the badge of 张伟 already."""
    card.counter += 1
    with desk.write(by="2001") as tx:
        badges.enrol(tx, UID, person_by_staff_no(tx, "1001"), card.address())
    return card


def codes(desk):
    with desk.read() as book:
        return [one.code for one in journal.entries(book.connection, desk.gate, 0)]


def odd(desk):
    with desk.read() as book:
        return {one.odd for one in odd_taps(desk, book, desk.today(), desk.today())}


async def test_clause_22_the_badge_is_enrolled_proves_itself_and_its_copies_are_flagged(
    app, desk, wire, card, desk_clock
):
    async with app.run_test(size=(80, 24)) as pilot:
        await wire.tap(card)
        await settle(pilot)
        assert isinstance(app.screen, EnrolCard)
        assert "it proves itself" in app.screen._card_words()
        await pilot.press(*"1001", "enter")
        await settle(pilot)
        with desk.read() as book:
            assert book.one(BADGE, uid=UID).proves

        await wire.tap(card)
        assert (app.said[-1].headline, app.said[-1].tone) == ("Signed in", Tone.GOOD)
        assert app.said[-1].notes == ("The badge proved itself.",)
        assert isinstance(app.screen, HomeScreen)  # the site asks for PINs, this tap needs none
        assert (card.counter, odd(desk)) == (9, set())

        seen_by_a_thief = card.address()
        for at, copy in enumerate(
            (copied_ntag213(NUMBER, seen_by_a_thief), CopiedType4(NUMBER, seen_by_a_thief)), start=1
        ):
            desk_clock.advance(minutes=40)
            await wire.tap(copy)
            await settle(pilot)
            told = app.said[-1]
            assert told.tone is Tone.AMBER
            assert told.lines[0].startswith("Guard: a copy of 张伟's badge.")
            assert codes(desk).count("badge.replayed") == at
            assert isinstance(app.screen, HomeScreen)  # no question hides what the guard is told
        assert Odd.COPY in odd(desk)

        desk_clock.advance(minutes=40)
        await wire.tap(card)
        assert app.said[-1].notes == ("The badge proved itself.",)
    with desk.read() as book:
        assert len(book.all(TAPS_BETWEEN, first=desk.today(), last=desk.today())) == 4


@pytest.mark.usefixtures("enrolled")
async def test_a_badge_that_was_not_read_is_asked_for_again_and_is_no_copy(app, wire, desk):
    desk.settings = replace(desk.settings, attendance=Attendance(crypto_badges=True))
    async with app.run_test() as pilot:
        await wire.tap(desfire(NUMBER))  # it is selected, and says nothing more
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
    assert app.said[-1].headline == "Signed in"
    assert app.said[-1].lines[0].startswith("The badge has not proved itself yet.")
    assert "badge.replayed" not in codes(desk)


async def test_at_a_locked_desk_the_person_is_sent_to_it_and_nothing_is_asked(
    app, wire, enrolled, desk
):
    app.context.operator = None
    async with app.run_test() as pilot:
        await wire.tap(copied_ntag213(NUMBER, enrolled.address()))
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
    assert app.said[-1].lines[0].startswith("This card did not prove to be the badge.")
    assert "staff.signed_in" in codes(desk)


async def test_a_copy_signs_nothing(app, wire, enrolled, desk):
    async with app.run_test() as pilot:
        await app.push_screen(AskProof(lambda: "Who?"))
        await wire.tap(CopiedType4(NUMBER, enrolled.address()))
        await pilot.pause()
        assert "a copy of it" in "".join(
            segment.text for line in app.screen._compositor.render_strips() for segment in line
        )
    assert codes(desk)[-1] == "badge.replayed"


async def test_a_copy_of_the_guards_badge_opens_no_locked_desk_and_brings_nobody_back(
    app, wire, card, desk, people
):
    guard = people["2001"]
    app.feature_screens = (*app.feature_screens, AWAY)
    card.counter += 1
    with desk.write(by="2001") as tx:
        badges.enrol(tx, UID, guard, card.address())
    open_desk(desk, Proof(guard, Means.BADGE, desk.clock()))
    app.context.operator = None
    async with app.run_test() as pilot:
        await wire.tap(CopiedType4(NUMBER, card.address()))
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert codes(desk)[-1] == "badge.replayed"
        app.context.operator = guard
        keeping = Keeping(Cover.COMPANION, people["2002"], None)
        away.start(desk, "2001", Asked(Kind.REST, 120, "", ""), keeping)
        await wire.tap(CopiedType4(NUMBER, card.address()))
        with desk.read() as book:
            assert book.one(RUNNING, post=desk.gate) is not None
        await wire.tap(card)
        with desk.read() as book:
            assert book.one(RUNNING, post=desk.gate) is None
    assert codes(desk)[-1] == "badge.read"


async def test_a_copy_of_a_guards_badge_takes_no_empty_post(app, wire, card, desk, people):
    card.counter += 1
    with desk.write(by="2001") as tx:
        badges.enrol(tx, UID, people["2002"], card.address())
    app.context.operator = None
    asked = []
    app.ask_to_open = asked.append
    async with app.run_test() as pilot:
        await wire.tap(CopiedType4(NUMBER, card.address()))
        await pilot.pause()
        assert (asked, codes(desk)[-1]) == ([], "staff.signed_in")
        await wire.tap(card)
        await pilot.pause()
    assert asked == [UID]


async def test_a_site_without_such_badges_asks_them_nothing(app, wire, enrolled, desk):
    desk.settings = replace(desk.settings, attendance=Attendance())
    async with app.run_test() as pilot:
        await wire.tap(copied_ntag213(NUMBER, enrolled.address()))
        await pilot.pause()
    assert (app.said[-1].headline, app.said[-1].lines) == ("Signed in", ())


@pytest.mark.usefixtures("words_zh")
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_foreign_card_is_said_to_be_an_ordinary_badge(app, wire, size):
    use("zh_CN")
    async with app.run_test(size=size) as pilot:
        await wire.tap(Ntag424Dna(NUMBER, Keys(bytes(16), bytes(16))))
        await settle(pilot)
        text = "".join(
            segment.text for line in app.screen._compositor.render_strips() for segment in line
        )
    assert "尾号 C040 在本单位不能自证" in text
