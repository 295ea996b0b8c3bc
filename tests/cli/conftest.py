"""A site of its own for every command."""

from pathlib import Path

import house
import pytest
from house import Site

from kiosk import cli, features
from kiosk.desk import posts, settings, spool
from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.signing import Means, Proof
from kiosk.desk.slip_lines import Fingerprint
from shift_handover import service
from shift_handover.models import Found, Mark
from shift_handover.rules import ITEMS, Finding, Report
from shift_handover.safety import service as safety


@pytest.fixture
def site(tmp_path: Path, compiled_words: None) -> Site:  # noqa: ARG001 - the screens speak Chinese
    """A finished site in this test's own folder."""
    return house.copy(house.made_once(), tmp_path / "site")


@pytest.fixture
def run(site, capfd, monkeypatch):
    """Run one command of this site in this process: its status, its output, its complaints."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("KIOSK_CONFIG", raising=False)

    def run(*words, config=True):
        capfd.readouterr()
        chosen = ["--config", str(site.config)] if config else []
        try:
            status = cli.main([*words, *chosen])
        except SystemExit as ended:
            status = ended.code
        said = capfd.readouterr()
        return status, said.out, said.err

    return run


def hand_over(desk):
    """Let 2001 hand over to 2002; return what is written under 校验码 on the sheet."""
    with desk.write(by="2001") as tx:
        outgoing, incoming = (person_by_staff_no(tx, who) for who in ("2001", "2002"))
        posts.take(tx, desk.gate, outgoing)
    done = safety.begin(desk, "2001")
    for item in ITEMS:
        done = safety.answer(desk, "2001", done.round_id, item.code, Finding(Found.NORMAL))
    safety.finish(desk, "2001", done.round_id, Report("赵主任", "电话"))
    frozen = service.freeze(desk, "2001", features.outstanding)
    for thing in frozen.document.things:
        service.mark(desk, "2002", frozen.id, thing.key, Mark.KNOWN, picked=thing.next_step)
    first, second = (Proof(one, Means.BADGE, desk.clock()) for one in (outgoing, incoming))
    service.accept(desk, frozen.id, first, second, features.outstanding)
    slip = spool.next_job(desk)[1]
    return next(line.value for line in slip.lines if isinstance(line, Fingerprint))


@pytest.fixture
def printed(site):
    """The code on the sheet of a handover of this site."""
    desk = Desk.open(settings.load(site.config, {}))
    try:
        return hand_over(desk)
    finally:
        desk.close()
