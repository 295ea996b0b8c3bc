"""The words for kinds, endings and the addressee's word, for screens and registers."""

from collections.abc import Mapping

from kiosk.desk.words import N_, _, pgettext
from kiosk.parcels.models import Ending, Kind, Word

_KINDS: Mapping[Kind, str] = {
    Kind.PARCEL: N_("parcel"),
    Kind.REGISTERED: N_("registered"),
    Kind.DOCUMENT: N_("document"),
}
_ENDINGS: Mapping[Ending, str] = {
    Ending.HANDED_OUT: N_("collected"),
    Ending.REFUSED: N_("refused, back to the carrier"),
    Ending.RETURNED: N_("back to the carrier"),
    Ending.VOIDED: N_("parcel entry voided"),
}
WORDS: Mapping[Word, str] = {
    Word.PHONE: N_("by telephone, read back"),
    Word.IN_PERSON: N_("said it here at the desk"),
    Word.WRITTEN: N_("in writing"),
}
"""How an addressee lets a colleague take a parcel, marked with ``N_``."""
TAKEN_BY: Mapping[Word, str] = {**WORDS, Word.STAND_IN: N_("taken as stand-in")}
"""Why somebody else took it, for the register, marked with ``N_``."""


def kind_word(kind: Kind, count: int = 1) -> str:
    """Return 快递, 挂号信 or 文件, with how many when there are several."""
    word = _(_KINDS[kind])
    return word if count == 1 else pgettext("parcel", "{what} x {n}").format(what=word, n=count)


def ending_word(ending: Ending | None) -> str:
    """Return how it left, or that it lies here."""
    return _(_ENDINGS[ending]) if ending is not None else _("lies here")
