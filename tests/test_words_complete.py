"""Every word on screen or paper is in the Chinese catalogue, once, whole and not fuzzy."""

import ast
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from kiosk.desk.sentences import SENTENCES
from kiosk.features import FEATURES
from kiosk.refusals import REFUSALS

ROOT = Path(__file__).parent.parent
FOLDERS = ("kiosk", "visitors", "shift_handover")
CATALOGUES = sorted((ROOT / "kiosk/locale/zh_CN/LC_MESSAGES").glob("*.po"))
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
FACT = re.compile(r"\{(\w*)[^{}]*\}")

Key = tuple[str | None, str]


def code() -> list[Path]:
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def said() -> dict[Key, str]:
    """Return every message in the code, by context and English, with one place that says it."""
    places: dict[Key, str] = {}
    for path in code():
        found = extract("python", io.BytesIO(path.read_bytes()), KEYWORDS, strip_comment_tags=True)
        for line, message, _comments, context in found:
            first = message[0] if isinstance(message, tuple) else message
            places[(context, first)] = f"{path.relative_to(ROOT).as_posix()}:{line}"
    return places


def said_inside_f_strings(source: bytes) -> list[int]:
    """Return the lines that say words inside an f-string, where Babel sees none on Python 3.11."""
    return [
        call.lineno
        for string in ast.walk(ast.parse(source))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name | ast.Attribute)
        and getattr(call.func, "id", getattr(call.func, "attr", "")) in KEYWORDS
    ]


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def entries() -> Iterator[tuple[str, Message]]:
    for path in CATALOGUES:
        for message in read(path):
            if message.id:
                yield path.name, message


def key(message: Message) -> Key:
    return message.context, message.id[0] if isinstance(message.id, tuple) else message.id


def strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_every_message_is_in_chinese():
    known = {key(message) for _name, message in entries() if all(strings(message))}
    missing = [f"{place}: {key_[1]}" for key_, place in said().items() if key_ not in known]
    assert not missing, "\n".join(missing)


def test_no_words_are_said_inside_an_f_string():
    hidden = [
        f"{path.relative_to(ROOT).as_posix()}:{line}"
        for path in code()
        for line in said_inside_f_strings(path.read_bytes())
    ]
    assert not hidden, "\n".join(hidden)


@pytest.mark.parametrize(
    "call", ["_('a')", "N_('a')", "ngettext('a', 'b', 2)", "w.pgettext('c', 'a')"]
)
def test_words_inside_an_f_string_are_seen(call):
    assert said_inside_f_strings(f'told = f"! {{{call}}}"'.encode()) == [1]
    assert said_inside_f_strings(f'word = {call}\ntold = f"! {{word}}"'.encode()) == []


def test_nothing_is_kept_that_nobody_says():
    spoken = set(said())
    unsaid = [f"{name}: {key(m)[1]}" for name, m in entries() if key(m) not in spoken]
    assert not unsaid, "\n".join(unsaid)


def test_nothing_is_fuzzy_or_empty():
    assert [(n, m.id) for n, m in entries() if m.fuzzy or not all(strings(m))] == []


def test_chinese_names_only_facts_the_english_has():
    wrong = []
    for name, message in entries():
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        allowed = {fact for text in english for fact in FACT.findall(text)}
        wrong += [(name, s) for s in strings(message) if not set(FACT.findall(s)) <= allowed]
    assert wrong == []


def test_one_english_sentence_has_one_chinese_one():
    translations = defaultdict(set)
    for _name, message in entries():
        translations[key(message)].add(strings(message))
    two = [f"{k[1]}: {texts}" for k, texts in translations.items() if len(texts) > 1]
    assert not two, "\n".join(two)


def test_plural_messages_have_the_one_form_chinese_has():
    assert [
        (n, m.id) for n, m in entries() if isinstance(m.id, tuple) and len(strings(m)) != 1
    ] == []


def refused_codes() -> dict[str, str]:
    """Return every code that the code refuses with, with one place that does."""
    codes: dict[str, str] = {}
    for path in code():
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.func.id == "Refused" and node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    codes[first.value] = f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
    return codes


def test_every_refusal_has_its_sentence():
    told = set(SENTENCES).union(REFUSALS, *(feature.refusals for feature in FEATURES))
    mute = [f"{place}: {code_}" for code_, place in refused_codes().items() if code_ not in told]
    assert not mute, "\n".join(mute)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_a_catalogue_is_chinese_and_says_so(path):
    assert str(read(path).locale) in {"zh_CN", "zh_Hans_CN"}
