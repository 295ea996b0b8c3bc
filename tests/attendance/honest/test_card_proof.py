"""A badge that proves itself, on a real book: proven, played back, copied, unread."""

import json

import pytest

from drivers.emulators.ntag424 import Keys, Ntag424Dna
from kiosk.attendance import service
from kiosk.attendance.honest.models import PROOF_OF, Doubt
from kiosk.attendance.honest.reading import Odd, odd_taps
from kiosk.desk import badges, journal, sun
from kiosk.desk.bearer import StaffCard, showing, whose
from kiosk.desk.card_proof import CardWord, card_keys, show
from kiosk.desk.happenings import told as in_words
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.verify import verify

pytestmark = pytest.mark.usefixtures("people", "words_en")
UID = "04DE5F1EACC040"


@pytest.fixture
def badge(desk):
    """The cryptographic badge of 张伟 (1001), enrolled at its first reading."""
    keys = card_keys(desk.site_key)
    number = bytes.fromhex(UID)
    card = Ntag424Dna(number, Keys(keys.reading, sun.badge_key(keys.master, number)), counter=40)
    service.enrol(desk, "2001", UID, "1001", shown(card))
    return card


def shown(card) -> str:
    card.counter += 1
    return card.address()


def bearer(desk, message):
    with desk.read() as book:
        return showing(whose(book, UID), message)


def tap(desk, message, **more):
    card = bearer(desk, message)
    return service.tap(desk, card.person, "door", card=card, **more)


def facts(desk, code):
    with desk.read() as book:
        entries = list(journal.entries(book.connection, desk.gate, 0))
    return [json.loads(one.facts) for one in entries if one.code == code]


def odd(desk):
    with desk.read() as book:
        return {one.odd for one in odd_taps(desk, book, desk.today(), desk.today())}


def proof_of(desk, tap_id):
    with desk.read() as book:
        return book.one(PROOF_OF, tap=tap_id)


def test_clause_22_a_badge_that_proves_itself_needs_no_pin(desk, badge):
    result = tap(desk, shown(badge), ask_pin=True)
    assert (result.word, result.pin_asked) == (CardWord.PROVEN, False)
    assert proof_of(desk, result.tap_id) is None
    assert facts(desk, "staff.signed_in")[-1]["card"] == "proven"
    assert facts(desk, "badge.enrolled")[-1]["proves"] is True
    assert odd(desk) == set()


@pytest.mark.usefixtures("badge")
@pytest.mark.parametrize(
    ("message", "why"),
    [
        ("", "no_proof"),
        ("https://gate.example/t?e=1", "not_signed"),
        (sun.__name__, "not_signed"),
    ],
)
def test_clause_22_a_copy_is_told_and_recorded_and_its_tap_is_kept(desk, message, why):
    result = tap(desk, message, ask_pin=True)
    assert (result.word, result.pin_asked) == (CardWord.COPIED, False)
    assert result.tap_id
    assert proof_of(desk, result.tap_id).proved_at is None
    (told,) = facts(desk, "badge.replayed")
    assert (told["person"], told["uid"], told["why"]) == ("1001", UID, why)
    assert Odd.COPY in odd(desk)
    assert in_words("badge.replayed", told).startswith("the badge of 1001 was shown by a copy: it")


def test_an_answer_played_back_or_a_lower_counter_is_a_copy(desk, badge, desk_clock):
    first = shown(badge)
    badge.counter -= 1
    earlier = badge.address()
    assert tap(desk, first).word is CardWord.PROVEN
    for again in (first, earlier):
        desk_clock.advance(minutes=40)
        assert tap(desk, again).word is CardWord.COPIED
    assert [one["why"] for one in facts(desk, "badge.replayed")] == ["old_counter"] * 2
    badge.counter += 1
    desk_clock.advance(minutes=40)
    assert tap(desk, shown(badge)).word is CardWord.PROVEN


def test_what_was_shown_when_it_was_enrolled_is_no_proof_later(desk, badge):
    assert tap(desk, badge.address()).word is CardWord.COPIED


@pytest.mark.usefixtures("badge")
def test_another_cards_right_answer_is_not_this_ones(desk):
    keys = card_keys(desk.site_key)
    number = bytes.fromhex("04DE5F1EACC0FF")
    other = Ntag424Dna(number, Keys(keys.reading, sun.badge_key(keys.master, number)), counter=99)
    assert tap(desk, shown(other)).word is CardWord.COPIED
    assert facts(desk, "badge.replayed")[0]["why"] == "not_signed"


def test_an_unread_badge_is_no_copy_and_the_next_reading_proves_its_tap(desk, badge, desk_clock):
    unread = tap(desk, None)
    assert unread.word is CardWord.UNREAD
    assert proof_of(desk, unread.tap_id).proved_at is None
    assert facts(desk, "badge.replayed") == []
    desk_clock.advance(seconds=5)
    again = tap(desk, shown(badge))
    assert (again.shown_again, again.word) == (True, CardWord.PROVEN)
    assert proof_of(desk, unread.tap_id).proved_at is not None
    assert facts(desk, "badge.read")[-1]["tap"] == unread.tap_id


def test_the_badge_does_not_prove_the_tap_that_its_copy_made(desk, badge, desk_clock):
    copied = tap(desk, "")
    desk_clock.advance(seconds=5)
    assert tap(desk, shown(badge)).word is CardWord.PROVEN
    assert proof_of(desk, copied.tap_id).proved_at is None


def test_a_copy_shown_again_is_recorded_too(desk, badge, desk_clock):
    assert tap(desk, shown(badge)).word is CardWord.PROVEN
    desk_clock.advance(seconds=5)
    again = tap(desk, "")
    assert (again.shown_again, again.word) == (True, CardWord.COPIED)
    assert len(facts(desk, "badge.replayed")) == 1


def test_the_counter_rises_also_where_no_tap_is_written(desk, badge):
    message = shown(badge)
    assert show(desk, bearer(desk, message)).word is CardWord.PROVEN
    assert show(desk, bearer(desk, message)).word is CardWord.COPIED


def test_an_ordinary_badge_proves_nothing_whatever_it_shows(desk, badge, people):
    plain = StaffCard("04A1B2C3D4E501", people["1001"], message=shown(badge))
    result = service.tap(desk, plain.person, "door", card=plain, ask_pin=True)
    assert (result.word, result.pin_asked) == (CardWord.PLAIN, True)


def test_a_card_with_another_houses_keys_is_enrolled_as_an_ordinary_badge(desk):
    foreign = Ntag424Dna(bytes.fromhex(UID), Keys(bytes(16), bytes(16)))
    with desk.write(by="2001") as tx:
        made = badges.enrol(tx, UID, person_by_staff_no(tx, "1001"), foreign.address())
    assert not made.proves
    assert bearer(desk, "").proves is False


def test_the_book_holds_no_key_and_stays_whole(desk, badge, desk_clock):
    for message in (shown(badge), "", None):
        tap(desk, message)
        desk_clock.advance(minutes=40)
    keys = card_keys(desk.site_key)
    content = desk.settings.desk.database.read_bytes()
    for key in (keys.reading, keys.master, sun.badge_key(keys.master, bytes.fromhex(UID))):
        assert key not in content
        assert key.hex().encode() not in content.lower()
    assert Doubt.COPY.value.encode() in content
    with desk.read() as book:
        book.connection.execute("ROLLBACK")
        assert verify(book.connection, desk.gate).problem is None
        book.connection.execute("BEGIN")
