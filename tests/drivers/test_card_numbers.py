"""The many numbers of one card, against published ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card_numbers import (
    FORMATS,
    BadCardNumber,
    card_bytes,
    looks_like_card,
    with_leading_zeros,
)

RAW = bytes.fromhex("026f6c3a")
UID = bytes.fromhex("D2A1B3C4")


@pytest.mark.parametrize(
    ("typed", "card_format", "card"),
    [
        ("0040856634", "8h10d", RAW),
        ("07302202", "6h8d", RAW[1:]),
        ("111,27706", "2h4h", RAW[1:]),
        ("11127706", "2h4h", RAW[1:]),
        ("00623,27706", "4h4h", RAW),
        ("0062327706", "4h4h", RAW),
        ("3533812676", "8h10d", UID),
        ("3300106706", "8h10d-reversed", UID),
        ("D2A1B3C4", "hex", UID),
        ("d2a1b3c4", "hex", UID),
        ("C4B3A1D2", "hex-reversed", UID),
        ("04A1B2C3D4E502", "hex", bytes.fromhex("04A1B2C3D4E502")),
        ("02E5D4C3B2A104", "hex-reversed", bytes.fromhex("04A1B2C3D4E502")),
    ],
)
def test_the_published_numbers_name_their_card(typed, card_format, card):
    assert card_bytes(typed, card_format) == card


@pytest.mark.parametrize(
    ("typed", "card_format", "code"),
    [
        ("40856634", "8h10d", "card_number.wrong_form"),
        ("00040856634", "8h10d", "card_number.wrong_form"),
        ("0040856634 ", "8h10d", "card_number.wrong_form"),
        ("٠٠٤٠٨٥٦٦٣٤", "8h10d", "card_number.wrong_form"),
        ("4294967296", "8h10d", "card_number.too_big"),
        ("16777216", "6h8d", "card_number.too_big"),
        ("256,00000", "2h4h", "card_number.too_big"),
        ("00623,65536", "4h4h", "card_number.too_big"),
        ("00623;27706", "4h4h", "card_number.wrong_form"),
        ("D2A1B3C", "hex", "card_number.wrong_form"),
        ("D2A1B3C4D5", "hex", "card_number.wrong_form"),
        ("D2A1B3CG", "hex", "card_number.wrong_form"),
        ("", "hex", "card_number.wrong_form"),
        ("0040856634", "auto", "card_number.unknown_format"),
        ("0040856634", "", "card_number.unknown_format"),
    ],
)
def test_what_is_not_exactly_one_number_of_the_format_is_refused(typed, card_format, code):
    with pytest.raises(BadCardNumber) as refused:
        card_bytes(typed, card_format)
    assert refused.value.code == code
    assert refused.value.text in {typed, card_format}


@given(st.binary(min_size=4, max_size=4))
def test_every_four_byte_card_has_its_number_in_every_format(card):
    number, high, low = int.from_bytes(card), int.from_bytes(card[:2]), int.from_bytes(card[2:])
    assert card_bytes(f"{number:010}", "8h10d") == card
    assert card_bytes(f"{number:010}", "8h10d-reversed") == card[::-1]
    assert card_bytes(f"{number & 0xFFFFFF:08}", "6h8d") == card[1:]
    assert card_bytes(f"{card[1]:03},{low:05}", "2h4h") == card[1:]
    assert card_bytes(f"{high:05},{low:05}", "4h4h") == card
    assert card_bytes(card.hex(), "hex") == card


@pytest.mark.parametrize(
    ("cell", "card_format", "number"),
    [
        ("40856634", "8h10d", "0040856634"),
        ("40856634", "8h10d-reversed", "0040856634"),
        ("7302202", "6h8d", "07302202"),
        ("11127706", "2h4h", "11127706"),
        ("62327706", "4h4h", "0062327706"),
        ("0040856634", "8h10d", "0040856634"),
        ("10040856634", "8h10d", "10040856634"),
        ("623,27706", "4h4h", "623,27706"),
        ("-4085663", "8h10d", "-4085663"),
        ("٤٠٨٥٦٦٣٤", "8h10d", "٤٠٨٥٦٦٣٤"),
        ("", "8h10d", ""),
        ("4085663", "hex", "4085663"),
        ("4085663", "hex-reversed", "4085663"),
    ],
)
def test_the_zeros_a_spreadsheet_drops_come_back_in_decimal_formats_only(cell, card_format, number):
    assert with_leading_zeros(cell, card_format) == number


@given(st.text(), st.sampled_from(FORMATS))
def test_any_text_is_a_card_or_refused(text, card_format):
    if looks_like_card(text, card_format):
        assert 3 <= len(card_bytes(text, card_format)) <= 10
    else:
        with pytest.raises(BadCardNumber):
            card_bytes(text, card_format)
