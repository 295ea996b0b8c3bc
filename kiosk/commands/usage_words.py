"""What Python's own argparse says about a command, so that it is said in Chinese too."""

import gettext
import os
from collections.abc import Sequence

from kiosk.desk.words import LOCALE, N_, use

_CATALOGUE = "words"

ARGPARSE_SAYS: Sequence[str] = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("not allowed with argument %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
)


def speak(language: str) -> None:
    """Speak ``language`` from now on, in our words and in argparse's."""
    use(language)
    # argparse asks gettext's default domain, in the language of the environment.
    gettext.bindtextdomain(_CATALOGUE, LOCALE)
    gettext.textdomain(_CATALOGUE)
    os.environ["LANGUAGE"] = language
