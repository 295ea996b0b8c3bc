"""Every character of a name has a glyph, or a visible substitute that somebody is told of."""

import logging
import shutil
from contextlib import suppress

import pylopdf_fonts_zh_cn
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk import fonts, typesetting
from kiosk.desk.fonts import Face, face_of, missing_glyphs
from kiosk.desk.glyph_map import GlyphMap, NotAFont
from kiosk.desk.refusal import Refused
from kiosk.desk.typesetting import Type, glyph, width, wrap

SHIPPED = pylopdf_fonts_zh_cn.sans_path()
RARE_NAMES = "䶮㐂㛃𬭎𬱖𣲗"


@pytest.fixture
def only_the_shipped_font(monkeypatch):
    """A machine without any font of its own."""

    def forget():
        for cache in (fonts.faces_in_use, fonts._glyph_map, face_of, fonts.font):
            cache.cache_clear()
        typesetting._tell.cache_clear()

    monkeypatch.setattr(fonts, "MACHINE_FONTS", ())
    forget()
    yield
    monkeypatch.undo()
    fonts._Chosen.faces = ()
    forget()


@pytest.mark.usefixtures("only_the_shipped_font")
def test_rare_names_are_drawn_with_nothing_but_the_shipped_font():
    assert missing_glyphs(RARE_NAMES + "张伟〓，。（）—…·①℃") == ""
    shapes = {glyph(char, Type(24)).ink.tobytes() for char in RARE_NAMES}
    assert len(shapes) == len(RARE_NAMES)


@pytest.mark.usefixtures("only_the_shipped_font")
def test_a_character_that_no_font_has_is_a_visible_mark_and_named_once_in_the_log(caplog):
    with caplog.at_level(logging.WARNING):
        drawn = [glyph("𠮷", Type(size)) for size in (24, 30)]
    assert drawn[0].ink.tobytes() == glyph(fonts.SUBSTITUTE, Type(24)).ink.tobytes()
    assert [
        record.getMessage() for record in caplog.records if "U+20BB7" in record.getMessage()
    ] == ["no font has U+20BB7: printed as a substitute"]
    assert missing_glyphs("张𠮷伟𠮷") == "𠮷"


@pytest.mark.usefixtures("only_the_shipped_font")
def test_without_even_the_substitute_something_is_printed(monkeypatch):
    monkeypatch.setattr(fonts, "face_of", lambda _char: None)
    mark = glyph("张", Type(24))
    assert mark.ink is not None
    assert mark.advance == 24


@pytest.mark.usefixtures("only_the_shipped_font")
def test_a_font_of_the_machine_fills_the_gap_and_a_damaged_one_stops_nothing(monkeypatch, tmp_path):
    damaged = tmp_path / "damaged.otf"
    damaged.write_bytes(SHIPPED.read_bytes()[:2000])
    monkeypatch.setattr(fonts, "MACHINE_FONTS", ((str(damaged), 0), (str(tmp_path / "none"), 0)))
    fonts.faces_in_use.cache_clear()
    assert Face(damaged) in fonts.faces_in_use()
    assert face_of("张") == Face(SHIPPED)
    assert face_of("𠮷") is None


@pytest.mark.usefixtures("only_the_shipped_font")
def test_the_font_of_the_settings_comes_first(tmp_path):
    chosen = tmp_path / "house.otf"
    shutil.copy(pylopdf_fonts_zh_cn.serif_path(), chosen)
    thin = glyph("国", Type(30)).ink.tobytes()
    fonts.use_fonts([chosen])
    assert face_of("国") == Face(chosen)
    assert glyph("国", Type(30)).ink.tobytes() != thin


@pytest.mark.parametrize("content", [None, b"", b"not a font", b"OTTO\0\x01" + b"\0" * 40])
def test_a_font_that_is_none_is_refused_by_name(tmp_path, content):
    path = tmp_path / "house.otf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        fonts.use_fonts([path])
    assert refused.value.code == "font.unreadable"
    assert "house.otf" in str(refused.value.facts["path"])


def test_the_glyph_map_agrees_with_the_font_engine():
    font = fonts.font(Face(SHIPPED), 20)
    nothing = font.getmask("\U000f0000").getbbox(), bytes(font.getmask("\U000f0000"))
    glyphs = GlyphMap(SHIPPED)
    for code in [
        *range(0x21, 0x7F),
        *range(0x4E00, 0x9FA6, 997),
        0x4DAE,
        0x20BB7,
        0x1F600,
        0xE0001,
    ]:
        mask = font.getmask(chr(code))
        assert glyphs.has(code) == ((mask.getbbox(), bytes(mask)) != nothing), hex(code)


def test_a_map_of_a_cut_off_or_altered_font_answers_or_is_refused(tmp_path):
    whole, path = SHIPPED.read_bytes()[:500], tmp_path / "cut.otf"

    @settings(max_examples=100)
    @given(st.integers(0, 499), st.integers(0, 255))
    def try_one(place, byte):
        path.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
        with suppress(NotAFont):
            assert GlyphMap(path).has(0x5F20) in (True, False)

    try_one()


def test_no_closing_mark_starts_a_line_and_no_opening_mark_ends_one():
    text = "请王小明先生（东川供水公司）到供水科，找张科长（张伟）。《会客单》请带好！"
    for room in range(80, 500, 7):
        lines = wrap(text, Type(24), room)
        assert "".join(lines) == text
        assert not [line for line in lines if line[0] in "，。）》！" or line[-1] in "（《"], lines
        assert all(width(line, Type(24)) <= room for line in lines)


def test_words_and_times_stay_whole_and_no_character_is_left_alone():
    kept = Type(24)
    assert " ".join(wrap("Water meter repair", kept, 150)) == "Water meter repair"
    assert any("13:05 – 15:00" in line for line in wrap("11月23日 13:05 – 15:00", kept, 190))
    assert len(wrap("进入现场请戴好安全帽服从现场指挥院内禁止吸烟", kept, 24 * 21)[-1]) >= 3
    long = wrap("x" * 300, kept, 200)
    assert "".join(long) == "x" * 300
    assert all(width(line, kept) <= 200 for line in long)
