"""What each feature does where two desks of one site have each other's work in their books."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from site_books import carry, desks_of, entries_after, heal, intact, keys_in, tables_of
from sqlmodel import select

from kiosk import features
from kiosk.attendance import service as taps
from kiosk.attendance.closing.service import close_day
from kiosk.attendance.counters import service as counters
from kiosk.attendance.counters.models import DayCounted
from kiosk.attendance.honest import service as honest
from kiosk.attendance.models import TAPS_BETWEEN, TapVoid, VoidReason
from kiosk.attendance.outing import service as outings
from kiosk.attendance.spares import service as spares
from kiosk.attendance.stand_ins import service as stand_ins
from kiosk.desk import journal, spool
from kiosk.desk.absence import Outing, OutingKind, StandIn
from kiosk.desk.foreign import absorb
from kiosk.desk.forks import open_forks
from kiosk.desk.numbers import next_number
from kiosk.desk.pen import Pen
from kiosk.desk.people import EVERYONE
from kiosk.desk.presence import PRESENCE, Whereabouts
from kiosk.desk.print_job import JOBS_OF, JobState
from kiosk.desk.purge import erased_of
from kiosk.desk.refusal import Refused
from kiosk.desk.row import journalled
from kiosk.desk.signing import Means, Proof
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Title
from kiosk.desk.transaction import SUBJECT_KEY
from kiosk.incidents import service as incidents
from kiosk.notifying import Notifier
from kiosk.parcels import outstanding as parcels_open
from kiosk.parcels import service as parcels
from kiosk.parcels.rules import Arrived
from kiosk.passes import asking as passes
from kiosk.passes.models import State as PassState
from kiosk.passes.reading import pass_by_id
from kiosk.passes.rules import Asking, Item
from shift_handover import matters
from shift_handover.models import GiverKind
from visitors import (
    appointments,
    departures,
    erasing,
    no_shows,
    purging,
    reception,
    search,
    slip_code,
    slips,
    subject_history,
    subject_whom,
    watch_list,
    watch_purging,
)
from visitors.ladder import notices
from visitors.models import ALL_WORDS, Answer, How, State
from visitors.rules import Details
from visitors.service import Times, phone_subject, visit_of
from visitors.watch_list import Listing
from visitors.watch_models import ALL_KEYS, Level

ROOT = Path(__file__).parents[2]
GUARD, HOST, OFFICE = "2001", "1001", "9001"
WANG = Details(name="王小明", unit="东川供水公司", phone="13800138000", matter="水表检修")


def staff(desk, number):
    with desk.read() as book:
        return next(one for one in book.all(EVERYONE) if one.staff_no == number)


def proof(desk, number=OFFICE):
    return Proof(staff(desk, number), Means.BADGE, desk.clock())


def came(desk, details=WANG, *, gone=False):
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    if gone:
        departures.leave(desk, GUARD, visit, signed=True)
    return visit


def visit_at(desk, visit):
    with desk.read() as book:
        return visit_of(book, visit)[0]


def words_at(desk):
    with desk.read() as book:
        return {one.id: one for one in book.all(ALL_WORDS)}


def forks(desk):
    with desk.read() as book:
        return open_forks(book)


def codes(desk, code):
    with desk.read() as book:
        found = journal.entries(book.connection, desk.gate)
        return [one for one in found if one.code == code]


def empty_queue(desk):
    while (waiting := spool.next_job(desk)) is not None:
        spool.start(desk, waiting[0].id)
        spool.confirm(desk, waiting[0].id, weak=False)


# Numbers.


def test_two_desks_that_are_cut_off_give_no_number_twice(two):
    east, north = two
    numbers = {visit_at(desk, came(desk)).number for desk in two for _ in range(3)}
    assert numbers == {1, 2, 3, 1001, 1002, 1003}
    heal(two)
    assert tables_of(east) == tables_of(north)
    assert forks(east) == forks(north) == []
    with north.write() as tx:
        assert next_number(tx, "message") == 1001
        tx.record("numbered")


def test_bars_hold_the_last_desks_numbers(settings, desk_clock, built):
    [*_, last] = desks_of(settings, desk_clock, 20, built)
    visit = visit_at(last, came(last))
    assert visit.number == 19_001
    for made in (slip_code.made_short, slip_code.made):
        code = slip_code.read(last, made(last, visit, 1))
        assert (code.number, code.copy, code.day) == (19_001, 1, visit.day)


# Paper and notices.


def test_each_desk_prints_its_own_slips_and_the_other_counts_the_copy(two):
    east, north = two
    slip = Slip("note", "N1", (Title("N1"),))
    with east.write() as tx:
        tx.print(slip, tx.new_subject())
        tx.record("slip.queued")
    carry(east, north)
    assert spool.next_job(north) is None
    with north.read() as book:
        assert spool.outstanding(north, book) == []
        [job] = book.all(JOBS_OF, slip="note", number="N1")
    with north.write() as tx:
        again = spool.print_again(tx, job.id)
        assert (again.copy_no, again.gate) == (2, north.gate)
    spool.start(east, job.id)
    carry(east, north)
    assert spool.recover(north) == 0
    assert spool.recover(east) == 1
    heal(two)
    assert forks(east) == forks(north) == []
    with east.read() as book:
        states = {one.gate: one.state for one in book.all(JOBS_OF, slip="note", number="N1")}
    assert states == {east.gate: JobState.UNKNOWN, north.gate: JobState.QUEUED}


def test_a_slip_whose_words_another_desk_deleted_is_not_printed(two):
    east, north = two
    visit = came(east, gone=True)
    empty_queue(east)
    carry(east, north)
    with north.write() as tx:
        [job, *_] = tx.all(JOBS_OF, slip=slips.KIND, number=_number(east, visit))
        spool.print_again(tx, job.id)
    carry(north, east)
    with east.write() as tx:
        erasing.erase(tx, east, visit, "本人要求")
    carry(east, north)
    assert spool.give_up_erased(east) == 0
    assert features.lapse(north) >= 1
    assert [json.loads(one.facts)["reason"] for one in codes(north, "slip.given_up")] == [
        "words_deleted"
    ]
    assert spool.next_job(north) is None


def _number(desk, visit):
    found = visit_at(desk, visit)
    return f"{found.day:%Y%m%d}-{found.number:03}"


def test_a_notice_is_sent_or_given_up_by_the_desk_that_queued_it(settings, desk_clock, built):
    reached = replace(settings, notify=replace(settings.notify, url="http://127.0.0.1:9/notify"))
    east, north = desks_of(reached, desk_clock, 2, built)
    visit = reception.walk_in(east, GUARD, WANG, HOST)
    reception.ask(east, GUARD, visit, How.MESSAGE)
    carry(east, north)
    with east.read() as here, north.read() as there:
        assert len(notices.waiting(east, here)) == 1
        assert notices.waiting(north, there) == []
    pen = Pen()
    assert [Notifier(one, pen, [notices.OUTBOX], str).give_up_old() for one in (north, east)] == [
        0, 1,
    ]  # fmt: skip
    heal([east, north])
    assert forks(east) == forks(north) == []
    for desk in (east, north):
        desk.close()


# What time alone ends.


def test_the_desk_that_wrote_an_appointment_last_closes_it_and_no_other(two, desk_clock):
    east, north = two
    start = desk_clock() + timedelta(hours=1)
    made = [
        appointments.expect(
            desk, GUARD, WANG, HOST, Times(start, start + timedelta(hours=1)), How.PHONE
        )
        for desk in two
    ]
    heal(two)
    desk_clock.advance(days=1)
    assert [no_shows.close_no_shows(desk) for desk in two] == [1, 1]
    heal(two)
    assert [no_shows.close_no_shows(desk) for desk in two] == [0, 0]
    assert {visit_at(north, one).state for one in made} == {State.NO_SHOW}
    assert forks(east) == forks(north) == []
    assert tables_of(east) == tables_of(north)


def test_only_the_keeper_counts_days_and_closes_the_books(two, desk_clock):
    east, north = two
    for desk in two:
        taps.tap(desk, staff(desk, HOST), "")
    heal(two)
    desk_clock.advance(days=1)
    assert counters.lapse(north) == 0
    assert counters.lapse(east) > 0
    day = east.work_day(desk_clock() - timedelta(days=1))
    with pytest.raises(Refused) as why:
        close_day(north, proof(north), day)
    assert why.value.code == "closing.kept_elsewhere"
    heal(two)
    with north.read() as book:
        assert book.all(select(DayCounted))
    assert forks(north) == []


# Words, keys, erasing.


def test_a_visitor_of_one_desk_is_found_at_the_other_by_every_word(two):
    east, north = two
    visit = came(east)
    carry(east, north)
    assert words_at(north) == words_at(east)
    with north.read() as book:
        day = visit_at(north, visit).day
        for typed in ("王小明", "wxm", "8000", "001"):
            assert search.find(book, typed, day) == [visit]
    departures.leave(north, GUARD, visit, signed=True)
    carry(north, east)
    assert visit_at(east, visit).state is State.LEFT


def test_who_is_erased_at_one_desk_is_erased_at_all_and_a_late_key_is_not_taken(two):
    east, north = two
    visit = came(east, gone=True)
    late = keys_in(east)
    carry(east, north)
    with north.write() as tx:
        erasing.erase(tx, north, visit, "本人要求")
    subject = visit_at(north, visit).subject
    [entry] = codes(north, "subject.erased")
    assert {subject, f"{subject}-phone"} <= erased_of(entry)
    carry(north, east)
    for desk in two:
        assert visit not in words_at(desk)
        absorb(desk, [], late)
        with desk.read() as book:
            assert book.one(SUBJECT_KEY, id=subject) is None
            assert purging.leftovers(book) == 0
        assert intact(desk)
    assert tables_of(east) == tables_of(north)


def test_entries_of_an_erased_visitor_that_come_late_bring_no_words(two):
    east, north = two
    visit = came(east, gone=True)
    told = entries_after(east, north)
    keys = keys_in(east)
    with east.write() as tx:
        erasing.erase(tx, east, visit, "本人要求")
    absorb(north, [*told, *entries_after(east, north)[len(told) :]], keys, features.hooks())
    assert words_at(north) == {}
    with north.read() as book:
        assert book.one(SUBJECT_KEY, id=visit_at(north, visit).subject) is None


def test_a_deleted_phone_number_is_found_by_at_no_desk(two, desk_clock):
    east, north = two
    visit = came(east, gone=True)
    carry(east, north)
    desk_clock.advance(days=east.rules.visitor_phone_days + 1)
    assert purging.purge(north).count == 0
    assert purging.purge(east).counts["phones"] == 1
    carry(east, north)
    for desk in two:
        words = words_at(desk)[visit]
        assert (words.phone_tail, words.phone_day, words.name) == ("", None, "王小明")
        with desk.read() as book:
            assert book.one(SUBJECT_KEY, id=phone_subject(visit_at(desk, visit))) is None
            assert purging.leftovers(book) == 0


def test_two_desks_that_purge_in_the_same_hour_do_not_conflict(two, desk_clock):
    east, north = two
    visits = [came(desk, gone=True) for desk in two]
    entry = watch_list.add(
        east, GUARD, Listing(level=Level.REFUSE, name="章薇", reason="闹事", whom=HOST), proof(east)
    )
    assert entry
    with east.read() as book:
        [listed] = book.all(watch_list.NOT_ENDED)
    watch_list.end(east, GUARD, listed.id, "事情已了", proof(east))
    heal(two)
    desk_clock.advance(days=max(east.rules.visitor_words_days, east.rules.watch_words_days))
    desk_clock.advance(hours=1)
    for desk in (north, east):
        empty_queue(desk)
        while features.purge(desk).more:
            pass
    heal(two)
    assert forks(east) == forks(north) == []
    assert tables_of(east) == tables_of(north)
    for desk in two:
        assert words_at(desk) == {}
        with desk.read() as book:
            assert purging.leftovers(book) == watch_purging.leftovers(book) == 0
            for visit in visits:
                assert book.one(SUBJECT_KEY, id=visit_of(book, visit)[0].subject) is None


def test_the_keeper_purges_for_a_desk_that_is_gone_for_long(two, desk_clock):
    east, north = two
    visit = came(north, gone=True)
    carry(north, east)
    desk_clock.advance(days=east.rules.visitor_words_days)
    assert purging.purge(east).counts["visitors"] == 0
    desk_clock.advance(hours=east.rules.hub_stale_h)
    assert purging.purge(east).counts["visitors"] == 1
    assert visit not in words_at(east)


def test_who_is_listed_at_one_desk_is_known_at_the_other_until_the_entry_ends(two):
    east, north = two
    watch_list.add(
        east, GUARD, Listing(level=Level.REFUSE, name="章薇", reason="闹事", whom=HOST), proof(east)
    )
    carry(east, north)
    visit = reception.walk_in(north, GUARD, Details(name="章薇", matter="办事"), HOST)
    reception.answer(north, GUARD, visit, Answer.YES, How.IN_PERSON)
    with pytest.raises(Refused):
        reception.admit(north, GUARD, visit)
    with east.read() as book:
        [listed] = book.all(watch_list.NOT_ENDED)
    watch_list.end(east, GUARD, listed.id, "事情已了", proof(east))
    carry(east, north)
    with north.read() as book:
        assert book.all(ALL_KEYS) == []


# Taps.


def test_in_at_one_gate_and_out_at_the_other(two, desk_clock):
    east, north = two
    assert taps.tap(east, staff(east, HOST), "").kind is Whereabouts.IN
    carry(east, north)
    desk_clock.advance(hours=8)
    assert taps.tap(north, staff(north, HOST), "").kind is Whereabouts.OUT
    carry(north, east)
    assert presence(east) is Whereabouts.OUT
    assert forks(east) == []


def presence(desk):
    with desk.read() as book:
        return book.one(PRESENCE, person=staff(desk, HOST).id).state


def test_taps_at_both_gates_while_cut_leave_the_newest_and_no_conflict(two, desk_clock):
    east, north = two
    taps.tap(east, staff(east, HOST), "")
    desk_clock.advance(hours=8)
    taps.tap(north, staff(north, HOST), "")
    heal(two)
    assert presence(east) is presence(north) is Whereabouts.IN
    assert forks(east) == forks(north) == []
    desk_clock.advance(hours=1)
    assert taps.tap(east, staff(east, HOST), "").kind is Whereabouts.OUT
    heal(two)
    assert presence(north) is Whereabouts.OUT


def test_a_tap_of_one_gate_is_void_at_the_other_and_presence_goes_back(two, desk_clock):
    east, north = two
    taps.tap(east, staff(east, HOST), "")
    carry(east, north)
    desk_clock.advance(hours=2)
    wrong = taps.tap(north, staff(north, HOST), "")
    carry(north, east)
    done = honest.void(east, OFFICE, wrong.tap_id, VoidReason.NOT_HOLDER)
    assert done.now is Whereabouts.IN
    carry(east, north)
    assert presence(north) is Whereabouts.IN
    assert tables_of(east) == tables_of(north)


def test_a_tap_voided_at_both_gates_while_cut_is_one_conflict(two):
    east, north = two
    wrong = taps.tap(east, staff(east, HOST), "")
    carry(east, north)
    honest.void(east, OFFICE, wrong.tap_id, VoidReason.TWICE)
    honest.void(north, OFFICE, wrong.tap_id, VoidReason.NOT_HOLDER)
    heal(two)
    for desk in two:
        assert [fork.table for fork in forks(desk)] == ["tap_void"]
        with desk.read() as book:
            assert len(book.all(select(TapVoid))) == 1


def test_another_desks_wrong_clock_puts_no_tap_here_in_doubt(settings, built, desk_clock):
    opened = desks_of(settings, desk_clock, 2, built)
    east, north = opened
    try:
        taps.tap(north, staff(north, HOST), "")
        desk_clock.advance(days=-1)
        taps.tap(east, staff(east, "2002"), "")
        desk_clock.advance(days=1, hours=1)
        taps.tap(east, staff(east, HOST), "")
        carry(east, north)
        desk_clock.advance(minutes=-30)
        assert taps.tap(north, staff(north, OFFICE), "").doubt is None
        day = north.today()
        with north.read() as book:
            assert len(book.all(TAPS_BETWEEN, first=day, last=day)) == 3
    finally:
        for desk in opened:
            desk.close()


# The person's answer.


def test_a_visitor_is_told_what_every_desks_book_says_of_him(two):
    east, north = two
    visit = came(east)
    carry(east, north)
    departures.leave(north, GUARD, visit, signed=True)
    carry(north, east)
    for desk, foreign in ((east, north), (north, east)):
        with desk.read() as book:
            found, _host = subject_whom.visits_called(desk, book, _number(east, visit))[0]
            lines = list(subject_history.history(desk, book, found, on_paper=False))
        assert found.id == visit
        assert len(lines) >= 4
        assert any(f", at {foreign.gate}" in said for _at, said in lines)
        assert not all(f", at {foreign.gate}" in said for _at, said in lines)


def test_the_contact_sheet_comes_at_this_gate_too(two):
    east, north = two
    assert incidents.print_contacts(east, GUARD)
    assert incidents.print_contacts(east, GUARD) == ""
    carry(east, north)
    assert incidents.print_contacts(north, GUARD)


def test_what_lapses_is_ended_by_the_desk_that_wrote_it(two, desk_clock):
    east, north = two
    asked = passes.ask(
        north, GUARD, HOST, Asking(purpose="送修", items=(Item("打印机"),)), carrier=HOST
    )
    with north.write() as tx:
        row = pass_by_id(tx, asked)
        row.state, row.valid_until = PassState.VALID, north.today()
        tx.put(row)
        tx.record("pass.approved")
    spare = spares.add(north, GUARD, "04AABBCCDDEE01", "L1")
    spares.lend(north, GUARD, spare.id, proof(north, HOST))
    heal(two)
    desk_clock.advance(days=2)
    for one in (passes, spares):
        assert one.lapse(east) == 0
    for one in (passes, spares):
        assert one.lapse(north) == 1
    heal(two)
    assert forks(east) == forks(north) == []
    assert tables_of(east) == tables_of(north)


def test_the_page_says_how_every_table_is_merged():
    page = (ROOT / "docs" / "several-desks.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[^|]*`) \| (\w+) \|", page, re.MULTILINE)
    said = [(table, merged) for tables, merged in rows for table in re.findall(r"`(\w+)`", tables)]
    known = [(table, kind.merged.value) for table, kind in journalled().items()]
    assert sorted(said) == sorted(known)


def test_what_lies_at_one_window_is_no_open_thing_at_the_other(two):
    east, north = two
    parcels.arrive(east, GUARD, HOST, Arrived(sender="顺丰", shelf="2号架"))
    said = matters.Entrusting(GiverKind.INSIDER, giver="王磊", receiver="张伟", what="开东侧门")
    matters.entrust(east, GUARD, said)
    carry(east, north)
    kinds = {}
    for desk in two:
        with desk.read() as book:
            things = [*parcels_open.outstanding(desk, book), *matters.outstanding(desk, book)]
            told = parcels_open.note(desk, book, staff(desk, HOST))
            kinds[desk.gate] = ({one.kind for one in things}, bool(told))
            assert len(matters.open_matters(book)) == 1
    assert kinds == {east.gate: ({"parcel", "matter"}, True), north.gate: (set(), False)}


def test_outings_and_stand_ins_of_a_day_that_is_over_are_ended_once(two, desk_clock):
    east, north = two
    host, other = staff(north, HOST), staff(north, OFFICE)
    with north.write() as tx:
        now = tx.now
        tx.put(
            Outing(
                number="OT1001", subject=tx.new_subject(), person_id=host.id, place="",
                kind=OutingKind.BUSINESS, day=north.today(), written_at=now, started_at=now,
                written_by=GUARD,
            )
        )  # fmt: skip
        tx.put(
            StandIn(
                number="DG1001", absent_id=host.id, stand_in_id=other.id, from_at=now,
                until_at=now + timedelta(hours=1), asked_at=now, asked_by=GUARD,
            )
        )  # fmt: skip
        tx.record("outing.started")
    heal(two)
    desk_clock.advance(days=1)
    for lapse in (outings.lapse, stand_ins.lapse):
        assert [lapse(east), lapse(north)] == [0, 1]
    heal(two)
    assert forks(east) == forks(north) == []
    assert tables_of(east) == tables_of(north)
