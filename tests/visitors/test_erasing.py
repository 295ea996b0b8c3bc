"""A visitor's words: shown to him whole, erased on his wish, purged in time, and really gone."""

import random
from contextlib import closing

import pytest
from sqlmodel import select

from kiosk import all_reports, features
from kiosk.desk import database, journal, leftovers, list_papers, spool
from kiosk.desk.print_job import JOBS_OF, JobState, PrintJob
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.report_slip import slip_of
from kiosk.desk.secrets import is_sealed
from kiosk.desk.transaction import SUBJECT_KEY, Erased
from kiosk.desk.verify import verify
from visitors import cards, corrections, departures, erasing, no_shows, purging, reception, search
from visitors import subject as subject_page
from visitors.appointments import expect
from visitors.models import ALL_WORDS, Answer, How, LeftHow
from visitors.rules import Details
from visitors.service import phone_subject, visit_of
from visitors.subject_whom import visit_called

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
NAME = "龘靐齉"
RARE = Details(
    name=NAME, form="Ms", unit="罕见单位", phone="13800138000", matter="修表", goods="箱1",
    id_number="11010519491231002X",
)  # fmt: skip
PLAIN = Details(name="王小明", matter="送货", phone="13911112222")


def admit(desk, details):
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return visit


def gone(desk, details=RARE, *, signed=True):
    visit = admit(desk, details)
    departures.leave(desk, GUARD, visit, signed=signed)
    return visit


def erase(desk, visit, reason="本人要求"):
    with desk.write() as tx:
        erasing.erase(tx, desk, visit, reason)
    assert desk.empty_log()


def purge_all(desk):
    bites = [features.purge(desk)]
    while bites[-1].more:
        bites.append(features.purge(desk))
    return bites


def codes(desk):
    with desk.read() as book:
        return [entry.code for entry in journal.entries(book.connection, desk.gate)]


def intact(desk):
    with closing(database.open_reader(desk.settings.desk.database)) as connection:
        return verify(connection, desk.gate, desk.site_key).intact


def bytes_of(desk):
    folder = desk.settings.desk.database.parent
    return b"\0".join(path.read_bytes() for path in leftovers.files_of(folder))


def keys_of(desk, visit):
    with desk.read() as book:
        row = visit_of(book, visit)[0]
        found = [book.one(SUBJECT_KEY, id=one) for one in (row.subject, phone_subject(row))]
        return row.subject, [key.wrapped.encode() for key in found if key is not None]


def sealed_of(desk, subject):
    """Return every sealed value of the subject, in rows, slips and journal."""
    found = set()
    with desk.read() as book:
        for entry in journal.entries(book.connection, desk.gate):
            values = [*entry.facts_made().values()]
            for image in entry.images_made():
                values += (image.row or {}).values()
            found |= {one for one in values if isinstance(one, str) and is_sealed(one)}
    return {one for one in found if one.split(".")[1].startswith(subject)}


def told(desk, visit):
    with desk.read() as book:
        row, host = visit_of(book, visit)
        return subject_page.as_lines(subject_page.told(desk, book, row, host, [("Sheet", "H7")]))


def test_what_the_book_holds_is_told_whole_and_in_plain_words(desk):
    visit = admit(desk, RARE)
    card = cards.visit_card(desk, visit)
    wanted = corrections.Corrected(
        Details(name=NAME, form="Ms", unit="罕见单位", phone="13800138000", matter="修钟"),
        HOST, card.until_at,
    )  # fmt: skip
    corrections.correct(desk, GUARD, visit, wanted, "听错了")
    departures.leave(desk, GUARD, visit, signed=True)
    said = told(desk, visit)
    for words in (
        NAME, "罕见单位", "13800138000", "110***********002X", "修钟", "张伟", "听错了",
        "Earlier wording", "修表", "箱1", "H7", "2026-12-23", "2027-05-22", "left (guard saw)",
    ):  # fmt: skip
        assert words in said, words


@pytest.mark.parametrize("typed", ["20261123-001", "11-23/001", " 11-23/1 "])
def test_the_visit_is_called_by_its_number(desk, desk_clock, typed):
    visit = gone(desk)
    desk_clock.advance(days=60)  # in the year after, the day without a year is last year's
    with desk.read() as book:
        assert visit_called(desk, book, typed)[0].id == visit


@pytest.mark.parametrize("typed", ["", "1", "20261123", "2026-11-23", "20261340-001", "11-23/x"])
def test_what_is_no_number_is_said_to_be_none(desk, typed):
    with desk.read() as book, pytest.raises(Refused, match=r"subject\.number_unclear"):
        visit_called(desk, book, typed)


@pytest.mark.parametrize("typed", ["20261123-999", "11-23/000"])
def test_a_number_nobody_had_is_unknown(desk, typed):
    with desk.read() as book, pytest.raises(Refused, match=r"subject\.unknown"):
        visit_called(desk, book, typed)


def test_an_open_visit_is_not_erased(desk):
    inside = admit(desk, RARE)
    waits = reception.walk_in(desk, GUARD, PLAIN, HOST)
    expected = expect(desk, GUARD, PLAIN, HOST)
    missing = gone(desk, PLAIN, signed=False)
    for visit in (inside, waits, expected, missing):
        with pytest.raises(Refused, match=r"subject\.still_open"):
            erase(desk, visit)
    assert cards.visit_card(desk, inside).name == NAME
    departures.settle_return_slip(desk, GUARD, missing, "找到了")
    erase(desk, missing)


@pytest.mark.parametrize(
    ("reason", "code"), [("", "visit.reason_missing"), (f"{NAME}要求", "subject.reason_names")]
)
def test_a_reason_is_needed_and_names_nobody(desk, reason, code):
    visit = gone(desk)
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        erase(desk, visit, reason)
    assert cards.visit_card(desk, visit).name == NAME


def test_an_erased_visitor_can_be_read_nowhere_again(desk):
    kept, visit = gone(desk, PLAIN), gone(desk)
    subject, wrapped = keys_of(desk, visit)
    sealed = sealed_of(desk, subject)
    assert len(wrapped) == 2
    assert len(sealed) >= 8
    erase(desk, visit)
    assert codes(desk)[-1] == "subject.erased"
    with desk.read() as book:
        assert search.find(book, "", desk.today()) == [kept]
        for value in sealed:
            with pytest.raises(Erased):
                book.unseal(value)
        assert visit_of(book, visit)[0].id_hash == ""
    assert not any(trace in bytes_of(desk) for trace in (NAME.encode(), *wrapped))
    assert intact(desk)


def test_the_lists_show_that_the_visitor_is_erased(desk):
    visit = gone(desk)
    erase(desk, visit)
    [card] = cards.todays(desk)
    assert (card.name, card.form, card.unit, card.people) == ("erased", "", "", 1)
    for name in ("visits", "register", "visitors"):
        with desk.read() as book:
            table = all_reports.reports()[name](desk, book, Period(desk.today(), desk.today()))
        assert "erased" in table.rows[0]
    assert "erased; only numbers" in told(desk, visit)
    assert NAME not in told(desk, visit)


@pytest.mark.usefixtures("words_zh")
def test_the_word_is_chinese_where_chinese_is_spoken(desk):
    visit = gone(desk)
    assert "保存" in told(desk, visit)
    erase(desk, visit)
    assert cards.visit_card(desk, visit).name == "已删除"


def test_nobody_changes_an_erased_visit_and_nothing_breaks(desk, desk_clock):
    visit = gone(desk)
    appointment = expect(desk, GUARD, PLAIN, HOST)
    desk_clock.advance(days=1)
    no_shows.close_no_shows(desk)
    erase(desk, visit)
    erase(desk, appointment)
    until = cards.visit_card(desk, visit).until_at
    for act in (
        lambda: corrections.correct(
            desk, GUARD, visit, corrections.Corrected(PLAIN, HOST, until), "改"
        ),
        lambda: corrections.void(desk, GUARD, visit, "错"),
        lambda: no_shows.come_after_all(desk, GUARD, appointment),
        lambda: erase(desk, visit),
    ):
        with pytest.raises(Refused, match=r"visit\.erased"):
            act()
    departures.slip_not_signed(desk, GUARD, visit)
    departures.settle_return_slip(desk, GUARD, visit, "找到了")
    with desk.write() as tx:
        search.reindex(tx)
        tx.record("test.index_rebuilt")
    with desk.read() as book:
        assert book.all(ALL_WORDS) == []
    assert intact(desk)


def test_a_slip_never_printed_is_given_up_and_none_is_printed_again(desk):
    visit = gone(desk)
    number = cards.visit_card(desk, visit).readable
    erase(desk, visit)
    with desk.read() as book:
        [job] = book.all(JOBS_OF, slip="visit", number=number)
    assert job.state is JobState.SETTLED
    with desk.write() as tx, pytest.raises(Refused, match=r"slip\.erased"):
        spool.print_again(tx, job.id)


def print_a_list(desk):
    with desk.read() as book:
        table = all_reports.reports()["visits"](desk, book, Period(desk.today(), desk.today()))
    with desk.write() as tx:
        slip = slip_of("visits", table, desk.local(tx.now), f"{tx.head.seq + 1}")
        job = list_papers.put_on_paper(tx, slip)
        tx.record("report.printed", report="visits")
        return job.id


def test_a_printed_list_is_forgotten_at_the_next_full_hour_and_a_waiting_one_is_not(desk):
    visit = gone(desk)
    done, waits = print_a_list(desk), print_a_list(desk)
    spool.start(desk, done)
    spool.confirm(desk, done, weak=False)
    assert features.lapse(desk) == 1
    assert features.lapse(desk) == 0
    with desk.read() as book:
        by_id = {job.id: job for job in book.all(select(PrintJob))}
        with pytest.raises(Erased):
            book.unseal(by_id[done].document)
        assert NAME in book.unseal(by_id[waits].document)
    erase(desk, visit)
    with desk.read() as book, pytest.raises(Erased):
        book.unseal(spool._job(book, waits).document)
    assert intact(desk)


def test_the_phone_number_goes_first_and_the_rest_in_its_time(desk, desk_clock):
    visit = gone(desk)
    desk_clock.advance(days=29)
    assert features.lapse(desk) == 0
    desk_clock.advance(days=1)
    assert features.lapse(desk) == 1
    shown = cards.visit_card(desk, visit)
    assert (shown.name, shown.phone) == (NAME, "")
    with desk.write() as tx:
        search.reindex(tx)
        tx.record("test.index_rebuilt")
    with desk.read() as book:
        assert [(one.name, one.phone_tail) for one in book.all(ALL_WORDS)] == [(NAME, "")]
    desk_clock.advance(days=149)
    assert features.lapse(desk) == 0
    desk_clock.advance(days=1)
    assert features.lapse(desk) == 1
    assert cards.visit_card(desk, visit).name == "erased"
    assert features.lapse(desk) == 0
    assert intact(desk)


def test_a_phone_number_may_be_written_anew_and_goes_again(desk, desk_clock):
    visit = gone(desk)
    desk_clock.advance(days=31)
    purge_all(desk)
    until = cards.visit_card(desk, visit).until_at
    corrections.correct(desk, GUARD, visit, corrections.Corrected(RARE, HOST, until), "补写")
    assert cards.visit_card(desk, visit).phone == RARE.phone
    purge_all(desk)
    assert cards.visit_card(desk, visit).phone == ""
    assert intact(desk)


def test_who_is_still_inside_is_not_purged_and_an_assumed_leaving_is(desk, desk_clock):
    inside, assumed = admit(desk, PLAIN), admit(desk, RARE)
    departures.leave(desk, GUARD, assumed, signed=False, how=LeftHow.ASSUMED)
    desk_clock.advance(days=400)
    purge_all(desk)
    assert cards.visit_card(desk, inside).name == "王小明"
    assert cards.visit_card(desk, assumed).name == "erased"
    departures.leave(desk, GUARD, inside, signed=True)
    purge_all(desk)
    assert cards.visit_card(desk, inside).name == "王小明"  # the days count from leaving


def test_a_bite_is_small_and_the_bites_end(desk, desk_clock):
    for _turn in range(55):
        gone(desk, PLAIN)
    desk_clock.advance(days=200)
    with desk.read() as book:
        assert features.overdue(desk, book)["visitors"] == 55
    bites = purge_all(desk)
    assert [bite.counts["visitors"] for bite in bites if bite.count] == [10, 10, 10, 10, 10, 5]
    assert [entry for entry in codes(desk) if entry == "subjects.purged"] == ["subjects.purged"] * 6
    with desk.read() as book:
        assert (purging.leftovers(book), sum(features.overdue(desk, book).values())) == (0, 0)


def test_a_purged_name_is_in_no_byte_of_the_folder(desk, desk_clock, settings):
    """Many visitors between, written several times over, so that SQLite rebuilds its pages."""
    turn = random.Random(7)  # noqa: S311 - which visitors these are is no secret
    marked = {}
    for at in range(160):
        details = Details(name=f"{NAME}{chr(0x4E00 + at)}", matter="事" * turn.randint(1, 40),
                          phone=f"138{at:08}", unit="单位" * turn.randint(0, 20))  # fmt: skip
        visit = gone(desk, details)
        departures.slip_not_signed(desk, GUARD, visit)
        departures.settle_return_slip(desk, GUARD, visit, f"{NAME}已交")
        marked[visit] = details.name
        if at % 50 == 0:
            desk.rest()
    wrapped = [trace for visit in marked for trace in keys_of(desk, visit)[1]]
    picked = turn.sample(sorted(marked), 60)
    for visit in picked[:10]:
        erase(desk, visit)
    log = settings.desk.database.with_suffix(".db.log")
    log.write_text("INFO kiosk: nothing of interest\n", encoding="utf-8")
    desk_clock.advance(days=181)
    purge_all(desk)
    content = bytes_of(desk)
    assert NAME.encode() not in content
    assert not [trace for trace in wrapped if trace in content]
    assert intact(desk)
    log.write_text(f"oh {NAME}", encoding="utf-8")
    assert leftovers.holding(log.parent, {NAME}) == [log]


def test_a_print_out_for_the_visitor_is_forgotten_once_he_has_it(desk, desk_clock):
    visit = gone(desk)
    with desk.write() as tx:
        row, host = visit_of(tx, visit)
        slip = subject_page.as_slip(desk, subject_page.told(desk, tx, row, host, []), tx.now)
        jobs = [list_papers.put_on_paper(tx, slip).id for _copy in range(2)]
        tx.record("slip.queued", slip=slip.kind, number=slip.number)
    spool.start(desk, jobs[0])
    spool.confirm(desk, jobs[0], weak=False)
    assert features.purge(desk).counts["papers"] == 1
    with desk.read() as book:
        assert RARE.phone in book.unseal(spool._job(book, jobs[1]).document)
    desk_clock.advance(days=31)  # no printer: it waits for ever
    assert features.purge(desk).counts["papers"] == 1
    with desk.read() as book:
        waited = spool._job(book, jobs[1])
        assert waited.state is JobState.SETTLED
        with pytest.raises(Erased):
            book.unseal(waited.document)
    assert intact(desk)
