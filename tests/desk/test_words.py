"""Words at the edge: languages switch at any moment, codes become sentences, facts do no harm."""

import ast
import re
import shutil
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk import words
from kiosk.desk.sentences import SENTENCES
from kiosk.refusals import REFUSALS

ROOT = Path(__file__).parent.parent.parent
DESK = ROOT / "kiosk" / "desk"


def facts_of(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def refusals():
    """Yield every refusal of the desk: its code, and the facts given with it (None: unknown)."""
    for path in sorted(DESK.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id in {"Refused", "_unfit"} and isinstance(first, ast.Constant):
                    facts = {keyword.arg for keyword in node.keywords}
                    where = f"{path.name}:{node.lineno}"
                    yield (
                        where,
                        first.value,
                        facts | ({"file", "key"} if node.func.id == "_unfit" else set()),
                    )


def test_every_refusal_of_the_desk_has_a_sentence_and_the_facts_it_names():
    seen = list(refusals())
    assert len(seen) > 40
    told = {**REFUSALS, **SENTENCES}
    for where, code, facts in seen:
        assert code in told, where
        assert facts_of(told[code]) <= facts, where


def test_no_sentence_is_kept_that_nothing_says():
    said = {code for _, code, _ in refusals()}
    assert set(SENTENCES) - said == set()


@pytest.mark.usefixtures("words_zh")
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_is_chinese_and_names_the_same_facts(code):
    english, chinese = SENTENCES[code], words._(SENTENCES[code])
    assert chinese != english
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert facts_of(chinese) == facts_of(english)
    prose = re.sub(r"\{\w+\}", "", chinese)
    assert not re.search(r"[\u4e00-\u9fff][,.:;!?()]|[,.:;!?()][\u4e00-\u9fff]", prose), chinese


@pytest.mark.usefixtures("words_zh")
def test_the_language_is_switched_at_any_moment():
    assert words.current() == "zh_CN"
    assert words.sentence("badge.unknown", {}) == "未登记的卡，请到值班台办理。"
    words.use("en")
    assert words.current() == "en"
    assert words.sentence("badge.unknown", {}) == "Unknown card. Please come to the desk."


@pytest.mark.usefixtures("words_zh")
def test_a_language_there_is_not_changes_nothing():
    with pytest.raises(ValueError, match="xx"):
        words.use("xx")
    assert words.current() == "zh_CN"


def test_a_code_without_a_sentence_is_shown_so_that_it_can_be_read_out():
    assert "no.such.code" in words.sentence("no.such.code", {"x": 1})


def test_a_fact_that_was_not_given_shows_as_a_question_mark():
    assert words.sentence("pin.not_set", {}).startswith("? ")


@pytest.mark.usefixtures("words_zh")
def test_a_list_of_facts_is_read_as_one():
    shown = words.sentence(
        "settings.not_one_of", {"file": "a", "key": "b", "allowed": ("zh_CN", "en")}
    )
    assert shown == "a：b 只能是：zh_CN、en。"
    words.use("en")
    assert words.sentence("settings.not_one_of", {"allowed": ["a", "b"]}).endswith("a, b.")


@given(st.text())
def test_no_fact_can_act_or_break_the_sentence(name):
    shown = words.sentence("pin.not_set", {"name": name})
    assert shown.endswith(" has no PIN yet. The office can set one.")
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", shown)


def test_a_fact_in_braces_is_not_filled_in_again():
    assert words.sentence("pin.not_set", {"name": "{0}{name!r}"}).startswith("{0}{name!r} has")


def test_one_code_never_says_two_things():
    words.register({"test.words.once": "One."})
    words.register({"test.words.once": "One."})
    with pytest.raises(ValueError, match="already says"):
        words.register({"test.words.once": "Two."})


@pytest.mark.usefixtures("words_zh")
def test_plurals_and_contexts_have_their_word():
    assert words.ngettext("{n} nobody said", "{n} nobody says", 2) == "{n} nobody says"
    assert words.pgettext("between listed things", ", ") == "、"


@pytest.mark.usefixtures("compiled_words")
def test_catalogues_that_were_not_compiled_are_named(tmp_path, monkeypatch):
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(words.LOCALE / "zh_CN" / "LC_MESSAGES" / "words.mo", folder)
    (folder / "brand_new.po").write_text("", "utf-8")
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    monkeypatch.setattr(words, "_loaded", {"en": words._loaded["en"]})
    with pytest.raises(words.WordsMissingError, match=r"brand_new\.po"):
        words.use("zh_CN")


def test_no_compiled_words_at_all_are_missed(tmp_path, monkeypatch):
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    monkeypatch.setattr(words, "_loaded", {"en": words._loaded["en"]})
    with pytest.raises(words.WordsMissingError, match="make words"):
        words.use("zh_CN")


@pytest.mark.usefixtures("words_zh")
def test_nothing_is_said_as_nothing():
    assert words._("") == ""
