"""In an emergency a key goes out to whoever comes, and the word is owed."""

import json
from datetime import timedelta

import pytest

from kiosk.desk import journal
from kiosk.desk.loans import (
    OPEN_LOANS,
    Approval,
    Approved,
    Reason,
    Thing,
    ThingKind,
)
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.keys import booking, chasing, enrolling, service
from kiosk.keys.screens_board import KeyBoard
from kiosk.keys.screens_emergency import Emergency
from kiosk.ui.dialogs import Choose
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from kiosk.ui.window import PAGE

WANG = "04A1B2C3D4E503"


TAGS = ("04FFFFFFFFFF01", "04FFFFFFFFFF02", "04FFFFFFFFFF03")


@pytest.fixture
def keys(desk) -> tuple[Thing, ...]:
    named = zip(TAGS, ("12号柜钥匙", "档案柜钥匙", "7号桌钥匙"), strict=True)
    return tuple(
        enrolling.add_thing(desk, "2001", tag, label, ThingKind.CABINET_KEY) for tag, label in named
    )


@pytest.fixture
def offices(desk) -> tuple[Thing, ...]:
    return tuple(
        enrolling.add_thing(desk, "2001", f"04FFFFFFFFFF1{n}", label, ThingKind.OFFICE_KEY)
        for n, label in enumerate(("306办公室", "402办公室"))
    )


def holders(desk) -> dict[str, str]:
    with desk.read() as book:
        return {
            thing.label: person.name if person else loan.place
            for loan, thing, person in book.all(OPEN_LOANS)
        }


def entries(desk, since: int) -> list[tuple[str, dict]]:
    with desk.read() as book:
        found = list(journal.entries(book.connection, desk.gate, since))
    return [(one.code, json.loads(one.facts)) for one in found]


@pytest.mark.parametrize(
    ("typed", "holder"),
    [
        ("3001", "李娜"),
        ("李娜", "李娜"),
        ("李 娜", "李娜"),
        ("Fire brigade", "Fire brigade"),
        ("119", "119"),
    ],
)
@pytest.mark.usefixtures("offices")
async def test_in_an_emergency_a_key_goes_out_and_the_word_is_owed(app, desk, typed, holder):
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await pilot.press("down", "e")
        await app.front(Emergency)
        await pilot.press(*typed, "enter")
        await app.front(KeyBoard)
    assert holders(desk) == {"402办公室": holder}
    said = app.said[-1]
    assert (said.tone, said.name) == (Tone.AMBER, holder)
    with desk.read() as book:
        open_things = app.context.outstanding(desk, book)
    assert "loan.word_owed" in {one.kind for one in open_things}


@pytest.mark.parametrize(
    ("digit", "holder"), [("1", "张伟"), ("2", "zw")], ids=["colleague", "place"]
)
@pytest.mark.usefixtures("offices")
async def test_in_an_emergency_letters_that_spell_a_colleague_ask_who_takes_it(
    app, desk, digit, holder
):
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await pilot.press("e")
        await app.front(Emergency)
        await pilot.press(*"zw", "enter")
        await app.front(Choose)
        assert "张伟 1001" in app.words()
        await pilot.press(digit)
        await app.front(KeyBoard)
        await app.until(lambda: "Emergency:" in app.words(), "the answer")
    assert list(holders(desk).values()) == [holder]


@pytest.mark.usefixtures("offices")
async def test_who_holds_it_since_an_emergency_does_not_give_his_own_word(app, desk, people):
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await pilot.press("e")
        await app.front(Emergency)
        await pilot.press(*"张伟", "enter")
        await app.front(KeyBoard)
    with desk.read() as book:
        ((loan, *_),) = book.all(OPEN_LOANS)
    own = Proof(people["1001"], Means.BADGE, desk.clock())
    with pytest.raises(Refused) as refused:
        chasing.give_word(desk, loan.id, own, "2001")
    assert refused.value.code == "keys.approver_is_borrower"


@pytest.mark.usefixtures("offices")
async def test_in_an_emergency_tag_and_badge_are_enough(app, desk, keys, people):
    service.lend(desk, keys[0].id, people["1001"], "2001")
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await pilot.press("e")
        await app.front(Emergency)
        await app.tap(TAGS[0])
        assert app.said[-1].headline.startswith("张伟 has 12号柜钥匙")
        await pilot.press("enter")
        assert "Type where it goes" in app.words()
        await app.tap("04FFFFFFFFFF10")
        await app.tap(WANG)
        await app.front(KeyBoard)
    assert holders(desk) == {"12号柜钥匙": "张伟", "306办公室": "王磊"}


@pytest.mark.usefixtures("keys")
async def test_in_an_emergency_a_key_is_found_by_its_letters(app, desk):
    async with app.run_test() as pilot:
        await app.push_screen(Emergency())
        await app.front(Emergency)
        await pilot.press("tab", *"zzz")
        await app.until(lambda: "No key fits." in app.words(), "that nothing fits")
        await pilot.press(*["backspace"] * 3, *"dang", "enter", *"119", "enter")
        await app.until(lambda: holders(desk), "the key to be out")
    assert holders(desk) == {"档案柜钥匙": "119"}


@pytest.mark.usefixtures("offices")
async def test_in_an_emergency_a_tag_is_chosen_whatever_was_looked_for(app, desk, keys):
    del keys
    async with app.run_test() as pilot:
        await app.push_screen(Emergency())
        await app.front(Emergency)
        await pilot.press("tab", *"306")
        await app.until(lambda: "402办公室" not in app.words(), "what fits")
        await app.tap(TAGS[0])
        await app.until(lambda: "402办公室" in app.words(), "all of them again")
        await app.tap(WANG)
        await app.until(lambda: holders(desk), "the key to be out")
    assert holders(desk) == {"12号柜钥匙": "王磊"}


async def test_in_an_emergency_only_the_page_with_the_key_is_read(app, desk):
    several = 3 * PAGE
    with desk.write(by="2001") as tx:
        made = [
            enrolling.enrol(
                tx, enrolling.Described(label=f"K{n:03}", kind=ThingKind.OTHER), f"05{n:012X}"
            )
            for n in range(several)
        ]
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Emergency(made[-1].id))
        await app.front(Emergency)
        shown = app.screen.query_one(RowList)
        await app.until(lambda: shown.rows, "the list")
        assert (len(shown.rows), shown.current.key) == (several, made[-1].id)
        assert sorted(shown.rows._pages) == [several // PAGE - 1]
        await pilot.press("enter")
        await app.until(lambda: "Type where it goes" in app.words(), "what is wrong")
        assert all(f"K{n:03}" in app.words() for n in range(several - 6, several))


def test_in_an_emergency_no_rule_of_who_may_holds_a_key_back(desk, people, keys, desk_clock):
    now = desk_clock.now
    booking.reserve(desk, keys[0].id, people["1001"], "2001", now, now + timedelta(hours=2))
    with desk.write() as tx:
        keys[0].section_id, keys[0].approval = "another section", Approval.TWO
        tx.put(keys[0])
        tx.record("thing.changed")
    with pytest.raises(Refused):
        service.lend(desk, keys[0].id, people["3001"], "2001")
    given = service.Given(Approved.EMERGENCY)
    terms = service.Terms(means=None, reason=Reason.EMERGENCY, given=given)
    out = service.lend(desk, keys[0].id, people["3001"], "2001", terms)
    assert (out.holder, out.owed) == ("李娜", True)
