"""A house with heads and leaders: who may sign a remark."""

from collections.abc import Callable, Mapping

import pytest

from kiosk.attendance import service
from kiosk.desk import signing
from kiosk.desk.desk import Desk
from kiosk.desk.names import pinyin_of
from kiosk.desk.people import EVERYONE, Badge, BadgeState, Person, Rank, Role
from kiosk.desk.signing import Means, Proof

LEADERS = (
    ("8001", "周主管", "04A1B2C3D4E581", Rank.LEADER_IN_CHARGE),
    ("8002", "赵镇长", "04A1B2C3D4E582", Rank.PRINCIPAL_LEADER),
    ("7001", "孙委员", "04A1B2C3D4E571", Rank.TEAM_MEMBER),
    ("3002", "吴芳", "04A1B2C3D4E532", Rank.ORDINARY),
)


@pytest.fixture
def house(desk: Desk, people: Mapping[str, Person]) -> Mapping[str, Person]:
    """The people of the desk with two leaders, a member of the team and one more of the office."""
    with desk.write() as tx:
        for staff_no, name, uid, rank in LEADERS:
            pinyin, initials = pinyin_of(name)
            person = tx.put(
                Person(
                    staff_no=staff_no, name=name, pinyin=pinyin, initials=initials, rank=rank,
                    role=Role.STAFF,
                    department_id=people["1001"].department_id if staff_no == "3002" else None,
                )
            )  # fmt: skip
            tx.put(Badge(uid=uid, person_id=person.id, state=BadgeState.ACTIVE, enrolled_at=tx.now))
            tx.record("person.added", person=staff_no)
            signing.set_pin(tx, desk.site_key, person, "2580")
    with desk.read() as book:
        return {one.staff_no: one for one in book.all(EVERYONE)}


@pytest.fixture
def proof(desk: Desk, house: Mapping[str, Person]) -> Callable[[str], Proof]:
    """Somebody who has just proved who he is with badge and PIN."""
    return lambda staff_no: Proof(house[staff_no], Means.BADGE, desk.clock())


@pytest.fixture
def late(desk, house, desk_clock) -> Person:
    """李娜 (3001) of the office, who signed in 25 minutes late today."""
    desk_clock.advance(minutes=35)
    service.tap(desk, house["3001"], "door")
    return house["3001"]
