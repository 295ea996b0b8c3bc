"""Every table and column that can stand in a conflict has a name, in English and in Chinese."""

import pytest

from kiosk import features
from kiosk.desk import words
from kiosk.desk.columns import Choice
from kiosk.desk.row import Merge, journalled
from kiosk.desk.row_words import (
    INTERNAL,
    TableWord,
    column_word,
    name_columns,
    table_word,
    value_word,
)

ASKED = {
    table: kind for table, kind in journalled().items()
    if kind.merged is Merge.ASK and kind.__module__.split(".")[0] != "tests" and features.FEATURES
}  # fmt: skip


pytestmark = pytest.mark.usefixtures("compiled_words")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_table_that_is_asked_about_has_a_name_and_so_has_every_column(language):
    words.use(language)
    assert [table for table in ASKED if table_word(table) == table] == []
    unnamed = [
        (table, column.name)
        for table, kind in ASKED.items()
        for column in kind.__table__.columns
        if column.name not in INTERNAL and column_word(table, column.name) == column.name
    ]
    assert unnamed == []


@pytest.mark.usefixtures("words_zh")
def test_every_code_has_a_word_in_chinese():
    codes = {
        member.value
        for kind in ASKED.values()
        for column in kind.__table__.columns
        if isinstance(column.type, Choice)
        for member in column.type.members
    }
    assert sorted(code for code in codes if value_word(code) == code) == []


@pytest.mark.usefixtures("words_zh")
def test_no_two_columns_of_a_table_have_one_name():
    for table, kind in ASKED.items():
        named = [column_word(table, column.name) for column in kind.__table__.columns]
        told = [name for name in named if name]
        assert sorted(told) == sorted(set(told)), table


def test_a_table_in_a_sentence_is_said_in_the_language_of_the_moment():
    badge = TableWord("badge")
    assert f"{badge}" == "Badge"
    words.use("zh_CN")
    assert f"{badge}" == "工牌"
    assert str(badge) == "工牌"


def test_a_feature_may_name_a_column_of_its_own(monkeypatch):
    monkeypatch.setattr("kiosk.desk.row_words._own", {})
    name_columns("badge", lambda: {"uid": "Number on the card"})
    assert column_word("badge", "uid") == "Number on the card"
    assert column_word("thing", "place") == "Place"
