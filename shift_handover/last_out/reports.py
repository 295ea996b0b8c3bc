"""The register of the last person out: who signed, what was not done, what the round found."""

from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _, pgettext
from shift_handover.last_out.models import LISTS_BETWEEN, ListState, Verdict
from shift_handover.last_out.rules import item_word
from shift_handover.last_out.service import LineShown, ListShown, shown

_VERDICTS = {
    Verdict.OPEN: N_("Not looked at"),
    Verdict.CONFIRMED: N_("As signed"),
    Verdict.DISPUTED: N_("Not as signed"),
}


def last_out(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of the site's days ``period``: a row for each line, one for no list."""
    rows: list[tuple[str, ...]] = []
    for made in book.all(LISTS_BETWEEN, post=desk.gate, first=period.first, last=period.last):
        one = shown(book, made)
        head = (one.number, desk.local(one.at).strftime("%Y-%m-%d %H:%M"), _people(one))
        if made.state is ListState.MISSED:
            closing = book.read_sealed(made.closing)
            rows.append((*head, _("left without the list"), "", "", "", closing))
        rows += [(*head, *_line(line)) for line in one.lines]
    columns = (
        *(_("No."), pgettext("last out", "Signed at"), pgettext("last out", "By")),
        *(pgettext("last out", "Line"), pgettext("last out", "Done")),
        *(pgettext("last out", "Why not"), pgettext("last out", "The guard's round")),
        pgettext("last out", "Settled"),
    )
    title = _("Last person out {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, tuple(rows), _("Nobody signed a lock-up list in these days."))


def _people(made: ListShown) -> str:
    return pgettext("list", ", ").join(f"{one.staff_no} {one.name}" for one in made.people)


def _line(line: LineShown) -> tuple[str, str, str, str, str]:
    done = pgettext("last out", "yes") if line.done else pgettext("last out", "no")
    round_ = _(_VERDICTS[line.verdict])
    found = f"{round_} {line.found}".strip()
    return item_word(line.item), done, line.reason, found, line.closing
