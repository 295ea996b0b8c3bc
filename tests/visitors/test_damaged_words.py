"""A changed byte in one visitor's sealed words hides those words and nobody else."""

import sqlite3
from contextlib import closing

import pytest

from kiosk import all_reports
from kiosk.desk.desk import Desk
from kiosk.desk.report import Period
from visitors import cards, corrections, departures, reception, search
from visitors.models import Answer, How, State
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
HURT = (
    "UPDATE visit SET name = substr(name, 1, 60) || '!' || substr(name, 62) WHERE id = :visit",
    (
        "UPDATE visit SET name = CAST(CAST(substr(name, 1, 60) AS BLOB) || x'ff' AS TEXT)"
        " WHERE id = :visit"
    ),
    (
        "UPDATE subject_key SET wrapped = replace(wrapped, substr(wrapped, 20, 1), '!')"
        " WHERE id = :subject"
    ),
    "UPDATE subject_key SET wrapped = x'0123' WHERE id = :subject",
    "UPDATE subject_key SET wrapped = CAST(x'ff41' AS TEXT) WHERE id = :subject",
)


def admitted(desk, name):
    visit = reception.walk_in(desk, GUARD, Details(name=name, matter="事"), HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return visit


@pytest.fixture(params=HURT)
def hurt(request, desk):
    """Two visitors inside; the name of the first, or the key to it, was changed on the disk."""
    first, second = admitted(desk, "王小明"), admitted(desk, "赵敏")
    with desk.read() as book:
        subject = visit_of(book, first)[0].subject
    with closing(sqlite3.connect(desk.settings.desk.database)) as connection, connection:
        changed = connection.execute(request.param, {"visit": first, "subject": subject})
        assert changed.rowcount == 1
    return first, second


def test_the_lists_show_a_word_in_their_place(desk, hurt):
    shown = {card.id: card.name for card in cards.todays(desk)}
    assert shown == {hurt[0]: "cannot be read", hurt[1]: "赵敏"}
    with desk.read() as book:
        named = [thing.facts["visitor"] for thing in outstanding(desk, book)]
    assert sorted(named) == sorted(shown.values())


@pytest.mark.usefixtures("words_zh")
def test_the_word_is_chinese_where_chinese_is_spoken(desk, hurt):
    assert cards.visit_card(desk, hurt[0]).name == "读不出"


@pytest.mark.parametrize("name", ["roll-call", "visits"])
def test_the_reports_have_everybody(desk, hurt, name):
    with desk.read() as book:
        made = all_reports.reports()[name](desk, book, Period(desk.today(), desk.today()))
    told = " ".join(str(cell) for row in made.rows for cell in row)
    assert hurt
    assert "赵敏" in told
    assert "cannot be read" in told


def test_the_book_opens_again_and_the_visitor_goes_out(desk, hurt):
    desk.close()
    again = Desk.open(desk.settings, desk.clock)
    try:
        departures.leave(again, GUARD, hurt[0], signed=True)
        with again.read() as book:
            assert visit_of(book, hurt[0])[0].state is State.LEFT
            assert hurt[1] in search.find(book, "zm", again.today())
        with again.write() as tx:
            search.reindex(tx)
            tx.record("test.index_rebuilt")
    finally:
        again.close()


def test_a_damaged_name_can_be_written_anew(desk, hurt):
    del hurt
    third = admitted(desk, "钱进")
    with closing(sqlite3.connect(desk.settings.desk.database)) as connection, connection:
        connection.execute("UPDATE visit SET name = 's1.x' WHERE id = ?", (third,))
    until = cards.visit_card(desk, third).until_at
    wanted = corrections.Corrected(Details(name="钱进", matter="事"), HOST, until)
    corrections.correct(desk, GUARD, third, wanted, "读不出，重写")
    assert cards.visit_card(desk, third).name == "钱进"


def test_a_field_of_another_kind_hides_nobody_either(desk):
    first, second = admitted(desk, "王小明"), admitted(desk, "赵敏")
    with closing(sqlite3.connect(desk.settings.desk.database)) as connection, connection:
        connection.execute("UPDATE visit SET name = x'00ff' WHERE id = ?", (first,))
    shown = {card.id: card.name for card in cards.todays(desk)}
    assert shown == {first: "cannot be read", second: "赵敏"}
