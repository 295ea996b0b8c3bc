"""A line between desks: it comes, rings, is read with one key, and its sender sees by whom."""

import shutil

import pytest
from site_books import carry, settings_of

from kiosk import features
from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.site_desks import introduce, shortened, site_desks
from kiosk.desk_line import service
from kiosk.desk_line.desks import desks_now
from kiosk.desk_line.models import EVERY_DESK, Reply
from kiosk.desk_line.purging import WORDS
from kiosk.desk_line.wording import standing_of
from kiosk.features import at_desks, outstanding

SAID = "水厂的人往东门走了，请接一下"


def things(desk, kind):
    with desk.read() as book:
        return [one for one in features.outstanding(desk, book) if one.kind == kind]


def watch_of(desk):
    with desk.read() as book:
        return features.watch(desk, book)


def note_arrivals(desk):
    """What the kiosk does once a second with what its watch wants recorded."""
    watch = watch_of(desk)
    if watch is not None and watch.record is not None:
        watch.record(desk)


def new_desk(settings, clock, built):
    """Open a third desk of the site, that has written nothing yet."""
    joined = settings_of(settings, settings.file.parent / "desk-2", 2)
    built.copy("empty", joined)
    shutil.copy(built.folder / "site.key", joined.desk.site_key)
    return Desk.open(joined, clock)


def standing_at(desk):
    now = desks_now(desk, outstanding, at_desks)
    return [standing_of(desk, now.known, one, now.names) for one in now.said]


def test_each_desk_is_known_by_its_own_name_and_telephone(site):
    with site.south.read() as book:
        known = site_desks(site.south, book)
    assert (known.name("gate-2"), known.telephone("gate-2")) == ("东门", "8302")
    assert (known.short("gate-1"), known.short("gate-2")) == ("", "东门")
    assert introduce(site.east) is False


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("东门传达室", "东门"), ("后门", "后门"), ("传达室", "传达室"),
        ("North gatehouse", "North"), ("行政服务大厅", "行政服务"),
    ],
)  # fmt: skip
def test_a_long_name_is_short_in_a_row_by_the_word_that_every_gatehouse_has(name, short):
    assert shortened(name) == short


def test_a_desk_that_stands_alone_writes_nothing_and_has_no_lines(desk, people):
    assert introduce(desk) is False
    assert desk.gate
    with pytest.raises(Refused, match=r"desk_line\.no_such_desk"):
        service.send(desk, "2001", EVERY_DESK, SAID)
    assert watch_of(desk) is None
    assert people


def test_a_line_comes_rings_is_read_with_one_key_and_the_sender_sees_by_whom(site, desk_clock):
    line = service.send(site.south, "2001", "gate-2", SAID)
    assert standing_at(site.south) == ["not delivered yet"]
    site.carry()
    watch = watch_of(site.east)
    assert watch is not None
    assert watch.rings
    assert "南门" in watch.word
    [thing] = things(site.east, "desk_line.unread")
    assert (thing.ref, thing.urgency) == (line, Urgency.NOW)
    assert things(site.south, "desk_line.unread") == []
    note_arrivals(site.east)
    site.carry()
    assert standing_at(site.south) == ["there since 08:20, not read"]
    desk_clock.advance(minutes=2)
    service.read(site.east, "2002", line, Reply.COMING)
    site.carry()
    assert standing_at(site.south) == ["read at 08:22 by 王磊: Coming at once"]
    assert watch_of(site.east) is None
    assert things(site.east, "desk_line.unread") == []


def test_it_rings_for_some_minutes_and_stays_open_until_somebody_reads(site, desk_clock):
    service.send(site.south, "2001", "gate-2", SAID)
    site.carry()
    note_arrivals(site.east)
    desk_clock.advance(minutes=site.east.rules.desk_line_ring_min)
    watch = watch_of(site.east)
    assert watch is not None
    assert not watch.rings
    assert len(things(site.east, "desk_line.unread")) == 1


def test_its_coming_is_written_down_once(site):
    service.send(site.south, "2001", "gate-2", SAID)
    site.carry()
    assert service.note_arrivals(site.east) == 1
    assert service.note_arrivals(site.east) == 0
    with site.east.read() as book:
        codes = [one.code for one in journal.entries(book.connection, "gate-2")]
    assert codes.count("desk_line.came") == 1


def test_a_line_that_nobody_reads_is_told_to_its_sender_with_the_telephone(site, desk_clock):
    service.send(site.south, "2001", "gate-2", SAID)
    site.carry()
    note_arrivals(site.east)
    site.carry()
    assert things(site.south, "desk_line.not_read") == []
    desk_clock.advance(minutes=site.south.rules.desk_line_unread_min)
    [thing] = things(site.south, "desk_line.not_read")
    assert thing.what.text() == "Nobody at 东门 has read your line"
    assert thing.next_step is not None
    assert thing.next_step.text() == "Ring 东门: 8302"
    desk_clock.advance(hours=site.south.rules.desk_line_open_h)
    assert things(site.south, "desk_line.not_read") == []


def test_while_the_cable_is_cut_the_sender_reads_that_it_has_not_come(site, desk_clock):
    site.sever()
    service.send(site.south, "2001", "gate-2", SAID)
    site.carry()
    desk_clock.advance(minutes=site.south.rules.desk_line_unread_min)
    [thing] = things(site.south, "desk_line.not_read")
    assert thing.what.text() == "Your line has not come to 东门 yet"
    assert things(site.east, "desk_line.unread") == []
    site.heal()
    assert len(things(site.east, "desk_line.unread")) == 1


def test_a_desk_that_is_off_has_not_got_the_line_though_the_cable_is_whole(site, desk_clock):
    service.send(site.south, "2001", "gate-2", SAID)
    desk_clock.advance(minutes=site.south.rules.desk_line_unread_min)
    [thing] = things(site.south, "desk_line.not_read")
    assert thing.what.text() == "Your line has not come to 东门 yet"


def test_a_line_that_the_cable_kept_for_days_is_still_read_and_its_sender_told(site, desk_clock):
    site.sever()
    line = service.send(site.south, "2001", EVERY_DESK, SAID)
    desk_clock.advance(hours=3 * site.south.rules.desk_line_open_h)
    assert len(things(site.south, "desk_line.not_read")) == 1
    assert standing_at(site.south) == ["not delivered yet"]
    site.heal()
    assert [one.ref for one in things(site.east, "desk_line.unread")] == [line]
    assert watch_of(site.east).rings
    note_arrivals(site.east)
    site.carry()
    assert things(site.south, "desk_line.not_read")[0].what.text() == (
        "Nobody at 东门 has read your line"
    )
    desk_clock.advance(hours=site.south.rules.desk_line_open_h)
    assert things(site.east, "desk_line.unread") == []
    assert things(site.south, "desk_line.not_read") == []


def test_a_new_line_rings_though_an_older_one_was_never_read(site, desk_clock):
    service.send(site.south, "2001", "gate-2", "昨晚的")
    site.carry()
    note_arrivals(site.east)
    desk_clock.advance(hours=2)
    assert not watch_of(site.east).rings
    service.send(site.south, "2001", "gate-2", SAID)
    site.carry()
    note_arrivals(site.east)
    assert watch_of(site.east).rings


def test_a_desk_that_joins_later_is_spared_what_was_said_to_all_before(
    site, desk_clock, settings, built
):
    service.send(site.south, "2001", EVERY_DESK, SAID)
    desk_clock.advance(hours=1)
    third = new_desk(settings, desk_clock, built)
    introduce(third)
    carry(site.south, third)
    carry(third, site.south)
    assert things(third, "desk_line.unread") == []
    assert standing_at(site.south) == ["not delivered yet"]
    third.close()


def test_an_answer_in_words_says_that_the_line_was_read(site):
    line = service.send(site.south, "2001", EVERY_DESK, SAID)
    site.carry()
    answer = service.answer(site.east, "2002", line, "人已到东门")
    site.carry()
    [thing] = things(site.south, "desk_line.unread")
    assert thing.ref == answer
    now = desks_now(site.south, outstanding, at_desks)
    assert set(now.words.values()) == {SAID, "人已到东门"}
    assert "read at 08:20 by 王磊" in standing_at(site.south)


@pytest.mark.parametrize("words", ["", "   "])
def test_an_empty_line_is_refused_at_its_field(site, words):
    with pytest.raises(Refused, match=r"desk_line\.empty") as refused:
        service.send(site.south, "2001", "gate-2", words)
    assert refused.value.facts["field"] == "text"


def test_a_desk_nobody_knows_and_a_line_of_ones_own_are_refused(site):
    with pytest.raises(Refused, match=r"desk_line\.no_such_desk"):
        service.send(site.south, "2001", "gate-9", SAID)
    line = service.send(site.south, "2001", "gate-2", SAID)
    with pytest.raises(Refused, match=r"desk_line\.not_for_here"):
        service.read(site.south, "2001", line)


def test_a_second_reading_changes_nothing(site):
    line = service.send(site.south, "2001", "gate-2", SAID)
    site.carry()
    assert service.read(site.east, "2002", line, Reply.CANNOT) is True
    assert service.read(site.east, "2001", line, Reply.COMING) is False


def test_what_was_said_is_sealed_and_deleted_after_its_days(site, desk_clock):
    service.send(site.south, "2001", "gate-2", SAID)
    with site.south.read() as book:
        [entry] = [
            one
            for one in journal.entries(book.connection, "gate-1")
            if one.code == "desk_line.sent"
        ]  # fmt: skip
    assert SAID not in entry.images + entry.facts
    desk_clock.advance(days=site.south.rules.desk_line_words_days, seconds=1)
    assert WORDS.purge(site.south).count == 1
    assert WORDS.purge(site.south).count == 0


def test_the_desks_stand_side_by_side_with_their_guards_and_how_fresh_they_are(site, desk_clock):
    now = desks_now(site.south, outstanding, at_desks)
    assert [(one.name, one.guard) for one in now.desks] == [("南门", "李建国"), ("东门", "王磊")]
    south, east = now.desks
    assert south.part is None
    assert east.part is not None
    assert east.part.told(site.south) == "东门: up to 08:20"
    site.sever()
    desk_clock.advance(minutes=site.south.rules.hub_fresh_min + 1)
    assert desks_now(site.south, outstanding, at_desks).desks[1].part.age.name == "OLD"
    desk_clock.advance(hours=site.south.rules.hub_stale_h)
    assert desks_now(site.south, outstanding, at_desks).desks[1].part.age.name == "STALE"
