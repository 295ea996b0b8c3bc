"""What people said to the gatehouse: sealed on the disk, readable in its place, erasable."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk import database, journal
from kiosk.desk.transaction import SubjectKey
from kiosk.desk.verify import verify
from shift_handover import feature, matters, service
from shift_handover import frozen as view
from shift_handover.exits import questions
from shift_handover.matters import Entrusting
from shift_handover.models import FAULT, MATTER, Ending, Found, GiverKind, Group, Mark
from shift_handover.rules import ITEMS, Finding, Report
from shift_handover.safety import faults, reporting
from shift_handover.safety import service as safety
from shift_handover.safety.results import last_results

pytestmark = pytest.mark.usefixtures("people", "on_post")

OUTGOING_BADGE, INCOMING_BADGE = "04A1B2C3D4E502", "04A1B2C3D4E503"
FAULT_WORDS = {
    "what": "锁舌卡住", "where": "周处长办公室", "measure": "叫钱师傅守着", "told": "孙主任手机",
}  # fmt: skip
SUBJECT = select(SubjectKey).where(col(SubjectKey.id) == bindparam("id"))


def everything_on_disk(desk):
    folder = desk.settings.desk.database.parent
    return b"".join(path.read_bytes() for path in folder.glob("kiosk.db*"))


def on_disk(desk, said):
    found = everything_on_disk(desk)
    return [one for one in said if one.encode() in found]


def answer_all(desk, **odd):
    progress = safety.begin(desk, "2001")
    for item in ITEMS:
        finding = odd.get(item.code, Finding(Found.NORMAL))
        progress = safety.answer(desk, "2001", progress.round_id, item.code, finding)
    return progress


def erase(desk, subject):
    with desk.write() as tx:
        tx.forget(tx.one(SUBJECT, id=subject))
        tx.record("subject.erased", subject=subject)


def intact(desk):
    with closing(database.open_reader(desk.settings.desk.database)) as reader:
        return verify(reader, desk.gate).intact


@pytest.fixture
def faulty(desk):
    """A finished round with a fault and an item that was not checked."""
    odd = {
        "windows_shut": Finding(Found.NOT_CHECKED, reason="吴秘书锁了门"),
        "doors_locked": Finding(Found.FAULT, **FAULT_WORDS),
    }
    progress = answer_all(desk, **odd)
    safety.finish(desk, "2001", progress.round_id, Report("郑局长", "电话"))
    return progress.round_id


@pytest.mark.usefixtures("faulty")
def test_a_round_and_its_faults_are_sealed_and_still_read(desk):
    with desk.read() as book:
        [thing] = faults.open_faults(book)
        theft = last_results(book, desk.gate)[list(Group).index(Group.THEFT)]
    faults.report_fault(desk, "2001", thing.ref, "冯科长")
    faults.close_fault(desk, "2001", thing.ref, "换了锁芯，陈师傅来的", "褚主任")
    assert [item.reason for item in theft.items if item.reason] == ["吴秘书锁了门"]
    assert {name: thing.facts[name] for name in ("what", "measure", "told")} == {
        name: FAULT_WORDS[name] for name in ("what", "measure", "told")
    }
    said = [*FAULT_WORDS.values(), "吴秘书锁了门", "郑局长", "冯科长", "陈师傅", "褚主任"]
    assert on_disk(desk, said) == []
    assert on_disk(desk, ["doors_locked"]) == ["doors_locked"]


def test_a_superior_told_later_is_sealed_too(desk):
    progress = answer_all(desk)
    safety.finish(desk, "2001", progress.round_id)
    reporting.report_round(desk, "2001", progress.round_id, Report("卫局长", "短信"))
    with desk.read() as book:
        assert reporting.unreported(desk, book) == []
    assert on_disk(desk, ["卫局长", "短信"]) == []


def test_an_entrusted_matter_is_sealed_from_giver_to_receiver(desk):
    said = Entrusting(GiverKind.VISITOR, "蒋先生", "沈会计", "韩家的合同", left_here="牛皮纸袋杨")
    matters.entrust(desk, "2001", said)
    with desk.read() as book:
        [shown] = matters.open_matters(book)
    matters.close(desk, "2001", shown.id, Ending.TOLD, "朱出纳")
    assert (shown.giver, shown.receiver, shown.what) == ("蒋先生", "沈会计", "韩家的合同")
    assert on_disk(desk, ["蒋先生", "沈会计", "韩家的合同", "牛皮纸袋杨", "朱出纳"]) == []


@pytest.mark.usefixtures("checked")
def test_note_question_and_reason_of_a_handover_are_sealed(desk, open_list, prove):
    first = service.freeze(desk, "2001", open_list, "秦总今晚要来")
    key = first.document.things[0].key
    service.mark(desk, "2002", first.id, key, Mark.QUESTION, "尤经理问过没有")
    service.refuse(desk, first.id, prove(INCOMING_BADGE), "许班长没交钥匙")
    again = service.freeze(desk, "2001", open_list, "秦总今晚要来")
    for thing in again.document.things:
        service.mark(desk, "2002", again.id, thing.key, Mark.QUESTION, "何时能好，问吕工")
        questions.answer(desk, "2001", again.id, thing.key, "施师傅明早来修")
    service.accept(desk, again.id, prove(OUTGOING_BADGE), prove(INCOMING_BADGE), open_list)
    with desk.read() as book:
        refused = view.handover_by_id(book, first.id)
        signed = view.handover_by_id(book, again.id)
        facts = "".join(e.facts for e in journal.entries(book.connection, desk.gate))
    assert (refused.reason, signed.document.note) == ("许班长没交钥匙", "秦总今晚要来")
    assert set(signed.notes.values()) == {"何时能好，问吕工"}
    said = ["秦总今晚要来", "尤经理问过没有", "许班长没交钥匙", "问吕工", "王小明", "施师傅"]
    assert on_disk(desk, said) == []
    assert not any(one in facts for one in [*said, "李建国", "王磊"])


@pytest.mark.usefixtures("faulty")
def test_erased_words_leave_a_dash_the_number_and_an_intact_book(desk):
    matters.entrust(desk, "2001", Entrusting(GiverKind.INSIDER, "施师傅", "张科长", "拉纸板"))
    with desk.read() as book:
        things = {thing.kind: thing for thing in feature.outstanding(desk, book)}
        rows = [book.one(FAULT, id=things["safety.fault"].ref)]
        rows.append(book.one(MATTER, id=things["matter"].ref))
    for row in rows:
        erase(desk, row.subject)
    with desk.read() as book:
        left = {thing.kind: thing for thing in feature.outstanding(desk, book)}
    assert left["safety.fault"].number == "S1"
    assert left["safety.fault"].facts["what"] == "-"
    assert left["matter"].facts["giver"] == "-"
    assert intact(desk)


def damage(desk, table, column, row_id):
    with closing(sqlite3.connect(desk.settings.desk.database)) as book, book:
        changed = f"substr({column}, 1, 60) || '!' || substr({column}, 62)"
        sql = f"UPDATE {table} SET {column} = {changed} WHERE id = ?"  # noqa: S608 - our own names
        assert book.execute(sql, (row_id,)).rowcount == 1


@pytest.mark.usefixtures("faulty")
def test_damaged_words_leave_a_word_and_every_other_open_thing(desk):
    with desk.read() as book:
        [thing] = faults.open_faults(book)
    damage(desk, "safety_fault", "what", thing.ref)
    with desk.read() as book:
        [left] = faults.open_faults(book)
    assert left.facts["what"] == "cannot be read"
    assert left.facts["measure"] == FAULT_WORDS["measure"]


@pytest.mark.usefixtures("checked")
def test_a_handover_whose_document_is_damaged_is_frozen_anew(desk, open_list):
    first = service.freeze(desk, "2001", open_list)
    damage(desk, "handover", "document", first.id)
    with desk.read() as book:
        assert view.open_handover(book, desk.gate) is None
    again = service.freeze(desk, "2001", open_list)
    with desk.read() as book:
        assert view.open_handover(book, desk.gate).number == again.number
