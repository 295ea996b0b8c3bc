"""A slip survives JSON and back, cleans what it is given, and refuses what it did not write."""

import json
from contextlib import suppress
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk import slip_lines
from kiosk.desk.outstanding import Urgency
from kiosk.desk.slip import LINES, MOST_LINES, NotASlip, Slip
from kiosk.desk.slip_lines import (
    Align,
    Bars,
    BlankLines,
    CheckBoxes,
    CodeBeside,
    Cut,
    Emphasis,
    Field,
    Fingerprint,
    Heading,
    Item,
    Notice,
    NumberWithCode,
    Rule,
    SignatureLine,
    Size,
    Space,
    Spread,
    Table,
    Text,
    Title,
)  # fmt: skip

WORDS = st.text(st.characters(), max_size=30)
ROWS = st.lists(st.lists(WORDS, max_size=3).map(tuple), max_size=4).map(tuple)
ANY_LINE = st.one_of(
    st.builds(Title, WORDS, WORDS),
    st.builds(Heading, WORDS, WORDS),
    st.builds(Notice, WORDS),
    st.builds(Text, WORDS, st.sampled_from(Size), st.booleans(), st.sampled_from(Align)),
    st.builds(Spread, WORDS, WORDS, WORDS),
    st.builds(Field, WORDS, WORDS, st.sampled_from(Emphasis)),
    st.builds(Item, WORDS, WORDS, WORDS, st.sampled_from(Urgency), WORDS),
    st.builds(NumberWithCode, WORDS, WORDS, WORDS),
    st.builds(CodeBeside, WORDS, st.lists(WORDS, max_size=3).map(tuple), WORDS),
    st.builds(SignatureLine, WORDS, WORDS),
    st.builds(CheckBoxes, WORDS, st.lists(WORDS, max_size=4).map(tuple), st.booleans()),
    st.builds(Fingerprint, WORDS, WORDS),
    st.builds(Table, st.just((10, 60, 30)), ROWS, st.just(("号", "物品")), tick=st.booleans()),
    st.builds(BlankLines, st.integers(1, 40)),
    st.builds(Rule, st.booleans()),
    st.builds(Cut),
    st.builds(Space, st.integers(1, 400)),
)
ANY_SLIP = st.builds(
    Slip, WORDS, WORDS, st.lists(ANY_LINE, max_size=8).map(tuple), st.integers(1, 9)
)


def test_every_kind_of_line_is_tried_here():
    tried = {type(line) for line in _one_of_each()}
    assert tried == set(LINES.values())


def _one_of_each() -> tuple[slip_lines.Line, ...]:
    return (
        Title("会客单", "东川区供销社"), Heading("在访人员", "4批8人"), Notice("冻结后新增"),
        Text("请随身携带", Size.SMALL), Spread("存根", "东门", "017"), Field("来访人", "王小明"),
        Item("017", "回执未收", "张科长", Urgency.NOW, "已知"), NumberWithCode("017", "1", "V017"),
        CodeBeside("V017", ("请签字",), "017"), SignatureLine("被访人签字", "时间"),
        CheckBoxes("带出物品", ("无", "有"), write_in=True), Fingerprint("校验码", "ABCD1234"),
        Table((1, 2), (("1", "钥匙"),)), BlankLines(), Rule(), Cut(), Space(),
        Bars("V:26327"),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(ANY_SLIP)
def test_a_slip_comes_back_from_json_as_it_was(slip):
    text = slip.to_json()
    assert Slip.from_json(text) == slip
    assert Slip.from_json(text).to_json() == text


def test_one_of_each_comes_back_and_its_choices_are_written_by_name():
    slip = Slip("visit", "017", _one_of_each())
    text = slip.to_json()
    assert Slip.from_json(text) == slip
    assert '"urgency":"now"' in text


def test_nothing_that_acts_stays_in_any_text():
    hostile = "\x1b[2J王\x9b\n\u202e小\u200b明"
    slip = Slip(
        "visit", hostile, (Table((1,), ((hostile,),)), CodeBeside("1", (hostile,), hostile))
    )
    for char in "\x1b\x9b\n\u202e\u200b":
        assert char not in json.loads(json.dumps(slip.to_json()))
        assert char not in slip.number


def test_parts_lie_between_the_cuts():
    stub, carried, back = Text("存根"), Text("来客联"), Text("回执")
    assert Slip("visit", "1", (stub, Cut(), carried, Cut(), back)).parts() == (
        (stub,),
        (carried,),
        (back,),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"lines": 1}',
        '{"lines": [], "kind": "visit"}',
        '{"lines": [], "kind": "visit", "number": 17}',
        '{"lines": [], "kind": "visit", "number": "17", "copy": true}',
        '{"lines": [], "kind": "visit", "number": "17", "copy": 0}',
        '{"lines": [], "kind": "visit", "number": "17", "colour": "red"}',
        '{"lines": [{"line": "Bomb"}], "kind": "visit", "number": "17"}',
        '{"lines": [{"line": ["Cut"]}], "kind": "visit", "number": "17"}',
        '{"lines": ["Cut"], "kind": "visit", "number": "17"}',
        '{"lines": [{"line": "Space", "dots": 100000}], "kind": "visit", "number": "17"}',
        '{"lines": [{"line": "Text", "text": "a", "size": "9"}], "kind": "v", "number": "1"}',
        '{"lines": [{"line": "Text"}], "kind": "visit", "number": "17"}',
        "[" * 100_000,
    ],
)
def test_anything_else_is_not_a_slip(text):
    with pytest.raises(NotASlip):
        Slip.from_json(text)


@settings(max_examples=150, deadline=None)
@given(ANY_SLIP, st.data())
def test_a_slip_changed_in_one_place_is_read_or_refused_but_never_breaks(slip, data):
    document = json.loads(slip.to_json())
    place = data.draw(st.sampled_from([document, *document["lines"]]))
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(
        st.none() | st.booleans() | st.integers() | WORDS | st.lists(WORDS | st.integers())
    )
    with suppress(NotASlip):
        assert isinstance(Slip.from_json(json.dumps(document)), Slip)


def test_the_limits_of_a_slip_are_kept():
    with pytest.raises(ValueError, match="copy"):
        Slip("visit", "1", (), 0)
    with pytest.raises(ValueError, match="lines"):
        Slip("visit", "1", (Cut(),) * (MOST_LINES + 1))
    with pytest.raises(ValueError, match="columns"):
        Table((), ())
    with pytest.raises(ValueError, match="row"):
        Table((1,), (("a", "b"),))
    with pytest.raises(ValueError, match="blank"):
        BlankLines(0)


def test_lines_and_slips_cannot_be_changed():
    slip = Slip("visit", "1", (Text("a"),))
    for thing in (slip, slip.lines[0]):
        with pytest.raises(AttributeError):
            setattr(thing, fields(thing)[0].name, "b")
    assert replace(slip, copy=2) != slip
