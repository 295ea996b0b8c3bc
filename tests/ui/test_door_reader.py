"""What passes the door's reader opens no question over what the guard types at the desk."""

import pytest

from drivers.events import CardPresented
from kiosk.demo.tray import badge_of
from kiosk.desk.loans import Thing, ThingKind
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.signing import Means, Proof
from shift_handover.safety import editing
from shift_handover.safety.points import begun

DOOR = "门口"
STRANGER, KEY, TAG = "04AA0000000999", "04AA0000000113", "04AA0000000777"


@pytest.fixture
def door(site_copy):
    """Give the site a reader by the door."""
    address = '\n[[readers]]\nname = "门口"\naddress = "nfc+pn532:/dev/null"\nrole = "door"\n'
    with (site_copy / "kiosk.toml").open("a", encoding="utf-8") as file:
        file.write(address)


async def passes(walk, uid):
    """Tap a card at the door, and wait for the answer."""
    answers = walk.app.answers
    walk.say(CardPresented(DOOR, bytes.fromhex(uid), "type2", "name", walk.tick()))
    await walk.until(lambda: walk.app.answers > answers, "the answer")
    await walk.pilot.pause()


@pytest.mark.usefixtures("door")
async def test_a_strange_card_and_a_free_key_at_the_door_leave_the_form_in_front(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        with walk.app.kiosk.desk.write(by="2001") as tx:
            tx.put(Thing(label="9号钥匙", kind=ThingKind.DESK_KEY, tag=KEY))
            tx.record("thing.added", thing="9号钥匙")
        await walk.press("f2", "f5")
        await walk.front("WalkInScreen")
        form = walk.app.screen
        await passes(walk, STRANGER)
        assert "Please come to the desk" in walk.text()
        await passes(walk, KEY)
        assert "9号钥匙: please tap it at the desk's reader." in " ".join(walk.text().split())
        assert walk.app.screen is form
        await passes(walk, badge_of("1002"))
        assert walk.app.screen is form


@pytest.mark.usefixtures("door")
async def test_a_strange_card_at_the_desk_still_asks_whose_it_is(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await walk.card(STRANGER)
        await walk.front("EnrolCard")


async def test_a_places_tag_outside_a_round_is_named_and_never_becomes_a_badge(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        desk = walk.app.kiosk.desk
        with desk.read() as book:
            manager = Proof(person_by_staff_no(book, "1001"), Means.BADGE, desk.clock())
        with desk.write(by="2001") as tx:
            begun(tx)
        editing.enrol(desk, manager, "hall", TAG)
        await walk.card(TAG)
        await walk.until(lambda: "This tag hangs here" in walk.text(), "what the tag is")
        assert type(walk.app.screen).__name__ == "HomeScreen"
