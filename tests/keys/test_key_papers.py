"""The ledger's papers: what stands on them, whose signatures they ask, and what never does."""

from datetime import timedelta

import pytest

from kiosk.desk.leaving import leave
from kiosk.desk.loans import Approval, Approved, Condition, Ended, Reason, ThingKind
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.signing import Means, Proof
from kiosk.desk.slip import Slip
from kiosk.desk.slip_image import draw
from kiosk.desk.slip_lines import Field, Item, SignatureLine, Table
from kiosk.features import end_for_leaver, holdings
from kiosk.keys import papers, reports, slips, stock_take
from kiosk.keys.card import thing_card
from kiosk.keys.enrolling import Described, enrol
from kiosk.keys.losing import decide, report_lost
from kiosk.keys.models import Decision
from kiosk.keys.returning import give_back, keeper
from kiosk.keys.screens_card_words import history_row
from kiosk.keys.service import Given, Terms, lend, lend_all

pytestmark = pytest.mark.usefixtures("words_zh")
GUARD, SECOND_GUARD = "2001", "2002"
DOOR = "档案室东门"
TAGS = ("04B1B2B3B4B501", "04B1B2B3B4B502", "04B1B2B3B4B503")


@pytest.fixture
def things(desk, people):  # noqa: ARG001 - a desk with its people
    """A cabinet key, a helmet and a desk key, each with its tag and a door of its own."""
    described = [
        Described(label="12号柜钥匙", kind=ThingKind.CABINET_KEY, place="A3", doors=DOOR),
        Described(label="3号安全帽", kind=ThingKind.HELMET, doors=DOOR),
        Described(label="小钥匙", kind=ThingKind.DESK_KEY, doors=DOOR),
    ]
    with desk.write(by=GUARD) as tx:
        return [enrol(tx, one, tag) for one, tag in zip(described, TAGS, strict=True)]


def paper(desk, kind, number):
    """Return the paper of this number that was printed last."""
    with desk.read() as book:
        jobs = book.all(JOBS_OF, slip=kind, number=number)
        last = max(jobs, key=lambda job: int(job.stamp.rpartition("/")[2]))
        return Slip.from_json(book.unseal(last.document))


def field(slip, label):
    [value] = [one.value for one in slip.lines if isinstance(one, Field) and one.label == label]
    return value


def items(slip):
    return [line for line in slip.lines if isinstance(line, Item)]


def to_give_back(slip):
    [table] = [line for line in slip.lines if isinstance(line, Table)]
    return table.rows


def needs_a_word(desk, thing):
    with desk.write() as tx:
        thing.approval = Approval.MANAGER
        tx.put(thing)
        tx.record("thing.changed")


def said(slip):
    return slip.to_json()


def signers(slip):
    return [line.label for line in slip.lines if isinstance(line, SignatureLine)]


def test_a_delivery_sheet_lists_everything_under_two_signatures(desk, people, things):
    lent = lend_all(desk, [one.id for one in things], people["3001"], GUARD)
    number = papers.print_delivery(desk, GUARD, [one.loan_id for one in lent])
    slip = paper(desk, slips.DELIVERY, number)
    for word in ("K1", "K2", "K3", "12号柜钥匙", "3号安全帽", "小钥匙", "11-23 17:30", "共 3 件"):
        assert word in said(slip), word
    assert "李娜（3001）" in said(slip)
    assert "李建国（2001）" in said(slip)
    assert "不得复制、不得转借" in said(slip)
    assert signers(slip) == ["领用人", "经手人"]


def leaver(desk, staff_no):
    with desk.write(by=GUARD) as tx:
        papers.print_leaver(tx, desk, staff_no, holdings)


def test_a_sheet_names_who_handed_out_and_who_received_whoever_prints_it(desk, people, things):
    lent = [lend(desk, things[0].id, people["3001"], GUARD)]
    number = papers.print_delivery(desk, SECOND_GUARD, [lent[0].loan_id])
    slip = paper(desk, slips.DELIVERY, number)
    assert field(slip, "经手人") == "李建国（2001）"
    assert "王磊" not in said(slip)
    give_back(desk, things[0].id, SECOND_GUARD, Ended.TAG)
    slip = paper(desk, slips.RETURN, papers.print_return(desk, GUARD, [lent[0].loan_id]))
    assert field(slip, "接收人") == "王磊（2002）"
    assert "李建国" not in said(slip)


def test_of_several_clerks_each_line_names_its_own(desk, people, things):
    one = lend(desk, things[0].id, people["3001"], GUARD)
    two = lend(desk, things[1].id, people["3001"], SECOND_GUARD)
    ids = [one.loan_id, two.loan_id]
    slip = paper(desk, slips.DELIVERY, papers.print_delivery(desk, GUARD, ids))
    assert field(slip, "经手人") == "李建国（2001） 王磊（2002）"
    assert ["经手人李建国" in items(slip)[0].detail, "经手人王磊" in items(slip)[1].detail] == [
        True
    ] * 2
    assert signers(slip) == ["领用人", "经手人", "经手人"]
    give_back(desk, things[0].id, SECOND_GUARD, Ended.TAG)
    give_back(desk, things[1].id, GUARD, Ended.TAG)
    slip = paper(desk, slips.RETURN, papers.print_return(desk, GUARD, ids))
    assert ["接收人王磊" in items(slip)[0].detail, "接收人李建国" in items(slip)[1].detail] == [
        True
    ] * 2


def test_what_a_locked_desk_took_nobody_received_and_nobody_signs_for(desk, people, things):
    lent = lend_all(desk, [one.id for one in things[:2]], people["3001"], GUARD)
    ids = [one.loan_id for one in lent]
    assert keeper(desk) == "system"
    give_back(desk, things[0].id, keeper(desk), Ended.TAG)
    slip = paper(desk, slips.RETURN, papers.print_return(desk, GUARD, ids[:1]))
    assert field(slip, "接收人") == "无人值守"
    assert signers(slip) == ["归还人"]
    assert "双方当面" not in said(slip)
    give_back(desk, things[1].id, SECOND_GUARD, Ended.TAG)
    slip = paper(desk, slips.RETURN, papers.print_return(desk, GUARD, ids))
    assert field(slip, "接收人") == "王磊（2002） 无人值守"
    assert ["无人值守" in one.detail for one in items(slip)] == [True, False]
    assert signers(slip) == ["归还人", "接收人"]


def test_the_card_and_the_register_say_that_nobody_received_it(desk, people, things):
    lend(desk, things[0].id, people["3001"], GUARD)
    give_back(desk, things[0].id, keeper(desk), Ended.TAG)
    [past] = thing_card(desk, things[0].id).history
    assert history_row(desk, past).cells[-1] == "无人值守"
    with desk.read() as book:
        [row] = reports.loans(desk, book, Period(desk.today(), desk.today())).rows
    assert "无人值守" in row
    assert "system" not in row


def test_a_sheet_of_other_things_is_no_copy_and_its_number_is_true(desk, people, things):
    lend_all(desk, [one.id for one in things], people["3001"], GUARD)
    assert papers.print_held(desk, GUARD, people["3001"].id) == "K1-K3"
    give_back(desk, things[1].id, GUARD, Ended.TAG)
    assert papers.print_held(desk, GUARD, people["3001"].id) == "K1, K3"
    assert paper(desk, slips.DELIVERY, "K1, K3").copy == 1
    papers.print_held(desk, GUARD, people["3001"].id)
    assert paper(desk, slips.DELIVERY, "K1, K3").copy == 2


def test_a_sheet_goes_by_number_with_a_permanent_thing_too(desk, people, managers, things):
    lend_all(desk, [one.id for one in things[:2]], people["3001"], GUARD)
    for_good = Terms(permanent=True, given=Given(Approved.TAP, (managers["1005"],)))
    lend(desk, things[2].id, people["3001"], GUARD, for_good)
    number = papers.print_held(desk, GUARD, people["3001"].id)
    assert number == "K1-K3"
    assert [one.number for one in items(paper(desk, slips.DELIVERY, number))] == ["K1", "K2", "K3"]


def test_each_thing_has_its_own_reason_and_only_who_owes_is_said_to_owe(
    desk, people, managers, things
):
    for one in things[:2]:
        needs_a_word(desk, one)
    by_phone = Terms(given=Given(Approved.PHONE, (people["1001"],)), reason=Reason.CLEANING)
    tapped = Terms(given=Given(Approved.TAP, (managers["1005"],)), reason=Reason.REPAIR)
    ids = [
        lend(desk, thing.id, people["3001"], GUARD, terms).loan_id
        for thing, terms in zip(things[:2], (by_phone, tapped), strict=True)
    ]
    slip = paper(desk, slips.DELIVERY, papers.print_delivery(desk, GUARD, ids))
    assert ["保洁" in items(slip)[0].detail, "维修" in items(slip)[1].detail] == [True, True]
    assert field(slip, "批准人") == "张伟（待本人补签） 孙建华"


def test_the_leavers_sheet_has_the_word_owed_and_the_loss_nobody_decided(
    desk, people, managers, things
):
    needs_a_word(desk, things[0])
    word = Terms(given=Given(Approved.PHONE, (people["1001"],)))
    lend(desk, things[0].id, people["3001"], GUARD, word)
    lend(desk, things[1].id, people["1001"], GUARD)
    lost = report_lost(desk, things[1].id, people["1001"], GUARD, desk.clock())
    leaver(desk, "1001")
    slip = paper(desk, slips.LEAVER, "1001-1123")
    with desk.read() as book:
        on_screen = [(one.what.text(), one.number) for one in holdings(desk, book, people["1001"])]
    assert to_give_back(slip)[:-1] == tuple(on_screen)  # the last line is the badge
    assert [what for what, _number in on_screen] == [
        "12号柜钥匙：李娜，负责人待补签", "3号安全帽：挂失，待决定",
    ]  # fmt: skip
    office = Proof(managers["1005"], Means.BADGE, desk.clock())
    decide(desk, lost.loss_id, Decision.NO_ACTION, office)
    leaver(desk, "1001")
    slip = paper(desk, slips.LEAVER, "1001-1123")
    assert "3号安全帽" not in said(slip)
    assert slip.copy == 1  # other things stand on it


def test_nobody_leaves_while_what_he_lost_is_undecided(desk, people, managers, things):
    lend(desk, things[1].id, people["3001"], GUARD)
    lost = report_lost(desk, things[1].id, people["3001"], GUARD, desk.clock())
    office = Proof(people["9001"], Means.BADGE, desk.clock())
    with pytest.raises(Refused) as refused:
        leave(desk, office, "3001", holdings, end_for_leaver)
    assert refused.value.code == "person.still_holds"
    manager = Proof(managers["1005"], Means.BADGE, desk.clock())
    decide(desk, lost.loss_id, Decision.NEW_COPY, manager)
    assert leave(desk, office, "3001", holdings, end_for_leaver) == 1


def test_a_word_by_telephone_stands_there_as_owed(desk, people, things):
    needs_a_word(desk, things[0])
    word = Terms(given=Given(Approved.PHONE, (people["1001"],)))
    lent = lend(desk, things[0].id, people["3001"], GUARD, word)
    number = papers.print_delivery(desk, GUARD, [lent.loan_id])
    assert "张伟（待本人补签）" in said(paper(desk, slips.DELIVERY, number))


def test_a_return_sheet_says_when_and_in_what_condition(desk, desk_clock, people, things):
    lent = lend_all(desk, [one.id for one in things[:2]], people["3001"], GUARD)
    ids = [one.loan_id for one in lent]
    with pytest.raises(Refused) as refused:
        papers.print_return(desk, GUARD, ids)
    assert refused.value.code == "keys.still_out"
    desk_clock.advance(hours=1)
    give_back(desk, things[0].id, GUARD, Ended.TAG)
    desk_clock.advance(hours=9)
    give_back(desk, things[1].id, GUARD, Ended.BY_HAND, Condition.BENT)
    slip = paper(desk, slips.RETURN, papers.print_return(desk, GUARD, ids))
    good, bent = [line for line in slip.lines if type(line).__name__ == "Item"]
    assert (good.mark, "11-23 09:20" in good.detail, "超时" in good.detail) == ("正常", True, False)
    assert (bent.mark, "超时" in bent.detail) == ("弯了或断了", True)
    assert signers(slip) == ["归还人", "接收人"]


def test_the_leavers_sheet_has_everything_held_and_the_badge(desk, people, things):
    lend_all(desk, [one.id for one in things], people["3001"], GUARD)
    leaver(desk, "3001")
    slip = paper(desk, slips.LEAVER, "3001-1123")
    for word in ("12号柜钥匙", "3号安全帽", "小钥匙", "工卡", "D4E504", "保管人", "原价赔偿"):
        assert word in said(slip), word
    assert signers(slip) == ["离职人", "管理部"]


def test_who_has_left_still_has_a_sheet_and_nobody_has_none(desk, people, things):
    lend(desk, things[0].id, people["3001"], GUARD)
    with desk.write(by=GUARD) as tx:
        gone = tx.one(papers.BY_STAFF_NO, staff_no="3001")
        gone.active = False
        tx.put(gone)
        tx.record("person.left", person="3001")
    leaver(desk, "3001")
    assert "12号柜钥匙" in said(paper(desk, slips.LEAVER, "3001-1123"))
    with pytest.raises(Refused) as refused:
        leaver(desk, "7777")
    assert refused.value.code == "person.unknown"


def test_the_sheet_of_a_stock_take_names_missing_and_odd_things(desk, desk_clock, people, things):
    lend(desk, things[1].id, people["3001"], GUARD)
    report_lost(desk, things[2].id, people["3001"], GUARD, desk.clock() - timedelta(hours=1))
    take = stock_take.begin(desk, GUARD)
    for tag in (TAGS[1], TAGS[2], "04EEEEEEEEEE01"):
        stock_take.tap(desk, take.take_id, GUARD, tag)
    with pytest.raises(Refused) as refused:
        papers.print_count(desk, GUARD, take.take_id)
    assert refused.value.code == "keys.count_open"
    desk_clock.advance(minutes=3)
    stock_take.finish(desk, take.take_id, GUARD)
    slip = paper(desk, slips.COUNT, papers.print_count(desk, GUARD, take.take_id))
    for word in (
        "账物不符", "12号柜钥匙", "账上却已借出", "账上却已挂失", "04EEEEEEEEEE01",
        "应有 1", "实有 0", "在架 1，借出 1，挂失 1，停用 0",
    ):  # fmt: skip
        assert word in said(slip), word
    assert signers(slip) == ["清点人", "监盘人"]


def test_a_stock_take_that_agrees_says_so(desk, people, things):  # noqa: ARG001 - see things
    take = stock_take.begin(desk, GUARD)
    for tag in TAGS:
        stock_take.tap(desk, take.take_id, GUARD, tag)
    stock_take.finish(desk, take.take_id, GUARD)
    slip = paper(desk, slips.COUNT, papers.print_count(desk, GUARD, take.take_id))
    assert "账物相符。" in said(slip)
    assert "账物不符" not in said(slip)


def test_the_second_copy_is_a_reprint_and_no_paper_names_a_door(desk, people, things):
    lent = lend_all(desk, [one.id for one in things], people["3001"], GUARD)
    ids = [one.loan_id for one in lent]
    for _ in range(2):
        number = papers.print_delivery(desk, GUARD, ids)
    leaver(desk, "3001")
    for one in things:
        give_back(desk, one.id, GUARD, Ended.TAG)
    papers.print_return(desk, GUARD, ids)
    assert paper(desk, slips.DELIVERY, number).copy == 2
    for kind, called in (
        (slips.DELIVERY, number), (slips.RETURN, number), (slips.LEAVER, "3001-1123"),
    ):  # fmt: skip
        slip = paper(desk, kind, called)
        assert DOOR not in said(slip)
        for width in (576, 384):
            assert draw(slip, width).width == width


def test_one_sheet_is_one_holders(desk, people, things):
    mine = lend(desk, things[0].id, people["3001"], GUARD)
    yours = lend(desk, things[1].id, people["2002"], GUARD)
    with pytest.raises(ValueError, match="one holder"):
        papers.print_delivery(desk, GUARD, [mine.loan_id, yours.loan_id])
