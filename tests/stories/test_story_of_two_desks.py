"""A day of two desks: one truth while the cable holds, each alone when it is cut, one truth again.

Two processes, two books, a real PostgreSQL, and everything by keys, taps and papers.
"""

import json
import shutil

import pytest
from postgres import temporary_server
from site_books import tables_of
from two_desks import TwoDesks, two_desks

from kiosk.desk import settings
from kiosk.desk.desk import Desk

ADMISSIONS = 3
"""Hers, and his at both."""
KEY_TAG = "04AABBCCDD0012"


@pytest.fixture
def both(tmp_path, compiled_words):  # noqa: ARG001 - the screens speak Chinese
    server = temporary_server()
    try:
        with two_desks(tmp_path, server) as made:
            yield made
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def test_two_desks_one_site(both: TwoDesks):
    both_desks_open(both)
    an_appointment_at_reception_is_seen_at_the_gate(both)
    the_gate_lets_her_in_and_reception_sees_it(both)
    a_key_hangs_at_reception(both)
    another_is_expected(both)
    the_cable_is_cut(both)
    both_let_him_in(both)
    the_key_is_asked_for_at_both(both)
    she_leaves_through_reception(both)
    the_cable_is_back(both)
    the_key_comes_back_at_the_gate(both)
    the_gatehouse_decides(both)
    everything_agrees(both)


def both_desks_open(both):
    both.reception.taps("2001", "密码")
    both.reception.pin("已开台")
    both.gatehouse.taps("2002", "密码")
    both.gatehouse.pin("已开台")


def an_appointment_at_reception_is_seen_at_the_gate(both):
    both.reception.press("f2", "没有预约")
    both.reception.press("f7", "同行人")
    today, from_now, usual_time, by_phone = "", "", "", "1"
    both.reception.fill(
        "赵敏", "2", "东川水务", "水表检修", "zw", today, from_now, usual_time, by_phone
    )
    both.reception.press("f5", "预约 1")
    both.gatehouse.press("f2", "赵敏", "预约 1")
    both.gatehouse.screen.type("zm")
    both.gatehouse.press("enter", "可以放行", "放行并打印")


def the_gate_lets_her_in_and_reception_sees_it(both):
    both.gatehouse.press("1", "已放行", "在访 1批")
    both.gatehouse.gate.printer.slip(1)
    both.reception.screen.shows("在访 1批", "预约 0")


def a_key_hangs_at_reception(both):
    guard = both.reception
    guard.press("escape", "F4")
    guard.press("f4", "架上还没有钥匙")
    guard.press("n", "新钥匙")
    guard.card(KEY_TAG, "尾数 0012")
    no_lock, no_doors = "", ""
    guard.fill("3号钥匙", "一号箱", no_lock, no_doors)
    guard.screen.shows("哪一类钥匙")
    guard.press("1", "谁批准")
    guard.press("1", "在架 1")
    guard.press("escape", "F4")


def another_is_expected(both):
    guard = both.reception
    guard.press("f2", "在访 1批")
    guard.press("f7", "同行人")
    today, from_now, usual_time, by_phone = "", "", "", "1"
    guard.fill("周强", "1", "县医院", "送文件", "ln", today, from_now, usual_time, by_phone)
    guard.press("f5", "预约 1")
    both.gatehouse.screen.shows("周强")


def the_cable_is_cut(both):
    both.cable.cut()
    both.gatehouse.screen.shows("南门传达室 已断开")


def both_let_him_in(both):
    """Neither can know of the other, and nobody waits in the rain for a cable."""
    for guard in both.desks:
        guard.screen.type("zq")
        guard.press("enter", "可以放行")
        guard.press("1", "已放行", "在访 2批")


def the_key_is_asked_for_at_both(both):
    for guard in both.desks:
        guard.press("escape", "F10")
    both.gatehouse.card(KEY_TAG, "请借用人刷卡")
    both.gatehouse.taps("1003", "连不上", "只能在南门传达室借出")
    both.gatehouse.press("escape", "F10")
    both.reception.card(KEY_TAG, "请借用人刷卡")
    both.reception.taps("1002", "3号钥匙", "李娜", "借出")


def she_leaves_through_reception(both):
    """Her slip is the gatehouse's; she is let go where she stands."""
    guard = both.reception
    guard.press("f2", "在访 2批")
    number = guard.screen.found(r"(\d{4}) +\d\d:\d\d +赵敏")
    guard.screen.type(number)
    guard.press("enter", "离开，回执已签", "赵敏")
    guard.press("enter", "已离开", "在访 1批")
    guard.press("escape", "F10")


def the_cable_is_back(both):
    both.cable.heal()
    both.gatehouse.screen.hides("已断开")
    for guard in both.desks:
        guard.screen.shows("周先生", "两边都放行了")
    both.gatehouse.screen.hides("赵敏")


def the_key_comes_back_at_the_gate(both):
    """Whoever brings a key is never sent away; where it hangs now is known at both."""
    both.gatehouse.card(KEY_TAG, "3号钥匙 已归还")
    both.reception.press("f4", "在架", "借出 0")
    both.reception.press("escape", "F10")


def the_gatehouse_decides(both):
    """Two admissions of one person: the gatehouse's own is right, and its guard signs for it."""
    guard = both.gatehouse
    guard.press("escape", "F6")
    guard.press("f6", "Enter前往", "周先生", "两边都放行了")
    guard.press("enter", "两边都改过这条记录", "目前按此显示")
    own = guard.screen.found(r"(\d) 东门传达室 +\d\d-\d\d")
    guard.press(own, "为什么")
    guard.screen.type("人在东门登的记")
    guard.press("enter", "请刷工牌")
    guard.taps("2002", "卡已读到")
    guard.pin("已裁定")
    for desk in both.desks:
        desk.screen.hides("两边都放行了")


def everything_agrees(both):
    """Both chains stand whole in both books and at the hub, and every table is the same."""
    told = both.reception.gate.site.kiosk("hub", "status", "--json")
    assert told.returncode == 0, told.stdout
    for desk in json.loads(told.stdout):
        assert desk["here"] == desk["at_hub"] > 0
        assert desk["quarantined"] == ""
    for guard in both.desks:
        guard.screen.signal()
        assert guard.screen.ends() == 0
        done = guard.gate.site.kiosk("verify")
        assert (done.returncode, "完好" in done.stdout) == (0, True), done.stdout
    books = [Desk.open_to_read(settings.load(one.gate.site.config, {})) for one in both.desks]
    reception, gatehouse = map(tables_of, books)
    assert reception == gatehouse
    codes = [entry["code"] for one in both.desks for entry in one.gate.site.journal()]
    assert codes.count("visit.admitted") == ADMISSIONS
    assert codes.count("conflict.decided") == 1
    for book in books:
        book.close()
