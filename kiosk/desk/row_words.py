"""What a row of the book is called by people: its table, its columns, the codes in them.

The words of every table stand together in the files ``row_word_*``; a feature whose column means
something of its own there says so with ``name_columns``. What only the program needs has no word.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from kiosk.desk import words
from kiosk.desk.row_word_fields import fields_to_l
from kiosk.desk.row_word_fields_more import fields_from_l
from kiosk.desk.row_word_tables import table_words
from kiosk.desk.row_word_values import reason_words, value_words

INTERNAL = frozenset({
    "id", "stamp", "subject", "document", "pinyin", "initials", "hash", "id_hash", "phone_hash",
    "counter", "file_ref", "file_row", "series", "signed_seq", "changed", "slip", "notify_url",
    "wrong", "wait_until", "notice",
})  # fmt: skip
"""Columns that say nothing to people: searches, hashes, secrets, what a file said."""

ColumnWords = Callable[[], Mapping[str, str]]
_own: dict[str, ColumnWords] = {}


def name_columns(table: str, told: ColumnWords) -> None:
    """Let a feature name columns of its table otherwise than all tables do.

    ``told`` returns the words by column, in the language spoken then.
    """
    _own[table] = told


def table_word(table: str) -> str:
    """Return what one row of ``table`` is called; the table's own name where nobody said."""
    return _tables(words.current()).get(table, table)


def column_word(table: str, column: str) -> str:
    """Return what a column is called, "" for one that only the program needs."""
    if column in INTERNAL:
        return ""
    own = _own[table]() if table in _own else {}
    return own.get(column) or _columns(words.current()).get(column, column)


def value_word(code: str) -> str:
    """Return what a code in a column is called; the code where nobody said."""
    return _values(words.current()).get(code, code)


def reason_word(code: str) -> str:
    """Return why somebody was not let in, by its code; what ``value_word`` says of another one."""
    return reason_words().get(code) or value_word(code)


class TableWord(NamedTuple):
    """A table among the facts of a sentence: said in the language in which that is shown."""

    table: str

    def __format__(self, spec: str) -> str:
        """Return the word, as a template asks for it."""
        return format(table_word(self.table), spec)

    def __str__(self) -> str:
        """Return the word of this moment, for a record that keeps text."""
        return table_word(self.table)


# The words change with the language alone: a list of fifty rows asks for each of them fifty times.


@cache
def _tables(_language: str) -> Mapping[str, str]:
    return table_words()


@cache
def _columns(_language: str) -> Mapping[str, str]:
    return {**fields_to_l(), **fields_from_l()}


@cache
def _values(_language: str) -> Mapping[str, str]:
    return value_words()
