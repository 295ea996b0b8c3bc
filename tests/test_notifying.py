"""Notices over a real line: sent after the commit, never waited for, the address kept secret."""

import json
import logging
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kiosk import features
from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.outbox import Delivery
from kiosk.desk.pen import Pen
from kiosk.desk.people import person_by_staff_no, sealed_for
from kiosk.desk.settings_site import Notify
from kiosk.notifying import Notifier
from visitors import cards, reception
from visitors.models import Answer, How
from visitors.rules import Details

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "3001"
ID_NUMBER = "11010519491231002X"
WANG = Details(
    name="王小明", form="Mr", unit="东川供水公司", matter="检修", phone="13900001234",
    id_number=ID_NUMBER,
)  # fmt: skip
LONG_S = 30


class Inbox(ThreadingHTTPServer):
    """A house's own web service that takes notices, and says ``status`` to the first ones."""

    def __init__(self, *first):
        self.got, self.first = [], list(first)
        super().__init__(("127.0.0.1", 0), Taker)
        self.thread = threading.Thread(target=self.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"json://127.0.0.1:{self.server_port}/secret-key"

    def close(self):
        self.shutdown()
        self.server_close()
        self.thread.join()


class Taker(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, json.loads(body)))
        self.send_response(self.server.first.pop(0) if self.server.first else 200)
        self.end_headers()

    def log_message(self, *words):
        """Say nothing."""


class AtWork:
    """A notifier beside a desk, and what it said when something was noted."""

    def __init__(self, desk):
        self.desk, self.pen, self.said = desk, Pen(), threading.Event()
        self.notifier = Notifier(desk, self.pen, features.outboxes(), self.said.set)

    def asked(self):
        """Ask the host, as the pen does, and return the visit at once."""
        visit = reception.walk_in(self.desk, GUARD, WANG, HOST)
        reception.ask(self.desk, GUARD, visit, How.PHONE)
        self.notifier.queued()
        return visit

    def fared(self, visit):
        """Wait until the notice was noted, and return how it fared."""
        assert self.said.wait(LONG_S)
        return cards.visit_card(self.desk, visit).ladder.steps[0].delivery

    def close(self):
        self.notifier.stop()
        self.pen.close()


@pytest.fixture
def quick(desk, settings):
    """The desk, with short waits."""
    rules = replace(desk.rules, notify_again_s=0, notify_wait_s=LONG_S, notify_tries=3)
    desk.rules = rules
    desk.settings = replace(settings, rules=rules)
    return desk


@pytest.fixture
def at_work(quick):
    work = AtWork(quick)
    yield work
    work.close()


@pytest.fixture
def inbox():
    opened = []

    def make(*first):
        opened.append(Inbox(*first))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def give_address(desk, url):
    with desk.write() as tx:
        host = person_by_staff_no(tx, HOST)
        host.notify_url = sealed_for(tx, host, url)
        tx.put(host)
        tx.record("person.changed", person=HOST)


def entries(desk):
    with desk.read() as book:
        rows = book.connection.execute("SELECT code, facts FROM journal").fetchall()
    return [json.loads(facts) for code, facts in rows if code == "visit.host_notified"]


@pytest.mark.usefixtures("words_zh")
def test_the_host_gets_name_unit_gate_and_number_and_nothing_else(quick, at_work, inbox):
    mine = inbox()
    give_address(quick, mine.url)
    visit = at_work.asked()
    assert at_work.fared(visit) is Delivery.SENT
    ((path, got),) = mine.got
    assert path == "/secret-key"
    assert got["title"] == "有客来访"
    with quick.read() as book:
        host = names.address(person_by_staff_no(book, HOST))
    assert got["message"] == (
        f"{host}您好：东川供水公司的王先生已到南门，001 号。请回电传达室，或到传达室刷卡。"
    )
    assert not any(secret in str(got) for secret in (ID_NUMBER, ID_NUMBER[-4:], "1234"))
    (entry,) = entries(quick)
    assert (entry["delivery"], entry["tries"], entry["person"]) == ("sent", 1, HOST)


def test_one_without_an_address_gets_the_houses(quick, at_work, inbox):
    house = inbox()
    quick.settings = replace(quick.settings, notify=Notify(house.url))
    assert at_work.fared(at_work.asked()) is Delivery.SENT
    assert len(house.got) == 1


def test_without_any_address_nothing_is_queued(quick, at_work):
    visit = at_work.asked()
    assert cards.visit_card(quick, visit).ladder.steps[0].delivery is None
    at_work.notifier.stop()
    assert entries(quick) == []


def test_what_was_refused_twice_is_sent_at_the_third_try(quick, at_work, inbox):
    mine = inbox(500, 500)
    give_address(quick, mine.url)
    assert at_work.fared(at_work.asked()) is Delivery.SENT
    assert [one["tries"] for one in entries(quick)] == [3]


def test_it_is_tried_three_times_and_no_more(quick, at_work, inbox):
    mine = inbox(500, 500, 500, 500)
    give_address(quick, mine.url)
    assert at_work.fared(at_work.asked()) is Delivery.FAILED
    assert len(mine.got) == 3


@pytest.fixture
def black_hole():
    """An address that takes the line and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as hole:
        yield hole


def test_a_black_hole_stops_nobody_and_is_left_within_a_second(quick, black_hole):
    give_address(quick, f"json://127.0.0.1:{black_hole.getsockname()[1]}/?rto=60&cto=60")
    work = AtWork(quick)
    visit = work.asked()
    black_hole.settimeout(LONG_S)
    line, _address = black_hole.accept()  # the notice is under way now
    reception.answer(quick, GUARD, visit, Answer.YES, How.PHONE, read_back=True)
    reception.admit(quick, GUARD, visit)
    started = time.monotonic()
    work.close()
    assert time.monotonic() - started < 5  # a second, and what a slow disk takes
    line.close()
    assert [one["delivery"] for one in entries(quick)] == ["unknown"]


def test_a_black_hole_is_given_up_after_its_time(quick, black_hole):
    quick.rules = replace(quick.rules, notify_wait_s=2)
    give_address(quick, f"json://127.0.0.1:{black_hole.getsockname()[1]}/?rto=60&cto=60")
    work = AtWork(quick)
    assert work.fared(work.asked()) is Delivery.UNKNOWN
    work.close()


def test_an_answered_question_is_sent_to_nobody(quick, inbox):
    mine = inbox()
    give_address(quick, mine.url)
    work = AtWork(quick)
    visit = reception.walk_in(quick, GUARD, WANG, HOST)
    reception.ask(quick, GUARD, visit, How.PHONE)
    reception.answer(quick, GUARD, visit, Answer.YES, How.PHONE, read_back=True)
    work.notifier.queued()
    assert work.fared(visit) is Delivery.NOT_NEEDED
    work.close()
    assert mine.got == []


def test_what_is_answered_while_another_is_being_sent_is_sent_to_nobody(quick, black_hole):
    quick.rules = replace(quick.rules, notify_wait_s=2)
    give_address(quick, f"json://127.0.0.1:{black_hole.getsockname()[1]}/?rto=60&cto=60")
    work = AtWork(quick)
    visits = [reception.walk_in(quick, GUARD, WANG, HOST) for _one in range(2)]
    for visit in visits:
        reception.ask(quick, GUARD, visit, How.PHONE)
    work.notifier.queued()
    black_hole.settimeout(LONG_S)
    line, _address = black_hole.accept()  # the first is under way now
    reception.answer(quick, GUARD, visits[1], Answer.YES, How.PHONE, read_back=True)
    assert work.fared(visits[0]) is Delivery.UNKNOWN
    work.said.clear()
    if len(entries(quick)) < len(visits):
        assert work.said.wait(LONG_S)
    work.close()
    line.close()
    assert [one["delivery"] for one in entries(quick)] == ["unknown", "not_needed"]


def test_where_no_process_can_be_started_it_is_tried_three_times_and_noted(
    quick, at_work, inbox, monkeypatch
):
    def no_room(*_words, **_more):
        raise BlockingIOError("Resource temporarily unavailable")

    give_address(quick, inbox().url)
    monkeypatch.setattr(subprocess, "Popen", no_room)
    assert at_work.fared(at_work.asked()) is Delivery.FAILED
    assert [one["tries"] for one in entries(quick)] == [3]


def test_what_the_last_run_left_is_unknown_and_not_sent_late(settings, quick, inbox):
    mine = inbox()
    give_address(quick, mine.url)
    visit = reception.walk_in(quick, GUARD, WANG, HOST)
    reception.ask(quick, GUARD, visit, How.PHONE)
    clock = quick.clock
    quick.close()
    again = Desk.open(settings, clock)
    work = AtWork(again)
    assert work.notifier.give_up_old() == 1
    work.notifier.queued()
    work.close()
    assert cards.visit_card(again, visit).ladder.steps[0].delivery is Delivery.UNKNOWN
    again.close()
    assert mine.got == []


def test_the_address_is_in_no_log_no_entry_and_no_trace(quick, at_work, inbox, caplog):
    caplog.set_level(logging.DEBUG)
    mine = inbox(500, 500, 500)
    give_address(quick, mine.url)
    quick.settings = replace(quick.settings, notify=Notify(mine.url))
    assert at_work.fared(at_work.asked()) is Delivery.FAILED
    with quick.read() as book:
        everything = str([tuple(row) for row in book.connection.execute("SELECT * FROM journal")])
        everything += str([tuple(row) for row in book.connection.execute("SELECT * FROM person")])
    assert "secret-key" not in everything + caplog.text + repr(quick.settings)


def test_the_library_is_loaded_neither_at_the_start_nor_with_the_screens():
    asked = "import sys, kiosk.opening, kiosk.every_screen; print('apprise' in sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", asked], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"
