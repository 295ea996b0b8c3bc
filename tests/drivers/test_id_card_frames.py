"""Frames and layouts of ID-card readers: the published bytes, and streams nobody published."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drivers import id_card_frames as frames
from drivers.emulators.id_card_reader import IdCardModule, corrupt, torn
from drivers.emulators.id_cards import EmulatedIdCard
from drivers.id_card_frames import Answer, Frames
from drivers.id_card_text import LAYOUTS, OddText, read_text, write_text

HEAD = "AAAAAA9669"
CARD = EmulatedIdCard("11010519491231002X", "王小明")
KINDS = list(LAYOUTS)
NUMBERS = {"foreigner_2017": "USA110090010113"}


def laid(*orders):
    module = IdCardModule()
    module.lay(CARD)
    answers = [module.obey(order) for order in orders]
    return answers[-1]


@pytest.mark.parametrize(
    ("order", "asked"),
    [
        (frames.FIND, "0003 20 01 22"),
        (frames.SELECT, "0003 20 02 21"),
        (frames.READ, "0003 30 01 32"),
        (frames.READ_WITH_FINGERPRINT, "0003 30 10 23"),
        (frames.NEWEST_ADDRESS, "0003 30 03 30"),
        (frames.RESET, "0003 10 FF EC"),
        (frames.STATE, "0003 11 FF ED"),
        (frames.MODULE_NUMBER, "0003 12 FF EE"),
    ],
)
def test_a_request_is_the_published_one(order, asked):
    assert frames.request(order) == bytes.fromhex(HEAD + asked)


@pytest.mark.parametrize(
    ("orders", "answered"),
    [
        ([frames.FIND], "0008 00009F 00000000 97"),
        ([frames.FIND, frames.SELECT], "000C 000090 0000000000000000 9C"),
        ([frames.SELECT], "0004 000081 85"),
        ([frames.READ], "0004 000041 45"),
    ],
)
def test_an_answer_is_the_published_one(orders, answered):
    assert laid(*orders) == bytes.fromhex(HEAD + answered)


def test_no_card_is_the_published_answer():
    assert IdCardModule().obey(frames.FIND) == bytes.fromhex(HEAD + "0004 000080 84")


def test_a_card_s_text_and_photo_are_as_long_as_published():
    read = laid(frames.FIND, frames.SELECT, frames.READ)
    assert len(read) == 1295
    assert read[:14] == bytes.fromhex(HEAD + "0508 000090 0100 0400")
    both = laid(frames.FIND, frames.SELECT, frames.READ_WITH_FINGERPRINT)
    assert len(both) == 2321
    assert both[:10] == bytes.fromhex(HEAD + "090A 000090")


def test_a_card_is_read_only_after_find_and_select_and_once_for_each():
    orders = [frames.FIND, frames.SELECT, frames.READ]
    assert frames.answer_in(Frames().feed(laid(*orders))[0]).name == "done"
    assert frames.answer_in(Frames().feed(laid(*orders, frames.READ))[0]).name == "not_read"


@pytest.mark.parametrize(
    "status",
    bytes.fromhex("90 9F 10 11 21 24 31 32 33 40 41 47 60 66 80 81 91"),
)
def test_every_published_status_has_a_name_of_its_own(status):
    name = Answer(status).name
    assert name != "undocumented"
    assert [name] == [one for one in frames.STATUS.values() if one == name]


def test_a_status_nobody_published_says_so():
    assert Answer(0x77).name == "undocumented"


PAYLOADS = st.binary(min_size=1, max_size=60).filter(  # no card has the head of a frame in it
    lambda payload: frames.PREAMBLE not in payload
)
NOISE = st.binary(max_size=40).map(lambda noise: noise.replace(b"\xaa", b"\x00"))


@given(st.lists(st.tuples(NOISE, PAYLOADS), max_size=6), st.integers(1, 25))
def test_frames_come_out_of_noise_however_they_were_cut(pieces, step):
    stream = b"".join(noise + frames.request(payload) for noise, payload in pieces)
    cutter = Frames()
    heard = [
        payload
        for start in range(0, len(stream), step)
        for payload in cutter.feed(stream[start : start + step])
    ]
    assert heard == [payload for _, payload in pieces]


@example(
    before=b"R\xd4" + bytes(9), damage=torn, after=[b"4{\x98\0\0\0\0"]
)  # the sum fits by chance
@given(
    before=PAYLOADS.map(lambda payload: payload.replace(b"\xaa", b"\0")),
    damage=st.sampled_from([torn, corrupt]),
    after=st.lists(PAYLOADS, min_size=1, max_size=4),
)
def test_a_damaged_frame_costs_itself_and_no_other(before, damage, after):
    stream = damage(frames.request(before)) + b"".join(map(frames.request, after))
    cutter = Frames()
    heard = cutter.feed(stream)
    assert heard + cutter.pause() == after


@given(st.lists(st.one_of(st.binary(max_size=200), st.just(None)), max_size=12))
def test_no_bytes_make_the_cutter_raise_or_keep_more_than_one_frame(pieces):
    cutter = Frames()
    for piece in pieces:
        for payload in cutter.pause() if piece is None else cutter.feed(piece):
            frames.answer_in(payload)
        assert len(cutter._stream) <= frames.LONGEST + 7


@given(st.binary(min_size=3, max_size=400), st.integers(0, 7))
def test_one_flipped_bit_is_never_taken_for_an_answer(data, bit):
    whole = frames.answer(frames.DONE, data)
    for at in range(5, len(whole)):
        wrong = whole[:at] + bytes((whole[at] ^ (1 << bit),)) + whole[at + 1 :]
        cutter = Frames()
        assert data not in [p[3:] for p in (*cutter.feed(wrong), *cutter.pause())]


# Layouts.


@pytest.mark.parametrize("kind", KINDS)
def test_name_sex_and_number_come_out_of_every_layout(kind):
    number = NUMBERS.get(kind, CARD.number)
    card = EmulatedIdCard(number, "欧阳小明", "female", kind, english_name="OUYANG, XIAOMING")
    read = read_text(card.text)
    assert (read.kind, read.name, read.sex, read.number) == (kind, "欧阳小明", "female", number)


@pytest.mark.parametrize("kind", ["foreigner_2017", "foreigner_2023"])
def test_a_foreigner_without_chinese_name_has_the_english_one(kind):
    english = "FEATHERSTONEHAUGH-CHOLMONDELEY JONATHAN"
    number = NUMBERS.get(kind, CARD.number)
    assert (
        read_text(EmulatedIdCard(number, "", "", kind, english_name=english).text).name == english
    )


def test_fields_lie_where_the_tables_say():
    text = CARD.text
    assert text[0:6].decode("utf-16-le") == "王小明"
    assert text[30:32] == b"1\0"
    assert text[122:158].decode("utf-16-le") == CARD.number
    assert text[248:250] == b" \0"
    permit = EmulatedIdCard("810000199408230021", "陈大文", kind="permit").text
    assert permit[248:250] == b"J\0"
    assert permit[220:238].decode("utf-16-le") == "H12345678"
    old = EmulatedIdCard("USA110090010113", "", kind="foreigner_2017", english_name="DOE").text
    assert old[120:122] == b"1\0"
    assert old[122:152].decode("utf-16-le") == "USA110090010113"


@given(st.binary(min_size=256, max_size=256))
def test_any_text_is_read_or_odd_and_says_only_what_was_asked(text):
    try:
        read = read_text(text)
    except OddText:
        return
    assert read.name
    assert read.sex in {"male", "female", ""}


@pytest.mark.parametrize("length", [0, 255, 257])
def test_text_of_another_length_is_odd(length):
    with pytest.raises(OddText):
        read_text(bytes(length))


def test_a_card_without_name_or_number_is_odd():
    for fields in ({"name": "王小明"}, {"number": CARD.number}, {"name": "x", "number": "12"}):
        with pytest.raises(OddText):
            read_text(write_text("resident", fields))


def test_what_was_read_is_shown_in_no_log():
    shown = repr(read_text(CARD.text)) + repr(Answer(0x90, CARD.text))
    assert CARD.number not in shown
    assert "王小明" not in shown
    assert "female" not in shown
