"""What the handover's screens share: a list in groups, the line of steps, the safety summary."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.strip import Strip

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import Urgency
from kiosk.desk.words import N_, _, pgettext
from kiosk.ui import palette, row_list
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.words_on_screen import plain, row
from shift_handover.models import Found, Mark
from shift_handover.records import HandoverDocument, Record, SafetyResult, StockCount
from shift_handover.safety.wording import (
    change_words,
    found_word,
    item_word,
    odd_words,
    safety_title,
)
from shift_handover.wording import detail_of, due_hour, grouped, mark_word, next_of, text_of
from shift_handover.wording_parts import joined, labelled, when
from shift_handover.wording_stock import count_words, stock_words

Key = tuple[str, str]
WIDE = 100
"""Cells from which a screen has room for a second column of words."""
MARK_SIGN = {Mark.KNOWN: "✓", Mark.QUESTION: "?"}
MARK_COLOUR = {Mark.KNOWN: palette.GOOD, Mark.QUESTION: palette.AMBER}
_STEPS = (N_("Look through"), N_("Incoming reads"), N_("Both sign"))


class GroupedList(RowList):
    """Rows under headings; the cursor stands on rows only. ``seen`` are the keys once on screen."""

    @dataclass
    class Moved(Message):
        """The cursor stands on ``row`` now."""

        row: ListRow | None

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(header=False, id=id)
        self.seen: set[Key] = set()
        self._dense: Sequence[ListRow] = ()

    def show(self, rows: Sequence[ListRow], columns: tuple[Column, ...] | None = None) -> None:
        """Show ``rows``; those without a key are headings, with air above where there is room."""
        self._dense = rows
        headings = sum(row.key is None for row in rows)
        airy = len(rows) + headings <= self.size.height
        super().show(list(_with_air(rows)) if airy else rows, columns)
        self._leave_heading(1)

    def action_move(self, by: int) -> None:
        """Move the cursor, over headings."""
        super().action_move(by)
        self._leave_heading(1 if by > 0 else -1)

    def on_resize(self, event: Resize) -> None:
        """Fit again; more or fewer rows are seen now."""
        super().on_resize(event)
        self.show(self._dense)

    def _row(self, index: int, ground: str) -> Strip:
        row = self.rows[index]
        if row.key is None:
            return self._words(row.cells[0], row.colour, ground)
        return super()._row(index, ground)

    def _leave_heading(self, way: int) -> None:
        for step in (way, -way):
            here = self.cursor
            while (
                self.current is not None and self.current.key is None and 0 <= here < len(self.rows)
            ):
                here += step
                if 0 <= here < len(self.rows):
                    self.cursor = here
        if not any(row.key is not None for row in self.rows[: self.cursor]):
            self.top = 0  # the first heading comes back into sight with its first row
        self._follow()
        self._look()
        self.refresh()
        self.post_message(self.Moved(self.current))

    def _look(self) -> None:
        if self.size.height:
            shown = self.rows[self.top : self.top + self.page]
            self.seen.update(row.key for row in shown if row.key is not None)


def _with_air(rows: Sequence[ListRow]) -> Iterator[ListRow]:
    for place, one in enumerate(rows):
        if place and one.key is None:
            yield ListRow(("",))
        yield one


def number_column(things: Sequence[Record]) -> Column:
    """Return the column of the records' numbers; one of another day has that day in front."""
    return row_list.number_column("", (thing.number for thing in things), least=5)


def record_columns(width: int, things: Sequence[Record]) -> tuple[Column, ...]:
    """Return the columns of a list of records; a narrow screen has the next step below only."""
    number = number_column(things)
    columns = (Column("", 2), number, Column("", share=4), Column("", 11, right=True))
    return (*columns, Column("", share=3)) if width >= WIDE else columns


def record_rows(
    things: Sequence[Record], desk: Desk, marks: Mapping[Key, Mark] | None = None
) -> list[ListRow]:
    """Return the records under their groups' headings, with the marks they have."""
    rows: list[ListRow] = []
    for group in grouped(things):
        title = f"{group.title}  {len(group.records)}"
        rows.append(ListRow((title,), colour=palette.INFO))
        rows.extend(_row(record, desk, (marks or {}).get(record.key)) for record in group.records)
    return rows


def _row(record: Record, desk: Desk, mark: Mark | None) -> ListRow:
    colour = palette.URGENCY_COLOUR[min(record.urgency, Urgency.SOON)]
    sign = MARK_SIGN[mark] if mark else palette.URGENCY_SIGN[record.urgency].strip()
    bar = MARK_COLOUR[mark] if mark else colour if record.urgency < Urgency.SOON else ""
    cells = (sign, record.number, text_of(record), due_hour(record, desk), next_of(record))
    words = palette.MUTED if mark is Mark.KNOWN else colour
    return ListRow(cells, key=record.key, colour=words, bar=bar, faint=(3, 4))


def steps_line(now: int, number: str = "", hint: str = "") -> Content:
    """Return the line that says where in the handover one stands (``now`` is 1 to 3)."""
    steps = row(*(_step(place, _(words), now) for place, words in enumerate(_STEPS, 1)), gap=1)
    return row(plain(number, f"bold {palette.INFO}"), steps, plain(hint, palette.MUTED), gap=3)


def _step(place: int, words: str, now: int) -> Content:
    if place < now:
        return Content.styled(f" ✓ {words} ", palette.GOOD)
    style = f"bold {palette.TEXT} on {palette.INFO_GROUND}" if place == now else palette.MUTED
    return Content.styled(f" {place} {words} ", style)


def safety_line(results: Sequence[SafetyResult], desk: Desk) -> Content:
    """Return the last safety check in one line: when, by whom, and what was not normal."""
    first = results[0]
    label = plain(_("Safety check"), palette.MUTED)
    if first.checked_at is None:
        missing = _("Not checked yet")
        return row(label, plain(f"! {missing}", palette.AMBER))
    who = plain(f"{when(first.checked_at, desk)} {first.by}", palette.TEXT)
    odd = [result for result in results if not all_normal(result)]
    if not odd:
        words = _("All four groups are normal")
        return row(label, who, plain(f"✓ {words}", palette.GOOD))
    said = [labelled(safety_title(r.group), odd_words(r)) for r in odd]
    return row(label, who, *(plain(f"! {one}", palette.AMBER) for one in said))


def safety_head(document: HandoverDocument, desk: Desk) -> list[Content]:
    """Return the check as a handover's head says it: the line of it, what was odd, what changed.

    The items are called as the site calls them; a relief during the day sees what is new since.
    """
    head = [safety_line(document.safety, desk)]
    odd = [
        labelled(item_word(item.item, item.name), found_word(item.found))
        for result in document.safety
        for item in result.items
        if item.found is not Found.NORMAL
    ]
    if odd:
        head.append(plain(joined(*odd), palette.AMBER))
    if document.safety_since:
        changes = joined(*map(change_words, document.safety_since))
        head.append(plain(labelled(_("Changed since this check"), changes), palette.INFO))
    return head


def stock_line(stock: StockCount, desk: Desk) -> Content:
    """Return the ledger of everything lent in one line: how many where, and the last count."""
    good = stock.agrees and stock.in_shift
    sign, colour = ("✓", palette.GOOD) if good else ("!", palette.AMBER)
    return row(
        plain(pgettext("handover", "Keys and things"), palette.MUTED),
        plain(stock_words(stock), palette.TEXT),
        plain(f"{sign} {count_words(stock, desk)}", colour),
    )


def all_normal(result: SafetyResult) -> bool:
    """Say whether the group was checked and proven, and everything in it was normal."""
    return result.all_normal


def mark_line(mark: Mark | None, note: str, answer: str = "") -> Content:
    """Return what the incoming said of the thing under the cursor, and the outgoing's answer."""
    if mark is None:
        return plain(_("Not read yet"), palette.MUTED)
    said = f"{MARK_SIGN[mark]} {mark_word(mark)}"
    words = plain(labelled(said, note) if note else said, MARK_COLOUR[mark])
    return (
        row(words, plain(labelled(pgettext("relief", "Answer"), answer), palette.GOOD))
        if answer
        else words
    )


def detail_line(record: Record, desk: Desk) -> Content:
    """Return what else is known of a thing: details, since when it is open, what to do next."""
    words = next_of(record)
    since = _("since {time}").format(time=when(record.since, desk))
    return row(
        plain(detail_of(record), palette.TEXT),
        plain(since, palette.MUTED),
        plain(words, palette.INFO) if words else plain(""),
    )
