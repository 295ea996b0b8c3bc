"""``kiosk handover show``: the sheet on the screen and as a file, never over another one."""

import sqlite3
from contextlib import closing

import pytest

from kiosk import features
from kiosk.desk import posts, settings
from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.signing import Means, Proof
from shift_handover import service
from shift_handover.models import Mark


@pytest.fixture
def desk(site):
    """The book of the site, whose handovers ask for no safety check."""
    site.set("rules", safety_check_hours="0")
    desk = Desk.open(settings.load(site.config, {}))
    yield desk
    desk.close()


@pytest.fixture
def signed(desk):
    """H1 from 2001 to 2002, signed; then H2, frozen only."""
    with desk.write(by="2001") as tx:
        outgoing, incoming = (person_by_staff_no(tx, who) for who in ("2001", "2002"))
        posts.take(tx, desk.gate, outgoing)
    frozen = service.freeze(desk, "2001", features.outstanding, "请开北门")
    for thing in frozen.document.things:
        service.mark(desk, "2002", frozen.id, thing.key, Mark.KNOWN, picked=thing.next_step)
    proofs = (Proof(one, Means.BADGE, desk.clock()) for one in (outgoing, incoming))
    accepted = service.accept(desk, frozen.id, *proofs, features.outstanding)
    service.freeze(desk, "2002", features.outstanding)
    return accepted


def test_the_sheet_is_said_with_its_people_and_its_code(run, signed):
    status, out, err = run("handover", "show", "h1")
    assert (status, err) == (0, "")
    for said in ("李建国", "王磊", "请开北门", signed.fingerprint, "Copy from the book"):
        assert said in out


@pytest.mark.usefixtures("signed")
def test_the_guard_reads_it_in_chinese(site):
    done = site.kiosk("handover", "show", "H1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "交接班记录" in done.stdout
    assert "按系统记录补出" in done.stdout


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(
    ("name", "starts"), [("H1.txt", b""), ("H1.pdf", b"%PDF-"), ("H1.PDF", b"%PDF-")]
)
def test_a_file_is_written_once_and_over_another_only_when_asked(run, tmp_path, name, starts):
    out = tmp_path / name
    status, said, _err = run("handover", "show", "H1", "--out", str(out))
    assert (status, said) == (0, f"H1 written to {out}.\n")
    assert out.read_bytes().startswith(starts)
    out.write_bytes(b"another")
    status, said, err = run("handover", "show", "H1", "--out", str(out))
    assert (status, said) == (1, "")
    assert "is there already" in err
    assert out.read_bytes() == b"another"
    status, said, _err = run("handover", "show", "H1", "--out", str(out), "--replace")
    assert (status, said) == (0, f"H1 replaced {out}.\n")
    assert out.read_bytes() != b"another"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [name]


@pytest.mark.usefixtures("signed")
def test_the_text_file_is_utf_8_and_says_what_the_screen_said(run, tmp_path):
    out = tmp_path / "H1.txt"
    run("handover", "show", "H1", "--out", str(out))
    shown = run("handover", "show", "H1")[1]
    assert out.read_bytes().decode("utf-8").rstrip("\n") == shown.rstrip("\n")


@pytest.mark.usefixtures("signed")
def test_the_slips_own_form_is_another_page_than_a4(run, tmp_path):
    for form in ("a4", "slip"):
        run("handover", "show", "H1", "--out", str(tmp_path / f"{form}.pdf"), "--paper", form)
    a4, slip = ((tmp_path / f"{form}.pdf").read_bytes() for form in ("a4", "slip"))
    assert b"0 0 595." in a4
    assert b"0 0 204." in slip


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("H9",), "There is no handover H9."),
        (("H2",), "Handover H2 was never signed by both: it has no sheet."),
        (("H1", "--out", "H1.docx"), ".pdf"),
        (("H1", "--out", "no/such/H1.pdf"), "no/such/H1.pdf"),
    ],
)
def test_what_cannot_be_shown_says_why_and_leaves_no_file(run, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    status, out, err = run("handover", "show", *words)
    assert (status, out) == (1, "")
    assert said in err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.usefixtures("signed")
def test_a_changed_record_says_so(run, site):
    with closing(sqlite3.connect(site.database)) as book, book:
        changed = "substr(document, 1, 60) || '!' || substr(document, 62)"
        sql = f"UPDATE handover SET document = {changed} WHERE number = 'H1'"  # noqa: S608 - ours
        assert book.execute(sql).rowcount == 1
    status, _out, err = run("handover", "show", "H1")
    assert status == 1
    assert "was changed and cannot be read" in err


def test_the_months_page_is_a_report_with_the_signed_one_in_it(run, signed, desk):
    month = f"{desk.today():%Y-%m}"
    status, out, err = run("report", "handovers", "--month", month)
    assert (status, err) == (0, "")
    [row] = [line for line in out.splitlines() if line.startswith(f"{signed.number} ")]
    assert "李建国" in row
    assert "Taken over" in row
    status, out, _err = run("report", "handovers", "--month", "2020-02")
    assert (status, "H1" in out) == (0, False)
