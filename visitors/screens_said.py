"""What the tap area says of a visit: admitted, agreed by badge, printed again."""

from kiosk.desk.words import _
from kiosk.ui.context import Context
from visitors.cards import VisitCard


def admitted_words(kiosk: Context, visit: VisitCard) -> str:
    """Say that the visitor is admitted, and when the slip is on paper."""
    return kiosk.on_paper(
        _("Admitted, no. {number}. The slip is being printed."),
        _("Admitted, no. {number}. Printer {trouble}: prints once ready."),
        number=visit.listed,
    )


def badge_words(visit: VisitCard) -> str:
    """Say that the host agrees by badge, and whether that is enough to admit."""
    if visit.watch.holds:
        return _("agrees by badge. Please do as the screen says first.")
    return _("agrees by badge. You may admit.")


def reprinted_words(kiosk: Context, visit: VisitCard) -> str:
    """Say that another copy of the slip comes, and when."""
    return kiosk.on_paper(
        _("Copy no. {copy} is being printed. Older copies are no longer valid."),
        _("Printer {trouble}: copy no. {copy} prints once ready. Older ones are void."),
        copy=visit.copy_no,
    )
