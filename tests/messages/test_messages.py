"""Telephone messages: open until their addressee has them, and told to nobody else."""

import sqlite3
import unicodedata
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import all_reports, features
from kiosk.desk import journal, spool, verify
from kiosk.desk.desk import Desk
from kiosk.desk.leaving import leave
from kiosk.desk.outstanding import Urgency
from kiosk.desk.print_job import JOBS_OF, JobState
from kiosk.desk.queries import compiled
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.signing import Means, Proof
from kiosk.desk.slip import Slip
from kiosk.messages import service
from kiosk.messages.models import MESSAGE, OPEN, URGENT_FOR
from kiosk.messages.rules import Said, checked
from kiosk.messages.slips import KIND
from shift_handover.from_open_things import records_of

GUARD, ZHANG, LI_NA = "2001", "1001", "3001"
SAID = Said("王小明", "水表检修改到下午三点", "13900001234")


def take(desk: Desk, receiver: str = ZHANG, said: Said = SAID) -> str:
    """Take a message; return its id."""
    number = service.take(desk, GUARD, receiver, said)
    with desk.read() as book:
        return next(one.ref for one in features.outstanding(desk, book) if one.number == number)


def open_numbers(desk: Desk) -> list[str]:
    with desk.read() as book:
        return [one.number for one in features.outstanding(desk, book) if one.kind == "message"]


def entry(desk: Desk, code: str):
    with desk.read() as book:
        return [one for one in journal.entries(book.connection, desk.gate) if one.code == code][-1]


def test_it_stays_open_until_its_addressee_receives_it(desk, people):
    first, second = take(desk), take(desk, LI_NA)
    assert open_numbers(desk) == ["N1", "N2"]
    assert service.receive(desk, GUARD, [first], people[ZHANG], Means.BADGE) == ("N1",)
    assert open_numbers(desk) == ["N2"]
    with pytest.raises(Refused, match=r"message\.closed"):
        service.receive(desk, GUARD, [first], people[ZHANG], Means.BADGE)
    with pytest.raises(Refused, match=r"message\.not_yours"):
        service.receive(desk, GUARD, [second], people[ZHANG], Means.BADGE)
    assert open_numbers(desk) == ["N2"]


def test_of_two_received_together_one_that_is_not_his_leaves_both_open(desk, people):
    both = [take(desk), take(desk, LI_NA)]
    with pytest.raises(Refused, match=r"message\.not_yours"):
        service.receive(desk, GUARD, both, people[ZHANG], Means.BADGE)
    assert open_numbers(desk) == ["N1", "N2"]


@pytest.mark.usefixtures("people")
def test_no_list_handover_note_or_journal_holds_what_was_said(desk, people):
    take(desk, said=Said("王小明", "离婚协议要签字", "13900001234", urgent=True))
    with desk.read() as book:
        things = features.outstanding(desk, book)
        shown = [
            one.what.text() + (one.next_step.text() if one.next_step else "") for one in things
        ]
        told = [*shown, *features.notes(desk, people[ZHANG]), str(records_of(things))]
        rows = book.connection.execute("SELECT facts, images FROM journal").fetchall()
    told += [text for row in rows for text in row]
    assert not [one for one in told if "离婚" in one or "王小明" in one or "1390000" in one]
    assert "Urgent message for 张伟" in shown[0]


@pytest.mark.usefixtures("people")
def test_the_tap_is_told_how_many_and_nobody_elses(desk, people):
    assert features.notes(desk, people[ZHANG]) == ()
    first = take(desk)
    take(desk)
    assert features.notes(desk, people[ZHANG]) == ("2 messages: to the window, please",)
    assert features.notes(desk, people[LI_NA]) == ()
    take(desk, said=Said("王小明", "速回", urgent=True))
    assert features.notes(desk, people[ZHANG]) == ("3 messages, urgent: to the window, please",)
    service.receive(desk, GUARD, [first], people[ZHANG], Means.BADGE)
    assert features.notes(desk, people[ZHANG])[0].startswith("2 messages")


@pytest.mark.usefixtures("words_zh")
def test_the_note_in_chinese_is_a_few_words(desk, people):
    take(desk)
    assert features.notes(desk, people[ZHANG]) == ("留言 1 条，请到窗口",)


@pytest.mark.parametrize(
    ("query", "index"),
    [(URGENT_FOR, "ix_message_open (for_id=?)"), (OPEN, "ix_message_open_since")],
)
def test_taps_and_lists_ask_the_index_of_what_is_open(desk, people, query, index):
    with desk.read() as book:
        plan = book.connection.execute(
            f"EXPLAIN QUERY PLAN {compiled(query).sql}", {"person": people[ZHANG].id}
        ).fetchall()
    assert plan[0][3].endswith(f"message USING INDEX {index}")


def test_a_note_that_cannot_be_read_does_not_belie_the_tap(desk, people, caplog):
    with closing(sqlite3.connect(desk.settings.desk.database)) as connection, connection:
        connection.execute("ALTER TABLE message RENAME TO lost")
    assert features.notes(desk, people[ZHANG]) == ()
    assert "the note of messages cannot be read" in caplog.text


@pytest.mark.usefixtures("people")
def test_it_grows_more_urgent_while_nobody_comes(desk, desk_clock):
    take(desk)
    take(desk, LI_NA, Said("刘工", "请速回", urgent=True))

    def grown() -> dict[str, Urgency]:
        with desk.read() as book:
            return {one.number: one.urgency for one in features.outstanding(desk, book)}

    assert grown() == {"N1": Urgency.SOON, "N2": Urgency.WAITING}
    desk_clock.advance(minutes=desk.rules.message_urgent_min)
    assert grown() == {"N1": Urgency.SOON, "N2": Urgency.NOW}
    desk_clock.advance(days=desk.rules.message_late_days)
    assert grown()["N1"] is Urgency.WAITING
    desk_clock.advance(days=desk.rules.message_late_days)
    assert grown()["N1"] is Urgency.NOW


def test_its_slip_is_for_the_addressee_and_only_printed_when_asked(desk, people):
    first, second = take(desk), take(desk, said=Said("刘工", "报表退回重做", urgent=True))
    service.receive(desk, GUARD, [first], people[ZHANG], Means.BADGE)
    service.receive(desk, GUARD, [second], people[ZHANG], Means.NO_BADGE, on_paper=True)
    with desk.read() as book:
        assert book.all(JOBS_OF, slip=KIND, number="N1") == []
        (job,) = book.all(JOBS_OF, slip=KIND, number="N2")
        slip = Slip.from_json(book.unseal(job.document)).to_json()
    for word in ("张伟", "刘工", "报表退回重做", "urgent", "N2"):
        assert word in slip, word
    facts = entry(desk, "message.received").facts
    assert '"means":"no_badge"' in facts
    assert '"on_paper":true' in facts


@pytest.mark.usefixtures("people")
def test_a_wrong_one_is_voided_with_a_reason_and_stays_in_the_register(desk):
    first = take(desk)
    with pytest.raises(Refused, match=r"message\.reason_missing"):
        service.void(desk, GUARD, first, "  ")
    assert service.void(desk, GUARD, first, "记错人了") == "N1"
    with pytest.raises(Refused, match=r"message\.closed"):
        service.void(desk, GUARD, first, "再来")
    assert open_numbers(desk) == []
    row = register(desk).rows[0]
    assert (row[0], row[3], row[4], row[-1]) == ("N1", "张伟", "王小明", "记错人了")
    assert "记错人了" not in entry(desk, "message.voided").facts


def register(desk, who=""):
    with desk.read() as book:
        return all_reports.reports()["messages"](
            desk, book, Period(desk.today(), desk.today(), who)
        )


@pytest.mark.usefixtures("people")
def test_the_register_says_who_called_for_whom_and_never_what(desk, people):
    first = take(desk)
    take(desk, LI_NA)
    service.receive(desk, GUARD, [first], people[ZHANG], Means.BADGE)
    shown = register(desk)
    assert [row[0] for row in shown.rows] == ["N1", "N2"]
    assert [row[7] for row in shown.rows] == ["message received", "message waiting"]
    assert "水表" not in str(shown)
    assert [row[0] for row in register(desk, LI_NA).rows] == ["N2"]


def test_who_leaves_the_house_takes_the_messages_first(desk, people):
    first = take(desk)
    office = Proof(people["9001"], Means.BADGE, desk.clock())
    with pytest.raises(Refused, match=r"person\.still_holds"):
        leave(desk, office, ZHANG, features.holdings, features.end_for_leaver)
    with desk.read() as book:
        (held,) = features.holdings(desk, book, people[ZHANG])
    assert (held.kind, held.number, held.what.text()) == ("message", "N1", "Message for 张伟")
    service.receive(desk, GUARD, [first], people[ZHANG], Means.BADGE)
    assert leave(desk, office, ZHANG, features.holdings, features.end_for_leaver) == 1
    with pytest.raises(Refused, match=r"person\.unknown"):
        take(desk)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        (Said("", "x"), "message.incomplete", "caller"),
        (Said("王", " \u200b "), "message.incomplete", "words"),
        (Said("王", "x", "电话"), "message.phone_unlikely", "phone"),
        (Said("王", "x", "12"), "message.phone_unlikely", "phone"),
    ],
)
def test_what_is_missing_is_said_at_its_field(said, code, field):
    with pytest.raises(Refused) as refused:
        checked(said)
    assert (refused.value.code, refused.value.facts["field"]) == (code, field)


@pytest.mark.parametrize(
    "phone", ["", "8101", "13900001234", "0871-6204 620转8101", "１３９００００"]
)
def test_numbers_as_callers_say_them_are_taken(phone):
    assert checked(Said("王", "x", phone)).phone.isascii() or "转" in phone


@given(words=st.text(max_size=300), caller=st.text(max_size=80), phone=st.text(max_size=40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_kept_clean_or_refused_with_its_field(
    desk, people, words, caller, phone
):
    said = Said(caller, words, phone)
    try:
        checked(said)
    except Refused as refused:
        if refused.facts["field"] not in {"caller", "words", "phone"}:
            raise
        return
    number = service.take(desk, GUARD, ZHANG, said)
    with desk.read() as book:
        kept = next(o for o in service.waiting_for(book, people[ZHANG].id) if o.number == number)
    # A character younger than this Python's tables counts as unassigned ("Cn"), and is a character.
    kinds = {unicodedata.category(sign) for sign in kept.words + kept.caller}
    assert kinds.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    assert "\x1b" not in kept.phone


def test_the_book_replays_to_the_same_messages(desk, people):
    first, second = take(desk), take(desk)
    service.receive(desk, GUARD, [first], people[ZHANG], Means.BADGE, on_paper=True)
    service.void(desk, GUARD, second, "重复")
    with closing(sqlite3.connect(desk.settings.desk.database)) as connection:
        assert verify.verify(connection, desk.gate).intact


def test_its_words_are_deleted_in_their_time(desk, desk_clock, people):
    received, still_open = take(desk), take(desk)
    service.receive(desk, GUARD, [received], people[ZHANG], Means.BADGE, on_paper=True)
    desk_clock.advance(days=179)
    features.purge(desk)
    with desk.read() as book:
        assert book.read_sealed(book.one(MESSAGE, id=received)[0].caller) == "王小明"
    desk_clock.advance(days=2)
    assert features.purge(desk).counts["messages"] == 1
    assert features.purge(desk).count == 0
    with desk.read() as book:
        assert book.read_sealed(book.one(MESSAGE, id=received)[0].caller) == "-"
        assert book.read_sealed(book.one(MESSAGE, id=still_open)[0].caller) == "王小明"
        [slip] = book.all(JOBS_OF, slip=KIND, number="N1")
    assert (slip.state, spool.next_job(desk)) == (JobState.SETTLED, None)
