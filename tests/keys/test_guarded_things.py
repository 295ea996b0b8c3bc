"""Seals, and the ways round a manager's word: a thing added without it, a ring's tag changed."""

import json

import pytest

from kiosk.desk import journal
from kiosk.desk.bearer import ThingTag, whose
from kiosk.desk.loans import Approval, Approved, Thing, ThingKind
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.keys import asking, enrolling, places, service
from kiosk.keys.enrolling import Described
from kiosk.keys.screens_add import AddKey
from kiosk.keys.screens_card import ThingScreen
from kiosk.keys.screens_change import NewTag
from kiosk.keys.service import Given, Terms
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import Choose

GUARD, MANAGER, ADMIN = "2001", "04A1B2C3D4E501", "04A1B2C3D4E505"
TAG, OTHER_TAG, UNKNOWN = "04FFFFFFFFFF01", "04FFFFFFFFFF02", "04AABBCCDDEE01"
PLAIN = Described(label="帽子", kind=ThingKind.HELMET)


def refusal_of(act, *args, **more) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **more)
    return caught.value.code


def proof(desk, person) -> Proof:
    return Proof(person, Means.BADGE, desk.clock())


def entry(desk) -> tuple[str, dict]:
    with desk.read() as book:
        *_, last = journal.entries(book.connection, desk.gate)
    return last.code, json.loads(last.facts)


def known(desk, uid: str) -> Thing | None:
    with desk.read() as book:
        found = whose(book, uid)
    return found.thing if isinstance(found, ThingTag) else None


def enrolled(desk, described: Described, tag: str) -> Thing:
    with desk.write(by="9001") as tx:
        return enrolling.enrol(tx, described, tag)


@pytest.fixture
def seal(desk, people) -> Thing:
    del people
    return enrolling.add_thing(desk, GUARD, TAG, "公章", ThingKind.SEAL)


def test_a_new_seal_goes_out_on_a_managers_word_only(desk, people, seal):
    assert seal.approval is Approval.MANAGER
    assert refusal_of(service.lend, desk, seal.id, people["3001"], GUARD) == "keys.approval_needed"


def test_no_rule_of_its_own_lets_a_seal_out_without_a_word(desk, people):
    seal = enrolled(desk, Described(label="公章", kind=ThingKind.SEAL), TAG)
    [asked] = asking.ask(desk, (seal.id,), people["3001"])
    assert asked.approval is Approval.MANAGER
    assert (
        refusal_of(places.lend_to_place, desk, seal.id, "204", GUARD, "work", Approved.NOT_ASKED)
        == "keys.approval_needed"
    )


def test_a_seal_is_never_held_for_good(desk, people, managers, seal):
    said = Given(Approved.TAP, (managers["1005"],))
    for_good = Terms(permanent=True, given=said)
    lend = (service.lend, desk, seal.id, people["1001"], GUARD)
    assert refusal_of(*lend, for_good) == "keys.seal_for_good"
    assert service.lend(desk, seal.id, people["1001"], GUARD, Terms(given=said)).due_at is not None


@pytest.mark.parametrize("kind", [ThingKind.OFFICE_KEY, ThingKind.SEAL])
def test_less_than_the_usual_word_is_signed_for(desk, people, kind):
    described, head = Described(label="新", kind=kind), desk.head
    assert refusal_of(enrolling.add, desk, GUARD, described, TAG) == "keys.less_unsigned"
    guard = proof(desk, people["2001"])
    assert refusal_of(enrolling.add, desk, GUARD, described, TAG, guard) == (
        "keys.not_yours_to_decide"
    )
    assert desk.head == head
    enrolling.add(desk, GUARD, described, TAG, proof(desk, people["1001"]))
    code, facts = entry(desk)
    assert (code, facts["approval"], facts["signed"]) == ("thing.added", "none", "1001")


@pytest.mark.parametrize(
    ("kind", "approval"),
    [
        (ThingKind.OFFICE_KEY, Approval.MANAGER), (ThingKind.SEAL, Approval.TWO),
        (ThingKind.CABINET_KEY, Approval.NONE),
    ],
)  # fmt: skip
def test_the_usual_word_or_more_needs_no_signature(desk, people, kind, approval):
    del people
    enrolling.add(desk, GUARD, Described(label="新", kind=kind, approval=approval), TAG)
    assert "signed" not in entry(desk)[1]


async def test_a_guard_alone_adds_no_office_key_for_everybody(app, desk):
    head = desk.head
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(AddKey(UNKNOWN))
        await app.front(AddKey)
        await pilot.press(*"A7", "enter", "enter", "enter", "enter")
        await app.front(Choose)
        await pilot.press("2")
        await app.until(lambda: "Whose word does it need?" in app.words(), "whose word")
        await pilot.press("2")
        await app.front(AskProof)
        assert "A7: nobody's word is asked" in app.words()
        await pilot.press(*GUARD, "enter", *"2580", "enter")
        await app.until(lambda: "A manager or the office decides this" in app.words(), "refused")
        assert desk.head == head
        assert isinstance(app.screen, AddKey)


async def test_the_office_signs_for_an_office_key_for_everybody(app, desk):
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(AddKey(UNKNOWN))
        await app.front(AddKey)
        await pilot.press(*"A7", "enter", "enter", "enter", "enter")
        await app.front(Choose)
        await pilot.press("2")
        await app.until(lambda: "Whose word does it need?" in app.words(), "whose word")
        await pilot.press("2")
        await app.front(AskProof)
        await app.tap(ADMIN)
        await pilot.press(*"2580", "enter")
        await app.until(lambda: app.said, "an answer")
    assert app.said[-1].headline == "The key is on the board."
    assert known(desk, UNKNOWN).approval is Approval.NONE
    assert entry(desk)[1]["signed"] == "9001"


GUARDED = [{"approval": Approval.MANAGER}, {"section_id": "office"}, {"pair": "对"}]


@pytest.mark.parametrize("rule", GUARDED)
@pytest.mark.parametrize("swapped", [False, True])
def test_the_tag_of_a_guarded_thing_is_changed_by_who_signs_only(desk, people, rule, swapped):
    """The tag of what anybody may have would lend it to anybody."""
    more = {name: people["1001"].department_id if v == "office" else v for name, v in rule.items()}
    safe = enrolled(desk, Described(label="金柜", kind=ThingKind.CABINET_KEY, **more), TAG)
    hat = enrolled(desk, PLAIN, OTHER_TAG)
    which, tag = (hat, TAG) if swapped else (safe, OTHER_TAG)
    retag, head = (enrolling.retag, desk, which.id, GUARD, tag), desk.head
    assert enrolling.retag_asks_signature(desk, which.id, tag)
    assert refusal_of(*retag) == "keys.retag_unsigned"
    assert refusal_of(*retag, proof(desk, people["2001"])) == "keys.not_yours_to_decide"
    assert desk.head == head
    enrolling.retag(desk, which.id, GUARD, tag, proof(desk, people["9001"]))
    assert (known(desk, TAG).label, known(desk, OTHER_TAG).label) == ("帽子", "金柜")
    code, facts = entry(desk)
    assert (code, facts["signed"], facts["means"]) == ("thing.retagged", "9001", "badge")


def test_a_tag_of_what_anybody_may_have_is_the_desks_to_change(desk, people):
    del people
    hat = enrolled(desk, PLAIN, TAG)
    assert not enrolling.retag_asks_signature(desk, hat.id, UNKNOWN)
    enrolling.retag(desk, hat.id, GUARD, UNKNOWN)
    assert known(desk, UNKNOWN).label == "帽子"


async def test_another_tag_for_a_guarded_thing_waits_for_a_signature(app, desk, seal):
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(ThingScreen(seal.id))
        await app.front(ThingScreen)
        await app.push_screen(NewTag(seal))
        await app.front(NewTag)
        await app.tap(UNKNOWN)
        await app.front(AskProof)
        assert known(desk, TAG).label == "公章"
        await app.tap(MANAGER)
        await pilot.press(*"2580", "enter")
        await app.until(lambda: app.said, "an answer")
        assert isinstance(app.screen, ThingScreen)
    assert app.said[-1].headline == "The tag is changed."
    assert known(desk, UNKNOWN).label == "公章"
