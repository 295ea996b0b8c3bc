"""A key goes out in the borrower's name, comes back, and is never in two hands."""

import csv
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from openpyxl import load_workbook

from kiosk.desk import journal, posts
from kiosk.desk.clauses import Rules
from kiosk.desk.desk import Desk
from kiosk.desk.file_out import as_text, write_table
from kiosk.desk.loans import (
    OPEN_LOANS,
    Approval,
    Approved,
    Ended,
    Reason,
    Thing,
    ThingKind,
    ThingState,
)
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.signing import Means, Proof
from kiosk.desk.verify import verify
from kiosk.keys import chasing, enrolling, losing, places, reports, returning, rules, service
from kiosk.keys.board import board
from kiosk.keys.card import thing_card
from kiosk.keys.outstanding import outstanding
from kiosk.keys.service import Given, Terms
from shift_handover.from_open_things import record_of
from shift_handover.wording import detail_of

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def key(desk) -> Thing:
    return enrolling.add_thing(
        desk, "2001", "04FFFFFFFFFF01", "12号柜钥匙", ThingKind.CABINET_KEY, "1号钩"
    )


def entries(desk: Desk, since: int) -> list[tuple[str, str, dict]]:
    with desk.read() as book:
        found = list(journal.entries(book.connection, desk.gate, since))
    return [(entry.code, entry.by, json.loads(entry.facts)) for entry in found]


def is_intact(desk: Desk) -> bool:
    with desk.read() as book:
        connection = book.connection
        connection.execute("ROLLBACK")
        verdict = verify(connection, desk.gate)
        connection.execute("BEGIN")
    return verdict.problem is None


def open_things(desk: Desk) -> list:
    with desk.read() as book:
        return outstanding(desk, book)


def test_a_key_goes_out_and_comes_back_and_the_journal_says_so(desk, people, key, desk_clock):
    since = desk.head.seq
    out = service.lend(desk, key.id, people["1001"], "2001")
    desk_clock.advance(hours=1)
    back = returning.give_back(desk, key.id, "2001", Ended.TAG)
    assert (out.label, out.number, out.holder) == ("12号柜钥匙", "K1", "张伟")
    assert (back.holder, back.number, back.late) == ("张伟", "K1", False)
    assert entries(desk, since) == [
        (
            "loan.out", "2001",
            {
                "number": "K1", "thing": "12号柜钥匙", "holder": "1001", "means": "badge",
                "due_at": "2026-11-23T17:30+08:00",
            },
        ),
        (
            "loan.returned", "2001",
            {"number": "K1", "thing": "12号柜钥匙", "holder": "1001", "how": "tag"},
        ),
    ]  # fmt: skip
    assert [one.kind for one in open_things(desk)] == ["stock.due"]
    assert is_intact(desk)


def test_a_key_that_is_out_is_not_lent_again(desk, people, key):
    service.lend(desk, key.id, people["1001"], "2001")
    head = desk.head
    with pytest.raises(Refused) as refused:
        service.lend(desk, key.id, people["3001"], "2001")
    assert (refused.value.code, refused.value.facts["holder"]) == ("keys.out_already", "张伟")
    assert desk.head == head


def test_a_key_on_the_board_does_not_come_back(desk, key):
    with pytest.raises(Refused) as refused:
        returning.give_back(desk, key.id, "2001", Ended.TAG)
    assert refused.value.code == "keys.in_already"


def test_a_key_that_is_no_longer_lent_stays(desk, people, key):
    with desk.write() as tx:
        key.state = ThingState.RETIRED
        tx.put(key)
        tx.record("thing.retired", thing=key.label)
    with pytest.raises(Refused) as refused:
        service.lend(desk, key.id, people["1001"], "2001")
    assert refused.value.code == "keys.gone"


@pytest.mark.parametrize(
    ("tag", "label", "code"),
    [
        ("04FFFFFFFFFF01", "另一把", "keys.tag_taken"),
        ("04A1B2C3D4E501", "另一把", "badge.taken"),
        ("04FFFFFFFFFF02", "12号柜钥匙", "keys.label_taken"),
        ("04FFFFFFFFFF02", " \x00 ", "keys.no_label"),
        ("04FFFFFFFFFF02", "\u200b", "keys.no_label"),
        ("08A1B2C3", "另一把", "badge.random_number"),
        ("xyz", "另一把", "badge.bad_number"),
    ],
)
@pytest.mark.usefixtures("key", "people")
def test_a_tag_or_label_that_is_something_already_is_refused(desk, tag, label, code):
    with pytest.raises(Refused) as refused:
        enrolling.add_thing(desk, "2001", tag, label, ThingKind.DESK_KEY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("hour", "minute", "due"),
    [
        (8, 20, (17, 30)),  # in working hours: until their end
        (17, 19, (17, 30)),
        (17, 20, (21, 20)),  # the reminder would come at once: overtime
        (19, 0, (23, 0)),
    ],
)
def test_a_loan_is_due_at_the_end_of_work_or_of_overtime(hour, minute, due):
    now = datetime(2026, 11, 23, hour, minute, tzinfo=ZONE)
    end = datetime(2026, 11, 23, 17, 30, tzinfo=ZONE)
    assert rules.due_at(now, end, Rules()) == now.replace(hour=due[0], minute=due[1])


def test_a_day_off_is_overtime_and_a_site_may_name_the_hour():
    now = datetime(2026, 11, 28, 10, 0, tzinfo=ZONE)
    assert rules.due_at(now, None, Rules()) == now.replace(hour=14)
    assert rules.due_at(now, None, Rules(loan_due_hour=18)) == now.replace(hour=18)


@pytest.mark.parametrize(
    ("minutes", "urgency", "step"),
    [
        (-11, Urgency.QUIET, None),
        (-10, Urgency.SOON, "Remind 张伟, extension 8001"),
        (0, Urgency.WAITING, "Remind 张伟, extension 8001"),
        (14, Urgency.WAITING, "Remind 张伟, extension 8001"),
        (15, Urgency.NOW, "Remind 张伟, extension 8001"),
        (60, Urgency.NOW, "Tell the office: 张伟 still has it"),  # he is the head
    ],
)
def test_the_ladder_of_an_open_loan(desk, people, key, desk_clock, minutes, urgency, step):
    lent = service.lend(desk, key.id, people["1001"], "2001")
    desk_clock.now = lent.due_at.astimezone(UTC) + timedelta(minutes=minutes)
    [thing] = [one for one in open_things(desk) if one.kind == "loan.out"]
    assert (thing.kind, thing.number, thing.urgency) == ("loan.out", "K1", urgency)
    assert (thing.next_step.text() if thing.next_step else None) == step
    assert thing.facts == {
        "number": "K1", "thing": "12号柜钥匙", "holder": "张伟",
        "out_at": lent.out_at, "due_at": lent.due_at,
    }  # fmt: skip


def loan_open(desk):
    return next(one for one in open_things(desk) if one.kind == "loan.out")


@pytest.mark.parametrize("extension", ["", "8004"])
def test_the_head_is_told_before_anybody_is_reminded_again(
    desk, people, key, desk_clock, extension
):
    with desk.write() as tx:
        people["3001"].extension = extension
        tx.put(people["3001"])
        tx.record("person.changed")
    lent = service.lend(desk, key.id, people["3001"], "2001")
    desk_clock.now = lent.due_at.astimezone(UTC) + timedelta(minutes=60)
    step = loan_open(desk).next_step.text()
    assert step == "Tell 张伟 (head of section of 李娜), extension 8001"
    since = desk.head.seq
    chasing.tell_head(desk, lent.loan_id, "2001")
    [(code, by, facts)] = entries(desk, since)
    assert (code, by, facts["head"], facts["holder"]) == ("loan.head_told", "2001", "1001", "3001")
    reminded = "Remind 李娜" + (f", extension {extension}" if extension else "")
    assert loan_open(desk).next_step.text() == reminded


def test_of_a_place_the_office_is_told(desk, key, desk_clock):
    lent = lent_to(desk, key, "Fire brigade")
    desk_clock.now = lent.due_at.astimezone(UTC) + timedelta(minutes=60)
    words = "Tell the office: Fire brigade still has it"
    assert loan_open(desk).next_step.text() == words


def lent_to(desk, key, place):
    return places.lend_to_place(desk, key.id, place, "2001", Reason.WORK, Approved.NOT_ASKED)


@pytest.mark.parametrize("place", ["", "Fire brigade"])
def test_why_a_thing_is_called_back_stands_in_the_list_and_on_its_card(desk, people, key, place):
    lent = (
        lent_to(desk, key, place) if place else service.lend(desk, key.id, people["1001"], "2001")
    )
    chasing.recall(desk, lent.loan_id, "2001", "年终盘点")
    found = loan_open(desk)
    assert found.what.text() == f"12号柜钥匙: {place or '张伟'}, called back: 年终盘点"
    assert detail_of(record_of(found)) == "Called back: 年终盘点"
    assert thing_card(desk, key.id).recall_reason == "年终盘点"


def test_passing_on_keeps_that_it_is_called_back_and_why(desk, people, key):
    lent = service.lend(desk, key.id, people["1001"], "2001")
    chasing.recall(desk, lent.loan_id, "2001", "年终盘点")
    service.pass_on(desk, key.id, people["1001"], people["3001"], "2001")
    card = thing_card(desk, key.id)
    assert card.loan.recalled_at is not None
    assert (card.holder_name, card.recall_reason) == ("李娜", "年终盘点")


def test_the_board_shows_what_is_out_first(desk, people, key):
    enrolling.add_thing(desk, "2001", "04FFFFFFFFFF02", "01号柜钥匙", ThingKind.CABINET_KEY)
    service.lend(desk, key.id, people["1001"], "2001")
    with desk.read() as book:
        shown = [(one.thing.label, one.holder.name if one.holder else "") for one in board(book)]
    assert shown == [("12号柜钥匙", "张伟"), ("01号柜钥匙", "")]


def test_the_register_of_keys_has_a_line_for_each_loan(desk, people, key, desk_clock):
    service.lend(desk, key.id, people["1001"], "2001", Terms(means=Means.NO_BADGE))
    desk_clock.advance(days=1)
    returning.give_back(desk, key.id, "2002", Ended.BY_HAND)
    day = desk.today() - timedelta(days=1)
    with desk.read() as book:
        first = reports.loans(desk, book, Period(day, day))
        second = reports.loans(desk, book, Period(desk.today(), desk.today()))
    assert first.rows == (
        (
            "K1", "12号柜钥匙", "Shared cabinet key", "1001", "张伟",
            "2026-11-23 08:20", "2026-11-23 17:30", "2026-11-24 08:20",
            "work", "", "", "2001", "2002", "good",
        ),
    )  # fmt: skip
    assert second.rows == ()


def test_the_history_says_who_received_it_and_of_a_loss_nobody(desk, people, key, desk_clock):
    service.lend(desk, key.id, people["1001"], "2001")
    desk_clock.advance(minutes=1)
    service.pass_on(desk, key.id, people["1001"], people["3001"], "2002")
    desk_clock.advance(minutes=1)
    returning.give_back(desk, key.id, "9001", Ended.TAG)
    desk_clock.advance(minutes=1)
    service.lend(desk, key.id, people["1001"], "2001")
    losing.report_lost(desk, key.id, people["1001"], "2001", desk.clock())
    history = thing_card(desk, key.id).history
    assert [(one.loan.number, one.loan.received_by, one.receiver) for one in history] == [
        ("K3", "", ""), ("K2", "9001", "陈静"), ("K1", "2002", "王磊"),
    ]  # fmt: skip


def test_the_register_names_who_said_yes_and_whose_tap_is_owed(desk, people, key, tmp_path):
    zhang = people["1001"]
    key.approval = Approval.MANAGER
    with desk.write() as tx:
        tx.put(key)
        tx.record("thing.changed")
    said = Terms(given=Given(Approved.PHONE, (zhang,)))
    lent = service.lend(desk, key.id, people["3001"], "2001", said)
    assert words_in_register(desk, tmp_path) == [("张伟", "张伟")]
    chasing.give_word(desk, lent.loan_id, Proof(zhang, Means.BADGE, desk.clock()), "2001")
    returning.give_back(desk, key.id, "2001", Ended.TAG)
    places.lend_to_place(desk, key.id, "消防队", "2001", Reason.EMERGENCY, Approved.EMERGENCY)
    assert words_in_register(desk, tmp_path) == [("张伟", ""), ("", "a manager")]


def words_in_register(desk, folder) -> list[tuple[str, str]]:
    """Return who said yes and who owes a tap, the same on the screen, in .csv and in .xlsx."""
    with desk.read() as book:
        table = reports.loans(desk, book, Period(desk.today(), desk.today()))
    titles = ("Said yes", "Tap owed by")
    seen = [tuple(row[table.columns.index(one)] for one in titles) for row in table.rows]
    assert all(one in as_text(table) for one in titles)
    for name in ("register.csv", "register.xlsx"):
        write_table(table, folder / name)
        head, *rows = rows_of_file(folder / name)
        assert [tuple(row[head.index(one)] for one in titles) for row in rows] == seen
    return seen


def rows_of_file(path) -> list[list[str]]:
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    sheet = load_workbook(path).active
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_a_locked_desk_takes_keys_back_for_who_is_on_duty(desk, people):
    assert returning.keeper(desk) == "system"
    with desk.write() as tx:
        posts.take(tx, desk.gate, people["2001"])
    assert returning.keeper(desk) == "2001"


@pytest.mark.usefixtures("key")
@examples(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from(["1001", "3001", "9001"]), st.integers(0, 1)),
        max_size=15,
    )
)
def test_in_any_order_one_thing_has_one_holder(desk, people, acts):
    with suppress(Refused):  # there from the example before
        enrolling.add_thing(desk, "2001", "04FFFFFFFFFF02", "另一把", ThingKind.DESK_KEY)
    with desk.read() as book:
        things = sorted(one.thing.id for one in board(book))
    holder = {one.thing_id: one.holder_id for one in _open(desk)}
    for out, staff_no, which in acts:
        thing, person = things[which], people[staff_no]
        was_out = thing in holder
        refused = _refused(desk, thing, person) if out else _refused(desk, thing, None)
        assert refused == {(True, True): "keys.out_already", (False, False): "keys.in_already"}.get(
            (out, was_out), ""
        )
        if out and not was_out:
            holder[thing] = person.id
        elif not out:
            holder.pop(thing, None)
    assert {one.thing_id: one.holder_id for one in _open(desk)} == holder
    assert is_intact(desk)


def _refused(desk: Desk, thing_id: str, borrower: Person | None) -> str:
    try:
        if borrower is not None:
            service.lend(desk, thing_id, borrower, "2001")
        else:
            returning.give_back(desk, thing_id, "2001", Ended.TAG)
    except Refused as refused:
        return refused.code
    return ""


def _open(desk: Desk) -> list:
    with desk.read() as book:
        return [loan for loan, _, _ in book.all(OPEN_LOANS)]
