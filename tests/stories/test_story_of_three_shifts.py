"""Three shifts over one night at one gate, from the taps to the signed sheets.

By day a visitor comes and stays, a parcel is not fetched, a key not brought back. At night the
guard steps away and stays too long, then it burns. In the morning the relief comes late; the third
guard reads it all, takes over and clears up. Everything is done by keys, taps and papers.
"""

import subprocess
import sys
from datetime import timedelta

import pytest
from guards import ready
from house import ROOT
from night import THIRD, Night, night_at, prepare

DAY, NIGHT, SHIFTS = "2001", "2002", 3
NAMES = {DAY: "李建国", NIGHT: "王磊", THIRD: "孙强"}
NEXT = {"I1": "按R续报", "301": "告知管理部"}
KEY_TAG = "04AABBCCDD0012"


@pytest.fixture
def night(gate):
    """The gate, with its devices ready."""
    prepare(gate.site)
    with night_at(gate) as made:
        ready(made.guard, "读卡器", "打印机")
        yield made


def test_three_shifts_over_a_night(night: Night):
    the_day_begins(night)
    a_visitor_stays(night)
    a_parcel_lies_here(night)
    a_key_goes_out(night)
    the_house_is_checked(night)
    the_paper_is_out(night)
    the_post_goes_over(night, DAY, NIGHT, "H1")
    the_sheet_is_owed_until_there_is_paper(night)
    the_guard_steps_away_too_long(night)
    it_burns(night)
    the_relief_is_late(night)
    the_post_goes_over(night, NIGHT, THIRD, "H2")
    the_third_clears_up(night)
    night.screen.signal()
    assert night.screen.ends() == 0
    the_book_says_so(night)
    the_registers_say_so(night)
    the_sheet_proves_the_book(night)


def the_day_begins(night):
    night.guard.taps(DAY, "密码")
    night.guard.pin("已开台")


def a_visitor_stays(night):
    night.guard.press("f2", "没有预约")
    night.guard.press("f5", "临时来访登记")
    night.guard.fill("王小明", "1", "红旗村", "办事", "zw")
    night.screen.shows("已选定被访人")
    night.guard.press("f5", "在门外等候")
    night.guard.press("1", "怎么答复")
    night.guard.press("1", "同意，可以放行")
    night.guard.press("1", "已放行")
    night.goes_home()


def a_parcel_lies_here(night):
    night.guard.press("f6", "待办")
    night.guard.press("p", "收到什么")
    night.guard.fill("SF1390000123456", "顺丰", "2号架", "", "")
    night.screen.shows("收件人")
    night.screen.type("ln")
    night.guard.press("enter", "P1")
    night.goes_home()


def a_key_goes_out(night):
    night.guard.press("f4", "架上还没有钥匙")
    night.guard.press("n", "新钥匙")
    night.guard.card(KEY_TAG, "尾数 0012")
    night.guard.fill("301钥匙", "一号箱", "", "")
    night.screen.shows("哪一类钥匙")
    night.guard.press("1", "谁批准")
    night.guard.press("1", "在架 1")
    night.guard.card(KEY_TAG, "请借用人刷卡")
    night.guard.taps("1002", "借出 1", "李娜")
    night.goes_home()


def the_house_is_checked(night):
    night.is_now(17, 40)
    night.guard.press("f3", "请选择")
    safety_round(night)


def safety_round(night):
    night.guard.press("1", "安全检查  0 / 12")
    for done in range(1, 13):
        night.guard.press("1", f"{done} / 12")
    night.screen.shows("哪位上级")
    night.guard.fill("马志强", "", "知道了")
    night.screen.shows("安全检查已保存")


def the_post_goes_over(night, outgoing, incoming, number):
    night.guard.press("3", "交班人核对", "冻结")
    night.guard.press("enter", number, "接班人请刷卡")
    night.guard.taps(incoming, f"{NAMES[incoming]}查看")
    read_all(night)
    night.guard.press("enter", "交班人", "签字")
    night.guard.taps(outgoing, "卡已读到")
    night.guard.pin("请接班人签字")
    night.guard.taps(incoming, "卡已读到")
    night.guard.pin("已接班", f"值班 {NAMES[incoming]}")
    night.goes_home()


def the_paper_is_out(night):
    night.guard.gate.printer.order("paper_out")
    night.screen.shows("打印机 缺纸")


def the_sheet_is_owed_until_there_is_paper(night):
    """The handover holds without it: the sheet is among the open things and prints by itself."""
    printer = night.guard.gate.printer
    before = printer.slips
    assert "handover.accepted" in night.site.codes()
    night.guard.press("f6", "单据等待打印机")
    printer.order("paper_out")
    printer.slip(before + 1)
    night.screen.hides("缺纸", "单据等待打印机")
    night.goes_home()


def read_all(night):
    """Mark line after line; of a red one the incoming says what is to be done next."""
    left = 1
    while left:
        read, of = map(int, night.screen.found(r"已看 (\d+ / \d+)").split(" / "))
        left = of - read
        if left:
            night.screen.press("enter")
            night.screen.until(
                lambda text, read=read: "选出下一步" in text or f"已看 {read + 1} /" in text, "it"
            )
            if "选出下一步" in night.screen.text:
                step = next(step for number, step in NEXT.items() if number in night.screen.text)
                night.screen.press(night.screen.found(rf"(\d) +{step}"))
                night.screen.shows(f"已看 {read + 1} /")


def the_guard_steps_away_too_long(night):
    night.is_now(21, 0)
    night.guard.press("f3", "请选择")
    night.guard.press("5", "暂离")
    night.guard.press("1", "离开几分钟")
    night.guard.fill("配电房", "抄表", "10")
    night.screen.shows("同岗")
    night.guard.taps(THIRD, "值班门卫暂离")
    night.is_now(21, 14)
    night.screen.shows("超时")
    night.guard.taps(NIGHT, "密码")
    night.guard.pin("已开台")


def it_burns(night):
    night.is_now(2, 10, days=1)
    night.guard.press("f9", "110", "119", "120", "8110")
    night.guard.press("1", "火")
    night.screen.press("1")
    night.screen.press("2")
    night.screen.press("1")
    night.screen.press("2")
    night.guard.press("r", "首报")
    night.guard.fill("配电房冒烟", "2:05")
    night.guard.press("ctrl+s", "首报", "I1")
    night.goes_home()


def the_relief_is_late(night):
    night.is_now(7, 30, days=1)
    night.guard.press("f3", "请选择")
    safety_round(night)
    night.is_now(8, 25, days=1)
    night.guard.press("3", "交班人核对")
    night.guard.press("x", "接班人已到")
    night.guard.press("1", "刷卡")
    night.guard.taps(THIRD, "迟到 25 分钟")
    night.guard.press("escape", "请选择")


def the_third_clears_up(night):
    night.is_now(8, 40, days=1)
    the_incident_ends(night)
    the_parcel_is_fetched(night)
    night.guard.card(KEY_TAG, "301钥匙 已归还")
    night.guard.press("f2", "在访 1批")
    night.screen.type("1")
    night.guard.press("enter", "离开，回执已签", "王小明")
    night.guard.press("enter", "已离开")
    night.goes_home()


def the_incident_ends(night):
    goes_to(night, "突发情况I1（火情）未终报")
    night.screen.shows("首报")
    night.guard.press("e", "终报")
    night.guard.fill("插座老化，已断电")
    night.guard.press("ctrl+s", "I1")
    night.goes_home()


def the_parcel_is_fetched(night):
    goes_to(night, "李娜的快递在2号架")
    night.screen.shows("请李娜刷卡")
    night.guard.taps("1002", "李娜")
    night.screen.hides("请李娜刷卡", "李娜的快递")
    night.goes_home()


_BELOW_THE_LIST = 4
_PAINTED_S = 0.5


def goes_to(night, words):
    """Find a line of the open things, which stands below the list when the cursor is on it.

    A picture comes in pieces: only another line at the foot says that the cursor is on another row.
    """
    night.guard.press("f6", "轻重")
    while not night.screen.came(lambda text: words in _foot(text), _PAINTED_S):
        before = _foot(night.screen.text)
        night.screen.press("down")
        night.screen.until(lambda text, before=before: _foot(text) != before, "the next line")
    night.screen.press("enter")


def _foot(text):
    """Return what stands between the list and the keys: the thing under the cursor."""
    return "\n".join(text.splitlines()[-_BELOW_THE_LIST:-1])


CODES = {
    "away.started", "away.overdue", "away.ended", "incident.opened", "incident.step",
    "incident.reported", "incident.closed", "handover.relief_came", "safety.checked",
    "parcel.handed_out", "loan.returned", "visit.left",
}  # fmt: skip


def the_book_says_so(night):
    entries = night.site.journal()
    codes = [entry["code"] for entry in entries]
    assert set(codes) >= CODES, CODES - set(codes)
    assert codes.count("handover.frozen") == codes.count("handover.accepted") == SHIFTS - 1
    held = [entry["facts"]["person"] for entry in entries if entry["code"] == "post.taken"]
    assert held == [DAY, NIGHT, THIRD]
    told = str(entries)
    assert not [word for word in ("王小明", "配电房", "插座老化", "抄表") if word in told]
    assert "完好" in night.kiosk("verify")


def the_registers_say_so(night):
    second = night.first_day.date() + timedelta(days=1)
    on_duty = night.kiosk("report", "on-duty", "--date", f"{second}", "--at", "02:10")
    assert NAMES[NIGHT] in on_duty
    assert NAMES[DAY] not in on_duty
    sheets = night.rows("handovers", first=night.first_day.date(), last=second)
    assert [(row["交班人"], row["接班人"]) for row in sheets] == [
        (NAMES[DAY], NAMES[NIGHT]), (NAMES[NIGHT], NAMES[THIRD]),
    ]  # fmt: skip
    assert [row["迟到分钟"] for row in sheets] == ["0", "25"]


def the_sheet_proves_the_book(night):
    sheet, export = night.site.folder / "H2.txt", night.site.folder / "book.jsonl"
    night.kiosk("handover", "show", "H2", "--out", str(sheet))
    words = sheet.read_text(encoding="utf-8")
    lines = ("I1", "K1", "P1", "王小明", "应于 08:00 接班，08:25 到")
    assert [line for line in lines if line not in words] == []
    night.kiosk("journal", "export", str(export))
    verifier = [sys.executable, "-I", str(ROOT / "deploy" / "verify_export.py"), str(export)]
    checked = subprocess.run(  # noqa: S603 - our own program
        [*verifier, "--sheet-file", str(sheet)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
