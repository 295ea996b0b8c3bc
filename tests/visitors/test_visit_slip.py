"""The three-part slip: what each part says, and the code that closes the visit."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_slip import SlipLook
from kiosk.desk.slip import Slip
from kiosk.desk.slip_image import draw
from kiosk.desk.slip_lines import Bars, CodeBeside, Emphasis, Field, NumberWithCode, SignatureLine
from kiosk.desk.words import use
from visitors import corrections, departures, reception, slip_code
from visitors.models import Answer, How
from visitors.rules import Details
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
WANG = Details(
    name="王小䶮", form="Mr", unit="东川供水公司", phone="13800138000", matter="水表检修", people=2,
    goods="工具箱1", area="二楼", id_number="11010519491231002X",
)  # fmt: skip


def admitted(desk, details=WANG):
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return visit


def printed(desk, number="20261123-001"):
    with desk.read() as book:
        return [
            Slip.from_json(book.unseal(job.document))
            for job in book.all(JOBS_OF, slip="visit", number=number)
        ]


def said(part):
    """Return every word of a part."""
    return " ".join(
        str(getattr(line, field)) for line in part for field in line.__dataclass_fields__
    )


@pytest.mark.usefixtures("words_zh")
def test_the_three_parts_say_what_each_is_for(desk):
    admitted(desk)
    [slip] = printed(desk)
    stub, carried, returned = slip.parts()
    for word in (
        "存根",
        "001",
        "王小䶮",
        "2人",
        "张科长",
        "工具箱1",
        "李建国",
        "南门",
        "11月23日 08:20",
    ):
        assert word in said(stub), word
    fields = {line.label: line.value for line in carried if isinstance(line, Field)}
    assert fields == {
        "来访人": "王小䶮 先生", "单位": "东川供水公司", "人数": "2人（随行1）",
        "被访人": "张科长（张伟）",
        "房间": "办公室", "区域": "二楼", "事由": "水表检修", "携带": "工具箱1（出门核对）",
        "证件": "110***********002X", "时间": "11月23日 08:20",
        "有效至": "10:20",
    }  # fmt: skip
    for word in ("会客单", "来客联", "请佩戴来客联", "110 / 119 / 120"):
        assert word in said(carried), word
    for word in ("回执", "001", "被访人签字", "带出物品", "20261123-001"):
        assert word in said(returned), word
    assert any(isinstance(line, SignatureLine) for line in returned)


@pytest.mark.usefixtures("words_zh")
def test_switches_leave_fields_out_and_a_phone_is_never_printed(desk):
    look = SlipLook(
        unit=False, room=False, area=False, goods=False, id_number=False, bars=False, rules=False
    )
    desk.settings = replace(desk.settings, slip=look)
    admitted(desk)
    [slip] = printed(desk)
    labels = [line.label for line in slip.lines if isinstance(line, Field)]
    assert labels == ["有效至", "来访人", "人数", "被访人", "事由", "时间"]
    assert "工具箱1" not in said(slip.lines)
    assert "请佩戴来客联" not in said(slip.lines)
    assert "110 / 119 / 120" in said(slip.lines)
    assert {line.in_need for line in slip.lines if isinstance(line, Bars)} == {True}


@pytest.mark.usefixtures("words_zh")
def test_a_slip_that_ends_another_day_says_which(desk, desk_clock):
    desk_clock.advance(hours=14)  # 22:20
    admitted(desk)
    [slip] = printed(desk)
    [until] = [line for line in slip.lines if isinstance(line, Field) and line.label == "有效至"]
    assert (until.value, until.emphasis) == ("11月24日 00:20", Emphasis.STRONG)


def test_the_code_on_both_parts_closes_the_visit(desk):
    visit = admitted(desk)
    _stub, carried, returned = printed(desk)[0].parts()
    codes = {
        line.code for line in (*carried, *returned) if isinstance(line, NumberWithCode | CodeBeside)
    }
    [code] = codes
    with desk.read() as book:
        found, _host = slip_code.visit_of_code(desk, book, code)
    assert found.id == visit
    assert code.startswith("V1:gate-1:20261123-001:1:")


def test_no_id_number_and_no_phone_stand_on_paper(desk):
    admitted(desk)
    words = said(printed(desk)[0].lines)
    assert "19491231" not in words
    assert "13800138000" not in words


def test_a_slip_without_the_optional_facts_has_no_empty_fields(desk):
    admitted(desk, Details(name="王", matter="x"))
    [slip] = printed(desk)
    assert all(line.value for line in slip.lines if isinstance(line, Field))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("width", [384, 576])
@pytest.mark.usefixtures("compiled_words")
def test_the_slip_can_be_drawn_on_both_papers(desk, language, width):
    use(language)
    visit = admitted(desk)
    corrections.reprint(desk, GUARD, visit, "torn")
    reprint, first = printed(desk)
    assert draw(first, width).width == width
    assert draw(reprint, width).height > draw(first, width).height


def test_a_code_of_another_gate_names_the_gate(desk):
    visit = admitted(desk)
    with desk.read() as book:
        row, _host = visit_of(book, visit)
        row.gate = "gate-9"
        code = slip_code.made(desk, row, 1)
        with pytest.raises(Refused) as refused:
            slip_code.visit_of_code(desk, book, code)
    assert (refused.value.code, refused.value.facts["gate"]) == ("visit.code_other_gate", "gate-9")


def test_a_genuine_code_of_a_lost_book_is_unknown(desk):
    visit = admitted(desk)
    with desk.read() as book:
        row, _host = visit_of(book, visit)
        row.number = 77
        code = slip_code.made(desk, row, 1)
        with pytest.raises(Refused, match=r"visit\.code_unknown"):
            slip_code.visit_of_code(desk, book, code)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=60)
    | st.from_regex(r"V1:gate-1:2026\d{4}-\d{3}:\d:[0-9A-Z]{8}", fullmatch=True)
)
def test_no_invented_code_is_genuine(desk, text):
    with pytest.raises(Refused):
        slip_code.read(desk, text)


def test_every_changed_character_breaks_the_code(desk):
    visit = admitted(desk)
    with desk.read() as book:
        code = slip_code.made(desk, visit_of(book, visit)[0], 1)
    for place, char in enumerate(code):
        other = "2" if char != "2" else "3"
        with pytest.raises(Refused):
            slip_code.read(desk, code[:place] + other + code[place + 1 :])


def bars_of(desk, visit, copy=1):
    with desk.read() as book:
        return slip_code.made_short(desk, visit_of(book, visit)[0], copy)


def test_the_bars_of_both_parts_close_the_visit_like_the_square(desk):
    visit = admitted(desk)
    _stub, carried, returned = printed(desk)[0].parts()
    [bars] = {line.code for line in (*carried, *returned) if isinstance(line, Bars)}
    assert bars == bars_of(desk, visit)
    assert slip_code.is_slip_code(bars)
    with desk.read() as book:
        square = slip_code.made(desk, visit_of(book, visit)[0], 1)
        assert slip_code.read(desk, bars) == slip_code.read(desk, square)
    assert departures.leave_by_code(desk, GUARD, f"{bars.lower()}\r\n").visit.id == visit


def test_the_bars_of_an_older_copy_and_of_a_closed_visit_are_refused(desk):
    visit = admitted(desk)
    old = bars_of(desk, visit)
    corrections.reprint(desk, GUARD, visit, "torn")
    with pytest.raises(Refused, match=r"visit\.code_old_copy"):
        departures.leave_by_code(desk, GUARD, old)
    new = bars_of(desk, visit, 2)
    departures.leave_by_code(desk, GUARD, new)
    with pytest.raises(Refused, match=r"visit\.left_already"):
        departures.leave_by_code(desk, GUARD, new)


def test_every_changed_digit_breaks_the_bars(desk):
    bars = bars_of(desk, admitted(desk))
    for place in range(len("V:"), len(bars)):
        for other in set("0123456789") - {bars[place]}:
            with pytest.raises(Refused, match=r"visit\.code_not_here"):
                slip_code.read(desk, bars[:place] + other + bars[place + 1 :])


@pytest.mark.parametrize(
    "torn", ["V:", "V:26327", "V:263270001011234567890", "V:26327000１011234567"]
)
def test_torn_bars_are_refused_in_words(desk, torn):
    assert slip_code.is_slip_code(torn)
    with pytest.raises(Refused, match=r"visit\.code_unreadable"):
        slip_code.read(desk, torn)


def test_bars_of_another_gate_are_not_taken_for_ones_of_this(desk):
    visit = admitted(desk)
    with desk.read() as book:
        row, _host = visit_of(book, visit)
        row.gate = "gate-9"
        code = slip_code.made_short(desk, row, 1)
    with pytest.raises(Refused, match=r"visit\.code_not_here"):
        slip_code.read(desk, code)


def test_a_number_too_long_for_the_bars_has_none(desk):
    visit = admitted(desk)
    with desk.read() as book:
        row, _host = visit_of(book, visit)
        assert slip_code.made_short(desk, row, 10) == ""
        row.number = 100_000
        assert slip_code.made_short(desk, row, 1) == ""


def test_a_carriers_number_is_no_bars_of_a_slip():
    assert not slip_code.is_slip_code("V263270001011234567")
