"""Holding a roll call: begin and print, mark who is found, end. One at a time at a desk.

A badge or slip that marks somebody signs nobody in or out and lets nobody go: that is done at its
own place, before or after.
"""

from datetime import timedelta

from kiosk.desk import list_papers
from kiosk.desk.desk import Desk
from kiosk.desk.freshness import parts
from kiosk.desk.inside import AllInside, Inside, InsideOfCode, InsideOfTag, Sort, of_staff
from kiosk.desk.loans import Thing
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Transaction
from kiosk.roll_call import slips
from kiosk.roll_call.marks import (
    Marked,
    add_found,
    found,
    marks_of,
    put_on_list,
    row_here,
    said_last,
    say,
)
from kiosk.roll_call.models import (
    MARK,
    OPEN_ROLL,
    ROLL,
    Mark,
    RollCall,
    RollKind,
)
from kiosk.roll_call.rules import Census, Tally, census, tally
from kiosk.roll_call.words import opened

_JUST_PRINTED = timedelta(minutes=1)


def begin(desk: Desk, by: str, kind: RollKind, inside: AllInside) -> str:
    """Begin a roll call of everybody inside now, and print its list; return its id.

    Raises ``Refused("rollcall.runs")`` while another one is not ended.
    """
    with desk.write(by=by) as tx:
        running = tx.one(OPEN_ROLL)
        if running is not None:
            raise Refused("rollcall.runs", number=running.number)
        return _begin(tx, desk, kind, census(inside(desk, tx))).id


def print_at_once(desk: Desk, by: str, inside: AllInside) -> RollCall | None:
    """Print the list for somebody who has no time to say who he is; begin one if none runs.

    It counts as a real danger until somebody corrects it. None when the list of the one that runs
    was printed within the last minute: a key pressed in fear is pressed more than once.
    """
    with desk.write(by=by) as tx:
        running = tx.one(OPEN_ROLL)
        now_inside = census(inside(desk, tx)) if running is None or _is_old(tx, running) else None
        if now_inside is None:
            return None
        if running is None:
            return _begin(tx, desk, RollKind.REAL, now_inside)
        _print(tx, desk, running, now_inside)
        return running


def _is_old(tx: Transaction, roll: RollCall) -> bool:
    return not timedelta(0) <= tx.now - roll.printed_at < _JUST_PRINTED


def _begin(tx: Transaction, desk: Desk, kind: RollKind, inside: Census) -> RollCall:
    roll = RollCall(
        number=f"D{next_number(tx, 'roll_call')}", kind=kind, subject=tx.new_subject(), by=tx.by,
        gate=desk.gate, began_at=tx.now, printed_at=tx.now, things=len(inside.things),
        expected=inside.people, uncertain=inside.doubtful,
    )  # fmt: skip
    tx.put(roll)
    for one in (*inside.certain, *inside.uncertain):
        put_on_list(tx, desk, roll, one)
    tx.record(
        "rollcall.begun", number=roll.number, kind=kind.value, expected=roll.expected,
        uncertain=roll.uncertain, things=len(inside.things),
    )  # fmt: skip
    _print(tx, desk, roll, inside)
    return roll


def print_again(desk: Desk, by: str, roll_id: str, inside: AllInside) -> str:
    """Print the list as it is now; return the paper's number.

    Raises ``Refused("rollcall.over")`` for a roll call that has ended.
    """
    with desk.write(by=by) as tx:
        roll = _running(tx, roll_id)
        return _print(tx, desk, roll, census(inside(desk, tx)))


def _print(tx: Transaction, desk: Desk, roll: RollCall, inside: Census) -> str:
    """Queue the list: every printing is a paper of its own, for the people inside change.

    It is a list like any other: it is forgotten once it is printed, or when who is on it is erased.
    """
    roll.papers, roll.printed_at = roll.papers + 1, tx.now
    tx.put(roll)
    number = roll.number if roll.papers == 1 else f"{roll.number}.{roll.papers}"
    sheet = slips.roll_sheet(desk, tx.now, number, roll.kind, inside, parts(desk, tx))
    job = list_papers.put_on_paper(tx, sheet)
    tx.record("sheet.printed", sheet=sheet.kind, number=sheet.number, copy=job.copy_no)
    return number


def mark(
    desk: Desk, by: str, mark_id: str, state: Mark, here: int | None = None
) -> Marked:  # fmt: skip
    """Mark one party of the list; of a group, ``here`` may be fewer than all.

    Raises ``Refused``: ``rollcall.over``, ``rollcall.gone``, ``rollcall.how_many``.
    """
    with desk.write(by=by) as tx:
        one = tx.one(MARK, id=mark_id)
        if one is None:
            raise Refused("rollcall.gone")
        roll = _running(tx, one.roll_id)
        if here is not None and not 1 <= here <= one.people:
            raise Refused("rollcall.how_many", most=one.people)
        return say(tx, desk, roll, one, state, "hand", here)


def mark_badge(desk: Desk, by: str, roll_id: str, person: Person) -> Marked:
    """Mark who tapped a badge as found, listed or not; raises ``Refused("rollcall.over")``."""
    with desk.write(by=by) as tx:
        return found(tx, desk, _running(tx, roll_id), of_staff(tx, person), "badge")


def mark_code(
    desk: Desk, by: str, roll_id: str, text: str, whose: InsideOfCode
) -> Marked | None:  # fmt: skip
    """Mark whose slip was scanned as found, the whole party; None for a code that is no slip.

    Raises ``Refused``: ``rollcall.over``, and those of ``whose``.
    """
    with desk.write(by=by) as tx:
        roll = _running(tx, roll_id)
        one = whose(desk, tx, text)
        return None if one is None else found(tx, desk, roll, one, "scan")


def mark_card(
    desk: Desk, by: str, roll_id: str, thing: Thing, whose: InsideOfTag
) -> Marked:  # fmt: skip
    """Mark whose card was tapped as found, the whole party; the card stays with them.

    Raises ``Refused``: ``rollcall.over``, ``rollcall.gone`` for a card that is nobody's any more.
    """
    with desk.write(by=by) as tx:
        roll = _running(tx, roll_id)
        one = whose(desk, tx, thing)
        if one is None:
            raise Refused("rollcall.gone")
        return found(tx, desk, roll, one, "card")


def add(desk: Desk, by: str, roll_id: str, name: str) -> Marked:
    """Add somebody who is here and stands on no list, by name.

    Raises ``Refused``: ``rollcall.over``, ``rollcall.no_name``.
    """
    if not name.strip():
        raise Refused("rollcall.no_name")
    with desk.write(by=by) as tx:
        roll = _running(tx, roll_id)
        return add_found(tx, desk, roll, Inside(Sort.VISITOR, "", name.strip()), "hand")


def unmark(desk: Desk, by: str, mark_id: str) -> str:
    """Take a mark back; who was added leaves the list again. Return the name.

    Raises ``Refused``: ``rollcall.over``, ``rollcall.gone``, ``rollcall.not_marked``.
    """
    with desk.write(by=by) as tx:
        one = tx.one(MARK, id=mark_id)
        if one is None:
            raise Refused("rollcall.gone")
        roll = _running(tx, one.roll_id)
        if said_last(tx, roll, one).state is None:
            raise Refused("rollcall.not_marked")
        name, ref = opened(tx, one.words).name, one.ref or one.id
        if one.added and desk.settings.hub.alone:
            tx.drop(one)
        else:
            back = row_here(tx, desk, one)
            back.state, back.here, back.marked_at = None, 0, tx.now
            tx.put(back)
        tx.record("rollcall.unmarked", number=roll.number, ref=ref)
        return name


def correct_kind(desk: Desk, by: str, roll_id: str, kind: RollKind) -> None:
    """Say what kind it is after all; raises ``Refused("rollcall.over")``."""
    with desk.write(by=by) as tx:
        roll = _running(tx, roll_id)
        if roll.kind is kind:
            return
        was, roll.kind = roll.kind, kind
        tx.put(roll)
        tx.record("rollcall.corrected", number=roll.number, was=was.value, kind=kind.value)


def end(desk: Desk, by: str, roll_id: str) -> Tally:
    """End the roll call: its counts stand from now on. Raises ``Refused("rollcall.over")``."""
    with desk.write(by=by) as tx:
        roll = _running(tx, roll_id)
        counts = tally(marks_of(desk, tx, roll))
        roll.ended_at = tx.now
        roll.found, roll.needs_help = counts.found, counts.needs_help
        roll.not_inside, roll.missing = counts.not_inside, counts.missing
        roll.unclear = counts.unclear
        tx.put(roll)
        tx.record(
            "rollcall.ended", number=roll.number, kind=roll.kind.value,
            seconds=int((roll.ended_at - roll.began_at).total_seconds()), expected=roll.expected,
            found=roll.found, needs_help=roll.needs_help, missing=roll.missing,
        )  # fmt: skip
        return counts


def _running(tx: Transaction, roll_id: str) -> RollCall:
    roll = tx.one(ROLL, id=roll_id)
    if roll is None or roll.ended_at is not None:
        raise Refused("rollcall.over")
    return roll
