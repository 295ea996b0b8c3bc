"""The duty log: the kiosk writes what it did, the guard adds lines, nothing is ever changed."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from kiosk import features
from kiosk.desk import database, journal, posts
from kiosk.desk.desk import Desk
from kiosk.desk.device_troubles import Troubles
from kiosk.desk.happenings import happenings, name_happenings
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import SignatureLine, Text
from kiosk.desk.transaction import Unrecorded
from kiosk.desk.verify import verify
from kiosk.desk.words import use
from shift_handover import matters, service
from shift_handover.duty_log import purging, reading
from shift_handover.duty_log.models import LINE
from shift_handover.duty_log.reading import lines_in_shift, log_of, of_days, shifts_of
from shift_handover.duty_log.reports import duty_log
from shift_handover.duty_log.service import print_day, write
from shift_handover.duty_log.wording import words_of
from shift_handover.matters import Entrusting
from shift_handover.models import GiverKind
from shift_handover.slips import Signed, handover_slip

pytestmark = pytest.mark.usefixtures("people", "on_post", "compiled_words")


@pytest.fixture(autouse=True)
def english():
    use("en")


def log(desk, days_back=0):
    day = desk.today() - timedelta(days=days_back)
    with desk.read() as book:
        return of_days(desk, book, day, day)


def said(desk, days_back=0):
    return [words_of(line) for line in log(desk, days_back).lines]


def test_what_the_kiosk_did_stands_in_the_log_in_words_and_by_name(desk, desk_clock):
    desk_clock.advance(minutes=1)
    matters.entrust(desk, "2001", Entrusting(GiverKind.VISITOR, "王先生", "李娜", "钥匙留给她"))
    desk_clock.advance(minutes=1)
    write(desk, "2001", "  北门路灯不亮  ")
    assert said(desk) == ["李建国 took the post", "matter M1 entrusted", "B1 北门路灯不亮"]
    use("zh_CN")
    assert said(desk)[:2] == ["李建国接班上岗", "受托事项M1已登记"]
    assert [line.by for line in log(desk).lines] == ["李建国"] * 3
    assert log(desk).by_hand == 1


def test_every_sentence_of_a_feature_is_known_and_two_cannot_share_a_code():
    for feature in features.FEATURES:
        assert feature.happenings.items() <= happenings().items()
    with pytest.raises(ValueError, match=r"post\.taken already says"):
        name_happenings({"post.taken": "another word"})


def test_visits_and_loans_are_counted_and_loans_are_named(desk):
    with desk.write(by="2001") as tx:
        tx.record("visit.admitted", number="017", people=2)
        tx.record("visit.left", number="017", people=2)
        tx.record("visit.emergency_admitted", number="018")
        tx.record("loan.out", thing="12号柜", holder="1001")
        tx.record("loan.returned", thing="12号柜", holder="某处")
        tx.record("nobody.knows", thing="1")
    found = log(desk)
    assert (found.visits_in, found.visits_out, found.lent, found.back) == (2, 1, 1, 1)
    assert said(desk)[1:] == [
        "visitor 018 let in as an emergency", "12号柜 out, to 张伟", "12号柜 back, from 某处",
    ]  # fmt: skip


def test_a_line_is_put_right_by_another_that_names_it(desk, desk_clock):
    write(desk, "2001", "北门路灯不亮")
    desk_clock.advance(minutes=5)
    write(desk, "2002", "西门路灯不亮", corrects="B1")
    assert said(desk)[1:] == ["B1 北门路灯不亮 [corrected by B2]", "B2 corrects B1: 西门路灯不亮"]
    with desk.read() as book:
        assert book.read_sealed(book.one(LINE, number="B1").words) == "北门路灯不亮"


@pytest.mark.parametrize(
    ("words", "corrects", "code"),
    [
        (" \u200b ", "", "duty_log.empty"),
        ("又一次", "B1", "duty_log.corrected"),
        ("西门路灯不亮", "B2", "duty_log.same"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is_left(desk, words, corrects, code):
    write(desk, "2001", "北门路灯不亮")
    write(desk, "2001", "西门路灯不亮", corrects="B1")
    before = desk.head
    with pytest.raises(Refused) as refused:
        write(desk, "2001", words, corrects)
    assert (refused.value.code, desk.head) == (code, before)
    with pytest.raises(LookupError):
        write(desk, "2001", "新的", corrects="B99")


def test_the_words_are_sealed_and_the_journal_has_only_numbers(desk, settings):
    write(desk, "2001", "陈静的车牌浙A12345停在门口")
    with desk.read() as book:
        last = list(journal.entries(book.connection, desk.gate))[-1]
    assert last.code == "duty_log.written"
    assert last.facts_made() == {"number": "B1", "corrects": ""}
    folder = settings.desk.database.parent
    on_disk = b"".join(path.read_bytes() for path in folder.glob("kiosk.db*"))
    assert "浙A12345".encode() not in on_disk


def test_a_shift_has_its_own_lines_and_a_day_its_own(desk, desk_clock):
    write(desk, "2001", "白班的事")
    desk_clock.advance(hours=10)
    with desk.write(by="2001") as tx:
        outgoing, incoming = (person_by_staff_no(tx, who) for who in ("2001", "2002"))
        posts.relieve(tx, desk.gate, outgoing, incoming)
    desk_clock.advance(hours=8)
    write(desk, "2002", "夜里的事")
    with desk.read() as book:
        night, day = shifts_of(book, desk.gate)
        assert (night.name, day.name, night.until) == ("王磊", "李建国", None)
        first = log_of(desk, book, day.since, day.until)
        second = log_of(desk, book, night.since, desk.clock() + timedelta(seconds=1))
        assert lines_in_shift(book, desk.gate) == 1
    assert [line.words for line in first.lines if line.number] == ["白班的事"]
    assert [line.words for line in second.lines if line.number] == ["夜里的事"]
    assert "B2 夜里的事" in said(desk)
    assert "B2 夜里的事" not in said(desk, days_back=1)
    assert "B1 白班的事" in said(desk, days_back=1)


def test_a_word_finds_lines_whoever_wrote_them(desk):
    write(desk, "2001", "Lamp at the north gate")
    assert [line.number for line in log(desk).with_word("lamp").lines] == ["B1"]
    assert [line.number for line in log(desk).with_word("took the").lines] == [""]
    assert len(log(desk).with_word("李建国").lines) == 2
    assert log(desk).with_word("none").lines == ()


def test_only_the_day_is_read_through_its_index(desk):
    with desk.read() as book:
        plan = book.connection.execute(
            f"EXPLAIN QUERY PLAN {journal.TOLD_BETWEEN}", (desk.gate, "2026-11-23", "2026-11-24")
        ).fetchall()
    assert any("USING INDEX ix_journal_at (gate=? AND at>? AND at<?)" in one[3] for one in plan)


def test_a_line_of_another_post_is_not_in_this_log(desk):
    write(desk, "2001", "南门的事")
    assert reading.LINES_BETWEEN is not None
    with desk.read() as book:
        there = book.all(
            reading.LINES_BETWEEN, post="north", first=desk.clock() - timedelta(days=1),
            after=desk.clock() + timedelta(days=1),
        )  # fmt: skip
    assert there == []


def test_the_days_page_is_printed_with_lines_to_sign_on(desk):
    write(desk, "2001", "北门路灯不亮")
    print_day(desk, "2001", desk.today())
    with desk.read() as book:
        number = f"{desk.head.seq}"
        (job,) = book.all(JOBS_OF, slip="report.duty-log", number=number)
        slip = Slip.from_json(book.unseal(job.document))
    texts = [line.text for line in slip.lines if isinstance(line, Text)]
    assert any("B1 北门路灯不亮 (李建国)" in text for text in texts)
    assert "1 line written by hand" in texts
    assert [line.label for line in slip.lines if isinstance(line, SignatureLine)] == [
        "On duty", "Seen by",
    ]  # fmt: skip


def test_the_report_of_several_days_names_the_day_of_each_line(desk, desk_clock):
    write(desk, "2001", "昨天的事")
    desk_clock.advance(days=1)
    write(desk, "2001", "今天的事")
    today = desk.today()
    with desk.read() as book:
        table = duty_log(desk, book, Period(today - timedelta(days=1), today))
        alone = duty_log(desk, book, Period(today, today))
    assert [row[2] for row in table.rows if row[2].startswith("B")] == [
        "B1 昨天的事",
        "B2 今天的事",
    ]
    assert table.rows[-1][0].startswith(f"{today:%m-%d} ")
    assert [row[2] for row in alone.rows] == ["B2 今天的事"]


@pytest.mark.usefixtures("checked")
def test_the_handover_says_how_many_lines_the_shift_has(desk, open_list):
    write(desk, "2001", "北门路灯不亮")
    write(desk, "2001", "已修好")
    frozen = service.freeze(desk, "2001", open_list)
    assert frozen.document.log_lines == 2
    signed = Signed("王磊", desk.clock(), "7D02 93AF 00C4 B1E6")
    sheet = handover_slip(frozen.document, signed, desk)
    texts = [line.text for line in sheet.lines if isinstance(line, Text)]
    assert "Duty log of the shift: 2 lines" in texts


def test_the_words_go_after_their_time_and_the_line_stays(desk, desk_clock):
    write(desk, "2001", "王小明来过")
    with desk.read() as book:
        assert purging.naming(book, "王小明") == ["B1"]
    days = desk.rules.handover_words_days
    desk_clock.advance(days=days - 1)
    assert features.SHIFT_HANDOVER.purge(desk, "").counts == {}
    desk_clock.advance(days=2)
    with desk.read() as book:
        assert features.SHIFT_HANDOVER.overdue(desk, book)["duty_lines"] == 1
    assert features.SHIFT_HANDOVER.purge(desk, "").counts["duty_lines"] == 1
    assert said(desk, days_back=days + 1)[-1] == "B1 (deleted after its time)"
    with desk.read() as book:
        assert purging.naming(book, "王小明") == []
    with closing(database.open_reader(desk.settings.desk.database)) as reader:
        assert verify(reader, desk.gate).intact


def test_a_line_cannot_be_changed_behind_the_journal(desk):
    write(desk, "2001", "北门路灯不亮")
    with pytest.raises(Unrecorded), desk.write(by="2001") as tx:
        line = tx.one(LINE, number="B1")
        line.words = tx.seal(line.subject, "别的")
        tx.put(line)
    with closing(sqlite3.connect(desk.settings.desk.database)) as book:
        (count,) = book.execute("SELECT count(*) FROM duty_line").fetchone()
    assert count == 1


def codes_since(desk: Desk, seq):
    with desk.read() as book:
        return [one.code for one in journal.entries(book.connection, desk.gate, seq)]


def test_a_device_that_fails_is_written_down_once_and_its_return_too(desk, desk_clock):
    before, troubles = desk.head.seq, Troubles()
    troubles.works(desk, "门口读卡器")
    troubles.failed(desk, "门口读卡器", "absent")
    troubles.failed(desk, "门口读卡器", "absent")
    troubles.works(desk, "门口读卡器")
    assert codes_since(desk, before) == ["device.down", "device.up"]
    troubles.failed(desk, "门口读卡器", "absent")
    troubles.works(desk, "门口读卡器")
    assert codes_since(desk, before) == ["device.down", "device.up"]
    desk_clock.advance(seconds=desk.rules.device_again_s)
    troubles.failed(desk, "门口读卡器", "absent")
    assert codes_since(desk, before)[2:] == ["device.down"]
    assert said(desk)[-1] == "门口读卡器 does not work"


def test_people_and_kinds_stand_in_the_log_by_their_names(desk):
    use("zh_CN")
    with desk.write(by="2001") as tx:
        tx.record("away.confirmed", number="A1", companion="2002", minutes=5)
        tx.record("away.superior_told", number="A1", superior="1001", minutes=5)
        tx.record("errand.refused", number="Y1", guard="2001")
        tx.record("instruction.given", number="Z1", giver="1001")
        tx.record("instruction.known", numbers=["Z1"], reader="2002")
        tx.record("incident.opened", number="I1", kind="fire", mode="drill")
        tx.record("incident.step", number="I1", contact="security.2", outcome="not_reached")
        tx.record("incident.step", number="I1", contact="119", outcome="answered")
        tx.record("incident.reported", number="I1", place=1, sort="first")
        tx.record("handover.counted", number="H1", counted="helmet", expected=3, found=2)
        tx.record("rollcall.begun", number="D1", kind="real", expected=3)
        tx.record("rollcall.corrected", number="D1", kind="of a newer version")
    assert said(desk)[1:] == [
        "A1：同岗 王磊 延时 5 分钟", "A1：已报告 张伟", "李建国 拒办私事 Y1",
        "Z1 已登记，下达人 张伟", "王磊 已知悉指示", "突发情况I1启动（火情，演练）",
        "突发情况I1：警卫人员 未接", "突发情况I1：消防 已接通", "突发情况I1：第1次报告（首报）",
        "交接班 H1：清点 架上安全帽，2 件", "点名 D1（真实险情）开始，在内3人",
        "点名 D1 的性质更正为 of a newer version",
    ]  # fmt: skip
