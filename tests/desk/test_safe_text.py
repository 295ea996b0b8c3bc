"""What any text becomes before it may reach a screen or a printer."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.safe_text import _ORDINARY, _wash, cells, clean, clip, legible

ANY = st.text(st.characters(), max_size=300)  # surrogates and unassigned characters too
NASTY = st.text(
    st.sampled_from(
        "\x1b\x9b\x07[2Jp\u202e\u200b\ufe0f\u0301\u0e33\u1161\u1100 \t\u3000张𠮷e\ud800\ue863"
    ),
    max_size=60,
)


def dangerous(char: str) -> bool:
    category = unicodedata.category(char)
    rare_name = category == "Cn" and 0x20000 <= ord(char) < 0x3FFFE
    return (category[0] in "CZ" and char != " " and not rare_name) or "\ufe00" <= char <= "\ufe0f"


@settings(max_examples=400)
@given(ANY | NASTY, st.integers(1, 250))
def test_nothing_that_acts_survives_and_cleaning_twice_changes_nothing(text, limit):
    washed = clean(text, limit)
    assert not [char for char in washed if dangerous(char)]
    assert len(washed) <= limit
    assert clean(washed, limit) == washed
    assert washed == " ".join(washed.split(" ")).strip()
    assert unicodedata.is_normalized("NFC", washed)
    read = legible(text, limit)
    assert clean(read, limit) == legible(read, limit) == read
    washed.encode()


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("\x1b[2J张三", "\ufffd[2J张三"),
        ("\x9b31m", "\ufffd31m"),
        ("\x1bp\x00", "\ufffdp\ufffd"),
        ("张\u200b三\u202e", "张三"),
        ("\u00a0李\t\r\n 娜\u3000", "李 娜"),
        ("e\u0301", "é"),
        ("\u0301a", "a"),
        ("a" + "\u0301" * 50 + "b", "á\u0301\u0301\u0301b"),
        ("䶮𠮷\U00031350", "䶮𠮷\U00031350"),
        ("马\ue863", "马䶮"),
        ("\ue000\udc80", "\ufffd\ufffd"),
        ("[/nope]", "[/nope]"),
        ("阿卜杜·热合曼", "阿卜杜·热合曼"),
        ("", ""),
    ],
)
def test_what_becomes_of(given_text, shown):
    assert clean(given_text) == shown


def test_ten_thousand_characters_become_the_limit():
    assert clean("王" * 10_000) == "王" * 200
    assert clean("王" * 10_000, 12) == "王" * 12


def test_a_fast_answer_is_the_same_as_a_slow_one():
    for code in range(0x30000):
        char = chr(code)
        if _ORDINARY(char) and char != " ":
            assert _wash(char, 5) == char


def test_width_is_counted_in_cells():
    assert cells("abc") == 3
    assert cells("张三a") == 5


@given(st.text(max_size=40).map(clean), st.integers(-1, 50))
def test_a_clipped_text_fits_and_says_that_it_was_cut(text, width):
    clipped = clip(text, width)
    assert cells(clipped) <= max(width, 0)
    if clipped != text and width >= 2:
        assert clipped.endswith("..")
    if cells(text) <= width:
        assert clipped == text


def test_a_double_width_character_is_never_halved():
    assert clip("张三李四", 5) == "张.."
    assert clip("张三李四", 6) == "张三.."
    assert clip("张三李四", 8) == "张三李四"
