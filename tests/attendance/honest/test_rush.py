"""The rush: many badges back to back through the router, none lost and none turned round."""

import random

from kiosk.attendance.honest.order import in_order_written
from kiosk.attendance.models import TAPS_BETWEEN
from kiosk.desk import badges
from kiosk.desk.people import EVERYONE, Person, Rank, Role
from kiosk.desk.presence import Whereabouts
from kiosk.desk.verify import verify

_PEOPLE = 120


def hire(desk) -> list[str]:
    """Engage many people and give each a badge; return the badges' numbers."""
    with desk.write() as tx:
        for i in range(_PEOPLE):
            person = tx.put(
                Person(
                    staff_no=f"5{i:03}", name=f"职工{i}", pinyin="", initials="", title="",
                    role=Role.STAFF, rank=Rank.ORDINARY,
                )
            )  # fmt: skip
            badges.enrol(tx, f"045{i:03}AABBCC", person)
    return [f"045{i:03}AABBCC" for i in range(_PEOPLE)]


async def test_clause_14_a_rush_loses_no_tap_and_keeps_the_order(app, desk, desk_clock, people):
    uids = hire(desk)
    assert people
    random.Random(5).shuffle(uids)  # noqa: S311 - a queue, no secret
    with desk.read() as book:
        staff = {one.id: one.staff_no for one in book.all(EVERYONE)}
    async with app.run_test() as pilot:
        for uid in uids:
            desk_clock.advance(milliseconds=800)
            app._seconds -= 2.2  # eight tenths of a second after the one before
            await app.tap(uid)
            if uid.endswith("0AABBCC"):
                await app.tap("08112233")  # what opens nothing stops nobody
                await pilot.pause()
                await pilot.press("escape")
        await pilot.pause()
    with desk.read() as book:
        written = in_order_written(book.all(TAPS_BETWEEN, first=desk.today(), last=desk.today()))
        book.connection.execute("ROLLBACK")
        assert verify(book.connection, desk.gate).problem is None
        book.connection.execute("BEGIN")
    assert [staff[one.person_id] for one in written] == [uid[2:6] for uid in uids]
    assert {one.kind for one in written} == {Whereabouts.IN}
    told = [line for one in app.said for line in one.lines if line.startswith("Guard:")]
    assert len(told) <= 1
