"""What was sealed of a watch-list entry goes some days after it ended, and the proof says so."""

from datetime import date

import pytest

from kiosk.desk.signing import Means, Proof
from kiosk.desk.transaction import SUBJECT_KEY
from kiosk.desk.words import register
from visitors import feature, reception, watch_list, watch_purging
from visitors.feature import REFUSALS
from visitors.rules import Details
from visitors.watch_list import Listing, entries
from visitors.watch_models import ALL_KEYS, ENTRY, Level

pytestmark = pytest.mark.usefixtures("people")
register(REFUSALS)
GUARD, HOST, OFFICE = "2001", "1001", "9001"
NAME, ID = "章薇", "11010519491231002X"


@pytest.fixture
def proof(desk, people):
    return Proof(people[OFFICE], Means.BADGE, desk.clock())


def listed(desk, proof, until=None, name=NAME):
    said = Listing(
        level=Level.REFUSE, name=name, reason="曾大闹前台", whom=HOST, id_number=ID,
        phone="13900139000", until=until,
    )  # fmt: skip
    watch_list.add(desk, GUARD, said, proof)
    return next(one.entry.id for one in entries(desk) if one.name == name)


def entry_of(desk, entry_id):
    with desk.read() as book:
        entry = book.one(ENTRY, id=entry_id)
        return entry, book.one(SUBJECT_KEY, id=entry.subject), book.all(ALL_KEYS)


def test_an_ended_entry_keeps_its_words_for_its_days_and_loses_them_then(desk, desk_clock, proof):
    gone = listed(desk, proof)
    watch_list.end(desk, GUARD, gone, "事情已了", proof)
    desk_clock.advance(days=desk.rules.watch_words_days - 1)
    assert feature.purge(desk).count == 0
    desk_clock.advance(days=1, hours=1)
    with desk.read() as book:
        assert feature.overdue(desk, book)["watched"] == 1
    done = feature.purge(desk)
    assert (done.counts["watched"], NAME in done.names, done.more) == (1, True, False)
    entry, key, _index = entry_of(desk, gone)
    assert (key, entry.phone_hash, entry.id_hash, entry.ended_by) == (None, "", "", OFFICE)
    with desk.read() as book:
        assert feature.overdue(desk, book)["watched"] == 0
        assert watch_purging.leftovers(book) == 0
        assert NAME not in book.read_sealed(entry.name)
    assert feature.purge(desk).count == 0


def test_an_entry_whose_last_day_passed_is_closed_with_its_words(desk, desk_clock, proof):
    over = listed(desk, proof, until=desk.today())
    stays = listed(desk, proof, name="李四海")
    desk_clock.advance(days=desk.rules.watch_words_days + 2)
    assert feature.purge(desk).counts["watched"] == 1
    entry, key, index = entry_of(desk, over)
    assert (key, entry.ended_by, entry.ended_at == entry.until_at) == (None, "system", True)
    assert {one.entry_id for one in index} == {stays}
    assert [one.name for one in entries(desk)] == ["李四海"]
    visit = reception.walk_in(desk, GUARD, Details(name="李四海", matter="办事"), HOST)
    assert visit


def test_an_entry_in_force_keeps_its_words_however_old_it_is(desk, desk_clock, proof):
    listed(desk, proof, until=date(2036, 1, 1))
    desk_clock.advance(days=3 * 365)
    assert "watched" not in {kind for kind, count in feature.purge(desk).counts.items() if count}
    assert [one.name for one in entries(desk)] == [NAME]


def test_more_than_a_bite_goes_in_bites(desk, desk_clock, proof):
    for number in range(12):
        listed(desk, proof, until=desk.today(), name=f"某某{number}号")
    desk_clock.advance(days=desk.rules.watch_words_days + 2)
    first = watch_purging.purge(desk)
    assert (first.count, first.more) == (10, True)
    second = watch_purging.purge(desk)
    assert (second.count, second.more) == (2, False)


def test_a_hash_that_outlived_its_entry_s_words_is_counted_as_left(desk, desk_clock, proof):
    gone = listed(desk, proof, until=desk.today())
    desk_clock.advance(days=desk.rules.watch_words_days + 2)
    watch_purging.purge(desk)
    entry, _key, _index = entry_of(desk, gone)
    with desk.write(by=GUARD) as tx:
        entry = tx.one(ENTRY, id=gone)
        entry.phone_hash = "still here"
        tx.put(entry)
        tx.record("watch.ended", number=entry.number)
    with desk.read() as book:
        assert watch_purging.leftovers(book) == 1
