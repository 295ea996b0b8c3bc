"""Words for people: gettext in Chinese and English, switched at any moment; codes as sentences.

English is the source. Each part of the code has its own catalogue; compiled they are one. The
journal and the drivers hold codes, never words; words are made here, at the edge.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from pathlib import Path

from kiosk.desk.safe_text import clean

SOURCE_LANGUAGE = "en"
LANGUAGES: Mapping[str, str] = {"zh_CN": "简体中文", "en": "English"}
LOCALE = Path(__file__).parent.parent / "locale"
_COMPILED = "words.mo"
_LISTED = ("compiled", "catalogues")
"""Context and message that list the catalogues inside; ``deploy/compile_words.py`` writes it."""

Words = Callable[[], str]
"""Words still to be said: called whenever they are shown, they answer in the language of then."""


class WordsMissingError(RuntimeError):
    """A catalogue was not compiled: the guard would be left with English he may not read."""


class _Speech:
    """What the process speaks now: one for all threads, replaced in one step."""

    language = SOURCE_LANGUAGE
    catalogue = gettext.NullTranslations()


_loaded: dict[str, gettext.NullTranslations] = {SOURCE_LANGUAGE: gettext.NullTranslations()}
_sentences: dict[str, str] = {}


def use(language: str) -> None:
    """Speak ``language`` (a key of ``LANGUAGES``) from now on, in every thread.

    Raises ``ValueError`` for a language there is not, ``WordsMissingError`` for one not compiled.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language!r}")
    if language not in _loaded:
        _loaded[language] = _load(LOCALE / language / "LC_MESSAGES")
    _Speech.language, _Speech.catalogue = language, _loaded[language]


def in_every_language(message: str) -> frozenset[str]:
    """Return ``message`` in each language there is: a file may be written in another one."""
    said = set()
    for language in LANGUAGES:
        if language not in _loaded:
            _loaded[language] = _load(LOCALE / language / "LC_MESSAGES")
        said.add(_loaded[language].gettext(message))
    return frozenset(said)


def current() -> str:
    """Return the language spoken now."""
    return _Speech.language


def _load(folder: Path) -> gettext.NullTranslations:
    """Read the compiled words of a language; every source beside them must be in them."""
    compiled = folder / _COMPILED
    if not compiled.exists():
        raise WordsMissingError(f"no word list {compiled}: run `make words`")
    with compiled.open("rb") as file:
        words = gettext.GNUTranslations(file)
    inside = words.pgettext(*_LISTED).split()
    missing = [source.name for source in sorted(folder.glob("*.po")) if source.name not in inside]
    if missing:
        raise WordsMissingError(f"word lists not compiled ({', '.join(missing)}): run `make words`")
    return words


def _(message: str) -> str:
    """Return ``message`` in the language spoken now; "" stays "", not a catalogue head."""
    return _Speech.catalogue.gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form for ``count`` things in the language spoken now."""
    return _Speech.catalogue.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """Return ``message`` as it is said in ``context`` (one English word, two Chinese ones)."""
    return _Speech.catalogue.pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark ``message`` for the catalogues and return it as it is, to be translated when shown."""
    return message


def register(sentences: Mapping[str, str]) -> None:
    """Add the English sentence of each refusal code, marked with ``N_``.

    Raises ``ValueError`` for a code that already says something else: two features would speak
    with one code.
    """
    for code, sentence_ in sentences.items():
        if _sentences.setdefault(code, sentence_) != sentence_:
            raise ValueError(f"{code} already says {_sentences[code]!r}")


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """Return what a person is told about ``code``: why, and what to do next.

    Facts are cleaned on the way in. A code without a sentence still gives a kind one that shows the
    code, so that the guard can read it out on the phone.
    """
    from kiosk.desk.sentences import SENTENCES  # noqa: PLC0415 - it marks its words with our N_

    template = _sentences.get(code) or SENTENCES.get(code)
    if template is None:
        return _("This is not possible now ({code}). Please tell the office.").format(code=code)
    return filled(template, facts)


def filled(template: str, facts: Mapping[str, object]) -> str:
    """Return an English ``template`` in the language spoken now, its facts cleaned and put in."""
    shown = {name: _fact(value) for name, value in facts.items()}
    if why := shown.get("why"):  # the operating system and SQLite speak English only
        shown["why"] = _(why)
    return _(template).format_map(_Shown(shown))


class _Shown(dict[str, str]):
    """Facts ready for a sentence; one that was not given shows as a question mark."""

    def __missing__(self, name: str) -> str:
        return "?"


def _fact(value: object) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return pgettext("between listed things", ", ").join(map(_fact, value))
    return clean(str(value))
