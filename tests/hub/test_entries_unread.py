"""Entries whose chain is right and whose content is not: they stop their own desk's feed alone."""

import json

import pytest
from site_books import carry, desks_of, entries_after, heal, intact, tables_of
from test_merging import renames, title_at

from kiosk import features
from kiosk.desk import journal
from kiosk.desk.foreign import BrokenFeed, absorb
from kiosk.desk.forks import open_forks
from kiosk.desk.pen import Pen
from kiosk.desk.people import EVERYONE
from kiosk.hub.taking import Taking


@pytest.fixture
def desks(settings, desk_clock, built):
    opened = desks_of(settings, desk_clock, 3, built)
    yield opened
    for desk in opened:
        desk.close()


def written_wrongly(entry, **changed):
    """Return the entry with other content, and the hash of that content."""
    head = journal.Head(entry.seq - 1, entry.prev)
    told = entry._replace(**changed)
    return journal.seal(
        told.gate, head, told.at, told.by, told.code, told.facts, told.images
    )  # fmt: skip


def with_image(entry, **changed):
    [[table, row_id, was, row]] = json.loads(entry.images)
    image = {"table": table, "id": row_id, "was": was, "row": row} | changed
    return written_wrongly(entry, images=journal.canonical([list(image.values())]))


def with_row(entry, **changed):
    [[_table, _id, _was, row]] = json.loads(entry.images)
    return with_image(entry, row=row | changed)


WRONG = {
    "no images": lambda entry: written_wrongly(entry, images='[["person"]]'),
    "no JSON": lambda entry: written_wrongly(entry, images="[", facts="{}"),
    "facts that are none": lambda entry: written_wrongly(entry, facts="[1]"),
    "subjects that are none": lambda entry: written_wrongly(entry, facts='{"subjects":5}'),
    "no moment": lambda entry: written_wrongly(entry, at="yesterday"),
    "no stamp": lambda entry: with_image(entry, was="somebody/something"),
    "no row": lambda entry: with_image(entry, row="1001"),
    "another row's id": lambda entry: with_row(entry, id="another"),
    "no value": lambda entry: with_row(entry, title=["一", "二"]),
    "a number without end": lambda entry: with_row(entry, title=2**70),
    "no moment in a row": lambda entry: with_row(entry, left_at="yesterday"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_an_entry_that_cannot_be_read_stops_its_own_desk_and_no_other(desks, wrong):
    east, north, west = desks
    renames(north, "1001", "北")
    [sent] = entries_after(north, east)
    bad = WRONG[wrong](sent)
    assert journal.fits(bad)
    renames(west, "3001", "西")
    with pytest.raises(BrokenFeed) as raised:
        absorb(east, [bad], {}, features.hooks())
    assert (raised.value.gate, raised.value.seq) == (north.gate, bad.seq)
    assert raised.value.problem == "unreadable"
    pen = Pen()
    done = Taking(east, pen, lambda: None, features.hooks()).take(
        [bad, *entries_after(west, east)], {}
    )
    pen.close()
    assert (done.taken, done.held) == (1, {north.gate: "unreadable"})
    assert (title_at(east, "1001") == "北", title_at(east, "3001")) == (False, "西")
    assert intact(east)
    assert absorb(east, [sent], {}).taken == 1


def test_a_choice_of_a_newer_program_waits_for_that_program(desks):
    """Written down, one such row would spoil every list in which it stands."""
    east, north, _ = desks
    renames(north, "1001", "北")
    [sent] = entries_after(north, east)
    choice = "role"
    [[_table, _id, _was, row]] = json.loads(sent.images)
    assert choice in row
    done = absorb(east, [with_row(sent, **{choice: "of tomorrow"})], {}, features.hooks())
    assert (done.taken, done.held) == (0, {north.gate: "newer"})
    with east.read() as book:
        assert book.all(EVERYONE)


def test_who_stands_aside_is_edited_and_keeps_the_name_he_wants(desks):
    east, north, _ = desks
    for desk in (east, north):
        with desk.write(by="9001") as tx:
            known = next(one for one in tx.all(EVERYONE) if one.staff_no == "3001")
            values = {**known.__dict__, "staff_no": "7777", "name": "赵新人", "stamp": ""}
            del values["id"]
            tx.put(type(known)(**values))
            tx.record("person.added")
    heal(desks)
    with east.read() as book:
        [lent] = [one for one in book.all(EVERYONE) if one.staff_no.startswith("7777-")]
    with east.write(by="9001") as tx:
        again = next(one for one in tx.all(EVERYONE) if one.id == lent.id)
        again.title = "工程师"
        tx.put(again)
        tx.record("person.changed")
    for _round in range(2):
        with east.read() as book:
            [fork] = open_forks(book)
            [shown] = [one for one in book.all(EVERYONE) if one.id == lent.id]
        assert (fork.kind, fork.row_id) == ("place", lent.id)
        assert fork.heads[0].stored["staff_no"] == "7777"
        assert fork.heads[0].stored["title"] == "工程师"
        assert (shown.staff_no, shown.title) == (lent.staff_no, "工程师")
        heal(desks)
    assert len({str(tables_of(desk)) for desk in desks}) == 1
    for desk in desks:
        assert intact(desk)
    assert carry(east, north).taken == 0
