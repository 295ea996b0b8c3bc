"""A day with sixty visitors at one gate, by keys, taps, scans and papers on a real terminal.

Thirty are expected from a file, among them a group of twelve that leaves in two parts; the others
just come: a courier, an ambulance, one who is refused, one whose name sounds like a listed one. In
between the printer runs out of paper and the reader is pulled out. In the evening the register, the
open things and the roll call say what happened, and the chain is intact.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sixty import (
    GROUP,
    GROUP_OF,
    SOUNDS_ALIKE,
    announce,
    code_on_slip,
    expected_names,
    list_somebody,
    walk_in_names,
)

from drivers.emulators.scanner import EmulatedScanner

EXPECTED, WALK_INS, STAY = 30, 25, 4
ADMITTED = EXPECTED + WALK_INS + 1
VISITS = ADMITTED + 4
REFUSED, OUT_OF_PAPER, COURIER, AMBULANCE = "冯涛", "马志远", "顺丰", "救护车"


@dataclass
class Day:
    """The guard with the scanner, and how many parties are inside by now."""

    guard: object
    scanner: EmulatedScanner
    inside: int = 0
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def screen(self):
        return self.guard.screen

    @property
    def gate(self):
        return self.guard.gate

    def one_more(self, name):
        """Wait until one party more is inside."""
        self.inside += 1
        self.numbers[name] = len(self.numbers) + 1
        self.screen.shows(f"在访 {self.inside}批")

    def one_fewer(self):
        """Wait until one party fewer is inside."""
        self.inside -= 1
        self.screen.shows(f"在访 {self.inside}批")

    def report(self, name):
        """Return the rows of a report as the office gets them, the line of titles apart."""
        file = self.gate.site.folder / f"{name}.csv"
        done = self.gate.site.kiosk("report", name, "--out", str(file))
        assert done.returncode == 0, done.stdout + done.stderr
        with file.open(encoding="utf-8-sig", newline="") as rows:
            return list(csv.DictReader(rows))


@pytest.fixture
def scanner(gate) -> Iterator[EmulatedScanner]:
    """A code scanner on a serial line."""
    made = EmulatedScanner(gate.site.folder / "scanner").start()
    yield made
    made.stop()


@pytest.fixture
def day(gate, scanner, at_the_gate_with) -> Day:
    """The kiosk in Chinese on 80x24; the day's appointments and the watch list are taken."""
    announce(gate.site, EXPECTED)
    list_somebody(gate.site)
    with gate.site.config.open("a", encoding="utf-8") as file:
        file.write(f'\n[[scanners]]\nname = "扫码枪"\naddress = "{scanner.address}"\n')
    return Day(at_the_gate_with("读卡器", "打印机", "扫码枪"), scanner)


def test_a_day_with_sixty_visitors(day):
    guard_opens_the_desk(day)
    for name in expected_names(EXPECTED):
        an_expected_one_comes(day, name)
    reader_is_pulled_out(day)
    for name in walk_in_names(WALK_INS):
        one_just_comes(day, name)
    reader_comes_back(day)
    paper_runs_out_at_admit(day)
    a_courier_stays_at_the_gate(day)
    an_ambulance_is_let_in(day)
    one_is_refused(day)
    one_sounds_like_somebody_listed(day)
    the_group_leaves_in_two_parts(day)
    most_leave_by_scan(day)
    some_leave_by_number(day)
    evening(day)


def guard_opens_the_desk(day):
    day.guard.taps("2001", "密码")
    day.guard.pin("已开台")
    day.guard.press("f2", f"预约 {EXPECTED}")


def an_expected_one_comes(day, name):
    day.screen.type(name)
    day.guard.press("enter", "请先联系", name)
    the_host_says_yes(day, name)


def the_host_says_yes(day, name):
    day.guard.press("1", "怎么答复")
    day.guard.press("1", "同意，可以放行")
    day.screen.press("1")
    day.one_more(name)


def one_just_comes(day, name):
    write_down(day, name, "红旗村")
    day.screen.shows("在门外等候", name)
    the_host_says_yes(day, name)


def write_down(day, name, unit):
    day.guard.press("f5", "临时来访登记")
    day.guard.fill(name, "1", unit, "办事", "zw")
    day.screen.shows("已选定被访人")
    day.screen.press("f5")


def reader_is_pulled_out(day):
    day.gate.reader.ask("unplug")
    day.screen.shows("读卡器 断开")


def reader_comes_back(day):
    day.gate.reader.ask("replug")
    day.screen.hides("读卡器 断开")
    day.guard.taps("1002", "签到")


def paper_runs_out_at_admit(day):
    before = day.gate.printer.slips
    day.gate.printer.order("paper_out")
    day.screen.shows("打印机 缺纸")
    one_just_comes(day, OUT_OF_PAPER)
    day.screen.shows("恢复后")
    assert day.gate.printer.slips == before
    day.gate.printer.order("paper_out")
    day.gate.printer.slip(before + 1)
    day.screen.hides("缺纸")


def a_courier_stays_at_the_gate(day):
    day.guard.press("f5", "临时来访登记")
    day.screen.press("5")
    day.screen.shows("快递")
    day.screen.type(COURIER)
    day.guard.press("enter", COURIER)
    day.screen.type("zw")
    day.screen.shows("张科长")
    day.guard.press("enter", "请就地交接")
    day.screen.press("1")
    day.screen.shows("查找")
    day.numbers[COURIER] = len(day.numbers) + 1


def an_ambulance_is_let_in(day):
    day.guard.press("ctrl+g", "救护车")
    day.screen.press("1")
    day.one_more(AMBULANCE)


def one_is_refused(day):
    write_down(day, REFUSED, "推销公司")
    day.screen.shows("在门外等候", REFUSED)
    day.guard.press("1", "怎么答复")
    day.screen.press("3")
    day.screen.shows("请婉言告知")
    day.screen.press(day.screen.found(r"(\d) +不予放行"))
    day.screen.shows("为什么不予放行")
    day.guard.press("1", "查找", f"在访 {day.inside}批")
    day.numbers[REFUSED] = len(day.numbers) + 1


def one_sounds_like_somebody_listed(day):
    """The guard compares, cannot tell, and sends away with the sentence on the screen."""
    write_down(day, SOUNDS_ALIKE, "红旗村")
    day.screen.shows("请照下面的提示办理", "相近")
    day.guard.press("1", "是不是名单上的人")
    day.guard.press("1", "先打电话给陈静", "请稍等，我先替您联系一下")
    day.guard.press("2", "话已说")
    day.guard.press("1", "已婉言谢绝")
    day.numbers[SOUNDS_ALIKE] = len(day.numbers) + 1


def the_group_leaves_in_two_parts(day):
    day.screen.type(str(day.numbers[GROUP]))
    day.guard.press("enter", "12人", GROUP)
    day.guard.press("n", "几人")
    day.screen.type("13")
    day.guard.press("enter", "12")
    day.screen.press("backspace", "backspace")
    day.screen.type("7")
    day.guard.press("enter", "7人离开")
    day.screen.press("escape")
    day.screen.shows("查找", f"在访 {day.inside}批")
    day.scanner.scan(code_on_slip(day.gate.site, day.numbers[GROUP]))
    day.one_fewer()


def most_leave_by_scan(day):
    for name in [*expected_names(EXPECTED)[1:], *walk_in_names(WALK_INS - STAY)]:
        day.scanner.scan(code_on_slip(day.gate.site, day.numbers[name]))
        day.one_fewer()


def some_leave_by_number(day):
    day.screen.type(str(day.numbers[OUT_OF_PAPER]))
    day.guard.press("enter", "离开，回执已签", OUT_OF_PAPER)
    day.guard.press("2", "回执")
    day.one_fewer()


def evening(day):
    the_register_is_right(day)
    the_open_things_are_right(day)
    the_roll_call_is_right(day)
    the_journal_is_right(day)


def who_stays():
    return walk_in_names(WALK_INS)[-STAY:]


def the_register_is_right(day):
    rows = day.report("register")
    visits = {row["来访人"].split()[0]: row for row in rows if row["号"] and row["号"].isdigit()}
    assert {name: int(row["号"]) for name, row in visits.items()} == day.numbers
    assert len(visits) == VISITS
    assert (visits[GROUP]["人数"], visits[GROUP]["备注"]) == ("12", "已离开（扫码）")
    assert (visits[COURIER]["进门"], visits[COURIER]["备注"]) == ("", "门口交接")
    assert (visits[AMBULANCE]["被访人"], visits[AMBULANCE]["备注"]) == ("", "在访")
    turned_away = {name for name, row in visits.items() if row["备注"] == "未放行"}
    assert turned_away == {REFUSED, SOUNDS_ALIKE}
    inside = {name for name, row in visits.items() if row["备注"] == "在访"}
    assert inside == {AMBULANCE, *who_stays()}
    [total] = [row["序号"] for row in rows if "合计" in row["序号"]]
    for said in (f"登记 {VISITS} 笔", f"放行 {ADMITTED + 1} 笔 {ADMITTED + GROUP_OF} 人"):
        assert said in total
    assert "回执未收 1 张" in total


def the_open_things_are_right(day):
    numbers = sorted(row["号"] for row in day.report("open-things"))
    inside = [day.numbers[name] for name in who_stays()]
    twice = [day.numbers[AMBULANCE]] * 2  # inside, and its papers are owed
    assert [int(one) for one in numbers] == sorted([*inside, *twice, day.numbers[OUT_OF_PAPER]])


def the_roll_call_is_right(day):
    listed = day.gate.site.kiosk("report", "roll-call").stdout
    for name in (*who_stays(), "至少 1 人", "李建国", "周海燕"):
        assert name in listed
    assert GROUP not in listed
    before = day.gate.printer.slips
    day.guard.press("f8", f"来访{STAY + 1}人，职工3人，存疑1人")
    day.guard.press("3", "真实险情", "名单打印于")
    day.gate.printer.slip(before + 1)


def the_journal_is_right(day):
    codes = day.gate.site.codes()
    assert codes.count("visit.admitted") == ADMITTED
    assert codes.count("visit.part_left") == 1
    assert codes.count("visit.refused") == len({REFUSED, SOUNDS_ALIKE})
    for code in ("visit.handed_over", "visit.emergency_admitted", "rollcall.begun"):
        assert codes.count(code) == 1, code
    assert day.gate.printer.slips == ADMITTED + 1
    assert day.gate.site.kiosk("verify").returncode == 0
