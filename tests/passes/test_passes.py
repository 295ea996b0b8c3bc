"""A pass is asked, approved by another manager's tap, used once, and ends; nothing goes without."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from kiosk import features
from kiosk.desk import verify
from kiosk.desk.leaving import leave
from kiosk.desk.outstanding import Urgency
from kiosk.desk.print_job import JOBS_OF, JobState
from kiosk.desk.queries import compiled
from kiosk.desk.refusal import Refused
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import NumberWithCode
from kiosk.passes import approving, asking, gate, pass_code
from kiosk.passes.models import OPEN, OUT_BY, WAITING, State
from kiosk.passes.rules import Asking, Item
from shift_handover.from_open_things import records_of

GUARD, OTHER_GUARD, ZHANG, LI_NA, OFFICE = "2001", "2002", "1001", "3001", "9001"
TWO = Asking((Item("激光打印机", 1, "ZC-2031"), Item("硒鼓", 3)), "送修", "顺达维修 刘师傅")
PRINTER = Asking((Item("激光打印机", 1, "ZC-2031"),), "借给小学")


def out(passes, days: int = 7, carrier: str = LI_NA) -> str:
    """Let one printer out that is back in so many days; return the pass's id."""
    back_on = passes.desk.today() + timedelta(days=days)
    pass_id = passes.valid(Asking(PRINTER.items, PRINTER.purpose, back_on=back_on), carrier=carrier)
    gate.release(passes.desk, GUARD, pass_id, {1: 1})
    return pass_id


def test_nothing_goes_out_before_a_manager_approves(passes):
    pass_id = passes.ask()
    with pytest.raises(Refused, match=r"pass\.waits"):
        gate.release(passes.desk, GUARD, pass_id, {1: 1})
    passes.approve(pass_id)
    moved = gate.release(passes.desk, GUARD, pass_id, {1: 1, 2: 3})
    assert (moved.number, moved.pieces, moved.left) == ("W1", 4, 0)
    assert passes.row(pass_id).state is State.USED
    (told,) = passes.entries("pass.used")
    assert '"pieces":[1,3]' in told
    assert passes.open_things() == []


@pytest.mark.parametrize(
    ("approver", "carrier", "code"),
    [
        (OFFICE, "", "pass.not_manager"),
        (GUARD, "", "pass.asked_himself"),
        (LI_NA, "", "pass.asked_himself"),
        (OTHER_GUARD, OTHER_GUARD, "pass.carries_himself"),
    ],
)
def test_who_carries_asks_or_wrote_it_down_never_approves(passes, approver, carrier, code):
    if approver != OFFICE:
        passes.make_manager(approver)
    pass_id = passes.ask(carrier=carrier)
    with pytest.raises(Refused) as refused:
        passes.approve(pass_id, approver)
    assert refused.value.code == code
    assert passes.row(pass_id).state is State.WAITING
    assert passes.approve(pass_id, ZHANG) == "W1"


def test_a_pass_works_once_and_then_says_when_and_by_whom(passes, desk_clock):
    pass_id = passes.valid()
    desk_clock.advance(minutes=5)
    gate.release(passes.desk, OTHER_GUARD, pass_id, {1: 1})
    desk_clock.advance(minutes=5)
    with pytest.raises(Refused) as refused:
        gate.release(passes.desk, GUARD, pass_id, {2: 3})
    assert refused.value.code == "pass.used_already"
    assert refused.value.facts["name"] == passes.people[OTHER_GUARD].name
    assert refused.value.facts["at"] == "11-23 08:25"
    assert [item.went for item in passes.shown(pass_id).items] == [1, 0], "the rest: a new pass"
    assert len(passes.entries("pass.used")) == 1


def test_fewer_may_go_but_never_more_and_never_nothing(passes):
    pass_id = passes.valid()
    for counts, code in [
        ({1: 2}, "pass.too_many"), ({1: 1, 2: 4}, "pass.too_many"), ({}, "pass.nothing_ticked"),
        ({1: 0, 2: 0}, "pass.nothing_ticked"),
    ]:  # fmt: skip
        with pytest.raises(Refused) as refused:
            gate.release(passes.desk, GUARD, pass_id, counts)
        assert refused.value.code == code
    with pytest.raises(ValueError, match="line 3"):
        gate.release(passes.desk, GUARD, pass_id, {3: 1})
    with pytest.raises(ValueError, match="-1 of line 1"):
        gate.release(passes.desk, GUARD, pass_id, {1: -1, 2: 1})
    assert passes.row(pass_id).state is State.VALID
    moved = gate.release(passes.desk, GUARD, pass_id, {2: 2})
    assert (moved.pieces, moved.left) == (2, 2)


@pytest.mark.usefixtures("people")
def test_it_is_good_until_the_end_of_its_day(passes, desk_clock):
    used, unused = passes.valid(), passes.valid(PRINTER, carrier=LI_NA)
    desk_clock.advance(hours=15, minutes=39, seconds=59)  # 23:59:59 of the same day
    assert features.lapse(passes.desk) == 0
    gate.release(passes.desk, GUARD, used, {1: 1})
    desk_clock.advance(seconds=1)
    with pytest.raises(Refused) as refused:
        gate.release(passes.desk, GUARD, unused, {1: 1})
    assert (refused.value.code, refused.value.facts["until"]) == ("pass.is_over", "2026-11-23")
    assert passes.shown(unused).state is State.EXPIRED
    assert passes.open_things() == [], "over is over, before the full hour writes it down"
    assert features.lapse(passes.desk) == 1
    assert features.lapse(passes.desk) == 0
    assert passes.row(unused).state is State.EXPIRED
    assert passes.entries("pass.expired") == ['{"numbers":["W2"]}']


def test_a_cancelled_or_refused_pass_lets_nothing_out(passes):
    waiting, valid, refused_one = passes.ask(), passes.valid(), passes.ask()
    for pass_id in (waiting, valid):
        with pytest.raises(Refused, match=r"pass\.reason_missing"):
            asking.cancel(passes.desk, GUARD, pass_id, "\u200b ")
        asking.cancel(passes.desk, GUARD, pass_id, "不修了")
        with pytest.raises(Refused, match=r"pass\.is_cancelled"):
            gate.release(passes.desk, GUARD, pass_id, {1: 1})
    with pytest.raises(Refused, match=r"pass\.is_cancelled"):
        passes.approve(waiting)
    with pytest.raises(Refused, match=r"pass\.not_manager"):
        approving.refuse(passes.desk, GUARD, refused_one, passes.proof(OFFICE), "不同意")
    approving.refuse(passes.desk, GUARD, refused_one, passes.proof(), "新买的")
    with pytest.raises(Refused, match=r"pass\.not_approved"):
        gate.release(passes.desk, GUARD, refused_one, {1: 1})
    assert passes.shown(refused_one).reason == "新买的"
    with pytest.raises(Refused, match=r"pass\.not_approved"):
        passes.approve(refused_one)


def test_what_is_out_comes_back_piece_by_piece(passes):
    back_on = passes.desk.today() + timedelta(days=1)
    pass_id = passes.valid(Asking(TWO.items, TWO.purpose, TWO.carrier, back_on))
    with pytest.raises(Refused, match=r"pass\.still_valid"):
        gate.take_back(passes.desk, GUARD, pass_id, {1: 1})
    gate.release(passes.desk, GUARD, pass_id, {1: 1, 2: 2})
    with pytest.raises(Refused) as refused:
        gate.take_back(passes.desk, GUARD, pass_id, {2: 3})
    assert (refused.value.code, refused.value.facts["most"]) == ("pass.too_many", 2)
    first = gate.take_back(passes.desk, GUARD, pass_id, {2: 1})
    assert (first.pieces, first.left) == (1, 2)
    assert passes.open_things()[0].what.facts["n"] == 2
    gate.take_back(passes.desk, GUARD, pass_id, {1: 1, 2: 1})
    assert passes.row(pass_id).state is State.RETURNED
    with pytest.raises(Refused, match=r"pass\.back_already"):
        gate.take_back(passes.desk, GUARD, pass_id, {1: 1})
    assert [one.count('"left":0') for one in passes.entries("pass.returned")] == [0, 1]


def test_overdue_grows_and_says_whom_to_call(passes, desk_clock):
    out(passes, days=1)

    def grown():
        (one,) = passes.open_things()
        return one.kind, one.urgency

    assert grown() == ("pass.out", Urgency.QUIET)
    desk_clock.advance(days=1)
    assert grown() == ("pass.out", Urgency.SOON)
    desk_clock.advance(days=1)
    assert grown() == ("pass.out", Urgency.WAITING)
    assert "Call 李娜" in passes.open_things()[0].next_step.text()
    assert passes.report("passes-out").rows[0][-1] == "1 day late"
    desk_clock.advance(days=passes.desk.rules.pass_overdue_days)
    assert grown() == ("pass.out", Urgency.NOW)


def test_who_leaves_the_house_brings_back_what_is_out(passes):
    carried, asked = out(passes, carrier=OTHER_GUARD), passes.desk.today()
    outside = passes.valid(Asking(TWO.items, "送修", "顺达维修", asked))
    gate.release(passes.desk, GUARD, outside, {1: 1})

    def held(staff_no):
        with passes.desk.read() as book:
            return [
                one.number for one in features.holdings(passes.desk, book, passes.people[staff_no])
            ]

    assert (held(OTHER_GUARD), held(LI_NA)) == (["W1"], ["W2"])
    office = passes.proof(OFFICE)
    with pytest.raises(Refused, match=r"person\.still_holds"):
        leave(passes.desk, office, OTHER_GUARD, features.holdings, features.end_for_leaver)
    gate.take_back(passes.desk, GUARD, carried, {1: 1})
    assert leave(passes.desk, office, OTHER_GUARD, features.holdings, features.end_for_leaver) == 1


def test_only_another_managers_signature_lets_something_stay_away(passes):
    pass_id = out(passes)
    passes.make_manager(LI_NA)  # who carried it is no second pair of eyes
    with pytest.raises(Refused, match=r"pass\.carries_himself"):
        approving.let_go(passes.desk, GUARD, pass_id, passes.proof(LI_NA), "丢了")
    with pytest.raises(Refused, match=r"pass\.reason_missing"):
        approving.let_go(passes.desk, GUARD, pass_id, passes.proof(), "")
    approving.let_go(passes.desk, GUARD, pass_id, passes.proof(), "报废")
    assert passes.open_things() == []
    assert passes.shown(pass_id).reason == "报废"
    with pytest.raises(Refused, match=r"pass\.used_already"):
        gate.take_back(passes.desk, GUARD, pass_id, {1: 1})


def test_the_paper_is_owed_and_the_number_valid_when_nothing_prints(passes):
    pass_id = passes.valid()  # no spooler runs here: the printer is away
    with passes.desk.read() as book:
        (job,) = book.all(JOBS_OF, slip="pass", number="W1")
        slip = Slip.from_json(book.unseal(job.document))
    assert job.state is JobState.QUEUED
    assert len(slip.parts()) == 2
    (code,) = [line.code for line in slip.lines if isinstance(line, NumberWithCode)]
    with passes.desk.read() as book:
        assert pass_code.pass_of_code(passes.desk, book, code).id == pass_id
        assert pass_code.pass_of_number(book, " w1 ").id == pass_id
        assert pass_code.pass_of_number(book, "1").id == pass_id
    approving.print_again(passes.desk, GUARD, pass_id)
    with passes.desk.read() as book:
        assert [one.copy_no for one in book.all(JOBS_OF, slip="pass", number="W1")] == [2, 1]
    gate.release(passes.desk, GUARD, pass_id, {1: 1})
    with pytest.raises(Refused, match=r"pass\.used_already"):
        approving.print_again(passes.desk, GUARD, pass_id)


@pytest.mark.usefixtures("words_zh")
def test_a_manager_is_told_at_his_tap_and_nobody_else(passes):
    passes.ask()
    told = "待批出门证 1 张，请到值班台"
    assert features.notes(passes.desk, passes.people[ZHANG]) == (told,), "her own head of section"
    passes.move(LI_NA, "财政所")
    assert features.notes(passes.desk, passes.people[ZHANG]) == (), "another section's head"
    passes.make_manager(OTHER_GUARD)  # a leader in charge is told of every section's
    assert features.notes(passes.desk, passes.people[OTHER_GUARD]) == (told,)
    passes.make_manager(LI_NA)
    assert features.notes(passes.desk, passes.people[LI_NA]) == (), "it is her own"


@pytest.mark.parametrize("query", [OPEN, WAITING, OUT_BY])
def test_taps_and_lists_ask_the_index_of_what_is_open(passes, query):
    with passes.desk.read() as book:
        asked = {**compiled(query).constants, "person": passes.people[ZHANG].id}
        plan = book.connection.execute(
            f"EXPLAIN QUERY PLAN {compiled(query).sql}", asked
        ).fetchall()
    assert "goods_pass USING INDEX ix_goods_pass_open" in plan[0][3]


def test_the_handover_names_each_under_its_own_kind_and_number(passes):
    passes.ask()
    out(passes)
    with passes.desk.read() as book:
        records = records_of(features.outstanding(passes.desk, book))
    assert [(one.kind, one.number) for one in records if one.kind.startswith("pass.")] == [
        ("pass.waiting", "W1"), ("pass.out", "W2"),
    ]  # fmt: skip


def test_goods_that_stay_are_written_down_with_what_and_who(passes):
    pass_id = passes.valid()
    with pytest.raises(Refused) as refused:
        gate.keep_goods(passes.desk, GUARD, " ", "刘师傅")
    assert (refused.value.code, refused.value.facts["field"]) == ("pass.no_what", "what")
    with pytest.raises(Refused, match=r"pass\.kept_from_whom"):
        gate.keep_goods(passes.desk, GUARD, "椅子", "\u200b")
    assert gate.keep_goods(passes.desk, GUARD, "椅子 2 把", "赣A12345") == "X1"
    assert gate.keep_goods(passes.desk, GUARD, "显示器", "刘师傅", pass_id) == "X2"
    assert [one.split('"why":')[1] for one in passes.entries("pass.goods_kept")] == [
        '"no_pass"}', '"not_on_pass"}',
    ]  # fmt: skip
    rows = passes.report("goods-kept").rows
    assert [row[2:4] for row in rows] == [("椅子 2 把", "赣A12345"), ("显示器", "刘师傅")]
    assert rows[1][4] == "it was not on the pass W1"
    assert passes.row(pass_id).state is State.VALID


def test_nothing_typed_by_hand_stands_open_in_the_journal(passes):
    pass_id = passes.valid(Asking(TWO.items, TWO.purpose, TWO.carrier, passes.desk.today()))
    gate.release(passes.desk, GUARD, pass_id, {1: 1, 2: 1})
    approving.let_go(passes.desk, GUARD, pass_id, passes.proof(), "刘师傅弄坏")
    gate.keep_goods(passes.desk, GUARD, "椅子", "刘师傅")
    with passes.desk.read() as book:
        rows = book.connection.execute("SELECT facts || images FROM journal").fetchall()
    typed = ("刘师傅", "打印机", "ZC-2031", "送修", "椅子")
    assert len(rows) > 5
    assert not [text for (text,) in rows for word in typed if word in text]


def test_its_words_are_deleted_in_their_time(passes, desk_clock):
    done, waits = passes.valid(), passes.ask()
    gate.release(passes.desk, GUARD, done, {1: 1})
    gate.keep_goods(passes.desk, GUARD, "椅子", "刘师傅")
    desk_clock.advance(days=passes.desk.rules.pass_words_days, seconds=1)
    with passes.desk.read() as book:
        due = features.overdue(passes.desk, book)
    assert (due["passes"], due["goods_kept"]) == (1, 1)
    counts = features.purge(passes.desk).counts
    assert (counts["passes"], counts["goods_kept"]) == (1, 1)
    assert features.purge(passes.desk).count == 0
    assert passes.shown(done).carrier == "-"
    assert [item.what for item in passes.shown(done).items] == ["-", "-"]
    assert passes.shown(waits).carrier == TWO.carrier
    with passes.desk.read() as book:
        (job,) = book.all(JOBS_OF, slip="pass", number="W1")
    assert job.state is JobState.SETTLED, "a paper with nothing on it is not printed"


def test_the_book_replays_to_the_same_passes(passes):
    pass_id = out(passes)
    gate.take_back(passes.desk, GUARD, pass_id, {1: 1})
    asking.cancel(passes.desk, GUARD, passes.valid(), "不修了")
    gate.keep_goods(passes.desk, GUARD, "椅子", "刘师傅")
    with closing(sqlite3.connect(passes.desk.settings.desk.database)) as connection:
        assert verify.verify(connection, passes.desk.gate).intact


@pytest.mark.usefixtures("words_zh")
def test_the_days_list_has_a_line_for_each_line_of_a_pass(passes):
    gate.release(passes.desk, GUARD, passes.valid(), {1: 1, 2: 2})
    passes.ask(PRINTER, OTHER_GUARD, LI_NA)
    rows = passes.report("passes").rows
    assert [row[0] for row in rows] == ["W1", "W1", "W2"]
    assert rows[1][2:10] == (
        "李娜", "顺达维修 刘师傅", "送修", "硒鼓", "", "3", "2", "0",
    )  # fmt: skip
    assert (rows[0][10], rows[0][11], rows[0][13]) == ("已出门", "张伟", "李建国")
    assert rows[2][10] == "待批"
    assert [row[0] for row in passes.report("passes", LI_NA).rows] == ["W1", "W1", "W2"]
    assert [row[0] for row in passes.report("passes", OTHER_GUARD).rows] == ["W2"]
    assert passes.report("passes", first=passes.desk.today() + timedelta(days=1)).rows == ()
