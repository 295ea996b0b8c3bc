"""The four jobs of a gatehouse by keys and taps, on a real terminal, with machines outside it."""

import sqlite3

from house import BADGES, BLOCKED
from PIL import Image

KEY_TAG = "04AABBCCDD0012"
UNKNOWN = "04FFFFFFFFFF01"
ONCE_IN_FIELD_AND_LIST = 2
CODES_OUTSIDE = {
    "staff.signed_in", "staff.signed_out", "visit.expected", "visit.arrived", "visit.host_asked",
    "visit.host_answered", "visit.admitted", "visit.refused", "visit.left",
    "post.taken", "post.left",
    "matter.entrusted", "safety.checked", "handover.frozen", "handover.accepted", "loan.out",
    "loan.returned",
}  # fmt: skip


def test_a_quiet_day_in_chinese_on_a_small_terminal(at_the_gate):
    guard = at_the_gate
    staff_come(guard)
    guard_opens_the_desk(guard)
    odd_cards(guard)
    helmet_goes_out_and_comes_back(guard)
    visitor_with_an_appointment(guard)
    visitor_without_one(guard)
    visitor_is_turned_away(guard)
    visitor_leaves(guard)
    matter_is_left(guard)
    house_is_checked(guard)
    shift_is_handed_over(guard)
    new_card_works(guard)
    guard.screen.signal()
    assert guard.screen.ends() == 0
    the_book_says_so(guard.gate.site)
    a_changed_byte_is_found(guard.gate.site)


def staff_come(guard):
    guard.taps("1001", "✓ 签到")
    guard.gate.reader.tap(BADGES["1001"])  # within two seconds: the same tap
    guard.taps("1002", "财务科")
    guard.press("c", "改为签退")
    guard.taps("1003", "✓ 签退")
    assert guard.gate.site.codes().count("staff.signed_in") == 3


def guard_opens_the_desk(guard):
    guard.taps("2001", "开台", "密码")
    guard.pin("密码不对", pin="1357")
    guard.pin("✓ 已开台", "值班 李建国")


def odd_cards(guard):
    guard.card(BLOCKED, "这张卡已停用")
    guard.gate.reader.together(BADGES["1001"], BADGES["1002"])
    guard.screen.shows("两张")
    guard.gate.reader.take()
    guard.card(UNKNOWN, "新卡", "FF01")
    guard.screen.type("zw")
    guard.screen.shows("张伟")
    guard.screen.press("enter")
    guard.screen.hides("新卡")


def helmet_goes_out_and_comes_back(guard):
    guard.press("f4", "架上还没有钥匙")
    guard.press("n", "新钥匙")
    guard.card(KEY_TAG, "尾数 0012")
    no_lock, no_doors = "", ""
    guard.fill("3号安全帽", "一号箱", no_lock, no_doors)  # lent on days off without a word
    guard.screen.shows("哪一类钥匙")
    guard.press("5", "谁批准")
    guard.press("1", "在架 1")
    guard.card(KEY_TAG, "请借用人刷卡")
    guard.taps("1002", "借出 1", "李娜")
    guard.press("escape", "待办", "F2")
    guard.card(KEY_TAG, "3号安全帽 已归还")


def visitor_with_an_appointment(guard):
    guard.press("f2", "没有预约")
    guard.press("f7", "同行人")
    today, from_now, usual_time, by_phone = "", "", "", "1"
    guard.fill("赵敏", "2", "东川水务", "水表检修", "zw", today, from_now, usual_time, by_phone)
    guard.press("f5", "预约 1")
    guard.screen.type("zm")
    guard.press("enter", "可以放行")
    guard.press("enter", "已放行")
    the_slip_is_whole(guard.gate.printer.slip(1))


def the_slip_is_whole(picture):
    with Image.open(picture) as slip:
        assert slip.size[0] == 576
        assert slip.size[1] > 800  # three parts
        dark = slip.convert("L").histogram()[0] / (slip.size[0] * slip.size[1])
        assert 0.02 < dark < 0.4


def visitor_without_one(guard):
    write_down(guard, "王小明", "红旗村")
    guard.press("1", "怎么答复")
    guard.press("1", "同意，可以放行")
    guard.press("1", "已放行")
    guard.gate.printer.slip(2)


def visitor_is_turned_away(guard):
    write_down(guard, "冯涛", "推销公司")
    guard.press("1", "怎么答复")
    guard.screen.press("3")
    guard.screen.shows("请婉言告知")
    guard.screen.press(guard.screen.found(r"(\d) +不予放行"))
    guard.screen.shows("为什么不予放行")
    guard.press("1", "等候 0", "在访 2批")


def write_down(guard, name, unit):
    guard.screen.hides("在门外等候", "可以放行")
    guard.press("f5", "临时来访登记")
    guard.fill(name, "1", unit, "办事", "zw")
    guard.screen.shows("已选定被访人")
    guard.press("f5", "在门外等候", name)


def visitor_leaves(guard):
    number = guard.screen.found(r"(\d{3}) +\d\d:\d\d +王小明")
    guard.screen.type(number.lstrip("0"))
    guard.press("enter", "离开，回执已签", "王小明")
    guard.press("enter", "已离开", "在访 1批")
    guard.press("escape", "F10")


def matter_is_left(guard):
    guard.press("f3", "受托事项", "请选择")
    guard.press("2", "没有受托事项")
    guard.press("n", "谁托付的")
    guard.press("1", "来客委托", "托付人")
    guard.fill("吴桂英", "李娜", "转交材料一袋", "文件袋", "16:30")
    guard.screen.shows("请复述一遍", "吴桂英托付")
    guard.press("enter", "编号 M1")
    guard.press("escape", "请选择")


def house_is_checked(guard):
    guard.press("1", "安全检查  0 / 12")
    for done in range(1, 13):
        guard.press("1", f"{done} / 12")
    guard.screen.shows("哪位上级")
    guard.fill("马志强", "", "知道了")
    guard.screen.shows("安全检查已保存")


def shift_is_handed_over(guard):
    guard.press("3", "交班人核对", "冻结")
    guard.press("enter", "H1", "接班人请刷卡")
    guard.taps("2002", "已看 0", "王磊查看")
    while "Enter 签字" not in guard.screen.text:
        read = guard.screen.found(r"已看 (\d+) / \d+")
        guard.screen.press("enter")
        guard.screen.hides(f"已看 {read} /")
    guard.press("enter", "交班人李建国签字")
    guard.taps("2001", "卡已读到")
    guard.pin("请接班人签字")
    guard.taps("2002", "卡已读到")
    guard.pin("已接班", "值班 王磊", "李建国可以下班了")
    guard.gate.printer.slip(3)
    code = guard.screen.found(r"校验码 +((?:[0-9A-F]{4} ?){4})")
    looked_up = guard.gate.site.kiosk("verify", "--code", code)  # beside the running kiosk
    assert (looked_up.returncode, "交接班 H1 双方签字" in looked_up.stdout) == (0, True)
    guard.press("enter", "请选择")
    guard.press("escape", "F10", "吴桂英所托")


def new_card_works(guard):
    """It is Zhang Wei's second badge now, and he came in minutes ago."""
    guard.card(UNKNOWN, "已签到")


def the_book_says_so(site):
    entries = site.journal()
    codes = {entry["code"] for entry in entries}
    assert codes >= CODES_OUTSIDE, CODES_OUTSIDE - codes
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    acted = {entry["code"]: entry["by"] for entry in entries}
    assert acted["visit.admitted"] == "2001"
    assert acted["handover.accepted"] == "2002"
    told = str(entries)
    assert "赵敏" not in told
    assert "王小明" not in told
    done = site.kiosk("verify")
    assert done.returncode == 0, done.stdout
    assert "完好" in done.stdout


def a_changed_byte_is_found(site):
    """One byte of an entry, then one of a row, changed by somebody who knows his way about."""
    whole = site.database.read_bytes()
    with sqlite3.connect(site.database) as book:
        for (name,) in book.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            book.execute(f'DROP TRIGGER "{name}"')
        (seq,) = book.execute("SELECT seq FROM journal WHERE code = 'loan.out'").fetchone()
        book.execute("UPDATE journal SET by = '1003' WHERE seq = ?", (seq,))
    book.close()
    done = site.kiosk("verify")
    assert (done.returncode, str(seq) in done.stdout) == (1, True), done.stdout
    site.database.write_bytes(whole)
    with sqlite3.connect(site.database) as book:
        book.execute("UPDATE person SET name = '李娜娜' WHERE staff_no = '1002'")
    book.close()
    done = site.kiosk("verify")
    assert done.returncode == 1, done.stdout
    assert "person" in done.stdout


def test_a_short_day_in_english_on_a_large_terminal(at_the_large_gate):
    guard = at_the_large_gate
    guard.taps("1001", "✓ Signed in")
    guard.taps("2001", "PIN")
    guard.pin("The desk is open")
    guard.press("f2", "Nobody is expected")
    guard.press("f5", "Walk-in")
    guard.fill("王小明", "1", "红旗村", "盖章", "zw")
    guard.screen.until(lambda text: text.count("张伟") >= ONCE_IN_FIELD_AND_LIST, "the host")
    guard.press("f5", "Do not admit", "王小明")
    guard.press("1", "read back")
    guard.press("1", "Admit and print")
    guard.press("1", "Admitted")
    the_slip_is_whole(guard.gate.printer.slip(1))
    guard.screen.press("f12")
    guard.screen.shows("在访 1批")
    guard.screen.press("f12")
    guard.screen.hides("在访 1批")
    guard.screen.press("ctrl+c")
    guard.screen.shows("The kiosk keeps running")
    assert guard.screen.picture.other_page
    guard.screen.press("ctrl+z", "ctrl+q")
    guard.screen.shows("Stop the kiosk")
    guard.screen.signal()
    assert guard.screen.ends() == 0
    the_terminal_is_as_it_was(guard.screen)
    done = guard.gate.site.kiosk("verify", lang="en_US")
    assert (done.returncode, "Intact" in done.stdout) == (0, True)


def the_terminal_is_as_it_was(screen):
    assert not screen.picture.other_page
    assert not screen.picture.cursor.hidden
    assert screen.modes() == screen.modes_before
