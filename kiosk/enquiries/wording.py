"""The words for an enquiry's codes, in the language of this moment."""

from kiosk.desk.words import pgettext


def duty_word(*, own: bool | None) -> str:
    """Return whether it is the own duty of who was asked, as a word; "" while nobody has said."""
    if own is None:
        return ""
    return pgettext("enquiry", "yes") if own else pgettext("enquiry", "no")
