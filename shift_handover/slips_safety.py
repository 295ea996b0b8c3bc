"""The safety check on the handover sheet: four groups, the report, and what changed since."""

from collections.abc import Iterator

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import Urgency
from kiosk.desk.slip_lines import Field, Heading, Item, Line, Size, Space, Text
from kiosk.desk.words import _, pgettext
from shift_handover.models import Found
from shift_handover.records import (
    HandoverDocument,
    SafetyChange,
    SafetyItem,
    SafetyReport,
    SafetyResult,
)
from shift_handover.rules import fault_urgency
from shift_handover.safety.wording import (
    change_words,
    found_word,
    item_detail,
    item_word,
    place_word,
    result_words,
    safety_title,
)
from shift_handover.wording_parts import joined, labelled, when


def safety_lines(document: HandoverDocument, desk: Desk) -> Iterator[Line]:
    """Yield the last check as it is printed: results, exceptions, the report (clauses 146, 147)."""
    results = document.safety
    first = results[0]
    yield Space(8)
    yield Heading(_("Safety check"), when(first.checked_at, desk) or _("Not checked yet"))
    if first.checked_at is None:
        return
    yield Field(_("Checked by"), first.by)
    for result in results:
        yield Field(safety_title(result.group), result_words(result))
    yield from _report(document.safety_report, desk)
    yield from _exceptions(results)
    yield from _pace(results)
    yield from _since(document.safety_since, desk)


def _report(report: SafetyReport | None, desk: Desk) -> Iterator[Line]:
    if report is None:
        yield Field(_("Reported to"), _("nobody told yet"))
        return
    yield Field(_("Reported to"), joined(report.whom, report.how, when(report.at, desk)))
    answer = report.answer or _("no answer yet")
    yield Field(
        pgettext("safety report", "Answer"), joined(answer, when(report.answered_at, desk))
    )  # fmt: skip


def _exceptions(results: tuple[SafetyResult, ...]) -> Iterator[Line]:
    for item in _items(results):
        if item.found is not Found.NORMAL:
            urgency = fault_urgency(item.told) if item.fault else Urgency.QUIET
            text = labelled(item_word(item.item, item.name), found_word(item.found))
            yield Item(item.fault, text, item_detail(item), urgency)


def _items(results: tuple[SafetyResult, ...]) -> Iterator[SafetyItem]:
    for result in results:
        yield from result.items


def _pace(results: tuple[SafetyResult, ...]) -> Iterator[Line]:
    """Yield which places were not proven by a tap, and which were reached too fast."""
    unproven = [item for item in _items(results) if item.unproven]
    if unproven:
        yield Text(labelled(_("Not proven by a tap"), places_of(unproven)), Size.SMALL)
    if results[0].too_fast:
        fast = [item for item in _items(results) if item.fast]
        words = _("Answered faster than a round can be walked.")
        yield Text(words + places_of(fast), Size.SMALL)


def places_of(items: list[SafetyItem]) -> str:
    """Return the places of the items, each once."""
    return joined(*dict.fromkeys(place_word(item.place, item.place_name) for item in items))


def _since(changes: tuple[SafetyChange, ...], desk: Desk) -> Iterator[Line]:
    if not changes:
        return
    yield Heading(_("Changed since this check"), str(len(changes)))
    for change in changes:
        yield Item(change.fault, change_words(change), change.done, Urgency.QUIET,
                   when(change.at, desk))  # fmt: skip
