"""Whatever is done to an export is found: the verifier, loaded as a file of its own."""

import hashlib
import importlib.util
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk import journal, journal_export
from kiosk.desk.journal import Head

_FILE = Path(__file__).parents[1] / "deploy" / "verify_export.py"
_spec = importlib.util.spec_from_file_location("verify_export", _FILE)
verifier = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(verifier)

BOOK = """CREATE TABLE journal
(gate, seq, "at", "by", code, facts, images, prev, hash, PRIMARY KEY (gate, seq))"""


def exported(told, gate="gate-1"):
    """Return the export of a book with these codes and facts, as the kiosk writes both."""
    with closing(sqlite3.connect(":memory:")) as book:
        book.execute(BOOK)
        book.execute('CREATE INDEX ix_journal_at ON journal (gate, "at")')
        head = Head(0, journal.GENESIS)
        for at, (code, facts) in enumerate(told):
            moment = f"2026-11-23T00:{at:02}:00.000000Z"
            entry = journal.seal(
                gate, head, moment, "2001", code, journal.canonical(facts), journal.canonical([])
            )
            book.execute(journal.INSERT, entry)
            head = Head(entry.seq, entry.hash)
        part = journal_export.part_of(book, gate)
        made_at = "2026-11-24T00:00:00.000000Z"
        return b"".join(journal_export.lines(book, gate, "东川站", made_at, part))


def found_in(content, sheet=None):
    """Return what the verifier stops at, "" for nothing, and its exit code."""
    try:
        verifier.check(io.BytesIO(content), sheet)
    except verifier.Stop as stop:
        return stop.found, stop.status, stop.facts
    return "", 0, {}


FIVE = exported(
    [("desk.opened", {"post": "gate-1"}), ("visit.left", {"number": "017", "people": 2}),
     ("loan.out", {"thing": "钥匙"}), ("handover.accepted", {"number": "H1"}),
     ("desk.locked", {"why": "asked"})]
)  # fmt: skip
LINES = FIVE.splitlines(keepends=True)


def sealed_again(lines):
    """Put the right checksum under changed lines, as somebody would who knows the format."""
    body = b"".join(lines[:-1])
    end = json.loads(lines[-1])
    end["sha256"] = hashlib.sha256(body).hexdigest()
    return body + journal.canonical(end).encode() + b"\n"


def test_an_untouched_export_holds():
    assert found_in(FIVE) == ("", 0, {})


@given(st.integers(0, len(FIVE) - 1), st.integers(1, 255))
def test_every_changed_byte_is_found(at, by):
    changed = bytearray(FIVE)
    changed[at] ^= by
    assert found_in(bytes(changed))[1] in {verifier.BROKEN, verifier.NEWER}


def test_every_single_bit_of_every_byte_is_found():
    for at in range(len(FIVE)):
        changed = bytearray(FIVE)
        changed[at] ^= 1
        assert found_in(bytes(changed))[0], at


@given(st.integers(0, len(FIVE) - 1))
def test_a_file_cut_off_anywhere_is_found(at):
    assert found_in(FIVE[:at])[1] == verifier.BROKEN


@given(st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=9))
def test_lines_removed_doubled_or_put_in_another_order_are_found(order):
    lines = [LINES[at] for at in order]
    if lines != LINES:
        assert found_in(b"".join(lines))[1] == verifier.BROKEN


@pytest.mark.parametrize(
    ("lines", "expected", "named"),
    [
        ([0, 1, 3, 4, 5, 6], "missing", {"seq": 2, "there": 3}),
        ([0, 1, 2, 2, 3, 4, 5, 6], "doubled", {"there": 2}),
        ([0, 1, 2, 3, 1, 4, 5, 6], "order", {"there": 1, "seq": 4}),
        ([0, 1, 2, 3, 4, 6], "missing_end", {"seq": 5, "last": 5}),
        ([0, 1, 2, 3, 4, 5, 5, 6], "doubled", {"there": 5}),
        ([0, 1, 2, 3, 4, 5, 6, 5], "after_end", {}),
        ([0, 1, 2, 3], "cut", {"seq": 3, "last": 5}),
    ],
)
def test_what_happened_to_the_entries_is_named_even_under_a_new_checksum(lines, expected, named):
    made = [LINES[at] for at in lines]
    content = sealed_again(made) if made[-1] == LINES[-1] else b"".join(made)
    code, status, facts = found_in(content)
    assert (code, status) == (expected, verifier.BROKEN)
    assert named.items() <= facts.items()


def test_an_entry_rewritten_with_its_own_new_hash_breaks_the_next():
    said = json.loads(LINES[2])
    text = journal.canonical(said["entry"] | {"by": "9999"})
    digest = hashlib.sha256(f"{said['prev']}{text}".encode()).hexdigest()
    line = f'{{"prev":"{said["prev"]}","hash":"{digest}","entry":{text}}}\n'.encode()
    made = [*LINES[:2], line, *LINES[3:]]
    assert found_in(sealed_again(made))[:2] == ("loose", verifier.BROKEN)


def test_a_whole_book_written_anew_holds_but_has_no_entry_of_the_sheet():
    fourth = json.loads(LINES[4])["hash"]
    forged = exported([("desk.opened", {}), *[("visit.left", {"number": "018"})] * 4])
    sheet = verifier.Sheet(fourth[:16])
    assert found_in(forged, sheet) == ("", 0, {})
    with pytest.raises(verifier.Stop) as stopped:
        verifier.check_sheet(sheet)
    assert stopped.value.status == verifier.NO_SUCH_SHEET
    real = verifier.Sheet(fourth[:16])
    assert found_in(FIVE, real)[0] == ""
    assert real.entry["seq"] == 4


def test_codes_and_fields_nobody_knows_yet_do_no_harm():
    header = json.loads(LINES[0])
    later = journal.canonical(header | {"colour": "blue"}).encode() + b"\n"
    assert found_in(sealed_again([later, *LINES[1:]]))[0] == ""
    assert found_in(exported([("drone.landed", {"at": [1.5, {"深": None}]})]))[0] == ""


def test_a_newer_format_is_not_judged():
    header = journal.canonical(json.loads(LINES[0]) | {"version": 2}).encode() + b"\n"
    assert found_in(sealed_again([header, *LINES[1:]]))[:2] == ("newer", verifier.NEWER)


def test_a_line_of_millions_of_characters_and_deep_nesting_are_read():
    assert found_in(exported([("visit.left", {"x": "长" * 3_000_000})]))[0] == ""
    deep = b'{"prev":"%s","hash":"%s","entry":{"a":%s%s}}\n'
    text = b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    digest = hashlib.sha256(journal.GENESIS.encode() + text).hexdigest()
    line = deep % (journal.GENESIS.encode(), digest.encode(), b"[" * 100_000, b"]" * 100_000)
    assert found_in(sealed_again([LINES[0], line, LINES[-1]]))[0] == "strange"


def test_an_empty_book_holds_and_says_that_it_proves_nothing():
    empty = exported([])
    assert found_in(empty)[0] == ""
    header = json.loads(empty.splitlines()[0])
    assert [code for code, _ in verifier.told(header, None)] == ["empty"]
    assert found_in(sealed_again([empty.splitlines(keepends=True)[0], *LINES[1:]]))[0] == "too_many"


def test_a_file_that_an_editor_saved_says_so():
    assert found_in(FIVE.replace(b"\n", b"\r\n"))[0] == "converted"
    assert found_in(b"\xef\xbb\xbf" + FIVE)[0] == "converted"


def test_every_sentence_stands_in_both_languages():
    for english, chinese in verifier.WORDS.values():
        assert english.isascii()
        assert not chinese.isascii()


@given(st.text(max_size=60))
def test_whatever_is_typed_as_a_code_is_a_code_or_is_named(typed):
    try:
        code = verifier.code_of(typed)
    except verifier.Stop as stop:
        code, named = "", stop.found
    assert set(code) <= set("0123456789abcdef")
    assert len(code) == 16 or named in {"letters", "length", "code_length"}
