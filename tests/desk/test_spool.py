"""A slip is never lost and never printed twice in silence, whatever the power and the paper do."""

import pytest

from kiosk.desk import spool
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import Urgency
from kiosk.desk.print_job import JOBS_OF, JobState
from kiosk.desk.refusal import Refused
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Text


@pytest.fixture
def queue(desk):
    def queue_(number="017"):
        with desk.write(by="2001") as tx:
            subject = tx.new_subject()
            job = tx.print(Slip(kind="visit", number=number, lines=(Text("王小明"),)), subject)
            tx.record("visit.admitted", number=number)
        return job.id

    return queue_


def printed(desk, number, about):
    with desk.write(by="2001") as tx:
        slip = Slip(kind="sheet", number=number, lines=(Text("12号柜钥匙"),))
        job = tx.print(slip, tx.new_subject(), about)
        tx.record("sheet.printed", number=number)
    return job


def test_a_slip_of_the_same_number_about_something_else_is_no_reprint(desk):
    first, other, again = (printed(desk, "K1-K3", about) for about in ("a b c", "a c", "a b c"))
    assert (first.copy_no, other.copy_no, again.copy_no) == (1, 1, 2)
    with desk.write(by="2001") as tx:
        assert spool.print_again(tx, other.id).copy_no == 2


def test_the_number_of_a_range_is_said_whole(desk):
    printed(desk, "20261123-017", "")
    printed(desk, "K1-K3", "a b c")
    assert [number for _kind, number, _urgency in open_things(desk)] == ["017", "K1-K3"]


def states(desk, number="017"):
    with desk.read() as book:
        return [job.state for job in book.all(JOBS_OF, slip="visit", number=number)]


def open_things(desk):
    with desk.read() as book:
        return [
            (thing.kind, thing.number, thing.urgency) for thing in spool.outstanding(desk, book)
        ]


def test_the_oldest_slip_is_printed_first(desk, queue):
    first, _second = queue("017"), queue("018")
    job, slip = spool.next_job(desk)
    assert (job.id, slip.number, slip.lines) == (first, "017", (Text("王小明"),))


def test_a_printed_slip_is_no_open_thing(desk, queue):
    job = queue()
    assert open_things(desk) == [("slip.queued", "017", Urgency.WAITING)]
    spool.start(desk, job)
    spool.confirm(desk, job, weak=False)
    assert (states(desk), open_things(desk), spool.next_job(desk)) == (
        [JobState.CONFIRMED],
        [],
        None,
    )


def test_a_slip_the_printer_was_not_ready_for_waits_again(desk, queue):
    job = queue()
    spool.start(desk, job)
    spool.put_back(desk, job, "paper_out")
    assert spool.next_job(desk)[0].id == job


def test_a_slip_in_flight_when_the_power_went_is_in_doubt_and_not_sent_again(
    desk, queue, settings, desk_clock
):
    spool.start(desk, queue())
    desk.close()
    again = Desk.open(settings, desk_clock)
    try:
        assert spool.recover(again) == 1
        assert spool.recover(again) == 0
        assert spool.next_job(again) is None
        assert open_things(again) == [("slip.unknown", "017", Urgency.NOW)]
    finally:
        again.close()


def test_a_person_settles_a_slip_in_doubt_once(desk, queue):
    job = queue()
    spool.start(desk, job)
    spool.lose(desk, job)
    with desk.write(by="2001") as tx:
        spool.settle(tx, job, "on_paper")
    assert (states(desk), open_things(desk)) == ([JobState.SETTLED], [])
    with pytest.raises(Refused, match=r"slip\.not_unknown"), desk.write(by="2001") as tx:
        spool.settle(tx, job, "on_paper")


def test_printing_again_is_a_second_copy_that_says_so(desk, queue):
    job = queue()
    spool.start(desk, job)
    spool.lose(desk, job)
    with desk.write(by="2001") as tx:
        spool.settle(tx, job, "not_on_paper")
        spool.print_again(tx, job)
    _, slip = spool.next_job(desk)
    assert (slip.copy, slip.lines) == (2, (Text("王小明"),))
    assert states(desk) == [JobState.QUEUED, JobState.SETTLED]


def test_a_slip_is_given_up_only_while_it_waits(desk, queue):
    job = queue()
    with desk.write(by="2001") as tx:
        spool.give_up(tx, job, "visitor left")
    assert spool.next_job(desk) is None
    with pytest.raises(Refused, match=r"slip\.not_queued"), desk.write(by="2001") as tx:
        spool.give_up(tx, job, "again")


@pytest.mark.usefixtures("words_zh")
def test_an_open_slip_is_said_in_the_language_of_the_moment(desk, queue):
    queue()
    with desk.read() as book:
        (thing,) = spool.outstanding(desk, book)
    assert thing.what.text() == "017 号单据等待打印机"
