"""Who is alike whom: exact, by sound, look, order or plate; the same from both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitors.watch_keys import Traits, Way, alike, how_sure, keys, plain_phone, plates_in, supports
from visitors.watch_models import Sure

HAN = "张章伟薇李未末日曰士土王玉陈晓春明单曾欧阳娜𠀀"
NAMES = st.one_of(
    st.text(HAN, min_size=1, max_size=4),
    st.text(max_size=40),
    st.lists(st.text("abcéüÅvVu", min_size=1, max_size=6), min_size=1, max_size=5).map(" ".join),
)
TRAITS = st.builds(
    Traits, names=st.lists(NAMES, max_size=3).map(tuple), phone=st.text(max_size=20),
    id_hash=st.sampled_from(["", "a", "b"]), plates=st.lists(st.text(max_size=10)).map(tuple),
    unit=st.text(max_size=20),
)  # fmt: skip


def named(*names):
    return Traits(names=names)


@pytest.mark.parametrize(
    ("one", "other", "way", "sure"),
    [
        ("张伟", "张伟", Way.NAME, Sure.LIKELY),
        ("张伟", "张 伟", Way.NAME, Sure.LIKELY),
        ("张伟", "章薇", Way.SOUND, Sure.MAYBE),
        ("张伟", "Zhang Wei", Way.SOUND, Sure.MAYBE),
        ("张伟", "Wei ZHANG", Way.SOUND, Sure.MAYBE),
        ("单雄", "善雄", Way.SOUND, Sure.MAYBE),
        ("李未", "李末", Way.SHAPE, Sure.MAYBE),
        ("陈日", "陈曰", Way.SHAPE, Sure.MAYBE),
        ("萧己", "肖已", Way.SHAPE, Sure.MAYBE),
        ("John Smith", "Smith, John", Way.ORDER, Sure.LIKELY),
        ("Renée Müller", "MULLER RENEE", Way.ORDER, Sure.LIKELY),
        ("买买提·艾山", "买买提艾山", Way.NAME, Sure.LIKELY),
    ],
)
def test_names_that_are_alike(one, other, way, sure):
    ways = alike(named(one), named(other))
    assert way in ways
    assert how_sure(ways) is sure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张伟", "李伟"),
        ("王文", "文王"),
        ("李𠀀", "李"),
        ("张伟", "张伟明"),
        ("Ann Lee", "Ann Lees"),
    ],
)
def test_names_that_are_not(one, other):
    assert alike(named(one), named(other)) == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        ("京A12345", "京a·12345", Way.PLATE),
        ("京AO2345", "京A02345", Way.NEAR_PLATE),
        ("川A8I345", "川AB1345", Way.NEAR_PLATE),
    ],
)
def test_plates(one, other, way):
    assert way in alike(Traits(plates=(one,)), Traits(plates=(other,)))


def test_a_plate_is_found_among_goods():
    assert plates_in("货车 京a·12345 和 川AD12345, 2箱") == ("京A12345", "川AD12345")


def test_a_phone_is_the_same_with_the_countrys_code():
    assert plain_phone("+86 138-0013-8000") == "13800138000"
    assert Way.PHONE in alike(Traits(phone="0086 13800138000"), Traits(phone="138 0013 8000"))
    assert not alike(Traits(phone="8000"), Traits(phone="8000"))


def test_a_unit_counts_only_where_one_side_has_no_name():
    unit = "东川供水有限公司"
    assert alike(Traits(unit=unit), Traits(names=("张伟",), unit="东川供水")) == {Way.UNIT}
    assert not alike(Traits(names=("李娜",), unit=unit), Traits(names=("张伟",), unit=unit))


def test_what_makes_it_surer_and_what_makes_it_less_sure():
    sound, name = frozenset({Way.SOUND}), frozenset({Way.NAME, Way.SOUND, Way.SHAPE})
    assert how_sure(sound, supported=True) is Sure.LIKELY
    assert how_sure(name, supported=True) is Sure.SURE
    assert how_sure(name | {Way.PHONE}) is Sure.SURE
    assert how_sure(name, other_id=True) is Sure.MAYBE
    assert how_sure(sound | {Way.ID}, other_id=False) is Sure.SURE
    assert supports(Traits(phone="13800138000"), Traits(phone="8000"))
    assert not supports(Traits(phone=""), Traits(phone=""))


@given(TRAITS, TRAITS)
def test_it_is_the_same_from_both_sides_and_never_fails(one, other):
    assert alike(one, other) == alike(other, one)
    assert supports(one, other) == supports(other, one)
    ways = alike(one, other)
    if ways:
        assert how_sure(ways) in Sure


@given(NAMES.filter(lambda name: any(map(str.isalpha, name))), TRAITS)
def test_the_very_same_name_is_always_found(name, other):
    ways = alike(named(name), Traits(names=(*other.names, name), phone=other.phone))
    assert Way.NAME in ways
    assert how_sure(ways) is not Sure.MAYBE


@given(st.text())
def test_nothing_wild_makes_an_endless_number_of_keys(text):
    assert len(keys(named(text))) <= 12
