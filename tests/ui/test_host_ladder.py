"""The ladder in the real application: a notice goes out by itself, and nothing waits for it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kiosk.desk.outbox import Delivery
from visitors import cards, reception
from visitors.models import How
from visitors.rules import Details
from visitors.screens_visit import VisitScreen

WANG = Details(name="王小明", form="Mr", unit="东川供水公司", matter="水表检修")


class Taker(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(json.loads(body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture
def house():
    """The house's own web service, as ``[notify]`` names it."""
    server = HTTPServer(("127.0.0.1", 0), Taker)
    server.got = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


async def test_the_running_kiosk_sends_and_the_visit_says_so(kiosk_at, house):
    url = f"json://127.0.0.1:{house.server_port}/"
    async with kiosk_at(size=(120, 36), KIOSK_NOTIFY__URL=url) as walk:
        await walk.open_desk()
        desk = walk.app.context.desk
        visit = reception.walk_in(desk, "2001", WANG, "1001")
        await walk.press("f2")
        await walk.front("VisitorsScreen")
        await walk.press(*"wxm", "enter")
        await walk.front("VisitScreen")
        await walk.press("1")
        await walk.until(lambda: house.got, "the notice")

        def told():
            return cards.visit_card(desk, visit).ladder.steps[0].delivery is Delivery.SENT

        await walk.until(told, "how it fared")
        await walk.until(lambda: "notice sent" in walk.text(), "it on the screen")
    assert len(house.got) == 1
    assert "王先生" in house.got[0]["message"]


async def test_a_host_who_comes_back_is_told_a_number_at_his_tap(kiosk_at):
    async with kiosk_at(size=(120, 36)) as walk:
        desk = walk.app.context.desk
        visit = reception.walk_in(desk, "2001", WANG, "1001")
        reception.ask(desk, "2001", visit, How.PHONE)
        number = cards.visit_card(desk, visit).number
        await walk.badge("1001")
        await walk.until(
            lambda: f"Visitor {number} waits for you at the gate" in walk.text(), "the note"
        )
        assert "王小明" not in walk.text()


async def test_a_desk_that_locked_meanwhile_says_that_somebody_waits_and_names_nobody(kiosk_at):
    async with kiosk_at(size=(120, 36)) as walk:
        await walk.open_desk()
        desk = walk.app.context.desk
        visit = reception.walk_in(desk, "2001", WANG, "1001")
        reception.ask(desk, "2001", visit, How.PHONE)
        walk.app.kiosk.show(VisitScreen(visit))
        await walk.front("VisitScreen")
        await walk.until(lambda: walk.app.screen.card_shown is not None, "the visit")
        await walk.app.lock("idle")
        await walk.front("HomeScreen")
        answers = walk.app.answers
        walk.clock.advance(seconds=desk.rules.host_ladder_s)
        await walk.until(lambda: walk.app.answers > answers, "the word that somebody waits")
        await walk.pilot.pause()
        number = cards.visit_card(desk, visit).number
        shown = " ".join(walk.text().split())
        assert f"Visitor {number} waits, and nobody has answered." in shown
        assert "王小明" not in shown
        assert "王先生" not in shown
        await walk.open_desk()
        await walk.front("VisitScreen")
        await walk.until(lambda: "No answer. Now ask" in walk.text(), "who is next")
