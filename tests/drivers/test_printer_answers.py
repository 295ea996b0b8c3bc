"""The stream of a printer's answers: whatever arrives, in whatever pieces."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from drivers.events import CoverOpen, DeviceDown, PaperLow, PaperOut, PrinterReady
from drivers.printer_answers import Answer, AnswerStream, Kind
from drivers.printer_status import PrinterStatus, event_for, is_real_time_answer, judge

MARKS = st.binary(min_size=4, max_size=4).filter(lambda mark: 0 not in mark)
ANSWERS = st.one_of(
    st.integers(0, 255)
    .filter(is_real_time_answer)
    .map(lambda byte: (bytes((byte,)), Answer(Kind.REAL_TIME, value=byte))),
    st.sampled_from([0x00, 0x03, 0x0C, 0x0F]).map(
        lambda byte: (bytes((byte,)), Answer(Kind.PAPER, value=byte))
    ),
    MARKS.map(lambda mark: (b"\x37\x22" + mark + b"\0", Answer(Kind.PROCESS, mark=mark))),
)


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


@given(st.lists(ANSWERS), st.lists(st.integers(0, 999), max_size=8))
def test_answers_come_out_as_they_were_given_however_they_were_cut(answers, places):
    data = b"".join(sent for sent, _ in answers)
    stream = AnswerStream()
    heard = [answer for piece in cut(data, places) for answer in stream.feed(piece)]
    assert heard == [answer for _, answer in answers]


@given(st.binary(max_size=300), st.lists(st.integers(0, 999), max_size=8))
def test_noise_is_cut_the_same_way_in_any_pieces(noise, places):
    stream = AnswerStream()
    in_pieces = [answer for piece in cut(noise, places) for answer in stream.feed(piece)]
    assert in_pieces == AnswerStream().feed(noise)


@given(st.binary(max_size=300))
def test_noise_never_becomes_a_status_that_was_not_there(noise):
    for answer in AnswerStream().feed(noise):
        match answer.kind:
            case Kind.REAL_TIME:
                assert is_real_time_answer(answer.value)
                assert answer.value in noise
            case Kind.PAPER:
                assert answer.value in noise
            case Kind.PROCESS:
                assert b"\x37\x22" + answer.mark + b"\0" in noise


def test_bytes_in_a_mark_are_no_status():
    assert AnswerStream().feed(b"\x37\x22\x12\x12\x12\x12\0\x16") == [
        Answer(Kind.PROCESS, mark=b"\x12\x12\x12\x12"),
        Answer(Kind.REAL_TIME, value=0x16),
    ]


def test_status_that_a_printer_sends_unasked_is_passed_over():
    assert AnswerStream().feed(b"\x14\x00\x0c\x0f\x12") == [Answer(Kind.REAL_TIME, value=0x12)]


@given(st.dictionaries(st.integers(0, 5), st.integers(0, 255), max_size=5))
def test_ready_needs_all_four_answers_without_a_fault(answers):
    status = judge(answers)
    if status.ready:
        assert set(answers) == {1, 2, 3, 4}
        assert answers[1] & 0x28 == 0
        assert answers[2] & 0x6C == 0
        assert answers[3] & 0x6C == 0
        assert answers[4] & 0x60 == 0
    else:
        assert status.cause


def test_the_published_example_is_out_of_paper():
    answers = {1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x7E}
    assert judge(answers) == PrinterStatus(ready=False, cause="paper_out")


def test_every_status_has_its_event():
    assert event_for("p", PrinterStatus(ready=True)) == PrinterReady("p")
    assert event_for("p", PrinterStatus(ready=True, cause="near_end")) == PaperLow("p")
    assert event_for("p", PrinterStatus(ready=False, cause="paper_out")) == PaperOut("p")
    assert event_for("p", PrinterStatus(ready=False, cause="cover_open")) == CoverOpen("p")
    assert event_for("p", PrinterStatus(ready=False, cause="hot")) == DeviceDown("p", "hot")
