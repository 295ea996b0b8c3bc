"""The fields of the forms about a visit: what each is called, hints at, and lets a digit choose."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.desk.words import N_, _
from visitors.wording import FORM_WORDS


@dataclass(frozen=True, slots=True)
class FormField:
    """One field; ``choices`` maps a digit to its code, ``words`` each code to its word.

    ``label`` is what this form calls it, "" for its usual word.
    """

    id: str
    hint: str = ""
    choices: Mapping[str, str] | None = None
    words: Mapping[str, str] | None = None
    label: str = ""


NAME = FormField("name")
FORM = FormField("form", N_("1 Mr   2 Ms"), {"1": "Mr", "2": "Ms"}, FORM_WORDS)
UNIT = FormField("unit")
MATTER = FormField("matter")
HOST = FormField("host", N_("name, pinyin or extension"))
PEOPLE = FormField("people", "1")
BESIDES = FormField("besides")
GOODS = FormField("goods", N_("what is carried in, how many"))
PLATE = FormField("plate", N_("of the vehicle that comes in"))
AREA = FormField("area")
PHONE = FormField("phone")
ID_NUMBER = FormField("id_number", N_("only checked, never kept"))


def word_of(field: FormField, code: str) -> str:
    """Return the word of a chosen code, "" for none."""
    return _((field.words or {})[code]) if code else ""
