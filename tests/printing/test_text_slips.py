"""Slips in an old printer's own characters: what stands on the emulated paper is what was meant."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.emulators.escpos_core import PrinterCore
from drivers.emulators.escpos_paper import PaperRoll
from drivers.emulators.escpos_tcp import EscposTcpPrinter
from drivers.escpos_bytes import FEED_AND_PART_CUT, INITIALISE
from drivers.escpos_text import TextSheet, code128, encoded
from drivers.slip_printer import Outcome, SlipPrinter
from kiosk.desk.print_job import JOB, JobState
from kiosk.desk.settings import Printer
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import (
    Bars,
    CheckBoxes,
    CodeBeside,
    Cut,
    Emphasis,
    Field,
    NumberWithCode,
    SignatureLine,
    Table,
    Text,
    Title,
)
from kiosk.desk.slip_text import typeset
from kiosk.printing import sheet_of, written

SQUARE, BARS = "V1:gate-1:20261123-001:1:P83SKPJF", "V:263270001019206328"
SLIP = Slip(
    "visit", "001",
    (
        Title("会客单", "双河镇人民政府"), NumberWithCode("001", "20261123-001", SQUARE),
        Bars(BARS), Field("来访人", "王小䶮 先生", Emphasis.STRONG), Field("单位", "东川供水公司"),
        Text("请您随身携带，离开时交回门卫。仅限当日当次有效。", bold=True), Cut(),
        SignatureLine("被访人签字", "时间"), CheckBoxes("带出物品", ("无", "有"), write_in=True),
        CodeBeside(SQUARE, ("请被访人签字后",), "20261123-001"),
    ),
)  # fmt: skip


def printer(width=576, codes="code128"):
    return Printer("旧", "escpos+tcp:127.0.0.1:1", width_dots=width, mode="text", codes=codes)


def on_paper(slip, folder, width=576, codes="code128", *, knows_squares=True):
    """Print a slip on a printer that writes Chinese only after it was told to; return it."""
    core = PrinterCore(PaperRoll(width, folder), knows_squares=knows_squares)
    core.text.starts_chinese = False
    sheet = sheet_of(printer(width, codes))
    core.receive(INITIALISE + written(typeset(slip, sheet), width).content + FEED_AND_PART_CUT)
    assert (core.unknown, core.dangerous) == ([], [])
    return core


@pytest.mark.parametrize("width", [576, 384])
def test_an_old_printer_writes_the_slip_in_its_own_characters(tmp_path, width):
    core = on_paper(SLIP, tmp_path, width)
    [text] = core.paper.texts
    lines = text.splitlines()
    for word in ("会客单", "双河镇人民政府", "001", "来访人  王小〓 先生", "单位    东川供水公司"):
        assert word in lines, word
    assert f"|||{BARS}|||" in lines
    assert SQUARE not in text
    assert core.text.broken == 0
    columns = width // 12
    assert "_" * (columns - len("被访人签字".encode("gbk")) - 14) in text
    assert all(len(line.encode("gbk")) <= columns for line in lines if "|||" not in line)


def test_a_printer_that_makes_qr_codes_prints_both(tmp_path):
    [text] = on_paper(SLIP, tmp_path, codes="qr").paper.texts
    assert text.count(f"[[{SQUARE}]]") == 2
    assert text.count(f"|||{BARS}|||") == 1


def test_bars_in_need_are_printed_only_where_no_qr_code_can_be(tmp_path):
    slip = Slip("visit", "1", (NumberWithCode("1", "1", SQUARE), Bars(BARS, in_need=True)))
    assert "|||" not in on_paper(slip, tmp_path, codes="qr").paper.texts[0]
    assert f"|||{BARS}|||" in on_paper(slip, tmp_path).paper.texts[0]


def test_a_printer_without_codes_prints_the_readable_number_alone(tmp_path):
    [text] = on_paper(SLIP, tmp_path, codes="none", knows_squares=False).paper.texts
    assert text.count("20261123-001") == 2
    assert "[[" not in text
    assert "|||" not in text


@pytest.mark.usefixtures("words_zh")
def test_a_reprint_says_so_on_each_part(tmp_path):
    again = Slip("visit", "1", (Text("存根"), Cut(), Text("来客联")), copy=2)
    assert on_paper(again, tmp_path).paper.texts[0].count("*** 补打第 1 次 ***") == 2


def test_the_number_is_printed_large():
    content = written(typeset(SLIP, sheet_of(printer())), 576).content
    assert b"\x1d!\x11\x1c!\x0c001" in content
    assert b"\x1bE\x00\x1d!\x00\x1c!\x0020261123-001" in content


ANY = st.text(st.characters(), max_size=40)


@settings(max_examples=80, deadline=None)
@given(ANY, st.sampled_from([576, 384]))
def test_no_text_is_a_command_and_no_row_is_too_long(tmp_path_factory, text, width):
    slip = Slip(
        "visit", "1",
        (
            Title(text, text), Text(text), Field(text, text), SignatureLine(text, text),
            CheckBoxes(text, (text, text), write_in=True), NumberWithCode(text, text, text),
            CodeBeside(text, (text,), text), Table((3, 1), ((text, text),), (text,), tick=True),
        ),
    )  # fmt: skip
    core = on_paper(slip, tmp_path_factory.mktemp("p"), width, "none")
    assert core.text.broken == 0
    assert core.jobs == []


@given(st.text())
def test_what_leaves_for_the_printer_is_never_a_control_byte(text):
    sent = encoded(text)
    assert all(byte >= 0x20 for byte in sent)
    assert sent.decode("gbk") == "".join(
        char if encoded(char) != "〓".encode("gbk") else "〓" for char in text
    )


def test_bars_whose_pairs_spell_a_command_are_left_out():
    data, _modules = code128("V:160403")
    assert (data, code128("V:170403")[0]) == (b"", b"{BV:{C\x11\x04\x03")
    sheet = TextSheet(576)
    sheet.bars("V:160403")
    assert sheet.content == TextSheet(576).content


def test_bars_too_wide_for_the_paper_are_left_out():
    sheet = TextSheet(384)
    sheet.bars("A" * 20)
    assert sheet.content == TextSheet(384).content


@pytest.fixture
def wire(tmp_path):
    printer = EscposTcpPrinter(tmp_path / "slips").start()
    yield printer
    printer.stop()


def test_a_text_slip_is_cut_and_proven_like_a_picture(wire):
    driver = SlipPrinter("旧", wire.address)
    sheet = written(typeset(SLIP, sheet_of(printer())), 576)
    assert driver.print_text(sheet, "0001") is Outcome.CONFIRMED
    wire.state(paper_out=True)
    assert driver.print_text(sheet, "0002") is Outcome.NOT_READY
    driver.close()
    assert wire.core.jobs == [b"0001"]
    assert len(wire.core.paper.texts) == 1


def test_a_sheet_for_wider_paper_is_refused(wire):
    driver = SlipPrinter("旧", wire.address, width=384)
    with pytest.raises(ValueError, match="do not fit"):
        driver.print_text(TextSheet(576), "0001")


def test_the_spooler_prints_a_queued_slip_as_text(two_printers):
    station = two_printers(first="text")
    job = station.queue("0001")
    station.start()
    assert station.becomes(job, JobState.CONFIRMED)
    assert station.first.core.paper.texts == ["slip 0001"]
    with station.desk.read() as book:
        assert book.one(JOB, id=job).printer == "first"
    assert re.fullmatch(r"slip-\d{4}\.png", station.first.pictures[0].name)


def test_a_code_that_was_cut_off_swallows_nothing_of_the_next_slip(wire):
    driver = SlipPrinter("旧", wire.address)
    wire.core.receive(b"\x1dkI\xff{B" + b"A" * 9)
    driver.expect_leftovers()
    sheet = written(typeset(SLIP, sheet_of(printer())), 576)
    assert driver.print_text(sheet, "0001") is Outcome.CONFIRMED
    driver.close()
    assert wire.core.paper.texts[-1].startswith("会客单\n")
